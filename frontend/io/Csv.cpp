// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/io/Csv.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <new>
#include <type_traits>

namespace nd::io {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view strip(std::string_view text) {
  while (!text.empty() && is_space(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_space(text.back()))
    text.remove_suffix(1);
  return text;
}

/// Text from the file, made printable and short.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (char c : text.substr(0, 60))
    out += static_cast<unsigned char>(c) >= 0x20 && c != 0x7f ? c : '?';
  return out + (text.size() > 60 ? "...'" : "'");
}

/// Whether a decimal number too large or too small for a double is too large.
bool is_huge(std::string_view digits) {
  size_t e = digits.find_first_of("eE");
  std::string_view mantissa = digits.substr(0, e);
  size_t point = std::min(mantissa.find('.'), mantissa.size());
  size_t first = mantissa.find_first_of("123456789");
  if (first == mantissa.npos)
    return false;
  int64_t magnitude = int64_t(point) - int64_t(first);
  int64_t exponent = 0;
  if (e != digits.npos) {
    std::string_view power = digits.substr(e + 1);
    bool negative = power.starts_with('-');
    if (negative || power.starts_with('+'))
      power.remove_prefix(1);
    auto r = std::from_chars(power.data(), power.data() + power.size(), exponent);
    if (r.ec == std::errc::result_out_of_range || exponent > (int64_t(1) << 40))
      exponent = int64_t(1) << 40;
    exponent = negative ? -exponent : exponent;
  }
  return magnitude + exponent > 0;
}

/// A float as Python's float() reads it, without underscores. Never depends on the locale.
bool convert(std::string_view text, double &value) {
  text = strip(text);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+'))
    text.remove_prefix(1);
  if (text.empty() || text.front() == '-' || text.back() == ')')
    return false;
  auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (stop != text.data() + text.size() || error == std::errc::invalid_argument)
    return false;
  if (error == std::errc::result_out_of_range)
    value = is_huge(text) ? std::numeric_limits<double>::infinity() : 0;
  if (negative)
    value = -value;
  return true;
}

bool convert(std::string_view text, int64_t &value) {
  text = strip(text);
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-'))
      return false;
  }
  auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && stop == text.data() + text.size();
}

/// What may be wrong with a field that did not convert.
template <class T> std::string conversion_fix(std::string_view field, bool first_row) {
  std::string_view text = strip(field);
  double as_float;
  if (text.empty())
    return "; the field is empty";
  if (text.size() > 1 && (text.front() == '"' || text.front() == '\'') &&
      text.back() == text.front())
    return "; set quotechar to read quoted fields";
  if (std::is_same_v<T, int64_t> && convert(text, as_float))
    return "; read it as float64 and convert";
  if (first_row)
    return "; set skiprows to leave out a header, usecols to leave out a column";
  return "";
}

/// Cuts the text into rows of fields.
class splitter {
public:
  splitter(std::string_view text, const loadtxt_options &opts)
      : rest(text), comments(opts.comments),
        delimiter(opts.delimiter.empty() ? '\0' : opts.delimiter[0]),
        quote(opts.quotechar.empty() ? '\0' : opts.quotechar[0]), by_space(opts.delimiter.empty()),
        quoting(!opts.quotechar.empty()) {
    if (rest.starts_with("\xef\xbb\xbf")) // the mark some programs put before UTF-8
      rest.remove_prefix(3);
  }

  /// The number of the row's first line, counted from 1.
  int64_t line = 0;
  std::vector<std::string_view> fields;

  /// False at the end.
  bool skip_line() {
    if (rest.empty())
      return false;
    take_line();
    return true;
  }

  /// Moves to the next row with a field in it; false at the end.
  bool next() {
    while (!rest.empty()) {
      std::string_view all = rest, text = take_line();
      if (quoting && text.find(quote) != text.npos) {
        rest = all;
        --next_line;
        split_quoted();
      } else {
        split(without_comment(text));
      }
      if (!fields.empty())
        return true;
    }
    return false;
  }

private:
  std::string_view rest;
  std::string_view comments;
  char delimiter, quote;
  bool by_space, quoting;
  int64_t next_line = 1;
  std::vector<std::string> unquoted;
  const char *next_feed = nullptr; // at or after the front of `rest`, or before it: stale

