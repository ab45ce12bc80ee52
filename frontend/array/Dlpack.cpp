// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/dlpack.h"
#include "frontend/array/Compose.h"

#include <dlpack/dlpack.h>

#include <cstring>
#include <memory>

// What DLPack 1.0 added, where the header is older.
#ifndef DLPACK_MAJOR_VERSION
struct DLPackVersion {
  uint32_t major, minor;
};
struct DLManagedTensorVersioned {
  DLPackVersion version;
  void *manager_ctx;
  void (*deleter)(DLManagedTensorVersioned *self);
  uint64_t flags;
  DLTensor dl_tensor;
};
#endif

namespace nd {
namespace {

constexpr uint32_t major_version = 1;
constexpr uint64_t read_only = 1;

using detail::raise;
using rules::error_kind;

/// The number of a device's type, which need not be one that the header names.
int type_of(const DLDevice &d) {
  int type;
  static_assert(sizeof type == sizeof d.device_type);
  std::memcpy(&type, &d.device_type, sizeof type);
  return type;
}

/// Where the memory of a device is, if it is not the processor's.
std::string device_name(const DLDevice &d) {
  static constexpr const char *names[] = {
      "",     "", "CUDA",      "", "OpenCL", "",       "",        "Vulkan", "Metal", "VPI",
      "ROCm", "", "extension", "", "oneAPI", "WebGPU", "Hexagon", "MAIA"}; // but what it can read
  const size_t type = size_t(type_of(d));
  std::string name = type < std::size(names) ? names[type] : "";
  return (name.empty() ? "device type " + std::to_string(type_of(d)) : name) + ":" +
         std::to_string(d.device_id);
}

dtype dtype_of(const DLDataType &t, const site &where) {
  if (t.lanes == 1)
    for (dtype k : rules::all_dtypes)
      if (t.code == rules::dl_code(k) && t.bits == 8 * rules::itemsize(k))
        return k;
  raise(error_kind::dtype, "from_dlpack",
        "elements of DLPack type code " + std::to_string(t.code) + " with " +
            std::to_string(t.bits) + " bits and " + std::to_string(t.lanes) +
            (t.lanes == 1 ? " lane" : " lanes") +
            " have no dtype; convert them to one of bool, int8 to int64, uint8 to uint64, "
            "float16 to float64, bfloat16, complex64, complex128 first",
        where);
}

/// The elements of a tensor; \p give_back is called when nobody needs them.
array over_tensor(const DLTensor &t, bool readonly, std::function<void()> give_back,
                  const site &where) {
  // Memory of the processor, and what it shares with a device.
  const int device = type_of(t.device);
  if (device != kDLCPU && device != 3 && device != 11 && device != 13)
    raise(error_kind::value, "from_dlpack",
          "the elements are on " + device_name(t.device) +
              ", which the processor cannot read; copy them to the CPU first",
          where);
  const dtype type = dtype_of(t.dtype, where);
  if (t.ndim < 0 || t.ndim > 64 || (t.ndim > 0 && !t.shape))
    raise(error_kind::value, "from_dlpack",
          "the tensor has " + std::to_string(t.ndim) + " axes" +
              (t.ndim > 0 && t.ndim <= 64 ? " and a null pointer for its shape"
                                          : "; 0 to 64 are expected"),
          where);
  const nd::shape extents(t.shape, size_t(t.ndim));
  const int64_t width = int64_t(rules::itemsize(type));
  const int64_t count = detail::element_count(extents, "from_dlpack", where);
  rules::layout how{extents, {}, 0};
  auto too_large = [&] {
    raise(error_kind::value, "from_dlpack",
          "shape " + to_string(extents) +
              " with these strides reaches over more than 2^63 bytes; give smaller ones",
          where);
  };
  int64_t reach = 0, bytes;
  if (__builtin_mul_overflow(count, width, &bytes))
    too_large();
  if (t.strides) {
    for (int axis = 0; axis < t.ndim; ++axis) {
      int64_t stride, along;
      if (__builtin_mul_overflow(t.strides[axis], width, &stride) ||
          (extents[size_t(axis)] > 0 &&
           (__builtin_mul_overflow(stride, extents[size_t(axis)] - 1, &along) ||
            along == INT64_MIN ||
            __builtin_add_overflow(reach, along < 0 ? -along : along, &reach))))
        too_large();
      how.strides.push_back(stride);
    }
  } else {
    how.strides = rules::c_strides(how.extents, width);
  }
  if (!t.data && count > 0)
    raise(error_kind::value, "from_dlpack",
          "the tensor of shape " + to_string(extents) +
              " has a null pointer for data; give its elements",
          where);
  static char nothing[16];
  array out = detail::over(t.data ? static_cast<char *>(t.data) + t.byte_offset : nothing, type,
                           how, std::move(give_back));
  detail::access::get(out).readonly = readonly ? detail::read_only::given : detail::read_only::no;
  return out;
}

[[noreturn]] void raise_null(const site &where) {
  raise(error_kind::value, "from_dlpack",
        "the tensor is null; a capsule gives its tensor once, under the name dltensor", where);
}

/// A tensor that keeps an array alive.
template <class Managed> struct exported {
  Managed managed;
  array kept;
  std::vector<int64_t> extents, strides;

  static void release(Managed *self) { delete static_cast<exported *>(self->manager_ctx); }
};

template <class Managed>
Managed *export_tensor(const array &a, const char *what, const site &where) {
  detail::evaluated(a, what, where);
  const detail::node &n = detail::access::get(a);
  const rules::layout how = detail::layout_of(n);
  const int64_t width = int64_t(rules::itemsize(n.dtype));
  auto out = std::make_unique<exported<Managed>>();
  out->extents = how.extents;
  for (size_t axis = 0; axis < how.extents.size(); ++axis) {
    const bool walked = how.extents[axis] > 1;
    if (walked && how.strides[axis] % width)
      raise(error_kind::value, what,
            "a stride of " + std::to_string(how.strides[axis]) + " bytes is no multiple of the " +
                std::to_string(width) + " bytes of an element; use copy()",
            where);
    out->strides.push_back(walked ? how.strides[axis] / width : 1);
  }
  out->kept = a;
  DLTensor &t = out->managed.dl_tensor;
  t.data = n.data;
  t.device = {kDLCPU, 0};
  t.ndim = int(out->extents.size());
  t.dtype = {rules::dl_code(n.dtype), uint8_t(8 * width), 1};
  t.shape = out->extents.data();
  t.strides = out->strides.data();
  t.byte_offset = 0;
  out->managed.manager_ctx = out.get();
  out->managed.deleter = exported<Managed>::release;
  return &out.release()->managed;
}

} // namespace

array from_dlpack(DLManagedTensor *tensor, site where) {
  if (!tensor)
    raise_null(where);
  return over_tensor(
      tensor->dl_tensor, false,
      [tensor] {
        if (tensor->deleter)
          tensor->deleter(tensor);
      },
      where);
}

array from_dlpack(DLManagedTensorVersioned *tensor, site where) {
  if (!tensor)
    raise_null(where);
  if (tensor->version.major != major_version)
    raise(error_kind::value, "from_dlpack",
          "the tensor is of DLPack " + std::to_string(tensor->version.major) + "." +
              std::to_string(tensor->version.minor) + "; 1.x is expected",
          where);
  return over_tensor(
      tensor->dl_tensor, tensor->flags & read_only,
      [tensor] {
        if (tensor->deleter)
          tensor->deleter(tensor);
      },
      where);
}

DLManagedTensor *array::to_dlpack(site where) const {
  if (detail::access::get(*this, where).readonly != detail::read_only::no)
    raise(error_kind::value, "to_dlpack",
          "the array is read-only, which this struct cannot say of itself; use "
          "to_dlpack_versioned() or copy()",
          where);
  return export_tensor<DLManagedTensor>(*this, "to_dlpack", where);
}

DLManagedTensorVersioned *array::to_dlpack_versioned(site where) const {
  auto *out = export_tensor<DLManagedTensorVersioned>(*this, "to_dlpack_versioned", where);
  out->version = {major_version, 0};
  out->flags = detail::access::get(*this).readonly != detail::read_only::no ? read_only : 0;
  return out;
}

} // namespace nd
