// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/schedule/Placement.h"
#include "passes/fuse/Clusters.h"
#include "passes/schedule/Access.h"

using namespace mlir;

namespace nd {
namespace {

/// Whether the elements of a part lie one after the other: all of its trailing axes are whole.
bool isConsecutive(ArrayRef<int64_t> part, ArrayRef<int64_t> whole, const View &view) {
  bool inside = false; // past the first axis that the part walks
  for (auto [axis, extent] : llvm::enumerate(part)) {
    if (inside && (extent != whole[axis] || view.offset[axis] != 0))
      return false;
    if (extent == 1 && !inside)
      continue;
    if (view.step[axis] != 1)
      return false;
    inside = true;
  }
  return true;
}

/// Whether \p read, of the shape of \p result, walks the updated array just as \p update writes it.
bool readsWhereItWrites(const Access &read, Value result, UpdateOpInterface update) {
  Access written = accessOf(update->getOperand(1));
  if (written.root != result)
    return false;
  View view;
  update.getPart(view);
  ArrayRef<int64_t> shape = tensorOf(result.getType()).getShape();
  SmallVector<int64_t> axis(shape.size(), -1), step(shape.size(), 1);
  for (auto [partAxis, resultAxis] : llvm::enumerate(written.axis))
    if (resultAxis >= 0) {
      axis[resultAxis] = int64_t(partAxis);
      step[resultAxis] = view.step[partAxis];
    }
  for (auto [i, extent] : llvm::enumerate(shape))
    if (extent != 1 && (read.axis[i] != axis[i] || read.step[i] != step[i]))
      return false;
  for (auto [terms, offset] : llvm::zip_equal(read.first, view.offset))
    if (offset == 0 ? !terms.empty()
                    : terms.size() != 1 || terms[0].factor != 1 || terms[0].number != offset)
      return false;
  return true;
}

} // namespace

UpdateOpInterface placingUpdate(Value result) {
  Value part = result;
  while (part.hasOneUse()) {
    Operation *user = *part.user_begin();
    if (auto update = dyn_cast<UpdateOpInterface>(user)) {
      View view;
      update.getPart(view);
      bool placed = part == update->getOperand(1) && part != update->getOperand(0) &&
                    isConsecutive(tensorOf(part.getType()).getShape(),
                                  tensorOf(update->getOperand(0).getType()).getShape(), view);
      return placed ? update : UpdateOpInterface();
    }
    if (!isa<ReshapeOp>(user))
      break;
    part = user->getResult(0);
  }
  return {};
}

bool canPlace(KernelOp kernel, Value result, UpdateOpInterface update) {
  Value array = update->getOperand(0);
  if (memoryOf(array) != array)
    return false;
  for (Operation *op = kernel->getNextNode(); op != update; op = op->getNextNode()) {
    if (isa<ViewOpInterface>(op) && !isOpaqueReshape(op))
      continue; // its readers count
    for (Value operand : op->getOperands())
      if (memoryOf(operand) == array)
        return false;
  }
  for (auto [i, input] : llvm::enumerate(kernel.getInputs())) {
    if (memoryOf(input) != array)
      continue;
    if (input != array || !kernel.getReduced().empty() || kernel.getNumResults() != 1)
      return false;
    SmallVector<Value> read{kernel.getBody().getArgument(i)};
    while (!read.empty()) {
      Value value = read.pop_back_val();
      for (Operation *user : value.getUsers()) {
        if (isa<ViewOpInterface>(user) && !isOpaqueReshape(user))
          read.push_back(user->getResult(0));
        else if (!isa<PointwiseOpInterface>(user) ||
                 tensorOf(value.getType()).getShape() != tensorOf(result.getType()).getShape() ||
                 !readsWhereItWrites(accessOf(value), result, update))
          return false;
      }
    }
  }
  return true;
}

} // namespace nd
