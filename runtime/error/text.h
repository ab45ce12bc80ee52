// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A short text without an allocation, and how messages spell dtypes and shapes.
#pragma once

#include <ndrt/ndrt.h>

#include <cstdio>

namespace ndrt {

/// What does not fit is left out.
struct Text {
  char text[300] = "";
  size_t used = 0;

  template <class... Values> void add(const char *format, Values... values) {
    if (used < sizeof text) {
      int more = std::snprintf(text + used, sizeof text - used, format, values...);
      used += more > 0 ? static_cast<size_t>(more) : 0;
    }
  }
  void addShape(int32_t rank, const int64_t *shape) {
    add("(");
    for (int32_t i = 0; i < rank; ++i)
      add(i ? ", %lld" : "%lld", static_cast<long long>(shape[i]));
    add(rank == 1 ? ",)" : ")");
  }
  void addDtype(DLDataType type) {
    const char *name = type.code == kDLFloat     ? "float"
                       : type.code == kDLBfloat  ? "bfloat"
                       : type.code == kDLComplex ? "complex"
                       : type.code == kDLUInt    ? "uint"
                       : type.code == kDLInt     ? "int"
                                                 : nullptr;
    if (type.code == NDRT_DL_BOOL)
      add("bool");
    else if (name)
      add("%s%d", name, type.bits);
    else
      add("type code %d of %d bits", type.code, type.bits);
    if (type.lanes != 1)
      add(" in %d lanes", type.lanes);
  }
};

} // namespace ndrt
