// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Shape::columns: rows of accumulators beside the loops that are reduced.
#include "passes/lower/Emitter.h"

using namespace mlir;

namespace nd {

/// Lanes [from, to) with a row of accumulators each: R is walked once a stage.
void Emitter::columnBlockOf(Site &row, Value from, Value to) {
  // Positions in accumulator rows count from the block's first lane.
  auto at = [&](Value lane) {
    Site here = site(laneCount);
    here.position = row.position;
    here.position.back() = lane;
    here.mask = firstLanes(b, arith::SubIOp::create(b, to, lane), laneCount);
    here.mask.getDefiningOp()->setAttr("nd.tail", b.getUnitAttr());
    return here;
  };
  auto lanes = [&](llvm::function_ref<void(Site &, Value)> body) {
    loop(from, to, i64(laneCount), {}, [&](Value lane, ValueRange) {
      Site here = at(lane);
      body(here, arith::SubIOp::create(b, lane, from));
      return Values{};
    });
  };
  auto cell = [&](Type dtype, Value memory, Value index) {
    return addressOf(b, dtype, memory, index);
  };
  for (int stage = 0; stage <= plan.stages; ++stage) {
    // What is known now, lane by lane.
    SmallVector<Operation *> known;
    for (Operation *op : plan.ops)
      if ((!plan.isInner(op) && rows.contains(op) && plan.stageOf(op) == stage) ||
          (plan.isReduction(op) && plan.stageOf(op) + 1 == stage))
        known.push_back(op);
    if (!known.empty())
      lanes([&](Site &here, Value index) {
        for (Operation *op : plan.ops)
          if (rows.contains(op) && !llvm::is_contained(known, op) &&
              (!plan.isReduction(op) || plan.stageOf(op) < stage))
            if (llvm::any_of(known, [&](Operation *user) {
                  return llvm::any_of(user->getOperands(),
                                      [&](Value x) { return producerOf(x) == op; });
                }))
              here.values[op] =
                  load(b, elementOf(op->getResult(0)),
                       cell(elementOf(op->getResult(0)), rows[op].back(), index), laneCount, {});
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
        types.push_back(elementOf(value));
      return types;
    };
    auto clear = [&](llvm::DenseMap<Operation *, Values> &states) {
      if (!ops.empty())
        lanes([&](Site &, Value index) {
          for (Operation *op : ops)
            for (auto [value, memory] :
                 llvm::zip_equal(cast<ReductionOpInterface>(op).getIdentity(), states[op]))
              store(b, elementOf(value), splatConstant(b, value, laneCount),
                    cell(elementOf(value), memory, index), {});
        });
    };
    auto recall = [&](llvm::DenseMap<Operation *, Values> &states, Operation *op, Value index) {
      Values out;
      for (auto [type, memory] : llvm::zip_equal(stateTypes(op), states[op]))
        out.push_back(load(b, type, cell(type, memory, index), laneCount, {}));
      return out;
    };
    auto keep = [&](llvm::DenseMap<Operation *, Values> &states, Operation *op, Value index,
                    ValueRange state) {
      for (auto [type, memory, value] : llvm::zip_equal(stateTypes(op), states[op], state))
        store(b, type, value, cell(type, memory, index), {});
    };
    // Long columns of floats fold in runs of rowChunk, each into a part of its own.
    bool chunked = llvm::any_of(ops, rounds);
    llvm::DenseMap<Operation *, Values> &states = chunked ? parts : rows;
    clear(rows);
    auto walk = [&](Value first, Value last) {
      loop(first, last, i64(1), {}, [&](Value i, ValueRange) {
        decode(row, i, plan.parallel, plan.parallel + plan.reduced);
        stageHere = stage;
        lanes([&](Site &here, Value index) {
          for (Operation *op : plan.ops)
            if (rows.contains(op) &&
                (plan.isReduction(op) ? plan.stageOf(op) < stage : plan.stageOf(op) <= stage)) {
              // Loaded only where this stage's ops ask for it.
              bool asked = llvm::any_of(plan.ops, [&](Operation *user) {
                return plan.isInner(user) && llvm::any_of(user->getOperands(), [&](Value x) {
                         return producerOf(x) == op;
                       });
              });
              if (asked)
                here.values[op] =
                    load(b, elementOf(op->getResult(0)),
                         cell(elementOf(op->getResult(0)), rows[op].back(), index), laneCount, {});
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
        return Values{};
      });
    };
    Value rowCount = reducedCount();
    if (!chunked) {
      walk(i64(0), rowCount);
      continue;
    }
    loop(i64(0), rowCount, i64(rowChunk), {}, [&](Value first, ValueRange) {
      clear(parts);
      walk(first, arith::MinSIOp::create(b, rowCount, add(first, i64(rowChunk))));
      lanes([&](Site &, Value index) {
        for (Operation *op : ops)
          keep(rows, op, index,
               cast<ReductionOpInterface>(op).emitMerge(b, recall(rows, op, index),
                                                        recall(parts, op, index)));
      });
      return Values{};
    });
  }
}

void Emitter::emitColumns() {
  open("");
  // Accumulator rows on the stack, one per state and per outer value.
  {
    OpBuilder head = sizes->at();
    Type pointerType = LLVM::LLVMPointerType::get(b.getContext());
    auto row = [&](Type dtype) -> Value {
      return LLVM::AllocaOp::create(head, kernel.getLoc(), pointerType, memoryType(dtype),
                                    sizes->constant(columnBlock), 64);
    };
    sizes->constant(columnBlock);
    for (Operation *op : plan.ops) {
      if (plan.isReduction(op)) {
        for (TypedAttr value : cast<ReductionOpInterface>(op).getIdentity()) {
          rows[op].push_back(row(elementOf(value)));
          parts[op].push_back(row(elementOf(value)));
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
  overLanes(blocks);
  close();
}

} // namespace nd
