// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "fuzz/driver.h"

#include <cmath>
#include <complex>
#include <csignal>
#include <cstring>
#include <limits>
#include <sstream>

#include <unistd.h>

namespace fuzz {
namespace {

template <class T> struct type { using element = T; };

template <class F> auto with_type(nd::dtype d, F f) {
  switch (d) {
  case nd::bool_:
    return f(type<bool>());
  case nd::int8:
    return f(type<int8_t>());
  case nd::int16:
    return f(type<int16_t>());
  case nd::int32:
    return f(type<int32_t>());
  case nd::int64:
    return f(type<int64_t>());
  case nd::uint8:
    return f(type<uint8_t>());
  case nd::uint16:
    return f(type<uint16_t>());
  case nd::uint32:
    return f(type<uint32_t>());
  case nd::uint64:
    return f(type<uint64_t>());
  case nd::float16:
    return f(type<nd::float16_t>());
  case nd::bfloat16:
    return f(type<nd::bfloat16_t>());
  case nd::float32:
    return f(type<float>());
  case nd::float64:
    return f(type<double>());
  case nd::complex64:
    return f(type<std::complex<float>>());
  case nd::complex128:
    return f(type<std::complex<double>>());
  }
  throw std::logic_error("an unknown dtype");
}

/// The strides in bytes of a layout, and how many bytes it spans.
std::pair<std::vector<int64_t>, size_t> strides_of(const nd::shape &s, layout how, size_t width) {
  std::vector<int64_t> strides(s.size());
  int64_t next = int64_t(width);
  if (how == layout::strided)
    next *= 2; // every second element
  for (size_t k = 0; k < s.size(); ++k) {
    size_t axis = how == layout::fortran ? k : s.size() - 1 - k;
    strides[axis] = next;
    next *= std::max<int64_t>(1, s[axis]);
    if (how == layout::strided)
      next += int64_t(width); // a gap between rows
  }
  return {strides, size_t(next) + width};
}

nd::array to_array(const copy &d, layout how) {
  return with_type(d.dtype, [&](auto t) {
    using T = typename decltype(t)::element;
    if (how == layout::c_order || d.shape.size() == 0)
      return nd::array(
          std::span<const T>(reinterpret_cast<const T *>(d.bytes.data()), size_t(d.size())),
          d.shape);
    auto [strides, bytes] = strides_of(d.shape, how, sizeof(T));
    auto *memory = new std::byte[bytes + sizeof(T)];
    std::memset(memory, 1, bytes + sizeof(T));
    const int64_t n = d.size();
    for (int64_t flat = 0; flat < n; ++flat) {
      int64_t rest = flat, at = 0;
      for (size_t axis = d.shape.size(); axis-- > 0; rest /= d.shape[axis])
        at += rest % d.shape[axis] * strides[axis];
      std::memcpy(memory + at, d.bytes.data() + size_t(flat) * sizeof(T), sizeof(T));
    }
    return nd::from_buffer(reinterpret_cast<T *>(memory), d.shape, nd::shape(strides),
                           [memory](T *) { delete[] memory; });
  });
}

template <class T> void one_nan(T *p, size_t n) {
  for (size_t i = 0; i < n; ++i)
    if (p[i] != p[i])
      p[i] = std::numeric_limits<T>::quiet_NaN();
}

void one_nan(copy &c) {
  size_t n = c.bytes.size();
  switch (c.dtype) {
  case nd::float32:
  case nd::complex64:
    return one_nan(reinterpret_cast<float *>(c.bytes.data()), n / 4);
  case nd::float64:
  case nd::complex128:
    return one_nan(reinterpret_cast<double *>(c.bytes.data()), n / 8);
  case nd::float16:
  case nd::bfloat16: {
    const unsigned infinity = c.dtype == nd::float16 ? 0x7c00 : 0x7f80;
    auto *p = reinterpret_cast<uint16_t *>(c.bytes.data());
    for (size_t i = 0; i < n / 2; ++i)
      if ((p[i] & 0x7fffu) > infinity)
        p[i] = uint16_t(infinity | (infinity >> 1 & ~infinity) | 0x40);
    return;
  }
  default:
    return;
  }
}

std::string shape_text(const nd::shape &s) {
  std::string text = "(";
  for (int64_t extent : s)
    text += std::to_string(extent) + ",";
  return text + ")";
}

template <class T> std::string element_text(const T *p) {
  std::ostringstream out;
  out.precision(17);
  if constexpr (std::is_same_v<T, nd::float16_t> || std::is_same_v<T, nd::bfloat16_t>)
    out << float(*p);
  else if constexpr (std::is_integral_v<T>)
    out << +*p;
  else
    out << *p;
  return out.str();
}

char running[512];

void on_crash(int signal) {
  const char *text = "CRASH in ";
  (void)!write(2, text, std::strlen(text));
  (void)!write(2, running, std::strlen(running));
  (void)!write(2, "\n", 1);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

} // namespace

arrays inputs_of(const compare::program &p, layout how) {
  arrays in;
  for (const copy &d : p.inputs)
    in.push_back(to_array(d, how));
  return in;
}

copy copy_of(const nd::array &a) {
  copy c{a.dtype(), a.shape(), {}};
  with_type(c.dtype, [&](auto t) {
    using T = typename decltype(t)::element;
    c.bytes.resize(size_t(c.size()) * sizeof(T));
    const void *from = a.data<T>();
    if (!c.bytes.empty())
      std::memcpy(c.bytes.data(), from, c.bytes.size());
    return 0;
  });
  one_nan(c);
  return c;
}

std::string differs(const copy &got, const copy &wanted) {
  if (got.dtype != wanted.dtype)
    return "is " + std::string(nd::name(got.dtype)) + ", elsewhere " +
           std::string(nd::name(wanted.dtype));
  if (got.shape != wanted.shape)
    return "has shape " + shape_text(got.shape) + ", elsewhere " + shape_text(wanted.shape);
  if (got.bytes == wanted.bytes)
    return "";
  return with_type(got.dtype, [&](auto t) {
    using T = typename decltype(t)::element;
    const auto *x = reinterpret_cast<const T *>(got.bytes.data());
    const auto *y = reinterpret_cast<const T *>(wanted.bytes.data());
    size_t n = size_t(got.size()), bad = 0, first = 0;
    for (size_t i = 0; i < n; ++i)
      if (std::memcmp(x + i, y + i, sizeof(T)) != 0 && bad++ == 0)
        first = i;
    return std::to_string(bad) + " of " + std::to_string(n) + " elements of " +
           std::string(nd::name(got.dtype)) + shape_text(got.shape) + " differ, first at " +
           std::to_string(first) + ": " + element_text(x + first) + ", elsewhere " +
           element_text(y + first);
  });
}

uint64_t hash_of(const std::vector<copy> &values) {
  uint64_t hash = 1469598103934665603u;
  auto add = [&](uint64_t word) { hash = (hash ^ word) * 1099511628211u; };
  for (const copy &c : values) {
    add(uint64_t(c.dtype));
    for (int64_t extent : c.shape)
      add(uint64_t(extent));
    for (std::byte b : c.bytes)
      add(uint64_t(b));
  }
  return hash;
}

void eval_together(const arrays &a) {
  std::vector<const nd::array *> list;
  for (const nd::array &x : a)
    list.push_back(&x);
  if (!list.empty())
    nd::detail::eval_all(list.data(), list.size(), nd::site());
}

void note(const compare::program &p) { std::strncpy(running, p.label.c_str(), sizeof running - 1); }

void report_crashes() {
  for (int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
    std::signal(signal, on_crash);
}

} // namespace fuzz
