// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/io/Npy.h"

#include "ir/rules/axes.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>

namespace nd::io {
namespace {

template <class Word> void swap_words(std::byte *data, size_t bytes) {
  for (size_t i = 0; i < bytes; i += sizeof(Word)) {
    Word word;
    std::memcpy(&word, data + i, sizeof word);
    word = std::byteswap(word);
    std::memcpy(data + i, &word, sizeof word);
  }
}

void swap_bytes(std::byte *data, size_t bytes, size_t itemsize) {
  if (itemsize == 2)
    swap_words<uint16_t>(data, bytes);
  else if (itemsize == 4)
    swap_words<uint32_t>(data, bytes);
  else if (itemsize == 8)
    swap_words<uint64_t>(data, bytes);
}

std::unique_ptr<std::byte[]> allocate(size_t bytes) {
  return std::unique_ptr<std::byte[]>(new (std::nothrow) std::byte[bytes]);
}

std::string data_expected(const header &h) {
  return std::to_string(h.data_bytes()) + " bytes of data expected for shape " +
         rules::to_string(h.shape) + " of " + std::string(rules::name(h.dtype));
}

std::string at_byte(const std::string &file, uint64_t offset) {
  return file + ": byte " + std::to_string(offset) + ": ";
}

/// Fails where fewer bytes follow the header than its shape needs.
io_result<void> check_size(const header &h, const std::string &file, uint64_t file_size) {
  const uint64_t available = file_size - h.data_offset;
  if (available >= h.data_bytes())
    return {};
  return fail(at_byte(file, h.data_offset) + data_expected(h) + ", " + std::to_string(available) +
              " there");
}

io_result<npy_array> read_own(const npy_source &from) {
  npy_array out;
  io_result<header> h = read_npy(from, [&](const header &h) -> void * {
    out.bytes = h.data_bytes();
    out.data = allocate(out.bytes);
    return out.data.get();
  });
  if (!h)
    return std::unexpected(h.error());
  out.info = std::move(*h);
  return out;
}

npy_source source_of(input_file &file) {
  return {file.path(), file.size(),
          [&file](void *to, size_t count) { return file.read(to, count); }};
}

} // namespace

io_result<header> read_npy(const npy_source &from, const npy_place &place) {
  // The longest prefix that says how long the header is; then as much of the header as is there.
  std::vector<std::byte> start(size_t(std::min<uint64_t>(from.size, 10)));
  auto extend_to = [&](uint64_t size) {
    const size_t have = start.size();
    start.resize(size_t(std::max<uint64_t>(have, std::min(size, from.size))));
    return from.read(start.data() + have, start.size() - have);
  };
  if (io_result<void> ok = from.read(start.data(), start.size()); !ok)
    return std::unexpected(ok.error());
  const bool has_length = start.size() == 10;
  const bool known = has_length && std::memcmp(start.data(), "\x93NUMPY", 6) == 0;
  auto byte = [&](size_t i) { return uint64_t(start[i]); };
  if (known && byte(6) == 1) {
    if (io_result<void> ok = extend_to(10 + (byte(8) | byte(9) << 8)); !ok)
      return std::unexpected(ok.error());
  } else if (known && (byte(6) == 2 || byte(6) == 3)) {
    if (io_result<void> ok = extend_to(12); !ok)
      return std::unexpected(ok.error());
    if (start.size() == 12) {
      uint64_t length = byte(8) | byte(9) << 8 | byte(10) << 16 | byte(11) << 24;
      // A longer one than the file is refused by the parser; it need not be read for that.
      if (length <= from.size - 12)
        if (io_result<void> ok = extend_to(12 + length); !ok)
          return std::unexpected(ok.error());
    }
  }
  io_result<header> h = parse_npy_header(start, from.name, from.size);
  if (!h)
    return h;
  if (io_result<void> enough = check_size(*h, from.name, from.size); !enough)
    return std::unexpected(enough.error());
  const size_t bytes = h->data_bytes();
  auto *data = static_cast<std::byte *>(place(*h));
  if (!data && bytes)
    return fail(from.name + ": " + data_expected(*h) + ", more than memory allows");
  if (io_result<void> done = from.read(data, bytes); !done)
    return std::unexpected(done.error());
  if (h->swapped)
    swap_bytes(data, bytes, rules::itemsize(rules::real_of(h->dtype)));
  if (rules::is_bool(h->dtype))
    for (size_t i = 0; i < bytes; ++i)
      data[i] = std::byte(data[i] != std::byte(0));
  return h;
}

io_result<header> read_npy(const std::string &path, const npy_place &place) {
  io_result<input_file> file = input_file::open(path);
  if (!file)
    return std::unexpected(file.error());
  return read_npy(source_of(*file), place);
}

io_result<npy_array> read_npy(const std::string &path) {
  io_result<input_file> file = input_file::open(path);
  if (!file)
    return std::unexpected(file.error());
  return read_own(source_of(*file));
}

io_result<npy_array> read_npy(std::span<const std::byte> bytes, const std::string &file) {
  size_t at = 0;
  return read_own({file, bytes.size(), [&](void *to, size_t count) {
                     if (count)
                       std::memcpy(to, bytes.data() + at, count);
                     at += count;
                     return io_result<void>();
                   }});
}

io_result<npy_mapping> map_npy(const std::string &path, map_mode mode) {
  io_result<file_mapping> memory = file_mapping::open(path, mode);
  if (!memory)
    return std::unexpected(memory.error());
  const std::span<std::byte> bytes = memory->bytes();
  io_result<header> h = parse_npy_header(bytes, path, bytes.size());
  if (!h)
    return std::unexpected(h.error());
  if (io_result<void> enough = check_size(*h, path, bytes.size()); !enough)
    return std::unexpected(enough.error());
  if (h->swapped)
    return fail(at_byte(path, h->data_offset) +
                "the elements are in the other byte order than this machine's, which memory that "
                "is the file cannot change; load it without mmap_mode");
  std::byte *data = bytes.data() + h->data_offset;
  if (rules::is_bool(h->dtype)) {
    const std::byte *end = data + h->data_bytes();
    const std::byte *odd =
        std::find_if(data, data + h->data_bytes(), [](std::byte b) { return b > std::byte(1); });
    if (odd != end)
      return fail(at_byte(path, h->data_offset + uint64_t(odd - data)) +
                  "0 or 1 expected for a bool, " + std::to_string(int(*odd)) +
                  " there; load it without mmap_mode");
  }
  return npy_mapping{std::move(*h), std::move(*memory), data};
}

io_result<size_t> npy_data_bytes(const std::string &name, dtype_kind dtype,
                                 std::span<const int64_t> shape) {
  const rules::shape extents(shape.begin(), shape.end());
  if (shape.size() > max_ndim)
    return fail(name + ": cannot write: " + std::to_string(shape.size()) + " dimensions, at most " +
                std::to_string(max_ndim) + " expected");
  rules::result<int64_t> count = rules::element_count(extents);
  if (!count || *count == rules::dynamic)
    return fail(
        name + ": cannot write: " +
        (count ? "shape " + rules::to_string(extents) + " is not known" : count.error().message));
  return size_t(*count) * rules::itemsize(dtype);
}

io_result<void> write_npy(const std::string &path, const void *data, dtype_kind dtype,
                          std::span<const int64_t> shape, bool fortran_order) {
  io_result<size_t> bytes = npy_data_bytes(path, dtype, shape);
  if (!bytes)
    return std::unexpected(bytes.error());
  const std::string head = npy_header(dtype, shape, fortran_order);
  const std::span<const std::byte> parts[] = {std::as_bytes(std::span(head)),
                                              {static_cast<const std::byte *>(data), *bytes}};
  return write_file(path, parts);
}

} // namespace nd::io
