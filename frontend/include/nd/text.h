// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays in text files.
#ifndef ND_TEXT_H
#define ND_TEXT_H

#include <nd/array.h>

#include <functional>
#include <map>
#include <string_view>

namespace ND_API nd {

/// One text or several in braces.
class text_list {
public:
  text_list() = default;
  text_list(const char *text) : list_{text} {}
  text_list(std::string text) : list_{std::move(text)} {}
  text_list(std::initializer_list<std::string_view> list) : list_(list.begin(), list.end()) {}
  text_list(std::vector<std::string> list) : list_(std::move(list)) {}

  const std::vector<std::string> &list() const { return list_; }

private:
  std::vector<std::string> list_;
};

/// What the text of a field stands for, by column of the file; a negative one counts from the end.
using text_converters = std::map<int64_t, std::function<double(std::string_view)>>;

/// What loadtxt takes after the path: `nd::loadtxt("x.csv", {.delimiter = ",", .skiprows = 1})`.
struct loadtxt_options {
  nd::dtype dtype = float64;
  text_list comments = "#";        ///< the rest of a line after one is skipped; {} for none
  std::string delimiter = {};      ///< one character; blanks if empty
  text_converters converters = {}; ///< `{{0, [](std::string_view text) { return ...; }}}`
  int64_t skiprows = 0;            ///< lines to skip first
  std::vector<int64_t> usecols =
      {};                     ///< columns to read, all if empty; negative ones count from the end
  bool unpack = false;        ///< transposed, so that columns come first
  int64_t ndmin = 0;          ///< the least number of axes, at most 2
  int64_t max_rows = -1;      ///< rows to read, all if negative
  std::string quotechar = {}; ///< one character around a field; none if empty
};

/// Reads numbers from text, a row a line (numpy.loadtxt); of a path that ends in .gz, inflated.
///
/// Shape    (rows, columns), or 1-D where one of them is 1; ndmin keeps axes.
/// Values   correctly rounded: as float64, then as the dtype. Complex numbers as "1+2j" or with
///          brackets around it, bool from integers.
/// Throws   io_error with the line and the column for text that is no number of the dtype, an integer
///          that it cannot hold, and a row of another length; if the file cannot be read.
///          value_error for options that cannot be.
array loadtxt(std::string_view path, const loadtxt_options &options = {},
              site where = site::current());
/// The same, `nd::loadtxt("x.txt", nd::int32)`.
array loadtxt(std::string_view path, dtype type, loadtxt_options options = {},
              site where = site::current());

/// What separates the fields of a line: text, one width, or the width of each.
class field_separator {
public:
  field_separator() = default;
  field_separator(const char *text) : text_(text) {}
  field_separator(std::string text) : text_(std::move(text)) {}
  template <std::integral T> field_separator(T width) : widths_{int64_t(width)}, repeats_(true) {}
  field_separator(std::initializer_list<extent> widths) {
    for (const extent &w : widths)
      widths_.push_back(w.value);
  }

  const std::string &text() const { return text_; }
  const std::vector<int64_t> &widths() const { return widths_; }
  bool repeats() const { return repeats_; }

private:
  std::string text_;
  std::vector<int64_t> widths_;
  bool repeats_ = false;
};

/// Texts that stand for nothing: in every column, separated by commas; in braces one for each
/// column; or by column, as a std::map.
class missing_texts {
public:
  missing_texts() = default;
  missing_texts(const char *all) : all_(all) {}
  missing_texts(std::string all) : all_(std::move(all)) {}
  missing_texts(std::initializer_list<std::string_view> each) {
    int64_t column = 0;
    for (std::string_view text : each)
      by_column_[column++] = std::string(text);
  }
  missing_texts(std::map<int64_t, text_list> by_column)
      : by_column_(std::move(by_column)), keyed_(true) {}

  const std::string &all() const { return all_; }
  const std::map<int64_t, text_list> &by_column() const { return by_column_; }
  bool keyed() const { return keyed_; } ///< by column of the file, not of those that are read

private:
  std::string all_;
  std::map<int64_t, text_list> by_column_;
  bool keyed_ = false;
};

/// Numbers in the place of what is missing: one for every column; in braces one for each; or by
/// column, as a std::map.
class filling {
public:
  filling() = default;
  template <element T> filling(T all) : all_(scalar(all)) {}
  filling(std::initializer_list<scalar> each) {
    int64_t column = 0;
    for (const scalar &value : each)
      by_column_.emplace(column++, value);
  }
  filling(std::map<int64_t, scalar> by_column) : by_column_(std::move(by_column)), keyed_(true) {}

