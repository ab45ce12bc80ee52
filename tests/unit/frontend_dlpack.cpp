// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// DLPack within C++; tests/numpy/dlpack.py has NumPy at the other end.
#include "frontend_expect.h"

#include <dlpack/dlpack.h>

#include <memory>

namespace {

// DLPack 1.0, which the header may be older than.
#ifndef DLPACK_MAJOR_VERSION
struct versioned {
  uint32_t major, minor;
  void *context;
  void (*deleter)(versioned *self);
  uint64_t flags;
  DLTensor tensor;
};
#endif

struct managed : DLManagedTensor {
  int64_t shape[2] = {2, 2}, strides[2] = {1, 2};
  double data[4] = {0, 1, 2, 3};
  int deleted = 0;
  managed() {
    dl_tensor = {data, {kDLCPU, 0}, 2, {kDLFloat, 64, 1}, shape, strides, 0};
    manager_ctx = this;
    deleter = [](DLManagedTensor *self) { ++static_cast<managed *>(self->manager_ctx)->deleted; };
  }
};

} // namespace

TEST(Dlpack, SharesMemoryBothWays) {
  managed m;
  {
    nd::array a = nd::from_dlpack(&m);
    expect_array<double>(a, {2, 2}, {0, 2, 1, 3});
    EXPECT_EQ(a.strides(), (nd::shape{8, 16}));
    m.data[2] = 7;
    EXPECT_EQ((a[0, 1]).item(), 7);
    a[1, 0] = 5;
    EXPECT_EQ(m.data[1], 5);
    nd::array view = a[0];
    a = nd::array();
    EXPECT_EQ(m.deleted, 0);
    EXPECT_EQ(view.sum().item(), 7);
  }
  EXPECT_EQ(m.deleted, 1);
}

TEST(Dlpack, GoesRoundWithoutACopy) {
  for (nd::dtype k : nd::rules::all_dtypes) {
    nd::array base = nd::arange(6).astype(k).reshape(2, 3).eval(), a = base.T();
    DLManagedTensor *t = a.to_dlpack();
    EXPECT_EQ(t->dl_tensor.dtype.bits, 8 * nd::itemsize(k));
    EXPECT_EQ(t->dl_tensor.strides[0], 1);
    nd::array b = nd::from_dlpack(t);
    EXPECT_EQ(b.dtype(), k);
    EXPECT_EQ(b.strides(), a.strides());
    a[0, 0] = 1;
    EXPECT_TRUE(nd::array_equal(a, b));
  }
}

TEST(Dlpack, TensorsOfVersion1SayThatTheyAreReadOnly) {
  nd::array row = nd::arange(3.0).eval(), a = nd::broadcast_to(row, {2, 3});
  std::string text = message_of<nd::value_error>([&] { a.to_dlpack(); });
  EXPECT_HAS(text, ND_BELOW(-1));
  EXPECT_HAS(text, "to_dlpack: the array is read-only, which this struct cannot say of itself; use "
                   "to_dlpack_versioned() or copy()");
  nd::array b = nd::from_dlpack(a.to_dlpack_versioned());
  expect_array<double>(b, {2, 3}, {0, 1, 2, 0, 1, 2});
  EXPECT_EQ(b.strides()[0], 0);
  EXPECT_THROW((b[0, 0] = 1), nd::value_error);
  nd::array c = nd::from_dlpack(a.copy().to_dlpack_versioned());
  c[0, 0] = 1;
#ifndef DLPACK_MAJOR_VERSION
  auto *raw = reinterpret_cast<versioned *>(a.copy().to_dlpack_versioned());
  EXPECT_EQ(raw->major, 1u);
  EXPECT_EQ(raw->flags, 0u);
  raw->major = 2;
  text = message_of<nd::value_error>(
      [&] { nd::from_dlpack(reinterpret_cast<DLManagedTensorVersioned *>(raw)); });
  EXPECT_HAS(text, "from_dlpack: the tensor is of DLPack 2.0; 1.x is expected");
  raw->deleter(raw);
#endif
}

TEST(Dlpack, RefusesWhatItCannotTake) {
  managed m;
  m.dl_tensor.device = {kDLCUDA, 0};
  std::string text = message_of<nd::value_error>([&] { nd::from_dlpack(&m); });
  EXPECT_HAS(text, ND_BELOW(-1));
  EXPECT_HAS(text, "the elements are on CUDA:0, which the processor cannot read");
  m.dl_tensor.device = {kDLCPU, 0};
  m.dl_tensor.dtype = {kDLOpaqueHandle, 64, 1};
  text = message_of<nd::dtype_error>([&] { nd::from_dlpack(&m); });
  EXPECT_HAS(text, "elements of DLPack type code 3 with 64 bits and 1 lane have no dtype");
  EXPECT_EQ(m.deleted, 0);
  nd::array odd = nd::from_buffer(m.data, {1, 2}, {8, 12});
  text = message_of<nd::value_error>([&] { odd.to_dlpack(); });
  EXPECT_HAS(text, "a stride of 12 bytes is no multiple of the 8 bytes of an element; use copy()");
  auto inside = nd::jit([](nd::array a) {
    a.to_dlpack();
    return a;
  });
  EXPECT_THROW(inside(nd::ones(3)), nd::trace_error);
}
