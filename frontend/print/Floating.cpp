// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/print/Floating.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>

namespace nd::print {
namespace {

/// The shortest digits that identify a value: d.ddd times 10 to the exponent.
struct decimal {
  bool negative;
  std::string digits;
  int exponent;

  int fraction_digits() const { return int(digits.size()) - 1 - exponent; }
};

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

template <class T> decimal shortest(T value) {
  char buffer[64];
  auto r = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  return parse_scientific({buffer, size_t(r.ptr - buffer)});
}

void trim_zeros(std::string &text) {
  while (text.back() == '0')
    text.pop_back();
}

/// "12.5", "3.": digits with a point and no zeros at the end. A negative precision gives the
/// shortest digits; any other cuts after that many, and gives all digits before the point as they
/// are.
template <class T> std::string positional(T value, int precision) {
  decimal d = shortest(value);
  std::string text;
  if (precision >= 0 && (d.fraction_digits() > precision || d.fraction_digits() < 0)) {
    char buffer[1024];
    const int digits = d.fraction_digits() < 0 ? 0 : precision;
    auto r = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, digits);
    text.assign(buffer, r.ptr);
    if (digits == 0)
      text += '.';
  } else {
    text = d.negative ? "-" : "";
    const int whole = d.exponent + 1, have = int(d.digits.size());
    if (whole <= 0) {
      text += "0." + std::string(size_t(-whole), '0') + d.digits;
    } else if (whole >= have) {
      text += d.digits + std::string(size_t(whole - have), '0') + ".";
    } else {
      text += d.digits.substr(0, size_t(whole)) + "." + d.digits.substr(size_t(whole));
    }
  }
  trim_zeros(text);
  return text;
}

/// The digits of \p value with exactly \p fraction of them after the first.
template <class T> decimal rounded(T value, int fraction) {
  char buffer[1024];
  auto r =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific, fraction);
  return parse_scientific({buffer, size_t(r.ptr - buffer)});
}

std::string exponent_text(int exponent, int digits) {
  std::string text = std::to_string(std::abs(exponent));
  if (int(text.size()) < digits)
    text.insert(0, size_t(digits) - text.size(), '0');
  return (exponent < 0 ? "e-" : "e+") + text;
}

std::string left_padded(std::string text, size_t width) {
  if (text.size() < width)
    text.insert(0, width - text.size(), ' ');
  return text;
}

/// NumPy's choice of scientific notation, from the non-zero finite values; all in the values' own
/// type, as NumPy 2 compares.
template <class T> bool wants_scientific(const std::vector<T> &values, bool suppress) {
  T largest = 0, smallest = 0;
  for (T v : values) {
    T a = std::abs(v);
    if (!std::isfinite(v) || a == 0)
      continue;
    largest = std::max(largest, a);
    smallest = smallest == 0 ? a : std::min(smallest, a);
  }
  if (largest == 0)
    return false;
  return largest >= T(1e8) || (!suppress && (smallest < T(0.0001) || largest / smallest > T(1000)));
}

} // namespace

template <class T>
floating_format<T>::floating_format(const std::vector<T> &values, const options &o)
    : opts(o), scientific(wants_scientific(values, o.suppress)),
      precision(std::max(o.precision, 0)) {
  bool any_nonfinite = false, negative_infinity = false;
  int fraction = 0, exponent_size = 2;
  for (T v : values) {
    if (!std::isfinite(v)) {
      any_nonfinite = true;
      negative_infinity |= std::isinf(v) && v < 0;
      continue;
    }
    if (scientific) {
      decimal d = shortest(v);
      if (int(d.digits.size()) - 1 > precision)
        d = rounded(v, precision);
      while (d.digits.size() > 1 && d.digits.back() == '0')
        d.digits.pop_back();
      fraction = std::max(fraction, int(d.digits.size()) - 1);
      exponent_size = std::max(exponent_size, std::abs(d.exponent) >= 100 ? 3 : 2);
      pad_left = std::max(pad_left, size_t(d.negative ? 2 : 1));
    } else {
      std::string text = positional(v, precision);
      size_t point = text.find('.');
      pad_left = std::max(pad_left, point);
      pad_right = std::max(pad_right, text.size() - point - 1);
    }
  }
  if (scientific) {
    precision = fraction;
    exponent_digits = exponent_size;
    pad_right = size_t(exponent_size + 2 + precision);
  }
  if (any_nonfinite) {
    size_t offset = pad_right + 1, nan = opts.nanstr.size(),
           inf = opts.infstr.size() + (negative_infinity ? 1 : 0);
    pad_left =
        std::max({pad_left, nan > offset ? nan - offset : 0, inf > offset ? inf - offset : 0});
  }
}

template <class T> std::string floating_format<T>::operator()(T value) const {
  if (!std::isfinite(value)) {
    std::string text = std::isnan(value) ? opts.nanstr : (value < 0 ? "-" : "") + opts.infstr;
    return left_padded(std::move(text), pad_left + pad_right + 1);
  }
  if (scientific) {
    decimal d = shortest(value);
    if (int(d.digits.size()) - 1 != precision)
      d = rounded(value, precision);
    std::string whole = (d.negative ? "-" : "") + d.digits.substr(0, 1);
    return left_padded(std::move(whole), pad_left) + "." + d.digits.substr(1) +
           exponent_text(d.exponent, exponent_digits);
  }
  std::string text = positional(value, precision);
  size_t point = text.find('.');
  text.append(pad_right - std::min(pad_right, text.size() - point - 1), ' ');
  return std::string(pad_left - std::min(pad_left, point), ' ') + text;
}

template <class T> std::string scalar_text(T value) {
  if (std::isnan(value))
    return "nan";
  if (std::isinf(value))
    return value < 0 ? "-inf" : "inf";
  // The bounds are compared in a wider type, so that float32(0.0001), which is less, is scientific.
  const long double a = std::abs(value);
  if (a == 0 || (a >= 1e-4L && a < 1e16L)) {
    std::string text = positional(value, -1);
    return text.back() == '.' ? text + "0" : text;
  }
  decimal d = shortest(value);
  std::string text = (d.negative ? "-" : "") + d.digits.substr(0, 1);
  if (d.digits.size() > 1)
    text += "." + d.digits.substr(1);
  return text + exponent_text(d.exponent, 2);
}

template class floating_format<float>;
template class floating_format<double>;
template std::string scalar_text<float>(float);
template std::string scalar_text<double>(double);

} // namespace nd::print
