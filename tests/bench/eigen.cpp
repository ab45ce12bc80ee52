// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Eigen on what linalg.cpp measures, under the same names: on one thread, compiled for this
// machine, matrices of up to 8 rows with their sizes known beforehand. Built where Eigen is
// installed; nothing else of nd knows of it.
#include <Eigen/Dense>
#include <benchmark/benchmark.h>

#include <complex>
#include <cstdint>
#include <random>
#include <vector>

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd normal(int64_t rows, int64_t columns) {
  std::mt19937_64 random(1);
  std::normal_distribution<double> draw;
  return MatrixXd::NullaryExpr(rows, columns, [&] { return draw(random); });
}

/// Symmetric positive definite.
MatrixXd positive(int64_t n) {
  const MatrixXd x = normal(n, n);
  return x * x.transpose() + double(n) * MatrixXd::Identity(n, n);
}

/// Matrices of n rows; the larger ones would take minutes to compile with their sizes.
constexpr int sizeFor(int n) { return n <= 8 ? n : Eigen::Dynamic; }
template <int n> using Small = Eigen::Matrix<double, sizeFor(n), sizeFor(n), Eigen::RowMajor>;
template <int n> using Side = Eigen::Matrix<double, sizeFor(n), 1>;

template <int n> constexpr int64_t countOf = 200'000 / (n * n);

/// One after the other.
template <class M> struct Batch {
  int rows, columns;
  std::vector<double> values;

  Batch(int64_t count, int rows, int columns)
      : rows(rows), columns(columns), values(size_t(count * rows * columns)) {
    std::mt19937_64 random(1);
    std::normal_distribution<double> draw;
    for (double &x : values)
      x = draw(random);
  }
  Eigen::Map<M> operator[](int64_t i) {
    return Eigen::Map<M>(values.data() + i * rows * columns, rows, columns);
  }
};
template <int n> Batch<Small<n>> normalBatch(int64_t count) { return {count, n, n}; }
template <int n> Batch<Small<n>> positiveBatch(int64_t count) {
  auto batch = normalBatch<n>(count);
  for (int64_t i = 0; i < count; ++i) {
    const MatrixXd x = batch[i];
    batch[i] = x * x.transpose() + double(n) * MatrixXd::Identity(n, n);
  }
  return batch;
}

/// Calls each(i) for all of \p count matrices, again and again.
template <class Each> void repeat(benchmark::State &state, int64_t count, Each &&each) {
  for (auto _ : state) {
    for (int64_t i = 0; i < count; ++i)
      each(i);
    benchmark::ClobberMemory();
  }
}

void matmul(benchmark::State &state) {
  const MatrixXd a = normal(1024, 1024), b = normal(1024, 1024);
  MatrixXd c(1024, 1024);
  repeat(state, 1, [&](int64_t) { c.noalias() = a * b; });
}

void gram(benchmark::State &state) {
  const MatrixXd a = normal(2000, 300);
  MatrixXd c(300, 300);
  repeat(state, 1, [&](int64_t) {
    c.setZero();
    c.selfadjointView<Eigen::Lower>().rankUpdate(a.transpose());
    c.triangularView<Eigen::StrictlyUpper>() = c.transpose();
  });
}

void solve(benchmark::State &state) {
  const MatrixXd a = normal(500, 500);
  const VectorXd b = normal(500, 1);
  VectorXd x(500);
  repeat(state, 1, [&](int64_t) { x = a.partialPivLu().solve(b); });
}

void inv(benchmark::State &state) {
  const MatrixXd a = normal(500, 500);
  MatrixXd x(500, 500);
  repeat(state, 1, [&](int64_t) { x = a.inverse(); });
}

void cholesky(benchmark::State &state) {
  const MatrixXd a = positive(500);
  MatrixXd l(500, 500);
  repeat(state, 1, [&](int64_t) { l = a.llt().matrixL(); });
}

void eigh(benchmark::State &state) {
  const MatrixXd a = positive(300);
  VectorXd w(300);
  repeat(state, 1, [&](int64_t) {
    w = Eigen::SelfAdjointEigenSolver<MatrixXd>(a, Eigen::EigenvaluesOnly).eigenvalues();
  });
}

void svd(benchmark::State &state) {
  const MatrixXd a = normal(300, 200);
  MatrixXd u(300, 200);
  repeat(state, 1, [&](int64_t) {
    u = Eigen::BDCSVD<MatrixXd>(a, Eigen::ComputeThinU | Eigen::ComputeThinV).matrixU();
  });
}

template <int n> void matmul_batched(benchmark::State &state) {
  const int64_t count = countOf<n>;
  auto a = normalBatch<n>(count), b = normalBatch<n>(count), c = normalBatch<n>(count);
  repeat(state, count, [&](int64_t i) { c[i].noalias() = a[i] * b[i]; });
}

template <int n> void solve_batched(benchmark::State &state) {
  const int64_t count = countOf<n>;
  auto a = normalBatch<n>(count);
  Batch<Side<n>> b(count, n, 1), x(count, n, 1);
  repeat(state, count, [&](int64_t i) { x[i] = a[i].partialPivLu().solve(b[i]); });
}

