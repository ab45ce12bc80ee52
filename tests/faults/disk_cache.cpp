// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/jit/DiskCache.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include <sys/stat.h>

namespace {

namespace fs = std::filesystem;
using nd::cached_object;

cached_object some_object(size_t bytes = 64) {
  cached_object out{3, 2, {}};
  for (size_t i = 0; i < bytes; ++i)
    out.object.push_back(char(i * 7));
  return out;
}

/// A folder that is gone after the test.
struct scratch {
  fs::path path = fs::temp_directory_path() / ("nd-disk-cache-" + std::to_string(getpid()));
  scratch() { fs::remove_all(path); }
  ~scratch() { fs::remove_all(path); }
};

uint64_t bytes_in(const fs::path &folder) {
  uint64_t out = 0;
  for (const auto &entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      out += entry.file_size();
  return out;
}

} // namespace

TEST(DiskCache, UnpacksWhatItPacked) {
  std::string bytes = nd::pack_object("me", "program", some_object());
  auto entry = nd::unpack_object(bytes, "me", "program");
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->kernels, 3);
  EXPECT_EQ(entry->library_calls, 2);
  EXPECT_EQ(entry->object, some_object().object);
}

TEST(DiskCache, RefusesEveryTornFileAndEveryFlippedBit) {
  const std::string bytes = nd::pack_object("me", "program", some_object());
  for (size_t length = 0; length < bytes.size(); ++length)
    EXPECT_FALSE(nd::unpack_object(bytes.substr(0, length), "me", "program")) << length;
  EXPECT_FALSE(nd::unpack_object(bytes + '\0', "me", "program"));
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string damaged = bytes;
    damaged[bit / 8] = char(damaged[bit / 8] ^ 1 << bit % 8);
    EXPECT_FALSE(nd::unpack_object(damaged, "me", "program")) << bit;
  }
}

TEST(DiskCache, RefusesOtherProgramsAndOtherBuilds) {
  std::string bytes = nd::pack_object("me", "program", some_object());
  EXPECT_FALSE(nd::unpack_object(bytes, "you", "program"));
  EXPECT_FALSE(nd::unpack_object(bytes, "me", "another"));
  EXPECT_FALSE(nd::unpack_object(bytes, "mep", "rogram")); // the same bytes, cut elsewhere
}

TEST(DiskCache, KeepsItsBound) {
  scratch folder;
  constexpr uint64_t bound = 64 << 10;
  nd::disk_cache cache(folder.path, "me", bound);
  for (int i = 0; i < 400; ++i)
    EXPECT_TRUE(cache.store("program " + std::to_string(i), some_object(500)));
  EXPECT_LE(bytes_in(folder.path), bound);
  EXPECT_GT(bytes_in(folder.path), bound / 2);
  EXPECT_TRUE(cache.find("program 399")); // the newest is there
  EXPECT_FALSE(cache.store("large", some_object(bound / 16)));
}

TEST(DiskCache, WhatIsUsedStays) {
  scratch folder;
  nd::disk_cache cache(folder.path, "me", 64 << 10);
  ASSERT_TRUE(cache.store("old", some_object(500)));
  fs::path path;
  for (const auto &entry : fs::recursive_directory_iterator(folder.path))
    if (entry.is_regular_file())
      path = entry.path();
  for (int i = 0; i < 400; ++i) {
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(2));
    ASSERT_TRUE(cache.find("old")) << i; // its time is now again
    cache.store("program " + std::to_string(i), some_object(500));
  }
}

TEST(DiskCache, ThreadsMayStoreAndFindAtOnce) {
  scratch folder;
  nd::disk_cache cache(folder.path, "me", 64 << 10);
  std::vector<std::jthread> threads;
  std::atomic<int> wrong{0};
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 300; ++i) {
        std::string program = std::to_string(i % 50);
        cache.store(program, some_object(100 + size_t(i % 50)));
        if (auto entry = cache.find(program))
          wrong += entry->object != some_object(100 + size_t(i % 50)).object;
      }
    });
  threads.clear();
  EXPECT_EQ(wrong, 0);
}

TEST(DiskCache, TheLibraryHasABuildId) { EXPECT_GE(nd::build_id().size(), 16u); }
