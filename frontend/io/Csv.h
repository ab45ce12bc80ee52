// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Tables of numbers in text files (numpy.loadtxt).
#ifndef ND_IO_CSV_H
#define ND_IO_CSV_H

#include "frontend/io/File.h"

#include <string_view>
#include <vector>

namespace nd::io {

/// The arguments of numpy.loadtxt.
struct loadtxt_options {
  std::string delimiter = {}; // one character; empty: runs of spaces and tabs
  std::string comments = "#"; // from here to the end of the line is left out; empty: nothing is
  int64_t skiprows = 0;       // lines to leave out first, comments and empty lines counted
  std::vector<int64_t> usecols = {}; // the columns wanted, negative from the end; empty: all
  int64_t max_rows = -1;             // rows to read, lines without data not counted; -1: all
  int ndmin = 0;                     // used by table_shape
  std::string quotechar = {};        // one character around a field; empty: quotes are not special
};

/// Rows by columns, row after row.
template <class T> struct table {
  std::vector<T> values;
  int64_t rows = 0;
  int64_t cols = 0;
};

/// Reads \p text, the contents of \p file, for T = double or int64_t. A value that is no number and
/// a row that has fewer or more columns than the first are failures that name the line and the
/// column.
template <class T>
io_result<table<T>> parse_table(std::string_view text, const std::string &file,
                                const loadtxt_options &opts = {});

/// The same for a file.
template <class T>
io_result<table<T>> read_table(const std::string &path, const loadtxt_options &opts = {});

/// The shape that numpy.loadtxt gives such a table: axes of size 1 dropped down to \p ndmin.
std::vector<int64_t> table_shape(int64_t rows, int64_t cols, int ndmin);

} // namespace nd::io

#endif // ND_IO_CSV_H
