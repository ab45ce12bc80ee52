// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Prints the arrays that print.py sends: options, dtype, shape, strides and memory come in on
// standard input, str and repr go out on standard output, until the input ends.
#include "frontend/print/Format.h"

#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

using namespace nd;

void read_bytes(void *to, size_t size) {
  if (size && std::fread(to, 1, size, stdin) != size) {
    std::fputs("print-driver: the input ends in the middle of an array\n", stderr);
    std::exit(2);
  }
}

int64_t read_integer() {
  int64_t value;
  read_bytes(&value, sizeof value);
  return value;
}

std::string read_text() {
  std::string text(size_t(read_integer()), '\0');
  read_bytes(text.data(), text.size());
  return text;
}

std::vector<int64_t> read_integers(size_t count) {
  std::vector<int64_t> values(count);
  for (int64_t &v : values)
    v = read_integer();
  return values;
}

void write_text(const std::string &text) {
  const int64_t size = int64_t(text.size());
  std::fwrite(&size, sizeof size, 1, stdout);
  std::fwrite(text.data(), 1, text.size(), stdout);
}

} // namespace

int main() {
  for (int next = std::getchar(); next != EOF; next = std::getchar()) {
    print::options opts;
    opts.precision = int(read_integer());
    opts.threshold = read_integer();
    opts.edgeitems = int(read_integer());
    opts.linewidth = int(read_integer());
    opts.suppress = read_integer() != 0;
    opts.sign = char(read_integer());
    opts.floatmode = print::float_mode(read_integer());
    opts.nanstr = read_text();
    opts.infstr = read_text();
    const auto dtype = dtype_kind(read_integer());
    const size_t ndim = size_t(read_integer());
    const std::vector<int64_t> shape = read_integers(ndim), strides = read_integers(ndim);
    const int64_t offset = read_integer();
    const std::string memory = read_text();
    const char *data = memory.data() + offset;
    write_text(print::format(data, dtype, shape, strides, opts));
    write_text(print::format_repr(data, dtype, shape, strides, opts));
  }
}
