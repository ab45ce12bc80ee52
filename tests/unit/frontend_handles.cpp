// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend_expect.h"

TEST(Handles, CopiesAreTheSameArray) {
  nd::array a({1, 2, 3}), b = a, c = a.copy();
  a += 1;
  EXPECT_EQ(b.to_vector<int64_t>(), (std::vector<int64_t>{2, 3, 4}));
  EXPECT_EQ(c.to_vector<int64_t>(), (std::vector<int64_t>{1, 2, 3}));
  a = a + 1;
  EXPECT_EQ(b.to_vector<int64_t>(), (std::vector<int64_t>{2, 3, 4}));
  EXPECT_EQ(a.to_vector<int64_t>(), (std::vector<int64_t>{3, 4, 5}));
}

TEST(Handles, RecordedOperationsKeepTheValueTheySaw) {
  nd::array a({1.0, 2}), twice = a * 2;
  a += 10;
  EXPECT_EQ(twice.to_vector<double>(), (std::vector<double>{2, 4}));
  EXPECT_EQ(a.to_vector<double>(), (std::vector<double>{11, 12}));
}

TEST(Handles, InPlaceKeepsShapeAndDtype) {
  nd::array i({1, 2}), f({1, 2}, nd::float32);
  f += nd::array({0.5, 0.5});
  EXPECT_EQ(f.dtype(), nd::float32);
  EXPECT_HAS(message_of<nd::dtype_error>([&] { i += 0.5; }), "does not fit in place into int64");
  EXPECT_THROW(i /= 2, nd::dtype_error);
  EXPECT_THROW(i += nd::zeros({3, 2}, nd::int64), nd::shape_error);
}

TEST(Handles, LongChainsAreEvaluatedOnTheWay) {
  nd::array a = nd::zeros({4});
  for (int i = 0; i < 5000; ++i)
    a = a + 1;
  EXPECT_EQ(a.to_vector<double>(), (std::vector<double>(4, 5000)));
}

TEST(Handles, ALoopThatReadsAReductionCompilesFewPrograms) {
  nd::array x = nd::ones({100});
  int64_t before = nd::compile_stats().programs;
  for (int i = 0; i < 50; ++i) {
    x = x * 0.5 + 1.25;
    EXPECT_GT(x.sum().item<double>(), 0);
  }
  EXPECT_LE(nd::compile_stats().programs - before, 6);
}

TEST(Handles, MemoryComesBack) {
  nd::array a = nd::ones({1000, 1000});
  a.eval();
  uint64_t live = nd::memory_stats().live_bytes;
  {
    nd::array b = a * 2, c = b + a;
    nd::eval(b, c);
    EXPECT_GT(nd::memory_stats().live_bytes, live);
  }
  EXPECT_EQ(nd::memory_stats().live_bytes, live);
}
