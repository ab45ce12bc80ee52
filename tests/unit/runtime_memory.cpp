// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <gtest/gtest.h>
#include <ndrt/ndrt.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

ndrt_memory_stats_t stats() {
  ndrt_memory_stats_t now;
  ndrt_memory_stats(&now);
  return now;
}

TEST(Memory, EverySizeIsAlignedAndReadablePastItsEnd) {
  for (size_t bytes : {size_t{0}, size_t{1}, size_t{63}, size_t{64}, size_t{65}, size_t{1000},
                       size_t{4096}, size_t{65535}, size_t{65536}, size_t{65537}, size_t{100000},
                       size_t{1} << 20, (size_t{2} << 20) - 1, size_t{2} << 20, size_t{9} << 20}) {
    auto *memory = static_cast<volatile char *>(ndrt_alloc(bytes));
    ASSERT_NE(memory, nullptr) << bytes;
    EXPECT_EQ(reinterpret_cast<uintptr_t>(memory) % 64, 0u) << bytes;
    if (bytes >= size_t{2} << 20) {
      EXPECT_EQ(reinterpret_cast<uintptr_t>(memory) % (size_t{2} << 20), 0u) << bytes;
    }
    for (size_t i = 0; i < bytes; i += 61)
      memory[i] = 1;
#if !defined(__SANITIZE_ADDRESS__)
    char past = 0;
    for (size_t i = 0; i < 64; ++i)
      past = static_cast<char>(past + memory[bytes + i]);
    static_cast<void>(past);
#endif
    ndrt_free(const_cast<char *>(memory));
  }
  ndrt_free(nullptr);
}

TEST(Memory, FreedBlocksAreReused) {
  for (size_t bytes : {size_t{100}, size_t{5000}, size_t{200000}, size_t{8} << 20}) {
    void *first = ndrt_alloc(bytes);
    ndrt_free(first);
    uint64_t before = stats().system_allocations;
    for (int i = 0; i < 100; ++i) {
      void *again = ndrt_alloc(bytes);
      EXPECT_EQ(again, first) << bytes;
      ndrt_free(again);
    }
    EXPECT_EQ(stats().system_allocations, before);
  }
}

TEST(Memory, ImpossibleSizesSaySo) {
  for (size_t bytes : {size_t{8000000000000}, std::numeric_limits<size_t>::max(),
                       std::numeric_limits<size_t>::max() - 63, size_t{1} << 62}) {
    EXPECT_EQ(ndrt_alloc(bytes), nullptr);
    std::string text = ndrt_last_error();
    EXPECT_EQ(text.rfind("cannot allocate " + std::to_string(bytes) + " bytes: ", 0), 0u) << text;
  }
}

TEST(Memory, FreeingTwiceIsReportedAndHarmless) {
  void *memory = ndrt_alloc(3000);
  ndrt_free(memory);
  ndrt_free(memory);
  EXPECT_NE(std::string(ndrt_last_error()).find("free each block once"), std::string::npos);
  void *one = ndrt_alloc(3000), *two = ndrt_alloc(3000);
  EXPECT_NE(one, two);
  ndrt_free(one);
  ndrt_free(two);
}

TEST(Memory, TrimGivesEverythingUnusedBack) {
  ndrt_trim();
  std::vector<void *> blocks;
  for (int i = 0; i < 500; ++i)
    blocks.push_back(ndrt_alloc(static_cast<size_t>(i) * 997));
  uint64_t live = stats().live_bytes;
  for (void *block : blocks)
    ndrt_free(block);
  EXPECT_LT(stats().live_bytes, live);
  EXPECT_GE(stats().pooled_bytes, live - stats().live_bytes);
  ndrt_trim();
  EXPECT_LT(stats().pooled_bytes, uint64_t{4} << 20);
  EXPECT_GE(stats().peak_bytes, live);
}

TEST(Memory, BlocksTravelBetweenThreadsAndTheBooksBalance) {
  ndrt_memory_stats_t before = stats();
  constexpr int threads = 4, rounds = 4000, slots = 64;
  static std::atomic<unsigned char *> mailbox[slots];
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t)
    all.emplace_back([t] {
      std::mt19937 random(static_cast<unsigned>(t));
      for (int i = 0; i < rounds; ++i) {
        size_t bytes = 8 + random() % (i % 50 == 0 ? 300000 : 3000);
        auto *mine = static_cast<unsigned char *>(ndrt_alloc(bytes));
        auto mark = static_cast<unsigned char>(1 + t);
        mine[0] = mine[bytes - 1] = mark;
        unsigned char *other = mailbox[random() % slots].exchange(mine);
        if (other) {
          EXPECT_TRUE(other[0] >= 1 && other[0] <= threads);
          ndrt_free(other);
        }
      }
    });
  for (std::thread &thread : all)
    thread.join();
  for (auto &slot : mailbox)
    ndrt_free(slot.exchange(nullptr));
  ndrt_memory_stats_t after = stats();
  EXPECT_EQ(after.live_bytes, before.live_bytes);
  EXPECT_EQ(after.allocations - before.allocations, uint64_t{threads} * rounds);
}

#if !defined(__SANITIZE_THREAD__)
TEST(Memory, AChildOfForkCanAllocate) {
  void *block = ndrt_alloc(1 << 20);
  pid_t child = fork();
  if (child == 0) {
    void *mine = ndrt_alloc(12345);
    ndrt_free(mine);
    ndrt_free(block);
    _exit(mine ? 0 : 1);
  }
  int status = 1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  ndrt_free(block);
}
#endif

} // namespace
