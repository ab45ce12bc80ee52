// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <gtest/gtest.h>
#include <ndrt/ndrt.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>
#include <numeric>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

template <class Body> void parallelFor(int64_t n, int64_t grain, Body body) {
  ndrt_parallel_for([](void *context, int64_t begin,
                       int64_t end) { (*static_cast<Body *>(context))(begin, end); },
                    &body, n, grain);
}

class Threads : public testing::Test {
protected:
  void SetUp() override { ndrt_set_num_threads(4); }
  void TearDown() override { ndrt_set_num_threads(0); }
};

TEST_F(Threads, EveryIndexIsVisitedOnceInPiecesOfWholeGrains) {
  for (int64_t n : {1, 2, 7, 64, 1000, 12345})
    for (int64_t grain : {1, 3, 64, 5000}) {
      std::vector<int> visits(static_cast<size_t>(n));
      std::atomic<bool> whole{true};
      parallelFor(n, grain, [&](int64_t begin, int64_t end) {
        if (end != n && (end - begin) % grain != 0)
          whole = false;
        for (int64_t i = begin; i < end; ++i)
          ++visits[static_cast<size_t>(i)];
      });
      EXPECT_TRUE(whole);
      EXPECT_EQ(std::accumulate(visits.begin(), visits.end(), int64_t{0}), n);
      EXPECT_EQ(*std::max_element(visits.begin(), visits.end()), 1);
    }
}

TEST_F(Threads, SmallWorkStaysOnTheCaller) {
  std::thread::id caller = std::this_thread::get_id(), worker;
  int calls = 0;
  parallelFor(100, 100, [&](int64_t begin, int64_t end) {
    worker = std::this_thread::get_id();
    calls += begin == 0 && end == 100;
  });
  EXPECT_EQ(worker, caller);
  EXPECT_EQ(calls, 1);
  parallelFor(0, 1, [&](int64_t, int64_t) { ++calls; });
  parallelFor(-5, 1, [&](int64_t, int64_t) { ++calls; });
  EXPECT_EQ(calls, 1);
}

TEST_F(Threads, HugeRangesDoNotOverflow) {
  constexpr int64_t n = std::numeric_limits<int64_t>::max();
  for (int64_t grain : {int64_t{1} << 40, n / 2, n - 1}) {
    std::atomic<uint64_t> covered{0};
    parallelFor(n, grain,
                [&](int64_t begin, int64_t end) { covered += static_cast<uint64_t>(end - begin); });
    EXPECT_EQ(covered, static_cast<uint64_t>(n));
  }
}

TEST_F(Threads, SeveralThreadsWorkAtTheSameTime) {
  std::atomic<int> inside{0}, most{0};
  parallelFor(64, 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      int now = ++inside;
      for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      --inside;
    }
  });
  EXPECT_GT(most, 1);
  EXPECT_LE(most, 4);
}

TEST_F(Threads, NestedLoopsRun) {
  std::atomic<int64_t> sum{0};
  parallelFor(50, 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i)
      parallelFor(100, 1, [&](int64_t from, int64_t to) { sum += to - from; });
  });
  EXPECT_EQ(sum, 5000);
}

TEST_F(Threads, CallersFromManyThreadsAllFinish) {
  std::atomic<int64_t> sum{0};
  std::vector<std::thread> callers;
  for (int t = 0; t < 4; ++t)
    callers.emplace_back([&] {
      for (int round = 0; round < 300; ++round)
        parallelFor(1000, 10, [&](int64_t begin, int64_t end) { sum += end - begin; });
    });
  for (std::thread &caller : callers)
    caller.join();
  EXPECT_EQ(sum, 4 * 300 * 1000);
}

TEST_F(Threads, TheThreadCountCanChangeBetweenLoops) {
  for (int count : {1, 2, 5, 3, 8, 1, 4}) {
    ndrt_set_num_threads(count);
    EXPECT_EQ(ndrt_num_threads(), count);
    std::atomic<int64_t> sum{0};
    for (int round = 0; round < 50; ++round)
      parallelFor(200, 1, [&](int64_t begin, int64_t end) { sum += end - begin; });
    EXPECT_EQ(sum, 10000);
  }
  ndrt_set_num_threads(0);
  EXPECT_GE(ndrt_num_threads(), 1);
}

TEST_F(Threads, SleepersWakeUp) {
  std::atomic<int64_t> sum{0};
  for (int round = 0; round < 5; ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    parallelFor(100, 1, [&](int64_t begin, int64_t end) { sum += end - begin; });
  }
  EXPECT_EQ(sum, 500);
}

#if !defined(__SANITIZE_THREAD__)
TEST_F(Threads, AChildOfForkStartsItsOwnThreads) {
  parallelFor(100, 1, [](int64_t, int64_t) {});
  pid_t child = fork();
  if (child == 0) {
    std::atomic<int64_t> sum{0};
    parallelFor(1000, 1, [&](int64_t begin, int64_t end) { sum += end - begin; });
    _exit(sum == 1000 ? 0 : 1);
  }
  int status = 1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}
#endif

} // namespace
