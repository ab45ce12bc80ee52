// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The nd dialect: ops, their interfaces, and the bridge between MLIR types and ir/rules.
#ifndef ND_IR_NDOPS_H
#define ND_IR_NDOPS_H

#include "ir/View.h"
#include "ir/rules/dtype.h"
#include "ir/rules/error.h"
#include "ir/rules/ufunc.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributeInterfaces.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include <optional>

namespace nd {

/// The dtype of an element type, and back.
dtype_kind dtypeOf(mlir::Type elementType);
mlir::Type typeOf(mlir::MLIRContext *context, dtype_kind dtype);
rules::shape shapeOf(mlir::Type tensor);
inline mlir::RankedTensorType tensorOf(mlir::Type type) {
  return llvm::cast<mlir::RankedTensorType>(type);
}
inline mlir::Type elementOf(mlir::Value value) {
  return tensorOf(value.getType()).getElementType();
}
inline mlir::RankedTensorType tensorType(llvm::ArrayRef<int64_t> shape, mlir::Type element) {
  return mlir::RankedTensorType::get(shape, element);
}

/// The kind of the last rule that failed on this thread; its text went to the diagnostic handler.
rules::error_kind lastErrorKind();
/// Reports a rule's failure at \p loc as "op: message" and remembers its kind.
llvm::LogicalResult ruleFailure(std::optional<mlir::Location> loc, llvm::StringRef op,
                                const rules::error &error);

bool compatibleTypes(mlir::TypeRange inferred, mlir::TypeRange actual);
llvm::LogicalResult inferPointwise(mlir::MLIRContext *, std::optional<mlir::Location>,
                                   llvm::StringRef op, rules::ufunc, mlir::ValueRange operands,
                                   llvm::SmallVectorImpl<mlir::Type> &types);
llvm::LogicalResult inferReduction(mlir::MLIRContext *, std::optional<mlir::Location>,
                                   llvm::StringRef op, rules::reduction, mlir::Value x,
                                   llvm::ArrayRef<int64_t> axes, bool keepdims,
                                   llvm::SmallVectorImpl<mlir::Type> &types);
llvm::SmallVector<mlir::Type> computeDtypes(rules::ufunc, mlir::Operation *);
mlir::Type accumulatorDtype(rules::reduction, mlir::Type x);
/// The dtype that a library op computes in, for each operand: \p rule of their promoted dtype.
llvm::SmallVector<mlir::Type> libraryDtypes(mlir::Operation *, dtype_kind (*rule)(dtype_kind));

// Arithmetic operations of library ops: the leading terms of LAPACK Working Note 41, appendix C. A
// complex multiplication and addition are 8 instead of 2.
double matmulFlops(mlir::Operation *);
double adjointMatmulFlops(mlir::Operation *);
/// factor n^3 + per_column n^2 columns for each n by n matrix; columns are those of the second
/// operand.
double squareFlops(mlir::Operation *, double factor, double per_column);
double qrFlops(mlir::Operation *);
double lstsqFlops(mlir::Operation *);
/// factor l s^2 + cube s^3 for each matrix of longer side l and shorter side s.
double svdFlops(mlir::Operation *, double factor, double cube);
/// per_element n log2 n for each row of n, the longer one of operand and result.
double fftFlops(mlir::Operation *, int64_t axis, double per_element);

// The dtypes that the rows of Indexing.td cast their operands to.
llvm::SmallVector<mlir::Type> gatherDtypes(mlir::Operation *);
llvm::SmallVector<mlir::Type> scatterDtypes(mlir::Operation *);
llvm::SmallVector<mlir::Type> compressDtypes(mlir::Operation *);
llvm::SmallVector<mlir::Type> repeatDtypes(mlir::Operation *);
llvm::SmallVector<mlir::Type> ownDtypes(mlir::Operation *);
llvm::SmallVector<mlir::Type> partitionDtypes(mlir::Operation *);
llvm::SmallVector<mlir::Type> promotedDtypes(mlir::Operation *);
llvm::SmallVector<mlir::Type> bincountDtypes(mlir::Operation *);
// And those of Fft.td.
llvm::SmallVector<mlir::Type> fftDtypes(mlir::Operation *);
llvm::SmallVector<mlir::Type> irfftDtypes(mlir::Operation *);
/// Sorted axes as a set, bit i for axis i.
mlir::TypedAttr axisBits(mlir::Operation *, llvm::ArrayRef<int64_t> axes);
/// A scatter's mode as the number that the runtime knows it by.
mlir::TypedAttr scatterMode(mlir::Operation *, llvm::StringRef mode);
/// A truth as a scalar argument (int32), and why a range is checked.
mlir::TypedAttr flag(mlir::Operation *, bool);
mlir::TypedAttr rangeReason(mlir::Operation *, llvm::StringRef reason);

/// \p value of an element type as the attribute that nd.full holds: a number, for complex dtypes a
/// 0-d array of one.
mlir::TypedAttr numberAttr(mlir::Type element, double value, double imaginary = 0);
/// The element type of such an attribute.
inline mlir::Type elementOf(mlir::TypedAttr number) {
  return mlir::getElementTypeOrSelf(number.getType());
}

/// A 0-d or broadcast constant of \p dtype.
mlir::Value createFull(mlir::ImplicitLocOpBuilder &, llvm::ArrayRef<int64_t> shape,
                       mlir::Type element, double value);

} // namespace nd

#include "ir/NdInterfaces.h.inc"

#include "ir/NdDialect.h.inc"

#define GET_OP_CLASSES
#include "ir/NdOps.h.inc"

#endif // ND_IR_NDOPS_H
