// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The values of a kernel: read, generated, computed, stored.
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "ndrt/ndrt.h"
#include "passes/lower/Emitter.h"

using namespace mlir;

namespace nd {

bool Emitter::dependsOnInner(Value value, ArrayRef<int64_t> walk) const {
  Access access = accessOf(value);
  for (auto [axis, dimension] : llvm::zip_equal(access.axis, walk))
    if (axis >= 0 && dimension >= 0 && innerLoop(plan.loopOf(dimension)))
      return true;
  return false;
}

/// The address of element \p position of the array that \p memory holds; along the lanes neighbours
/// are \p laneStride apart, all lanes are at one element without it. Where bounds are asked for, an
/// element outside the array ends the process.
Value Emitter::element(const Site &at, StringRef action, Type array, Value memory, Value position,
                       Value laneStride) {
  Type dtype = tensorOf(array).getElementType();
  if (!bounds)
    return addressOf(b, dtype, memory, position);
  Value size = sizes->product(tensorOf(array).getShape()), outside;
  auto beyond = [&](Value where, Value limit) -> Value {
    return arith::CmpIOp::create(b, arith::CmpIPredicate::uge, where, limit);
  };
  if (at.width && laneStride && at.mask) {
    Value lanes = mul(laneNumbers(b, at.width), splat(b, laneStride, at.width));
    outside = beyond(add(splat(b, position, at.width), lanes), splat(b, size, at.width));
    outside = arith::AndIOp::create(b, outside, at.mask);
    outside = vector::ReductionOp::create(b, vector::CombiningKind::OR, outside);
  } else {
    outside = beyond(position, size);
    if (at.width && laneStride) { // the lanes between are between
      Value last = add(position, mul(laneStride, sizes->constant(at.width - 1)));
      outside = arith::OrIOp::create(b, outside, beyond(last, size));
    }
  }
  auto failed = scf::IfOp::create(b, outside, /*withElseRegion=*/false);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(failed.thenBlock());
  std::string text;
  llvm::raw_string_ostream out(text);
  if (auto place = b.getLoc()->findInstanceOf<FileLineColLoc>())
    out << place.getFilename().getValue() << ":" << place.getLine() << ": ";
  out << "a kernel " << action << " a " << array;
  std::string symbol = (name + "_access" + Twine(accesses++)).str();
  Value access = LLVM::createGlobalString(
      b.getLoc(), b, symbol, StringRef(text.c_str(), text.size() + 1), LLVM::Linkage::Internal);
  auto moduleOp = function->getParentOfType<ModuleOp>();
  StringRef callee = "ndrt_out_of_bounds";
  if (!moduleOp.lookupSymbol(callee)) {
    OpBuilder top = OpBuilder::atBlockBegin(moduleOp.getBody());
    Type i64Type = b.getI64Type();
    auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(b.getContext()),
                                            {access.getType(), i64Type, i64Type});
    LLVM::LLVMFuncOp::create(top, b.getLoc(), callee, type);
  }
  LLVM::CallOp::create(b, TypeRange(), callee, ValueRange{access, position, size});
  b.setInsertionPointAfter(failed);
  return addressOf(b, dtype, memory, position);
}

/// Where the element of \p value at this site lies; along the lanes neighbours are \p laneStride
/// apart.
Value Emitter::address(const Site &at, Value value, ArrayRef<int64_t> walk, Value &laneStride,
                       bool &contiguous) {
  Access access = accessOf(value);
  ArrayRef<int64_t> shape = tensorOf(access.root.getType()).getShape();
  Value offset = sizes->constant(0);
  for (auto [axis, terms] : llvm::enumerate(access.first)) {
    Value first = sizes->constant(0);
    for (Access::Term term : terms)
      first = sizes->add(first,
                         sizes->multiply(sizes->constant(term.factor), sizes->offset(term.number)));
    if (!terms.empty())
      offset = sizes->add(offset, sizes->multiply(first, sizes->stride(shape, axis)));
  }
  contiguous = false;
  laneStride = {};
  Value position = offset;
  for (size_t i = 0; i < walk.size(); ++i) {
    int64_t dimension = walk[i], axis = access.axis[i];
    if (dimension < 0 || axis < 0)
      continue;
    int loop = plan.loopOf(dimension);
    if (plan.loops[loop].dimensions.back() != dimension)
      continue; // the collapsed loop strides as its last dimension does
    Value stride = sizes->multiply(sizes->constant(access.step[i]), sizes->stride(shape, axis));
    if (loop == plan.lanes && at.width) {
      laneStride = stride;
      contiguous = access.step[i] == 1 &&
                   llvm::all_of(shape.drop_front(axis + 1), [](int64_t e) { return e == 1; });
    }
    Value index = at.position[loop];
    assert(index && "a value is read where its loops are open");
    Value step = stride == sizes->constant(1) ? index : mul(index, stride);
    position = position == sizes->constant(0) ? step : add(position, step);
  }
  return element(at, "reads", access.root.getType(),
                 inputs[cast<BlockArgument>(access.root).getArgNumber()], position, laneStride);
}

