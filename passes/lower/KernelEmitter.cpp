// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The loops that the shapes of kernels share, and the choice between them.
#include "ir/body/Complex.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "passes/lower/Emitter.h"

using namespace mlir;

namespace nd {

bool rounds(Operation *op) {
  TypedAttr identity = cast<ReductionOpInterface>(op).getIdentity().front();
  if (auto complex = dyn_cast<DenseElementsAttr>(identity))
    return complex.getSplatValue<std::complex<APFloat>>().real().isFinite();
  auto real = dyn_cast<FloatAttr>(identity);
  return real && real.getValue().isFinite();
}

Value Emitter::pointer(int64_t slot) {
  Type type = LLVM::LLVMPointerType::get(b.getContext());
  Value at = LLVM::GEPOp::create(b, type, type, context,
                                 ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(slot)});
  return LLVM::LoadOp::create(b, type, at);
}

LLVM::LLVMFuncOp Emitter::open(const Twine &suffix) {
  Type pointerType = LLVM::LLVMPointerType::get(b.getContext());
  auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(b.getContext()),
                                          {pointerType, b.getI64Type(), b.getI64Type()});
  function = LLVM::LLVMFuncOp::create(module, kernel.getLoc(), (name + suffix).str(), type,
                                      LLVM::Linkage::Internal);
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
  runs.clear();
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

Values Emitter::loop(Value from, Value to, Value step, ValueRange init,
                     llvm::function_ref<Values(Value, ValueRange)> body) {
  auto loop = scf::ForOp::create(b, from, to, step, init);
  OpBuilder::InsertionGuard guard(b);
  Block *block = loop.getBody();
  if (!block->empty())
    block->getTerminator()->erase();
  b.setInsertionPointToEnd(block);
  scf::YieldOp::create(b, body(loop.getInductionVar(), loop.getRegionIterArgs()));
  return Values(loop.getResults());
}

/// Reads what does not walk the inner loops, ahead of them.
void Emitter::hoist(Site &row) {
  for (Operation *op : plan.ops)
    for (Value value : op->getOperands()) {
      ArrayRef<int64_t> walk = plan.loopsOf(op);
      if (producerOf(value) || dependsOnInner(value, walk))
        continue;
      auto same = [&](auto &entry) {
        return std::get<0>(entry) == value && std::get<1>(entry) == walk;
      };
      if (llvm::none_of(hoisted, same)) {
        Value known = operand(row, value, walk);
        hoisted.emplace_back(value, walk, known);
      }
    }
}

