// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reads what core.py writes; little-endian, lengths before contents.
#include "program.h"

#include <stdexcept>

namespace compare {

int64_t data::size() const {
  int64_t n = 1;
  for (int64_t extent : shape)
    n *= extent;
  return n;
}

namespace {

void read_bytes(std::FILE *from, void *out, size_t count) {
  if (std::fread(out, 1, count, from) != count)
    throw std::runtime_error("the cases end in the middle of one");
}

template <class T> T get(std::FILE *from) {
  T value;
  read_bytes(from, &value, sizeof(T));
  return value;
}

template <class T> std::vector<T> get_list(std::FILE *from, size_t count) {
  std::vector<T> list(count);
  read_bytes(from, list.data(), count * sizeof(T));
  return list;
}

std::string get_text(std::FILE *from) {
  std::string text(get<uint16_t>(from), ' ');
  read_bytes(from, text.data(), text.size());
  return text;
}

data get_data(std::FILE *from, bool contents = true) {
  data d;
  d.dtype = nd::dtype(get<uint8_t>(from));
  d.shape = nd::shape(get_list<int64_t>(from, get<uint8_t>(from)));
  if (contents)
    d.bytes = get_list<std::byte>(from, size_t(d.size()) * nd::itemsize(d.dtype));
  return d;
}

argument get_argument(std::FILE *from) {
  switch (get<uint8_t>(from)) {
  case 0:
    return get<int64_t>(from);
  case 1:
    return nd::scalar(get<int64_t>(from) != 0);
  case 2:
    return nd::scalar(get<int64_t>(from));
  case 3:
    return nd::scalar(get<uint64_t>(from));
  case 5: {
    double re = get<double>(from);
    return nd::scalar(std::complex<double>(re, get<double>(from)));
  }
  default:
    return nd::scalar(get<double>(from));
  }
}

step get_step(std::FILE *from) {
  step s;
  s.name = get_text(from);
  s.arguments.resize(get<uint8_t>(from));
  for (argument &a : s.arguments)
    a = get_argument(from);
  s.integers = get_list<int64_t>(from, get<uint16_t>(from));
  s.reals = get_list<double>(from, get<uint16_t>(from));
  return s;
}

expectation get_expectation(std::FILE *from) {
  expectation e;
  e.label = get_text(from);
  e.value = get<int64_t>(from);
  e.how = closeness(get<uint8_t>(from));
  e.ulps = get<double>(from);
  e.expected = get_data(from, e.how != closeness::type);
  if (e.how == closeness::absolute)
    e.bounds = get_list<double>(from, size_t(e.expected.size()));
  return e;
}

} // namespace

bool read(std::FILE *from, program &out) {
  if (get<uint8_t>(from) == 0)
    return false;
  out = program();
  out.label = get_text(from);
  out.throws = failure(get<uint8_t>(from));
  auto how = get<uint8_t>(from);
  out.together = how & 1;
  out.eager = how & 2;
  for (auto n = get<uint16_t>(from); n > 0; --n)
    out.inputs.push_back(get_data(from));
  for (auto n = get<uint16_t>(from); n > 0; --n)
    out.steps.push_back(get_step(from));
  for (auto n = get<uint16_t>(from); n > 0; --n)
    out.results.push_back(get_expectation(from));
  return true;
}

} // namespace compare
