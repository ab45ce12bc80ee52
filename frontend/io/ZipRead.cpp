// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/io/Zip.h"
#include "frontend/io/ZipFormat.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <new>

namespace nd::io {
namespace {

using namespace zip;

std::string hex(uint64_t value) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out = "0x";
  for (int shift = 28; shift >= 0; shift -= 4)
    out += digits[value >> shift & 15];
  return out;
}

/// Text from the file, made printable and short.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (char c : text.substr(0, 60))
    out += static_cast<unsigned char>(c) >= 0x20 && c != 0x7f ? c : '?';
  return out + (text.size() > 60 ? "...'" : "'");
}

std::unexpected<io_failure> fail_at(const std::string &file, uint64_t byte,
                                    const std::string &message) {
  return fail(file + ": byte " + std::to_string(byte) + ": " + message);
}

/// Where the directory lies and how many members it has.
struct directory_place {
  uint64_t offset, bytes, members;
  uint64_t end; ///< where the record that says so begins
};

/// Replaces numbers that stand for "too large" by those of the zip64 field among \p extra, in the
/// order of \p wide. False if one is not there.
bool widen(std::span<const std::byte> extra, std::span<uint64_t *const> wide) {
  if (wide.empty())
    return true;
  for (size_t at = 0; at + 4 <= extra.size();) {
    const size_t size = size_t(number<2>(extra, at + 2));
    if (at + 4 + size > extra.size())
      return false;
    if (number<2>(extra, at) == zip64_field) {
      if (size < 8 * wide.size())
        return false;
      for (size_t i = 0; i < wide.size(); ++i)
        *wide[i] = number<8>(extra, at + 4 + 8 * i);
      return true;
    }
    at += 4 + size;
  }
  return false;
}

/// Finds the record at the end of an archive: the last one whose comment ends with the file.
io_result<directory_place> find_directory(const input_file &file) {
  const uint64_t size = file.size();
  const size_t tail_bytes = size_t(std::min<uint64_t>(size, end_bytes + full16));
  std::vector<std::byte> tail(tail_bytes);
  const uint64_t tail_at = size - tail_bytes;
  if (io_result<void> ok = file.read_at(tail_at, tail.data(), tail_bytes); !ok)
    return std::unexpected(ok.error());
  if (size < end_bytes)
    return fail_at(file.path(), size,
                   "the file ends before a zip archive can: at least " + std::to_string(end_bytes) +
                       " bytes expected, " + std::to_string(size) + " there");
  size_t at = tail_bytes - end_bytes + 1;
  bool found = false;
  while (!found && at-- > 0)
    found =
        number<4>(tail, at) == end_mark && at + end_bytes + number<2>(tail, at + 20) == tail_bytes;
  if (!found)
    return fail_at(file.path(), size,
                   "the record that ends a zip archive is missing: not a .npz file, or one that is "
                   "cut short");
  std::span<const std::byte> end = std::span(tail).subspan(at);
  directory_place out{number<4>(end, 16), number<4>(end, 12), number<2>(end, 10), tail_at + at};
  const uint64_t here = out.end;
  if (number<2>(end, 4) != 0 && number<2>(end, 4) != full16)
    return fail_at(file.path(), here + 4, "the archive is one part of several; one file expected");
  if (out.offset == full32 || out.bytes == full32 || out.members == full16) {
    // Says where the record with wider numbers is.
    std::array<std::byte, locator_bytes> locator;
    if (here < locator_bytes)
      return fail_at(file.path(), here, "no room before it for the zip64 locator that it needs");
    if (io_result<void> ok = file.read_at(here - locator_bytes, locator.data(), locator_bytes); !ok)
      return std::unexpected(ok.error());
    if (number<4>(locator, 0) != locator_mark)
      return fail_at(file.path(), here - locator_bytes, "a zip64 locator expected here");
    const uint64_t wide_at = number<8>(locator, 8);
    std::array<std::byte, end64_bytes> wide;
    if (wide_at > here - locator_bytes || here - locator_bytes - wide_at < end64_bytes)
      return fail_at(file.path(), here - locator_bytes + 8,
                     "the zip64 record is said to be at byte " + std::to_string(wide_at) +
                         ", outside the file");
    if (io_result<void> ok = file.read_at(wide_at, wide.data(), end64_bytes); !ok)
      return std::unexpected(ok.error());
    if (number<4>(wide, 0) != end64_mark)
      return fail_at(file.path(), wide_at, "a zip64 record expected here");
    out = {number<8>(wide, 48), number<8>(wide, 40), number<8>(wide, 32), wide_at};
  }
  if (out.offset > out.end || out.end - out.offset != out.bytes)
    return fail_at(file.path(), here + 12,
                   "a directory of " + std::to_string(out.bytes) + " bytes at byte " +
                       std::to_string(out.offset) + " does not end at byte " +
                       std::to_string(out.end) + ", where its end record is");
  if (out.members > out.bytes / entry_bytes)
    return fail_at(file.path(), here + 10,
                   std::to_string(out.members) + " members are said to be in a directory of " +
                       std::to_string(out.bytes) + " bytes");
  return out;
}

} // namespace

