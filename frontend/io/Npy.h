// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The .npy format, versions 1.0, 2.0 and 3.0 (numpy.lib.format). Headers come from outside: every
// malformed one is a failure that names the file, the byte, what was expected and what is there.
#ifndef ND_IO_NPY_H
#define ND_IO_NPY_H

#include "frontend/io/File.h"
#include "ir/rules/dtype.h"

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

/// An array read from a file: C order and this machine's byte order, whatever `info` says the file
/// has. A bool is 0 or 1.
struct npy_array {
  header info;
  std::unique_ptr<std::byte[]> data;
  size_t bytes = 0;
};

/// Parses the header at the beginning of \p bytes; \p file is the name that messages give. Where
/// \p bytes is only the start of the file, \p file_bytes is the size of all of it.
io_result<header> parse_npy_header(std::span<const std::byte> bytes, const std::string &file,
                                   uint64_t file_bytes = 0);

/// Reads a .npy file (numpy.load). The data size is held against the file's before any allocation.
io_result<npy_array> read_npy(const std::string &path);

/// The same from memory, as for a member of an archive.
io_result<npy_array> read_npy(std::span<const std::byte> bytes, const std::string &file);

/// The bytes before the data of a C-contiguous array, as numpy.save writes them (version 1.0,
/// padded to a multiple of 64).
std::string npy_header(dtype_kind dtype, std::span<const int64_t> shape);

/// Writes a C-contiguous array, byte for byte as numpy.save. A failure leaves an existing file as
/// it was.
io_result<void> write_npy(const std::string &path, const void *data, dtype_kind dtype,
                          std::span<const int64_t> shape);

} // namespace nd::io

#endif // ND_IO_NPY_H
