// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The records of a zip archive: their marks, their sizes, and little-endian fields.
#ifndef ND_IO_ZIP_FORMAT_H
#define ND_IO_ZIP_FORMAT_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace nd::io::zip {

inline constexpr uint32_t member_mark = 0x04034b50, entry_mark = 0x02014b50, end_mark = 0x06054b50,
                          end64_mark = 0x06064b50, locator_mark = 0x07064b50;
/// Bytes of each record without its name, extra field and comment.
inline constexpr size_t member_bytes = 30, entry_bytes = 46, end_bytes = 22, end64_bytes = 56,
                        locator_bytes = 20;
inline constexpr uint16_t zip64_field = 1, stored = 0, deflated = 8;
inline constexpr uint32_t full32 = 0xffffffff; ///< the number stands in the zip64 field
inline constexpr uint16_t full16 = 0xffff;

/// The unsigned little-endian number of N bytes at \p at.
template <size_t N> uint64_t number(std::span<const std::byte> bytes, size_t at) {
  uint64_t value = 0;
  for (size_t i = N; i-- > 0;)
    value = value << 8 | uint64_t(bytes[at + i]);
  return value;
}

/// Appends \p value as N bytes.
template <size_t N> void put(std::string &out, uint64_t value) {
  for (size_t i = 0; i < N; ++i, value >>= 8)
    out += char(value & 0xff);
}

} // namespace nd::io::zip

#endif // ND_IO_ZIP_FORMAT_H
