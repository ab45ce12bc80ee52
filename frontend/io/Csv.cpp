// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/io/Csv.h"
#include "frontend/io/Fields.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

namespace nd::io {
namespace {

/// What may be wrong with a field that did not convert.
template <class T>
std::string conversion_fix(std::string_view field, bool first_row, const integer_range &range) {
  std::string_view text = strip(field);
  double as_float;
  if (text.empty())
    return "; the field is empty";
  if (text.size() > 1 && (text.front() == '"' || text.front() == '\'') &&
      text.back() == text.front())
    return "; set quotechar to read quoted fields";
  uint64_t large;
  int64_t small;
  if (std::is_integral_v<T> && (convert(text, large) || convert(text, small)))
    return "; " + std::string(range.name) + " holds " + std::to_string(range.lowest) + " to " +
           std::to_string(range.highest) + ", read it as a wider dtype";
  if (std::is_integral_v<T> && convert(text, as_float))
    return "; read it as float64 and convert";
  std::complex<double> as_complex;
  if (std::is_same_v<T, double> && convert(text, as_complex))
    return "; read it as complex128";
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
  const std::vector<std::string> &comments;
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
    for (const std::string &mark : comments)
      text = text.substr(0, text.find(mark));
    return text;
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
    auto comment = [&] {
      return std::any_of(comments.begin(), comments.end(), [&](const std::string &mark) {
        return rest.substr(at).starts_with(mark);
      });
    };
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

io_result<void> check_options(const loadtxt_options &opts) {
  auto one_character = [&](const char *what, const std::string &text) -> io_result<void> {
    if (text.size() <= 1 && text != "\n" && text != "\r")
      return {};
    return refuse(std::string(what) + " is " + quoted(text) +
                  "; one character other than a line end is expected");
  };
  if (io_result<void> ok = one_character("delimiter", opts.delimiter); !ok)
    return ok;
  if (io_result<void> ok = one_character("quotechar", opts.quotechar); !ok)
    return ok;
  auto begins_comment = [&](const std::string &character) {
    return std::any_of(opts.comments.begin(), opts.comments.end(),
                       [&](const std::string &mark) { return mark.starts_with(character); });
  };
  for (const std::string &mark : opts.comments)
    if (mark.empty())
      return refuse("a comment begins with empty text; leave comments empty to have none");
  if (!opts.delimiter.empty() &&
      (opts.delimiter == opts.quotechar || begins_comment(opts.delimiter)))
    return refuse("delimiter " + quoted(opts.delimiter) +
                  " also begins a comment or a quoted field; the three must differ");
  if (!opts.quotechar.empty() && begins_comment(opts.quotechar))
    return refuse("quotechar " + quoted(opts.quotechar) +
                  " also begins a comment; the two must differ");
  if (opts.skiprows < 0)
    return refuse("skiprows is " + std::to_string(opts.skiprows) + "; 0 or more expected");
  if (opts.max_rows < -1)
    return refuse("max_rows is " + std::to_string(opts.max_rows) +
                  "; 0 or more expected, or -1 for all rows");
  return {};
}

/// The element that a field stands for; false if it is none.
template <class T> bool element(std::string_view field, const integer_range &range, T &value) {
  if (!convert(field, value))
    return false;
  if constexpr (std::is_same_v<T, int64_t>)
    return value >= range.lowest && (value < 0 || uint64_t(value) <= range.highest);
  if constexpr (std::is_same_v<T, uint64_t>)
    return value <= range.highest;
  return true;
}

template <class T> std::string_view type_name(const integer_range &range) {
  return std::is_same_v<T, double> ? "float64" : std::is_integral_v<T> ? range.name : "complex128";
}

} // namespace

template <class T>
io_result<table<T>> parse_table(std::string_view text, const std::string &file,
                                const loadtxt_options &opts) {
  if (io_result<void> ok = check_options(opts); !ok)
    return std::unexpected(ok.error());
  splitter rows(text, opts);
  for (int64_t i = 0; i < opts.skiprows && rows.skip_line(); ++i) {
  }
  table<T> out;
  out.cols = opts.usecols.empty() ? 1 : int64_t(opts.usecols.size());
  size_t first_count = 0;
  std::vector<const field_converter *> converters;
  auto here = [&] { return file + ":" + std::to_string(rows.line) + ": "; };
  while (out.rows != opts.max_rows && rows.next()) {
    const std::vector<std::string_view> &fields = rows.fields;
    const int64_t count = int64_t(fields.size());
    if (out.rows == 0) {
      first_count = fields.size();
      if (opts.usecols.empty())
        out.cols = count;
      for (auto &[column, converter] : opts.converters) {
        if (column < -count || column >= count)
          return fail(here() + "a converter is given for column " + std::to_string(column) +
                      ", and the row has " + std::to_string(count) +
                      (count == 1 ? " column" : " columns") + "; columns count from 0");
        converters.resize(fields.size());
        converters[size_t(column < 0 ? column + count : column)] = &converter;
      }
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
                    (count == 1 ? " column" : " columns") + "; columns count from 0");
      column += column < 0 ? count : 0;
      const std::string_view field = fields[size_t(column)];
      T value;
      if (size_t(column) < converters.size() && converters[size_t(column)])
        value = T((*converters[size_t(column)])(field));
      else if (!element(field, opts.range, value))
        return fail(here() + "could not convert " + quoted(field) + " to " +
                    std::string(type_name<T>(opts.range)) + " at column " +
                    std::to_string(column + 1) +
                    conversion_fix<T>(field, out.rows == 0, opts.range));
      out.values.push_back(value);
    }
    ++out.rows;
  }
  return out;
}

template io_result<table<double>> parse_table(std::string_view, const std::string &,
                                              const loadtxt_options &);
template io_result<table<int64_t>> parse_table(std::string_view, const std::string &,
                                               const loadtxt_options &);
template io_result<table<uint64_t>> parse_table(std::string_view, const std::string &,
                                                const loadtxt_options &);
template io_result<table<std::complex<double>>> parse_table(std::string_view, const std::string &,
                                                            const loadtxt_options &);

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
