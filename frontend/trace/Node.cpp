// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/trace/Node.h"

#include "ir/rules/axes.h"
#include "ndrt/ndrt.h"

#include <memory>

namespace nd::detail {

void retain(buffer *b) noexcept { b->references.fetch_add(1, std::memory_order_relaxed); }

void release(buffer *b) noexcept {
  if (b->references.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return;
  ndrt_free(b->memory);
  delete b;
}

void retain(node *n) noexcept { n->references.fetch_add(1, std::memory_order_relaxed); }

node &access::get(const array &a) {
  if (!a.node_)
    throw value_error("this nd::array holds no array; assign one to it before it is used");
  return *a.node_;
}

int64_t element_count(const shape &s, std::string_view what, const site &where) {
  int64_t count = 1;
  bool plain = true;
  for (int64_t e : s)
    plain &= e >= 0 && !__builtin_mul_overflow(count, e, &count);
  return plain ? count : checked(rules::element_count(s), what, where);
}

array allocate(dtype_kind dtype, const shape &s, std::string_view what, const site &where) {
  auto n = std::make_unique<node>();
  n->dtype = dtype;
  n->shape = s;
  n->size = element_count(s, what, where);
  size_t bytes;
  if (__builtin_mul_overflow(size_t(n->size), rules::itemsize(dtype), &bytes))
    raise(rules::error_kind::value, what, "shape " + to_string(s) + " has more than 2^64 bytes",
          where);
  auto b = std::make_unique<buffer>();
  b->memory = ndrt_alloc(bytes);
  if (!b->memory)
    throw error(prefix(what, where) + ndrt_last_error());
  n->data = static_cast<char *>(b->memory);
  n->storage = b.release();
  return access::adopt(n.release());
}

array view_of(const node &of, const shape &s, int64_t offset) {
  auto *n = new node;
  n->dtype = of.dtype;
  n->shape = s;
  for (int64_t e : s)
    n->size *= e;
  retain(of.storage);
  n->storage = of.storage;
  n->data = of.data + offset * int64_t(rules::itemsize(of.dtype));
  return access::adopt(n);
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