  /// Takes a line off; it ends at \n, \r\n or \r, or with the text.
  std::string_view take_line() {
    const char *const first = rest.data();
    // Searched once per line feed, not once per line: a file may have carriage returns only.
    if (next_feed < first) {
      const void *feed = std::memchr(first, '\n', rest.size());
      next_feed = feed ? static_cast<const char *>(feed) : first + rest.size();
    }
    size_t end = size_t(next_feed - first), after = end + 1;
    if (const void *cr = std::memchr(first, '\r', end)) {
      const size_t at = size_t(static_cast<const char *>(cr) - first);
      after = at + 1 == end ? end + 1 : at + 1;
      end = at;
    }
    std::string_view out = rest.substr(0, end);
    rest.remove_prefix(std::min(after, rest.size()));
    line = next_line++;
    return out;
  }

  std::string_view without_comment(std::string_view text) const {
    return comments.empty() ? text : text.substr(0, text.find(comments));
  }

  void split(std::string_view text) {
    fields.clear();
    if (!by_space) {
      if (text.empty())
        return;
      for (size_t end; (end = text.find(delimiter)) != text.npos; text.remove_prefix(end + 1))
        fields.push_back(text.substr(0, end));
      fields.push_back(text);
      return;
    }
    const char *p = text.data(), *const end = p + text.size();
    while (true) {
      while (p != end && is_space(*p))
        ++p;
      if (p == end)
        return;
      const char *first = p;
      while (p != end && !is_space(*p))
        ++p;
      fields.emplace_back(first, size_t(p - first));
    }
  }

  /// Splits the row at the front of `rest`, in which a field may begin with a quote. Up to the
  /// closing quote everything belongs to the field, line ends too; a doubled quote stands for one.
  void split_quoted() {
    unquoted.clear();
    fields.clear();
    line = next_line++;
    size_t at = 0;
    bool any = false;
    auto end_of_line = [&] { return at == rest.size() || rest[at] == '\n' || rest[at] == '\r'; };
    auto comment = [&] { return !comments.empty() && rest.substr(at).starts_with(comments); };
    auto ends_field = [&](char c) { return by_space ? is_space(c) : c == delimiter; };
    while (true) {
      while (by_space && !end_of_line() && is_space(rest[at]))
        ++at;
      if (by_space && (end_of_line() || comment()))
        break;
      std::string field;
      if (at < rest.size() && rest[at] == quote) {
        any = true;
        for (++at; at < rest.size(); ++at) {
          if (rest[at] == quote) {
            if (at + 1 == rest.size() || rest[at + 1] != quote)
              break;
            ++at;
          }
          next_line += rest[at] == '\n';
          field += rest[at];
        }
        at = std::min(at + 1, rest.size());
      }
      while (!end_of_line() && !comment() && !ends_field(rest[at]))
        field += rest[at++];
      any |= !field.empty();
      unquoted.push_back(std::move(field));
      if (end_of_line() || comment())
        break;
      any = true;
      ++at;
    }
    while (!end_of_line())
      ++at;
    if (at < rest.size())
      at += rest[at] == '\r' && at + 1 < rest.size() && rest[at + 1] == '\n' ? 2 : 1;
    rest.remove_prefix(at);
    if (any)
      fields.assign(unquoted.begin(), unquoted.end());
  }
};

