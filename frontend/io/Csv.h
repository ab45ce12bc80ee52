// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Tables of numbers in text files (numpy.loadtxt).
#ifndef ND_IO_CSV_H
#define ND_IO_CSV_H

#include "frontend/io/File.h"

#include <complex>
#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace nd::io {

/// What a column's text stands for; of a function that a caller gives for a column.
using field_converter = std::function<double(std::string_view)>;

/// The integers that elements may be.
struct integer_range {
  int64_t lowest = INT64_MIN;
  uint64_t highest = INT64_MAX;
  std::string_view name = "int64"; // of their dtype
};

/// The arguments of numpy.loadtxt.
struct loadtxt_options {
  std::string delimiter = {};                // one character; empty: runs of spaces and tabs
  std::vector<std::string> comments = {"#"}; // from one to the end of the line is left out
  int64_t skiprows = 0;              // lines to leave out first, comments and empty lines counted
  std::vector<int64_t> usecols = {}; // the columns wanted, negative from the end; empty: all
  int64_t max_rows = -1;             // rows to read, lines without data not counted; -1: all
  int ndmin = 0;                     // used by table_shape
  std::string quotechar = {};        // one character around a field; empty: quotes are not special
  integer_range range = {};          // of integers
  std::map<int64_t, field_converter> converters = {}; // by column of the file
};

/// Rows by columns, row after row.
template <class T> struct table {
  std::vector<T> values;
  int64_t rows = 0;
  int64_t cols = 0;
};

/// Reads \p text, the contents of \p file, for T = double, int64_t, uint64_t or
/// std::complex<double>. A value that is no number and a row that has fewer or more columns than
/// the first are failures that name the line and the column.
template <class T>
io_result<table<T>> parse_table(std::string_view text, const std::string &file,
                                const loadtxt_options &opts = {});

/// The shape that numpy.loadtxt gives such a table: axes of size 1 dropped down to \p ndmin.
std::vector<int64_t> table_shape(int64_t rows, int64_t cols, int ndmin);

/// A number, as a complex one and as an integer.
struct filling {
  std::complex<double> number;
  int64_t integer;
};

/// The arguments of numpy.genfromtxt.
struct genfromtxt_options {
  std::string delimiter = {};       // any text; empty: runs of blanks
  std::vector<int64_t> widths = {}; // of the fields, instead of a delimiter; one repeats
  bool one_width = false;           // the only width repeats to the end of the line
  std::optional<std::string> comments = "#";
  int64_t skip_header = 0, skip_footer = 0; // lines at the start, rows at the end
  std::vector<int64_t> usecols = {};
  std::vector<std::string> use_names = {}; // in the place of numbers where they are not empty
  std::vector<std::string> named = {};     // what the columns are called
  int64_t max_rows = -1;
  std::map<int64_t, field_converter> converters = {}; // by column of the file
  std::vector<std::string> missing = {}; // texts that stand for nothing, in every column read
  std::map<int64_t, std::vector<std::string>> missing_in = {}; // and in one of them
  std::optional<filling> fill = {};        // for what is missing, in every column read
  std::map<int64_t, filling> fill_in = {}; // and in one of them
  bool autostrip = false, loose = true, invalid_raise = true, names = false;
  integer_range range = {};
  bool rounding = false; // integers may be written as floats, of which the fraction is dropped
  bool boolean = false;  // fields are TRUE and FALSE in any case
};

/// numpy.genfromtxt: as parse_table; what is missing, and in loose mode what does not convert,
/// becomes the column's filling value (-1, nan or false if none is given). Rows of another number
/// of columns are a failure that lists all their lines, or are left out.
template <class T>
io_result<table<T>> parse_ragged_table(std::string_view text, const std::string &file,
                                       const genfromtxt_options &opts);

} // namespace nd::io

#endif // ND_IO_CSV_H