template <int n> void inv_batched(benchmark::State &state) {
  const int64_t count = countOf<n>;
  auto a = normalBatch<n>(count), x = normalBatch<n>(count);
  repeat(state, count, [&](int64_t i) { x[i] = a[i].inverse(); });
}

template <int n> void cholesky_batched(benchmark::State &state) {
  const int64_t count = countOf<n>;
  auto a = positiveBatch<n>(count), l = normalBatch<n>(count);
  repeat(state, count, [&](int64_t i) { l[i] = a[i].llt().matrixL(); });
}

template <int n> void eigh_batched(benchmark::State &state) {
  const int64_t count = countOf<n>;
  auto a = positiveBatch<n>(count), v = normalBatch<n>(count);
  repeat(state, count,
         [&](int64_t i) { v[i] = Eigen::SelfAdjointEigenSolver<Small<n>>(a[i]).eigenvectors(); });
}

template <int n> void qr_batched(benchmark::State &state) {
  const int64_t count = countOf<n>;
  auto a = normalBatch<n>(count), q = normalBatch<n>(count), r = normalBatch<n>(count);
  repeat(state, count, [&](int64_t i) {
    const Eigen::HouseholderQR<Small<n>> factors(a[i]);
    q[i] = factors.householderQ();
    r[i] = factors.matrixQR().template triangularView<Eigen::Upper>();
  });
}

template <int n> void svd_batched(benchmark::State &state) {
  const int64_t count = countOf<n>;
  auto a = normalBatch<n>(count), u = normalBatch<n>(count), v = normalBatch<n>(count);
  repeat(state, count, [&](int64_t i) {
    const Eigen::JacobiSVD<Small<n>> factors(a[i], Eigen::ComputeFullU | Eigen::ComputeFullV);
    u[i] = factors.matrixU();
    v[i] = factors.matrixV();
  });
}

// Fixed sizes take minutes to compile here.
template <int n> void eig_batched(benchmark::State &state) {
  const int64_t count = countOf<n>;
  auto a = normalBatch<n>(count);
  std::vector<Eigen::MatrixXcd> v(size_t(count), Eigen::MatrixXcd(n, n));
  repeat(state, count,
         [&](int64_t i) { v[size_t(i)] = Eigen::EigenSolver<MatrixXd>(a[i]).eigenvectors(); });
}

void lstsq(benchmark::State &state) {
  const MatrixXd a = normal(20, 4);
  const VectorXd b = normal(20, 1);
  VectorXd x;
  for (auto _ : state)
    benchmark::DoNotOptimize(x = a.bdcSvd(Eigen::ComputeThinU | Eigen::ComputeThinV).solve(b));
}

} // namespace

BENCHMARK(matmul)->UseRealTime();
BENCHMARK(matmul_batched<4>)->Name("matmul_batched/4")->UseRealTime();
BENCHMARK(matmul_batched<16>)->Name("matmul_batched/16")->UseRealTime();
BENCHMARK(matmul_batched<32>)->Name("matmul_batched/32")->UseRealTime();
BENCHMARK(gram)->UseRealTime();
BENCHMARK(solve_batched<3>)->Name("solve_batched/3")->UseRealTime();
BENCHMARK(solve_batched<8>)->Name("solve_batched/8")->UseRealTime();
BENCHMARK(solve_batched<16>)->Name("solve_batched/16")->UseRealTime();
BENCHMARK(solve_batched<32>)->Name("solve_batched/32")->UseRealTime();
BENCHMARK(solve)->UseRealTime();
BENCHMARK(inv_batched<4>)->Name("inv_batched/4")->UseRealTime();
BENCHMARK(inv_batched<16>)->Name("inv_batched/16")->UseRealTime();
BENCHMARK(inv)->UseRealTime();
BENCHMARK(cholesky_batched<8>)->Name("cholesky_batched/8")->UseRealTime();
BENCHMARK(cholesky_batched<32>)->Name("cholesky_batched/32")->UseRealTime();
BENCHMARK(cholesky)->UseRealTime();
BENCHMARK(eigh)->UseRealTime();
BENCHMARK(eigh_batched<3>)->Name("eigh_batched/3")->UseRealTime();
BENCHMARK(eigh_batched<8>)->Name("eigh_batched/8")->UseRealTime();
BENCHMARK(eigh_batched<32>)->Name("eigh_batched/32")->UseRealTime();
BENCHMARK(qr_batched<3>)->Name("qr_batched/3")->UseRealTime();
BENCHMARK(qr_batched<8>)->Name("qr_batched/8")->UseRealTime();
BENCHMARK(qr_batched<32>)->Name("qr_batched/32")->UseRealTime();
BENCHMARK(svd_batched<3>)->Name("svd_batched/3")->UseRealTime();
BENCHMARK(svd_batched<8>)->Name("svd_batched/8")->UseRealTime();
BENCHMARK(svd_batched<32>)->Name("svd_batched/32")->UseRealTime();
BENCHMARK(svd)->UseRealTime();
BENCHMARK(eig_batched<3>)->Name("eig_batched/3")->UseRealTime();
BENCHMARK(eig_batched<8>)->Name("eig_batched/8")->UseRealTime();
BENCHMARK(eig_batched<32>)->Name("eig_batched/32")->UseRealTime();
BENCHMARK(lstsq)->UseRealTime();

BENCHMARK_MAIN();
