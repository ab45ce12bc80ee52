// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// FollowRows: put library calls beside the kernels that go on with their rows.
// Before   %p = nd.matmul %x, %w ; %e = nd.exp %b ; %y = nd.kernel (%p, %e) { … row by row … }
// After    %e = nd.exp %b ; %p = nd.matmul %x, %w {followed} ; %y = nd.kernel (%p, %e) { … }
// Needs    kernels.
// Gives    calls that are "followed": the kernel behind them is run by the call, over each run of rows of
//          the result as it is finished, while these rows are in cache.
// Refuses  a kernel that reads the result in another order or folds anything but rows: it needs all of
//          the result first.
#include "ir/NdOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/Passes.h"
#include "passes/schedule/Access.h"
#include "passes/schedule/Rows.h"

namespace nd {
#define GEN_PASS_DEF_FOLLOWROWS
#include "passes/Passes.h.inc"
} // namespace nd

using namespace mlir;
using namespace nd;

namespace {

/// The first op behind \p call that reads its result, if that is a kernel that can follow it.
KernelOp followerOf(LibraryOpInterface call) {
  if (call.getRowsCallee().empty() || call->getNumResults() != 1 || call->use_empty())
    return {};
  Operation *first = *call->user_begin();
  for (Operation *user : call->getUsers())
    if (user->isBeforeInBlock(first))
      first = user;
  auto kernel = dyn_cast<KernelOp>(first);
  return kernel && walkRows(kernel, call->getResult(0)) ? kernel : KernelOp();
}

struct FollowRows : nd::impl::FollowRowsBase<FollowRows> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    if (!func.getBody().hasOneBlock())
      return;
    Builder b(&getContext());
    llvm::SmallPtrSet<Operation *, 8> led;
    SmallVector<LibraryOpInterface> calls(func.getOps<LibraryOpInterface>());
    for (LibraryOpInterface call : calls)
      if (KernelOp kernel = followerOf(call); kernel && led.insert(kernel).second) {
        call->moveBefore(kernel);
        call->setAttr("followed", b.getUnitAttr());
      }
  }
};
} // namespace