Value Emitter::readMemory(Site &at, Value value, ArrayRef<int64_t> walk) {
  Value laneStride;
  bool contiguous;
  Value from = address(at, value, walk, laneStride, contiguous);
  Type dtype = elementOf(value);
  if (!at.width || !laneStride)
    return splat(b, load(b, dtype, from, 0, {}), at.width);
  if (contiguous)
    return load(b, dtype, from, at.width, at.mask);
  return gather(b, dtype, from, laneStride, at.width, at.mask);
}

Value Emitter::generate(Site &at, GeneratorOpInterface generator, const Access &access,
                        ArrayRef<int64_t> walk) {
  Source source = generator.getSource();
  Type dtype = elementOf(generator->getResult(0)), type = registerType(dtype);
  if (source.param)
    return splat(b, sizes->scalar(*source.param, type), at.width);
  if (source.constant)
    return splatConstant(b, source.constant, at.width);
  Type i64Type = b.getI64Type();
  if (!source.axis) {
    Value count = sizes->product(source.extents);
    return splat(b, body::emitCast(b, count, i64Type, dtype), at.width);
  }
  Value position = sizes->constant(0), lanes;
  for (Access::Term term : access.first[*source.axis])
    position = sizes->add(
        position, sizes->multiply(sizes->constant(term.factor), sizes->offset(term.number)));
  for (size_t i = 0; i < walk.size(); ++i) {
    if (access.axis[i] != *source.axis || walk[i] < 0)
      continue;
    int loop = plan.loopOf(walk[i]);
    Value step = i64(access.step[i]);
    position = add(position, mul(at.position[loop], step));
    if (loop == plan.lanes && at.width)
      lanes = mul(laneNumbers(b, at.width), splat(b, step, at.width));
  }
  Value numbers = splat(b, position, at.width);
  if (lanes)
    numbers = add(numbers, lanes);
  return body::emitCast(b, numbers, i64Type, dtype);
}

/// The value of an operand of an op that walks \p walk.
Value Emitter::operand(Site &at, Value value, ArrayRef<int64_t> walk) {
  if (Operation *def = producerOf(value))
    return plan.isInner(def) && !plan.isReduction(def) ? compute(at, def) : outerAt(at, def);
  for (auto &[read, loops, known] : hoisted)
    if (read == value && loops == walk)
      return splat(b, known, at.width);
  for (auto &[read, loops, known] : at.reads)
    if (read == value && loops == walk)
      return known;
  Access access = accessOf(value);
  Operation *def = access.root.getDefiningOp();
  Value out = def ? generate(at, cast<GeneratorOpInterface>(def), access, walk)
                  : readMemory(at, value, walk);
  at.reads.emplace_back(value, walk, out);
  return out;
}

/// The value of an op that runs once per row, or of a finished reduction.
Value Emitter::outerAt(Site &at, Operation *op) {
  if (rows.contains(op)) {
    Value known = at.values.lookup(op);
    assert(known && "accumulator rows are loaded ahead of their readers");
    return known;
  }
  if (Value known = outer.lookup(op))
    return splat(b, known, at.width);
  return compute(at, op);
}

