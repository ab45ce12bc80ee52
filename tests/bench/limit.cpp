// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the machine's memory can do: a = b + s * c over ten million float64, with stores that bypass
// the cache where the CPU has them, on huge pages, on all cores.
#include <benchmark/benchmark.h>

#include <sys/mman.h>

#include <cstdint>
#include <thread>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace {

constexpr int64_t elements = 10'000'000;

double *big_array() {
  constexpr size_t page = size_t(2) << 20,
                   bytes = (elements * sizeof(double) + page - 1) / page * page;
  char *memory = static_cast<char *>(
      mmap(nullptr, bytes + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  memory += page - reinterpret_cast<uintptr_t>(memory) % page;
  madvise(memory, bytes, MADV_HUGEPAGE);
  double *out = reinterpret_cast<double *>(memory);
  for (int64_t i = 0; i < elements; ++i)
    out[i] = 1;
  return out;
}

void triad(double *a, const double *b, const double *c, int64_t n) {
  int64_t i = 0;
#ifdef __SSE2__
  const __m128d s = _mm_set1_pd(3);
  for (; i + 8 <= n; i += 8)
    for (int64_t j = i; j < i + 8; j += 2)
      _mm_stream_pd(a + j, _mm_add_pd(_mm_load_pd(b + j), _mm_mul_pd(s, _mm_load_pd(c + j))));
  _mm_sfence();
#endif
  for (; i < n; ++i)
    a[i] = b[i] + 3 * c[i];
}

void triad(benchmark::State &state) {
  static double *const a = big_array(), *const b = big_array(), *const c = big_array();
  const int64_t part = elements / state.threads() & ~int64_t(7), from = part * state.thread_index();
  for (auto _ : state)
    triad(a + from, b + from, c + from, part);
  state.SetBytesProcessed(state.iterations() * part * 3 * int64_t(sizeof(double)));
}

} // namespace

BENCHMARK(triad)->Threads(1)->UseRealTime();
BENCHMARK(triad)->Threads(int(std::thread::hardware_concurrency()))->UseRealTime();

BENCHMARK_MAIN();
