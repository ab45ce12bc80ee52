// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Shape::whole: blocks that leave partial states, and their fold in order.
#include "passes/lower/Emitter.h"

using namespace mlir;

namespace nd {

/// A stage is a traversal over blocks that leaves partial states, and a fold of those in order.
void Emitter::emitWhole(KernelCode &code) {
  // Scalars: each reduction's final state, 8 bytes a component and 16 for complex128.
  auto cells = [](TypedAttr value) -> int64_t {
    return rules::itemsize(dtypeOf(elementOf(value))) > 8 ? 2 : 1;
  };
  llvm::DenseMap<Operation *, int64_t> slotOf;
  for (Operation *op : plan.ops)
    if (plan.isReduction(op)) {
      slotOf[op] = code.states;
      for (TypedAttr value : cast<ReductionOpInterface>(op).getIdentity())
        code.states += cells(value);
    }
  auto cellAt = [&](Operation *op, size_t component) {
    int64_t at = slotOf[op];
    auto identity = cast<ReductionOpInterface>(op).getIdentity();
    for (size_t k = 0; k < component; ++k)
      at += cells(identity[k]);
    return at;
  };
  int64_t scalarsAt = 1 + kernel.getInputs().size() + kernel.getNumResults();
  Type pointerType = LLVM::LLVMPointerType::get(b.getContext());
  auto cell = [&](Value memory, Value index) -> Value {
    return LLVM::GEPOp::create(b, pointerType, b.getI64Type(), memory,
                               ArrayRef<LLVM::GEPArg>{index});
  };
  auto types = [&](Operation *op) {
    SmallVector<Type> out;
    for (TypedAttr value : cast<ReductionOpInterface>(op).getIdentity())
      out.push_back(elementOf(value));
    return out;
  };
  // Final states of earlier stages and what follows from them.
  auto recall = [&](Site &row, int stage) {
    Value scalars = pointer(scalarsAt);
    hoist(row);
    for (int earlier = 0; earlier <= stage; ++earlier) {
      if (earlier > 0)
        for (Operation *op : reductionsOf(earlier - 1)) {
          int64_t slot = cellAt(op, stateCount(op) - 1);
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
    Value length = reducedCount();
    loop(begin, end, i64(1), {}, [&](Value block, ValueRange) {
      Value from = mul(block, i64(blockLength));
      Value to = arith::MinSIOp::create(b, length, add(from, i64(blockLength)));
      Values states = foldRow(row, stage, ops, from, to);
      ValueRange rest = states;
      for (Operation *op : ops)
        for (auto [k, type] : llvm::enumerate(types(op))) {
          Value index = add(mul(block, i64(code.states)), i64(cellAt(op, k)));
          store(b, type, rest.front(), cell(partials, index), {});
          rest = rest.drop_front();
        }
      return Values{};
    });
    close();
    // Folding also stores the outer results that became known; the first one those known from the
    // start.
    part.combine = open("_combine" + Twine(stage));
    Site last = site(0);
    Value scalars = pointer(scalarsAt);
    partials = pointer(scalarsAt + 1);
    Values total = loop(begin, end, i64(1), identities(ops, 0), [&](Value block, ValueRange state) {
      Values out;
      for (Operation *op : ops) {
        Values next;
        for (auto [k, type] : llvm::enumerate(types(op)))
          next.push_back(load(b, type,
                              cell(partials, add(mul(block, i64(code.states)), i64(cellAt(op, k)))),
                              0, {}));
        out.append(
            cast<ReductionOpInterface>(op).emitMerge(b, state.take_front(stateCount(op)), next));
        state = state.drop_front(stateCount(op));
      }
      return out;
    });
    ValueRange rest = total;
    for (Operation *op : ops)
      for (auto [k, type] : llvm::enumerate(types(op))) {
        store(b, type, rest.front(), cell(scalars, i64(cellAt(op, k))), {});
        rest = rest.drop_front();
      }
    recall(last, stage + 1);
    storeOuter(last, stage == 0 ? 0 : stage + 1, stage + 2);
    close();
    code.parts.push_back(part);
  }
}

} // namespace nd
