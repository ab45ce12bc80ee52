// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Single numbers, and elements of one dtype as another.
#include "frontend/trace/Node.h"

#include <cmath>
#include <cstring>
#include <limits>

namespace nd::detail {
namespace {

/// Calls f with a null pointer to the C++ type of a dtype.
template <class F> auto with_type(dtype_kind k, F f) {
  switch (k) {
  case dtype_kind::bool_:
    return f(static_cast<bool *>(nullptr));
  case dtype_kind::int8:
    return f(static_cast<int8_t *>(nullptr));
  case dtype_kind::int16:
    return f(static_cast<int16_t *>(nullptr));
  case dtype_kind::int32:
    return f(static_cast<int32_t *>(nullptr));
  case dtype_kind::int64:
    return f(static_cast<int64_t *>(nullptr));
  case dtype_kind::uint8:
    return f(static_cast<uint8_t *>(nullptr));
  case dtype_kind::uint16:
    return f(static_cast<uint16_t *>(nullptr));
  case dtype_kind::uint32:
    return f(static_cast<uint32_t *>(nullptr));
  case dtype_kind::uint64:
    return f(static_cast<uint64_t *>(nullptr));
  case dtype_kind::float16:
    return f(static_cast<float16_t *>(nullptr));
  case dtype_kind::bfloat16:
    return f(static_cast<bfloat16_t *>(nullptr));
  case dtype_kind::complex64:
    return f(static_cast<std::complex<float> *>(nullptr));
  case dtype_kind::complex128:
    return f(static_cast<std::complex<double> *>(nullptr));
  case dtype_kind::float32:
    return f(static_cast<float *>(nullptr));
  default:
    return f(static_cast<double *>(nullptr));
  }
}

/// Truncates; what no integer holds becomes the lowest, as on the machine.
template <class To> To truncate(double x) {
  if constexpr (std::is_same_v<To, uint64_t>)
    if (x >= 0x1p63 && x < 0x1p64)
      return static_cast<uint64_t>(x);
  if (!(x >= -0x1p63 && x < 0x1p63))
    return static_cast<To>(std::numeric_limits<int64_t>::min());
  return static_cast<To>(static_cast<int64_t>(x));
}

template <class To, class From> To element_as(From x) {
  if constexpr (std::is_same_v<To, From>) {
    return x;
  } else if constexpr (is_complex_element<From>) {
    if constexpr (std::is_same_v<To, bool>)
      return x.real() != 0 || x.imag() != 0;
    else if constexpr (is_complex_element<To>)
      return To(x);
    else
      return element_as<To>(x.real());
  } else if constexpr (is_complex_element<To>) {
    return To(element_as<typename To::value_type>(x));
  } else if constexpr (is_half_element<From>) {
    return element_as<To>(float(x));
  } else if constexpr (is_half_element<To>) {
    return To(x);
  } else if constexpr (std::is_same_v<To, bool>) {
    return x != From(0);
  } else if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
    return truncate<To>(static_cast<double>(x));
  } else {
    return static_cast<To>(x);
  }
}

template <class T> bool holds(const scalar &s) {
  using limits = std::numeric_limits<T>;
  if constexpr (!std::is_integral_v<T> || std::is_same_v<T, bool>)
    return true;
  else if (s.kind == scalar::category::unsigned_integer)
    return static_cast<uint64_t>(s.integer) <= static_cast<uint64_t>(limits::max());
  else if constexpr (std::is_unsigned_v<T>)
    return s.integer >= 0 && static_cast<uint64_t>(s.integer) <= limits::max();
  else
    return s.integer >= limits::min() && s.integer <= limits::max();
}

} // namespace

rules::weak_kind weak_kind_of(const scalar &s) {
  return s.kind == scalar::category::boolean    ? rules::weak_kind::bool_
         : s.kind == scalar::category::complex  ? rules::weak_kind::complex
         : s.kind == scalar::category::floating ? rules::weak_kind::floating
                                                : rules::weak_kind::integer;
}

bool store_scalar(const scalar &s, dtype_kind dtype, void *out) {
  return with_type(dtype, [&](auto *type) {
    using T = std::remove_pointer_t<decltype(type)>;
    T value;
    bool fits = true;
    if (s.kind == scalar::category::complex) {
      value = element_as<T>(std::complex<double>(s.real, s.imaginary));
      fits = is_complex_element<T>;
    } else if (s.kind == scalar::category::floating) {
      value = element_as<T>(s.real);
    } else {
      fits = holds<T>(s);
      value = s.kind == scalar::category::unsigned_integer
                  ? element_as<T>(static_cast<uint64_t>(s.integer))
                  : element_as<T>(s.integer);
    }
    std::memcpy(out, &value, sizeof value);
    return fits;
  });
}

void raise_unfit(const scalar &s, dtype_kind dtype, std::string_view what, const site &where) {
  if (s.kind == scalar::category::complex)
    raise(rules::error_kind::dtype, what,
          "a complex number is given for dtype " + std::string(rules::name(dtype)) +
              "; use complex64 or complex128, or its real part",
          where);
  raise(rules::error_kind::value, what,
        "integer " +
            (s.kind == scalar::category::unsigned_integer ? std::to_string(uint64_t(s.integer))
                                                          : std::to_string(s.integer)) +
            " is out of bounds for " + std::string(rules::name(dtype)) + "; choose a wider dtype",
        where);
}

void convert(const void *from, dtype_kind from_dtype, void *to, dtype_kind to_dtype,
             int64_t count) {
  if (from_dtype == to_dtype) {
    if (count)
      std::memcpy(to, from, size_t(count) * rules::itemsize(to_dtype));
    return;
  }
  with_type(from_dtype, [&](auto *source) {
    with_type(to_dtype, [&](auto *target) {
      using From = std::remove_pointer_t<decltype(source)>;
      using To = std::remove_pointer_t<decltype(target)>;
      // Either may lie at any address.
      const char *in = static_cast<const char *>(from);
      char *out = static_cast<char *>(to);
      for (int64_t i = 0; i < count; ++i) {
        From x;
        std::memcpy(&x, in + size_t(i) * sizeof x, sizeof x);
        To y = element_as<To>(x);
        std::memcpy(out + size_t(i) * sizeof y, &y, sizeof y);
      }
    });
  });
}

} // namespace nd::detail
