// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/print/Digits.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>

namespace nd::print {
namespace {

/// A binary format: significant bits and the exponents of its least and greatest bits.
struct binary_format {
  int bits, least, greatest;
};

constexpr binary_format format_of(dtype_kind type) {
  switch (type) {
  case dtype_kind::float16:
    return {11, -24, 15};
  case dtype_kind::bfloat16:
    return {8, -133, 127};
  case dtype_kind::float32:
    return {24, -149, 127};
  default:
    return {53, -1074, 1023};
  }
}

/// The exponent of the last bit of \p value.
int last_bit(double value, const binary_format &f) {
  int exponent;
  std::frexp(value, &exponent);
  return std::max(exponent - f.bits, f.least);
}

decimal parse_scientific(std::string_view text) {
  decimal out{false, {}, 0};
  if (text.front() == '-') {
    out.negative = true;
    text.remove_prefix(1);
  }
  size_t e = text.find('e');
  for (char c : text.substr(0, e))
    if (c != '.')
      out.digits += c;
  const char *first = text.data() + e + 1;
  if (*first == '+')
    ++first;
  std::from_chars(first, text.data() + text.size(), out.exponent);
  return out;
}

template <class T> decimal shortest_of(T value) {
  char buffer[64];
  auto r = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  return parse_scientific({buffer, size_t(r.ptr - buffer)});
}

double magnitude(const decimal &d) {
  const std::string text = d.digits + "e" + std::to_string(d.exponent - int(d.digits.size()) + 1);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// One more in the last digit.
void increment(decimal &d) {
  size_t i = d.digits.find_last_not_of('9');
  if (i == std::string::npos) {
    d.digits.assign(d.digits.size(), '0');
    d.digits.front() = '1';
    ++d.exponent;
    return;
  }
  ++d.digits[i];
  std::fill(d.digits.begin() + std::ptrdiff_t(i) + 1, d.digits.end(), '0');
}

/// For the types of 16 bits, which the standard library does not print: tries one digit, two, ...
/// A double is precise enough to compare so few digits with the bounds of so few bits.
decimal shortest_narrow(double value, const binary_format &f) {
  const double a = std::abs(value);
  if (a == 0)
    return {std::signbit(value), "0", 0};
  const int last = last_bit(a, f);
  const double step = std::ldexp(1.0, last), mantissa = a / step;
  // Below a power of two the neighbour is half as far.
  const bool power = mantissa == std::ldexp(1.0, f.bits - 1) && last > f.least;
  const double low = a - step * (power ? 0.25 : 0.5), high = a + step * 0.5;
  const bool even = std::fmod(mantissa, 2) == 0;
  auto identifies = [&](const decimal &d) {
    const double x = magnitude(d);
    return even ? low <= x && x <= high : low < x && x < high;
  };
  for (int digits = 0;; ++digits) {
    decimal d = rounded(value, digits);
    if (identifies(d))
      return d;
    if (!power || magnitude(d) > a)
      continue;
    // The nearest is too far below; the next one above may still be near enough.
    increment(d);
    if (identifies(d))
      return d;
  }
}

} // namespace

double load_float(const std::byte *p, dtype_kind type) {
  if (type == dtype_kind::float64) {
    double value;
    std::memcpy(&value, p, sizeof value);
    return value;
  }
  if (type == dtype_kind::float32) {
    float value;
    std::memcpy(&value, p, sizeof value);
    return value;
  }
  uint16_t bits;
  std::memcpy(&bits, p, sizeof bits);
  if (type == dtype_kind::bfloat16)
    return std::bit_cast<float>(uint32_t(bits) << 16);
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double value;
  if (exponent == 31)
    value = fraction ? std::numeric_limits<double>::quiet_NaN()
                     : std::numeric_limits<double>::infinity();
  else
    value = exponent ? std::ldexp(1024 + fraction, exponent - 25) : std::ldexp(fraction, -24);
  return bits >> 15 ? -value : value;
}

double rounded_to(dtype_kind type, double value) {
  if (!std::isfinite(value) || value == 0)
    return value;
  const binary_format f = format_of(type);
  const int last = last_bit(value, f);
  value = std::ldexp(std::nearbyint(std::ldexp(value, -last)), last);
  if (std::abs(value) >= std::ldexp(2.0, f.greatest))
    return std::copysign(std::numeric_limits<double>::infinity(), value);
  return value;
}

decimal shortest(double value, dtype_kind type) {
  switch (type) {
  case dtype_kind::float64:
    return shortest_of(value);
  case dtype_kind::float32:
    return shortest_of(float(value));
  default:
    return shortest_narrow(value, format_of(type));
  }
}

decimal rounded(double value, int digits) {
  std::string text(size_t(digits) + 16, '\0');
  auto r = std::to_chars(text.data(), text.data() + text.size(), value,
                         std::chars_format::scientific, digits);
  return parse_scientific({text.data(), size_t(r.ptr - text.data())});
}

std::string fixed(double value, int digits) {
  std::string text(size_t(digits) + 320, '\0');
  auto r = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed,
                         digits);
  text.resize(size_t(r.ptr - text.data()));
  if (digits == 0)
    text += '.';
  return text;
}

} // namespace nd::print
