// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A program that uses an object of ndc: it needs libndrt and no compiler.
#include "program.h"
#include <cmath>
#include <cstdio>
#include <cstring>

static int failures = 0;
static void expect(bool holds, const char *what) {
  if (!holds) {
    std::printf("failed: %s (%s)\n", what, ndrt_last_error());
    ++failures;
  }
}

static DLTensor tensor(double *data, int64_t *shape, int ndim) {
  return DLTensor{data, {kDLCPU, 0}, ndim, {kDLFloat, 64, 1}, shape, nullptr, 0};
}

/// The numbers of numpy.random.default_rng(42).normal(0, 2, 1000), twice.
static void draws() {
  const uint32_t entropy[] = {42};
  uint32_t seed[8];
  uint64_t state[6], once[6];
  double x[1000], y[1000], scale = 2;
  ndrt_seed_sequence(entropy, 1, 4, seed, 8);
  expect(ndrt_random_seed(NDRT_PCG64, seed, 8, state) == NDRT_OK, "a seed starts a stream");
  int64_t words[] = {6}, many[] = {1000};
  DLTensor S{state, {kDLCPU, 0}, 1, {kDLUInt, 64, 1}, words, nullptr, 0},
      N = S, W = tensor(&scale, nullptr, 0), X = tensor(x, many, 1), Y = tensor(y, many, 1);
  N.data = once;
  expect(noise(&S, &W, &X, &N) == NDRT_OK, "the program draws");
  expect(x[0] == 0.6094341595088627 && x[1] == -2.079968212480991, "as NumPy does");
  expect(noise(&S, &W, &Y, &N) == NDRT_OK && std::memcmp(x, y, sizeof x) == 0,
         "one state gives one sequence");
  expect(noise(&N, &W, &Y, &S) == NDRT_OK && std::memcmp(x, y, sizeof x) != 0,
         "the next state gives the next");
}

/// The numbers of Generator(Philox(42)).random(1000), added to zeros and ones.
static void drawsInPlace() {
  const uint32_t entropy[] = {42};
  uint32_t seed[4];
  uint64_t state[13], next[13], behind[13];
  double zeros[1000] = {}, x[1000], wanted[1000];
  ndrt_seed_sequence(entropy, 1, 4, seed, 4);
  expect(ndrt_random_seed(NDRT_PHILOX, seed, 4, state) == NDRT_OK, "a seed starts a stream");
  int64_t words[] = {13}, many[] = {1000};
  DLTensor S{state, {kDLCPU, 0}, 1, {kDLUInt, 64, 1}, words, nullptr, 0},
      N = S, B = S, Z = tensor(zeros, many, 1), X = tensor(x, many, 1), U = tensor(wanted, many, 1);
  N.data = next, B.data = behind;
  for (int call = 0; call < 2; ++call) {
    expect(ndrt_random(&S, nullptr, 0, &U, &B, NDRT_RANDOM_UNIFORM01) == NDRT_OK, "numbers");
    expect(jitter(&S, &Z, &X, &N) == NDRT_OK, "the program draws");
    expect(std::memcmp(x, wanted, sizeof x) == 0, "the same numbers");
    expect(std::memcmp(next, behind, sizeof next) == 0, "the same state behind them");
    std::memcpy(state, next, sizeof state);
  }
}

int main() {
  draws();
  drawsInPlace();
  double x[35], w[7], m[4] = {2, 1, 1, 3}, y[35], n[4];
  for (int i = 0; i < 35; ++i)
    x[i] = std::sin(i);
  for (int j = 0; j < 7; ++j)
    w[j] = 1 + j;
  int64_t matrix[] = {5, 7}, row[] = {7}, small[] = {2, 2};
  DLTensor X = tensor(x, matrix, 2), W = tensor(w, row, 1), M = tensor(m, small, 2),
           Y = tensor(y, matrix, 2), N = tensor(n, small, 2);

  expect(score(&X, &W, &M, &Y, &N) == NDRT_OK, "the program runs");
  for (int i = 0; i < 5; ++i) {
    double most = -INFINITY, sum = 0;
    for (int j = 0; j < 7; ++j)
      most = std::fmax(most, x[7 * i + j] * w[j] * 0.25);
    for (int j = 0; j < 7; ++j)
      sum += std::exp(x[7 * i + j] * w[j] * 0.25 - most);
    for (int j = 0; j < 7; ++j)
      expect(std::fabs(y[7 * i + j] - std::exp(x[7 * i + j] * w[j] * 0.25 - most) / sum) < 1e-15,
             "softmax");
  }
  const double inverse[] = {0.6, -0.2, -0.2, 0.4};
  for (int i = 0; i < 4; ++i)
    expect(std::fabs(n[i] - inverse[i]) < 1e-15, "inverse");

  m[0] = m[1] = m[2] = m[3] = 1;
  expect((score(&X, &W, &M, &Y, &N) & 255) == NDRT_ERR_SINGULAR, "a singular matrix is reported");
  expect(std::strstr(ndrt_last_error(), "singular") != nullptr, "and named");

  int64_t wrong[] = {6, 7};
  X.shape = wrong;
  expect(score(&X, &W, &M, &Y, &N) == NDRT_ERR_ARGUMENT, "a wrong shape is refused");
  expect(std::strcmp(
             ndrt_last_error(),
             "parameter 0 is float64 (6, 7); the program was compiled for float64 (5, 7)") == 0,
         "with both shapes");
  expect(score(nullptr, &W, &M, &Y, &N) == NDRT_ERR_ARGUMENT, "no array is refused");
  std::printf("%d failures\n", failures);
  return failures != 0;
}
