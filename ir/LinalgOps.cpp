// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Library ops: inference by NumPy's shape rules.
#include "ir/NdOps.h"
#include "ir/rules/linalg.h"

using namespace mlir;
using namespace nd;

static Type dtype(MLIRContext *context, ValueRange operands, dtype_kind (*rule)(dtype_kind)) {
  dtype_kind t = dtypeOf(elementOf(operands[0]));
  for (Value v : operands.drop_front())
    t = rules::promote(t, dtypeOf(elementOf(v)));
  return typeOf(context, rule(t));
}

SmallVector<Type> nd::libraryDtypes(Operation *op, dtype_kind (*rule)(dtype_kind)) {
  return SmallVector<Type>(op->getNumOperands(), dtype(op->getContext(), op->getOperands(), rule));
}

#define ND_INFER(Op)                                                                               \
  LogicalResult Op::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,            \
                                     ValueRange operands, DictionaryAttr, OpaqueProperties,        \
                                     RegionRange, SmallVectorImpl<Type> &types)

/// Decompositions take real matrices of float32 and wider.
static LogicalResult decomposes(std::optional<Location> loc, StringRef op, Type element) {
  dtype_kind k = dtypeOf(element);
  if (!rules::is_complex(k) && !rules::is_half(k))
    return success();
  return ruleFailure(
      loc, op,
      {rules::error_kind::dtype,
       "dtype " + std::string(rules::name(k)) + " is not supported: " +
           (rules::is_complex(k) ? "it takes real matrices; use its real and imaginary parts"
                                 : "it takes float32 and float64; cast with astype(nd::float32)")});
}

static LogicalResult one(std::optional<Location> loc, StringRef op,
                         const rules::result<rules::shape> &shape, Type element,
                         SmallVectorImpl<Type> &types) {
  if (op != "matmul" && failed(decomposes(loc, op, element)))
    return failure();
  if (!shape)
    return ruleFailure(loc, op, shape.error());
  types.push_back(tensorType(*shape, element));
  return success();
}

ND_INFER(MatmulOp) {
  return one(loc, "matmul",
             rules::matmul_shape(shapeOf(operands[0].getType()), shapeOf(operands[1].getType())),
             dtype(context, operands, rules::same_result), types);
}
ND_INFER(InvOp) {
  return one(loc, "linalg.inv", rules::square_shape(shapeOf(operands[0].getType())),
             dtype(context, operands, rules::inexact_result), types);
}
ND_INFER(DetOp) {
  return one(loc, "linalg.det", rules::det_shape(shapeOf(operands[0].getType())),
             dtype(context, operands, rules::inexact_result), types);
}
ND_INFER(EigvalsOp) {
  Type element = dtype(context, operands, rules::inexact_result);
  if (rules::is_half(dtypeOf(element)))
    return decomposes(loc, "linalg.eigvals", element);
  rules::result<rules::shape> shape = rules::square_shape(shapeOf(operands[0].getType()));
  if (!shape)
    return ruleFailure(loc, "linalg.eigvals", shape.error());
  shape->pop_back();
  if (!isa<ComplexType>(element))
    element = ComplexType::get(element);
  types.push_back(tensorType(*shape, element));
  return success();
}
ND_INFER(SolveOp) {
  return one(loc, "linalg.solve",
             rules::solve_shape(shapeOf(operands[0].getType()), shapeOf(operands[1].getType())),
             dtype(context, operands, rules::inexact_result), types);
}
ND_INFER(QrOp) {
  auto shapes = rules::qr_shapes(shapeOf(operands[0].getType()));
  if (!shapes)
    return ruleFailure(loc, "linalg.qr", shapes.error());
  Type element = dtype(context, operands, rules::inexact_result);
  if (failed(decomposes(loc, "linalg.qr", element)))
    return failure();
  types.append({tensorType(shapes->Q, element), tensorType(shapes->R, element)});
  return success();
}
ND_INFER(LstsqOp) {
  auto shapes = rules::lstsq_shapes(shapeOf(operands[0].getType()), shapeOf(operands[1].getType()));
  if (!shapes)
    return ruleFailure(loc, "linalg.lstsq", shapes.error());
  Type element = dtype(context, operands, rules::inexact_result);
  if (failed(decomposes(loc, "linalg.lstsq", element)))
    return failure();
  types.append({tensorType(shapes->x, element), tensorType(shapes->residuals, element),
                tensorType(shapes->rank, IntegerType::get(context, 64)),
                tensorType(shapes->s, element)});
  return success();
}
#undef ND_INFER

/// How many multiplications and additions stand in the place of one of each, halved.
static double perMultiplication(Operation *op) {
  return isa<ComplexType>(elementOf(op->getResult(0))) ? 4 : 1;
}

static double elements(ArrayRef<int64_t> extents) {
  double n = 1;
  for (int64_t extent : extents)
    n *= double(extent);
  return n;
}

double nd::matmulFlops(Operation *op) {
  rules::shape a = shapeOf(op->getOperand(0).getType());
  return 2 * elements(shapeOf(op->getResult(0).getType())) * double(a.back()) *
         perMultiplication(op);
}

double nd::squareFlops(Operation *op, double factor, double per_column) {
  rules::shape a = shapeOf(op->getOperand(0).getType());
  const double n = double(a.back());
  double flops = elements(a) * n * factor;
  if (per_column)
    flops += elements(shapeOf(op->getResult(0).getType())) * n * per_column;
  return flops * perMultiplication(op);
}

/// The factorisation, and Q from its reflectors.
double nd::qrFlops(Operation *op) {
  rules::shape a = shapeOf(op->getOperand(0).getType());
  const double columns = double(a.back()), rows = double(a[a.size() - 2]);
  const double longer = std::max(rows, columns), shorter = std::min(rows, columns);
  const double matrices = elements(ArrayRef(a).drop_back(2));
  return 2 * matrices * (2 * longer * shorter * shorter - shorter * shorter * shorter * 2 / 3) *
         perMultiplication(op);
}

/// The reduction to bidiagonal form, and its reflectors applied to the right-hand sides.
double nd::lstsqFlops(Operation *op) {
  rules::shape a = shapeOf(op->getOperand(0).getType());
  rules::shape b = shapeOf(op->getOperand(1).getType());
  const double rows = double(a[0]), columns = double(a[1]);
  const double longer = std::max(rows, columns), shorter = std::min(rows, columns);
  const double sides = b.size() > 1 ? double(b[1]) : 1;
  return (4 * longer * shorter * shorter - shorter * shorter * shorter * 4 / 3 +
          4 * longer * shorter * sides) *
         perMultiplication(op);
}
