// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/io/Npy.h"

#include "ir/rules/axes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <functional>
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

/// Copies elements stored first axis fastest to last axis fastest.
template <class Word>
void to_c_order(const std::byte *from, std::byte *to, const std::vector<int64_t> &shape) {
  const size_t ndim = shape.size(), last = ndim - 1;
  std::vector<int64_t> strides(ndim), index(ndim, 0);
  int64_t count = 1;
  for (size_t axis = 0; axis < ndim; ++axis) {
    strides[axis] = count;
    count *= shape[axis];
  }
  for (int64_t done = 0, offset = 0; done < count; done += shape[last]) {
    for (int64_t i = 0; i < shape[last]; ++i, to += sizeof(Word))
      std::memcpy(to, from + size_t(offset + i * strides[last]) * sizeof(Word), sizeof(Word));
    for (size_t axis = last; axis-- > 0;) {
      offset += strides[axis];
      if (++index[axis] < shape[axis])
        break;
      offset -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
}

void to_c_order(const std::byte *from, std::byte *to, const header &h) {
  switch (rules::itemsize(h.dtype)) {
  case 1:
    return to_c_order<uint8_t>(from, to, h.shape);
  case 2:
    return to_c_order<uint16_t>(from, to, h.shape);
  case 4:
    return to_c_order<uint32_t>(from, to, h.shape);
  case 8:
    return to_c_order<uint64_t>(from, to, h.shape);
  default:
    return to_c_order<std::array<uint64_t, 2>>(from, to, h.shape);
  }
}

std::unique_ptr<std::byte[]> allocate(size_t bytes) {
  return std::unique_ptr<std::byte[]>(new (std::nothrow) std::byte[bytes]);
}

/// Reads the data that follows a parsed header: \p available bytes, through \p read.
io_result<npy_array> read_data(header h, const std::string &file, uint64_t available,
                               const std::function<io_result<void>(std::byte *, size_t)> &read) {
  npy_array out;
  out.bytes = h.data_bytes();
  std::string what = std::to_string(out.bytes) + " bytes of data expected for shape " +
                     rules::to_string(h.shape) + " of " + std::string(rules::name(h.dtype));
  if (available < out.bytes)
    return fail(file + ": byte " + std::to_string(h.data_offset) + ": " + what + ", " +
                std::to_string(available) + " there");
  out.data = allocate(out.bytes);
  if (!out.data)
    return fail(file + ": " + what + ", more than memory allows");
  if (io_result<void> done = read(out.data.get(), out.bytes); !done)
    return std::unexpected(done.error());
  if (h.swapped)
    swap_bytes(out.data.get(), out.bytes, rules::itemsize(rules::real_of(h.dtype)));
  if (rules::is_bool(h.dtype))
    for (size_t i = 0; i < out.bytes; ++i)
      out.data[i] = std::byte(out.data[i] != std::byte(0));
  if (h.fortran_order && h.shape.size() > 1 && out.bytes > 0) {
    std::unique_ptr<std::byte[]> ordered = allocate(out.bytes);
    if (!ordered)
      return fail(file + ": " + what +
                  ", twice that to change to C order is more than memory "
                  "allows");
    to_c_order(out.data.get(), ordered.get(), h);
    out.data = std::move(ordered);
  }
  out.info = std::move(h);
  return out;
}

} // namespace

io_result<npy_array> read_npy(std::span<const std::byte> bytes, const std::string &file) {
  io_result<header> h = parse_npy_header(bytes, file);
  if (!h)
    return std::unexpected(h.error());
  std::span<const std::byte> data = bytes.subspan(h->data_offset);
  return read_data(std::move(*h), file, data.size(), [&](std::byte *to, size_t count) {
    if (count)
      std::memcpy(to, data.data(), count);
    return io_result<void>();
  });
}

io_result<npy_array> read_npy(const std::string &path) {
  io_result<input_file> file = input_file::open(path);
  if (!file)
    return std::unexpected(file.error());
  // The longest prefix that says how long the header is; then as much of the header as is there.
  std::vector<std::byte> start(size_t(std::min<uint64_t>(file->size(), 10)));
  auto extend_to = [&](uint64_t size) {
    const size_t have = start.size();
    start.resize(size_t(std::max<uint64_t>(have, std::min(size, file->size()))));
    return file->read(start.data() + have, start.size() - have);
  };
  if (io_result<void> ok = file->read(start.data(), start.size()); !ok)
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
      if (length <= file->size() - 12)
        if (io_result<void> ok = extend_to(12 + length); !ok)
          return std::unexpected(ok.error());
    }
  }
  io_result<header> h = parse_npy_header(start, path, file->size());
  if (!h)
    return std::unexpected(h.error());
  const uint64_t available = file->size() - h->data_offset;
  return read_data(std::move(*h), path, available,
                   [&](std::byte *to, size_t count) { return file->read(to, count); });
}

io_result<void> write_npy(const std::string &path, const void *data, dtype_kind dtype,
                          std::span<const int64_t> shape) {
  if (dtype == dtype_kind::bfloat16)
    return fail(path + ": cannot write: .npy has no dtype for bfloat16; cast with "
                       "astype(nd::float32) first");
  const rules::shape extents(shape.begin(), shape.end());
  if (shape.size() > max_ndim)
    return fail(path + ": cannot write: " + std::to_string(shape.size()) + " dimensions, at most " +
                std::to_string(max_ndim) + " expected");
  rules::result<int64_t> count = rules::element_count(extents);
  if (!count || *count == rules::dynamic)
    return fail(
        path + ": cannot write: " +
        (count ? "shape " + rules::to_string(extents) + " is not known" : count.error().message));
  const std::string head = npy_header(dtype, shape);
  const std::span<const std::byte> parts[] = {
      std::as_bytes(std::span(head)),
      {static_cast<const std::byte *>(data), size_t(*count) * rules::itemsize(dtype)}};
  return write_file(path, parts);
}

} // namespace nd::io
