// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Library ops: inference by NumPy's shape rules.
#include "ir/Infer.h"
#include "ir/rules/linalg.h"

using namespace mlir;
using namespace nd;

static Type dtype(MLIRContext *context, ValueRange operands, dtype_kind (*rule)(dtype_kind)) {
  return typeOf(context,
                rule(rules::promote_all(operands, [](Value v) { return dtypeOf(elementOf(v)); })));
}

SmallVector<Type> nd::libraryDtypes(Operation *op, dtype_kind (*rule)(dtype_kind)) {
  return SmallVector<Type>(op->getNumOperands(), dtype(op->getContext(), op->getOperands(), rule));
}

/// Decompositions take float32, float64 and complex numbers over them.
static LogicalResult decomposes(std::optional<Location> loc, StringRef op, Type element) {
  dtype_kind k = dtypeOf(element);
  if (!rules::is_half(k))
    return success();
  return ruleFailure(
      loc, op,
      {rules::error_kind::dtype, "dtype " + std::string(rules::name(k)) +
                                     " is not supported: it takes float32 and float64; cast with "
                                     "astype(nd::float32)"});
}

static LogicalResult one(std::optional<Location> loc, StringRef op,
                         const rules::result<rules::shape> &shape, Type element,
                         SmallVectorImpl<Type> &types) {
  if (failed(decomposes(loc, op, element)))
    return failure();
  return inferOne(loc, op, shape, element, types);
}

/// The type of the parts of a complex number; any other itself.
static Type realOf(Type element) {
  auto complex = dyn_cast<ComplexType>(element);
  return complex ? complex.getElementType() : element;
}
static Type complexOf(Type element) {
  return isa<ComplexType>(element) ? element : ComplexType::get(element);
}

/// n values of each matrix and, where \p vectors, n by n matrices of vectors.
static LogicalResult eigen(std::optional<Location> loc, StringRef op, Value a, Type element,
                           Type values, Type vectors, SmallVectorImpl<Type> &types) {
  if (failed(decomposes(loc, op, element)))
    return failure();
  rules::result<rules::shape> square = rules::square_shape(shapeOf(a.getType()));
  if (!square)
    return ruleFailure(loc, op, square.error());
  rules::shape row(square->begin(), square->end() - 1);
  types.push_back(tensorType(row, values));
  if (vectors)
    types.push_back(tensorType(*square, vectors));
  return success();
}

