// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "select/element.h"
#include "select/packed.h"
#include "sort/order.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace ndrt {
namespace {

/// Places of keys. No branch depends on an element: keys in no order would mislead the processor
/// half of the time; and several searches go on at a time, so that they wait for memory together.
/// Where the elements are about evenly spaced, as the edges of bins are, a division tells the
/// place, and its neighbours confirm it.
template <bool right, class T> class Search {
public:
  Search(const T *first, int64_t n) : first_(first), n_(n), ordered_(n) {
    if constexpr (std::is_floating_point_v<T>) {
      ordered_ = std::partition_point(first, first + n, [](T x) { return x == x; }) - first;
      if (ordered_ > 4) {
        scale_ = static_cast<T>(ordered_ - 1) / (first[ordered_ - 1] - first[0]);
        guess_ = std::isfinite(scale_) && scale_ > 0 && even();
      }
    } else if constexpr (isComplex<T>) {
      ordered_ =
          std::partition_point(first, first + n, [](const T &x) { return !isNan(x); }) - first;
    }
  }
  void operator()(const T *keys, int64_t *places, int64_t count) const {
    if (guess_)
      return byDivision(keys, places, count);
    int64_t i = 0, place = 0; // where the key before belongs, while they ascend
    for (; i + together <= count; i += together) {
      const T *block = keys + i;
      if constexpr (isComplex<T>)
        if (anyNan(block)) {
          searchTogether<true>(block, places + i, 0, n_);
          place = 0;
          continue;
        }
      int down = i > 0 && before(block[0], block[-1]);
      for (int j = 1; j < together; ++j)
        down |= less(block[j], block[j - 1]);
      if (down) {
        searchTogether(block, places + i, 0, ordered_);
        place = 0;
      } else {
        const int64_t last = placeFrom(place, block[together - 1]);
        searchTogether(block, places + i, place, last);
        place = last;
      }
      nansOf(block, places + i, together);
    }
    for (; i < count; ++i)
      places[i] = placeOf(keys[i]);
  }

private:
  static constexpr int together = 16;

  static bool isNan(const T &x) {
    if constexpr (isComplex<T>)
      return nanGroup(x) != 0;
    else
      return x != x;
  }
  static bool anyNan(const T *keys) {
    int any = 0;
    for (int j = 0; j < together; ++j)
      any |= isNan(keys[j]);
    return any;
  }

  /// Complex numbers are not nan.
  static bool less(const T &a, const T &b) {
    if constexpr (isComplex<T>)
      return int(a.real() < b.real()) | (int(a.real() == b.real()) & int(a.imag() < b.imag()));
    else
      return before(a, b);
  }
  /// Whether \p x comes before the place of \p key; neither is nan unless \p nans.
  template <bool nans = false> static bool isBefore(const T &x, const T &key) {
    if constexpr (std::is_floating_point_v<T>)
      return right ? x <= key : x < key;
    else if constexpr (nans)
      return right ? !precedes(key, x) : precedes(x, key);
    else
      return right ? !less(key, x) : less(x, key);
  }

  /// Whether some elements are where a division expects them.
  bool even() const {
    constexpr int64_t samples = 32;
    for (int64_t i = 1; i < samples; ++i) {
      const int64_t at = (ordered_ - 1) * i / samples;
      const T off = (first_[at] - first_[0]) * scale_ - static_cast<T>(at);
      if (!(off >= -1 && off <= 1))
        return false;
    }
    return true;
  }

  /// Among the elements of [low, high), or high.
  template <bool nans = false> int64_t placeWithin(int64_t low, int64_t high, const T &key) const {
    int64_t n = high - low;
    while (n > 1) {
      const int64_t half = n / 2;
      low += half & -int64_t(isBefore<nans>(first_[low + half - 1], key));
      n -= half;
    }
    return low + (n == 1 && isBefore<nans>(first_[low], key));
  }
  int64_t placeOf(const T &key) const {
    if constexpr (std::is_floating_point_v<T>)
      if (key != key)
        return right ? n_ : ordered_;
    if constexpr (isComplex<T>)
      if (isNan(key))
        return placeWithin<true>(0, n_, key);
    return placeWithin(0, ordered_, key);
  }
  /// Not before \p low, perhaps not far behind it; the end for nan.
  int64_t placeFrom(int64_t low, const T &key) const {
    if constexpr (std::is_floating_point_v<T>)
      if (key != key)
        return ordered_;
    int64_t step = together;
    while (low + step < ordered_ && isBefore(first_[low + step - 1], key)) {
      low += step;
      step *= 2;
    }
    return placeWithin(low, std::min(low + step, ordered_), key);
  }

  /// As many as \p together, whose places are from \p low to \p high.
  template <bool nans = false>
  void searchTogether(const T *keys, int64_t *places, int64_t low, int64_t high) const {
    int64_t from[together];
    for (int64_t &at : from)
      at = low;
    int64_t n = high - low;
    while (n > 1) {
      const int64_t half = n / 2;
      for (int j = 0; j < together; ++j)
        from[j] += half & -int64_t(isBefore<nans>(first_[from[j] + half - 1], keys[j]));
      n -= half;
    }
    for (int j = 0; j < together; ++j)
      places[j] = from[j] + (n == 1 && isBefore<nans>(first_[from[j]], keys[j]));
  }
  void nansOf(const T *keys, int64_t *places, int64_t count) const {
    if constexpr (std::is_floating_point_v<T>)
      for (int64_t j = 0; j < count; ++j)
        places[j] = keys[j] != keys[j] ? (right ? n_ : ordered_) : places[j];
  }

  void byDivision(const T *keys, int64_t *places, int64_t count) const {
    if constexpr (std::is_floating_point_v<T>)
      for (int64_t i = 0; i < count; ++i) {
        const T key = keys[i], at = (key - first_[0]) * scale_;
        if (at >= 0 && at < static_cast<T>(ordered_ - 1)) {
          // The elements at place - 1 and place stand around the key.
          int64_t place = static_cast<int64_t>(at) + 1;
          place += isBefore(first_[place], key) - !isBefore(first_[place - 1], key);
          places[i] = place;
          if ((place == 0 || isBefore(first_[place - 1], key)) &&
              (place == ordered_ || !isBefore(first_[place], key)))
            continue;
        }
        places[i] = !isBefore(first_[0], key)             ? 0
                    : isBefore(first_[ordered_ - 1], key) ? ordered_
                                                          : placeOf(key);
        if (key != key)
          places[i] = placeOf(key);
      }
  }

  const T *first_;
  int64_t n_, ordered_;
  T scale_{};
  bool guess_ = false;
};

} // namespace
} // namespace ndrt

