// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Rows whose answer depends on the order of elements or on their values: running folds, elements
// by rank, counts, and sliding sums.
#ifndef ND_OPS_STATISTICS_TD
#define ND_OPS_STATISTICS_TD

def Nd_AccumulateOp : Nd_Selection<"accumulate", "ndrt_accumulate", (ins Nd_Tensor:$x, I64Attr:$axis, StrAttr:$mode), "ownDtypes",
    "{getAxisAttr(), ::nd::scatterMode(getOperation(), getMode())}"> {
  let summary = "each element combined with all before it along an axis, one after the other";
}
def Nd_OrderStatisticsOp : Nd_Selection<"order_statistics", "ndrt_order_statistics", (ins Nd_Tensor:$x, Nd_Tensor:$ranks), "repeatDtypes"> {
  let summary = "the elements that stand at ranks when x is sorted along its last axis, nan last";
}
def Nd_BincountOp : Nd_SizedSelection<"bincount", "ndrt_bincount", (ins Nd_Tensor:$x, Nd_Tensor:$weights), "bincountDtypes"> {
  let summary = "for each number the sum of the weights where x is that number";
}
def Nd_CorrelateOp : Nd_Selection<"correlate", "ndrt_correlate", (ins Nd_Tensor:$a, Nd_Tensor:$v, I64Attr:$mode), "promotedDtypes", "{getModeAttr()}"> {
  let summary = "sums of the products of v and as many elements of a, from each place on; mode 0 valid, 1 same, 2 full";
}

#endif // ND_OPS_STATISTICS_TD
