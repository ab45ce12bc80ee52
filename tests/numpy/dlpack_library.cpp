// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// nd behind a C ABI, for dlpack.py: arrays by handle, tensors in and out.
#include <nd/nd.h>

#include <dlpack/dlpack.h>

#include <algorithm>
#include <string>

namespace {

std::string failure;

/// The handle that \p f gives, or null and its error.
template <class F> nd::array *guarded(F f) {
  failure.clear();
  try {
    return new nd::array(f());
  } catch (const std::exception &e) {
    failure = e.what();
    return nullptr;
  }
}

} // namespace

#define EXPORT extern "C" __attribute__((visibility("default")))

EXPORT const char *dl_failure() { return failure.c_str(); }
/// 0, 1, 2, ... of a dtype, in a shape.
EXPORT nd::array *dl_arange(int dtype, const int64_t *shape, int ndim) {
  return guarded([&] {
    nd::shape s(shape, size_t(ndim));
    int64_t n = 1;
    for (int64_t extent : s)
      n *= extent;
    return nd::arange(n).astype(nd::dtype(dtype)).reshape(s).copy();
  });
}
/// A view: 0 itself, 1 transposed, 2 every second row from the end, 3 one more axis, 4 without the
/// first element of the last axis, 5 broadcast.
EXPORT nd::array *dl_view(const nd::array *a, int which) {
  return guarded([&] {
    switch (which) {
    case 1:
      return a->T();
    case 2:
      return (*a)[nd::slice({}, {}, -2)];
    case 3:
      return (*a)[nd::newaxis, nd::ellipsis];
    case 4:
      return (*a)[nd::ellipsis, nd::slice(1, {})];
    case 5:
      return nd::broadcast_to((*a)[nd::newaxis, nd::ellipsis], [&] {
        nd::shape s{3};
        for (int64_t extent : a->shape())
          s.push_back(extent);
        return s;
      }());
    default:
      return *a;
    }
  });
}
EXPORT nd::array *dl_import(DLManagedTensor *t) {
  return guarded([&] { return nd::from_dlpack(t); });
}
EXPORT DLManagedTensor *dl_export(const nd::array *a) {
  failure.clear();
  try {
    return a->to_dlpack();
  } catch (const std::exception &e) {
    failure = e.what();
    return nullptr;
  }
}
/// Adds a number in place.
EXPORT bool dl_add(nd::array *a, double value) {
  failure.clear();
  try {
    if (nd::rules::is_integer(a->dtype()))
      *a += int64_t(value);
    else
      *a += value;
    a->eval();
  } catch (const std::exception &e) {
    failure = e.what();
  }
  return failure.empty();
}
EXPORT const void *dl_address(const nd::array *a) {
  DLManagedTensor *t = dl_export(a);
  const void *address = t ? t->dl_tensor.data : nullptr;
  if (t)
    t->deleter(t);
  return address;
}
/// The elements as float64 in C order; their number.
EXPORT int64_t dl_values(const nd::array *a, double *out) {
  std::vector<double> values = a->astype(nd::float64).to_vector<double>();
  std::copy(values.begin(), values.end(), out);
  return int64_t(values.size());
}
EXPORT void dl_free(nd::array *a) { delete a; }
EXPORT int64_t dl_live_bytes() { return int64_t(nd::memory_stats().live_bytes); }
