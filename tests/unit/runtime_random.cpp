// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Streams do not depend on the threads that make them, nor on how they are cut into calls.
#include <ndrt/ndrt.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace {

using State = std::vector<uint64_t>;

State started(int32_t kind, uint32_t seed) {
  State out(size_t(ndrt_random_words(kind)));
  std::vector<uint32_t> words(size_t(ndrt_random_seed_words(kind)));
  EXPECT_EQ(ndrt_seed_sequence(&seed, 1, 4, words.data(), int64_t(words.size())), NDRT_OK);
  EXPECT_EQ(ndrt_random_seed(kind, words.data(), int64_t(words.size()), out.data()), NDRT_OK);
  return out;
}

template <class T> constexpr DLDataType typeOf() {
  return {uint8_t(std::is_floating_point_v<T> ? kDLFloat
                  : std::is_signed_v<T>       ? kDLInt
                                              : kDLUInt),
          8 * sizeof(T), 1};
}
template <class T> DLTensor vectorOf(std::vector<T> &x, int64_t &n) {
  n = int64_t(x.size());
  return {x.data(), {kDLCPU, 0}, 1, typeOf<T>(), &n, nullptr, 0};
}

template <class T, class P>
std::vector<T> draw(State &state, int32_t distribution, int64_t count, std::vector<P> parameters) {
  std::vector<T> out;
  out.resize(size_t(count));
  int64_t words, n;
  DLTensor s = vectorOf(state, words), o = vectorOf(out, n);
  std::vector<DLTensor> tensors;
  for (P &p : parameters)
    tensors.push_back({&p, {kDLCPU, 0}, 0, typeOf<P>(), nullptr, nullptr, 0});
  std::vector<const DLTensor *> pointers;
  for (DLTensor &t : tensors)
    pointers.push_back(&t);
  EXPECT_EQ(ndrt_random(&s, pointers.data(), int32_t(pointers.size()), &o, &s, distribution),
            NDRT_OK)
      << ndrt_last_error();
  return out;
}

/// Drawn on several threads, and in short calls on one: the numbers and the state behind them.
template <class T, class P = double>
void expectSame(int32_t kind, int32_t distribution, std::vector<P> parameters, int warm = 0) {
  SCOPED_TRACE(testing::Message() << "generator " << kind << ", distribution " << distribution);
  constexpr int64_t count = 300001, part = 9001;
  State one = started(kind, 7), many = one;
  for (State *s : {&one, &many})
    draw<float, double>(*s, NDRT_RANDOM_UNIFORM01, warm, {});
  ndrt_set_num_threads(1);
  std::vector<T> wanted;
  while (int64_t(wanted.size()) < count) {
    const int64_t n = std::min<int64_t>(part, count - int64_t(wanted.size()));
    for (T x : draw<T>(one, distribution, n, parameters))
      wanted.push_back(x);
  }
  ndrt_set_num_threads(4);
  const std::vector<T> got = draw<T>(many, distribution, count, parameters);
  ndrt_set_num_threads(0);
  EXPECT_EQ(std::memcmp(got.data(), wanted.data(), got.size() * sizeof(T)), 0);
  EXPECT_EQ(many, one);
}

TEST(RuntimeRandom, ThreadsChangeNothing) {
  for (int32_t kind : {NDRT_PCG64, NDRT_PCG64DXSM, NDRT_PHILOX, NDRT_SFC64, NDRT_MT19937})
    for (int warm : {0, 1}) {
      expectSame<double>(kind, NDRT_RANDOM_UNIFORM01, {}, warm);
      expectSame<float>(kind, NDRT_RANDOM_UNIFORM01, {}, warm);
      expectSame<double>(kind, NDRT_RANDOM_STANDARD_NORMAL, {}, warm);
      expectSame<float>(kind, NDRT_RANDOM_STANDARD_NORMAL, {}, warm);
      expectSame<double>(kind, NDRT_RANDOM_STANDARD_EXPONENTIAL, {}, warm);
      expectSame<float>(kind, NDRT_RANDOM_STANDARD_EXPONENTIAL, {}, warm);
      expectSame<int64_t, int64_t>(kind, NDRT_RANDOM_INTEGERS, {0, 1000}, warm);
      expectSame<int64_t, int64_t>(kind, NDRT_RANDOM_INTEGERS, {0, (int64_t(3) << 61) / 2}, warm);
    }
}

