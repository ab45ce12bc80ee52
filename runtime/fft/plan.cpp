// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "fft/plan.h"

#include "fft/roots.h"

#include <algorithm>
#include <new>

namespace ndrt::fft {
namespace {

/// Radices, the largest first but for the fours and eights, which fit vectors best, in front.
std::vector<int> factorsOf(int64_t n) {
  std::vector<int> twos, rest;
  while (n % 8 == 0) {
    twos.push_back(8);
    n /= 8;
  }
  if (n % 4 == 0) {
    twos.push_back(4);
    n /= 4;
  }
  if (n % 2 == 0) {
    n /= 2;
    if (!twos.empty() && twos.back() == 8) { // 8 2 as 4 4
      twos.back() = 4;
      twos.push_back(4);
    } else {
      twos.push_back(2);
    }
  }
  for (int64_t p = 3; p <= largestRadix && n > 1; p += 2)
    while (n % p == 0) {
      rest.push_back(int(p));
      n /= p;
    }
  std::reverse(rest.begin(), rest.end());
  rest.insert(rest.end(), twos.begin(), twos.end());
  return rest;
}

/// The smallest length from \p least on of eights and at most one of 3, 5, 7, 9, 15.
int64_t convolutionLength(int64_t least) {
  int64_t best = INT64_MAX;
  for (int64_t odd : {1, 3, 5, 7, 9, 15}) {
    int64_t length = 8 * odd;
    while (length < least)
      length *= 2;
    best = std::min(best, length);
  }
  return best;
}

/// exp(-pi i k^2 / n) for k < n.
template <class T> std::vector<T> chirpOf(int64_t n) {
  Roots roots(2 * n);
  std::vector<T> chirp(size_t(2 * n));
  for (int64_t k = 0, square = 0; k < n; ++k) {
    roots.put(square, chirp.data() + 2 * k);
    square = (square + 2 * k + 1) % (2 * n);
  }
  return chirp;
}

/// The transform of the chirp's conjugate, wrapped around \p length, divided by that.
template <class T> std::vector<T> spectrumOf(const std::vector<T> &chirp, int64_t length) {
  const int64_t n = int64_t(chirp.size() / 2);
  std::vector<T> wrapped(size_t(2 * length), T(0)), out(size_t(2 * length));
  for (int64_t k = 0; k < n; ++k)
    for (int64_t at : {k, (length - k) % length}) {
      wrapped[size_t(2 * at)] = chirp[size_t(2 * k)];
      wrapped[size_t(2 * at + 1)] = -chirp[size_t(2 * k + 1)];
    }
  const Line<T> from{wrapped.data(), 2, 1, length, false};
  const LineTarget<T> to{out.data(), 2, false, T(1) / T(length)};
  if (!planOf<SinglePlan<T>>(length)->run(from, to))
    throw std::bad_alloc();
  return out;
}

template <class T> std::vector<T> rootsOf(int64_t radix) {
  std::vector<T> table(size_t(2 * radix));
  Roots roots(radix);
  for (int64_t j = 0; j < radix; ++j) {
    roots.put(j, table.data() + 2 * j);
    table[size_t(2 * j + 1)] = -table[size_t(2 * j + 1)];
  }
  return table;
}

} // namespace

bool isSmooth(int64_t n) {
  for (int64_t p = 2; p <= largestRadix; ++p)
    while (n % p == 0)
      n /= p;
  return n == 1;
}

template <class T> LanePlan<T>::LanePlan(int64_t length) : n(length), rows(length) {
  if (!isSmooth(n)) {
    rows = convolutionLength(2 * n - 1);
    inner = planOf<LanePlan>(rows);
    chirp = chirpOf<T>(n);
    spectrum = spectrumOf(chirp, rows);
    return;
  }
  std::vector<int> radices = factorsOf(n);
  size_t size = 0;
  int64_t left = n;
  for (int radix : radices) {
    left /= radix;
    size += size_t(2 * left * (radix - 1) + 2 * radix);
  }
  table.resize(size);
  T *next = table.data();
  left = n;
  int64_t s = 1;
  for (int radix : radices) {
    const int64_t m = left / radix;
    Step step{radix, m, s, next, nullptr};
    Roots roots(left);
    for (int64_t k = 0; k < m; ++k)
      for (int64_t j = 1; j < radix; ++j, next += 2)
        roots.put(j * k, next);
    std::vector<T> own = rootsOf<T>(radix);
    step.roots = next;
    next = std::copy(own.begin(), own.end(), next);
    steps.push_back(step);
    left = m;
    s *= radix;
  }
}

template <class T> SinglePlan<T>::SinglePlan(int64_t length) : n(length) {
  if (!isSmooth(n)) {
    const int64_t size = convolutionLength(2 * n - 1);
    inner = planOf<SinglePlan>(size);
    chirp = chirpOf<T>(n);
    spectrum = spectrumOf(chirp, size);
    return;
  }
  constexpr int64_t cached = (int64_t{512} << 10) / int64_t(2 * sizeof(T)); // elements
  if (n > cached) {
    // The split nearest to a square.
    down = 1;
    std::vector<int64_t> products = {1};
    for (int factor : factorsOf(n)) {
      const size_t count = products.size();
      for (size_t i = 0; i < count; ++i)
        products.push_back(products[i] * factor);
      std::sort(products.begin(), products.end());
      products.erase(std::unique(products.begin(), products.end()), products.end());
    }
    for (int64_t product : products)
      if (product <= n / product)
        down = product;
    beside = n / down;
    if (down >= 4 * narrow) {
      columns = planOf<LanePlan<T>>(down);
      rows = planOf<LanePlan<T>>(beside);
      Roots all(n);
      finePart = 1;
      while (finePart * finePart < n)
        finePart *= 2;
      fine.resize(size_t(2 * finePart));
      for (int64_t i = 0; i < finePart && i < n; ++i)
        all.put(i, fine.data() + 2 * i);
      coarse.resize(size_t(2 * (n / finePart + 1)));
      for (int64_t i = 0; i * finePart < n; ++i)
        all.put(i * finePart, coarse.data() + 2 * i);
      const int64_t padded = (down + narrow - 1) / narrow * narrow;
      twiddles.resize(size_t(padded * 2 * narrow));
      for (int64_t k = 0; k < down; ++k)
        for (int64_t lane = 0; lane < narrow; ++lane) {
          T w[2];
          all.put(lane * k % n, w);
          twiddles[size_t(k * 2 * narrow + lane)] = w[0];
          twiddles[size_t(k * 2 * narrow + narrow + lane)] = w[1];
        }
      return;
    }
    down = beside = 0;
  }
  if (n == 16) {
    twiddles.resize(64);
    Roots all(n);
    for (int64_t i = 0; i < 16; ++i) {
      T w[2];
      all.put(i / 4 * (i % 4), w);
      twiddles[size_t(2 * i)] = twiddles[size_t(2 * i + 1)] = w[0];
      twiddles[size_t(32 + 2 * i)] = -w[1];
      twiddles[size_t(32 + 2 * i + 1)] = w[1];
    }
  }
  if (n <= longestShort) {
    few = planOf<ShortPlan<T>>(n);
    if (few->takesComplex())
      return;
    few = nullptr;
  }
  if (n % 2 && n > 1 && (n <= 31 || (n <= largestRadix && factorsOf(n).size() == 1))) {
    const int64_t half = n / 2, columns = (half + narrow - 1) / narrow * narrow;
    cosines.resize(size_t(half * columns));
    sines.resize(size_t(half * columns));
    Roots all(n);
    for (int64_t t = 0; t < half; ++t)
      for (int64_t j = 0; j < half; ++j) {
        T w[2];
        all.put((t + 1) * (j + 1) % n, w);
        cosines[size_t(t * columns + j)] = w[0];
        sines[size_t(t * columns + j)] = -w[1];
      }
    return;
  }
  radix = 1;
  double most = 0;
  for (int r : {2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15}) {
    const double used = r > narrow ? double(r) / wide : double(r) / narrow;
    if (n % r == 0 && used > most) {
      most = used;
      radix = r;
    }
  }
  width = radix > narrow ? wide : narrow;
  m = n / radix;
  wholeRows = n >= width ? (n - width) / radix + 1 : 0;
  lanes = planOf<LanePlan<T>>(m);
  roots = rootsOf<T>(radix);
  if (radix > 1) {
    const int64_t padded = (m + narrow - 1) / narrow * narrow;
    twiddles.resize(size_t(padded * 2 * width));
    Roots all(n);
    for (int64_t k = 0; k < m; ++k)
      for (int64_t lane = 0; lane < radix; ++lane) {
        T w[2];
        all.put(lane * k, w);
        twiddles[size_t(k * 2 * width + lane)] = w[0];
        twiddles[size_t(k * 2 * width + width + lane)] = w[1];
      }
  }
}

template <class T> OddPlan<T>::OddPlan(int64_t length) : n(length) {
  if (!isSmooth(n) || n == 1)
    return;
  radix = factorsOf(n)[0];
  m = n / radix;
  beside = radix / 2 + 1;
  rest = planOf<LanePlan<T>>(m);
  roots = rootsOf<T>(radix);
  twiddles.resize(size_t(2 * m * (beside - 1)));
  Roots all(n);
  T *next = twiddles.data();
  for (int64_t k = 0; k < m; ++k)
    for (int64_t j = 1; j < beside; ++j, next += 2)
      all.put(j * k, next);
}

/// A step more costs more than it saves below this.
constexpr int64_t shortestRest = 81;

template <class T> OddLinePlan<T>::OddLinePlan(int64_t length) : n(length), space(4 * n) {
  for (int r : {9, 7, 5, 3, 11, 13})
    if (n % r == 0 && n / r >= shortestRest) {
      radix = r;
      break;
    }
  if (!radix) {
    complex = planOf<SinglePlan<T>>(n);
    return;
  }
  m = n / radix;
  complex = planOf<SinglePlan<T>>(m);
  rest = planOf<OddLinePlan<T>>(m);
  space = n + std::max(2 * m, rest->space);
  roots = rootsOf<T>(radix);
  twiddles.resize(size_t(m * (radix - 1)));
  Roots all(n);
  for (int64_t j = 1; j <= radix / 2; ++j)
    for (int64_t k = 0; k < m; ++k) {
      T w[2];
      all.put(j * k, w);
      twiddles[size_t((2 * j - 2) * m + k)] = w[0];
      twiddles[size_t((2 * j - 1) * m + k)] = w[1];
    }
}

template <class T> HalfPlan<T>::HalfPlan(int64_t n) : table(size_t(2 * (n / 2 + 1))) {
  Roots roots(n);
  for (int64_t k = 0; k <= n / 2; ++k)
    roots.put(k % n, table.data() + 2 * k);
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template LanePlan<T>::LanePlan(int64_t);                                                         \
  template SinglePlan<T>::SinglePlan(int64_t);                                                     \
  template OddPlan<T>::OddPlan(int64_t);                                                           \
  template OddLinePlan<T>::OddLinePlan(int64_t);                                                   \
  template HalfPlan<T>::HalfPlan(int64_t);
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
#undef NDRT_INSTANTIATE

} // namespace ndrt::fft
