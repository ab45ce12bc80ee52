// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/print/Floating.h"

#include "frontend/print/Digits.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace nd::print {
namespace {

void trim_zeros(std::string &text) {
  while (text.back() == '0')
    text.pop_back();
}

/// "12.5", "3.", "0.001".
std::string written_out(const decimal &d) {
  std::string text = d.negative ? "-" : "";
  const int whole = d.exponent + 1, have = int(d.digits.size());
  if (whole <= 0)
    return text + "0." + std::string(size_t(-whole), '0') + d.digits;
  if (whole >= have)
    return text + d.digits + std::string(size_t(whole - have), '0') + ".";
  return text + d.digits.substr(0, size_t(whole)) + "." + d.digits.substr(size_t(whole));
}

std::string positional(double value, dtype_kind type, const digit_rule &rule) {
  std::string text;
  if (rule.unique) {
    const decimal d = shortest(value, type);
    const int have = d.fraction_digits();
    if (rule.precision >= 0 && have > rule.precision)
      text = fixed(value, rule.precision);
    else if (rule.at_least >= 0 && have < rule.at_least)
      text = fixed(value, rule.at_least);
    else
      text = written_out(d);
    if (!rule.keep_zeros)
      trim_zeros(text);
  } else {
    text = fixed(value, rule.precision);
  }
  return rule.plus && !std::signbit(value) ? "+" + text : text;
}

decimal scientific_digits(double value, dtype_kind type, const digit_rule &rule) {
  if (!rule.unique)
    return rounded(value, rule.precision);
  decimal d = shortest(value, type);
  const int have = int(d.digits.size()) - 1;
  if (rule.precision >= 0 && have > rule.precision)
    d = rounded(value, rule.precision);
  else if (rule.at_least >= 0 && have < rule.at_least)
    d = rounded(value, rule.at_least);
  while (!rule.keep_zeros && d.digits.size() > 1 && d.digits.back() == '0')
    d.digits.pop_back();
  return d;
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
bool wants_scientific(std::span<const double> values, dtype_kind type, bool suppress) {
  if (type == dtype_kind::bfloat16)
    type = dtype_kind::float32;
  double largest = 0, smallest = 0;
  for (double v : values) {
    const double a = std::abs(v);
    if (!std::isfinite(v) || a == 0)
      continue;
    largest = std::max(largest, a);
    smallest = smallest == 0 ? a : std::min(smallest, a);
  }
  if (largest == 0)
    return false;
  return largest >= rounded_to(type, 1e8) ||
         (!suppress &&
          (smallest < rounded_to(type, 0.0001) || rounded_to(type, largest / smallest) > 1000));
}

options with_plus(options opts) {
  opts.sign = '+';
  return opts;
}

/// A value on its own without ".0" at its end.
std::string bare_text(double value, dtype_kind type) {
  if (std::isnan(value))
    return "nan";
  if (std::isinf(value))
    return value < 0 ? "-inf" : "inf";
  const double a = std::abs(value);
  if (a == 0 || (a >= 1e-4 && a < 1e16)) {
    std::string text = positional(value, type, {});
    if (text.back() == '.')
      text.pop_back();
    return text;
  }
  const decimal d = shortest(value, type);
  std::string text = (d.negative ? "-" : "") + d.digits.substr(0, 1);
  if (d.digits.size() > 1)
    text += "." + d.digits.substr(1);
  return text + exponent_text(d.exponent, 2);
}

} // namespace

floating_format::floating_format(std::span<const double> values, dtype_kind type,
                                 const options &opts)
    : type(type), nanstr(opts.nanstr), infstr(opts.infstr),
      scientific(wants_scientific(values, type, opts.suppress)) {
  const bool fixed_digits = opts.floatmode == float_mode::fixed;
  rule = {.unique = !fixed_digits,
          .precision = opts.floatmode == float_mode::unique ? -1 : std::max(opts.precision, 0),
          .keep_zeros = fixed_digits,
          .plus = opts.sign == '+'};
  bool any_finite = false, any_nonfinite = false, negative_infinity = false, negative = false;
  int fraction = 0;
  for (double v : values) {
    if (!std::isfinite(v)) {
      any_nonfinite = true;
      negative_infinity |= std::isinf(v) && v < 0;
      continue;
    }
    any_finite = true;
    negative |= std::signbit(v);
    if (scientific) {
      const decimal d = scientific_digits(v, type, rule);
      fraction = std::max(fraction, int(d.digits.size()) - 1);
      exponent_digits = std::max(exponent_digits, std::abs(d.exponent) >= 100 ? 3 : 2);
      pad_left = std::max(pad_left, size_t(d.negative || rule.plus ? 2 : 1));
    } else {
      const std::string text = positional(v, type, rule);
      const size_t point = text.find('.');
      pad_left = std::max(pad_left, point);
      pad_right = std::max(pad_right, text.size() - point - 1);
    }
  }
  if (scientific) {
    rule.precision = rule.at_least = fraction;
    rule.keep_zeros = true;
    pad_right = size_t(exponent_digits + 2 + fraction);
  } else if (any_finite && (fixed_digits || opts.floatmode == float_mode::maxprec_equal)) {
    rule.precision = rule.at_least = int(pad_right);
    rule.keep_zeros = true;
  } else {
    rule.at_least = 0;
  }
  if (opts.sign == ' ' && !negative)
    ++pad_left;
  if (any_nonfinite) {
    const size_t point = pad_right + 1, nan = nanstr.size(),
                 inf = infstr.size() + (opts.sign != '-' || negative_infinity ? 1 : 0);
    pad_left = std::max({pad_left, nan > point ? nan - point : 0, inf > point ? inf - point : 0});
  }
}

std::string floating_format::operator()(double value) const {
  if (!std::isfinite(value)) {
    const bool minus = value < 0;
    std::string text = minus ? "-" : rule.plus ? "+" : "";
    text += std::isnan(value) ? nanstr : infstr;
    return left_padded(std::move(text), pad_left + pad_right + 1);
  }
  if (scientific) {
    const decimal d = scientific_digits(value, type, rule);
    std::string whole = d.negative ? "-" : rule.plus ? "+" : "";
    whole += d.digits.front();
    return left_padded(std::move(whole), pad_left) + "." + d.digits.substr(1) +
           exponent_text(d.exponent, exponent_digits);
  }
  std::string text = positional(value, type, rule);
  const size_t point = text.find('.');
  text.append(pad_right - std::min(pad_right, text.size() - point - 1), ' ');
  return std::string(pad_left - std::min(pad_left, point), ' ') + text;
}

complex_format::complex_format(std::span<const double> real, std::span<const double> imaginary,
                               dtype_kind type, const options &opts)
    : real_format(real, type, opts), imaginary_format(imaginary, type, with_plus(opts)) {}

std::string complex_format::operator()(double real, double imaginary) const {
  std::string text = imaginary_format(imaginary);
  text.insert(text.find_last_not_of(' ') + 1, 1, 'j');
  return real_format(real) + text;
}

std::string scalar_text(double value, dtype_kind type) {
  std::string text = bare_text(value, type);
  const bool whole = text.find_first_not_of("-0123456789") == std::string::npos;
  return whole ? text + ".0" : text;
}

std::string scalar_text(double real, double imaginary, dtype_kind type) {
  const std::string text = bare_text(imaginary, type) + "j";
  if (real == 0 && !std::signbit(real))
    return text;
  return "(" + bare_text(real, type) + (text.front() == '-' ? "" : "+") + text + ")";
}

} // namespace nd::print