/// The elements of \p op at this site, out of a run that the runtime makes where the last one ends.
/// Where the op walks the lanes it does so in C order: fusion lines up no others.
Value Emitter::runOf(Site &at, PositionalOpInterface op) {
  Value &run = runs[op];
  if (!run) {
    OpBuilder head = OpBuilder::atBlockBegin(&function.getBody().front());
    auto constant = [&](int64_t value) -> Value {
      return arith::ConstantOp::create(head, op.getLoc(), head.getI64IntegerAttr(value));
    };
    run = LLVM::AllocaOp::create(head, op.getLoc(), LLVM::LLVMPointerType::get(head.getContext()),
                                 head.getI8Type(), constant(NDRT_RUN_HEAD + NDRT_RUN_BYTES), 64);
    LLVM::StoreOp::create(head, op.getLoc(), constant(INT64_MIN), run);
  }
  ArrayRef<int64_t> walk = plan.loopsOf(op);
  const int64_t width = walksLanes(op) ? at.width : 0;
  Type type = registerType(elementOf(op->getResult(0)));
  const int64_t length = NDRT_RUN_BYTES / (type.getIntOrFloatBitWidth() / 8);
  Value position = resultPosition(at, op);
  Value first = LLVM::LoadOp::create(b, b.getI64Type(), run);
  Value offset = arith::SubIOp::create(b, position, first);
  Value beyond = arith::CmpIOp::create(b, arith::CmpIPredicate::ugt, offset,
                                       i64(length - std::max<int64_t>(width, 1)));
  auto choice = scf::IfOp::create(b, b.getI64Type(), beyond, /*withElseRegion=*/true);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(choice.thenBlock());
    Value laneStride;
    bool contiguous;
    Values arguments = {address(at, op->getOperand(0), walk, laneStride, contiguous), position,
                        sizes->product(tensorOf(op->getResult(0).getType()).getShape())};
    for (TypedAttr scalar : op.getRunScalars())
      arguments.push_back(arith::ConstantOp::create(b, scalar));
    arguments.push_back(run);
    auto moduleOp = function->getParentOfType<ModuleOp>();
    auto callee = moduleOp.lookupSymbol<LLVM::LLVMFuncOp>(op.getRunCallee());
    if (!callee) {
      OpBuilder top = OpBuilder::atBlockBegin(moduleOp.getBody());
      auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(b.getContext()),
                                              llvm::to_vector(ValueRange(arguments).getTypes()));
      callee = LLVM::LLVMFuncOp::create(top, op.getLoc(), op.getRunCallee(), type);
    }
    LLVM::CallOp::create(b, callee, ValueRange(arguments));
    scf::YieldOp::create(b, ValueRange{i64(0)});
    b.setInsertionPointToStart(choice.elseBlock());
    scf::YieldOp::create(b, ValueRange{offset});
  }
  Value elements = LLVM::GEPOp::create(b, run.getType(), b.getI8Type(), run,
                                       ArrayRef<LLVM::GEPArg>{int32_t(NDRT_RUN_HEAD)});
  Value from = addressOf(b, type, elements, choice.getResult(0));
  return splat(b, load(b, type, from, width, {}), width ? 0 : at.width);
}

Value Emitter::compute(Site &at, Operation *op) {
  if (Value known = at.values.lookup(op))
    return known;
  ArrayRef<int64_t> walk = plan.loopsOf(op);
  b.setLoc(op->getLoc());
  Value out;
  if (auto kept = stashed.find(op); kept != stashed.end() && kept->second.stage != stageHere) {
    Type dtype = elementOf(op->getResult(0));
    out = load(b, dtype, resultElement(at, "reads", kept->second.result, op), at.width, at.mask);
  } else {
    if (auto positional = dyn_cast<PositionalOpInterface>(op)) {
      dear.insert(op);
      return at.values[op] = runOf(at, positional);
    }
    Values operands;
    for (Value x : op->getOperands())
      operands.push_back(operand(at, x, walk));
    auto pointwise = dyn_cast<PointwiseOpInterface>(op);
    Block *block = b.getInsertionBlock();
    size_t before = block->getOperations().size();
    if (pointwise)
      out = pointwise.emitBody(b, operands);
    else if (cast<ReductionOpInterface>(op).usesPosition())
      out = splat(b, i64(0), at.width);
    else
      out = operands[0];
    if (at.width && block->getOperations().size() - before > dearOps)
      dear.insert(op);
  }
  at.values[op] = out;
  return out;
}

/// Where the element of this site lies in a result that \p op fills.
Value Emitter::resultPosition(Site &at, Operation *op) {
  ArrayRef<int64_t> shape = tensorOf(op->getResult(0).getType()).getShape();
  SmallVector<int64_t> walk = plan.resultLoops(op);
  Value position = sizes->constant(0);
  for (auto [axis, dimension] : llvm::enumerate(walk)) {
    if (dimension < 0)
      continue;
    int loop = plan.loopOf(dimension);
    if (plan.loops[loop].dimensions.back() != dimension)
      continue;
    Value stride = sizes->stride(shape, axis);
    Value step = stride == sizes->constant(1) ? at.position[loop] : mul(at.position[loop], stride);
    position = position == sizes->constant(0) ? step : add(position, step);
  }
  return position;
}

/// The element of this site in a result of the kernel that is laid out as \p op's.
Value Emitter::resultElement(Site &at, StringRef action, unsigned result, Operation *op) {
  Value stride = at.width && walksLanes(op) ? i64(1) : Value();
  return element(at, action, op->getResult(0).getType(), results[result], resultPosition(at, op),
                 stride);
}

void Emitter::storeResult(Site &at, Operation *op, Value value) {
  Type dtype = elementOf(op->getResult(0));
  for (unsigned result : plan.resultsOf(op))
    store(b, dtype, value, resultElement(at, "writes", result, op), at.mask);
}

} // namespace nd
