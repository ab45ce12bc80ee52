// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The benchmarks' workloads and those of PEERS, with one hash for each: every run in this process,
// lazily and compiled, with one thread and more, has to have those bits. check-workloads compares
// processes.
//
//   workloads RUNS [SIZE]    SIZE divides the large extents (1 as in the benchmarks)
#include <nd/nd.h>

#include <complex>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

namespace {

using arrays = std::vector<nd::array>;

int64_t part = 1;
int runs = 1, failed = 0;

/// The bits; a nan has the same as every other.
uint64_t hash_of(const arrays &results) {
  uint64_t hash = 1469598103934665603u;
  auto add = [&](uint64_t bits) { hash = (hash ^ bits) * 1099511628211u; };
  for (const nd::array &a : results) {
    for (int64_t extent : a.shape())
      add(uint64_t(extent));
    nd::array wide = a.astype(nd::float64); // exact for what is here
    const double *p = wide.data<double>();
    for (int64_t i = 0; i < wide.size(); ++i) {
      uint64_t bits;
      std::memcpy(&bits, p + i, sizeof bits);
      add(p[i] == p[i] ? bits : 0x7ff8000000000000u);
    }
  }
  return hash;
}

/// Runs \p f on what \p inputs makes each time, in turns lazily and compiled, and with one to three
/// threads.
template <class... A, class F>
void workload(const std::string &name, const std::function<std::tuple<A...>()> &inputs, F f) {
  auto compiled = nd::jit(f);
  uint64_t first = 0;
  for (int run = 0; run < runs; ++run)
    for (bool jit : {false, true}) {
      nd::set_num_threads(1 + (run + jit) % 3);
      arrays results = std::apply(
          [&](const auto &...a) { return jit ? arrays(compiled(a...)) : arrays(f(a...)); },
          inputs());
      uint64_t hash = hash_of(results);
      if (run == 0 && !jit)
        first = hash;
      if (hash != first) {
        std::printf("%s differs in run %d, %s, %d threads\n", name.c_str(), run,
                    jit ? "compiled" : "lazily", nd::num_threads());
        ++failed;
      }
    }
  std::printf("%-28s %016llx\n", name.c_str(), static_cast<unsigned long long>(first));
}

nd::array filled(const nd::shape &s, nd::dtype type, double scale = 3) {
  int64_t size = 1;
  for (int64_t extent : s)
    size *= extent;
  nd::array x = (nd::sin(nd::arange(double(size)) * 0.37) * scale).astype(type).reshape(s);
  x.eval();
  return x;
}

template <class... A> std::function<std::tuple<A...>()> same(A... a) {
  return [=] { return std::tuple(a...); };
}

/// Inputs that a run writes into, so that each has its own.
template <class... A> std::function<std::tuple<A...>()> fresh(A... a) {
  return [=] { return std::tuple(nd::copy(a)...); };
}

void all_of(nd::dtype type) {
  const std::string t = type == nd::float32 ? " f32" : " f64";
  const int64_t large = 10'000'000 / part, million = 1'000'000 / part, rows = 4096 / part;
  auto norm = [](nd::array a, nd::array b, nd::array c) {
    return arrays{nd::sqrt(a * a + b * b) + c};
  };
  for (int64_t n : {int64_t(8), int64_t(1'000), int64_t(100'000), large})
    workload("norm " + std::to_string(n) + t,
             same(filled({n}, type), filled({n}, type, 2), filled({n}, type, 1)), norm);
  workload("black-scholes" + t,
           same(nd::abs(filled({million}, type)) + 20, nd::abs(filled({million}, type, 5)) + 18),
           [](nd::array s, nd::array k) {
             nd::array d1 = (nd::log(s / k) + 0.06) / 0.3, d2 = d1 - 0.3;
             auto cdf = [](nd::array x) { return (nd::erf(x * 0.7071067811865476) + 1) * 0.5; };
             return arrays{s * cdf(d1) - k * 0.97 * cdf(d2)};
           });
  nd::array x = filled({rows, 1024}, type);
  workload("softmax" + t, same(x), [](nd::array x) {
    nd::array e = nd::exp(x - x.max(1, nd::keepdims));
    return arrays{e / e.sum(1, nd::keepdims)};
  });
  workload("standardise columns" + t, same(x),
           [](nd::array x) { return arrays{(x - x.mean(0)) / x.std(0)}; });
  workload("layer norm" + t, same(x), [](nd::array x) {
    return arrays{(x - x.mean(1, nd::keepdims)) / nd::sqrt(x.var(1, nd::keepdims) + 1e-5)};
  });
  workload("sums" + t, same(filled({rows, rows}, type)), [](nd::array x) {
    return arrays{x.sum(), x.sum(0), x.sum(1), x.var(), x.var(0), x.var(1)};
  });
  workload("pairwise" + t,
           same(filled({2000 / part, 16}, type), filled({2000 / part, 16}, type, 2)),
           [](nd::array a, nd::array b) {
             nd::array d = nd::expand_dims(a, 1) - b;
             return arrays{nd::sqrt((d * d).sum(-1))};
           });
  workload("normal equations" + t, same(filled({10'000 / part, 100}, type)),
           [](nd::array x) { return arrays{nd::matmul(x.T(), x)}; });
  workload("matmul" + t, same(filled({1024 / part, 1024 / part}, type)),
           [](nd::array x) { return arrays{nd::matmul(x, x)}; });
  workload("heat" + t, fresh(filled({2048 / part, 2048 / part}, type)), [](nd::array u) {
    const nd::slice inner(1, -1), before({}, -2), after(2, {});
    for (int step = 0; step < 5; ++step)
      u[inner, inner] += 0.1 * (u[before, inner] + u[after, inner] + u[inner, before] +
                                u[inner, after] - 4 * u[inner, inner]);
    return arrays{u};
  });
  workload("mandelbrot" + t,
           same(nd::linspace(-2, 0.5, 1000 / part).astype(type),
                nd::linspace(-1.2, 1.2, 1000 / part).astype(type)),
           [](nd::array re, nd::array im) {
             nd::array cx = re, cy = nd::expand_dims(im, 1);
             nd::array zx = cx * 0 + cy * 0, zy = zx, count = zx;
             for (int step = 0; step < 10; ++step) {
               nd::array x2 = zx * zx, y2 = zy * zy;
               zy = nd::clip(zx * zy * 2 + cy, -10, 10);
               zx = nd::clip(x2 - y2 + cx, -10, 10);
               count = count + nd::where(x2 + y2 < 4, 1, 0);
             }
             return arrays{count, zx};
           });
  nd::array line = filled({million}, type);
  workload("order" + t, same(line), [](nd::array x) {
    return arrays{nd::sort(x), nd::median(x), nd::argsort(x)};
  });
  workload("unique" + t, same(line), [](nd::array x) {
    auto [values, counts] = nd::unique_counts(nd::round(x));
    return arrays{values, counts};
  });
  nd::array many = filled({large}, type);
  workload("mask" + t, same(many), [](nd::array x) {
    nd::array chosen = x[x > 0.5];
    return arrays{chosen, chosen.sum()};
  });
  workload("gather" + t, same(many, nd::arange(large) * 7919 % large),
           [](nd::array x, nd::array at) { return arrays{x[at]}; });
  workload(
      "perceptron" + t,
      same(filled({256, 784}, type), filled({784, 512}, type, 0.1), filled({512, 10}, type, 0.1)),
      [](nd::array x, nd::array w, nd::array v) {
        return arrays{nd::matmul(nd::tanh(nd::matmul(x, w)), v)};
      });
  workload("scan" + t, same(many), [](nd::array x) {
    return arrays{nd::clip(nd::where(x > 0, nd::cumsum(x), x), -100, 100)};
  });
  nd::array a = filled({5000 / part, 2500}, type), row = filled({2500}, type);
  workload("rows" + t, fresh(a, row), [](nd::array a, nd::array row) {
    for (int i : {3, 1, 200, 3}) {
      a[i] += row;
      a[i + 1] = row;
    }
    return arrays{a};
  });
  workload("masked writes" + t, fresh(many), [](nd::array a) {
    a[a > 2.5] = 0;
    a[nd::slice({}, {}, 3)] += 1;
    return arrays{a};
  });
  workload("updates at indices" + t, fresh(line, nd::arange(million) * 7919 % million),
           [](nd::array a, nd::array at) {
             a[at] += 1;
             nd::add_at(a, {at % 1000}, 0.1);
             return arrays{a};
           });
}

/// Matrices that are no smaller than their diagonals say.
nd::array steady(const nd::shape &s, nd::dtype type) {
  nd::array a = filled(s, type, 1) + (nd::eye(s[s.size() - 1]) * 6).astype(type);
  a.eval();
  return a;
}

/// Calls of the library: decompositions, transforms and random numbers.
void library(nd::dtype type) {
  const std::string t = type == nd::float32 ? " f32" : " f64";
  const int64_t many = 20'000 / part, million = 1'000'000 / part;
  workload("epilogue" + t,
           same(filled({4096 / part, 64}, type), filled({64, 1024}, type), filled({1024}, type)),
           [](nd::array x, nd::array w, nd::array b) {
             return arrays{nd::maximum(nd::matmul(x, w) + b, 0) * 0.5};
           });
  for (int64_t n : {3, 4, 8, 16})
    workload("batches of " + std::to_string(n) + t,
             same(steady({many, n, n}, type), filled({many, n, 2}, type)),
             [](nd::array a, nd::array b) {
               nd::array square = nd::matmul(a, nd::swapaxes(a, -1, -2));
               return arrays{nd::linalg::solve(a, b), nd::linalg::inv(a), nd::linalg::det(a),
                             nd::linalg::cholesky(square)};
             });
  for (int64_t n : {6, 24})
    workload("complex batches of " + std::to_string(n) + t,
             same(steady({many / n, n, n}, type), filled({many / n, n, 2}, type)),
             [](nd::array a, nd::array b) {
               nd::array c = a + std::complex<double>(0, 1) * nd::swapaxes(a, -1, -2);
               nd::array square = nd::matmul(c, nd::swapaxes(c.conj(), -1, -2));
               return arrays{nd::linalg::solve(c, b), nd::linalg::inv(c), nd::linalg::det(c),
                             nd::linalg::cholesky(square)};
             });
  workload("eigenvalues of batches" + t, same(steady({200, 32, 32}, type)), [](nd::array a) {
    auto [values, vectors] = nd::linalg::eigh(a);
    return arrays{values, vectors, nd::linalg::svdvals(a)};
  });
  workload(
      "single decompositions" + t, same(steady({300, 300}, type), filled({300, 7}, type)),
      [](nd::array a, nd::array b) {
        auto [q, r] = nd::linalg::qr(a);
        auto [u, s, vh] = nd::linalg::svd(a);
        return arrays{
            nd::linalg::solve(a, b), q, r, u, s, vh, nd::linalg::cholesky(nd::matmul(a, a.T()))};
      });
  workload(
      "transforms" + t,
      same(filled({million}, type), filled({1000 / part, 1001}, type), filled({4096, 16}, type)),
      [](nd::array line, nd::array plane, nd::array rows) {
        arrays results;
        for (nd::array f : {nd::fft::rfft(line), nd::fft::fft2(plane), nd::fft::fft(rows),
                            nd::fft::fft(plane, {}, 0)}) {
          results.push_back(nd::real(f));
          results.push_back(nd::imag(f));
        }
        results.push_back(nd::fft::irfft(nd::fft::rfft(line), line.size()));
        return results;
      });
  for (auto [name, make] :
       {std::pair<const char *, nd::random::Generator (*)()>{
            "noise of PCG64", [] { return nd::random::default_rng(7); }},
        {"noise of Philox", [] { return nd::random::Generator(nd::random::Philox(7)); }}})
    workload(name + t,
             std::function([=, x = filled({million}, type)] { return std::tuple(make(), x); }),
             [](nd::random::Generator g, nd::array x) {
               const int64_t n = x.size();
               return arrays{(x + g.random({n})).sum(), g.standard_normal({n}),
                             g.integers(0, 1000, {n}), g.standard_exponential({n}) * x};
             });
  workload("ranks" + t, same(filled({1000 / part, 1000}, type)), [](nd::array x) {
    return arrays{nd::partition(x, 100, 1), nd::argsort(x, 0), nd::percentile(x, 30, 1),
                  nd::lexsort({x[0], x[1]})};
  });
}

} // namespace

int main(int argc, char **argv) {
  runs = argc > 1 ? std::atoi(argv[1]) : 1;
  part = argc > 2 ? std::atoi(argv[2]) : 1;
  for (nd::dtype type : {nd::float32, nd::float64}) {
    all_of(type);
    library(type);
  }
  return failed ? 1 : 0;
}
