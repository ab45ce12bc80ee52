// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Loops over vectors, one set for each vector width that the machine may have; all give the same
// bits. A transform works on lanes: element e of `width` transforms side by side is their real
// parts, then their imaginary parts, from 2 * width * e on. Swapping the parts on the way in and
// out gives the inverse transform.
#pragma once

#include <cstdint>

namespace ndrt::fft {

/// Lanes that passes take: 8, and 16 where a length has a divisor from 9 to 16 alone.
inline constexpr int narrow = 8, wide = 16;
/// The largest prime that a pass takes; lengths with a larger one are convolutions.
inline constexpr int64_t largestRadix = 53;

/// Elements to read: lane l of row i is at data + i * rowStep + l * laneStep, counted in parts, its
/// imaginary part `imag` behind it, or zero where imag is 0. Row `rows` has `tail` lanes, those
/// behind it none: what is missing is zero. Of the first `whole` rows `width` lanes may be read.
template <class T> struct Lines {
  const T *data;
  int64_t rowStep, laneStep, imag, rows, whole;
  int lanes, tail;
  bool swapped;
};

/// Where results go; without imaginary parts where imag is 0.
template <class T> struct Target {
  T *data;
  int64_t rowStep, laneStep, imag;
  int lanes;
  bool swapped;
  T scale;
};

template <class T> struct Kernels {
  /// One step of Stockham's transform (Cochran et al., "What is the fast Fourier transform?", 1967)
  /// of radix R: m * s * R elements; twiddles are exp(-2 pi i j k / (R m)), j from 1 on for each k.
  void (*pass)(int radix, int width, const T *in, T *out, int64_t m, int64_t s, const T *twiddles,
               const T *roots);
  /// A first step of odd radix of a real transform, on narrow lanes whose imaginary parts are not
  /// looked at: rows k + m t, t < radix, become rows h k + j, j < h = radix / 2 + 1; the others are
  /// their conjugates. Twiddles are exp(-2 pi i j k / (radix m)), j from 1 to h - 1 for each k.
  void (*fold)(int radix, const T *in, T *out, int64_t m, const T *twiddles, const T *roots);
  /// The step back, on lanes with swapped parts; twice the sum over j, the first one once.
  void (*unfold)(int radix, const T *in, T *out, int64_t m, const T *twiddles, const T *roots);
  /// The same of one line: reals k + m t become m reals, then for each j from 1 on the m real and
  /// the m imaginary parts of line j. So are the twiddles, in two rows for each j.
  void (*foldLine)(int radix, const T *in, T *out, int64_t m, const T *twiddles, const T *roots);
  /// And back, from m reals and behind them lines of m pairs.
  void (*unfoldLine)(int radix, const T *in, T *out, int64_t m, const T *twiddles, const T *roots);
  /// The first n elements of lines as lanes.
  void (*load)(const Lines<T> &from, T *lanes, int64_t n, int width);
  /// And back.
  void (*store)(const T *lanes, int64_t n, int width, const Target<T> &to);
  /// A last step across lanes: row k times its twiddles, where there are some, transformed over its
  /// first \p radix lanes; lane j of row k goes to data + k * rowStep + j * laneStep. Radix 0
  /// leaves the lanes as they are. Radices above 8 are of wide lanes. There are rows up to a
  /// multiple of 8.
  void (*across)(int radix, const T *lanes, int64_t m, const T *twiddles, const T *roots,
                 const Target<T> &to);
  /// Transforms of 16 elements on their own, complex and contiguous; twiddles are exp(-2 pi i j k /
  /// 16), row j < 4, column k < 4, each part twice, the imaginary one negative and positive. The
  /// inverse ones with \p inverse. Distances between transforms are counted in parts.
  void (*sixteen)(const T *from, int64_t fromStep, T *to, int64_t toStep, int64_t count,
                  const T *twiddles, bool inverse, T scale);
  /// out[c * columns + j] = init[c] + the sum over t < rows of x[t * channels + c] * table[t *
  /// columns + j], in order, for one or two channels c; columns are a multiple of `narrow`.
  void (*dense)(const T *table, int rows, int columns, int channels, const T *x, const T *init,
                T *out);
};

/// Those for this machine, with vectors of at most \p bytes.
template <class T> const Kernels<T> &kernels(int bytes = 64) noexcept;

/// Of the vectors that are used: 16, 32 or 64.
int vectorBytes() noexcept;

/// Makes kernels() those of vectors of at most \p bytes, for tests: 16, 32 or 64.
void limitVectors(int bytes) noexcept;

} // namespace ndrt::fft