io_result<zip_archive> zip_archive::open(const std::string &path) {
  io_result<input_file> file = input_file::open(path);
  if (!file)
    return std::unexpected(file.error());
  zip_archive out(std::move(*file));
  if (io_result<void> ok = out.read_directory(); !ok)
    return std::unexpected(ok.error());
  return out;
}

io_result<void> zip_archive::read_directory() {
  io_result<directory_place> place = find_directory(file);
  if (!place)
    return std::unexpected(place.error());
  std::unique_ptr<std::byte[]> memory(new (std::nothrow) std::byte[size_t(place->bytes)]);
  if (!memory)
    return fail(path() + ": a directory of " + std::to_string(place->bytes) +
                " bytes is more than memory allows");
  const std::span<const std::byte> bytes(memory.get(), size_t(place->bytes));
  if (io_result<void> ok = file.read_at(place->offset, memory.get(), bytes.size()); !ok)
    return ok;
  size_t at = 0;
  for (uint64_t i = 0; i < place->members; ++i) {
    const uint64_t here = place->offset + at;
    std::span<const std::byte> rest = bytes.subspan(at);
    if (rest.size() < entry_bytes || number<4>(rest, 0) != entry_mark)
      return fail_at(path(), here,
                     "an entry of the directory expected, number " + std::to_string(i + 1) +
                         " of " + std::to_string(place->members));
    const size_t name_bytes = size_t(number<2>(rest, 28)),
                 extra_bytes = size_t(number<2>(rest, 30));
    const size_t whole = entry_bytes + name_bytes + extra_bytes + size_t(number<2>(rest, 32));
    if (rest.size() < whole)
      return fail_at(path(), here + 28, "the entry is longer than the directory");
    zip_member m;
    m.name.assign(reinterpret_cast<const char *>(rest.data()) + entry_bytes, name_bytes);
    m.method = uint16_t(number<2>(rest, 10));
    m.checksum = uint32_t(number<4>(rest, 16));
    m.compressed = number<4>(rest, 20);
    m.size = number<4>(rest, 24);
    m.offset = number<4>(rest, 42);
    std::vector<uint64_t *> wide;
    for (uint64_t *number : {&m.size, &m.compressed, &m.offset})
      if (*number == full32)
        wide.push_back(number);
    if (!widen(rest.subspan(entry_bytes + name_bytes, extra_bytes), wide))
      return fail_at(path(), here + entry_bytes + name_bytes,
                     "a zip64 field expected for the sizes of " + quoted(m.name));
    if (number<2>(rest, 8) & 1)
      return fail_at(path(), here + 8, quoted(m.name) + " is encrypted, which is not read");
    if (m.method != stored && m.method != deflated)
      return fail_at(path(), here + 10,
                     quoted(m.name) + " is compressed by method " + std::to_string(m.method) +
                         "; 0 (stored) or 8 (deflated) expected");
    if (m.offset > place->offset || place->offset - m.offset < member_bytes ||
        place->offset - m.offset - member_bytes < m.compressed)
      return fail_at(path(), here + 42,
                     quoted(m.name) + " of " + std::to_string(m.compressed) + " bytes at byte " +
                         std::to_string(m.offset) + " does not end before the directory at byte " +
                         std::to_string(place->offset));
    // A byte of a deflated stream gives at most 1032 (zlib's technical details).
    if (m.method == stored ? m.size != m.compressed : m.size / 1032 > m.compressed)
      return fail_at(path(), here + 24,
                     quoted(m.name) + " cannot have " + std::to_string(m.size) + " bytes in " +
                         std::to_string(m.compressed));
    directory.push_back(std::move(m));
    at += whole;
  }
  if (at != bytes.size())
    return fail_at(path(), place->offset + at,
                   std::to_string(bytes.size() - at) + " bytes too many in the directory");
  return {};
}

struct zip_archive::reader::state {
  const input_file &file;
  const zip_member &member;
  uint64_t next;         ///< byte of the file that is read next
  uint64_t left;         ///< compressed bytes from there
  uint64_t given = 0;    ///< bytes of the contents so far
  uint32_t checksum = 0; ///< of those
  bool inflating = false, ended = false;
  z_stream stream = {};
  std::vector<std::byte> input; ///< compressed bytes

  ~state() {
    if (inflating)
      inflateEnd(&stream);
  }
  std::string where() const { return file.path() + ": entry " + quoted(member.name) + ": "; }

  io_result<void> read_stored(std::byte *to, size_t count) {
    if (io_result<void> ok = file.read_at(next, to, count); !ok)
      return ok;
    next += count;
    left -= count;
    return {};
  }

