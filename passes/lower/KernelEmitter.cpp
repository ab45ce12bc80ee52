// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/lower/KernelEmitter.h"
#include "ir/body/Arith.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "passes/lower/Site.h"
#include "llvm/ADT/DenseSet.h"
#include <functional>

using namespace mlir;

namespace nd {
namespace {

/// A body of more ops than this is dear: reading its value back costs less than computing it twice.
constexpr size_t dearOps = 12;
/// Rows that a column of floats folds before it adds to the column's total.
constexpr int64_t rowChunk = 128;

using Builder = ImplicitLocOpBuilder;
using Values = SmallVector<Value>;

/// Whether the order of a fold shows in its result: sums and products of floats, whose identity is
/// finite. Extremes start from an infinity and are exact.
bool rounds(Operation *op) {
  TypedAttr identity = cast<ReductionOpInterface>(op).getIdentity().front();
  auto real = dyn_cast<FloatAttr>(identity);
  return real && real.getValue().isFinite();
}

class Emitter {
public:
  Emitter(KernelOp kernel, StringRef name, ArrayRef<int64_t> slots, OpBuilder &module)
      : plan(kernel), kernel(kernel), name(name), slots(slots), module(module), b(kernel.getLoc(), kernel.getContext()) {}

  KernelCode run();

private:
  KernelPlan plan;
  KernelOp kernel;
  StringRef name;
  ArrayRef<int64_t> slots;
  OpBuilder &module;
  Builder b;

  // Of the function that is being emitted.
  LLVM::LLVMFuncOp function;
  std::optional<Sizes> sizes;
  Value context, begin, end;
  Values inputs, results;
  llvm::DenseMap<Operation *, Value> outer;                              ///< scalars, known once per row
  SmallVector<std::tuple<Value, ArrayRef<int64_t>, Value>> hoisted;      ///< reads that do not walk the inner loops
  llvm::DenseMap<Operation *, Values> rows;                              ///< Shape::columns: memory of states and outer values
  llvm::DenseMap<Operation *, Values> parts;                             ///< and of the states of a run of rows

  // Inner values that cost more to compute again than to load, and those kept in a result's memory.
  struct Stash {
    unsigned result;
    int stage; ///< that computes it
  };
  llvm::DenseSet<Operation *> dear;
  llvm::DenseMap<Operation *, Stash> stashed;
  int stageHere = 0;

  Value i64(int64_t value) { return arith::ConstantOp::create(b, b.getI64IntegerAttr(value)); }
  Value add(Value x, Value y) { return arith::AddIOp::create(b, x, y); }
  Value mul(Value x, Value y) { return arith::MulIOp::create(b, x, y); }
  Value pointer(int64_t slot);
  LLVM::LLVMFuncOp open(const Twine &suffix);
  void close();
  /// for (i = from; i < to; i += step) state = body(i, state)
  Values loop(Value from, Value to, Value step, ValueRange init, llvm::function_ref<Values(Value, ValueRange)> body);
  Value extent(const Loop &loop) { return sizes->product(loop.extents); }
  bool innerLoop(int loop) const {
    return plan.shape == Shape::pointwise ? loop == plan.lanes : loop >= plan.parallel;
  }

  Site site(int64_t width) { return Site{&b, Values(plan.loops.size()), width, {}, {}, {}}; }
  Value address(const Site &at, Value value, ArrayRef<int64_t> walk, Value &laneStride, bool &contiguous);
  Value readMemory(Site &at, Value value, ArrayRef<int64_t> walk);
  Value generate(Site &at, GeneratorOpInterface source, const Access &access, ArrayRef<int64_t> walk);
  Value resultPosition(Site &at, Operation *op);
  Value operand(Site &at, Value value, ArrayRef<int64_t> walk);
  Value compute(Site &at, Operation *op);
  Value outerAt(Site &at, Operation *op);
  bool dependsOnInner(Value value, ArrayRef<int64_t> walk) const;
  bool walksLanes(Operation *op) const {
    return llvm::any_of(plan.loopsOf(op), [&](int64_t dimension) { return dimension >= 0 && plan.loopOf(dimension) == plan.lanes; });
  }

