// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// PlaceDraws: draw random numbers where they are read.
// Before   %u, %next = nd.random %s {distribution = "uniform01", generator = "philox"}
//          %y = nd.multiply %u, %x
// After    %w = first word of %s, everywhere ; %u = nd.random_at %w ; %y = nd.multiply %u, %x
//          %next = nd.random_skip %s, number of elements
// Needs    resolved types; selections fused: an element's position counts from here on.
// Gives    draws that fuse into the loops which read them. Each element has the bits that it had.
// Refuses  numbers that have to stand in memory anyway: results, operands of library calls, what is
//          read through a view; a state that is a view or generated.
#include "ir/NdOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/Passes.h"

namespace nd {
#define GEN_PASS_DEF_PLACEDRAWS
#include "passes/Passes.h.inc"
} // namespace nd

using namespace mlir;
using namespace nd;

namespace {

bool isReadInPlace(Value numbers) {
  return !numbers.use_empty() && llvm::all_of(numbers.getUsers(), [](Operation *user) {
    return isa<PointwiseOpInterface, ReductionOpInterface>(user);
  });
}
bool standsInMemory(Value state) {
  Operation *def = state.getDefiningOp();
  return !def || !isa<ViewOpInterface, GeneratorOpInterface>(def);
}

struct PlaceDraws : nd::impl::PlaceDrawsBase<PlaceDraws> {
  void runOnOperation() override {
    for (Operation &op : llvm::make_early_inc_range(getOperation().getOps())) {
      auto draw = dyn_cast<SeekableOpInterface>(op);
      if (!draw || !draw.canSeek() || !isReadInPlace(op.getResult(0)) ||
          !standsInMemory(op.getOperand(0)))
        continue;
      ImplicitLocOpBuilder b(op.getLoc(), &op);
      op.getResult(0).replaceAllUsesWith(draw.buildElements(b));
      if (!op.getResult(1).use_empty()) {
        Operation *next = draw.buildNext(b);
        if (Attribute site = op.getAttr("nd.site"))
          next->setAttr("nd.site", site);
        op.getResult(1).replaceAllUsesWith(next->getResult(0));
      }
      op.erase();
    }
  }
};
} // namespace
