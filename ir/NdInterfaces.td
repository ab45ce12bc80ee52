// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What passes know of an op. They ask these interfaces and never look at op names.
#ifndef ND_INTERFACES_TD
#define ND_INTERFACES_TD

include "mlir/IR/OpBase.td"

def PointwiseOpInterface : OpInterface<"PointwiseOpInterface"> {
  let cppNamespace = "::nd";
  let description = "Each element of the result depends on the same element of each operand.";
  let methods = [
    InterfaceMethod<"The dtypes that the operands are cast to before the body runs.",
      "::llvm::SmallVector<::mlir::Type>", "getComputeDtypes">,
    InterfaceMethod<"Emits the body on scalars or vectors of the compute dtypes (integers signless).",
      "::mlir::Value", "emitBody",
      (ins "::mlir::ImplicitLocOpBuilder &":$b, "::mlir::ValueRange":$x)>,
    InterfaceMethod<[{
      Arithmetic operations on an element: of real numbers one for what computes, a function such as
      exp too, and none for what only moves.
    }], "int64_t", "getFlops", (ins), "", "return 0;">,
    InterfaceMethod<"Whether it is a function such as exp, which takes many instructions.",
      "bool", "isFunction", (ins), "", "return false;">,
  ];
}

def GeneratorOpInterface : OpInterface<"GeneratorOpInterface"> {
  let cppNamespace = "::nd";
  let description = "Has no operands: its elements are one scalar or their position along an axis.";
  let methods = [
    InterfaceMethod<"Where the elements come from.", "::nd::Source", "getSource">,
  ];
}

def ReductionOpInterface : OpInterface<"ReductionOpInterface"> {
  let cppNamespace = "::nd";
  let description = [{
    Folds axes with an associative merge of small states; a state is one value, or value and
    position for arg reductions. Identity, lift and merge work on scalars and on vectors.
  }];
  let methods = [
    InterfaceMethod<"Reduced axes, sorted.", "::llvm::ArrayRef<int64_t>", "getReducedAxes">,
    InterfaceMethod<"Whether reduced axes stay with extent 1.", "bool", "keepsDims">,
    InterfaceMethod<"Whether the state carries the position of the element.", "bool", "usesPosition">,
    InterfaceMethod<"The dtype that elements are cast to before they are folded.",
      "::mlir::Type", "getAccumulatorDtype">,
    InterfaceMethod<"The neutral state for one element.", "::llvm::SmallVector<::mlir::TypedAttr>",
      "getIdentity">,
    InterfaceMethod<"Folds two states; of equals the one with the lower position stays.",
      "::llvm::SmallVector<::mlir::Value>", "emitMerge",
      (ins "::mlir::ImplicitLocOpBuilder &":$b, "::mlir::ValueRange":$left, "::mlir::ValueRange":$right)>,
    InterfaceMethod<"Arithmetic operations of a merge.", "int64_t", "getFlops", (ins), "", "return 1;">,
  ];
}

def CompositeOpInterface : OpInterface<"CompositeOpInterface"> {
  let cppNamespace = "::nd";
  let description = "Is written with other nd ops; nd-resolve replaces it by them.";
  let methods = [
    InterfaceMethod<"Builds the replacement.", "::mlir::Value", "decompose",
      (ins "::mlir::ImplicitLocOpBuilder &":$b)>,
  ];
}

def ViewOpInterface : OpInterface<"ViewOpInterface"> {
  let cppNamespace = "::nd";
  let description = "Only renames positions: the result can be read from the operand's memory.";
  let methods = [
    InterfaceMethod<[{
      Describes the result as strided: for each result axis the operand axis it walks (-1: none) and
      the step, and for each operand axis the first position. False where no strides can say it.
    }], "bool", "getView", (ins "::nd::View &":$view)>,
  ];
}

def LibraryOpInterface : OpInterface<"LibraryOpInterface"> {
  let cppNamespace = "::nd";
  let description = "Runs as one call of the runtime: operands, then results, then scalars.";
  let methods = [
    InterfaceMethod<"The runtime's symbol.", "::llvm::StringRef", "getCallee">,
    InterfaceMethod<"Scalar arguments that follow the arrays.",
      "::llvm::SmallVector<::mlir::TypedAttr>", "getScalars">,
    InterfaceMethod<"The dtypes that the operands are cast to.",
      "::llvm::SmallVector<::mlir::Type>", "getOperandDtypes">,
    InterfaceMethod<"The operands from here on go as one list of pointers and its length (int32).",
      "::std::optional<unsigned>", "getListOperand", (ins), "", "return std::nullopt;">,
    InterfaceMethod<[{
      The operand that the result starts as a copy of and that the call updates in place; it is no
      argument of the call.
    }], "::std::optional<unsigned>", "getUpdatedOperand", (ins), "", "return std::nullopt;">,
    InterfaceMethod<[{
      How many elements of the first operand the call looks at, or writes where it updates that, if
      these are not all. All extents are known.
    }], "::std::optional<int64_t>", "getChosenElements", (ins), "", "return std::nullopt;">,
    InterfaceMethod<[{
      Arithmetic operations of the call, the leading terms; 0 where it does not compute. All extents
      are known.
    }], "double", "getFlops", (ins), "", "return 0;">,
    InterfaceMethod<[{
      The runtime's symbol that also hands each run of finished rows of the result to a task, while
      they are in cache: the arguments of the call, then task, context and units per row. Empty if
      there is none.
    }], "::llvm::StringRef", "getRowsCallee", (ins), "", "return {};">,
  ];
}

def AssemblyOpInterface : OpInterface<"AssemblyOpInterface"> {
  let cppNamespace = "::nd";
  let description = "Copies its operands side by side into one result.";
  let methods = [
    InterfaceMethod<"The axis along which they stand.", "int64_t", "getAssemblyAxis">,
  ];
}

def UpdateOpInterface : OpInterface<"UpdateOpInterface"> {
  let cppNamespace = "::nd";
  let description = [{
    Gives its first operand with a part replaced by the second; may write over the first operand's
    memory where nobody needs the old elements.
  }];
  let methods = [
    InterfaceMethod<"The part, as a view of the first operand.", "void", "getPart",
      (ins "::nd::View &":$view)>,
  ];
}

def SeekableOpInterface : OpInterface<"SeekableOpInterface"> {
  let cppNamespace = "::nd";
  let description = [{
    Draws from a stream whose places can be sought: element i of its first result may follow from the
    state, its first operand, and from i. Its second result is the state behind the last draw.
  }];
  let methods = [
    InterfaceMethod<"Whether that is so.", "bool", "canSeek">,
    InterfaceMethod<"Builds the elements as a pointwise op that stands beside its readers.",
      "::mlir::Value", "buildElements", (ins "::mlir::ImplicitLocOpBuilder &":$b)>,
    InterfaceMethod<"Builds the state behind them.", "::mlir::Operation *", "buildNext",
      (ins "::mlir::ImplicitLocOpBuilder &":$b)>,
  ];
}

def PositionalOpInterface : OpInterface<"PositionalOpInterface"> {
  let cppNamespace = "::nd";
  let description = [{
    A pointwise op whose elements follow from their position in C order and from what lies in memory
    at and behind its operand's element. The runtime makes them in runs, neighbours together.
  }];
  let methods = [
    InterfaceMethod<"The runtime's symbol; ndrt.h says what a run is.", "::llvm::StringRef", "getRunCallee">,
    InterfaceMethod<"Scalar arguments behind the address, the position and the number of elements.",
      "::llvm::SmallVector<::mlir::TypedAttr>", "getRunScalars">,
  ];
}

#endif // ND_INTERFACES_TD
