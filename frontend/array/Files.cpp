// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/array/Compose.h"
#include "frontend/io/Csv.h"
#include "frontend/io/Npy.h"
#include "nd/io.h"
#include "nd/manipulation.h"

#include <cstring>

namespace nd {
namespace {

template <class T> T read(io::io_result<T> r, const char *what, const site &where) {
  if (!r)
    throw io_error(detail::prefix(what, where) + r.error().message);
  return std::move(*r);
}

/// A copy of elements in C order.
array from_memory(const void *data, dtype type, const std::vector<int64_t> &s, const char *what,
                  const site &where) {
  array out = detail::allocate(type, s, what, where);
  if (out.size())
    std::memcpy(detail::bytes_of(out), data, size_t(out.nbytes()));
  return out;
}

template <class T>
array table(const std::string &path, const io::loadtxt_options &how, dtype type,
            const site &where) {
  io::table<T> rows = read(io::read_table<T>(path, how), "loadtxt", where);
  std::vector<int64_t> s = io::table_shape(rows.rows, rows.cols, how.ndmin);
  array out = detail::allocate(type, s, "loadtxt", where);
  detail::convert(rows.values.data(), dtype_of<T>(), detail::bytes_of(out), type, out.size());
  return out;
}

} // namespace

array load(std::string_view path, site where) {
  io::npy_array file = read(io::read_npy(std::string(path)), "load", where);
  return from_memory(file.data.get(), file.info.dtype, file.info.shape, "load", where);
}

void save(std::string_view path, const operand &a) {
  std::string file(path);
  if (!file.ends_with(".npy"))
    file += ".npy";
  array x = detail::as_array(a);
  detail::evaluated(x, "save", a.where());
  x = detail::packed(x);
  const detail::node &n = detail::access::get(x);
  io::io_result<void> done = io::write_npy(file, n.data, n.dtype, {n.shape.data(), n.shape.size()});
  if (!done)
    throw io_error(detail::prefix("save", a.where()) + done.error().message);
}

array loadtxt(std::string_view path, const loadtxt_options &options, site where) {
  io::loadtxt_options how;
  how.delimiter = options.delimiter;
  how.comments = options.comments;
  how.skiprows = options.skiprows;
  how.usecols = options.usecols;
  how.max_rows = options.max_rows;
  how.ndmin = int(options.ndmin);
  how.quotechar = options.quotechar;
  array out = rules::is_integer(options.dtype)
                  ? table<int64_t>(std::string(path), how, options.dtype, where)
                  : table<double>(std::string(path), how, options.dtype, where);
  return options.unpack ? transpose(operand(out, where)) : out;
}

} // namespace nd
