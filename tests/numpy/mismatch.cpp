// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Whether two arrays agree.
#include "program.h"

#include <bit>
#include <cmath>
#include <complex>
#include <cstring>
#include <limits>
#include <sstream>

namespace compare {
namespace {

/// How many numbers of T lie between two.
template <class T> double distance(T a, T b) {
  using I = std::conditional_t<sizeof(T) == 2, int16_t,
                               std::conditional_t<sizeof(T) == 4, int32_t, int64_t>>;
  auto rank = [](T x) {
    I bits = std::bit_cast<I>(x);
    return int64_t(bits >= 0 ? bits : std::numeric_limits<I>::min() - bits);
  };
  uint64_t x = uint64_t(rank(a)), y = uint64_t(rank(b));
  return double(rank(a) > rank(b) ? x - y : y - x);
}

template <class T> constexpr bool is_complex = false;
template <class T> constexpr bool is_complex<std::complex<T>> = true;
template <class T>
constexpr bool is_half = std::is_same_v<T, nd::float16_t> || std::is_same_v<T, nd::bfloat16_t>;

/// The parts of a complex number against theirs. A nan in either part is a nan: which parts have
/// it, NumPy's own loops disagree on.
template <class T> bool agrees_complex(T got, T want, const expectation &e, size_t at);

template <class T> bool agrees(T got, T want, const expectation &e, size_t at) {
  if constexpr (is_complex<T>) {
    return agrees_complex(got, want, e, at);
  } else if constexpr (is_half<T>) {
    if (e.how == closeness::ulps && float(got) == float(got) && float(want) == float(want) &&
        (float(got) != 0 || float(want) != 0))
      return distance(got, want) <= e.ulps;
    return agrees(float(got), float(want), e, at);
  } else if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(got) || std::isnan(want))
      return std::isnan(got) && std::isnan(want);
    if (got == want)
      return got != 0 || std::signbit(got) == std::signbit(want) ||
             e.how == closeness::equal_zero || e.how == closeness::absolute;
    if (e.how == closeness::ulps)
      return distance(got, want) <= e.ulps;
    if (e.how == closeness::absolute)
      return std::isfinite(got) && std::isfinite(want) &&
             std::fabs(double(got) - double(want)) <= e.bounds[at];
    return false;
  } else {
    return got == want;
  }
}

template <class T> bool agrees_complex(T got, T want, const expectation &e, size_t at) {
  auto nan = [](T z) { return std::isnan(z.real()) || std::isnan(z.imag()); };
  if (nan(got) || nan(want))
    return nan(got) && nan(want);
  // Rounded results may vanish with either sign.
  auto part = [&](auto a, auto b) {
    return agrees(a, b, e, at) || (a == b && e.how != closeness::equal);
  };
  return part(got.real(), want.real()) && part(got.imag(), want.imag());
}

template <class T> auto shown(T x) {
  if constexpr (is_complex<T>)
    return x;
  else if constexpr (is_half<T>)
    return float(x);
  else
    return +x;
}

std::string index_text(size_t flat, const nd::shape &s) {
  std::string text;
  for (size_t axis = s.size(); axis-- > 0; flat /= size_t(s[axis]))
    text = std::to_string(flat % size_t(s[axis])) + (text.empty() ? "" : ", ") + text;
  return "[" + text + "]";
}

template <class T> std::string check(const nd::array &got, const expectation &e) {
  const auto *bytes = reinterpret_cast<const std::byte *>(got.data<T>());
  auto at = [&](size_t i) { // the array may lie at any address
    T value;
    std::memcpy(&value, bytes + i * sizeof(T), sizeof(T));
    return value;
  };
  auto element = [&](size_t i) {
    T value;
    std::memcpy(&value, e.expected.bytes.data() + i * sizeof(T), sizeof(T));
    return value;
  };
  size_t n = size_t(e.expected.size()), bad = 0, first = 0;
  for (size_t i = 0; i < n; ++i)
    if (!agrees(at(i), element(i), e, i) && bad++ == 0)
      first = i;
  if (bad == 0)
    return "";
  std::ostringstream text;
  text.precision(std::is_same_v<T, float> ? 9 : 17);
  text << bad << " of " << n << " elements differ, first " << index_text(first, e.expected.shape)
       << ": got " << shown(at(first)) << ", expected " << shown(element(first));
  if constexpr (std::is_floating_point_v<T> || is_half<T> || is_complex<T>) {
    if constexpr (!is_complex<T>)
      if (e.how == closeness::ulps)
        text << " (" << distance(at(first), element(first)) << " ulp, " << e.ulps << " allowed)";
    if (e.how == closeness::absolute)
      text << " (" << e.bounds[first] << " allowed)";
  }
  return text.str();
}

} // namespace

std::string mismatch(const nd::array &got, const expectation &e) {
  std::ostringstream text;
  if (got.dtype() != e.expected.dtype)
    text << "dtype " << nd::name(got.dtype()) << ", expected " << nd::name(e.expected.dtype);
  else if (got.shape() != e.expected.shape)
    text << "shape " << nd::to_string(got.shape()) << ", expected "
         << nd::to_string(e.expected.shape);
  if (!text.str().empty() || e.how == closeness::type)
    return text.str();
  switch (e.expected.dtype) {
  case nd::bool_:
    return check<bool>(got, e);
  case nd::uint8:
    return check<uint8_t>(got, e);
  case nd::int8:
    return check<int8_t>(got, e);
  case nd::int16:
    return check<int16_t>(got, e);
  case nd::int32:
    return check<int32_t>(got, e);
  case nd::int64:
    return check<int64_t>(got, e);
  case nd::uint16:
    return check<uint16_t>(got, e);
  case nd::uint32:
    return check<uint32_t>(got, e);
  case nd::uint64:
    return check<uint64_t>(got, e);
  case nd::float32:
    return check<float>(got, e);
  case nd::float64:
    return check<double>(got, e);
  case nd::float16:
    return check<nd::float16_t>(got, e);
  case nd::bfloat16:
    return check<nd::bfloat16_t>(got, e);
  case nd::complex64:
    return check<std::complex<float>>(got, e);
  case nd::complex128:
    return check<std::complex<double>>(got, e);
  }
  return "an unknown dtype";
}

} // namespace compare
