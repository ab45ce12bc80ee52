// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays that share the memory of another.
#include "frontend/trace/Recorder.h"

namespace nd::detail {
namespace {

using form = view_step::form;

/// Where the elements lie in the root's memory; nothing where no strides can say it.
std::optional<rules::layout> moved(const node &p, const view_step &step) {
  rules::layout from = layout_of(p);
  from.offset = p.offset;
  std::span<const int64_t> numbers(step.numbers), extents(step.shape.data(), step.shape.size());
  const size_t rank = p.shape.size();
  switch (step.kind) {
  case form::slice:
    return rules::slice_view(from, numbers.first(rank), numbers.subspan(rank, rank),
                             numbers.last(rank));
  case form::transpose:
    return rules::transpose_view(from, numbers);
  case form::broadcast:
    return rules::broadcast_view(from, extents);
  case form::diagonal:
    return rules::diagonal_view(from, numbers[0]);
  default:
    return rules::reshape_view(from, extents, int64_t(rules::itemsize(p.dtype)));
  }
}

array made(node &p, const view_step *step, const rules::layout &to, const site &where) {
  auto *n = new node;
  array out = access::adopt(n);
  n->dtype = p.dtype;
  n->readonly = p.readonly;
  n->offset = to.offset;
  n->shape = to.extents;
  for (int64_t extent : to.extents)
    n->size *= extent;
  if (step && (step->kind == form::broadcast || step->kind == form::diagonal))
    n->readonly |= step->kind == form::diagonal || n->size != p.size;
  if (!rules::is_c_order(to.extents, to.strides, int64_t(rules::itemsize(p.dtype))))
    n->strides = to.strides;
  node &root = p.root();
  n->trace = root.trace;
  auto attach = [&] {
    retain(&root);
    n->base = &root;
    n->steps = p.steps;
    if (step)
      n->steps.push_back(*step);
  };
  auto place = [&] {
    retain(p.storage);
    n->storage = p.storage;
    n->data = p.data + (to.offset - p.offset);
  };
  if (p.concrete() && !root.trace) {
    place();
    if (n->c_order())
      n->offset = 0; // as good as a root: what is read of it starts here
    else
      attach();
    return out;
  }
  recorder &r = recorder::get();
  std::lock_guard guard(r.lock());
  if (p.concrete()) // it may have become so meanwhile
    place();
  attach();
  root.views.push_back(n);
  n->listed = true;
  if (!p.concrete()) {
    mlir::Value value = mlir::Value::getFromOpaquePointer(p.value);
    r.bind(*n, step ? r.replay(value, *step, r.locate(where)) : value);
  }
  return out;
}

} // namespace

void become(node &n, const array &from) {
  node &value = access::get(from);
  recorder &r = recorder::get();
  std::lock_guard guard(r.lock());
  n.dtype = value.dtype;
  n.shape = value.shape;
  n.size = value.size;
  if (value.concrete() || value.base) {
    array copy = record_as("nd.copy", {&from}, {}, value.dtype, value.shape, site());
    r.bind(n, mlir::Value::getFromOpaquePointer(access::get(copy).value));
  } else {
    r.bind(n, mlir::Value::getFromOpaquePointer(value.value));
  }
}

array view(const array &a, const view_step &step, const site &where) {
  node &p = access::get(a);
  std::optional<rules::layout> to = moved(p, step);
  if (!to)
    return record_as("nd.reshape", {&a}, {}, p.dtype, step.shape, where);
  return made(p, &step, *to, where);
}

array alias(const array &a) {
  node &p = access::get(a);
  rules::layout same = layout_of(p);
  same.offset = p.offset;
  return made(p, nullptr, same, site());
}

} // namespace nd::detail
