// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/schedule/Access.h"

using namespace mlir;

namespace nd {

Access accessOf(Value value) {
  Access access{value, {}, {}, {}};
  int64_t rank = tensorOf(value.getType()).getRank();
  for (int64_t i = 0; i < rank; ++i) {
    access.axis.push_back(i);
    access.step.push_back(1);
  }
  access.first.resize(rank);
  while (Operation *def = access.root.getDefiningOp()) {
    View view;
    if (!isa<ViewOpInterface>(def) || !cast<ViewOpInterface>(def).getView(view))
      break;
    SmallVector<SmallVector<Access::Term>> first(view.offset.size());
    for (auto [i, offset] : llvm::enumerate(view.offset))
      if (offset != 0)
        first[i].push_back({1, offset});
    for (auto [i, terms] : llvm::enumerate(access.first))
      if (int64_t source = view.source[i]; source >= 0)
        for (Access::Term term : terms)
          first[source].push_back({term.factor * view.step[i], term.number});
    for (auto [axis, step] : llvm::zip_equal(access.axis, access.step)) {
      if (axis < 0)
        continue;
      step *= view.step[axis];
      axis = view.source[axis];
    }
    access.first = std::move(first);
    access.root = def->getOperand(0);
  }
  return access;
}

Value memoryOf(Value value) {
  while (Operation *def = value.getDefiningOp()) {
    if (!isa<ViewOpInterface>(def))
      break;
    value = def->getOperand(0);
  }
  return value;
}

} // namespace nd
