// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/array/Compose.h"
#include "frontend/io/Csv.h"
#include "frontend/io/Fields.h"
#include "frontend/io/Savetxt.h"
#include "nd/manipulation.h"
#include "nd/text.h"

#include <algorithm>

namespace nd {
namespace {

[[noreturn]] void raise(const io::io_failure &failure, const char *what, const site &where) {
  if (failure.with == io::fault::file)
    throw io_error(detail::prefix(what, where) + failure.message);
  detail::raise(failure.with == io::fault::dtype ? rules::error_kind::dtype
                                                 : rules::error_kind::value,
                what, failure.message, where);
}

template <class T> T read(io::io_result<T> r, const char *what, const site &where) {
  if (!r)
    raise(r.error(), what, where);
  return std::move(*r);
}

void check_ndmin(int64_t ndmin, const char *what, const site &where) {
  if (ndmin < 0 || ndmin > 2)
    detail::raise(rules::error_kind::value, what,
                  "ndmin is " + std::to_string(ndmin) + "; use 0, 1 or 2", where);
}

io::integer_range range_of(dtype type) {
  const int bits = int(rules::itemsize(type)) * 8;
  if (rules::is_unsigned(type))
    return {0, bits == 64 ? UINT64_MAX : (uint64_t(1) << bits) - 1, rules::name(type)};
  if (rules::is_signed(type))
    return {bits == 64 ? INT64_MIN : -(int64_t(1) << (bits - 1)), (uint64_t(1) << (bits - 1)) - 1,
            rules::name(type)};
  return {INT64_MIN, INT64_MAX, rules::name(type)};
}

/// The array that a table is.
template <class T>
array shaped(const io::table<T> &rows, int64_t ndmin, dtype type, bool unpack, const char *what,
             const site &where) {
  std::vector<int64_t> s = io::table_shape(rows.rows, rows.cols, int(ndmin));
  array out = detail::allocate(type, s, what, where);
  detail::convert(rows.values.data(), dtype_of<T>(), detail::bytes_of(out), type, out.size());
  return unpack ? transpose(operand(out, where)) : out;
}

/// Calls \p f with a value of the C++ type that elements of \p type are read as.
template <class F> array with_type(dtype type, F f) {
  if (type == uint64)
    return f(uint64_t());
  if (rules::is_integer(type) || rules::is_bool(type))
    return f(int64_t());
  if (rules::is_complex(type))
    return f(std::complex<double>());
  return f(double());
}

io::filling number_of(const scalar &s, dtype type, const char *what, const site &where) {
  io::filling out;
  detail::store_scalar(s, complex128, &out.number);
  const bool integral = s.kind != scalar::category::floating && s.kind != scalar::category::complex;
  out.integer = integral ? s.integer : 0;
  if ((rules::is_integer(type) || rules::is_bool(type)) && !integral) {
    if (out.number.imag() != 0 || !(std::abs(out.number.real()) < 0x1p62))
      detail::raise(rules::error_kind::value, what,
                    "a filling value does not fit " + std::string(rules::name(type)) +
                        "; give an integer",
                    where);
    out.integer = int64_t(out.number.real());
  }
  return out;
}

/// The position among the columns read of a column of the file; as it is where none are chosen.
int64_t position_of(int64_t column, const column_list &usecols) {
  auto at = std::find_if(usecols.list().begin(), usecols.list().end(),
                         [&](const auto &c) { return c.name.empty() && c.number == column; });
  return at == usecols.list().end() ? column : at - usecols.list().begin();
}

std::vector<std::string> split_commas(std::string_view text) {
  std::vector<std::string> out;
  for (size_t end; (end = text.find(',')) != text.npos; text.remove_prefix(end + 1))
    out.emplace_back(text.substr(0, end));
  out.emplace_back(text);
  return out;
}

std::vector<std::string> without_empty(const text_list &marks) {
  std::vector<std::string> out = marks.list();
  if (out.size() == 1 && out[0].empty())
    out.clear();
  return out;
}

} // namespace

column_names::column_names(const char *separated_by_commas)
    : list_(split_commas(separated_by_commas)) {}

array loadtxt(std::string_view path, const loadtxt_options &options, site where) {
  check_ndmin(options.ndmin, "loadtxt", where);
  const std::string file(path);
  io::loadtxt_options how;
  how.delimiter = options.delimiter;
  how.comments = without_empty(options.comments);
  how.skiprows = options.skiprows;
  how.usecols = options.usecols;
  how.max_rows = options.max_rows;
  how.quotechar = options.quotechar;
  how.converters = options.converters;
  how.range = range_of(options.dtype);
  const std::string text = read(io::read_text(file), "loadtxt", where);
  return with_type(options.dtype, [&]<class T>(T) {
    return shaped(read(io::parse_table<T>(text, file, how), "loadtxt", where), options.ndmin,
                  options.dtype, options.unpack, "loadtxt", where);
  });
}

array loadtxt(std::string_view path, dtype type, loadtxt_options options, site where) {
  options.dtype = type;
  return loadtxt(path, options, where);
}

array genfromtxt(std::string_view path, const genfromtxt_options &options, site where) {
  check_ndmin(options.ndmin, "genfromtxt", where);
  const std::string file(path);
  const dtype type = options.dtype;
  io::genfromtxt_options how;
  std::vector<std::string> marks = without_empty(options.comments);
  if (marks.size() > 1)
    detail::raise(rules::error_kind::value, "genfromtxt",
                  std::to_string(marks.size()) + " comment marks are given; use one, or loadtxt",
                  where);
  how.comments = marks.empty() ? std::nullopt : std::optional(marks[0]);
  how.delimiter = options.delimiter.text();
  how.widths = options.delimiter.widths();
  how.one_width = options.delimiter.repeats();
  how.skip_header = options.skip_header;
  how.skip_footer = options.skip_footer;
  for (const column_list::column &c : options.usecols.list()) {
    how.usecols.push_back(c.number);
    how.use_names.push_back(c.name);
    if (!c.name.empty() && !options.names.first_line() && options.names.list().empty())
      detail::raise(rules::error_kind::value, "genfromtxt",
                    "usecols names the column '" + c.name +
                        "', and the columns have no names; set names",
                    where);
  }
  how.max_rows = options.max_rows;
  how.converters = options.converters;
  how.autostrip = options.autostrip;
  how.loose = options.loose;
  how.invalid_raise = options.invalid_raise;
  how.names = options.names.first_line();
  how.named = options.names.list();
  if (!options.missing_values.all().empty())
    how.missing = split_commas(options.missing_values.all());
  for (auto &[column, texts] : options.missing_values.by_column())
    how.missing_in[options.missing_values.keyed() ? position_of(column, options.usecols) : column] =
        texts.list();
  if (options.filling_values.all())
    how.fill = number_of(*options.filling_values.all(), type, "genfromtxt", where);
  for (auto &[column, value] : options.filling_values.by_column())
    how.fill_in[options.filling_values.keyed() ? position_of(column, options.usecols) : column] =
        number_of(value, type, "genfromtxt", where);
  how.range = range_of(type);
  how.boolean = rules::is_bool(type);
  how.rounding = rules::is_integer(type) && rules::itemsize(type) < 8;
  const std::string text = read(io::read_text(file), "genfromtxt", where);
  return with_type(type, [&]<class T>(T) {
    return shaped(read(io::parse_ragged_table<T>(text, file, how), "genfromtxt", where),
                  options.ndmin, type, options.unpack, "genfromtxt", where);
  });
}

array genfromtxt(std::string_view path, dtype type, genfromtxt_options options, site where) {
  options.dtype = type;
  return genfromtxt(path, options, where);
}

void savetxt(std::string_view path, const operand &X, const savetxt_options &options) {
  const site &where = X.where();
  array x = detail::as_array(X);
  if (x.ndim() != 1 && x.ndim() != 2)
    detail::raise(rules::error_kind::shape, "savetxt",
                  "an array of shape " + to_string(x.shape()) +
                      " has no rows and columns; reshape it to 1-D or 2-D",
                  where);
  detail::evaluated(x, "savetxt", where);
  x = detail::packed(x);
  const int64_t rows = x.shape()[0], columns = x.ndim() == 2 ? x.shape()[1] : 1;
  io::savetxt_options how{options.fmt.list(), options.delimiter, options.newline,
                          options.header,     options.footer,    options.comments};
  auto format = io::row_format_of(how, columns, rules::is_complex(x.dtype()));
  if (!format)
    detail::raise(rules::error_kind::value, "savetxt", format.error(), where);
  io::io_result<void> done =
      io::write_table(std::string(path), reinterpret_cast<const std::byte *>(detail::bytes_of(x)),
                      x.dtype(), rows, columns, *format, how);
  if (!done)
    raise(done.error(), "savetxt", where);
}

void savetxt(std::string_view path, const operand &X, std::string_view fmt,
             savetxt_options options) {
  options.fmt = std::string(fmt);
  savetxt(path, X, options);
}

} // namespace nd