  void hoist(Site &row);
  void computeOuter(Site &row, int before);
  void storeOuter(Site &row, int from, int to);
  void storeResult(Site &at, Operation *op, Value value);
  void storeInner(Site &at, int stage);
  SmallVector<Operation *> reductionsOf(int stage) const;
  Values lift(Site &at, Operation *op, int64_t width);
  Values identities(ArrayRef<Operation *> ops, int64_t width);
  Values mergeMasked(Site &at, ArrayRef<Operation *> ops, ValueRange states);
  Values merge(ArrayRef<Operation *> ops, ValueRange left, ValueRange right);
  Values fold(Operation *op, ValueRange states);
  Value finish(Operation *op, ValueRange state);
  static int64_t stateCount(Operation *op) { return cast<ReductionOpInterface>(op).usesPosition() ? 2 : 1; }

  void decodeRow(Site &at, Value row);
  Values traverseRow(Site &at, int stage, ArrayRef<Operation *> ops, int loop, ValueRange init, Value from, Value to);
  void emitPointwise();
  void emitRows();
  void emitColumns();
  void columnBlockOf(Site &row, Value from, Value to);
  void emitWhole(KernelCode &code);
};

Value Emitter::pointer(int64_t slot) {
  Type type = LLVM::LLVMPointerType::get(b.getContext());
  Value at = LLVM::GEPOp::create(b, type, type, context, ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(slot)});
  return LLVM::LoadOp::create(b, type, at);
}

LLVM::LLVMFuncOp Emitter::open(const Twine &suffix) {
  Type pointerType = LLVM::LLVMPointerType::get(b.getContext());
  auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(b.getContext()), {pointerType, b.getI64Type(), b.getI64Type()});
  function = LLVM::LLVMFuncOp::create(module, kernel.getLoc(), (name + suffix).str(), type, LLVM::Linkage::Internal);
  Block *entry = function.addEntryBlock(module);
  b.setInsertionPointToStart(entry);
  context = entry->getArgument(0);
  begin = entry->getArgument(1);
  end = entry->getArgument(2);
  inputs.clear();
  results.clear();
  outer.clear();
  hoisted.clear();
  rows.clear();
  parts.clear();
  Value params = pointer(0);
  for (size_t i = 0; i < kernel.getInputs().size(); ++i)
    inputs.push_back(pointer(1 + i));
  for (size_t i = 0; i < kernel.getNumResults(); ++i)
    results.push_back(pointer(1 + inputs.size() + i));
  // Sizes are computed ahead of this constant, wherever they are first needed.
  Operation *marker = i64(0).getDefiningOp();
  OpBuilder head(marker);
  sizes.emplace(slots, params, head);
  return function;
}

void Emitter::close() { LLVM::ReturnOp::create(b, ValueRange{}); }

Values Emitter::loop(Value from, Value to, Value step, ValueRange init, llvm::function_ref<Values(Value, ValueRange)> body) {
  auto loop = scf::ForOp::create(b, from, to, step, init);
  OpBuilder::InsertionGuard guard(b);
  Block *block = loop.getBody();
  if (!block->empty())
    block->getTerminator()->erase();
  b.setInsertionPointToEnd(block);
  scf::YieldOp::create(b, body(loop.getInductionVar(), loop.getRegionIterArgs()));
  return Values(loop.getResults());
}

bool Emitter::dependsOnInner(Value value, ArrayRef<int64_t> walk) const {
  Access access = accessOf(value);
  for (auto [axis, dimension] : llvm::zip_equal(access.axis, walk))
    if (axis >= 0 && dimension >= 0 && innerLoop(plan.loopOf(dimension)))
      return true;
  return false;
}

/// Where the element of \p value at this site lies; along the lanes neighbours are \p laneStride apart.
Value Emitter::address(const Site &at, Value value, ArrayRef<int64_t> walk, Value &laneStride, bool &contiguous) {
  Access access = accessOf(value);
  ArrayRef<int64_t> shape = tensorOf(access.root.getType()).getShape();
  Value offset = sizes->constant(0);
  for (auto [axis, terms] : llvm::enumerate(access.first)) {
    Value first = sizes->constant(0);
    for (Access::Term term : terms)
      first = sizes->add(first, sizes->multiply(sizes->constant(term.factor), sizes->offset(term.number)));
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
      contiguous = access.step[i] == 1 && llvm::all_of(shape.drop_front(axis + 1), [](int64_t e) { return e == 1; });
    }
    Value index = at.position[loop];
    assert(index && "a value is read where its loops are open");
    Value step = stride == sizes->constant(1) ? index : mul(index, stride);
    position = position == sizes->constant(0) ? step : add(position, step);
  }
  return addressOf(b, elementOf(value), inputs[cast<BlockArgument>(access.root).getArgNumber()], position);
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