ND_INFER(MatmulOp) {
  return inferOne(
      loc, "matmul",
      rules::matmul_shape(shapeOf(operands[0].getType()), shapeOf(operands[1].getType())),
      dtype(context, operands, rules::same_result), types);
}
ND_INFER(AdjointMatmulOp) {
  auto turned = rules::adjoint_shape(shapeOf(operands[0].getType()));
  if (!turned)
    return ruleFailure(loc, "adjoint_matmul", turned.error());
  return inferOne(loc, "adjoint_matmul",
                  rules::matmul_shape(*turned, shapeOf(operands[1].getType())),
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
ND_INFER(SlogdetOp) {
  Type element = dtype(context, operands, rules::inexact_result);
  rules::result<rules::shape> shape = rules::det_shape(shapeOf(operands[0].getType()));
  if (failed(one(loc, "linalg.slogdet", shape, element, types)))
    return failure();
  types.push_back(tensorType(*shape, realOf(element)));
  return success();
}
ND_INFER(CholeskyOp) {
  return one(loc, "linalg.cholesky", rules::square_shape(shapeOf(operands[0].getType())),
             dtype(context, operands, rules::inexact_result), types);
}
ND_INFER(EigOp) {
  Type element = dtype(context, operands, rules::inexact_result);
  Type complex = complexOf(element);
  return eigen(loc, "linalg.eig", operands[0], element, complex, complex, types);
}
ND_INFER(EigvalsOp) {
  Type element = dtype(context, operands, rules::inexact_result);
  return eigen(loc, "linalg.eigvals", operands[0], element, complexOf(element), Type(), types);
}
ND_INFER(EighOp) {
  Type element = dtype(context, operands, rules::inexact_result);
  return eigen(loc, "linalg.eigh", operands[0], element, realOf(element), element, types);
}
ND_INFER(EigvalshOp) {
  Type element = dtype(context, operands, rules::inexact_result);
  return eigen(loc, "linalg.eigvalsh", operands[0], element, realOf(element), Type(), types);
}
ND_INFER(SvdOp) {
  Adaptor adaptor(operands, attributes, properties);
  auto shapes = rules::svd_shapes(shapeOf(operands[0].getType()), adaptor.getFullMatrices());
  if (!shapes)
    return ruleFailure(loc, "linalg.svd", shapes.error());
  Type element = dtype(context, operands, rules::inexact_result);
  if (failed(decomposes(loc, "linalg.svd", element)))
    return failure();
  types.append({tensorType(shapes->U, element), tensorType(shapes->S, realOf(element)),
                tensorType(shapes->Vh, element)});
  return success();
}
ND_INFER(SvdvalsOp) {
  auto shapes = rules::svd_shapes(shapeOf(operands[0].getType()), false);
  if (!shapes)
    return ruleFailure(loc, "linalg.svdvals", shapes.error());
  Type element = dtype(context, operands, rules::inexact_result);
  if (failed(decomposes(loc, "linalg.svdvals", element)))
    return failure();
  types.push_back(tensorType(shapes->S, realOf(element)));
  return success();
}
ND_INFER(SolveOp) {
  return one(loc, "linalg.solve",
             rules::solve_shape(shapeOf(operands[0].getType()), shapeOf(operands[1].getType())),
             dtype(context, operands, rules::inexact_result), types);
}
ND_INFER(QrOp) {
  Adaptor adaptor(operands, attributes, properties);
  auto shapes = rules::qr_shapes(shapeOf(operands[0].getType()), adaptor.getComplete());
  if (!shapes)
    return ruleFailure(loc, "linalg.qr", shapes.error());
  Type element = dtype(context, operands, rules::inexact_result);
  if (failed(decomposes(loc, "linalg.qr", element)))
    return failure();
  types.append({tensorType(shapes->Q, element), tensorType(shapes->R, element)});
  return success();
}
ND_INFER(QrRawOp) {
  auto shapes = rules::qr_raw_shapes(shapeOf(operands[0].getType()));
  if (!shapes)
    return ruleFailure(loc, "linalg.qr", shapes.error());
  Type element = dtype(context, operands, rules::inexact_result);
  if (failed(decomposes(loc, "linalg.qr", element)))
    return failure();
  types.append({tensorType(shapes->h, element), tensorType(shapes->tau, element)});
  return success();
}
ND_INFER(LstsqOp) {
  auto shapes = rules::lstsq_shapes(shapeOf(operands[0].getType()), shapeOf(operands[1].getType()));
  if (!shapes)
    return ruleFailure(loc, "linalg.lstsq", shapes.error());
  Type element = dtype(context, operands, rules::inexact_result);
  if (failed(decomposes(loc, "linalg.lstsq", element)))
    return failure();
  types.append({tensorType(shapes->x, element), tensorType(shapes->residuals, realOf(element)),
                tensorType(shapes->rank, IntegerType::get(context, 64)),
                tensorType(shapes->s, realOf(element))});
  return success();
}

/// How many multiplications and additions stand in the place of one of each, halved.
static double perMultiplication(Operation *op) {
  return llvm::any_of(op->getOperands(), [](Value v) { return isa<ComplexType>(elementOf(v)); })
             ? 4
             : 1;
}

static double elements(ArrayRef<int64_t> extents) {
  double n = 1;
  for (int64_t extent : extents)
    n *= double(extent);
  return n;
}

static double productFlops(Operation *op, int64_t terms) {
  return 2 * elements(shapeOf(op->getResult(0).getType())) * double(terms) * perMultiplication(op);
}

double nd::matmulFlops(Operation *op) {
  return productFlops(op, shapeOf(op->getOperand(0).getType()).back());
}

double nd::adjointMatmulFlops(Operation *op) {
  rules::shape a = shapeOf(op->getOperand(0).getType());
  return productFlops(op, a[a.size() - 2]);
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

double nd::svdFlops(Operation *op, double factor, double cube) {
  rules::shape a = shapeOf(op->getOperand(0).getType());
  const double columns = double(a.back()), rows = double(a[a.size() - 2]);
  const double longer = std::max(rows, columns), shorter = std::min(rows, columns);
  return elements(ArrayRef(a).drop_back(2)) *
         (factor * longer * shorter * shorter + cube * shorter * shorter * shorter) *
         perMultiplication(op);
}
