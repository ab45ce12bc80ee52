// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Rows that choose elements by position or by a mask, and rows that order them.
#ifndef ND_OPS_INDEXING_TD
#define ND_OPS_INDEXING_TD

class Nd_LibraryCall<string callee, string dtypes, string scalars = "{}"> {
  string methods = [{
    ::llvm::StringRef $cppClass::getCallee() { return "}] # callee # [{"; }
    ::llvm::SmallVector<::mlir::TypedAttr> $cppClass::getScalars() { return }] # scalars # [{; }
    ::llvm::SmallVector<::mlir::Type> $cppClass::getOperandDtypes() { return ::nd::}] # dtypes # [{(getOperation()); }
  }];
}

// The result's type follows from the operands.
class Nd_Selection<string mnemonic, string callee, dag ins, string dtypes, string scalars = "{}", list<string> also = []>
    : Nd_InferredOp<mnemonic, [DeclareOpInterfaceMethods<LibraryOpInterface, also>]> {
  let arguments = ins;
  let results = (outs Nd_Tensor:$result);
  let extraClassDefinition = compatible # Nd_LibraryCall<callee, dtypes, scalars>.methods;
}

// An extent of the result is decided at run time, so the type is given.
class Nd_SizedSelection<string mnemonic, string callee, dag ins, string dtypes, string scalars = "{}">
    : Nd_Op<mnemonic, [DeclareOpInterfaceMethods<LibraryOpInterface>]> {
  let arguments = ins;
  let results = (outs Nd_Tensor:$result);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
  let extraClassDefinition = Nd_LibraryCall<callee, dtypes, scalars>.methods;
}

def Nd_GatherOp : Nd_Selection<"gather", "ndrt_gather", (ins Nd_Tensor:$x, Variadic<Nd_Tensor>:$indices, DenseI64ArrayAttr:$axes, DefaultValuedAttr<I64Attr, "0">:$place), "gatherDtypes",
    "{::nd::axisBits(getOperation(), getAxes()), getPlaceAttr()}", ["getListOperand", "getChosenElements"]> {
  let summary = "x[i0, i1, ...]: integer arrays, broadcast together, choose from axes; their own axes stand behind `place` of the others";
}
def Nd_ScatterOp : Nd_Selection<"scatter", "ndrt_scatter", (ins Nd_Tensor:$x, Nd_Tensor:$value, Variadic<Nd_Tensor>:$indices, DenseI64ArrayAttr:$axes, StrAttr:$mode), "scatterDtypes",
    "{::nd::axisBits(getOperation(), getAxes()), ::nd::scatterMode(getOperation(), getMode())}", ["getListOperand", "getUpdatedOperand", "getChosenElements"]> {
  let summary = "x with what a gather with place 0 would take replaced by value or combined with it, in order";
}
def Nd_CompressOp : Nd_SizedSelection<"compress", "ndrt_compress", (ins Nd_Tensor:$mask, Nd_Tensor:$x), "compressDtypes"> {
  let summary = "the parts of x where a mask over its leading axes holds";
}
def Nd_FlatnonzeroOp : Nd_SizedSelection<"flatnonzero", "ndrt_flatnonzero", (ins Nd_Tensor:$mask), "compressDtypes"> {
  let summary = "the positions, in C order, where a mask holds";
}
def Nd_RepeatOp : Nd_SizedSelection<"repeat", "ndrt_repeat", (ins Nd_Tensor:$x, Nd_Tensor:$counts, I64Attr:$axis), "repeatDtypes",
    "{getAxisAttr()}"> {
  let summary = "each element along an axis as often as counts says";
}
def Nd_SortOp : Nd_Selection<"sort", "ndrt_sort", (ins Nd_Tensor:$x), "ownDtypes"> {
  let summary = "x in ascending order along the last axis, nan last";
}
def Nd_ArgsortOp : Nd_Selection<"argsort", "ndrt_argsort", (ins Nd_Tensor:$x), "ownDtypes"> {
  let summary = "the positions that bring x in ascending order along the last axis; of equals the first stays first";
}
def Nd_PartitionOp : Nd_Selection<"partition", "ndrt_partition", (ins Nd_Tensor:$x, Nd_Tensor:$kth), "partitionDtypes"> {
  let summary = "x along the last axis with the elements at positions kth where sorting would put them, smaller ones before, larger ones behind";
}
def Nd_ArgpartitionOp : Nd_Selection<"argpartition", "ndrt_argpartition", (ins Nd_Tensor:$x, Nd_Tensor:$kth), "partitionDtypes"> {
  let summary = "positions that partition x along the last axis";
}
def Nd_LexsortOp : Nd_Selection<"lexsort", "ndrt_lexsort", (ins Nd_Tensor:$keys), "ownDtypes"> {
  let summary = "the positions that sort by keys along the last axis; the first axis counts the keys, the last of which weighs most";
}
def Nd_SearchsortedOp : Nd_Selection<"searchsorted", "ndrt_searchsorted", (ins Nd_Tensor:$sorted, Nd_Tensor:$values, BoolAttr:$right), "promotedDtypes",
    "{::mlir::IntegerAttr::get(::mlir::IntegerType::get(getContext(), 32), getRight())}"> {
  let summary = "where values belong in a sorted vector, before its equals or behind them";
}

#endif // ND_OPS_INDEXING_TD
