// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays that share the memory of another.
#include "frontend/trace/Recorder.h"
#include "ir/rules/extent.h"

namespace nd::detail {
namespace {

using form = view_step::form;

/// Whether two shapes differ in extents of 1 only.
bool same_but_ones(const nd::shape &a, const nd::shape &b) {
  nd::shape left, right;
  for (int64_t extent : a)
    if (extent != 1)
      left.push_back(extent);
  for (int64_t extent : b)
    if (extent != 1)
      right.push_back(extent);
  return left == right;
}

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
  case form::imag:
    from.offset += int64_t(rules::itemsize(step.dtype));
    return from;
  case form::real:
    return from;
  case form::bitcast: {
    const int64_t old = int64_t(rules::itemsize(p.dtype)),
                  width = int64_t(rules::itemsize(step.dtype));
    if (old != width && from.strides.back() != old && from.extents.back() != 1)
      return std::nullopt;
    from.extents = step.shape;
    if (old != width)
      from.strides.back() = width;
    return from;
  }
  default:
    if ((llvm::any_of(extents, rules::is_run_time) || llvm::any_of(p.shape, rules::is_run_time)) &&
        !same_but_ones(p.shape, step.shape))
      return std::nullopt;
    return rules::reshape_view(from, extents, int64_t(rules::itemsize(p.dtype)));
  }
}

bool is_open(const view_step &step) {
  return llvm::any_of(step.shape, rules::is_run_time) ||
         llvm::any_of(step.numbers, rules::is_run_time);
}

/// Two slices of \p extents, one of the other, as one.
view_step joined(const view_step &first, const view_step &second) {
  const size_t rank = first.shape.size();
  view_step out = second;
  for (size_t axis = 0; axis < rank; ++axis) {
    const int64_t offset = first.numbers[axis], stride = first.numbers[2 * rank + axis];
    const int64_t size = second.numbers[rank + axis];
    out.numbers[axis] = size ? offset + second.numbers[axis] * stride : offset;
    out.numbers[2 * rank + axis] = size > 1 ? stride * second.numbers[2 * rank + axis] : 1;
  }
  return out;
}

/// The slice \p second of \p first, a transpose, as what is sliced before it is transposed.
std::pair<view_step, view_step> exchanged(const view_step &first, const view_step &second) {
  const size_t rank = first.shape.size();
  view_step slice = second, turn = first;
  turn.shape = second.shape;
  for (size_t axis = 0; axis < rank; ++axis) {
    const size_t source = size_t(first.numbers[axis]);
    slice.shape[source] = second.shape[axis];
    for (size_t k = 0; k < 3; ++k)
      slice.numbers[k * rank + source] = second.numbers[k * rank + axis];
  }
  return {std::move(slice), std::move(turn)};
}

/// Whether a step gives what it is given, of shape \p from.
bool does_nothing(const view_step &step, const nd::shape &from) {
  if (step.shape != from)
    return false;
  const size_t rank = from.size();
  switch (step.kind) {
  case form::reshape:
  case form::broadcast:
    return true;
  case form::transpose:
    return llvm::is_sorted(step.numbers);
  case form::slice:
    for (size_t axis = 0; axis < rank; ++axis)
      if (step.numbers[axis] != 0 || (from[axis] > 1 && step.numbers[2 * rank + axis] != 1))
        return false;
    return true;
  default:
    return false;
  }
}

/// Adds a step to those that lead from an array of shape \p root to a view: with the one before as
/// one where that is possible, so that views of views of views stay short.
void add_step(std::vector<view_step> &steps, const nd::shape &root, view_step step) {
  if (!steps.empty() && !is_open(step) && !is_open(steps.back())) {
    const view_step last = steps.back();
    if (step.kind == form::slice && last.kind == form::transpose) {
      auto [slice, turn] = exchanged(last, step);
      steps.pop_back();
      add_step(steps, root, std::move(slice));
      return add_step(steps, root, std::move(turn));
    }
    if (step.kind == last.kind && (step.kind == form::slice || step.kind == form::transpose ||
                                   step.kind == form::reshape || step.kind == form::broadcast)) {
      if (step.kind == form::slice)
        step = joined(last, step);
      else if (step.kind == form::transpose)
        for (int64_t &axis : step.numbers)
          axis = last.numbers[size_t(axis)];
      steps.pop_back();
    }
  }
  if (!does_nothing(step, steps.empty() ? root : steps.back().shape))
    steps.push_back(std::move(step));
}

