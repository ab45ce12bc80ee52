// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <gtest/gtest.h>
#include <ndrt/ndrt.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstring>
#include <limits>
#include <numeric>
#include <random>
#include <string>
#include <vector>

namespace {

template <class T> DLDataType typeOf() {
  if constexpr (std::is_same_v<T, bool>)
    return {NDRT_DL_BOOL, 8, 1};
  else if constexpr (std::is_floating_point_v<T>)
    return {kDLFloat, 8 * sizeof(T), 1};
  else if constexpr (std::is_integral_v<T>)
    return {std::is_signed_v<T> ? uint8_t{kDLInt} : uint8_t{kDLUInt}, 8 * sizeof(T), 1};
  else
    return {kDLComplex, 8 * sizeof(T), 1};
}

struct Tensor {
  std::vector<int64_t> shape, strides;
  DLTensor raw{};

  Tensor(const void *data, DLDataType type, std::vector<int64_t> extents,
         std::vector<int64_t> steps = {})
      : shape(std::move(extents)), strides(std::move(steps)) {
    raw.data = const_cast<void *>(data);
    raw.device = {kDLCPU, 0};
    raw.dtype = type;
    raw.ndim = static_cast<int>(shape.size());
    raw.shape = shape.data();
    raw.strides = strides.empty() ? nullptr : strides.data();
  }
  template <class T>
  Tensor(const std::vector<T> &data, std::vector<int64_t> extents, std::vector<int64_t> steps = {})
      : Tensor(data.data(), typeOf<T>(), std::move(extents), std::move(steps)) {}
};

/// Vectors whose bytes can be written to, bool included.
struct Bools {
  std::vector<uint8_t> bytes;
  Tensor tensor(std::vector<int64_t> shape, std::vector<int64_t> strides = {}) const {
    return Tensor(bytes.data(), typeOf<bool>(), std::move(shape), std::move(strides));
  }
};

template <class T> std::vector<T> numbered(int64_t count) {
  std::vector<T> out(static_cast<size_t>(count));
  std::iota(out.begin(), out.end(), T(0));
  return out;
}

ndrt_status gather(const Tensor &x, const std::vector<const Tensor *> &indices, Tensor &out,
                   int64_t axes, int64_t place = 0) {
  std::vector<const DLTensor *> list;
  for (const Tensor *i : indices)
    list.push_back(&i->raw);
  return ndrt_gather(&x.raw, list.data(), static_cast<int32_t>(list.size()), &out.raw, axes, place);
}
ndrt_status scatter(const Tensor &value, const std::vector<const Tensor *> &indices, Tensor &out,
                    int64_t axes, int32_t mode) {
  std::vector<const DLTensor *> list;
  for (const Tensor *i : indices)
    list.push_back(&i->raw);
  return ndrt_scatter(&value.raw, list.data(), static_cast<int32_t>(list.size()), &out.raw, axes,
                      mode);
}

template <class T> void gathersRows() {
  // x[:, i] of 4 x 5 x 3, where x lies transposed in memory and i counts from the end too.
  auto data = numbered<T>(60);
  std::vector<int64_t> i = {4, -1, 0, -5};
  Tensor x(data, {4, 5, 3}, {1, 12, 4}), at(i, {2, 2});
  std::vector<T> got(2 * 2 * 4 * 3);
  Tensor out(got, {2, 2, 4, 3});
  ASSERT_EQ(gather(x, {&at}, out, 0b010), NDRT_OK);
  size_t next = 0;
  for (int64_t p : {4, 4, 0, 0})
    for (int64_t a = 0; a < 4; ++a)
      for (int64_t c = 0; c < 3; ++c)
        EXPECT_EQ(got[next++], data[static_cast<size_t>(a + 12 * p + 4 * c)]);
}

/// The axes of the indices stand where they are wanted, for few and many places of the others.
template <class T> void gathersInPlace(const std::vector<int64_t> &extents, int axis, int64_t n) {
  int64_t size = 1;
  for (int64_t extent : extents)
    size *= extent;
  auto data = numbered<T>(size);
  std::vector<int64_t> i, strides(extents.size()), around;
  for (int64_t k = 0; k < n; ++k)
    i.push_back(k * 7919 % (2 * extents[size_t(axis)]) - extents[size_t(axis)]);
  int64_t packed = 1; // the first axis moves fastest
  for (size_t a = 0; a < extents.size(); packed *= extents[a++])
    strides[a] = packed;
  for (int64_t place = 0; place < int64_t(extents.size()); ++place) {
    SCOPED_TRACE(testing::Message() << "axis " << axis << ", place " << place);
    std::vector<int64_t> shape, order;
    for (int a = 0; a < int(extents.size()); ++a)
      if (a != axis) {
        shape.push_back(extents[size_t(a)]);
        order.push_back(a);
      }
    shape.insert(shape.begin() + place, n);
    order.insert(order.begin() + place, axis);
    std::vector<T> got(size_t(size / extents[size_t(axis)] * n));
    Tensor x(data, extents, strides), at(i, {n}), out(got, shape);
    ASSERT_EQ(gather(x, {&at}, out, int64_t{1} << axis, place), NDRT_OK);
    std::vector<int64_t> index(shape.size(), 0);
    for (const T &value : got) {
      int64_t from = 0;
      for (size_t a = 0; a < shape.size(); ++a) {
        const int64_t here = order[a] == axis ? i[size_t(index[a])] : index[a];
        from += (here < 0 ? here + extents[size_t(axis)] : here) * strides[size_t(order[a])];
      }
      ASSERT_EQ(value, data[size_t(from)]);
      for (size_t a = shape.size(); a-- > 0 && ++index[a] == shape[a];)
        index[a] = 0;
    }
  }
}

TEST(Gather, TheAxesOfTheIndicesStandWhereTheyAreWanted) {
  for (int axis : {0, 1, 2}) {
    gathersInPlace<uint8_t>({4, 5, 3}, axis, 7);
    gathersInPlace<double>({33, 5, 70}, axis, 3);
    gathersInPlace<int16_t>({3, 20, 6}, axis, 2500); // more than a block
    gathersInPlace<int32_t>({300, 4, 200}, axis, 5); // on threads
  }
  std::vector<double> data(6), got(4);
  std::vector<int64_t> i = {1, 0};
  Tensor x(data, {2, 3}), at(i, {2}), out(got, {2, 2});
  EXPECT_EQ(gather(x, {&at}, out, 0b10, 2), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(gather(x, {&at}, out, 0b10, -1), NDRT_ERR_ARGUMENT);
}

TEST(Gather, AnyElementSize) {
  gathersRows<uint8_t>();
  gathersRows<int16_t>();
  gathersRows<float>();
  gathersRows<int64_t>();
}

TEST(Gather, SixteenByteElements) {
  std::vector<std::complex<double>> data = {{0, 1}, {2, 3}, {4, 5}}, got(4);
  std::vector<int64_t> i = {2, 0, -1, 1};
  Tensor x(data, {3}), at(i, {4}), out(got, {4});
  ASSERT_EQ(gather(x, {&at}, out, 1), NDRT_OK);
  EXPECT_EQ(got, (std::vector<std::complex<double>>{{4, 5}, {0, 1}, {4, 5}, {2, 3}}));
}

TEST(Gather, IndexArraysBroadcast) {
  auto data = numbered<double>(20);
  std::vector<int64_t> rows = {3, 1}, columns = {0, 4, 2};
  std::vector<double> got(6);
  Tensor x(data, {4, 5}), r(rows, {2, 1}), c(columns, {3}), out(got, {2, 3});
  ASSERT_EQ(gather(x, {&r, &c}, out, 0b11), NDRT_OK);
  EXPECT_EQ(got, (std::vector<double>{15, 19, 17, 5, 9, 7}));
  // Strides of 0 say the same.
  Tensor r0(rows, {2, 3}, {1, 0}), c0(columns, {2, 3}, {0, 1});
  std::vector<double> again(6);
  Tensor out0(again, {2, 3});
  ASSERT_EQ(gather(x, {&r0, &c0}, out0, 0b11), NDRT_OK);
  EXPECT_EQ(again, got);
}

TEST(Gather, LongRowsAndManyRows) {
  const int64_t length = 50000; // above what one memcpy takes
  auto data = numbered<double>(3 * length);
  std::vector<int64_t> i = {2, 0};
  std::vector<double> got(static_cast<size_t>(2 * length));
  Tensor x(data, {3, length}), at(i, {2}), out(got, {2, length});
  ASSERT_EQ(gather(x, {&at}, out, 1), NDRT_OK);
  EXPECT_EQ(got[0], 2. * length);
  EXPECT_EQ(got.back(), length - 1.);

  std::mt19937 random(3);
  auto small = numbered<int32_t>(1000);
  std::vector<int64_t> many(300001);
  for (int64_t &p : many)
    p = static_cast<int64_t>(random() % 2000) - 1000;
  std::vector<int32_t> picked(many.size());
  Tensor y(small, {1000}), m(many, {300001}), to(picked, {300001});
  ASSERT_EQ(gather(y, {&m}, to, 1), NDRT_OK);
  for (size_t j = 0; j < many.size(); ++j)
    ASSERT_EQ(picked[j], (many[j] + 1000) % 1000);
}

TEST(Gather, SaysWhereAnIndexIsOutside) {
  auto data = numbered<double>(20);
  std::vector<int64_t> i(8, 0);
  i[7] = 7;
  std::vector<double> got(8 * 5, -1);
  Tensor x(data, {4, 5}), at(i, {2, 4}), out(got, {2, 4, 5});
  EXPECT_EQ(gather(x, {&at}, out, 1), NDRT_ERR_INDEX);
  EXPECT_STREQ(ndrt_last_error(),
               "gather: index 7 at position (1, 3) is out of bounds for axis 0 with size 4");
  EXPECT_EQ(got, std::vector<double>(40, -1));
  i[7] = 0;
  i[2] = -6;
  std::vector<double> columns(8 * 4, -1);
  Tensor out2(columns, {2, 4, 4});
  EXPECT_EQ(gather(x, {&at}, out2, 2), NDRT_ERR_INDEX);
  EXPECT_STREQ(ndrt_last_error(),
               "gather: index -6 at position (0, 2) is out of bounds for axis 1 with size 5");
  std::vector<int64_t> one = {9};
  Tensor lone(one, std::vector<int64_t>{}), row(columns, {5});
  EXPECT_EQ(gather(x, {&lone}, row, 1), NDRT_ERR_INDEX);
  EXPECT_STREQ(ndrt_last_error(), "gather: index 9 is out of bounds for axis 0 with size 4");
  // The first of many, whoever finds it.
  std::vector<int64_t> many(500000, 0);
  many[123456] = many[400000] = INT64_MIN;
  std::vector<double> to(many.size());
  Tensor m(many, {500000}), flat(data, {20}), out3(to, {500000});
  EXPECT_EQ(gather(flat, {&m}, out3, 1), NDRT_ERR_INDEX);
  EXPECT_STREQ(ndrt_last_error(), "gather: index -9223372036854775808 at position (123456,) is out "
                                  "of bounds for axis 0 with size 20");
}

TEST(Gather, RefusesWhatDoesNotFit) {
  auto data = numbered<double>(20);
  std::vector<int64_t> i = {0};
  std::vector<int32_t> narrow = {0};
  std::vector<double> got(5);
  std::vector<float> other(5);
  Tensor x(data, {4, 5}), at(i, {1}), at32(narrow, {1}), out(got, {1, 5}), wrong(got, {5}),
      single(other, {1, 5});
  EXPECT_EQ(gather(x, {&at}, wrong, 1), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(gather(x, {&at}, out, 3), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(gather(x, {&at}, out, 4), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(gather(x, {&at32}, out, 1), NDRT_ERR_ARGUMENT);
  EXPECT_EQ(gather(x, {&at}, single, 1), NDRT_ERR_ARGUMENT);
}

TEST(Scatter, TheLastValueWins) {
  std::vector<double> x(6, 0), value = {1, 2, 3, 4};
  std::vector<int64_t> i = {5, 0, -1, 0};
  Tensor out(x, {6}), v(value, {4}), at(i, {4});
  ASSERT_EQ(scatter(v, {&at}, out, 1, NDRT_SET), NDRT_OK);
  EXPECT_EQ(x, (std::vector<double>{4, 0, 0, 0, 0, 3}));
}

TEST(Scatter, WritesNothingIfAnIndexIsOutside) {
  std::vector<int32_t> x(6, 7), value = {1};
  std::vector<int64_t> i = {0, 1, 6};
  Tensor out(x, {6}), v(value, {1}), at(i, {3});
  EXPECT_EQ(scatter(v, {&at}, out, 1, NDRT_SET), NDRT_ERR_INDEX);
  EXPECT_STREQ(ndrt_last_error(),
               "scatter: index 6 at position (2,) is out of bounds for axis 0 with size 6");
  EXPECT_EQ(x, std::vector<int32_t>(6, 7));
}

TEST(Scatter, ValuesBroadcastOverIndicesAndRows) {
  std::vector<int64_t> x(12, 0), row = {1, 2, 3}, column = {10, 20}, i = {3, 1};
  Tensor out(x, {4, 3}), r(row, {3}), at(i, {2});
  ASSERT_EQ(scatter(r, {&at}, out, 1, NDRT_ADD), NDRT_OK);
  EXPECT_EQ(x, (std::vector<int64_t>{0, 0, 0, 1, 2, 3, 0, 0, 0, 1, 2, 3}));
  Tensor c(column, {2, 1});
  ASSERT_EQ(scatter(c, {&at}, out, 1, NDRT_ADD), NDRT_OK);
  EXPECT_EQ(x, (std::vector<int64_t>{0, 0, 0, 21, 22, 23, 0, 0, 0, 11, 12, 13}));
  // Columns of the transpose in memory.
  Tensor turned(x, {3, 4}, {1, 3});
  std::vector<int64_t> zero = {0}, first = {0};
  Tensor z(zero, std::vector<int64_t>{}), f(first, {1});
  ASSERT_EQ(scatter(z, {&f}, turned, 1, NDRT_SET), NDRT_OK);
  EXPECT_EQ(x, (std::vector<int64_t>{0, 0, 0, 0, 22, 23, 0, 0, 0, 0, 12, 13}));
}

template <class T> T combined(int32_t mode, T x, std::vector<T> values) {
  std::vector<T> to = {x};
  std::vector<int64_t> i(values.size(), 0);
  Tensor out(to, {1}), v(values, {static_cast<int64_t>(values.size())}),
      at(i, {static_cast<int64_t>(values.size())});
  EXPECT_EQ(scatter(v, {&at}, out, 1, mode), NDRT_OK);
  return to[0];
}

TEST(Scatter, ModesAccumulate) {
  EXPECT_EQ(combined<int8_t>(NDRT_ADD, 100, {20, 20}), int8_t(140));
  EXPECT_EQ(combined<uint8_t>(NDRT_SUBTRACT, 1, {2}), 255);
  EXPECT_EQ(combined<uint16_t>(NDRT_MULTIPLY, 65535, {65535}), 1);
  EXPECT_EQ(combined<int32_t>(NDRT_MINIMUM, 3, {-1, 5}), -1);
  EXPECT_EQ(combined<uint32_t>(NDRT_MAXIMUM, 3, {0xffffffff, 5}), 0xffffffff);
  EXPECT_EQ(combined<int64_t>(NDRT_BITWISE_XOR, 6, {3, 8}), 13);
  EXPECT_EQ(combined<float>(NDRT_DIVIDE, 12, {2, 3}), 2);
  EXPECT_EQ(combined<double>(NDRT_ADD, 1e16, {1, 1}), 1e16); // one after the other
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(combined<double>(NDRT_MAXIMUM, 1, {nan, 2})));
  EXPECT_TRUE(std::isnan(combined<double>(NDRT_MINIMUM, nan, {2})));
  using complex = std::complex<double>;
  EXPECT_EQ(combined<complex>(NDRT_MULTIPLY, {1, 2}, {{3, 4}}), complex(-5, 10));
  EXPECT_EQ(combined<complex>(NDRT_DIVIDE, {-5, 10}, {{3, 4}}), complex(1, 2));
}

TEST(Scatter, SixteenBitFloatsRoundEachTime) {
  // 2048 + 1 is halfway between float16's 2048 and 2050 and goes to even; so does 256 + 1 in
  // bfloat16.
  auto add = [](DLDataType type, uint16_t x, std::vector<uint16_t> values) {
    std::vector<int64_t> i(values.size(), 0);
    auto count = static_cast<int64_t>(values.size());
    Tensor out(&x, type, {1}), v(values.data(), type, {count}), at(i, {count});
    EXPECT_EQ(scatter(v, {&at}, out, 1, NDRT_ADD), NDRT_OK);
    return x;
  };
  const DLDataType half{kDLFloat, 16, 1}, brain{kDLBfloat, 16, 1};
  EXPECT_EQ(add(half, 0x6800, {0x3c00, 0x3c00}), 0x6800);
  EXPECT_EQ(add(half, 0x6800, {0x4000}), 0x6801);
  EXPECT_EQ(add(half, 0x7bff, {0x7bff}), 0x7c00);
  EXPECT_EQ(add(half, 0x0001, {0x0001}), 0x0002); // subnormal
  EXPECT_EQ(add(half, 0x0000, {0x8001}), 0x8001);
  EXPECT_EQ(add(brain, 0x4380, {0x3f80}), 0x4380);
  EXPECT_EQ(add(brain, 0x3f80, {0xbf80}), 0x0000);
}

TEST(Scatter, BoolsAndModesThatAreNone) {
  Bools x{{0, 1, 1}}, value{{1, 0, 0}};
  std::vector<int64_t> i = {0, 1, 2};
  Tensor out = x.tensor({3}), v = value.tensor({3}), at(i, {3});
  ASSERT_EQ(scatter(v, {&at}, out, 1, NDRT_ADD), NDRT_OK);
  EXPECT_EQ(x.bytes, (std::vector<uint8_t>{1, 1, 1}));
  ASSERT_EQ(scatter(v, {&at}, out, 1, NDRT_MULTIPLY), NDRT_OK);
  EXPECT_EQ(x.bytes, (std::vector<uint8_t>{1, 0, 0}));
  EXPECT_EQ(scatter(v, {&at}, out, 1, NDRT_SUBTRACT), NDRT_ERR_ARGUMENT);
  std::vector<int64_t> whole = {1, 2, 3};
  Tensor w(whole, {3});
  EXPECT_EQ(scatter(w, {&at}, w, 1, NDRT_DIVIDE), NDRT_ERR_ARGUMENT);
}

TEST(Compress, TheSameForAnyNumberOfThreads) {
  std::mt19937 random(11);
  const int64_t n = 200003;
  Bools mask{std::vector<uint8_t>(n)};
  std::vector<double> expected;
  std::vector<int64_t> places;
  auto data = numbered<double>(n);
  for (int64_t i = 0; i < n; ++i)
    if ((mask.bytes[static_cast<size_t>(i)] = random() % 3 == 0)) {
      expected.push_back(data[static_cast<size_t>(i)]);
      places.push_back(i);
    }
  const auto count = static_cast<int64_t>(places.size());
  Tensor m = mask.tensor({n}), x(data, {n});
  for (int threads : {1, 2, 4}) {
    ndrt_set_num_threads(threads);
    std::vector<double> got(places.size());
    std::vector<int64_t> at(places.size());
    Tensor out(got, {count}), positions(at, {count});
    ASSERT_EQ(ndrt_compress(&m.raw, &x.raw, &out.raw), NDRT_OK);
    EXPECT_EQ(got, expected);
    ASSERT_EQ(ndrt_flatnonzero(&m.raw, &positions.raw), NDRT_OK);
    EXPECT_EQ(at, places);
  }
  ndrt_set_num_threads(0);
}

TEST(Compress, MasksOfSeveralAxesAndStridedOperands) {
  auto data = numbered<int32_t>(24);
  Bools mask{{1, 0, 0, 1, 0, 1}};
  std::vector<int32_t> got(3 * 4);
  Tensor m = mask.tensor({2, 3}), x(data, {2, 3, 4}), out(got, {3, 4});
  ASSERT_EQ(ndrt_compress(&m.raw, &x.raw, &out.raw), NDRT_OK);
  EXPECT_EQ(got, (std::vector<int32_t>{0, 1, 2, 3, 12, 13, 14, 15, 20, 21, 22, 23}));
  Tensor turnedMask = mask.tensor({3, 2}, {1, 3}), turned(data, {3, 2, 4}, {4, 12, 1});
  ASSERT_EQ(ndrt_compress(&turnedMask.raw, &turned.raw, &out.raw), NDRT_OK);
  EXPECT_EQ(got, (std::vector<int32_t>{0, 1, 2, 3, 12, 13, 14, 15, 20, 21, 22, 23}));
  Tensor small(got, {2, 4});
  EXPECT_EQ(ndrt_compress(&m.raw, &x.raw, &small.raw), NDRT_ERR_ARGUMENT);
  EXPECT_STREQ(ndrt_last_error(),
               "compress: the mask holds at 3 places and out has room for 2; they must be equal");
}

TEST(Compress, RowsOfSmallElementsAtAnyAddress) {
  for (int64_t width : {2, 4, 8, 16}) {
    const int64_t rows = 100;
    std::vector<uint8_t> x(size_t(rows * width + 1)), expected;
    std::iota(x.begin(), x.end(), uint8_t{0});
    Bools mask{std::vector<uint8_t>(size_t(rows))};
    for (int64_t i = 0; i < rows; ++i)
      if ((mask.bytes[size_t(i)] = i % 3 == 0))
        expected.insert(expected.end(), x.begin() + 1 + i * width, x.begin() + 1 + (i + 1) * width);
    std::vector<uint8_t> out(expected.size());
    Tensor where = mask.tensor({rows});
    Tensor from(x.data() + 1, typeOf<uint8_t>(), {rows, width});
    Tensor to(out.data(), typeOf<uint8_t>(), {int64_t(out.size()) / width, width});
    ASSERT_EQ(ndrt_compress(&where.raw, &from.raw, &to.raw), NDRT_OK) << ndrt_last_error();
    EXPECT_EQ(out, expected);
  }
}

TEST(Repeat, AlongAnAxis) {
  auto data = numbered<int16_t>(6);
  std::vector<int64_t> counts = {2, 0, 1};
  std::vector<int16_t> got(6);
  Tensor x(data, {2, 3}), c(counts, {3}), out(got, {2, 3});
  ASSERT_EQ(ndrt_repeat(&x.raw, &c.raw, &out.raw, 1), NDRT_OK);
  EXPECT_EQ(got, (std::vector<int16_t>{0, 0, 2, 3, 3, 5}));
  counts[1] = -1;
  EXPECT_EQ(ndrt_repeat(&x.raw, &c.raw, &out.raw, 1), NDRT_ERR_ARGUMENT);
  EXPECT_STREQ(ndrt_last_error(),
               "repeat: count -1 at position 1 is negative; counts are 0 or more");
  counts[1] = 3;
  EXPECT_EQ(ndrt_repeat(&x.raw, &c.raw, &out.raw, 1), NDRT_ERR_ARGUMENT);
}

TEST(Sort, NanLastAndComplexByParts) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> data = {3, nan, -1, 2, -0.0, 0.0}, got(6);
  std::vector<int64_t> order(6);
  Tensor x(data, {6}), out(got, {6}), at(order, {6});
  ASSERT_EQ(ndrt_sort(&x.raw, &out.raw), NDRT_OK);
  EXPECT_EQ(std::vector<double>(got.begin(), got.end() - 1),
            (std::vector<double>{-1, -0.0, 0.0, 2, 3}));
  EXPECT_TRUE(std::signbit(got[1]) && !std::signbit(got[2]) && std::isnan(got[5]));
  ASSERT_EQ(ndrt_argsort(&x.raw, &at.raw), NDRT_OK);
  EXPECT_EQ(order, (std::vector<int64_t>{2, 4, 5, 3, 0, 1}));

  using complex = std::complex<float>;
  const float none = std::numeric_limits<float>::quiet_NaN();
  std::vector<complex> z = {{none, none}, {none, 1}, {1, none}, {1, 2}, {1, 1}, {0, 9}};
  Tensor zs(z, {6});
  ASSERT_EQ(ndrt_argsort(&zs.raw, &at.raw), NDRT_OK);
  EXPECT_EQ(order, (std::vector<int64_t>{5, 4, 3, 2, 1, 0}));
  std::vector<uint16_t> halves = {0x3c00, 0x7e00, 0xbc00, 0xfe00, 0x0000, 0xfc00};
  Tensor h(halves.data(), {kDLFloat, 16, 1}, {6});
  ASSERT_EQ(ndrt_argsort(&h.raw, &at.raw), NDRT_OK);
  EXPECT_EQ(order, (std::vector<int64_t>{5, 2, 4, 0, 1, 3}));
}

TEST(Sort, RowsOfAStridedArray) {
  std::vector<int32_t> data = {5, 1, 3, 4, 2, 6}, got(6);
  Tensor x(data, {3, 2}, {1, 3}), out(got, {3, 2}); // rows (5, 4), (1, 2), (3, 6)
  ASSERT_EQ(ndrt_sort(&x.raw, &out.raw), NDRT_OK);
  EXPECT_EQ(got, (std::vector<int32_t>{4, 5, 1, 2, 3, 6}));
  EXPECT_EQ(data, (std::vector<int32_t>{5, 1, 3, 4, 2, 6}));
}

TEST(Searchsorted, BothSides) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> sorted = {1, 2, 2, 3, nan}, keys = {2, 0, nan, 9};
  std::vector<int64_t> got(4);
  Tensor s(sorted, {5}), k(keys, {2, 2}), out(got, {2, 2});
  ASSERT_EQ(ndrt_searchsorted(&s.raw, &k.raw, &out.raw, 0), NDRT_OK);
  EXPECT_EQ(got, (std::vector<int64_t>{1, 0, 4, 4}));
  ASSERT_EQ(ndrt_searchsorted(&s.raw, &k.raw, &out.raw, 1), NDRT_OK);
  EXPECT_EQ(got, (std::vector<int64_t>{3, 0, 5, 4}));
}

} // namespace
