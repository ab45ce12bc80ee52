// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Matrices that lie line by line are turned into lanes in squares: as many numbers of as many
// matrices as a vector holds.
#include "linalg/lanes_vector.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace ndrt {
namespace {

/// Numbers one by one that lie one after the other in each matrix: parts of elements, elements of a
/// line, lines. Tells where they are in the lanes.
template <class R> struct Walk {
  R *to;
  int64_t lanes, parts, inner, innerStep, outerStep; ///< steps in vectors
  int64_t part, at, line;

  void start(int64_t number) {
    part = number % parts;
    at = number / parts % inner;
    line = number / parts / inner;
  }
  NDRT_LANES R *next() {
    R *here = to + (line * outerStep + at * innerStep + part) * lanes;
    if (++part < parts)
      return here;
    part = 0;
    if (++at == inner) {
      at = 0;
      ++line;
    }
    return here;
  }
};

template <int distance, class V, size_t... i>
NDRT_LANES void exchangeHalves(V &x, V &y, std::index_sequence<i...>) {
  constexpr int size = sizeof...(i), d = distance;
  const V first = x, second = y;
  x = __builtin_shufflevector(first, second, (int(i) & d ? size + int(i) - d : int(i))...);
  y = __builtin_shufflevector(first, second, (int(i) & d ? size + int(i) : int(i) + d)...);
}

/// Rows to columns.
template <int distance, int size, class V> NDRT_LANES void turnSquare(V (&rows)[size]) {
  if constexpr (distance < size) {
#pragma GCC unroll 16
    for (int i = 0; i < size; ++i)
      if ((i & distance) == 0)
        exchangeHalves<distance>(rows[i], rows[i + distance], std::make_index_sequence<size>());
    turnSquare<2 * distance>(rows);
  }
}

/// \p bytes of each matrix at a time, \p numbers in all.
template <class R, int bytes, class From, bool gives>
NDRT_LANES void turn(From *const *matrices, int64_t numbers, Walk<R> walk) {
  constexpr int size = bytes / int(sizeof(R));
  if constexpr (size == 1) {
    walk.start(0);
    for (int64_t e = 0; e < numbers; ++e) {
      R *x = walk.next();
      for (int64_t lane = 0; lane < walk.lanes; ++lane)
        if constexpr (gives)
          matrices[lane][e] = x[lane];
        else
          x[lane] = matrices[lane][e];
    }
  } else {
    if (numbers < size)
      return turn < R, bytes <= 16 ? int(sizeof(R)) : bytes / 2, From,
             gives > (matrices, numbers, walk);
    typedef R V [[gnu::vector_size(bytes)]];
    for (int64_t e = 0; e < numbers;) {
      e = std::min(e, numbers - size); // the last square overlaps the one before
      R *places[size];
      walk.start(e);
      for (int i = 0; i < size; ++i)
        places[i] = walk.next();
      for (int64_t lane = 0; lane < walk.lanes; lane += size) {
        V rows[size];
#pragma GCC unroll 16
        for (int i = 0; i < size; ++i)
          std::memcpy(&rows[i], gives ? places[i] + lane : matrices[lane + i] + e, bytes);
        turnSquare<1>(rows);
#pragma GCC unroll 16
        for (int i = 0; i < size; ++i)
          if constexpr (gives)
            std::memcpy(matrices[lane + i] + e, &rows[i], bytes);
          else
            std::memcpy(places[i] + lane, &rows[i], bytes);
      }
      e += size;
    }
  }
}

template <class R, class From, bool gives> struct TurnTask {
  From *const *matrices;
  int64_t numbers;
  const Walk<R> &walk;

  template <int bytes> NDRT_LANES void run() const {
    turn<R, bytes, From, gives>(matrices, numbers, walk);
  }
};

template <class T>
Walk<Real<T>> walkOf(const Lanes<T> &lanes, int64_t columns, bool transposed, int64_t rows) {
  const int64_t parts = Lanes<T>::parts, step = lanes.step * parts;
  return transposed
             ? Walk<Real<T>>{lanes.values, lanes.count, parts, rows, parts, step, 0, 0, 0}
             : Walk<Real<T>>{lanes.values, lanes.count, parts, columns, step, parts, 0, 0, 0};
}

} // namespace

int64_t longestVector() noexcept {
#if defined(__x86_64__)
  static const int64_t longest = [] {
    __builtin_cpu_init();
    const bool long512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                         __builtin_cpu_supports("avx512vl");
    return long512 ? 64 : __builtin_cpu_supports("avx2") ? 32 : 16;
  }();
  return longest;
#else
  return 16;
#endif
}

template <class T>
void Lanes<T>::take(const T *const *from, int64_t rowStride, int64_t columnStride, int64_t rows,
                    int64_t columns) const {
  using R = Real<T>;
  const bool byRows = (columnStride == 1 || columns == 1) && (rowStride == columns || rows == 1);
  const bool byColumns = (rowStride == 1 || rows == 1) && (columnStride == rows || columns == 1);
  if (byRows || byColumns) {
    const Walk<R> walk = walkOf(*this, columns, !byRows, rows);
    auto *matrices = reinterpret_cast<const R *const *>(from);
    return runLanes(TurnTask<R, const R, false>{matrices, rows * columns * parts, walk},
                    count * int64_t(sizeof(R)));
  }
  for (int64_t j = 0; j < columns; ++j)
    for (int64_t i = 0; i < rows; ++i) {
      R *x = at(i, j);
      for (int64_t lane = 0; lane < count; ++lane) {
        const T value = from[lane][i * rowStride + j * columnStride];
        x[lane] = std::real(value);
        if constexpr (parts == 2)
          x[lane + count] = std::imag(value);
      }
    }
}

template <class T>
void Lanes<T>::give(T *const *to, int64_t rows, int64_t columns, bool transposed) const {
  using R = Real<T>;
  const Walk<R> walk = walkOf(*this, columns, transposed, rows);
  runLanes(TurnTask<R, R, true>{reinterpret_cast<R *const *>(to), rows * columns * parts, walk},
           count * int64_t(sizeof(R)));
}

template struct Lanes<float>;
template struct Lanes<double>;
template struct Lanes<std::complex<float>>;
template struct Lanes<std::complex<double>>;

} // namespace ndrt
