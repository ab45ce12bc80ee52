// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An operand in C order: where it lies, or copied.
#pragma once

#include "copy/strided.h"
#include "linalg/parallel.h"

#include <optional>

namespace ndrt {

/// Strides of a C-contiguous array.
inline void pack(Strided &x) {
  int64_t packed = 1;
  for (int axis = x.rank - 1; axis >= 0; --axis) {
    x.stride[axis] = packed;
    packed *= x.extent[axis];
  }
}

class Packed {
public:
  /// Replaces \p x by a contiguous copy unless it is contiguous; false without memory.
  bool make(Strided &x) {
    if (x.contiguous())
      return true;
    room.emplace(x.elements() * itemBytes(x.type));
    if (!*room)
      return false;
    Strided copy = x;
    copy.data = room->get();
    pack(copy);
    copyElements(x, copy);
    x = copy;
    return true;
  }

private:
  std::optional<Scratch<std::byte>> room;
};

} // namespace ndrt