TEST(RuntimeRandom, ThreadsChangeNothingWhereNumbersTakeManyDraws) {
  const int32_t kind = NDRT_PCG64;
  for (int warm : {0, 1}) {
    expectSame<double>(kind, NDRT_RANDOM_STANDARD_GAMMA, {2.5}, warm);
    expectSame<float, float>(kind, NDRT_RANDOM_STANDARD_GAMMA, {0.3f}, warm);
    expectSame<double>(kind, NDRT_RANDOM_STANDARD_GAMMA, {0.0}, warm); // takes no draws
    expectSame<double>(kind, NDRT_RANDOM_BETA, {0.5, 0.5}, warm);
    expectSame<double>(kind, NDRT_RANDOM_VONMISES, {1.0, 0.5}, warm);
    expectSame<double>(kind, NDRT_RANDOM_NONCENTRAL_CHISQUARE, {0.5, 2.0}, warm);
    expectSame<int64_t>(kind, NDRT_RANDOM_POISSON, {0.0}, warm);
    expectSame<int64_t>(kind, NDRT_RANDOM_POISSON, {5.0}, warm);
    expectSame<int64_t>(kind, NDRT_RANDOM_POISSON, {50.0}, warm);
    expectSame<int64_t>(kind, NDRT_RANDOM_POISSON, {400.0}, warm);
    expectSame<int64_t>(kind, NDRT_RANDOM_ZIPF, {1.1}, warm);
    expectSame<double>(kind, NDRT_RANDOM_TRIANGULAR, {0.0, 1.0, 3.0}, warm);
    expectSame<double>(kind, NDRT_RANDOM_NONCENTRAL_F, {0.5, 5.0, 2.0}, warm);
    expectSame<int64_t>(kind, NDRT_RANDOM_GEOMETRIC, {0.2}, warm);
    expectSame<int64_t>(kind, NDRT_RANDOM_LOGSERIES, {0.9}, warm);
    expectSame<int64_t, int64_t>(kind, NDRT_RANDOM_HYPERGEOMETRIC, {1000, 500, 100}, warm);
    expectSame<int64_t, int64_t>(kind, NDRT_RANDOM_HYPERGEOMETRIC, {15, 15, 5}, warm); // halves
  }
  expectSame<int64_t>(kind, NDRT_RANDOM_POISSON, {9.99}); // some take more than a chunk knows
}

TEST(RuntimeRandom, TheLayersOfTheZiggurats) {
  // As many numbers as reach every layer, by their sum: the tables are computed.
  State state = started(NDRT_PCG64, 1);
  double sum = 0;
  for (double x : draw<double, double>(state, NDRT_RANDOM_STANDARD_NORMAL, 1000000, {}))
    sum += std::fabs(x);
  EXPECT_NEAR(sum / 1e6, std::sqrt(2 / 3.141592653589793), 2e-3);
  sum = 0;
  for (double x : draw<double, double>(state, NDRT_RANDOM_STANDARD_EXPONENTIAL, 1000000, {}))
    sum += x;
  EXPECT_NEAR(sum / 1e6, 1, 4e-3);
}

TEST(RuntimeRandom, PhiloxInOneCallIsPhiloxOneByOne) {
  // Single draws take no vectors. The words of the state: kind, half, counter, key, block,
  // position.
  constexpr size_t longest = 1500;
  auto raw = [](State &state, int64_t count) {
    return draw<uint64_t, uint64_t>(state, NDRT_RANDOM_INTEGERS_CLOSED, count, {0, UINT64_MAX});
  };
  const uint64_t most = UINT64_MAX;
  for (uint64_t low : {uint64_t{0}, uint64_t{0x0123456789abcdef}, most, most - 1, most - 8,
                       most - 31, most - 32, most - 33, most - 200})
    for (uint64_t rest : {uint64_t{0}, uint64_t{0xfedcba9876543210}, most})
      for (int64_t warm : {0, 1, 3}) {
        SCOPED_TRACE(testing::Message() << "counter " << low << " " << rest << ", warm " << warm);
        State state = started(NDRT_PHILOX, 3);
        state[2] = low;
        state[3] = state[4] = state[5] = rest;
        if (rest != 0xfedcba9876543210)
          state[6] = state[7] = ~rest;
        raw(state, warm);
        State at = state;
        std::vector<uint64_t> words;
        std::vector<State> behind = {at};
        while (words.size() < longest) {
          words.push_back(raw(at, 1)[0]);
          behind.push_back(at);
        }
        for (size_t n = 0; n <= longest; n += n < 300 ? 1 : 97) {
          State one = state;
          const std::vector<uint64_t> got = raw(one, int64_t(n));
          ASSERT_TRUE(std::equal(got.begin(), got.end(), words.begin())) << n;
          ASSERT_EQ(one, behind[n]) << n;
        }
      }
}

/// Single integers take no vectors.
template <class T> void expectOneByOne(int32_t kind, uint64_t range, int warm) {
  SCOPED_TRACE(testing::Message() << kind << ", range " << range << ", warm " << warm);
  constexpr size_t longest = 1200;
  const uint64_t high = T(-1);
  auto some = [&](State &state, int64_t count) {
    return draw<T, uint64_t>(state, NDRT_RANDOM_INTEGERS_CLOSED, count, {high - range, high});
  };
  State state = started(kind, 11);
  draw<float, double>(state, NDRT_RANDOM_UNIFORM01, warm, {});
  State at = state;
  std::vector<T> numbers;
  std::vector<State> behind = {at};
  while (numbers.size() < longest) {
    numbers.push_back(some(at, 1)[0]);
    behind.push_back(at);
  }
  for (size_t n = 0; n <= longest; n += n < 40 ? 1 : 89) {
    State one = state;
    const std::vector<T> got = some(one, int64_t(n));
    ASSERT_TRUE(std::equal(got.begin(), got.end(), numbers.begin())) << n;
    ASSERT_EQ(one, behind[n]) << n;
  }
}

