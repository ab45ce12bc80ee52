// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// numpy.genfromtxt: a line at a time, rows judged when all are there.
#include "frontend/io/Csv.h"
#include "frontend/io/Fields.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace nd::io {
namespace {

/// The lines of a text, which end at \n, \r\n or \r, or with it.
class lines {
public:
  explicit lines(std::string_view text) : rest(text) {
    if (rest.starts_with("\xef\xbb\xbf"))
      rest.remove_prefix(3);
  }
  int64_t number = 0; ///< of the last line, from 1
  bool next(std::string_view &line) {
    if (rest.empty())
      return false;
    const size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
    line = rest.substr(0, end);
    rest.remove_prefix(end);
    if (!rest.empty())
      rest.remove_prefix(rest.starts_with("\r\n") ? 2 : 1);
    ++number;
    return true;
  }

private:
  std::string_view rest;
};

std::string_view strip_of(std::string_view text, std::string_view characters) {
  const size_t first = text.find_first_not_of(characters);
  if (first == text.npos)
    return {};
  return text.substr(first, text.find_last_not_of(characters) - first + 1);
}

/// The fields of a line, as numpy's LineSplitter has them; none in an empty one.
std::vector<std::string_view> split(std::string_view line, const genfromtxt_options &opts) {
  std::vector<std::string_view> out;
  if (opts.comments && !opts.comments->empty())
    line = line.substr(0, line.find(*opts.comments));
  if (!opts.widths.empty()) {
    if (line.empty())
      return out;
    size_t at = 0;
    for (size_t i = 0; opts.one_width ? at < line.size() : i < opts.widths.size(); ++i) {
      const size_t width = size_t(opts.widths[opts.one_width ? 0 : i]);
      out.push_back(at < line.size() ? line.substr(at, width) : std::string_view());
      at += width;
    }
  } else {
    line = strip_of(line, " \r\n");
    if (line.empty())
      return out;
    if (opts.delimiter.empty()) {
      while (!(line = strip(line)).empty()) {
        const auto *end = std::find_if(line.begin(), line.end(), is_space);
        out.push_back(line.substr(0, size_t(end - line.begin())));
        line.remove_prefix(size_t(end - line.begin()));
      }
    } else {
      for (size_t end; (end = line.find(opts.delimiter)) != line.npos;
           line.remove_prefix(end + opts.delimiter.size()))
        out.push_back(line.substr(0, end));
      out.push_back(line);
    }
  }
  if (opts.autostrip)
    for (std::string_view &field : out)
      field = strip(field);
  return out;
}

/// The fields of a line that names columns; its comment marks do not count.
std::vector<std::string> names_in(std::string_view line, const genfromtxt_options &opts) {
  std::string text(line);
  if (opts.comments && !opts.comments->empty())
    if (size_t mark = text.find(*opts.comments); mark != text.npos) {
      text.erase(0, mark);
      for (size_t at; (at = text.find(*opts.comments)) != text.npos;)
        text.erase(at, opts.comments->size());
    }
  std::vector<std::string> out;
  for (std::string_view field : split(text, opts))
    out.emplace_back(strip(field));
  return out;
}

/// As numpy's NameValidator has them.
std::vector<std::string> cleaned(const std::vector<std::string> &names) {
  std::vector<std::string> out;
  std::map<std::string, int64_t> seen;
  int64_t empty = 0;
  for (const std::string &given : names) {
    std::string name;
    for (char c : strip(given))
      if (c == ' ')
        name += '_';
      else if (std::string_view("~!@#$%^&*()-=+\\|]}[{';:/?.>,<\"").find(c) == std::string::npos)
        name += c;
    if (name.empty()) {
      do
        name = "f" + std::to_string(empty++);
      while (std::find(names.begin(), names.end(), name) != names.end());
    } else if (name == "return" || name == "file" || name == "print") {
      name += '_';
    }
    const int64_t times = seen[name]++;
    out.push_back(times ? name + "_" + std::to_string(times) : name);
  }
  return out;
}

struct row {
  int64_t line;
  std::vector<std::string_view> fields;
  bool valid;
};

bool in_range(double value, const integer_range &range) {
  // The bounds are exact as doubles, or one above is.
  return value >= double(range.lowest) &&
         (value <= double(range.highest) && value < 18446744073709551616.0 &&
          (range.highest != INT64_MAX || value < 0x1p63));
}

bool truth(std::string_view field, bool &value) {
  std::string upper(field);
  for (char &c : upper)
    c = c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
  value = upper == "TRUE";
  return value || upper == "FALSE";
}

enum class outcome { converted, no_number, too_large };

template <class T>
outcome element(std::string_view field, const genfromtxt_options &opts, T &value) {
  if constexpr (std::is_same_v<T, int64_t>) {
    if (opts.boolean) {
      bool b = false;
      const bool ok = truth(field, b);
      value = b;
      return ok ? outcome::converted : outcome::no_number;
    }
    if (opts.rounding) {
      double d;
      if (!convert(field, d, grammar::python) || std::isnan(d))
        return outcome::no_number;
      d = std::trunc(d);
      if (!in_range(d, opts.range))
        return outcome::too_large;
      value = int64_t(d);
      return outcome::converted;
    }
  }
  if (!convert(field, value, grammar::python)) {
    double d;
    return std::is_integral_v<T> &&
                   strip(field).find_first_of(".eEnN_") == std::string_view::npos &&
                   convert(field, d)
               ? outcome::too_large
               : outcome::no_number;
  }
  return outcome::converted;
}

/// What a column is filled in with; nothing where an unsigned one has no filling value.
template <class T> std::optional<T> filling_of(const genfromtxt_options &opts, size_t column) {
  const filling *given = opts.fill ? &*opts.fill : nullptr;
  if (auto own = opts.fill_in.find(int64_t(column)); own != opts.fill_in.end())
    given = &own->second;
  if constexpr (std::is_integral_v<T>) {
    if (!given && std::is_unsigned_v<T>)
      return std::nullopt;
    return given ? T(given->integer) : opts.boolean ? T(0) : T(-1);
  } else {
    const std::complex<double> z = given ? given->number : std::numeric_limits<double>::quiet_NaN();
    if constexpr (std::is_same_v<T, double>)
      return z.real();
    else
      return z;
  }
}

bool is_missing(std::string_view field, const genfromtxt_options &opts, size_t column) {
  auto among = [&](const std::vector<std::string> &texts) {
    return std::find(texts.begin(), texts.end(), field) != texts.end();
  };
  if (field.empty() || among(opts.missing))
    return true;
  auto own = opts.missing_in.find(int64_t(column));
  return own != opts.missing_in.end() && among(own->second);
}

} // namespace

