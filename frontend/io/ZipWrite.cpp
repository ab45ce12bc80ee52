// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/io/Zip.h"
#include "frontend/io/ZipFormat.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace nd::io {
namespace {

using namespace zip;

constexpr uint16_t zip64_version = 45, unix_system = 3, utf8_name = 0x800;
constexpr uint16_t first_date = 1 << 5 | 1; ///< 1 January 1980
constexpr uint32_t read_and_write = 0600u << 16;

uint16_t flags_of(const std::string &name) {
  bool plain = std::all_of(name.begin(), name.end(),
                           [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return plain ? 0 : utf8_name;
}

/// The header in front of a member; its sizes stand in a zip64 field, whatever they are.
std::string member_header(const zip_member &m) {
  std::string out;
  put<4>(out, member_mark);
  put<2>(out, zip64_version);
  put<2>(out, flags_of(m.name));
  put<2>(out, m.method);
  put<2>(out, 0); // time
  put<2>(out, first_date);
  put<4>(out, m.checksum);
  put<4>(out, full32);
  put<4>(out, full32);
  put<2>(out, m.name.size());
  put<2>(out, 20);
  out += m.name;
  put<2>(out, zip64_field);
  put<2>(out, 16);
  put<8>(out, m.size);
  put<8>(out, m.compressed);
  return out;
}

/// The entry of a member in the directory.
std::string directory_entry(const zip_member &m) {
  constexpr uint64_t limit = (uint64_t(1) << 31) - 1; // as zipfile has it
  std::string extra;
  const bool wide_sizes = m.size > limit || m.compressed > limit, wide_offset = m.offset > limit;
  if (wide_sizes) {
    put<8>(extra, m.size);
    put<8>(extra, m.compressed);
  }
  if (wide_offset)
    put<8>(extra, m.offset);
  std::string out;
  put<4>(out, entry_mark);
  put<1>(out, zip64_version);
  put<1>(out, unix_system);
  put<2>(out, zip64_version);
  put<2>(out, flags_of(m.name));
  put<2>(out, m.method);
  put<2>(out, 0); // time
  put<2>(out, first_date);
  put<4>(out, m.checksum);
  put<4>(out, wide_sizes ? full32 : m.compressed);
  put<4>(out, wide_sizes ? full32 : m.size);
  put<2>(out, m.name.size());
  put<2>(out, extra.empty() ? 0 : extra.size() + 4);
  put<2>(out, 0); // comment
  put<2>(out, 0); // disk
  put<2>(out, 0); // internal attributes
  put<4>(out, read_and_write);
  put<4>(out, wide_offset ? full32 : m.offset);
  out += m.name;
  if (!extra.empty()) {
    put<2>(out, zip64_field);
    put<2>(out, extra.size());
    out += extra;
  }
  return out;
}

class deflater {
public:
  deflater() {
    ready = deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8,
                         Z_DEFAULT_STRATEGY) == Z_OK;
  }
  deflater(const deflater &) = delete;
  ~deflater() {
    if (ready)
      deflateEnd(&stream);
  }
  bool ready;

  /// Compresses \p part into \p file; the last part ends the stream.
  io_result<void> write(output_file &file, std::span<const std::byte> part, bool last) {
    constexpr size_t most = std::numeric_limits<uInt>::max() / 2;
    while (true) {
      const size_t now = std::min(part.size(), most);
      const bool ends = last && now == part.size();
      stream.next_in = reinterpret_cast<Bytef *>(const_cast<std::byte *>(part.data()));
      stream.avail_in = uInt(now);
      do {
        stream.next_out = output;
        stream.avail_out = sizeof output;
        deflate(&stream, ends ? Z_FINISH : Z_NO_FLUSH);
        if (io_result<void> ok = file.write(output, sizeof output - stream.avail_out); !ok)
          return ok;
      } while (stream.avail_out == 0);
      part = part.subspan(now);
      if (part.empty())
        return {};
    }
  }

private:
  z_stream stream = {};
  Bytef output[1 << 16];
};

} // namespace

io_result<zip_writer> zip_writer::create(const std::string &path) {
  io_result<output_file> file = output_file::create(path);
  if (!file)
    return std::unexpected(file.error());
  return zip_writer(std::move(*file));
}

io_result<void> zip_writer::add(std::string_view name,
                                std::span<const std::span<const std::byte>> parts, bool deflate) {
  zip_member m;
  m.name = name;
  m.offset = file.position();
  m.method = deflate ? deflated : stored;
  auto count = [&](std::span<const std::byte> part) {
    m.checksum =
        uint32_t(crc32_z(m.checksum, reinterpret_cast<const Bytef *>(part.data()), part.size()));
  };
  for (std::span<const std::byte> part : parts)
    m.size += part.size();
  m.compressed = deflate ? 0 : m.size;
  const bool corrected = file.can_seek();
  if (!corrected) // the header has to be right at once
    for (std::span<const std::byte> part : parts)
      count(part);
  std::string header = member_header(m);
  if (io_result<void> ok = file.write(header.data(), header.size()); !ok)
    return ok;
  const uint64_t start = file.position();
  std::unique_ptr<deflater> zipper = deflate ? std::make_unique<deflater>() : nullptr;
  if (zipper && !zipper->ready)
    return fail("deflating needs more memory than there is");
  for (size_t i = 0; i < parts.size(); ++i) {
    // Piece by piece, so that the checksum reads what is about to be written anyway.
    constexpr size_t piece = 1 << 18;
    std::span<const std::byte> rest = parts[i];
    do {
      const std::span<const std::byte> now = rest.first(std::min(piece, rest.size()));
      rest = rest.subspan(now.size());
      if (corrected)
        count(now);
      const bool last = i + 1 == parts.size() && rest.empty();
      if (io_result<void> ok =
              zipper ? zipper->write(file, now, last) : file.write(now.data(), now.size());
          !ok)
        return ok;
    } while (!rest.empty());
  }
  if (deflate)
    m.compressed = file.position() - start;
  if (corrected || deflate) {
    header = member_header(m);
    if (io_result<void> ok = file.overwrite(m.offset, header.data(), header.size()); !ok)
      return ok;
  }
  directory.push_back(std::move(m));
  return {};
}

io_result<void> zip_writer::finish() {
  constexpr uint64_t limit = (uint64_t(1) << 31) - 1;
  const uint64_t start = file.position(), count = directory.size();
  std::string out;
  for (const zip_member &m : directory)
    out += directory_entry(m);
  const uint64_t bytes = out.size(), end = start + bytes;
  const bool wide = count > full16 || start > limit || bytes > limit;
  if (wide) {
    put<4>(out, end64_mark);
    put<8>(out, end64_bytes - 12);
    put<2>(out, zip64_version);
    put<2>(out, zip64_version);
    put<4>(out, 0);
    put<4>(out, 0);
    put<8>(out, count);
    put<8>(out, count);
    put<8>(out, bytes);
    put<8>(out, start);
    put<4>(out, locator_mark);
    put<4>(out, 0);
    put<8>(out, end);
    put<4>(out, 1);
  }
  put<4>(out, end_mark);
  put<2>(out, 0);
  put<2>(out, 0);
  put<2>(out, std::min<uint64_t>(count, full16));
  put<2>(out, std::min<uint64_t>(count, full16));
  put<4>(out, std::min<uint64_t>(bytes, full32));
  put<4>(out, std::min<uint64_t>(start, full32));
  put<2>(out, 0);
  if (io_result<void> ok = file.write(out.data(), out.size()); !ok)
    return ok;
  return file.finish();
}

} // namespace nd::io
