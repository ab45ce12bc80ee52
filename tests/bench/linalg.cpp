// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Products, what follows them, and decompositions: compiled functions called again and again.
#include <nd/nd.h>

#include <benchmark/benchmark.h>

namespace {

nd::array normal(const nd::shape &s, nd::dtype type = nd::float64) {
  nd::array x = nd::random::default_rng(1).standard_normal(s).astype(type);
  x.eval();
  return x;
}

/// Symmetric positive definite matrices.
nd::array positive(const nd::shape &s) {
  nd::array x = normal(s);
  nd::array a = nd::matmul(x, nd::swapaxes(x, -1, -2)) + double(s.back()) * nd::eye(s.back());
  a.eval();
  return a;
}

template <class F, class... A>
void repeat(benchmark::State &state, F function, const A &...arguments) {
  auto f = nd::jit(function);
  nd::array result;
  for (int i = 0; i < 3; ++i)
    result = f(arguments...);
  for (auto _ : state)
    benchmark::DoNotOptimize(result = f(arguments...));
}

template <nd::dtype type> void mlp(benchmark::State &state) {
  auto layer = [](nd::array x, nd::array w, nd::array b) { return nd::maximum(x.dot(w) + b, 0); };
  repeat(
      state,
      [layer](nd::array x, nd::array w1, nd::array b1, nd::array w2, nd::array b2) {
        return layer(x, w1, b1).dot(w2) + b2;
      },
      normal({256, 784}, type), normal({784, 512}, type), normal({512}, type),
      normal({512, 10}, type), normal({10}, type));
}

template <nd::dtype type> void epilogue(benchmark::State &state) {
  repeat(
      state,
      [](nd::array x, nd::array w, nd::array b) { return nd::maximum(nd::matmul(x, w) + b, 0); },
      normal({4096, 64}, type), normal({64, 1024}, type), normal({1024}, type));
}

void matmul(benchmark::State &state) {
  repeat(
      state, [](nd::array a, nd::array b) { return nd::matmul(a, b); }, normal({1024, 1024}),
      normal({1024, 1024}));
}

void matmul_batched(benchmark::State &state) {
  const int64_t n = state.range(0), count = 200'000 / (n * n);
  repeat(
      state, [](nd::array a, nd::array b) { return nd::matmul(a, b); }, normal({count, n, n}),
      normal({count, n, n}));
}

void gram(benchmark::State &state) {
  repeat(
      state, [](nd::array a) { return nd::matmul(a.T(), a); }, normal({2000, 300}));
}

void solve_batched(benchmark::State &state) {
  const int64_t n = state.range(0), count = 200'000 / (n * n);
  repeat(
      state, [](nd::array a, nd::array b) { return nd::linalg::solve(a, b); },
      normal({count, n, n}), normal({count, n, 1}));
}

void solve(benchmark::State &state) {
  repeat(
      state, [](nd::array a, nd::array b) { return nd::linalg::solve(a, b); }, normal({500, 500}),
      normal({500}));
}

void inv(benchmark::State &state) {
  repeat(
      state, [](nd::array a) { return nd::linalg::inv(a); }, normal({500, 500}));
}

void inv_batched(benchmark::State &state) {
  const int64_t n = state.range(0), count = 200'000 / (n * n);
  repeat(
      state, [](nd::array a) { return nd::linalg::inv(a); }, normal({count, n, n}));
}

void cholesky_batched(benchmark::State &state) {
  const int64_t n = state.range(0), count = 200'000 / (n * n);
  repeat(
      state, [](nd::array a) { return nd::linalg::cholesky(a); }, positive({count, n, n}));
}

void cholesky(benchmark::State &state) {
  repeat(
      state, [](nd::array a) { return nd::linalg::cholesky(a); }, positive({500, 500}));
}

void eigh(benchmark::State &state) {
  repeat(
      state, [](nd::array a) { return nd::linalg::eigvalsh(a); }, positive({300, 300}));
}

void eigh_batched(benchmark::State &state) {
  const int64_t n = state.range(0), count = 200'000 / (n * n);
  repeat(
      state, [](nd::array a) { return nd::linalg::eigh(a).eigenvectors; }, positive({count, n, n}));
}

void eig_batched(benchmark::State &state) {
  const int64_t n = state.range(0), count = 200'000 / (n * n);
  repeat(
      state, [](nd::array a) { return nd::linalg::eig(a).eigenvectors; }, normal({count, n, n}));
}

void lstsq(benchmark::State &state) {
  repeat(
      state, [](nd::array a, nd::array b) { return nd::linalg::lstsq(a, b).x; }, normal({20, 4}),
      normal({20}));
}

void qr_batched(benchmark::State &state) {
  const int64_t n = state.range(0), count = 200'000 / (n * n);
  repeat(
      state, [](nd::array a) { return nd::linalg::qr(a).Q; }, normal({count, n, n}));
}

void svd_batched(benchmark::State &state) {
  const int64_t n = state.range(0), count = 200'000 / (n * n);
  repeat(
      state, [](nd::array a) { return nd::linalg::svd(a, false).U; }, normal({count, n, n}));
}

void svd(benchmark::State &state) {
  repeat(
      state, [](nd::array a) { return nd::linalg::svd(a, false).U; }, normal({300, 200}));
}

} // namespace

BENCHMARK(mlp<nd::float32>)->Name("mlp/float32")->UseRealTime();
BENCHMARK(mlp<nd::float64>)->Name("mlp/float64")->UseRealTime();
BENCHMARK(epilogue<nd::float32>)->Name("epilogue/float32")->UseRealTime();
BENCHMARK(epilogue<nd::float64>)->Name("epilogue/float64")->UseRealTime();
BENCHMARK(matmul)->UseRealTime();
BENCHMARK(matmul_batched)->Arg(4)->Arg(16)->Arg(32)->UseRealTime();
BENCHMARK(gram)->UseRealTime();
BENCHMARK(solve_batched)->Arg(3)->Arg(8)->Arg(16)->Arg(32)->UseRealTime();
BENCHMARK(solve)->UseRealTime();
BENCHMARK(inv_batched)->Arg(4)->Arg(16)->UseRealTime();
BENCHMARK(inv)->UseRealTime();
BENCHMARK(cholesky_batched)->Arg(8)->Arg(32)->UseRealTime();
BENCHMARK(cholesky)->UseRealTime();
BENCHMARK(eigh)->UseRealTime();
BENCHMARK(eigh_batched)->Arg(3)->Arg(8)->Arg(32)->UseRealTime();
BENCHMARK(qr_batched)->Arg(3)->Arg(8)->Arg(32)->UseRealTime();
BENCHMARK(svd_batched)->Arg(3)->Arg(8)->Arg(32)->UseRealTime();
BENCHMARK(svd)->UseRealTime();
BENCHMARK(eig_batched)->Arg(3)->Arg(8)->Arg(32)->UseRealTime();
BENCHMARK(lstsq)->UseRealTime();

BENCHMARK_MAIN();