  const std::optional<scalar> &all() const { return all_; }
  const std::map<int64_t, scalar> &by_column() const { return by_column_; }
  bool keyed() const { return keyed_; } ///< by column of the file, not of those that are read

private:
  std::optional<scalar> all_;
  std::map<int64_t, scalar> by_column_;
  bool keyed_ = false;
};

/// Columns of a file: numbers, of which negative ones count from the end, or names.
class column_list {
public:
  /// One of them.
  struct column {
    int64_t number = 0;
    std::string name = {}; ///< where it is named
    template <std::integral T> column(T n) : number(static_cast<int64_t>(n)) {}
    column(const char *n) : name(n) {}
    column(std::string n) : name(std::move(n)) {}
  };
  column_list() = default;
  template <std::integral T> column_list(T one) : list_{column(one)} {}
  column_list(const char *one) : list_{column(one)} {}
  column_list(std::initializer_list<column> list) : list_(list) {}
  column_list(const std::vector<int64_t> &numbers) : list_(numbers.begin(), numbers.end()) {}
  column_list(const std::vector<std::string> &names) : list_(names.begin(), names.end()) {}

  const std::vector<column> &list() const { return list_; }

private:
  std::vector<column> list_;
};

/// What the columns of a file are called: as its first line says (true), or a list.
class column_names {
public:
  column_names() = default;
  template <std::same_as<bool> T> column_names(T first_line) : first_line_(first_line) {}
  column_names(const char *separated_by_commas);
  column_names(std::initializer_list<std::string_view> list) : list_(list.begin(), list.end()) {}

  bool first_line() const { return first_line_; }
  const std::vector<std::string> &list() const { return list_; }

private:
  bool first_line_ = false;
  std::vector<std::string> list_;
};

/// What genfromtxt takes after the path.
struct genfromtxt_options {
  nd::dtype dtype = float64;
  text_list comments = "#";          ///< the rest of a line after it is skipped; {} for none
  field_separator delimiter = {};    ///< any text, blanks if empty; or widths
  int64_t skip_header = 0;           ///< lines to skip first
  int64_t skip_footer = 0;           ///< rows to leave out at the end
  text_converters converters = {};   ///< what a column's text stands for
  missing_texts missing_values = {}; ///< an empty field is missing in any case
  filling filling_values = {};       ///< nan, -1 of integers, false of bool, where none is given
  column_list usecols = {};          ///< columns to read by number or name, all if empty
  column_names names = {};           ///< true: the first line that is left; or a list
  bool autostrip = false;            ///< blanks around fields are left out
  bool unpack = false;               ///< transposed, so that columns come first
  bool loose = true;                 ///< what is no number counts as missing
  bool invalid_raise = true;         ///< rows of another length throw; else they are left out
  int64_t max_rows = -1;             ///< rows to read, all if negative
  int64_t ndmin = 0;                 ///< the least number of axes, at most 2
};

/// Reads numbers from text where some are missing (numpy.genfromtxt); of a path that ends in .gz,
/// inflated.
///
/// Shape    (rows, columns), or 1-D where one of them is 1; ndmin keeps axes.
/// Missing  as in NumPy a text in missing_values that is a number stays that number: they say what
///          a strict reading (loose = false) takes as missing.
/// Names    as NumPy cleans them: without punctuation, _ for blanks. nd has no structured arrays:
///          names serve usecols, and columns of different dtypes are read one dtype at a time.
/// Throws   io_error with the lines of rows that have another number of columns; with line and column
///          for what is no number, where loose is false, and for an integer that the dtype cannot
///          hold; for a column that is not there by its name. value_error for options that cannot
///          be: an ndmin above 2, several comment marks, names of columns that have none.
array genfromtxt(std::string_view path, const genfromtxt_options &options = {},
                 site where = site::current());
/// The same, `nd::genfromtxt("x.txt", nd::int32)`.
array genfromtxt(std::string_view path, dtype type, genfromtxt_options options = {},
                 site where = site::current());

/// What savetxt takes after the array.
struct savetxt_options {
  text_list fmt = "%.18e"; ///< for every element, for a whole row, or one for each column in braces
  std::string delimiter = " ";
  std::string newline = "\n";
  std::string header = {};     ///< before the first row, behind comments
  std::string footer = {};     ///< after the last row, behind comments
  std::string comments = "# "; ///< begins each line of header and footer
};

/// Writes a 1-D or 2-D array as text, a row a line, byte for byte as numpy.savetxt does; to a path
/// that ends in .gz, deflated. Evaluates.
///
/// Format   Python's %-conversions d i u e E f F g G o x X s with flags, width and precision. A
///          complex number is two of them, " (%.18e+%.18ej)".
/// Safety   as save.
/// Throws   shape_error for another number of axes, value_error for a format that does not fit,
///          dtype_error for %x and %o of floats, io_error if the file cannot be written.
void savetxt(std::string_view path, const operand &X, const savetxt_options &options = {});
/// The same, `nd::savetxt("x.csv", x, "%.3f", {.delimiter = ","})`.
void savetxt(std::string_view path, const operand &X, std::string_view fmt,
             savetxt_options options = {});

} // namespace nd

#endif // ND_TEXT_H