ndrt_status ndrt_searchsorted(const DLTensor *sorted, const DLTensor *values, DLTensor *out,
                              int32_t right) {
  using namespace ndrt;
  Strided in, keys, to;
  if (ndrt_status status = view(sorted, "searchsorted", "sorted", in))
    return status;
  if (ndrt_status status = view(values, "searchsorted", "values", keys))
    return status;
  if (ndrt_status status = viewResult(out, "searchsorted", "out", to))
    return status;
  bool fits = in.rank == 1 && keys.rank == to.rank && isInt64(to.type);
  for (int axis = 0; fits && axis < to.rank; ++axis)
    fits = keys.extent[axis] == to.extent[axis];
  if (!fits)
    return misfit("searchsorted", {{"sorted", in}, {"values", keys}, {"out", to}},
                  "sorted must be 1-D, out int64 in the shape of values");
  if (!sameType(in.type, keys.type))
    return misfit("searchsorted", {{"sorted", in}, {"values", keys}},
                  "their dtypes must be equal, cast first");
  Packed inRoom, keyRoom;
  if (!inRoom.make(in) || !keyRoom.make(keys))
    return NDRT_ERR_MEMORY;
  bool known = withElement(in.type, [&]<class T>(T) {
    const T *key = reinterpret_cast<const T *>(keys.data);
    int64_t *place = reinterpret_cast<int64_t *>(to.data);
    auto run = [&](const auto &search) {
      parallelFor(to.elements(), 2048, [&](int64_t begin, int64_t end) {
        search(key + begin, place + begin, end - begin);
      });
    };
    const T *first = reinterpret_cast<const T *>(in.data);
    if (right)
      run(Search<true, T>(first, in.extent[0]));
    else
      run(Search<false, T>(first, in.extent[0]));
  });
  return known ? NDRT_OK : unknownDtype("searchsorted", in.type);
}
