// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/schedule/Rows.h"
#include "passes/schedule/Access.h"

using namespace mlir;

namespace nd {

/// Whether every reader of \p argument walks its axes by the domain's dimensions, one for one and
/// from end to end.
static bool readInOrder(KernelOp kernel, BlockArgument argument) {
  SmallVector<int64_t> dimensions, extents; // of each axis of the argument; those that are walked
  for (int64_t extent : tensorOf(argument.getType()).getShape()) {
    dimensions.push_back(extent == 1 ? -1 : int64_t(extents.size()));
    if (extent != 1)
      extents.push_back(extent);
  }
  if (ArrayRef(extents) != kernel.getDomain())
    return false;
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    auto loops = op.getAttrOfType<DenseI64ArrayAttr>("loops");
    if (!loops)
      continue;
    for (Value operand : op.getOperands()) {
      Access access = accessOf(operand);
      if (access.root != argument)
        continue;
      SmallVector<int64_t> walked(dimensions.size(), -1);
      for (auto [axis, step, loop] : llvm::zip_equal(access.axis, access.step, loops.asArrayRef()))
        if (axis >= 0 && loop >= 0) {
          if (step != 1)
            return false;
          walked[axis] = loop;
        }
      if (walked != dimensions ||
          llvm::any_of(access.first, [](auto &terms) { return !terms.empty(); }))
        return false;
    }
  }
  return true;
}

std::optional<SmallVector<int64_t>> walkRows(KernelOp kernel, Value made) {
  ArrayRef<int64_t> shape = tensorOf(made.getType()).getShape(), domain = kernel.getDomain();
  if (shape.size() < 2 || shape.back() == 1)
    return {};
  auto inputs = kernel.getInputs();
  std::optional<unsigned> input;
  for (auto [i, value] : llvm::enumerate(inputs)) {
    if (memoryOf(value) != made)
      continue;
    if (value != made || input)
      return {};
    input = i;
  }
  if (!input || !readInOrder(kernel, kernel.getBody().getArgument(*input)))
    return {};
  KernelPlan plan(kernel);
  const int64_t last = int64_t(domain.size()) - 1;
  auto isRow = [&](const Loop &loop) {
    return loop.dimensions.size() == 1 && loop.dimensions[0] == last;
  };
  if (plan.shape == Shape::pointwise && plan.parallel == 0)
    return SmallVector<int64_t>{domain.back()};
  bool rows = plan.shape == Shape::pointwise ||
              (plan.shape == Shape::rows && kernel.getReduced().size() == 1);
  if (!rows || !isRow(plan.loops[plan.lanes]))
    return {};
  return SmallVector<int64_t>{};
}

} // namespace nd
