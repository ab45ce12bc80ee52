// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Writing into arrays: into memory at once, or into the record of a trace.
#include "frontend/trace/Evaluate.h"
#include "ir/rules/broadcast.h"

using namespace mlir;

namespace nd::detail {
namespace {

/// The extents without those of 1 in front that \p shape has no axes for, as NumPy drops them.
nd::shape fitting(const nd::shape &from, const nd::shape &shape) {
  size_t extra = 0;
  while (from.size() - extra > shape.size() && from[extra] == 1)
    ++extra;
  return nd::shape(from.data() + extra, from.size() - extra);
}

array cast(const array &a, dtype_kind dtype, const site &where) {
  node &n = access::get(a, where);
  if (n.dtype == dtype)
    return a;
  if (n.concrete() && n.size == 1 && !current_trace) {
    array out = allocate(dtype, n.shape, "copy", where);
    convert(n.data, n.dtype, bytes_of(out), dtype, 1);
    return out;
  }
  return record_as("nd.cast", {&a}, {}, dtype, n.shape, where);
}

array stretch(const array &a, const nd::shape &shape, const site &where) {
  return a.shape() == shape ? a : record_as("nd.broadcast_to", {&a}, {}, a.dtype(), shape, where);
}

void write_recorded(node &t, const array &value, bool fresh, std::string_view what,
                    const site &where) {
  node &root = t.root();
  if (root.trace != current_trace)
    throw trace_error(prefix(what, where) +
                      "the array comes from outside the function that nd::jit records, and would "
                      "be written only while it is recorded; pass it as an argument");
  array v = stretch(cast(value, t.dtype, where), t.shape, where);
  if (access::raw(v) == access::raw(value) && !fresh)
    v = copied(v, where);
  recorder &r = recorder::get();
  std::lock_guard guard(r.lock());
  Location loc = r.locate(where);
  Value part = r.value_of(access::get(v)), before = r.value_of(root);
  Operation *old = before.getDefiningOp();
  if (t.steps.empty() && isa<InputOp>(part.getDefiningOp())) // evaluated meanwhile
    part = r.copied(part, loc);
  r.rewrite(root, r.replaced(before, t.steps, part, loc), loc);
  r.erase_if_dead(old);
}

/// Computes \p value straight into the memory of \p t; false if it has to stand elsewhere first.
bool compute_into(node &t, const array &value, std::string_view what, const site &where) {
  if (!t.in_place() || t.storage->give_back)
    return false;
  recorder &r = recorder::get();
  std::unique_lock guard(r.lock());
  node &v = access::get(value);
  if (v.concrete())
    return false;
  Value result = Value::getFromOpaquePointer(v.value);
  record_slice slice = slice_behind(result);
  if (slice.results.empty())
    return false;
  if (!fails_first(slice))
    return false;
  int64_t tied = -1;
  for (auto [i, input] : llvm::enumerate(slice.inputs)) {
    const op_info &leaf = r.info(input.getDefiningOp());
    auto type = tensorOf(input.getType());
    int64_t bytes =
        type.getNumElements() * int64_t(rules::itemsize(dtypeOf(type.getElementType())));
    if (leaf.data == t.data && type == r.type_of(t))
      tied = int64_t(i);
    else if (leaf.data < t.data + t.size * int64_t(rules::itemsize(t.dtype)) &&
             t.data < leaf.data + bytes)
      return false;
  }
  run_into(r, guard, slice, t, tied, what, where);
  return true;
}

void write_memory(node &t, const array &value, bool fresh, std::string_view what,
                  const site &where) {
  array v = cast(value, t.dtype, where);
  node *from = &access::get(v);
  if (!from->concrete()) {
    fresh |= access::raw(v) != access::raw(value);
    array wide = stretch(v, t.shape, where);
    if (access::raw(wide) != access::raw(v))
      fresh = true;
    if (fresh) {
      access::get(wide).expiring = true;
      finish_readers(t, where);
      if (compute_into(t, wide, what, where))
        return;
    }
    node *computed = fresh ? &access::get(wide) : from;
    evaluate(std::span(&computed, 1), what, where);
    if (fresh)
      v = wide;
    from = &access::get(v);
  }
  finish_readers(t, where);
  if (overlap(*from, t)) {
    if (from->data == t.data && from->shape == t.shape &&
        layout_of(*from).strides == layout_of(t).strides)
      return;
    array apart = allocate(from->dtype, from->shape, what, where);
    copy_elements(*from, layout_of(*from), access::get(apart));
    v = apart;
    from = &access::get(v);
  }
  copy_elements(
      *from, rules::broadcast_view(layout_of(*from), std::span(t.shape.data(), t.shape.size())), t);
}

} // namespace

std::string why_read_only(const node &n) {
  const std::string why = "the array is read-only: ";
  switch (n.readonly) {
  case read_only::given:
    return why + "its memory was given as such, by a file with mmap_mode 'r', a buffer or a tensor";
  case read_only::diagonal:
    return why + "diagonal gives a view to read only, fill_diagonal writes there";
  default:
    return why + "broadcast_to repeats elements, and one write would show in many places";
  }
}

void finish_readers(const node &t, const site &where) {
  recorder &r = recorder::get();
  std::vector<array> kept;
  llvm::SmallVector<node *> nodes;
  {
    std::lock_guard guard(r.lock());
    nodes = r.readers(t);
    for (node *n : nodes)
      kept.push_back(access::share(n));
  }
  if (nodes.empty())
    return;
  evaluate(std::span(nodes.data(), nodes.size()), "copy", where);
}

void write(const array &a, const array &value, bool fresh, std::string_view what,
           const site &where) {
  node &t = access::get(a, where);
  complete_choices(t);
  if (t.readonly != read_only::no)
    raise(rules::error_kind::value, what, why_read_only(t) + "; write into a copy()", where);
  array v = value;
  fresh &= !access::get(value).base;
  if (nd::shape less = fitting(value.shape(), t.shape); !(less == value.shape())) {
    v = view(v, {view_step::form::reshape, less, {}}, where);
    fresh = false;
  }
  v = agreeing(v, t.shape, what, where);
  if (auto fits = rules::broadcast_to_shape(v.shape(), t.shape); !fits)
    raise(rules::error_kind::shape, what,
          "a value of shape " + to_string(value.shape()) + " does not broadcast to shape " +
              to_string(t.shape) + " of the array it is written into; give it that shape",
          where);
  if (current_trace)
    return write_recorded(t, v, fresh, what, where);
  node &root = t.root();
  if (!t.concrete()) {
    recorder &r = recorder::get();
    std::unique_lock guard(r.lock());
    // What can fail is computed now: afterwards everything is as it was, or done.
    node &n = access::get(v);
    bool fails = !n.concrete() &&
                 isa<LibraryOpInterface>(Value::getFromOpaquePointer(n.value).getDefiningOp());
    if (!t.concrete() && &root == &t && t.views.empty() && !fails) {
      // Nobody else sees this memory: the array just gets another value.
      array w = stretch(cast(v, t.dtype, where), t.shape, where);
      if ((access::raw(w) == access::raw(v) && !fresh) || access::get(w).concrete())
        w = copied(w, where);
      Value next = r.value_of(access::get(w));
      r.rewrite(t, next, next.getLoc());
      return;
    }
    guard.unlock();
    node *whole = &root;
    evaluate(std::span(&whole, 1), what, where);
  }
  write_memory(t, v, fresh, what, where);
}

} // namespace nd::detail