/// Computes the outer ops that are known before stage \p before (Shape::columns keeps them in rows
/// instead).
void Emitter::computeOuter(Site &row, int before) {
  for (Operation *op : plan.ops)
    if (!plan.isInner(op) && plan.stageOf(op) == before)
      outer[op] = compute(row, op);
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

/// Stores a stage's results, and dear values that a later stage needs again in the memory of a
/// result that is written only then.
void Emitter::storeInner(Site &at, int stage) {
  SmallVector<Operation *> out;
  for (Operation *op : plan.ops)
    if (plan.isInner(op) && !plan.isReduction(op) && plan.stageOf(op) == stage &&
        !plan.resultsOf(op).empty()) {
      compute(at, op);
      out.push_back(op);
    }
  for (Operation *op : out)
    storeResult(at, op, at.values[op]);
  for (Operation *op : plan.ops) {
    if (!dear.contains(op) || stashed.contains(op) || plan.stageOf(op) != stage ||
        !plan.crosses(op))
      continue;
    if (!plan.resultsOf(op).empty()) {
      stashed[op] = {plan.resultsOf(op).front(), stage};
      continue;
    }
    for (Operation *later : plan.ops) {
      auto taken = [&](auto &entry) {
        return entry.second.result == plan.resultsOf(later).front();
      };
      if (!plan.isInner(later) || plan.isReduction(later) || plan.resultsOf(later).empty() ||
          plan.stageOf(later) < plan.lastUse(op) || plan.loopsOf(later) != plan.loopsOf(op) ||
          memoryType(elementOf(later->getResult(0))) != memoryType(elementOf(op->getResult(0))) ||
          llvm::any_of(stashed, taken))
        continue;
      stashed[op] = {plan.resultsOf(later).front(), stage};
      Type dtype = elementOf(op->getResult(0));
      store(b, dtype, at.values[op], resultElement(at, "writes", stashed[op].result, op), at.mask);
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
    position = position ? add(mul(position, extent(plan.loops[loop])), at.position[loop])
                        : at.position[loop];
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
      out.push_back(at.mask ? body::selectValue(b, at.mask, after, before) : after);
  }
  return out;
}

/// Folds the lanes of a state, halves onto halves.
Values Emitter::fold(Operation *op, ValueRange states) {
  Values state(states);
  for (int64_t width = laneCount; width > 1; width /= 2) {
    Values low, high;
    auto lower = llvm::to_vector(llvm::seq<int64_t>(0, width / 2)),
         upper = llvm::to_vector(llvm::seq<int64_t>(width / 2, width));
    auto lanes = [&](Value x, ArrayRef<int64_t> which) {
      return body::eachPart(
          b, x, [&](Value v) -> Value { return vector::ShuffleOp::create(b, v, v, which); });
    };
    for (Value x : state) {
      low.push_back(lanes(x, lower));
      high.push_back(lanes(x, upper));
    }
    state = cast<ReductionOpInterface>(op).emitMerge(b, low, high);
  }
  for (Value &x : state)
    x = body::eachPart(b, x, [&](Value v) -> Value {
      return vector::ExtractOp::create(b, v, ArrayRef<int64_t>{0});
    });
  return state;
}

/// Sets the positions of loops [\p from, \p to) where \p row counts them in C order.
void Emitter::decode(Site &at, Value row, int from, int to) {
  for (int loop = to - 1; loop >= from; --loop) {
    if (loop == from) {
      at.position[loop] = row;
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
    out.append(cast<ReductionOpInterface>(op).emitMerge(b, left.take_front(stateCount(op)),
                                                        right.take_front(stateCount(op))));
    left = left.drop_front(stateCount(op));
    right = right.drop_front(stateCount(op));
  }
  return out;
}

/// The vectors of positions [\p from, \p to) of the lane loop. They start where \p phase, the
/// lane of position 0, is a whole number of vectors away.
Values Emitter::vectors(Site &at, int stage, ArrayRef<Operation *> ops, ValueRange init, Value from,
                        Value to, Value phase) {
  Value first = from;
  if (phase)
    first = arith::SubIOp::create(b, from,
                                  arith::AndIOp::create(b, add(phase, from), i64(laneCount - 1)));
  return loop(first, to, i64(laneCount), init, [&](Value i, ValueRange state) {
    stageHere = stage;
    Site here = site(laneCount);
    here.position = at.position;
    here.position[plan.lanes] = i;
    here.mask = firstLanes(b, arith::SubIOp::create(b, to, i), laneCount);
    if (!phase)
      here.mask.getDefiningOp()->setAttr("nd.tail", b.getUnitAttr());
    else
      here.mask = arith::AndIOp::create(b, here.mask,
                                        lanesFrom(b, arith::SubIOp::create(b, from, i), laneCount));
    Values next = mergeMasked(here, ops, state);
    storeInner(here, stage);
    return next;
  });
}

/// Walks positions [\p from, \p to), in C order, of the loops that are reduced (or of the lanes
/// where none is). Position p folds into lane p mod laneCount, and states fold in chunks of
/// positions: the order is that of one array in C order, whatever the loops.
Values Emitter::traverse(Site &at, int stage, ArrayRef<Operation *> ops, ValueRange init,
                         Value from, Value to) {
  auto run = [&](Value from, Value to, ValueRange init) {
    if (plan.reduced < 2)
      return vectors(at, stage, ops, init, from, to, {});
    // At least 1: nothing divides by an extent of 0.
    Value length = arith::MaxSIOp::create(b, extent(plan.loops[plan.lanes]), i64(1));
    Value rounded = arith::SubIOp::create(b, add(to, length), i64(1));
    Value last = arith::DivUIOp::create(b, rounded, length);
    return loop(arith::DivUIOp::create(b, from, length), last, i64(1), init,
                [&](Value row, ValueRange state) {
                  decode(at, row, plan.parallel, plan.lanes);
                  Value start = mul(row, length);
                  auto within = [&](Value x) { return arith::SubIOp::create(b, x, start); };
                  return vectors(at, stage, ops, state,
                                 arith::MaxSIOp::create(b, within(from), i64(0)),
                                 arith::MinSIOp::create(b, within(to), length), start);
                });
  };
  if (llvm::none_of(ops, rounds))
    return run(from, to, init);
  return loop(from, to, i64(chunkLength), init, [&](Value chunk, ValueRange total) {
    Value limit = arith::MinSIOp::create(b, to, add(chunk, i64(chunkLength)));
    return merge(ops, total, run(chunk, limit, identities(ops, laneCount)));
  });
}

/// The task's range is lanes where no loop is parallel, else rows that walk all their lanes.
void Emitter::overLanes(llvm::function_ref<void(Site &, Value, Value)> body) {
  if (plan.parallel == 0) {
    Site row = site(0);
    body(row, begin, end);
    return;
  }
  loop(begin, end, i64(1), {}, [&](Value i, ValueRange) {
    Site row = site(0);
    decode(row, i, 0, plan.parallel);
    hoisted.clear();
    outer.clear();
    body(row, i64(0), extent(plan.loops.back()));
    return Values{};
  });
}

void Emitter::emitPointwise() {
  open("");
  auto lanes = [&](Site &row, Value from, Value to) {
    hoist(row);
    computeOuter(row, 0);
    storeOuter(row, 0, 1);
    traverse(row, 0, {}, {}, from, to);
  };
  overLanes(lanes);
  close();
}

/// The states of \p ops over positions [\p from, \p to) as scalars, of which at most blockLength.
Values Emitter::foldRow(Site &row, int stage, ArrayRef<Operation *> ops, Value from, Value to) {
  Values states = traverse(row, stage, ops, identities(ops, laneCount), from, to), out;
  ValueRange rest = states;
  for (Operation *op : ops) {
    out.append(fold(op, rest.take_front(stateCount(op))));
    rest = rest.drop_front(stateCount(op));
  }
  return out;
}

void Emitter::emitRows(StringRef suffix) {
  open(suffix);
  loop(begin, end, i64(1), {}, [&](Value i, ValueRange) {
    Site row = site(0);
    decode(row, i, 0, plan.parallel);
    for (Value &position : llvm::drop_begin(row.position, plan.parallel + plan.reduced))
      position = i64(0); // of the only column
    hoisted.clear();
    outer.clear();
    hoist(row);
    for (int stage = 0; stage <= plan.stages; ++stage) {
      computeOuter(row, stage);
      if (stage == plan.stages)
        break;
      SmallVector<Operation *> ops = reductionsOf(stage);
      // In blocks as Shape::whole has them: one row gives the same bits as an array of its own.
      Value count = reducedCount();
      Values states =
          llvm::none_of(ops, rounds)
              ? foldRow(row, stage, ops, i64(0), count)
              : loop(i64(0), count, i64(blockLength), identities(ops, 0),
                     [&](Value from, ValueRange total) {
                       Value to = arith::MinSIOp::create(b, count, add(from, i64(blockLength)));
                       return merge(ops, total, foldRow(row, stage, ops, from, to));
                     });
      ValueRange rest = states;
      for (Operation *op : ops) {
        outer[op] = rest[stateCount(op) - 1]; // the value, or its position
        rest = rest.drop_front(stateCount(op));
      }
    }
    storeOuter(row, 0, plan.stages + 1);
    return Values{};
  });
  close();
}

/// The extents after the last dimension that is reduced, if only a run tells whether they are 1.
SmallVector<int64_t> Emitter::columnsOfRunTime() {
  ArrayRef<int64_t> domain = kernel.getDomain(),
                    after = domain.drop_front(llvm::max_element(kernel.getReduced())[0] + 1);
  bool open = llvm::all_of(after, rules::is_run_time) && llvm::any_of(plan.ops, [&](Operation *op) {
                return plan.isReduction(op) && rounds(op);
              });
  return open ? SmallVector<int64_t>(after) : SmallVector<int64_t>();
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
  LLVM::LLVMFuncOp single;
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
    emitRows("");
    append(code.range, loops.take_front(plan.parallel));
    append(code.work, loops.drop_front(plan.parallel));
    break;
  case Shape::columns:
    code.columns = columnsOfRunTime();
    if (!code.columns.empty()) {
      // One column folds as a row does, which is what a known extent of 1 makes of it.
      plan.lanes = plan.parallel + plan.reduced - 1;
      emitRows("_single");
      single = function;
      plan.lanes = loops.size() - 1;
      stashed.clear();
      dear.clear();
    }
    emitColumns();
    if (plan.parallel) {
      append(code.range, loops.take_front(plan.parallel));
      append(code.work, loops.drop_front(plan.parallel));
    } else {
      append(code.range, loops.take_back(1));
      append(code.work, loops.drop_back(1));
      // Tasks of fewer lanes read short runs of each row: two of 512 lanes took longer than one
      // thread alone.
      code.grainMultiple = 4 * columnBlock;
    }
    break;
  case Shape::whole:
    emitWhole(code);
    append(code.range, loops);
    return code;
  }
  code.parts.push_back({function, {}, single});
  return code;
}

KernelCode emitKernel(KernelOp kernel, StringRef name, ArrayRef<int64_t> sizes, bool bounds,
                      OpBuilder &module) {
  return Emitter(kernel, name, sizes, bounds, module).run();
}

} // namespace nd