TEST(RuntimeRandom, IntegersInOneCallAreThoseOneByOne) {
  constexpr uint64_t one = 1;
  for (int32_t kind : {NDRT_PCG64, NDRT_PCG64DXSM, NDRT_PHILOX, NDRT_MT19937})
    for (int warm : {0, 1}) {
      for (uint64_t range : {one << 32, (one << 40) - 1, one * 123456789012345, (3 * one << 62) + 7,
                             one << 63, (one << 63) - 1, UINT64_MAX - 1, UINT64_MAX})
        expectOneByOne<uint64_t>(kind, range, warm);
      // Draws are refused never, seldom, and half of them.
      for (uint64_t range : {one, one * 999, one * 1023, one * 123456788, one << 31,
                             (one << 32) - 2, (one << 32) - 1}) {
        expectOneByOne<uint64_t>(kind, range, warm);
        expectOneByOne<uint32_t>(kind, range, warm);
      }
    }
}

TEST(RuntimeRandom, RunsAreTheNumbersOfTheirPlaces) {
  struct alignas(64) {
    int64_t first = INT64_MIN;
    char rest[NDRT_RUN_HEAD - 8 + NDRT_RUN_BYTES];
  } run;
  for (int32_t kind : {NDRT_PCG64, NDRT_PCG64DXSM, NDRT_PHILOX})
    for (int warm : {0, 1, 2, 3}) {
      State state = started(kind, 5);
      draw<float, double>(state, NDRT_RANDOM_UNIFORM01, warm, {});
      State copy = state, copy32 = state;
      const auto wide = draw<double, double>(copy, NDRT_RANDOM_UNIFORM01, 5000, {});
      const auto narrow = draw<float, double>(copy32, NDRT_RANDOM_UNIFORM01, 5000, {});
      for (int64_t place : {0, 1, 1024, 1025, 2048, 4999, 0, 7}) {
        ndrt_random_run(state.data(), place, 5000, kind, 0, &run);
        ASSERT_EQ(run.first, place);
        const size_t n = std::min<size_t>(NDRT_RUN_BYTES / 8, size_t(5000 - place));
        EXPECT_EQ(std::memcmp(reinterpret_cast<char *>(&run) + NDRT_RUN_HEAD, &wide[size_t(place)],
                              n * 8),
                  0)
            << kind << " " << warm << " " << place;
      }
      run.first = INT64_MIN;
      for (int64_t place : {0, 2048, 1, 2049, 4997, 4999, 0, 7}) {
        ndrt_random_run(state.data(), place, 5000, kind, 1, &run);
        const size_t n = std::min<size_t>(NDRT_RUN_BYTES / 4, size_t(5000 - place));
        EXPECT_EQ(std::memcmp(reinterpret_cast<char *>(&run) + NDRT_RUN_HEAD,
                              &narrow[size_t(place)], n * 4),
                  0)
            << kind << " " << warm << " " << place;
      }
      run.first = INT64_MIN;
      // And the state behind them.
      for (int32_t halves : {0, 1}) {
        int64_t count = 5000, words;
        State next(state.size());
        DLTensor from = vectorOf(state, words), to = vectorOf(next, words);
        DLTensor n = {&count, {kDLCPU, 0}, 0, {kDLInt, 64, 1}, nullptr, nullptr, 0};
        ASSERT_EQ(ndrt_random_skip(&from, &n, &to, halves), NDRT_OK);
        EXPECT_EQ(next, halves ? copy32 : copy);
      }
    }
}

TEST(RuntimeRandom, RunsOfOtherGeneratorsAreNotNumbers) {
  struct alignas(64) {
    int64_t first = INT64_MIN;
    char head[NDRT_RUN_HEAD - 8];
    double numbers[NDRT_RUN_BYTES / 8];
  } run;
  State state = started(NDRT_SFC64, 5);
  ndrt_random_run(state.data(), 0, 100, NDRT_PCG64, 0, &run);
  EXPECT_TRUE(std::isnan(run.numbers[0]) && std::isnan(run.numbers[1023]));
  int64_t count = -1, words;
  DLTensor s = vectorOf(state, words);
  DLTensor n = {&count, {kDLCPU, 0}, 0, {kDLInt, 64, 1}, nullptr, nullptr, 0};
  EXPECT_EQ(ndrt_random_skip(&s, &n, &s, 0), NDRT_ERR_ARGUMENT);
}

} // namespace
