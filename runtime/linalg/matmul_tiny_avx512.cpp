// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#if defined(__x86_64__)
#include <immintrin.h>

#define NDRT_VECTOR [[gnu::target("avx512f"), gnu::always_inline]] inline

namespace ndrt {
namespace {

typedef float Floats [[gnu::vector_size(64)]];
typedef double Doubles [[gnu::vector_size(64)]];

NDRT_VECTOR Floats fused(const Floats &x, const Floats &y, const Floats &sum) {
  return _mm512_fmadd_ps(x, y, sum);
}
NDRT_VECTOR Doubles fused(const Doubles &x, const Doubles &y, const Doubles &sum) {
  return _mm512_fmadd_pd(x, y, sum);
}

} // namespace
} // namespace ndrt

#include "linalg/matmul_tiny_rows.h"

[[gnu::target("avx512f")]] void ndrt::multiplyAvx512(const TinyProduct<float> &p) noexcept {
  multiplyIn<float, 64>(p);
}
[[gnu::target("avx512f")]] void ndrt::multiplyAvx512(const TinyProduct<double> &p) noexcept {
  multiplyIn<double, 64>(p);
}
#endif
