// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The .npy format, versions 1.0, 2.0 and 3.0 (numpy.lib.format). Headers come from outside: every
// malformed one is a failure that names the file, the byte, what was expected and what is there.
#ifndef ND_IO_NPY_H
#define ND_IO_NPY_H

#include "frontend/io/File.h"
#include "ir/rules/dtype.h"

#include <functional>
#include <vector>

namespace nd::io {

/// More dimensions than NumPy's own limit are refused.
inline constexpr size_t max_ndim = 64;

struct header {
  dtype_kind dtype = dtype_kind::float64;
  std::vector<int64_t> shape;
  bool fortran_order = false;
  bool swapped = false; // stored in the other byte order than this machine's
  size_t data_offset = 0;

  /// Checked when the header is parsed: the shape is valid and this does not overflow.
  size_t data_bytes() const;
};

/// The bytes of a .npy file, wherever they come from.
struct npy_source {
  std::string name;                                            ///< that messages give
  uint64_t size = 0;                                           ///< of the whole file
  std::function<io_result<void>(void *to, size_t count)> read; ///< the next \p count bytes
};

/// Gives the memory for the elements that a header announces, null if there is not enough.
using npy_place = std::function<void *(const header &)>;

/// An array in memory of its own.
struct npy_array {
  header info;
  std::unique_ptr<std::byte[]> data;
  size_t bytes = 0;
};

/// A file whose elements lie in mapped memory, as the file has them.
struct npy_mapping {
  header info;
  file_mapping memory;
  std::byte *data;
};

/// Parses the header at the beginning of \p bytes; \p file is the name that messages give. Where
/// \p bytes is only the start of the file, \p file_bytes is the size of all of it.
io_result<header> parse_npy_header(std::span<const std::byte> bytes, const std::string &file,
                                   uint64_t file_bytes = 0);

/// Reads a .npy file (numpy.load) into the memory that \p place gives: elements in the file's order
/// (`info.fortran_order`), in this machine's byte order, a bool as 0 or 1. The data size is held
/// against the file's before any memory is asked for.
io_result<header> read_npy(const npy_source &from, const npy_place &place);
/// The same from a file.
io_result<header> read_npy(const std::string &path, const npy_place &place);
io_result<npy_array> read_npy(const std::string &path);
/// The same from memory.
io_result<npy_array> read_npy(std::span<const std::byte> bytes, const std::string &file);

/// Maps a .npy file (numpy.load with mmap_mode). The other byte order, and a byte that is no bool
/// among bools, are failures: nothing is converted.
io_result<npy_mapping> map_npy(const std::string &path, map_mode mode);

/// The bytes before the data of a contiguous array, as numpy.save writes them (version 1.0, padded
/// to a multiple of 64). bfloat16, which NumPy has not, is '<V2', as ml_dtypes has NumPy write it.
std::string npy_header(dtype_kind dtype, std::span<const int64_t> shape,
                       bool fortran_order = false);

/// Fails for a shape that a .npy file cannot have; \p name is for the message.
io_result<size_t> npy_data_bytes(const std::string &name, dtype_kind dtype,
                                 std::span<const int64_t> shape);

/// Writes a contiguous array, byte for byte as numpy.save. A failure leaves an existing file as it
/// was.
io_result<void> write_npy(const std::string &path, const void *data, dtype_kind dtype,
                          std::span<const int64_t> shape, bool fortran_order = false);

} // namespace nd::io

#endif // ND_IO_NPY_H
