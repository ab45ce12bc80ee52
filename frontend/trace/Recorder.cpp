// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/trace/Recorder.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;

namespace nd::detail {

recorder &recorder::get() {
  static recorder &one = *new recorder;
  return one;
}

recorder::recorder()
    : context_(jit_engine::get().context()), module_(ModuleOp::create(UnknownLoc::get(&context_))) {
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
  return *(infos_[op] = std::move(entry));
}

Value recorder::value_of(node &n) {
  if (!n.concrete())
    return Value::getFromOpaquePointer(n.value);
  RankedTensorType type = type_of(n);
  Operation *&op = inputs_[{n.data, type}];
  if (!op) {
    OpBuilder b(module_.getBodyRegion());
    op = InputOp::create(b, UnknownLoc::get(&context_), type);
    op_info &entry = enter(op);
    retain(n.storage);
    entry.leaf = n.storage;
    entry.data = n.data;
  }
  return op->getResult(0);
}

Value recorder::argument(RankedTensorType type, int position, Location loc) {
  OpBuilder b(module_.getBodyRegion());
  auto op = InputOp::create(b, loc, type);
  op_info &entry = enter(op);
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
  if (known->getOpPropertyByteSize()) {
    properties = OpaqueProperties(storage.data());
    known->initOpProperties(properties, OpaqueProperties(nullptr));
    if (failed(known->setOpPropertiesFromAttribute(name, properties, attributes,
                                                   [&] { return emitError(loc); })))
      return nullptr;
  }
  SmallVector<Type, 4> inferred(types.begin(), types.end());
  Operation *op = nullptr;
  if (!inferred.empty() || succeeded(known->getInterface<InferTypeOpInterface>()->inferReturnTypes(
                               &context_, loc, operands, attributes, properties, {}, inferred))) {
    op = Operation::create(loc, name, inferred, operands, DictionaryAttr::get(&context_),
                           properties, BlockRange(), 0);
    module_.getBody()->push_back(op);
    enter(op);
  }
  if (properties)
    known->destroyOpProperties(properties);
  return op;
}

array recorder::name(Value value) {
  auto type = tensorOf(value.getType());
  auto *n = new node;
  n->dtype = dtypeOf(type.getElementType());
  n->shape = nd::shape(type.getShape().data(), type.getShape().size());
  n->size = type.getNumElements();
  bind(*n, value);
  return access::adopt(n);
}

void recorder::bind(node &n, Value value) {
  op_info &entry = info(value.getDefiningOp());
  entry.names.push_back(&n);
  n.value = value.getAsOpaquePointer();
  n.traced = entry.traced;
  n.now.store(state::lazy, std::memory_order_release);
}

void recorder::unbind(node &n) {
  Operation *op = Value::getFromOpaquePointer(n.value).getDefiningOp();
  llvm::erase(info(op).names, &n);
  n.value = nullptr;
  erase_if_dead(op);
}

void recorder::settle(Value value, buffer *b, char *data) {
  Operation *op = value.getDefiningOp();
  op_info &entry = info(op);
  llvm::erase_if(entry.names, [&](node *n) {
    if (n->value != value.getAsOpaquePointer())
      return false;
    retain(b);
    n->storage = b;
    n->data = data;
    n->value = nullptr;
    n->now.store(state::concrete, std::memory_order_release);
    return true;
  });
  if (!value.use_empty()) {
    Operation *&input = inputs_[{data, value.getType()}];
    if (!input) {
      OpBuilder builder(op);
      input = InputOp::create(builder, op->getLoc(), value.getType());
      op_info &leaf = enter(input);
      retain(b);
      leaf.leaf = b;
      leaf.data = data;
    }
    value.replaceAllUsesWith(input->getResult(0));
  }
  erase_if_dead(op);
}

void recorder::erase_if_dead(Operation *op) {
  SmallVector<Operation *> work = {op};
  while (!work.empty()) {
    Operation *next = work.pop_back_val();
    auto found = infos_.find(next);
    if (found == infos_.end() || !next->use_empty() || !found->second->names.empty())
      continue;
    std::unique_ptr<op_info> entry = std::move(found->second);
    infos_.erase(found);
    if (entry->leaf) {
      inputs_.erase({entry->data, next->getResult(0).getType()});
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
  if (!n->concrete()) {
    recorder &r = recorder::get();
    std::lock_guard guard(r.lock());
    if (!n->concrete())
      r.unbind(*n);
  }
  if (n->storage)
    release(n->storage);
  delete n;
}

void access::replace(array &a, const array &value) {
  node &n = get(a), &from = get(value);
  recorder &r = recorder::get();
  std::lock_guard guard(r.lock());
  buffer *old = n.storage;
  if (!n.concrete())
    r.unbind(n);
  n.storage = nullptr;
  n.data = nullptr;
  n.weak = false;
  if (from.concrete()) {
    retain(from.storage);
    n.storage = from.storage;
    n.data = from.data;
    n.traced = false;
    n.now.store(state::concrete, std::memory_order_release);
  } else {
    r.bind(n, Value::getFromOpaquePointer(from.value));
  }
  if (old)
    release(old);
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