  /// Inflates up to \p count bytes; fewer at the end of the stream.
  io_result<size_t> inflate_some(std::byte *to, size_t count) {
    size_t done = 0;
    while (done < count && !ended) {
      if (stream.avail_in == 0 && left > 0) {
        const size_t size = size_t(std::min<uint64_t>(left, input.size()));
        if (io_result<void> ok = file.read_at(next, input.data(), size); !ok)
          return std::unexpected(ok.error());
        next += size;
        left -= size;
        stream.next_in = reinterpret_cast<Bytef *>(input.data());
        stream.avail_in = uInt(size);
      }
      const size_t wanted = std::min<size_t>(count - done, std::numeric_limits<uInt>::max() / 2);
      stream.next_out = reinterpret_cast<Bytef *>(to + done);
      stream.avail_out = uInt(wanted);
      const int status = inflate(&stream, Z_NO_FLUSH);
      const size_t got = wanted - stream.avail_out;
      done += got;
      ended = status == Z_STREAM_END;
      if (status == Z_DATA_ERROR || status == Z_NEED_DICT)
        return fail(where() + "byte " + std::to_string(next - stream.avail_in) +
                    ": not a deflated stream" +
                    (stream.msg ? ": " + std::string(stream.msg) : std::string()));
      if (status == Z_MEM_ERROR)
        return fail(where() + "inflating needs more memory than there is");
      if (!ended && got == 0 && stream.avail_in == 0 && left == 0)
        return fail(where() + "byte " + std::to_string(next) +
                    ": the deflated stream ends early, after " + std::to_string(given + done) +
                    " of " + std::to_string(member.size) + " bytes");
    }
    return done;
  }
};

zip_archive::reader::reader(std::unique_ptr<state> self) : self(std::move(self)) {}
zip_archive::reader::reader(reader &&) noexcept = default;
zip_archive::reader::~reader() = default;

io_result<zip_archive::reader> zip_archive::read(const zip_member &member) const {
  std::array<std::byte, member_bytes> head;
  if (io_result<void> ok = file.read_at(member.offset, head.data(), head.size()); !ok)
    return std::unexpected(ok.error());
  if (number<4>(head, 0) != member_mark)
    return fail_at(path(), member.offset, "the header of " + quoted(member.name) + " expected");
  const size_t name_bytes = size_t(number<2>(head, 26)), extra_bytes = size_t(number<2>(head, 28));
  std::string name(name_bytes, '\0');
  if (member.offset + member_bytes + name_bytes > file.size())
    return fail_at(path(), member.offset + 26, "the name of a member is longer than the file");
  if (io_result<void> ok = file.read_at(member.offset + member_bytes, name.data(), name_bytes); !ok)
    return std::unexpected(ok.error());
  if (name != member.name)
    return fail_at(path(), member.offset + member_bytes,
                   quoted(member.name) + " expected as the directory has it, " + quoted(name) +
                       " there");
  const uint64_t start = member.offset + member_bytes + name_bytes + extra_bytes;
  if (start > file.size() || file.size() - start < member.compressed)
    return fail_at(path(), start,
                   std::to_string(member.compressed) + " bytes of " + quoted(member.name) +
                       " expected, " + std::to_string(file.size() - std::min(start, file.size())) +
                       " there");
  auto self = std::unique_ptr<reader::state>(
      new reader::state{file, member, start, member.compressed, 0, 0, false, false, {}, {}});
  if (member.method == deflated) {
    if (inflateInit2(&self->stream, -MAX_WBITS) != Z_OK)
      return fail(self->where() + "inflating needs more memory than there is");
    self->inflating = true;
    self->input.resize(
        size_t(std::min<uint64_t>(std::max<uint64_t>(member.compressed, 1), 1 << 18)));
  }
  return reader(std::move(self));
}

io_result<void> zip_archive::reader::read(void *to, size_t count) {
  if (count == 0)
    return {};
  state &s = *self;
  if (s.member.size - s.given < count)
    return fail(s.where() + std::to_string(count) + " bytes expected from byte " +
                std::to_string(s.given) + " of its contents on, " +
                std::to_string(s.member.size - s.given) + " there");
  auto *out = static_cast<std::byte *>(to);
  if (s.inflating) {
    io_result<size_t> got = s.inflate_some(out, count);
    if (!got)
      return std::unexpected(got.error());
    if (*got < count)
      return fail(s.where() + "the deflated stream has " + std::to_string(s.given + *got) +
                  " bytes, " + std::to_string(s.member.size) + " expected");
  } else if (io_result<void> ok = s.read_stored(out, count); !ok) {
    return ok;
  }
  s.checksum = uint32_t(crc32_z(s.checksum, reinterpret_cast<const Bytef *>(to), count));
  s.given += count;
  return {};
}

io_result<void> zip_archive::reader::finish() {
  state &s = *self;
  if (s.given != s.member.size)
    return fail(s.where() + std::to_string(s.member.size - s.given) +
                " bytes too many, from byte " + std::to_string(s.given) + " of its contents on");
  if (s.inflating) {
    std::byte more;
    io_result<size_t> got = s.inflate_some(&more, 1);
    if (!got)
      return std::unexpected(got.error());
    if (*got || s.left + s.stream.avail_in)
      return fail(s.where() + "the deflated stream goes on after " + std::to_string(s.member.size) +
                  " bytes");
  }
  if (s.checksum != s.member.checksum)
    return fail(s.where() + "the checksum of its contents is " + hex(s.checksum) + ", " +
                hex(s.member.checksum) + " expected: the file is damaged");
  return {};
}

} // namespace nd::io
