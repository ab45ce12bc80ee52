// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Bytes as a table: the first four choose the options of loadtxt or genfromtxt and the dtype.
#include "frontend/io/Csv.h"
#include "fuzz/bytes/target.h"

#include <string_view>

namespace {

template <class T> int check(const nd::io::io_result<nd::io::table<T>> &t, size_t size) {
  if (!t)
    return t.error().message.empty() ? fuzz::wrong("an error without a message") : 0;
  if (t->rows < 0 || t->cols < 0 || size_t(t->rows) * size_t(t->cols) != t->values.size())
    return fuzz::wrong("rows and columns do not fit the values");
  return fuzz::touch(t->values.data(), t->values.size() * sizeof(T));
}

template <class T> int read(uint8_t how, uint8_t which, uint8_t numbers, std::string_view text) {
  using namespace nd::io;
  static const char *delimiters[] = {"", ",", ";", "\t", "ab", " ", "#", "\n"};
  if (how & 1) {
    loadtxt_options o;
    o.delimiter = delimiters[which & 7];
    if (which & 8)
      o.quotechar = "\"";
    if (which & 16)
      o.comments = {"#", "//"};
    if (which & 32)
      o.comments = {};
    o.skiprows = numbers & 3;
    o.max_rows = numbers & 4 ? numbers >> 5 : -1;
    if (numbers & 8)
      o.usecols = {int64_t(numbers >> 6), -1};
    return check(parse_table<T>(text, "fuzz.csv", o), text.size());
  }
  genfromtxt_options o;
  o.delimiter = delimiters[which & 7];
  if (which & 8)
    o.widths = {int64_t(numbers & 3) + 1, int64_t(numbers >> 6) + 1};
  o.one_width = which & 8 && which & 16;
  if (which & 32)
    o.comments = std::nullopt;
  o.skip_header = numbers & 3;
  o.skip_footer = numbers >> 2 & 3;
  o.max_rows = numbers & 16 ? numbers >> 5 : -1;
  if (o.skip_footer)
    o.max_rows = -1; // NumPy refuses both
  if (which & 64)
    o.usecols = {int64_t(numbers >> 6), -1};
  if (which & 128)
    o.missing = {"NA", "-"};
  o.autostrip = how & 2;
  o.loose = how & 4;
  o.invalid_raise = how & 8;
  o.names = how & 16;
  o.rounding = how & 32;
  o.boolean = how & 64;
  if (how & 128)
    o.fill = filling{{1.5, 0}, 7};
  return check(parse_ragged_table<T>(text, "fuzz.csv", o), text.size());
}

} // namespace

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 4)
    return 0;
  std::string_view text(reinterpret_cast<const char *>(data) + 4, size - 4);
  switch (data[3] & 3) {
  case 0:
    return read<double>(data[0], data[1], data[2], text);
  case 1:
    return read<int64_t>(data[0], data[1], data[2], text);
  case 2:
    return read<uint64_t>(data[0], data[1], data[2], text);
  }
  return read<std::complex<double>>(data[0], data[1], data[2], text);
}