io_result<void> check_options(const loadtxt_options &opts, const std::string &file) {
  auto one_character = [&](const char *what, const std::string &text) -> io_result<void> {
    if (text.size() <= 1 && text != "\n" && text != "\r")
      return {};
    return fail(file + ": " + what + " is " + quoted(text) +
                "; one character other than a line end is expected");
  };
  if (io_result<void> ok = one_character("delimiter", opts.delimiter); !ok)
    return ok;
  if (io_result<void> ok = one_character("quotechar", opts.quotechar); !ok)
    return ok;
  if (!opts.delimiter.empty() &&
      (opts.delimiter == opts.quotechar || opts.comments.starts_with(opts.delimiter)))
    return fail(file + ": delimiter " + quoted(opts.delimiter) +
                " also begins a comment or a quoted field; the three must differ");
  if (!opts.quotechar.empty() && opts.comments.starts_with(opts.quotechar))
    return fail(file + ": quotechar " + quoted(opts.quotechar) +
                " also begins a comment; the two must differ");
  if (opts.skiprows < 0)
    return fail(file + ": skiprows is " + std::to_string(opts.skiprows) + "; 0 or more expected");
  if (opts.max_rows < -1)
    return fail(file + ": max_rows is " + std::to_string(opts.max_rows) +
                "; 0 or more expected, or -1 for all rows");
  return {};
}

} // namespace

template <class T>
io_result<table<T>> parse_table(std::string_view text, const std::string &file,
                                const loadtxt_options &opts) {
  if (io_result<void> ok = check_options(opts, file); !ok)
    return std::unexpected(ok.error());
  splitter rows(text, opts);
  for (int64_t i = 0; i < opts.skiprows && rows.skip_line(); ++i) {
  }
  table<T> out;
  out.cols = opts.usecols.empty() ? 1 : int64_t(opts.usecols.size());
  size_t first_count = 0;
  auto here = [&] { return file + ":" + std::to_string(rows.line) + ": "; };
  while (out.rows != opts.max_rows && rows.next()) {
    const std::vector<std::string_view> &fields = rows.fields;
    const int64_t count = int64_t(fields.size());
    if (out.rows == 0) {
      first_count = fields.size();
      if (opts.usecols.empty())
        out.cols = count;
    } else if (opts.usecols.empty() && fields.size() != first_count) {
      return fail(here() + "the number of columns changed from " + std::to_string(first_count) +
                  " to " + std::to_string(count) +
                  "; give every row as many, or set usecols to columns that every row has");
    }
    for (int64_t i = 0; i < out.cols; ++i) {
      int64_t column = opts.usecols.empty() ? i : opts.usecols[size_t(i)];
      if (column < -count || column >= count)
        return fail(here() + "column index " + std::to_string(column) +
                    " is out of bounds for a row of " + std::to_string(count) +
                    (count == 1 ? " column" : " columns"));
      column += column < 0 ? count : 0;
      T value;
      if (!convert(fields[size_t(column)], value))
        return fail(here() + "could not convert " + quoted(fields[size_t(column)]) + " to " +
                    (std::is_same_v<T, double> ? "float64" : "int64") + " at column " +
                    std::to_string(column + 1) +
                    conversion_fix<T>(fields[size_t(column)], out.rows == 0));
      out.values.push_back(value);
    }
    ++out.rows;
  }
  return out;
}

template <class T>
io_result<table<T>> read_table(const std::string &path, const loadtxt_options &opts) {
  io_result<input_file> file = input_file::open(path);
  if (!file)
    return std::unexpected(file.error());
  const size_t size = size_t(file->size());
  std::unique_ptr<char[]> text(new (std::nothrow) char[size]);
  if (!text)
    return fail(path + ": a file of " + std::to_string(size) + " bytes is more than memory allows");
  if (io_result<void> ok = file->read(text.get(), size); !ok)
    return std::unexpected(ok.error());
  return parse_table<T>({text.get(), size}, path, opts);
}

template io_result<table<double>> parse_table(std::string_view, const std::string &,
                                              const loadtxt_options &);
template io_result<table<int64_t>> parse_table(std::string_view, const std::string &,
                                               const loadtxt_options &);
template io_result<table<double>> read_table(const std::string &, const loadtxt_options &);
template io_result<table<int64_t>> read_table(const std::string &, const loadtxt_options &);

std::vector<int64_t> table_shape(int64_t rows, int64_t cols, int ndmin) {
  if (ndmin >= 2)
    return {rows, cols};
  std::vector<int64_t> shape;
  if (rows != 1)
    shape.push_back(rows);
  if (cols != 1)
    shape.push_back(cols);
  if (shape.empty() && ndmin == 1)
    shape.push_back(1);
  return shape;
}

} // namespace nd::io
