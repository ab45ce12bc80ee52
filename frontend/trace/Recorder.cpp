// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/trace/Recorder.h"

#include "ir/rules/extent.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Diagnostics.h"
#include "ndrt/ndrt.h"
#include "llvm/ADT/ScopeExit.h"

#include <new>
#include <pthread.h>

using namespace mlir;

namespace nd::detail {

recorder &recorder::get() {
  static recorder &one = *new recorder;
  return one;
}

recorder::recorder()
    : context_(jit_engine::get().context()), module_(ModuleOp::create(UnknownLoc::get(&context_))) {
  // A fork waits until nobody is recording. The runtime's own locks come after the recorder's, so
  // its handlers are registered first: the last registered is the first to run.
  ndrt_free(ndrt_alloc(1));
  pthread_atfork(
      [] {
        recorder::get().mutex_.lock();
        lock_choices();
      },
      [] {
        unlock_choices();
        recorder::get().mutex_.unlock();
      },
      [] {
        unlock_choices();
        new (&recorder::get().mutex_) std::recursive_mutex; // its owner has another number now
      });
}

Location recorder::locate(const site &where) {
  if (!where.line())
    return UnknownLoc::get(&context_);
  StringAttr &file = files_[where.file_name()];
  if (!file)
    file = StringAttr::get(&context_, where.file_name());
  return FileLineColLoc::get(file, where.line(), where.column());
}

RankedTensorType recorder::type_of(const node &n) {
  return tensorType(llvm::ArrayRef(n.shape.data(), n.shape.size()), typeOf(&context_, n.dtype));
}

op_info &recorder::enter(Operation *op) {
  auto entry = std::make_unique<op_info>();
  entry->sequence = sequence_++;
  for (Value operand : op->getOperands()) {
    const op_info &from = info(operand.getDefiningOp());
    entry->height = std::max(entry->height, from.height + 1);
    entry->traced |= from.traced;
  }
  entry->extents = extents_of(op);
  op_info &out = *(infos_[op] = std::move(entry)); // from here on nothing fails
  for (Operation *extent : out.extents) {
    op_info &known = info(extent);
    ++known.dependents;
    out.traced |= known.traced;
  }
  return out;
}

op_info &recorder::enter_or_erase(Operation *op) {
  try {
    return enter(op);
  } catch (...) { // memory has run out: as if it had not been recorded
    op->erase();
    throw;
  }
}

llvm::SmallVector<Operation *, 1> recorder::extents_of(Operation *op) const {
  llvm::SmallVector<Operation *, 1> out;
  if (extents_.empty())
    return out;
  auto add = [&](llvm::ArrayRef<int64_t> numbers) {
    for (int64_t number : numbers)
      if (Operation *extent = rules::is_run_time(number) ? extent_op(number) : nullptr;
          extent && !llvm::is_contained(out, extent))
        out.push_back(extent);
  };
  for (Type type : op->getResultTypes())
    add(tensorOf(type).getShape());
  if (auto slice = dyn_cast<SliceOp>(op))
    add(slice.getOffsets());
  else if (auto update = dyn_cast<UpdateOp>(op))
    add(update.getOffsets());
  else if (auto count = dyn_cast<CountOp>(op))
    add(count.getExtents());
  return out;
}

namespace {
/// In the traces of this thread, null outside of them: without a destructor, which would run before
/// those of static arrays.
thread_local SmallVector<int64_t> *extents_made = nullptr;
} // namespace

void recorder::forget_extents() {
  if (current_trace)
    return; // the outer trace may still name them
  if (!extents_made)
    return;
  for (int64_t number : *extents_made)
    if (Operation *op = extent_op(number))
      erase_if_dead(op);
  delete std::exchange(extents_made, nullptr);
}

bool recorder::has_extents() const { return extents_made; }

bool recorder::is_spoilt(int64_t number) const {
  constexpr int64_t near = 1 << 19, multiples = 16;
  if (!extents_made)
    return false;
  for (int64_t extent : *extents_made) {
    int64_t distance = number - extent;
    if (-near < distance && distance < near)
      return true;
    if (number % extent == 0 && number / extent != 0 && std::abs(number / extent) <= multiples)
      return true;
  }
  return false;
}

int64_t recorder::extent(Value count, Location loc) {
  int64_t number = rules::run_time_extent(0);
  for (int64_t k = 1; extents_.contains(number); ++k)
    number = rules::run_time_extent(k);
  Builder b(&context_);
  Operation *op =
      append(OperationName("nd.extent", &context_), count,
             b.getDictionaryAttr(b.getNamedAttr("extent", b.getI64IntegerAttr(number))), {}, loc);
  extents_[number] = op;
  if (!extents_made)
    extents_made = new SmallVector<int64_t>;
  extents_made->push_back(number);
  return number;
}

Value recorder::input(buffer *b, char *data, Type type, Location loc) {
  Operation *&known = inputs_[{data, type}];
  if (!known) {
    OpBuilder builder(module_.getBodyRegion());
    Operation *op = InputOp::create(builder, loc, type);
    op_info &entry = enter_or_erase(op);
    retain(b);
    entry.leaf = b;
    entry.data = data;
    leaves_[b].push_back(op);
    known = op;
  }
  return known->getResult(0);
}

Value recorder::value_of(node &n) {
  if (!n.concrete())
    return Value::getFromOpaquePointer(n.value);
  Location loc = UnknownLoc::get(&context_);
  if (n.in_place())
    return input(n.storage, n.data, type_of(n), loc);
  if (!n.base) { // the caller's memory, in an order of its own or unaligned
    array copy = packed(access::share(&n));
    return value_of(access::get(copy));
  }
  Value out = value_of(*n.base);
  for (const view_step &step : n.steps)
    out = replay(out, step, loc);
  return out;
}

Value recorder::replay(Value from, const view_step &step, Location loc) {
  Builder b(&context_);
  auto type = tensorOf(from.getType());
  RankedTensorType result =
      tensorType(llvm::ArrayRef(step.shape.data(), step.shape.size()),
                 typeOf(&context_, dtype_of(step, dtypeOf(type.getElementType()))));
  llvm::ArrayRef<int64_t> numbers(step.numbers);
  auto made = [&](llvm::StringRef op, llvm::ArrayRef<NamedAttribute> attributes) {
    return append(OperationName(op, &context_), from, b.getDictionaryAttr(attributes), result, loc)
        ->getResult(0);
  };
  auto list = [&](llvm::StringRef name, size_t part, size_t count) {
    return b.getNamedAttr(name, b.getDenseI64ArrayAttr(numbers.slice(part * count, count)));
  };
  const size_t rank = type.getRank();
  switch (step.kind) {
  case view_step::form::slice:
    return made("nd.slice",
                {list("offsets", 0, rank), list("sizes", 1, rank), list("strides", 2, rank)});
  case view_step::form::transpose:
    return made("nd.transpose", list("permutation", 0, rank));
  case view_step::form::reshape:
    return made("nd.reshape", {});
  case view_step::form::diagonal:
    return diagonal(from, numbers[0], loc);
  case view_step::form::real:
    return made("nd.real", {});
  case view_step::form::imag:
    return made("nd.imag", {});
  case view_step::form::bitcast:
    return made("nd.bitcast", {});
  default:
    return made("nd.broadcast_to", {});
  }
}

/// Every (m + 1)-th element of the first two axes as one, then that axis last.
Value recorder::diagonal(Value from, int64_t offset, Location loc) {
  llvm::ArrayRef<int64_t> extents = tensorOf(from.getType()).getShape();
  const int64_t n = extents[0], m = extents[1];
  const int64_t count =
      std::max<int64_t>(0, offset >= 0 ? std::min(n, m - offset) : std::min(n + offset, m));
  nd::shape flat{n * m}, part{count}, moved;
  for (int64_t extent : extents.drop_front(2)) {
    flat.push_back(extent);
    part.push_back(extent);
    moved.push_back(extent);
  }
  moved.push_back(count);
  const size_t rank = flat.size();
  view_step slice{view_step::form::slice, part, std::vector<int64_t>(3 * rank, 0)};
  slice.numbers[0] = count ? (offset >= 0 ? offset : -offset * m) : 0;
  view_step move{view_step::form::transpose, moved, {}};
  for (size_t axis = 0; axis < rank; ++axis) {
    slice.numbers[rank + axis] = part[axis];
    slice.numbers[2 * rank + axis] = axis == 0 && count > 1 ? m + 1 : 1;
    move.numbers.push_back(int64_t((axis + 1) % rank));
  }
  Value out = replay(replay(from, {view_step::form::reshape, flat, {}}, loc), slice, loc);
  return rank == 1 ? out : replay(out, move, loc);
}

/// A slice before what only renames axes, so that a write through both touches its part alone.
static std::vector<view_step> slices_first(const nd::shape &from, std::vector<view_step> steps) {
  using form = view_step::form;
  auto size = [](const nd::shape &s) { return s.size(); };
  for (size_t i = 0; i + 1 < steps.size(); ++i) {
    view_step &first = steps[i], &second = steps[i + 1];
    if (second.kind != form::slice)
      continue;
    const nd::shape before = i ? steps[i - 1].shape : from;
    const size_t rank = size(before), inner = size(first.shape);
    std::vector<int64_t> source(inner, -1); // the axis of `before` that each axis is
    if (first.kind == form::transpose) {
      source = first.numbers;
    } else if (first.kind == form::reshape) {
      size_t at = 0;
      bool renames = true;
      for (size_t axis = 0; axis < inner; ++axis) {
        while (at < rank && before[at] == 1 && first.shape[axis] != 1)
          ++at;
        if (at < rank && before[at] == first.shape[axis])
          source[axis] = int64_t(at++);
        else
          renames &= first.shape[axis] == 1;
      }
      while (at < rank)
        renames &= before[at++] == 1;
      if (!renames)
        continue;
      bool keeps_new = true; // an axis that is new must stay whole
      for (size_t axis = 0; axis < inner; ++axis)
        keeps_new &= source[axis] >= 0 || second.shape[axis] == 1;
      if (!keeps_new)
        continue;
    } else {
      continue;
    }
    view_step slice{form::slice, before, std::vector<int64_t>(3 * rank, 0)};
    for (size_t axis = 0; axis < rank; ++axis) {
      slice.numbers[rank + axis] = before[axis];
      slice.numbers[2 * rank + axis] = 1;
    }
    for (size_t axis = 0; axis < inner; ++axis)
      if (source[axis] >= 0)
        for (size_t k = 0; k < 3; ++k)
          slice.numbers[k * rank + size_t(source[axis])] = second.numbers[k * inner + axis];
    for (size_t axis = 0; axis < rank; ++axis)
      slice.shape[axis] = slice.numbers[rank + axis];
    view_step rename = first;
    rename.shape = second.shape;
    steps[i] = std::move(slice);
    steps[i + 1] = std::move(rename);
    i = size_t(-1); // earlier ones may move again
  }
  return steps;
}

Value recorder::replaced(Value from, const std::vector<view_step> &steps, Value part,
                         Location loc) {
  llvm::ArrayRef<int64_t> shape = tensorOf(from.getType()).getShape();
  std::vector<view_step> sorted = slices_first(nd::shape(shape.data(), shape.size()), steps);
  Value out = replaced(from, std::span<const view_step>(sorted), part, loc);
  while (!replays_.empty()) // of some only the shape was of use; they may be gone with others
    erase_if_dead(replays_.pop_back_val());
  return out;
}

Value recorder::replaced(Value from, std::span<const view_step> steps, Value part, Location loc) {
  if (steps.empty())
    return part;
  const view_step &step = steps.front();
  if (steps.size() > 1) {
    Value inner = replay(from, step, loc);
    replays_.push_back(inner.getDefiningOp());
    part = replaced(inner, steps.subspan(1), part, loc);
  }
  Builder b(&context_);
  llvm::ArrayRef<int64_t> numbers(step.numbers);
  auto made = [&](llvm::StringRef op, ValueRange operands, llvm::ArrayRef<NamedAttribute> list) {
    return append(OperationName(op, &context_), operands, b.getDictionaryAttr(list), from.getType(),
                  loc)
        ->getResult(0);
  };
  const size_t rank = tensorOf(from.getType()).getRank();
  switch (step.kind) {
  case view_step::form::slice:
    return made("nd.update", {from, part},
                {b.getNamedAttr("offsets", b.getDenseI64ArrayAttr(numbers.take_front(rank))),
                 b.getNamedAttr("strides", b.getDenseI64ArrayAttr(numbers.take_back(rank)))});
  case view_step::form::transpose: {
    SmallVector<int64_t> back(rank);
    for (size_t i = 0; i < rank; ++i)
      back[size_t(numbers[i])] = int64_t(i);
    return made("nd.transpose", part, b.getNamedAttr("permutation", b.getDenseI64ArrayAttr(back)));
  }
  case view_step::form::real:
    return made("nd.complex",
                {part, replay(from, {view_step::form::imag, step.shape, {}, step.dtype}, loc)}, {});
  case view_step::form::imag:
    return made("nd.complex",
                {replay(from, {view_step::form::real, step.shape, {}, step.dtype}, loc), part}, {});
  case view_step::form::bitcast:
    return made("nd.bitcast", part, {});
  default:
    return made("nd.reshape", part, {});
  }
}

void recorder::rewrite(node &root, Value value, Location loc) {
  auto give = [&](node &n, Value v) {
    Operation *old = n.concrete() ? nullptr : forget(n);
    buffer *memory = n.storage;
    n.storage = nullptr;
    n.data = nullptr;
    bind(n, v);
    if (memory)
      release(memory);
    return old;
  };
  SmallVector<Operation *> old = {give(root, value)};
  for (node *v : root.views) {
    Value follows = value;
    for (const view_step &step : v->steps)
      follows = replay(follows, step, loc);
    old.push_back(give(*v, follows));
  }
  for (Operation *op : old)
    if (op)
      erase_if_dead(op);
}

llvm::SmallVector<node *> recorder::readers(const node &written) {
  SmallVector<Operation *> work;
  auto [first, last] = rules::span_of(layout_of(written), int64_t(rules::itemsize(written.dtype)));
  auto take = [&](llvm::ArrayRef<Operation *> inputs) {
    for (Operation *op : inputs) {
      auto type = tensorOf(op->getResult(0).getType());
      char *data = info(op).data;
      int64_t bytes =
          type.getNumElements() * int64_t(rules::itemsize(dtypeOf(type.getElementType())));
      if (data < written.data + last && written.data + first < data + bytes)
        work.push_back(op);
    }
  };
  if (written.storage->give_back) // somebody else may know the same memory
    for (auto &entry : leaves_)
      take(entry.second);
  else if (auto known = leaves_.find(written.storage); known != leaves_.end())
    take(known->second);
  SmallVector<node *> out;
  llvm::SmallPtrSet<Operation *, 16> seen;
  while (!work.empty()) {
    Operation *op = work.pop_back_val();
    if (!seen.insert(op).second)
      continue;
    for (node *n : info(op).names)
      if (!n->traced && (n->base ? !n->expiring : n->held()))
        out.push_back(n);
    work.append(op->user_begin(), op->user_end());
  }
  return out;
}

Value recorder::argument(RankedTensorType type, int position, Location loc) {
  OpBuilder b(module_.getBodyRegion());
  auto op = InputOp::create(b, loc, type);
  op_info &entry = enter_or_erase(op);
  entry.traced = true;
  entry.argument = position;
  return op;
}

Operation *recorder::append(OperationName name, ValueRange operands, DictionaryAttr attributes,
                            TypeRange types, Location loc) {
  failure_.clear();
  ScopedDiagnosticHandler handler(&context_, [&](Diagnostic &d) {
    failure_ += d.str();
    return success();
  });
  std::optional<RegisteredOperationName> known = name.getRegisteredInfo();
  SmallVector<std::max_align_t, 8> storage(
      known->getOpPropertyByteSize() / sizeof(std::max_align_t) + 1);
  OpaqueProperties properties(nullptr);
  const llvm::scope_exit destroy([&] {
    if (properties)
      known->destroyOpProperties(properties);
  });
  if (known->getOpPropertyByteSize()) {
    known->initOpProperties(OpaqueProperties(storage.data()), OpaqueProperties(nullptr));
    properties = OpaqueProperties(storage.data());
    if (failed(known->setOpPropertiesFromAttribute(name, properties, attributes,
                                                   [&] { return emitError(loc); })))
      return nullptr;
  }
  SmallVector<Type, 4> inferred(types.begin(), types.end());
  Operation *op = nullptr;
  if (!inferred.empty() || !known->hasInterface<InferTypeOpInterface>() ||
      succeeded(known->getInterface<InferTypeOpInterface>()->inferReturnTypes(
          &context_, loc, operands, attributes, properties, {}, inferred))) {
    op = Operation::create(loc, name, inferred, operands, DictionaryAttr::get(&context_),
                           properties, BlockRange(), 0);
    module_.getBody()->push_back(op);
    enter_or_erase(op);
  }
  return op;
}

Value recorder::copied(Value value, Location loc) {
  return append(OperationName("nd.copy", &context_), value, {}, value.getType(), loc)->getResult(0);
}

bool recorder::is_full(Operation *op) {
  constexpr uint32_t longest_chain = 200;
  constexpr size_t most_ops = 2000;
  const op_info &known = info(op);
  return !known.traced && (known.height > longest_chain || infos_.size() > most_ops);
}

array recorder::name(Value value) {
  auto type = tensorOf(value.getType());
  auto n = std::make_unique<node>();
  n->dtype = dtypeOf(type.getElementType());
  n->shape = nd::shape(type.getShape().data(), type.getShape().size());
  n->size = n->shape.size() == 1                         ? n->shape[0]
            : llvm::any_of(n->shape, rules::is_run_time) ? -1
                                                         : type.getNumElements();
  bind(*n, value);
  return access::adopt(n.release());
}

void recorder::bind(node &n, Value value) {
  op_info &entry = info(value.getDefiningOp());
  entry.names.push_back(&n);
  n.value = value.getAsOpaquePointer();
  n.traced = entry.traced;
  n.now.store(state::lazy, std::memory_order_release);
}

/// Takes \p n off the names of its value; returns the op, which may be dead now.
Operation *recorder::forget(node &n) {
  Operation *op = Value::getFromOpaquePointer(n.value).getDefiningOp();
  llvm::erase(info(op).names, &n);
  n.value = nullptr;
  return op;
}

void recorder::unbind(node &n) { erase_if_dead(forget(n)); }

void recorder::make_concrete(node &n, buffer *b, char *data) {
  retain(b);
  n.storage = b;
  n.data = data + n.offset;
  n.now.store(state::concrete, std::memory_order_release);
}

void recorder::take(node &n, node &from) {
  Operation *old = forget(n);
  make_concrete(n, from.storage, from.data);
  for (node *v : n.views) {
    Operation *op = forget(*v);
    make_concrete(*v, from.storage, from.data);
    erase_if_dead(op);
  }
  erase_if_dead(old);
}

void recorder::detach(node &view) {
  node *root = view.base;
  llvm::erase(root->views, &view);
  view.listed = false;
  view.base = nullptr;
  view.offset = 0;
  view.steps.clear();
  view.strides = nd::shape();
  release(root);
}

void recorder::settle(Value value, buffer *b, char *data) {
  Operation *op = value.getDefiningOp();
  SmallVector<Operation *> dead = {op};
  node *owner = nullptr; // one array owns the memory; others of the same value copy it
  for (node *n : info(op).names)
    if (!owner && !n->base && n->value == value.getAsOpaquePointer())
      owner = n;
  if (owner) {
    forget(*owner);
    make_concrete(*owner, b, data);
    for (node *v : owner->views) {
      dead.push_back(forget(*v));
      make_concrete(*v, b, data);
    }
  }
  SmallVector<node *> others;
  for (node *n : info(op).names)
    if (n->value == value.getAsOpaquePointer())
      others.push_back(n);
  if (!value.use_empty() || !others.empty()) {
    Value in = input(b, data, value.getType(), op->getLoc());
    for (node *n : others) {
      forget(*n);
      bind(*n, in);
    }
    value.replaceAllUsesWith(in);
  }
  for (Operation *op : dead)
    erase_if_dead(op);
}

void recorder::erase_if_dead(Operation *op) {
  SmallVector<Operation *> work = {op};
  while (!work.empty()) {
    Operation *next = work.pop_back_val();
    auto found = infos_.find(next);
    if (found == infos_.end() || !next->use_empty() || !found->second->names.empty() ||
        found->second->dependents)
      continue;
    std::unique_ptr<op_info> entry = std::move(found->second);
    infos_.erase(found);
    if (auto extent = dyn_cast<ExtentOp>(next))
      extents_.erase(extent.getExtent());
    for (Operation *extent : entry->extents)
      if (--info(extent).dependents == 0)
        work.push_back(extent);
    if (entry->leaf) {
      inputs_.erase({entry->data, next->getResult(0).getType()});
      auto leaves = leaves_.find(entry->leaf);
      llvm::erase(leaves->second, next);
      if (leaves->second.empty())
        leaves_.erase(leaves);
      release(entry->leaf);
    }
    for (Value operand : next->getOperands())
      work.push_back(operand.getDefiningOp());
    next->erase();
  }
}

void release(node *n) noexcept {
  if (n->references.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return;
  if (n->open.load(std::memory_order_relaxed))
    forget_choice(n);
  if (!n->concrete() || n->listed) {
    recorder &r = recorder::get();
    std::lock_guard guard(r.lock());
    if (!n->concrete())
      r.unbind(*n);
    if (n->listed)
      llvm::erase(n->base->views, n);
  }
  if (n->storage)
    release(n->storage);
  if (n->in_order)
    release(n->in_order);
  if (n->base)
    release(n->base);
  delete n;
}

std::string place(Location loc) {
  if (auto at = loc->findInstanceOf<FileLineColLoc>())
    return at.getFilename().str() + ":" + std::to_string(at.getLine()) + ":" +
           std::to_string(at.getColumn()) + ": ";
  return "";
}

void raise_traced(Value value, std::string_view what, const site &where) {
  std::string text =
      where.line() ? prefix(what, where) : place(value.getLoc()) + std::string(what) + ": ";
  throw trace_error(
      text +
      "a value that depends on an argument of nd::jit is not known while the function is "
      "recorded; " +
      (what == "bool" ? "choose with nd::where" : "return it, and read what the call gives"));
}

} // namespace nd::detail
