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

int main() {
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
