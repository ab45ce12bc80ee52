// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Writing a part of a large array, and reading a part of it whose size the data decide. A benchmark
// of rows updates 1000 of them. Bytes per second count what has to move at least: an update writes
// its elements and reads each operand once; a mask and what it chooses from are read once.
// allocations is the number of blocks taken for one update.
#include <nd/nd.h>

#include <benchmark/benchmark.h>

namespace {

constexpr int64_t rows = 5000, columns = 2500, updates = 1000; // 100 MB of float64

struct data {
  nd::array a = nd::zeros({rows, columns}), row = nd::linspace(0, 1, columns);
  data() { nd::eval(a, row); }
};

/// Calls \p update for a thousand rows in no particular order, each of which moves \p bytes.
template <class F>
void each_row(benchmark::State &state, const nd::array &a, int64_t bytes, F update) {
  auto all = [&] {
    for (int64_t i = 0; i < updates; ++i)
      update(i * 7 % rows);
    a.eval();
  };
  all();
  const uint64_t before = nd::memory_stats().allocations;
  for (auto _ : state)
    all();
  const double done = double(state.iterations() * updates);
  state.counters["allocations"] = double(nd::memory_stats().allocations - before) / done;
  state.SetBytesProcessed(state.iterations() * updates * bytes);
}

/// The same for a single call.
template <class F> void each_call(benchmark::State &state, int64_t bytes, F call) {
  for (int i = 0; i < 3; ++i)
    call();
  const uint64_t before = nd::memory_stats().allocations;
  for (auto _ : state)
    call();
  state.counters["allocations"] =
      double(nd::memory_stats().allocations - before) / double(state.iterations());
  state.SetBytesProcessed(state.iterations() * bytes);
}

void set_row(benchmark::State &state) {
  data d;
  each_row(state, d.a, 2 * d.row.nbytes(), [&](int64_t i) { d.a[i] = d.row; });
}

void add_row(benchmark::State &state) {
  data d;
  each_row(state, d.a, 3 * d.row.nbytes(), [&](int64_t i) { d.a[i] += d.row; });
}

// The row to write is part of the code here, so one is written again and again.
void jit_set_row(benchmark::State &state) {
  data d;
  auto f = nd::jit([](nd::array a, nd::array row) { a[1234] = row; });
  each_row(state, d.a, 2 * d.row.nbytes(), [&](int64_t) { f(d.a, d.row); });
}

void jit_add_row(benchmark::State &state) {
  data d;
  auto f = nd::jit([](nd::array a, nd::array row) { a[1234] += row; });
  each_row(state, d.a, 3 * d.row.nbytes(), [&](int64_t) { f(d.a, d.row); });
}

// A position that is an argument: any row.
void jit_set_row_at(benchmark::State &state) {
  data d;
  auto f = nd::jit([](nd::array a, nd::array row, nd::array i) { a[i] = row; });
  each_row(state, d.a, 2 * d.row.nbytes(), [&](int64_t i) { f(d.a, d.row, i); });
}

// A view of the row as the argument: any row.
void jit_add_to_view(benchmark::State &state) {
  data d;
  auto f = nd::jit([](nd::array view, nd::array row) { view += row; });
  each_row(state, d.a, 3 * d.row.nbytes(), [&](int64_t i) { f(d.a[i], d.row); });
}

constexpr int64_t million = 1'000'000;

void set_masked(benchmark::State &state) {
  nd::array a = nd::linspace(-1, 1, million), mask = nd::arange(million) % 3 == 0;
  nd::eval(a, mask);
  each_call(state, mask.nbytes() + a.nbytes() / 3, [&] {
    a[mask] = 0;
    a.eval();
  });
}

void add_at_indices(benchmark::State &state) {
  nd::array a = nd::zeros(million), indices = nd::arange(million) * 7919 % million;
  nd::eval(a, indices);
  each_call(state, indices.nbytes() + 2 * a.nbytes(), [&] {
    a[indices] += 1;
    a.eval();
  });
}

void masked_sum(benchmark::State &state) {
  nd::array x = nd::linspace(-1, 1, 10 * million), mask = nd::arange(10 * million) % 3 == 0;
  nd::eval(x, mask);
  auto f = nd::jit([](nd::array v, nd::array m) { return v[m].sum(); });
  each_call(state, x.nbytes() + mask.nbytes(), [&] { f(x, mask).eval(); });
}

// The chosen elements themselves: as many as there are.
void masked(benchmark::State &state) {
  nd::array x = nd::linspace(-1, 1, 10 * million), mask = nd::arange(10 * million) % 3 == 0, kept;
  nd::eval(x, mask);
  auto f = nd::jit([](nd::array v, nd::array m) { return v[m]; });
  each_call(state, x.nbytes() + x.nbytes() / 3 + mask.nbytes(),
            [&] { (kept = f(x, mask)).eval(); });
}

} // namespace

BENCHMARK(set_row)->UseRealTime();
BENCHMARK(add_row)->UseRealTime();
BENCHMARK(jit_set_row)->UseRealTime();
BENCHMARK(jit_add_row)->UseRealTime();
BENCHMARK(jit_set_row_at)->UseRealTime();
BENCHMARK(jit_add_to_view)->UseRealTime();
BENCHMARK(set_masked)->UseRealTime();
BENCHMARK(add_at_indices)->UseRealTime();
BENCHMARK(masked_sum)->UseRealTime();
BENCHMARK(masked)->UseRealTime();

BENCHMARK_MAIN();
