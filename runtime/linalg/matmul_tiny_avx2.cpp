// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#if defined(__x86_64__)
#include <immintrin.h>

#define NDRT_VECTOR [[gnu::target("avx2,fma"), gnu::always_inline]] inline

namespace ndrt {
namespace {

typedef float Floats [[gnu::vector_size(32)]];
typedef double Doubles [[gnu::vector_size(32)]];

NDRT_VECTOR Floats fused(const Floats &x, const Floats &y, const Floats &sum) {
  return _mm256_fmadd_ps(x, y, sum);
}
NDRT_VECTOR Doubles fused(const Doubles &x, const Doubles &y, const Doubles &sum) {
  return _mm256_fmadd_pd(x, y, sum);
}

} // namespace
} // namespace ndrt

#include "linalg/matmul_tiny_rows.h"

[[gnu::target("avx2,fma")]] void ndrt::multiplyAvx2(const TinyProduct<float> &p) noexcept {
  multiplyIn<float, 32>(p);
}
[[gnu::target("avx2,fma")]] void ndrt::multiplyAvx2(const TinyProduct<double> &p) noexcept {
  multiplyIn<double, 32>(p);
}
#endif
