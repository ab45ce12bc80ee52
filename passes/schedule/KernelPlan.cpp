// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/schedule/KernelPlan.h"

using namespace mlir;

namespace nd {

Operation *producerOf(Value value) {
  Operation *def = accessOf(value).root.getDefiningOp();
  return isa_and_present<PointwiseOpInterface, ReductionOpInterface>(def) ? def : nullptr;
}

ArrayRef<int64_t> KernelPlan::loopsOf(Operation *op) const {
  return op->getAttrOfType<DenseI64ArrayAttr>("loops").asArrayRef();
}

bool KernelPlan::isReduction(Operation *op) const {
  auto reduction = dyn_cast<ReductionOpInterface>(op);
  return reduction && llvm::any_of(reduction.getReducedAxes(),
                                   [&](int64_t axis) { return loopsOf(op)[axis] >= 0; });
}

KernelPlan::KernelPlan(KernelOp kernel) : kernel(kernel) {
  for (Operation &op : kernel.getBody().front().without_terminator())
    if (isa<PointwiseOpInterface, ReductionOpInterface>(op))
      ops.push_back(&op);
  planLoops();
  planStages();
}

/// The dimensions of a result that \p op is: its own, less what a reduction folds; -1 for an axis
/// of extent 1.
SmallVector<int64_t> KernelPlan::resultLoops(Operation *op) const {
  ArrayRef<int64_t> walk = loopsOf(op);
  auto reduction = dyn_cast<ReductionOpInterface>(op);
  if (!reduction)
    return SmallVector<int64_t>(walk);
  SmallVector<int64_t> kept;
  for (auto [axis, dimension] : llvm::enumerate(walk))
    if (!llvm::is_contained(reduction.getReducedAxes(), int64_t(axis)))
      kept.push_back(dimension);
    else if (reduction.keepsDims())
      kept.push_back(-1);
  return kept;
}

/// Whether memory that is read or written runs from the end of \p second straight to the next
/// position of \p first, everywhere.
bool KernelPlan::canCollapse(int64_t first, int64_t second) const {
  ArrayRef<int64_t> domain = kernel.getDomain();
  auto adjacent = [&](ArrayRef<int64_t> walk, const Access &access) {
    int64_t a = -1, b = -1;
    for (auto [i, dimension] : llvm::enumerate(walk)) {
      if (access.axis[i] < 0)
        continue;
      if (dimension == first)
        a = i;
      if (dimension == second)
        b = i;
    }
    if (a < 0 && b < 0)
      return true;
    if (a < 0 || b < 0)
      return false;
    ArrayRef<int64_t> extents = tensorOf(access.root.getType()).getShape();
    for (int64_t between = access.axis[a] + 1; between < access.axis[b]; ++between)
      if (extents[between] != 1)
        return false;
    return access.axis[a] < access.axis[b] && access.step[a] == 1 && access.step[b] == 1 &&
           extents[access.axis[b]] == domain[second];
  };
  for (Operation *op : ops) {
    ArrayRef<int64_t> walk = loopsOf(op);
    if (llvm::is_contained(walk, first) != llvm::is_contained(walk, second))
      return false;
    for (Value operand : op->getOperands()) {
      Access access = accessOf(operand);
      Operation *def = access.root.getDefiningOp();
      if (def && isa<GeneratorOpInterface>(def)) {
        std::optional<int64_t> axis = cast<GeneratorOpInterface>(def).getSource().axis;
        for (auto [i, dimension] : llvm::enumerate(walk))
          if (axis && access.axis[i] == *axis && (dimension == first || dimension == second))
            return false;
        continue;
      }
      if (!def && !adjacent(walk, access))
        return false;
    }
    if (resultsOf(op).empty())
      continue;
    SmallVector<int64_t> written = resultLoops(op);
    auto a = llvm::find(written, first), b = llvm::find(written, second);
    if (b != written.end() &&
        (a > b || std::any_of(a + 1, b, [](int64_t between) { return between >= 0; })))
      return false;
  }
  return true;
}

void KernelPlan::planLoops() {
  ArrayRef<int64_t> domain = kernel.getDomain(), folded = kernel.getReduced();
  int64_t rank = domain.size();
  loopOfDimension.assign(rank, -1);
  if (rank == 0)
    return;
  auto isReduced = [&](int64_t dimension) { return llvm::is_contained(folded, dimension); };
  bool lastReduced = isReduced(rank - 1);
  shape = folded.empty()                   ? Shape::pointwise
          : int64_t(folded.size()) == rank ? Shape::whole
          : lastReduced                    ? Shape::rows
                                           : Shape::columns;
  SmallVector<int64_t> p, r, v;
  for (int64_t dimension = 0; dimension < rank; ++dimension)
    (isReduced(dimension) ? r : dimension == rank - 1 ? v : p).push_back(dimension);
  auto add = [&](ArrayRef<int64_t> dimensions) {
    int count = 0;
    for (int64_t dimension : dimensions) {
      if (count && canCollapse(loops.back().dimensions.back(), dimension)) {
        loops.back().dimensions.push_back(dimension);
        loops.back().extents.push_back(domain[dimension]);
      } else {
        loops.push_back({{dimension}, {domain[dimension]}});
        ++count;
      }
      loopOfDimension[dimension] = loops.size() - 1;
    }
    return count;
  };
  if (shape == Shape::pointwise) {
    p.append(v);
    parallel = add(p) - 1;
  } else {
    parallel = add(p);
    reduced = add(r);
    add(v);
  }
  lanes = loops.size() - 1;
}

void KernelPlan::planStages() {
  for (Operation *op : ops) {
    bool reduces = isReduction(op);
    ArrayRef<int64_t> walk = loopsOf(op);
    inner[op] = reduces ||
                (kernel.getReduced().empty() ? llvm::any_of(walk, [](int64_t d) { return d >= 0; })
                                             : llvm::any_of(walk, [&](int64_t d) {
                                                 return llvm::is_contained(kernel.getReduced(), d);
                                               }));
    int first = 0;
    for (Value operand : op->getOperands())
      if (Operation *def = producerOf(operand))
        first =
            std::max(first, stage.lookup(def) + (isReduction(def) && inner.lookup(def) ? 1 : 0));
    stage[op] = first;
    if (inner[op])
      stages = std::max(stages, first + 1);
  }
}

SmallVector<unsigned> KernelPlan::resultsOf(Operation *op) const {
  SmallVector<unsigned> results;
  for (OpOperand &use : op->getResult(0).getUses())
    if (isa<YieldOp>(use.getOwner()))
      results.push_back(use.getOperandNumber());
  return results;
}

int KernelPlan::lastUse(Operation *op) const {
  int last = stageOf(op);
  SmallVector<Operation *> work(op->getUsers());
  while (!work.empty()) {
    Operation *user = work.pop_back_val();
    if (isa<ViewOpInterface>(user))
      work.append(user->getUsers().begin(), user->getUsers().end());
    else if (!isa<YieldOp>(user) && isInner(user))
      last = std::max(last, stageOf(user));
  }
  return last;
}

bool KernelPlan::crosses(Operation *op) const { return lastUse(op) > stageOf(op); }

} // namespace nd
