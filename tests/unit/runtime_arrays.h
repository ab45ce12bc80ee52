// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays that own their memory, as the runtime takes them.
#pragma once

#include <ndrt/ndrt.h>

#include <cmath>
#include <complex>
#include <cstdint>
#include <cstring>
#include <random>
#include <type_traits>
#include <utility>
#include <vector>

namespace test {

using Shape = std::vector<int64_t>;

template <class T> inline constexpr bool isComplex = false;
template <class T> inline constexpr bool isComplex<std::complex<T>> = true;

template <class T> DLDataType typeOf() {
  if (std::is_same_v<T, bool>)
    return {NDRT_DL_BOOL, 8, 1};
  if (isComplex<T>)
    return {kDLComplex, 8 * sizeof(T), 1};
  auto code = std::is_floating_point_v<T> ? kDLFloat : std::is_signed_v<T> ? kDLInt : kDLUInt;
  return {static_cast<uint8_t>(code), 8 * sizeof(T), 1};
}

/// A C-contiguous array, and views of it.
template <class T> struct Array {
  using Stored = std::conditional_t<std::is_same_v<T, bool>, uint8_t, T>;
  std::vector<Stored> values;
  Shape shape, strides;
  DLTensor raw{};

  explicit Array(Shape extents) : shape(std::move(extents)) {
    int64_t count = 1;
    for (int64_t extent : shape)
      count *= extent;
    values.assign(static_cast<size_t>(count), Stored(77));
  }
  Array(Shape extents, std::vector<Stored> data)
      : values(std::move(data)), shape(std::move(extents)) {}

  DLTensor *tensor() {
    raw = {values.data(),
           {kDLCPU, 0},
           static_cast<int>(shape.size()),
           typeOf<T>(),
           shape.data(),
           strides.empty() ? nullptr : strides.data(),
           0};
    return &raw;
  }
  Stored &operator()(size_t i, size_t j) {
    return values[i * static_cast<size_t>(shape.back()) + j];
  }
};

template <class T> Array<T> randomArray(Shape shape, unsigned seed = 1) {
  std::mt19937 random(seed);
  Array<T> result(std::move(shape));
  for (auto &value : result.values) {
    if constexpr (std::is_floating_point_v<T>)
      value = static_cast<T>(std::normal_distribution<double>()(random));
    else if constexpr (std::is_same_v<T, bool>)
      value = random() % 8 == 0;
    else if constexpr (isComplex<T>)
      value = T(T(std::normal_distribution<double>()(random)).real(),
                T(std::normal_distribution<double>()(random)).real());
    else
      value = static_cast<T>(random());
  }
  return result;
}

/// The 2-D view \p x.T.
template <class T> Array<T> transposed(Array<T> x) {
  x.strides = {1, x.shape[1]};
  std::swap(x.shape[0], x.shape[1]);
  return x;
}

/// Bits of \p a and \p b, any NaN for any other.
template <class T> bool sameBits(const T *a, const T *b, int64_t count) {
  if constexpr (isComplex<T>) {
    using Part = typename T::value_type;
    return sameBits(reinterpret_cast<const Part *>(a), reinterpret_cast<const Part *>(b),
                    2 * count);
  } else {
    for (int64_t i = 0; i < count; ++i)
      if (std::memcmp(a + i, b + i, sizeof(T)) != 0 && !(std::isnan(a[i]) && std::isnan(b[i])))
        return false;
    return true;
  }
}

} // namespace test
