// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// ndrt_parallel_for over a C++ callable, and scratch memory from the pool.
#pragma once

#include <ndrt/ndrt.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ndrt {

/// Multiply-adds below which a second thread costs more than it brings.
inline constexpr double worthSharing = 1 << 21;

/// For a > 0.
constexpr int64_t ceilDiv(int64_t a, int64_t b) { return (a - 1) / b + 1; }

/// Calls body(begin, end) over [0, n) in pieces; body must not throw.
template <class Body> void parallelFor(int64_t n, int64_t grain, Body &&body) {
  using Held = std::remove_reference_t<Body>;
  auto task = [](void *context, int64_t begin, int64_t end) {
    (*static_cast<Held *>(context))(begin, end);
  };
  ndrt_parallel_for(task, const_cast<std::remove_const_t<Held> *>(&body), n, grain);
}

/// Uninitialised elements that go back to the pool; false without memory.
template <class T> class Scratch {
public:
  explicit Scratch(int64_t count) {
    uint64_t bytes;
    if (__builtin_mul_overflow(static_cast<uint64_t>(count), sizeof(T), &bytes))
      bytes = UINT64_MAX; // which ndrt_alloc refuses with the right words
    data_ = static_cast<T *>(ndrt_alloc(bytes));
  }
  ~Scratch() { ndrt_free(data_); }
  Scratch(const Scratch &) = delete;
  Scratch &operator=(const Scratch &) = delete;

  T *get() const { return data_; }
  explicit operator bool() const { return data_; }

private:
  T *data_;
};

} // namespace ndrt
