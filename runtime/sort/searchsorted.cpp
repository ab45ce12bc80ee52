// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "select/packed.h"
#include "sort/order.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace ndrt {
namespace {

/// How many of n elements in order are less than \p key, or with \p right not greater. No branch
/// depends on an element: keys in no order would mislead the processor half of the time.
template <bool right, class T> int64_t countBefore(const T *first, int64_t n, const T &key) {
  auto counts = [&](const T &x) {
    if constexpr (std::is_floating_point_v<T>) // there is no nan
      return right ? x <= key : x < key;
    else
      return right ? !before(key, x) : before(x, key);
  };
  const T *from = first;
  while (n > 1) {
    const int64_t half = n / 2;
    from += counts(from[half - 1]) ? half : 0;
    n -= half;
  }
  return from - first + (n == 1 && counts(*from));
}

/// Places of keys. Where the elements are about evenly spaced, as the edges of bins are, a division
/// tells the place, and its neighbours confirm it.
template <bool right, class T> class Search {
public:
  Search(const T *first, int64_t n) : first_(first), n_(n), ordered_(n) {
    if constexpr (std::is_floating_point_v<T>) {
      ordered_ = std::partition_point(first, first + n, [](T x) { return x == x; }) - first;
      if (ordered_ > 4) {
        scale_ = static_cast<T>(ordered_ - 1) / (first[ordered_ - 1] - first[0]);
        guess_ = std::isfinite(scale_) && scale_ > 0;
      }
    }
  }
  int64_t operator()(const T &key) const {
    if constexpr (std::is_floating_point_v<T>) {
      if (key != key)
        return right ? n_ : ordered_;
      if (guess_) {
        const T at = (key - first_[0]) * scale_;
        if (at >= 0 && at < static_cast<T>(ordered_ - 1)) {
          // The elements at place - 1 and place stand around the key.
          int64_t place = static_cast<int64_t>(at) + 1;
          place += isBefore(first_[place], key) - !isBefore(first_[place - 1], key);
          if ((place == 0 || isBefore(first_[place - 1], key)) &&
              (place == ordered_ || !isBefore(first_[place], key)))
            return place;
        }
      }
    }
    return countBefore<right>(first_, ordered_, key);
  }

private:
  static bool isBefore(const T &x, const T &key) { return right ? x <= key : x < key; }

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
  bool fits = in.rank == 1 && keys.rank == to.rank && to.type.code == kDLInt && to.type.bits == 64;
  for (int axis = 0; fits && axis < to.rank; ++axis)
    fits = keys.extent[axis] == to.extent[axis];
  if (!fits)
    return fail(NDRT_ERR_ARGUMENT,
                "searchsorted: sorted is not 1-D, or out is not int64 in the shape of values");
  if (!sameType(in.type, keys.type))
    return fail(NDRT_ERR_ARGUMENT,
                "searchsorted: sorted and values have different dtypes: cast first");
  Packed inRoom, keyRoom;
  if (!inRoom.make(in) || !keyRoom.make(keys))
    return NDRT_ERR_MEMORY;
  bool known = withElement(in.type, [&]<class T>(T) {
    const T *key = reinterpret_cast<const T *>(keys.data);
    int64_t *place = reinterpret_cast<int64_t *>(to.data);
    auto run = [&](const auto &search) {
      parallelFor(to.elements(), 2048, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i)
          place[i] = search(key[i]);
      });
    };
    const T *first = reinterpret_cast<const T *>(in.data);
    if (right)
      run(Search<true, T>(first, in.extent[0]));
    else
      run(Search<false, T>(first, in.extent[0]));
  });
  return known ? NDRT_OK
               : fail(NDRT_ERR_ARGUMENT, "searchsorted: dtype code %d of %d bits is not supported",
                      in.type.code, in.type.bits);
}
