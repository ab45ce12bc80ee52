// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What an nd::array points to. Standard library only: everything of the frontend sees it, MLIR
// stays in the recorder.
#ifndef ND_TRACE_NODE_H
#define ND_TRACE_NODE_H

#include "ir/rules/error.h"
#include "ir/rules/promote.h"
#include "nd/array.h"

#include <atomic>
#include <string_view>

namespace nd::detail {

/// Shared memory of evaluated arrays.
struct buffer {
  std::atomic<uint32_t> references{1};
  void *memory; ///< of ndrt_alloc
};

void retain(buffer *b) noexcept;
void release(buffer *b) noexcept;

enum class state : uint8_t {
  concrete, ///< elements in memory, C order
  lazy      ///< a value of the record
};

/// An array. Its value may be replaced (a += 1) and becomes concrete when it is evaluated; dtype
/// and shape stay.
struct node {
  std::atomic<uint32_t> references{1};
  std::atomic<state> now{state::concrete};
  dtype_kind dtype;
  bool traced = false; ///< depends on an argument of nd::jit
  bool weak = false;   ///< a scalar argument of nd::jit: promotes like its category
  nd::shape shape;
  int64_t size = 1;
  buffer *storage = nullptr; ///< concrete
  char *data = nullptr;      ///< concrete: the first element, inside storage
  void *value = nullptr;     ///< lazy: an mlir::Value; the recorder's lock guards it

  bool concrete() const { return now.load(std::memory_order_acquire) == state::concrete; }
};

void retain(node *n) noexcept;
void release(node *n) noexcept;

/// The way from an array to its node and back.
struct access {
  /// Throws value_error for a handle to nothing.
  static node &get(const array &a);
  static node *raw(const array &a) { return a.node_; }
  /// Takes over a reference.
  static array adopt(node *n) {
    array a;
    a.node_ = n;
    return a;
  }
  static array share(node *n) {
    retain(n);
    return adopt(n);
  }
  /// Gives this array's node another value; every handle to it sees it.
  static void replace(array &a, const array &value);
};

/// A concrete array with unspecified elements.
///
/// Throws  value_error for a shape that is none, error when memory runs out.
array allocate(dtype_kind dtype, const shape &s, std::string_view what, const site &where);
/// A concrete array inside the memory of \p of, \p offset elements on.
array view_of(const node &of, const shape &s, int64_t offset);
/// The memory of a concrete array, to write through while nobody else has it.
inline char *bytes_of(const array &a) { return access::get(a).data; }

/// The number of elements; throws for negative extents and overflow.
int64_t element_count(const shape &s, std::string_view what, const site &where);

/// "file:line:column: what: " or, without a place, "what: ".
std::string prefix(std::string_view what, const site &where);
/// Throws the exception of \p kind with "place: what: message".
[[noreturn]] void raise(rules::error_kind kind, std::string_view what, std::string_view message,
                        const site &where);
/// The same for a text that has its prefix already.
[[noreturn]] void raise(rules::error_kind kind, const std::string &text);

/// The value of a rule, or its error as an exception.
template <class T> T checked(rules::result<T> r, std::string_view what, const site &where) {
  if (!r)
    raise(r.error().kind, what, r.error().message, where);
  return std::move(*r);
}

/// A weak scalar's category in the rules.
rules::weak_kind weak_kind_of(const scalar &s);

/// The most bytes that one element takes.
inline constexpr size_t widest_element = 16;
/// Writes a scalar as \p dtype to \p out. False if an integer does not fit, or a complex number
/// meets a real dtype.
bool store_scalar(const scalar &s, dtype_kind dtype, void *out);
/// Throws for a scalar that store_scalar refuses: value_error for integers, dtype_error for
/// complex.
[[noreturn]] void raise_unfit(const scalar &s, dtype_kind dtype, std::string_view what,
                              const site &where);

/// Converts \p count elements at \p from to another dtype, as astype does.
void convert(const void *from, dtype_kind from_dtype, void *to, dtype_kind to_dtype, int64_t count);

} // namespace nd::detail

#endif // ND_TRACE_NODE_H
