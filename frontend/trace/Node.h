// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What an nd::array points to. Standard library only: everything of the frontend sees it, MLIR
// stays in the recorder.
#ifndef ND_TRACE_NODE_H
#define ND_TRACE_NODE_H

#include "ir/rules/error.h"
#include "ir/rules/promote.h"
#include "ir/rules/view.h"
#include "nd/array.h"
#include "nd/indexing.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string_view>
#include <thread>

namespace nd::detail {

/// Shared memory of evaluated arrays.
struct buffer {
  std::atomic<uint32_t> references{1};
  void *memory;                    ///< of ndrt_alloc, or the caller's
  std::function<void()> give_back; ///< for the caller's memory
};

void retain(buffer *b) noexcept;
void release(buffer *b) noexcept;

enum class state : uint8_t {
  concrete, ///< elements in memory
  lazy      ///< a value of the record
};

/// How a view is made of an array; what the numbers mean depends on the kind.
struct view_step {
  enum class form : uint8_t {
    slice,     ///< numbers: offsets, sizes, steps
    transpose, ///< numbers: the order
    reshape,
    broadcast, ///< read-only
    diagonal,  ///< of the first two axes, as the last; numbers: the offset; read-only
    real,      ///< the real part
    imag,      ///< the imaginary part
    bitcast,   ///< the bytes as another dtype
  } kind;
  nd::shape shape; ///< of the view
  std::vector<int64_t> numbers;
  dtype_kind dtype = {}; ///< of real, imag and bitcast
};

/// What `a[mask]` or `a[positions]` stands for until somebody looks: elements to take, or to write
/// to.
struct chosen {
  array base;
  std::vector<index> items;
  site where;
  std::thread::id thread;
  size_t place = 0; ///< among all
};

/// The dtype of a view of elements of \p from.
inline dtype_kind dtype_of(const view_step &step, dtype_kind from) {
  return step.kind >= view_step::form::real ? step.dtype : from;
}

/// The trace of nd::jit that this thread records, 0 for none.
extern thread_local uint64_t current_trace;

/// Why an array is not written into.
enum class read_only : uint8_t { no, repeats, diagonal, given };

/// An array: a root, or a view of one. A root is concrete, then its views are too and share its
/// memory; or lazy, then they are lazy too.
///
/// A write goes to memory at once; inside a trace it gives the root another value, and its views
/// values that follow from that.
struct node {
  std::atomic<uint32_t> references{1};
  std::atomic<state> now{state::concrete};
  dtype_kind dtype;
  bool traced = false;            ///< depends on an argument of nd::jit
  bool weak = false;              ///< a scalar argument of nd::jit: promotes like its category
  read_only readonly{};           ///< why nothing is written into it
  bool expiring = false;          ///< the handle is a temporary that nobody reads again
  bool listed = false;            ///< among its root's views
  uint64_t trace = current_trace; ///< the trace that it was made in
  nd::shape shape;
  nd::shape strides; ///< bytes; only if the elements are not in C order
  int64_t size = 1;
  buffer *storage = nullptr; ///< concrete
  char *data = nullptr;      ///< concrete: the first element, inside storage
  void *value = nullptr;     ///< lazy: an mlir::Value; the recorder's lock guards it

  node *base = nullptr;           ///< of a view: its root
  int64_t offset = 0;             ///< of a view: bytes from the root's first element
  std::vector<view_step> steps;   ///< of a view: the way from the root
  std::vector<node *> views;      ///< of a root: those that follow its value; the lock guards it
  std::unique_ptr<chosen> choice; ///< an index with arrays, of which nothing is recorded yet
  std::atomic<bool> open{false};  ///< there is a choice; other threads may take it
  buffer *in_order = nullptr;     ///< what data() gave of elements that are not in C order

  bool concrete() const { return now.load(std::memory_order_acquire) == state::concrete; }
  bool c_order() const { return strides.empty() || shape.empty(); }
  /// Whether programs may work where the elements lie: in C order, none across its alignment.
  bool in_place() const {
    return c_order() &&
           reinterpret_cast<uintptr_t>(data) % rules::itemsize(rules::real_of(dtype)) == 0;
  }
  node &root() { return base ? *base : *this; }
  /// Whether a user may still ask for the value itself, and not only for views of it.
  bool held() const { return !expiring && references.load() > views.size(); }
};

/// Drops what \p n stands for unrecorded.
void forget_choice(node *n) noexcept;
void retain(node *n) noexcept;
void release(node *n) noexcept;

/// The way from an array to its node and back.
struct access {
  /// Throws value_error for a handle to nothing. What an index with arrays chose is recorded now.
  static node &get(const array &a, const site &where = site()) {
    if (!a.node_ || a.node_->open.load(std::memory_order_acquire))
      complete(a.node_, where);
    return *a.node_;
  }
  static node *raw(const array &a) { return a.node_; }
  /// Takes over a reference.
  static array adopt(node *n) {
    array a;
    a.node_ = n;
    return a;
  }
  static void complete(node *n, const site &where);
  static array share(node *n) {
    retain(n);
    return adopt(n);
  }
};

/// A concrete array with unspecified elements.
///
/// Throws  value_error for a shape that is none, error when memory runs out.
array allocate(dtype_kind dtype, const shape &s, std::string_view what, const site &where);
/// A concrete array in memory of ndrt_alloc, which it takes over.
array adopt(void *memory, dtype_kind dtype, const shape &s);
/// A concrete array over the caller's memory.
array over(void *memory, dtype_kind dtype, const rules::layout &, std::function<void()> give_back);
/// The elements of a concrete array: extents, strides, and an offset of 0.
rules::layout layout_of(const node &n);
/// Copies elements of one dtype and shape between concrete arrays that do not overlap.
void copy_elements(const node &from, const rules::layout &from_layout, node &to);
/// The elements in C order and aligned: the array itself, or a copy.
array packed(const array &a);
/// The memory of \p copy, kept as long as \p n lives.
const void *keep(node &n, const array &copy);
/// Whether two concrete arrays touch common bytes.
bool overlap(const node &a, const node &b);
/// The memory of a concrete array, to write through while nobody else has it.
inline char *bytes_of(const array &a) { return access::get(a).data; }

/// The number of elements; throws for negative extents and overflow.
int64_t element_count(const shape &s, std::string_view what, const site &where);
/// Why no array can have this shape and dtype; empty for all others. Extents that a run decides may
/// be anything.
std::string too_large(const shape &s, dtype_kind dtype);
/// Throws value_error for what is too_large, or has negative extents.
void check_size(const shape &s, dtype_kind dtype, std::string_view what, const site &where);
/// Throws error where memory cannot hold \p count things of \p bytes each; for what is made piece
/// by piece.
void expect_memory(int64_t count, int64_t bytes, std::string_view what, const site &where);
/// What an array takes beside its elements, roughly.
inline constexpr int64_t bytes_of_array = 512;
/// The sum of sizes; throws value_error for one that is too large.
int64_t added(int64_t a, int64_t b, std::string_view what, const site &where);

/// A number as messages show it.
std::string number_text(double x);
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