template <class T>
io_result<table<T>> parse_ragged_table(std::string_view text, const std::string &file,
                                       const genfromtxt_options &opts) {
  if (opts.max_rows >= 0 && opts.skip_footer > 0)
    return refuse("skip_footer is " + std::to_string(opts.skip_footer) + " and max_rows is " +
                  std::to_string(opts.max_rows) + "; use one of them");
  if (opts.max_rows == 0 || opts.max_rows < -1)
    return refuse("max_rows is " + std::to_string(opts.max_rows) + "; 1 or more expected");
  for (int64_t width : opts.widths)
    if (width <= 0)
      return refuse("a field is " + std::to_string(width) + " wide; 1 or more expected");
  lines source(text);
  std::string_view line;
  for (int64_t i = 0; i < opts.skip_header && source.next(line); ++i) {
  }
  std::vector<std::string> called = opts.named;
  if (opts.names) // by the first line with text in it, in a comment too
    while (called.empty() && source.next(line))
      called = names_in(line, opts);
  called = cleaned(called);
  std::vector<row> rows;
  size_t columns = 0, invalid = 0;
  bool counted = false;
  std::vector<int64_t> chosen = opts.usecols;
  for (size_t i = 0; i < opts.use_names.size(); ++i)
    if (const std::string &name = opts.use_names[i]; !name.empty()) {
      const auto at = std::find(called.begin(), called.end(), name);
      chosen[i] = at - called.begin();
      if (at == called.end()) {
        std::string all;
        for (const std::string &one : called)
          all += (all.empty() ? "" : ", ") + one;
        return fail((opts.names ? file + ":" + std::to_string(source.number) : file) +
                    ": no column is called " + quoted(name) + "; there are " + all);
      }
    }
  while (int64_t(rows.size() - invalid) != opts.max_rows && source.next(line)) {
    std::vector<std::string_view> fields = split(line, opts);
    if (fields.empty())
      continue;
    if (!counted) {
      counted = true;
      columns = fields.size();
      for (int64_t &column : chosen)
        column += column < 0 ? int64_t(columns) : 0;
    }
    bool valid = fields.size() == columns;
    if (!chosen.empty())
      valid = std::all_of(chosen.begin(), chosen.end(),
                          [&](int64_t c) { return c >= 0 && size_t(c) < fields.size(); });
    invalid += !valid;
    rows.push_back({source.number, std::move(fields), valid});
  }
  if (opts.skip_footer > 0)
    rows.resize(rows.size() - size_t(std::min<int64_t>(opts.skip_footer, int64_t(rows.size()))));
  std::string wrong;
  int64_t wrong_rows = 0;
  for (const row &r : rows)
    if (!r.valid && ++wrong_rows <= 10)
      wrong += (wrong.empty() ? "" : "; ") + file + ":" + std::to_string(r.line) + ": " +
               std::to_string(r.fields.size()) + " columns";
  if (wrong_rows && opts.invalid_raise)
    return fail(wrong + (wrong_rows > 10 ? "; " + std::to_string(wrong_rows - 10) + " more" : "") +
                ", where " +
                (chosen.empty() ? std::to_string(columns) + " are expected as in the first row"
                                : "usecols needs more") +
                "; set invalid_raise = false to leave such rows out");
  table<T> out;
  out.cols = int64_t(chosen.empty() ? columns : chosen.size());
  for (const row &r : rows) {
    if (!r.valid)
      continue;
    for (size_t i = 0; i < size_t(out.cols); ++i) {
      const size_t column = chosen.empty() ? i : size_t(chosen[i]);
      const std::string_view field = r.fields[column];
      auto at = [&] {
        return file + ":" + std::to_string(r.line) + ": could not convert " + quoted(field) +
               " to " +
               std::string(std::is_same_v<T, double> ? "float64"
                           : std::is_integral_v<T>   ? opts.range.name
                                                     : "complex128") +
               " at column " + std::to_string(column + 1);
      };
      T value{};
      if (auto own = opts.converters.find(int64_t(column)); own != opts.converters.end()) {
        value = T(own->second(field));
      } else if (outcome how = element(field, opts, value); how != outcome::converted) {
        if (how == outcome::too_large)
          return fail(at() + ", which cannot hold it");
        if (!opts.loose && !is_missing(strip(field), opts, i))
          return fail(at() + "; name it in missing_values, or set loose = true to fill it in");
        std::optional<T> fill = filling_of<T>(opts, i);
        if (!fill)
          return fail(at() + ", which cannot hold -1; give filling_values");
        value = *fill;
      }
      if constexpr (std::is_same_v<T, int64_t>)
        if (value < opts.range.lowest || (value > 0 && uint64_t(value) > opts.range.highest))
          return fail(at() + ", which cannot hold " + std::to_string(value));
      out.values.push_back(value);
    }
    ++out.rows;
  }
  return out;
}

template io_result<table<double>> parse_ragged_table(std::string_view, const std::string &,
                                                     const genfromtxt_options &);
template io_result<table<int64_t>> parse_ragged_table(std::string_view, const std::string &,
                                                      const genfromtxt_options &);
template io_result<table<uint64_t>> parse_ragged_table(std::string_view, const std::string &,
                                                       const genfromtxt_options &);
template io_result<table<std::complex<double>>>
parse_ragged_table(std::string_view, const std::string &, const genfromtxt_options &);

} // namespace nd::io
