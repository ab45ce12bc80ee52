// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Working memory of a transform: on the stack where it is little, which costs nothing and is in the
// cache already.
#pragma once

#include "linalg/parallel.h"

#include <optional>

namespace ndrt::fft {

/// Uninitialised elements, 64-byte aligned; false without memory.
template <class T> class Room {
public:
  explicit Room(int64_t count) : data_(own_) {
    if (count > few)
      data_ = large_.emplace(count).get();
  }
  Room(const Room &) = delete;
  Room &operator=(const Room &) = delete;

  T *get() const { return data_; }
  explicit operator bool() const { return data_; }

private:
  static constexpr int64_t few = (int64_t{32} << 10) / int64_t(sizeof(T));
  alignas(64) T own_[few];
  std::optional<Scratch<T>> large_;
  T *data_;
};

} // namespace ndrt::fft
