// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays in files.
#ifndef ND_IO_H
#define ND_IO_H

#include <nd/array.h>

#include <string_view>

namespace ND_API nd {

/// Reads a .npy file (numpy.load).
///
/// Throws  io_error if it cannot be read, is not one, is cut short, or has a dtype that nd has not.
array load(std::string_view path, site where = site::current());
/// Writes a .npy file (numpy.save); adds .npy to a path without it. Evaluates.
void save(std::string_view path, const operand &a);

/// What loadtxt takes after the path: `nd::loadtxt("x.csv", {.delimiter = ",", .skiprows = 1})`.
struct loadtxt_options {
  nd::dtype dtype = float64;
  std::string comments = "#"; ///< the rest of a line after it is skipped
  std::string delimiter = {}; ///< blanks if empty
  int64_t skiprows = 0;       ///< lines to skip first
  std::vector<int64_t> usecols =
      {};                     ///< columns to read, all if empty; negative ones count from the end
  bool unpack = false;        ///< transposed, so that columns come first
  int64_t ndmin = 0;          ///< the least number of axes
  int64_t max_rows = -1;      ///< rows to read, all if negative
  std::string quotechar = {}; ///< one character around a field; none if empty
};

/// Reads numbers from text, a row a line (numpy.loadtxt).
///
/// Shape   (rows, columns), or 1-D where one of them is 1.
/// Throws  io_error if it cannot be read, for text that is not a number and for a ragged row; with
/// its line.
array loadtxt(std::string_view path, const loadtxt_options &options = {},
              site where = site::current());

} // namespace nd

#endif // ND_IO_H