Value Emitter::generate(Site &at, GeneratorOpInterface generator, const Access &access, ArrayRef<int64_t> walk) {
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
    position = sizes->add(position, sizes->multiply(sizes->constant(term.factor), sizes->offset(term.number)));
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
  Value out = def ? generate(at, cast<GeneratorOpInterface>(def), access, walk) : readMemory(at, value, walk);
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

Value Emitter::compute(Site &at, Operation *op) {
  if (Value known = at.values.lookup(op))
    return known;
  ArrayRef<int64_t> walk = plan.loopsOf(op);
  b.setLoc(op->getLoc());
  Value out;
  if (auto kept = stashed.find(op); kept != stashed.end() && kept->second.stage != stageHere) {
    Type dtype = elementOf(op->getResult(0));
    out = load(b, dtype, addressOf(b, dtype, results[kept->second.result], resultPosition(at, op)), at.width, at.mask);
  } else {
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

/// Reads what does not walk the inner loops, ahead of them.
void Emitter::hoist(Site &row) {
  for (Operation *op : plan.ops)
    for (Value value : op->getOperands()) {
      ArrayRef<int64_t> walk = plan.loopsOf(op);
      if (producerOf(value) || dependsOnInner(value, walk))
        continue;
      auto same = [&](auto &entry) { return std::get<0>(entry) == value && std::get<1>(entry) == walk; };
      if (llvm::none_of(hoisted, same)) {
        Value known = operand(row, value, walk);
        hoisted.emplace_back(value, walk, known);
      }
    }
}

/// Computes the outer ops that are known before stage \p before (Shape::columns keeps them in rows instead).
void Emitter::computeOuter(Site &row, int before) {
  for (Operation *op : plan.ops)
    if (!plan.isInner(op) && plan.stageOf(op) == before)
      outer[op] = compute(row, op);
}

/// Where the element of this site lies in a result that \p op fills.
Value Emitter::resultPosition(Site &at, Operation *op) {
  ArrayRef<int64_t> shape = tensorOf(op->getResult(0).getType()).getShape();
  // The result's axes: the op's, less what a reduction folds.
  SmallVector<int64_t> walk(plan.loopsOf(op));
  if (auto reduction = dyn_cast<ReductionOpInterface>(op)) {
    SmallVector<int64_t> kept;
    for (auto [axis, dimension] : llvm::enumerate(walk))
      if (!llvm::is_contained(reduction.getReducedAxes(), int64_t(axis)))
        kept.push_back(dimension);
      else if (reduction.keepsDims())
        kept.push_back(-1);
    walk = kept;
  }
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

void Emitter::storeResult(Site &at, Operation *op, Value value) {
  Type dtype = elementOf(op->getResult(0));
  for (unsigned result : plan.resultsOf(op))
    store(b, dtype, value, addressOf(b, dtype, results[result], resultPosition(at, op)), at.mask);
}

/// Stores the outer results that are known from stage \p from up to stage \p to.
void Emitter::storeOuter(Site &row, int from, int to) {
  for (Operation *op : plan.ops) {
    bool reduced = plan.isReduction(op);
    if (plan.isInner(op) && !reduced)
      continue;
    int known = plan.stageOf(op) + (reduced ? 1 : 0);
    if (known >= from && known < to && !plan.resultsOf(op).empty())
      storeResult(row, op, outerAt(row, op));
  }
}

/// Stores a stage's results, and dear values that a later stage needs again in the memory of a result
/// that is written only then.
void Emitter::storeInner(Site &at, int stage) {
  SmallVector<Operation *> out;
  for (Operation *op : plan.ops)
    if (plan.isInner(op) && !plan.isReduction(op) && plan.stageOf(op) == stage && !plan.resultsOf(op).empty()) {
      compute(at, op);
      out.push_back(op);
    }
  for (Operation *op : out)
    storeResult(at, op, at.values[op]);
  for (Operation *op : plan.ops) {
    if (!dear.contains(op) || stashed.contains(op) || plan.stageOf(op) != stage || !plan.crosses(op))
      continue;
    if (!plan.resultsOf(op).empty()) {
      stashed[op] = {plan.resultsOf(op).front(), stage};
      continue;
    }
    for (Operation *later : plan.ops) {
      auto taken = [&](auto &entry) { return entry.second.result == plan.resultsOf(later).front(); };
      if (!plan.isInner(later) || plan.isReduction(later) || plan.resultsOf(later).empty() ||
          plan.stageOf(later) < plan.lastUse(op) || plan.loopsOf(later) != plan.loopsOf(op) ||
          memoryType(elementOf(later->getResult(0))) != memoryType(elementOf(op->getResult(0))) ||
          llvm::any_of(stashed, taken))
        continue;
      stashed[op] = {plan.resultsOf(later).front(), stage};
      Type dtype = elementOf(op->getResult(0));
      store(b, dtype, at.values[op], addressOf(b, dtype, results[stashed[op].result], resultPosition(at, op)), at.mask);
      break;
    }
  }
}

SmallVector<Operation *> Emitter::reductionsOf(int stage) const {
  SmallVector<Operation *> out;
  for (Operation *op : plan.ops)
    if (plan.isReduction(op) && plan.stageOf(op) == stage)
      out.push_back(op);
  return out;
}

Values Emitter::identities(ArrayRef<Operation *> ops, int64_t width) {
  Values out;
  for (Operation *op : ops)
    for (TypedAttr value : cast<ReductionOpInterface>(op).getIdentity())
      out.push_back(splatConstant(b, value, width));
  return out;
}

/// One element's state: its value, and its position within R in C order.
Values Emitter::lift(Site &at, Operation *op, int64_t width) {
  auto reduction = cast<ReductionOpInterface>(op);
  Values state{operand(at, op->getOperand(0), plan.loopsOf(op))};
  if (!reduction.usesPosition())
    return state;
  Value position, lanes;
  for (int loop = plan.parallel; loop < plan.parallel + plan.reduced; ++loop) {
    position = position ? add(mul(position, extent(plan.loops[loop])), at.position[loop]) : at.position[loop];
    if (loop == plan.lanes)
      lanes = laneNumbers(b, width);
  }
  Value positions = splat(b, position, width);
  state.push_back(lanes ? add(positions, lanes) : positions);
  return state;
}

/// Folds this site's elements into \p states, lanes that do not exist left out.
Values Emitter::mergeMasked(Site &at, ArrayRef<Operation *> ops, ValueRange states) {
  Values out;
  for (Operation *op : ops) {
    ValueRange state = states.take_front(stateCount(op));
    states = states.drop_front(stateCount(op));
    Values element = lift(at, op, at.width);
    b.setLoc(op->getLoc());
    Values merged = cast<ReductionOpInterface>(op).emitMerge(b, state, element);
    for (auto [before, after] : llvm::zip_equal(state, merged))
      out.push_back(at.mask ? Value(arith::SelectOp::create(b, at.mask, after, before)) : after);
  }
  return out;
}

/// Folds the lanes of a state, halves onto halves.
Values Emitter::fold(Operation *op, ValueRange states) {
  Values state(states);
  for (int64_t width = laneCount; width > 1; width /= 2) {
    Values low, high;
    auto lower = llvm::to_vector(llvm::seq<int64_t>(0, width / 2)), upper = llvm::to_vector(llvm::seq<int64_t>(width / 2, width));
    for (Value x : state) {
      low.push_back(vector::ShuffleOp::create(b, x, x, lower));
      high.push_back(vector::ShuffleOp::create(b, x, x, upper));
    }
    state = cast<ReductionOpInterface>(op).emitMerge(b, low, high);
  }
  for (Value &x : state)
    x = vector::ExtractOp::create(b, x, ArrayRef<int64_t>{0});
  return state;
}

Value Emitter::finish(Operation *, ValueRange state) { return state.back(); }

void Emitter::decodeRow(Site &at, Value row) {
  for (int loop = plan.parallel - 1; loop >= 0; --loop) {
    if (loop == 0) {
      at.position[0] = row;
      break;
    }
    Value size = extent(plan.loops[loop]);
    at.position[loop] = arith::RemUIOp::create(b, row, size);
    row = arith::DivUIOp::create(b, row, size);
  }
}

Values Emitter::merge(ArrayRef<Operation *> ops, ValueRange left, ValueRange right) {
  Values out;
  for (Operation *op : ops) {
    out.append(cast<ReductionOpInterface>(op).emitMerge(b, left.take_front(stateCount(op)), right.take_front(stateCount(op))));
    left = left.drop_front(stateCount(op));
    right = right.drop_front(stateCount(op));
  }
  return out;
}

/// Walks the loops from \p loop to the lanes; states fold in chunks of the lane loop.
Values Emitter::traverseRow(Site &at, int stage, ArrayRef<Operation *> ops, int loop, ValueRange init, Value from, Value to) {
  if (loop < plan.lanes) {
    auto run = [&](Value first, Value last, ValueRange init) {
      return this->loop(first, last, i64(1), init, [&](Value i, ValueRange state) {
        at.position[loop] = i;
        return traverseRow(at, stage, ops, loop + 1, state, from, to);
      });
    };
    Value count = extent(plan.loops[loop]);
    if (llvm::none_of(ops, rounds))
      return run(i64(0), count, init);
    return this->loop(i64(0), count, i64(rowChunk), init, [&](Value first, ValueRange total) {
      Value last = arith::MinSIOp::create(b, count, add(first, i64(rowChunk)));
      return merge(ops, total, run(first, last, identities(ops, laneCount)));
    });
  }
  auto vectors = [&](Value from, Value to, ValueRange init) {
    return this->loop(from, to, i64(laneCount), init, [&](Value i, ValueRange state) {
      stageHere = stage;
      Site here = site(laneCount);
      here.position = at.position;
      here.position[loop] = i;
      here.mask = firstLanes(b, arith::SubIOp::create(b, to, i), laneCount);
      Values next = mergeMasked(here, ops, state);
      storeInner(here, stage);
      return next;
    });
  };
  if (llvm::none_of(ops, rounds))
    return vectors(from, to, init);
  return this->loop(from, to, i64(chunkLength), init, [&](Value chunk, ValueRange total) {
    Value limit = arith::MinSIOp::create(b, to, add(chunk, i64(chunkLength)));
    return merge(ops, total, vectors(chunk, limit, identities(ops, laneCount)));
  });
}

void Emitter::emitPointwise() {
  open("");
  auto lanes = [&](Site &row, Value from, Value to) {
    hoist(row);
    computeOuter(row, 0);
    storeOuter(row, 0, 1);
    traverseRow(row, 0, {}, plan.lanes, {}, from, to);
  };
  if (plan.parallel == 0) {
    Site row = site(0);
    lanes(row, begin, end);
  } else {
    loop(begin, end, i64(1), {}, [&](Value i, ValueRange) {
      Site row = site(0);
      decodeRow(row, i);
      hoisted.clear();
      outer.clear();
      lanes(row, i64(0), extent(plan.loops.back()));
      return Values{};
    });
  }
  close();
}

void Emitter::emitRows() {
  open("");
  loop(begin, end, i64(1), {}, [&](Value i, ValueRange) {
    Site row = site(0);
    decodeRow(row, i);
    hoisted.clear();
    outer.clear();
    hoist(row);
    for (int stage = 0; stage <= plan.stages; ++stage) {
      computeOuter(row, stage);
      if (stage == plan.stages)
        break;
      SmallVector<Operation *> ops = reductionsOf(stage);
      Values states = traverseRow(row, stage, ops, plan.parallel, identities(ops, laneCount), i64(0), extent(plan.loops.back()));
      ValueRange rest = states;
      for (Operation *op : ops) {
        outer[op] = finish(op, fold(op, rest.take_front(stateCount(op))));
        rest = rest.drop_front(stateCount(op));
      }
    }
    storeOuter(row, 0, plan.stages + 1);
    return Values{};
  });
  close();
}

/// Lanes [from, to) with a row of accumulators each: R is walked once a stage.
void Emitter::columnBlockOf(Site &row, Value from, Value to) {
  // Positions in accumulator rows count from the block's first lane.
  auto at = [&](Value lane) {
    Site here = site(laneCount);
    here.position = row.position;
    here.position.back() = lane;
    here.mask = firstLanes(b, arith::SubIOp::create(b, to, lane), laneCount);
    return here;
  };
  auto lanes = [&](llvm::function_ref<void(Site &, Value)> body) {
    loop(from, to, i64(laneCount), {}, [&](Value lane, ValueRange) {
      Site here = at(lane);
      body(here, arith::SubIOp::create(b, lane, from));
      return Values{};
    });
  };
  auto cell = [&](Type dtype, Value memory, Value index) { return addressOf(b, dtype, memory, index); };
  for (int stage = 0; stage <= plan.stages; ++stage) {
    // What is known now, lane by lane.
    SmallVector<Operation *> known;
    for (Operation *op : plan.ops)
      if ((!plan.isInner(op) && rows.contains(op) && plan.stageOf(op) == stage) || (plan.isReduction(op) && plan.stageOf(op) + 1 == stage))
        known.push_back(op);
    if (!known.empty())
      lanes([&](Site &here, Value index) {
        for (Operation *op : plan.ops)
          if (rows.contains(op) && !llvm::is_contained(known, op) && (!plan.isReduction(op) || plan.stageOf(op) < stage))
            if (llvm::any_of(known, [&](Operation *user) {
                  return llvm::any_of(user->getOperands(), [&](Value x) { return producerOf(x) == op; });
                }))
              here.values[op] = load(b, elementOf(op->getResult(0)), cell(elementOf(op->getResult(0)), rows[op].back(), index), laneCount, {});
        for (Operation *op : known) {
          Type dtype = elementOf(op->getResult(0));
          Value x;
          if (plan.isReduction(op))
            x = load(b, dtype, cell(dtype, rows[op].back(), index), laneCount, {});
          else
            store(b, dtype, x = compute(here, op), cell(dtype, rows[op].back(), index), {});
          here.values[op] = x;
          storeResult(here, op, x);
        }
      });
    if (stage == plan.stages)
      break;
    SmallVector<Operation *> ops = reductionsOf(stage);
    auto stateTypes = [&](Operation *op) {
      SmallVector<Type> types;
      for (TypedAttr value : cast<ReductionOpInterface>(op).getIdentity())
        types.push_back(value.getType());
      return types;
    };
    auto clear = [&](llvm::DenseMap<Operation *, Values> &states) {
      if (!ops.empty())
        lanes([&](Site &, Value index) {
          for (Operation *op : ops)
            for (auto [value, memory] : llvm::zip_equal(cast<ReductionOpInterface>(op).getIdentity(), states[op]))
              store(b, value.getType(), splatConstant(b, value, laneCount), cell(value.getType(), memory, index), {});
        });
    };
    auto recall = [&](llvm::DenseMap<Operation *, Values> &states, Operation *op, Value index) {
      Values out;
      for (auto [type, memory] : llvm::zip_equal(stateTypes(op), states[op]))
        out.push_back(load(b, type, cell(type, memory, index), laneCount, {}));
      return out;
    };
    auto keep = [&](llvm::DenseMap<Operation *, Values> &states, Operation *op, Value index, ValueRange state) {
      for (auto [type, memory, value] : llvm::zip_equal(stateTypes(op), states[op], state))
        store(b, type, value, cell(type, memory, index), {});
    };
    // Long columns of floats fold in runs of rowChunk, each into a part of its own.
    bool chunked = llvm::any_of(ops, rounds);
    llvm::DenseMap<Operation *, Values> &states = chunked ? parts : rows;
    clear(rows);
    std::function<void(int)> walk = [&](int loopIndex) {
      if (chunked && loopIndex == plan.parallel) {
        Value rowCount = extent(plan.loops[loopIndex]);
        loop(i64(0), rowCount, i64(rowChunk), {}, [&](Value first, ValueRange) {
          clear(parts);
          loop(first, arith::MinSIOp::create(b, rowCount, add(first, i64(rowChunk))), i64(1), {}, [&](Value i, ValueRange) {
            row.position[loopIndex] = i;
            walk(loopIndex + 1);
            return Values{};
          });
          lanes([&](Site &, Value index) {
            for (Operation *op : ops)
              keep(rows, op, index, cast<ReductionOpInterface>(op).emitMerge(b, recall(rows, op, index), recall(parts, op, index)));
          });
          return Values{};
        });
        return;
      }
      if (loopIndex < plan.parallel + plan.reduced) {
        loop(i64(0), extent(plan.loops[loopIndex]), i64(1), {}, [&](Value i, ValueRange) {
          row.position[loopIndex] = i;
          walk(loopIndex + 1);
          return Values{};
        });
        return;
      }
      stageHere = stage;
      lanes([&](Site &here, Value index) {
        for (Operation *op : plan.ops)
          if (rows.contains(op) && (plan.isReduction(op) ? plan.stageOf(op) < stage : plan.stageOf(op) <= stage)) {
            // Loaded only where this stage's ops ask for it.
            bool asked = llvm::any_of(plan.ops, [&](Operation *user) {
              return plan.isInner(user) && llvm::any_of(user->getOperands(), [&](Value x) { return producerOf(x) == op; });
            });
            if (asked)
              here.values[op] = load(b, elementOf(op->getResult(0)), cell(elementOf(op->getResult(0)), rows[op].back(), index), laneCount, {});
          }
        Values before;
        for (Operation *op : ops)
          before.append(recall(states, op, index));
        Values next = mergeMasked(here, ops, before);
        ValueRange rest = next;
        for (Operation *op : ops) {
          keep(states, op, index, rest.take_front(stateCount(op)));
          rest = rest.drop_front(stateCount(op));
        }
        storeInner(here, stage);
      });
    };
    walk(plan.parallel);
  }
}

void Emitter::emitColumns() {
  open("");
  // Accumulator rows on the stack, one per state and per outer value.
  {
    OpBuilder head = sizes->at();
    Type pointerType = LLVM::LLVMPointerType::get(b.getContext());
    auto row = [&](Type dtype) -> Value {
      return LLVM::AllocaOp::create(head, kernel.getLoc(), pointerType, memoryType(dtype), sizes->constant(columnBlock), 64);
    };
    sizes->constant(columnBlock);
    for (Operation *op : plan.ops) {
      if (plan.isReduction(op)) {
        for (TypedAttr value : cast<ReductionOpInterface>(op).getIdentity()) {
          rows[op].push_back(row(value.getType()));
          parts[op].push_back(row(value.getType()));
        }
      } else if (!plan.isInner(op) && walksLanes(op)) {
        rows[op].push_back(row(elementOf(op->getResult(0))));
      }
    }
  }
  auto blocks = [&](Site &row, Value from, Value to) {
    hoist(row);
    // What does not walk the lanes is known before any stage.
    for (Operation *op : plan.ops)
      if (!plan.isInner(op) && !rows.contains(op)) {
        outer[op] = compute(row, op);
        storeResult(row, op, outer[op]);
      }
    loop(from, to, i64(columnBlock), {}, [&](Value first, ValueRange) {
      columnBlockOf(row, first, arith::MinSIOp::create(b, to, add(first, i64(columnBlock))));
      return Values{};
    });
  };
  if (plan.parallel == 0) {
    Site row = site(0);
    blocks(row, begin, end);
  } else {
    loop(begin, end, i64(1), {}, [&](Value i, ValueRange) {
      Site row = site(0);
      decodeRow(row, i);
      hoisted.clear();
      outer.clear();
      blocks(row, i64(0), extent(plan.loops.back()));
      return Values{};
    });
  }
  close();
}

/// A stage is a traversal over blocks that leaves partial states, and a fold of those in order.
void Emitter::emitWhole(KernelCode &code) {
  bool flat = plan.reduced == 1;
  code.blocks = flat;
  // Scalars: each reduction's final state, 8 bytes a component.
  llvm::DenseMap<Operation *, int64_t> slotOf;
  for (Operation *op : plan.ops)
    if (plan.isReduction(op)) {
      slotOf[op] = code.states;
      code.states += stateCount(op);
    }
  int64_t scalarsAt = 1 + kernel.getInputs().size() + kernel.getNumResults();
  Type pointerType = LLVM::LLVMPointerType::get(b.getContext());
  auto cell = [&](Value memory, Value index) -> Value {
    return LLVM::GEPOp::create(b, pointerType, b.getI64Type(), memory, ArrayRef<LLVM::GEPArg>{index});
  };
  auto types = [&](Operation *op) {
    SmallVector<Type> out;
    for (TypedAttr value : cast<ReductionOpInterface>(op).getIdentity())
      out.push_back(value.getType());
    return out;
  };
  // Final states of earlier stages and what follows from them.
  auto recall = [&](Site &row, int stage) {
    Value scalars = pointer(scalarsAt);
    hoist(row);
    for (int earlier = 0; earlier <= stage; ++earlier) {
      if (earlier > 0)
        for (Operation *op : reductionsOf(earlier - 1)) {
          int64_t slot = slotOf[op] + stateCount(op) - 1;
          outer[op] = load(b, elementOf(op->getResult(0)), cell(scalars, i64(slot)), 0, {});
        }
      computeOuter(row, earlier);
    }
  };
  for (int stage = 0; stage < plan.stages; ++stage) {
    KernelCode::Part part;
    SmallVector<Operation *> ops = reductionsOf(stage);
    part.traverse = open("_stage" + Twine(stage));
    Site row = site(0);
    recall(row, stage);
    Value partials = pointer(scalarsAt + 1);
    Value length = flat ? extent(plan.loops.back()) : Value();
    loop(begin, end, i64(1), {}, [&](Value block, ValueRange) {
      Value from = i64(0), to = extent(plan.loops.back());
      if (flat) {
        from = mul(block, i64(blockLength));
        to = arith::MinSIOp::create(b, length, add(from, i64(blockLength)));
      }
      Values states = traverseRow(row, stage, ops, 0, identities(ops, laneCount), from, to);
      ValueRange rest = states;
      for (Operation *op : ops) {
        Values state = fold(op, rest.take_front(stateCount(op)));
        rest = rest.drop_front(stateCount(op));
        for (auto [k, type] : llvm::enumerate(types(op))) {
          Value index = add(mul(block, i64(code.states)), i64(slotOf[op] + k));
          store(b, type, state[k], cell(partials, index), {});
        }
      }
      return Values{};
    });
    close();
    // Folding also stores the outer results that became known; the first one those known from the start.
    part.combine = open("_combine" + Twine(stage));
    Site last = site(0);
    Value scalars = pointer(scalarsAt);
    partials = pointer(scalarsAt + 1);
    Values total = loop(begin, end, i64(1), identities(ops, 0), [&](Value block, ValueRange state) {
      Values out;
      for (Operation *op : ops) {
        Values next;
        for (auto [k, type] : llvm::enumerate(types(op)))
          next.push_back(load(b, type, cell(partials, add(mul(block, i64(code.states)), i64(slotOf[op] + k))), 0, {}));
        out.append(cast<ReductionOpInterface>(op).emitMerge(b, state.take_front(stateCount(op)), next));
        state = state.drop_front(stateCount(op));
      }
      return out;
    });
    ValueRange rest = total;
    for (Operation *op : ops)
      for (auto [k, type] : llvm::enumerate(types(op))) {
        store(b, type, rest.front(), cell(scalars, i64(slotOf[op] + k)), {});
        rest = rest.drop_front();
      }
    recall(last, stage + 1);
    storeOuter(last, stage == 0 ? 0 : stage + 1, stage + 2);
    close();
    code.parts.push_back(part);
  }
}

KernelCode Emitter::run() {
  OpBuilder::InsertionGuard guard(module);
  KernelCode code;
  code.shape = plan.shape;
  auto append = [](SmallVector<int64_t> &to, ArrayRef<Loop> loops) {
    for (const Loop &loop : loops)
      to.append(loop.extents);
  };
  ArrayRef<Loop> loops = plan.loops;
  switch (plan.shape) {
  case Shape::scalar: {
    open("");
    Site row = site(0);
    hoist(row);
    computeOuter(row, 0);
    storeOuter(row, 0, 1);
    close();
    break;
  }
  case Shape::pointwise:
    emitPointwise();
    if (plan.parallel) {
      append(code.range, loops.take_front(plan.parallel));
      append(code.work, loops.drop_front(plan.parallel));
    } else {
      append(code.range, loops);
      code.grainMultiple = laneCount;
    }
    break;
  case Shape::rows:
    emitRows();
    append(code.range, loops.take_front(plan.parallel));
    append(code.work, loops.drop_front(plan.parallel));
    break;
  case Shape::columns:
    emitColumns();
    if (plan.parallel) {
      append(code.range, loops.take_front(plan.parallel));
      append(code.work, loops.drop_front(plan.parallel));
    } else {
      append(code.range, loops.take_back(1));
      append(code.work, loops.drop_back(1));
      // Tasks of fewer lanes would read short runs of each row, which the hardware does not prefetch:
      // two of 512 lanes take 3 times as long as one thread alone.
      code.grainMultiple = 4 * columnBlock;
    }
    break;
  case Shape::whole:
    emitWhole(code);
    append(code.range, loops);
    return code;
  }
  code.parts.push_back({function, {}});
  return code;
}

} // namespace

KernelCode emitKernel(KernelOp kernel, StringRef name, ArrayRef<int64_t> sizes, OpBuilder &module) {
  return Emitter(kernel, name, sizes, module).run();
}

} // namespace nd
