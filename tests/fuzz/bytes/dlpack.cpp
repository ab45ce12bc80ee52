// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Bytes as a DLPack tensor over a block of memory. A tensor cannot say where its memory ends: what
// would lie outside is taken and given back, but not read.
#include "fuzz/bytes/target.h"

#include <nd/nd.h>

#include <dlpack/dlpack.h>

#include <cstring>
#include <memory>
#include <vector>

namespace {

/// A producer of another library.
struct producer {
  DLManagedTensor tensor{};
  std::vector<int64_t> extents, strides;
  int *given_back;
};

/// Whether all elements lie in \p bytes; everything wide enough not to overflow.
bool inside(const DLTensor &t, size_t bytes) {
  __int128 low = __int128(t.byte_offset), high = low;
  const __int128 width = (t.dtype.bits * t.dtype.lanes + 7) / 8;
  __int128 step = 1;
  for (int axis = t.ndim; axis-- > 0;) {
    __int128 n = t.shape[axis], stride = t.strides ? t.strides[axis] : step;
    if (n <= 0)
      return n == 0;
    (stride < 0 ? low : high) += (n - 1) * stride * width;
    step *= n;
    if (step > bytes || high > __int128(bytes) || low < 0)
      return false;
  }
  return low >= 0 && high + width <= __int128(bytes);
}

} // namespace

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  constexpr size_t block = 4096;
  static std::vector<std::byte> memory(block, std::byte(1));
  size_t at = 0;
  auto take = [&](auto &value) {
    std::memset(&value, 0, sizeof value);
    size_t n = std::min(sizeof value, size - at);
    std::memcpy(&value, data + at, n);
    at += n;
  };
  auto extent = [&] { // mostly small
    int8_t small;
    take(small);
    if (small != 127)
      return int64_t(small);
    int64_t any;
    take(any);
    return any;
  };
  int given_back = 0;
  auto p = std::make_unique<producer>();
  p->given_back = &given_back;
  DLTensor &t = p->tensor.dl_tensor;
  uint8_t flags, rank;
  take(flags);
  take(rank);
  take(t.dtype.code);
  take(t.dtype.bits);
  uint8_t lanes;
  take(lanes);
  t.dtype.lanes = flags & 1 ? lanes : 1;
  t.device = {flags & 2 ? DLDeviceType(lanes) : kDLCPU, flags & 4 ? 1 : 0};
  t.ndim = flags & 8 ? int8_t(rank) : rank % 5;
  int64_t offset = extent();
  t.byte_offset = flags & 16 ? uint64_t(offset) : 0;
  t.data = flags & 32 ? nullptr : memory.data();
  for (int axis = 0; axis < t.ndim; ++axis)
    p->extents.push_back(extent());
  for (int axis = 0; axis < t.ndim; ++axis)
    p->strides.push_back(extent());
  t.shape = p->extents.empty() ? nullptr : p->extents.data();
  t.strides = flags & 64 ? p->strides.data() : nullptr;
  const bool readable = t.data && t.ndim >= 0 && inside(t, block);
  p->tensor.manager_ctx = p.get();
  p->tensor.deleter = [](DLManagedTensor *self) {
    std::unique_ptr<producer> owner(static_cast<producer *>(self->manager_ctx));
    ++*owner->given_back;
  };
  producer *kept = p.release();
  bool taken = false;
  try {
    nd::array a = nd::from_dlpack(&kept->tensor);
    taken = true;
    if (readable && a.size() > 0) {
      nd::array b = nd::copy(a);
      DLManagedTensor *back = b.to_dlpack();
      fuzz::touch(back->dl_tensor.data, b.nbytes());
      back->deleter(back);
    }
  } catch (const nd::error &) {
  }
  if (taken && given_back != 1)
    return fuzz::wrong("the tensor was not given back once");
  if (!taken && given_back == 0)
    kept->tensor.deleter(&kept->tensor); // refused: it stays its producer's
  return given_back == 1 ? 0 : fuzz::wrong("the tensor was given back more than once");
}
