// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/trace/Node.h"

#include "ir/rules/axes.h"
#include "ndrt/ndrt.h"

#include <charconv>
#include <memory>
#include <utility>

namespace nd::detail {

thread_local uint64_t current_trace = 0;

void retain(buffer *b) noexcept { b->references.fetch_add(1, std::memory_order_relaxed); }

void release(buffer *b) noexcept {
  if (b->references.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return;
  if (b->give_back)
    b->give_back();
  else
    ndrt_free(b->memory);
  delete b;
}

void retain(node *n) noexcept { n->references.fetch_add(1, std::memory_order_relaxed); }

int64_t element_count(const shape &s, std::string_view what, const site &where) {
  int64_t count = 1;
  bool plain = true;
  for (int64_t e : s)
    plain &= e >= 0 && !__builtin_mul_overflow(count, e, &count);
  return plain ? count : checked(rules::element_count(s), what, where);
}

std::string too_large(const shape &s, dtype_kind dtype) {
  constexpr int64_t most = INT64_MAX;
  const int64_t width = int64_t(rules::itemsize(dtype));
  int64_t bytes = width;
  bool fits = true, known = true;
  for (int64_t e : s) {
    known &= !rules::is_run_time(e);
    fits &= e >= 0 && (e == 0 || !__builtin_mul_overflow(bytes, e, &bytes));
  }
  if (fits || !known)
    return "";
  if (rules::result<int64_t> count = rules::element_count(s); !count)
    return count.error().message;
  return "shape " + to_string(s) + " of " + std::string(rules::name(dtype)) +
         " has more than 2^63 - 1 bytes, and no array has more than " +
         std::to_string(most / width) + " elements of this dtype; use smaller sizes";
}

void check_size(const shape &s, dtype_kind dtype, std::string_view what, const site &where) {
  if (std::string why = too_large(s, dtype); !why.empty())
    raise(rules::error_kind::value, what, why, where);
}

void expect_memory(int64_t count, int64_t bytes, std::string_view what, const site &where) {
  constexpr int64_t plenty = int64_t(1) << 30;
  int64_t all;
  if (__builtin_mul_overflow(count, bytes, &all))
    all = INT64_MAX;
  if (all < plenty)
    return;
  void *probe = ndrt_alloc(size_t(all));
  if (!probe)
    throw error(prefix(what, where) + ndrt_last_error());
  ndrt_free(probe);
}

int64_t added(int64_t a, int64_t b, std::string_view what, const site &where) {
  int64_t sum;
  if (__builtin_add_overflow(a, b, &sum))
    raise(rules::error_kind::value, what,
          "sizes " + std::to_string(a) + " and " + std::to_string(b) +
              " add up to more than 2^63 - 1; use smaller ones",
          where);
  return sum;
}

array allocate(dtype_kind dtype, const shape &s, std::string_view what, const site &where) {
  auto n = std::make_unique<node>();
  n->dtype = dtype;
  n->shape = s;
  n->size = element_count(s, what, where);
  check_size(s, dtype, what, where);
  const size_t bytes = size_t(n->size) * rules::itemsize(dtype);
  auto b = std::make_unique<buffer>();
  b->memory = ndrt_alloc(bytes);
  if (!b->memory)
    throw error(prefix(what, where) + ndrt_last_error());
  n->data = static_cast<char *>(b->memory);
  n->storage = b.release();
  return access::adopt(n.release());
}

array adopt(void *memory, dtype_kind dtype, const shape &s) {
  auto *n = new node;
  n->dtype = dtype;
  n->shape = s;
  for (int64_t extent : s)
    n->size *= extent;
  n->storage = new buffer;
  n->storage->memory = memory;
  n->data = static_cast<char *>(memory);
  return access::adopt(n);
}

array over(void *memory, dtype_kind dtype, const rules::layout &how,
           std::function<void()> give_back) {
  auto n = std::make_unique<node>();
  n->dtype = dtype;
  n->shape = how.extents;
  for (int64_t extent : how.extents)
    n->size *= extent;
  if (!rules::is_c_order(how.extents, how.strides, int64_t(rules::itemsize(dtype))))
    n->strides = how.strides;
  n->storage = new buffer;
  n->storage->memory = memory;
  n->storage->give_back = give_back ? std::move(give_back) : [] {};
  n->data = static_cast<char *>(memory) + how.offset;
  return access::adopt(n.release());
}

rules::layout layout_of(const node &n) {
  if (n.c_order())
    return {n.shape,
            rules::c_strides(std::span(n.shape.data(), n.shape.size()),
                             int64_t(rules::itemsize(n.dtype))),
            0};
  return {n.shape, n.strides, 0};
}

void copy_elements(const node &from, const rules::layout &from_layout, node &to) {
  if (!to.size)
    return;
  const int64_t width = int64_t(rules::itemsize(to.dtype));
  rules::layout to_layout = layout_of(to);
  const char *source = from.data + from_layout.offset;
  // As elements where addresses allow it, otherwise as bytes along one more axis.
  bool aligned = (reinterpret_cast<uintptr_t>(source) | reinterpret_cast<uintptr_t>(to.data)) %
                     uintptr_t(width) ==
                 0;
  for (const rules::layout *l : {&from_layout, &std::as_const(to_layout)})
    for (int64_t stride : l->strides)
      aligned &= stride % width == 0;
  int64_t unit = aligned ? width : 1;
  DLDataType type{kDLUInt, uint8_t(unit * 8), 1};
  if (unit == 16)
    type = {kDLComplex, 128, 1};
  auto tensor = [&](rules::layout &l, const char *data) {
    for (int64_t &stride : l.strides)
      stride /= unit;
    if (!aligned) {
      l.extents.push_back(width);
      l.strides.push_back(1);
    }
    return DLTensor{const_cast<char *>(data),
                    {kDLCPU, 0},
                    int32_t(l.extents.size()),
                    type,
                    l.extents.data(),
                    l.strides.data(),
                    0};
  };
  rules::layout source_layout = from_layout;
  DLTensor in = tensor(source_layout, source), out = tensor(to_layout, to.data);
  if (ndrt_copy(&in, &out))
    throw error(ndrt_last_error());
}

array packed(const array &a) {
  node &n = access::get(a);
  if (n.in_place())
    return a;
  array out = allocate(n.dtype, n.shape, "copy", site());
  copy_elements(n, layout_of(n), access::get(out));
  return out;
}

const void *keep(node &n, const array &copy) {
  const node &from = access::get(copy);
  retain(from.storage);
  if (buffer *old = std::exchange(n.in_order, from.storage))
    release(old);
  return from.data;
}

bool overlap(const node &a, const node &b) {
  if (a.storage != b.storage && !a.storage->give_back && !b.storage->give_back)
    return false;
  auto [a_first, a_last] = rules::span_of(layout_of(a), int64_t(rules::itemsize(a.dtype)));
  auto [b_first, b_last] = rules::span_of(layout_of(b), int64_t(rules::itemsize(b.dtype)));
  return a.size && b.size && a.data + a_first < b.data + b_last &&
         b.data + b_first < a.data + a_last;
}

std::string number_text(double x) {
  char text[32];
  return std::string(text, std::to_chars(text, text + sizeof text, x).ptr);
}

std::string prefix(std::string_view what, const site &where) {
  std::string text;
  if (where.line())
    text = std::string(where.file_name()) + ":" + std::to_string(where.line()) + ":" +
           std::to_string(where.column()) + ": ";
  return text + std::string(what) + (what.empty() ? "" : ": ");
}

void raise(rules::error_kind kind, const std::string &text) {
  switch (kind) {
  case rules::error_kind::shape:
    throw shape_error(text);
  case rules::error_kind::dtype:
    throw dtype_error(text);
  case rules::error_kind::index:
    throw index_error(text);
  default:
    throw value_error(text);
  }
}

void raise(rules::error_kind kind, std::string_view what, std::string_view message,
           const site &where) {
  raise(kind, prefix(what, where) + std::string(message));
}

} // namespace nd::detail
