// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <gtest/gtest.h>
#include <ndrt/ndrt.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace {

struct Tensor {
  std::vector<int64_t> shape, strides;
  DLTensor raw{};

  Tensor(void *data, DLDataType type, std::vector<int64_t> extents, std::vector<int64_t> steps = {})
      : shape(std::move(extents)), strides(std::move(steps)) {
    raw.data = data;
    raw.device = {kDLCPU, 0};
    raw.dtype = type;
    raw.ndim = static_cast<int>(shape.size());
    raw.shape = shape.data();
    raw.strides = strides.empty() ? nullptr : strides.data();
  }
};

/// Copies as the definition says, element by element, in bytes.
void expectCopied(const char *src, const char *dst, size_t bytes, const std::vector<int64_t> &shape,
                  const std::vector<int64_t> &from, const std::vector<int64_t> &to, size_t axis = 0,
                  int64_t at = 0, int64_t onto = 0) {
  if (axis == shape.size()) {
    auto size = static_cast<int64_t>(bytes);
    ASSERT_EQ(std::string(src + at * size, bytes), std::string(dst + onto * size, bytes));
    return;
  }
  for (int64_t i = 0; i < shape[axis] && !testing::Test::HasFatalFailure(); ++i)
    expectCopied(src, dst, bytes, shape, from, to, axis + 1, at + i * from[axis],
                 onto + i * to[axis]);
}

TEST(Copy, AnyLayoutAnyElementSize) {
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    auto rank = random() % 6;
    std::vector<int64_t> shape(rank), from(rank), to(rank);
    std::vector<size_t> order(rank);
    for (size_t axis = 0; axis < rank; ++axis) {
      shape[axis] = static_cast<int64_t>(1 + random() % (rank < 3 ? 150 : 9));
      order[axis] = axis;
    }
    // Axes in any order in memory, with gaps, some backwards, some of the source's repeated.
    auto layOut = [&](std::vector<int64_t> &strides, bool repeat, int64_t &first) {
      std::shuffle(order.begin(), order.end(), random);
      int64_t step = random() % 4 == 0 ? 2 : 1;
      first = 0;
      for (size_t axis : order) {
        strides[axis] = step;
        if (repeat && random() % 5 == 0) {
          strides[axis] = 0;
          continue;
        }
        step *= shape[axis];
        if (random() % 3 == 0)
          step += 3;
        if (random() % 3 == 0) {
          first += (shape[axis] - 1) * strides[axis];
          strides[axis] = -strides[axis];
        }
      }
      return step + 8;
    };
    int64_t fromFirst = 0, toFirst = 0;
    int64_t fromSize = layOut(from, true, fromFirst), toSize = layOut(to, false, toFirst);
    size_t bytes = size_t{1} << random() % 5;
    std::vector<char> src(static_cast<size_t>(fromSize) * bytes + 16);
    std::vector<char> dst(static_cast<size_t>(toSize) * bytes + 16, 'x');
    for (char &value : src)
      value = static_cast<char>(random());
    DLDataType type{kDLUInt, static_cast<uint8_t>(8 * bytes), 1};
    if (bytes == 16)
      type = {kDLComplex, 128, 1};
    auto size = static_cast<int64_t>(bytes);
    Tensor a(src.data() + fromFirst * size, type, shape, from);
    Tensor b(dst.data() + toFirst * size, type, shape, to);
    ASSERT_EQ(ndrt_copy(&a.raw, &b.raw), NDRT_OK) << ndrt_last_error();
    expectCopied(src.data() + fromFirst * size, dst.data() + toFirst * size, bytes, shape, from,
                 to);
    if (HasFatalFailure())
      return;
  }
}

TEST(Copy, LargeTransposition) {
  constexpr int64_t rows = 1537, columns = 1100;
  std::vector<double> src(rows * columns), dst(rows * columns);
  for (size_t i = 0; i < src.size(); ++i)
    src[i] = static_cast<double>(i);
  Tensor a(src.data(), {kDLFloat, 64, 1}, {columns, rows}, {1, columns});
  Tensor b(dst.data(), {kDLFloat, 64, 1}, {columns, rows});
  ASSERT_EQ(ndrt_copy(&a.raw, &b.raw), NDRT_OK);
  for (int64_t i = 0; i < columns; ++i)
    for (int64_t j = 0; j < rows; ++j)
      ASSERT_EQ(dst[static_cast<size_t>(i * rows + j)], static_cast<double>(j * columns + i));
}

TEST(Copy, LongRowsReachTheirLastElement) {
  for (int64_t n : {65535, 131072, 131073, 1000003}) {
    std::vector<float> src(static_cast<size_t>(n)), dst(static_cast<size_t>(n));
    for (size_t i = 0; i < src.size(); ++i)
      src[i] = static_cast<float>(i % 1000);
    Tensor a(src.data() + n - 1, {kDLFloat, 32, 1}, {n}, {-1}),
        b(dst.data(), {kDLFloat, 32, 1}, {n});
    ASSERT_EQ(ndrt_copy(&a.raw, &b.raw), NDRT_OK);
    EXPECT_EQ(std::vector<float>(src.rbegin(), src.rend()), dst);
  }
}

TEST(Copy, EmptyAndScalarArrays) {
  int32_t one = 5, other = 0;
  DLDataType type{kDLInt, 32, 1};
  Tensor a(&one, type, {}), b(&other, type, {});
  EXPECT_EQ(ndrt_copy(&a.raw, &b.raw), NDRT_OK);
  EXPECT_EQ(other, 5);
  Tensor none(nullptr, type, {3, 0}), into(nullptr, type, {3, 0});
  EXPECT_EQ(ndrt_copy(&none.raw, &into.raw), NDRT_OK);
}

TEST(Copy, UnequalShapesAndDtypesAreRefused) {
  int32_t data[4] = {};
  Tensor a(data, {kDLInt, 32, 1}, {2, 2}), b(data, {kDLInt, 32, 1}, {4});
  EXPECT_EQ(ndrt_copy(&a.raw, &b.raw), NDRT_ERR_ARGUMENT);
  EXPECT_NE(std::string(ndrt_last_error()).find("their shapes must be equal"), std::string::npos);
  Tensor c(data, {kDLFloat, 32, 1}, {2, 2});
  EXPECT_EQ(ndrt_copy(&a.raw, &c.raw), NDRT_ERR_ARGUMENT);
}

} // namespace