array made(node &p, const view_step *step, const rules::layout &to, const site &where) {
  auto *n = new node;
  array out = access::adopt(n);
  n->dtype = step ? dtype_of(*step, p.dtype) : p.dtype;
  n->readonly = p.readonly;
  n->offset = to.offset;
  n->shape = to.extents;
  bool run_time = false;
  for (int64_t extent : to.extents) {
    run_time |= rules::is_run_time(extent);
    n->size = int64_t(uint64_t(n->size) * uint64_t(extent));
  }
  if (run_time && to.extents.size() != 1)
    n->size = -1;
  if (step && (step->kind == form::broadcast || step->kind == form::diagonal))
    if (n->readonly == read_only::no)
      n->readonly = step->kind == form::diagonal ? read_only::diagonal : read_only::repeats;
  if (!rules::is_c_order(to.extents, to.strides, int64_t(rules::itemsize(n->dtype))))
    n->strides = to.strides;
  node &root = p.root();
  n->trace = root.trace;
  auto attach = [&] {
    retain(&root);
    n->base = &root;
    n->steps = p.steps;
    if (step)
      add_step(n->steps, root.shape, *step);
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
  std::unique_lock guard(r.lock());
  if (p.concrete()) // it may have become so meanwhile
    place();
  attach();
  root.views.push_back(n);
  n->listed = true;
  if (p.concrete())
    return out;
  mlir::Value value = mlir::Value::getFromOpaquePointer(p.value);
  if (step && n->steps.size() > p.steps.size()) {
    value = r.replay(value, *step, r.locate(where));
  } else if (step) { // a shorter way than over p
    value = mlir::Value::getFromOpaquePointer(root.value);
    for (const view_step &s : n->steps)
      value = r.replay(value, s, r.locate(where));
  }
  r.bind(*n, value);
  if (!r.is_full(value.getDefiningOp()))
    return out;
  guard.unlock();
  evaluate(std::span(&n, 1), "view", where);
  return out;
}

} // namespace

int64_t traced_extent(const array &count, const site &where) {
  recorder &r = recorder::get();
  std::lock_guard guard(r.lock());
  return r.extent(r.value_of(access::get(count)), r.locate(where));
}

int64_t known_count(const array &mask) {
  node &n = access::get(mask);
  if (n.concrete() || !n.traced)
    return 0;
  recorder &r = recorder::get();
  std::lock_guard guard(r.lock());
  int64_t number = r.info(r.value_of(n).getDefiningOp()).count_extent;
  return r.extent_op(number) ? number : 0;
}

void remember_count(const array &mask, int64_t extent) {
  node &n = access::get(mask);
  if (n.concrete() || !n.traced || !rules::is_run_time(extent))
    return;
  recorder &r = recorder::get();
  std::lock_guard guard(r.lock());
  r.info(r.value_of(n).getDefiningOp()).count_extent = extent;
}

void become(node &n, const array &from) {
  node &value = access::get(from);
  recorder &r = recorder::get();
  std::lock_guard guard(r.lock());
  n.dtype = value.dtype;
  n.shape = value.shape;
  n.size = value.size;
  mlir::Value v = r.value_of(value);
  if (value.concrete() || value.base)
    v = r.copied(v, mlir::UnknownLoc::get(&r.context()));
  r.bind(n, v);
}

array view(const array &a, const view_step &step, const site &where) {
  node &p = access::get(a, where);
  if (step.kind == form::broadcast)
    check_size(step.shape, p.dtype, "broadcast_to", where);
  std::optional<rules::layout> to = moved(p, step);
  if (!to)
    return record_as(step.kind == form::bitcast ? "nd.bitcast" : "nd.reshape", {&a}, {},
                     dtype_of(step, p.dtype), step.shape, where);
  return made(p, &step, *to, where);
}

array alias(const array &a) {
  node &p = access::get(a);
  rules::layout same = layout_of(p);
  same.offset = p.offset;
  return made(p, nullptr, same, site());
}

} // namespace nd::detail
