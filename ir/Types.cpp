// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Between MLIR types and the rules; type inference of the families.
#include "ir/NdOps.h"
#include "ir/rules/axes.h"
#include "ir/rules/broadcast.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;

namespace nd {

dtype_kind dtypeOf(Type type) {
  if (type.isF32())
    return dtype_kind::float32;
  if (type.isF64())
    return dtype_kind::float64;
  if (type.isF16())
    return dtype_kind::float16;
  if (type.isBF16())
    return dtype_kind::bfloat16;
  if (auto complex = dyn_cast<ComplexType>(type))
    return rules::complex_of(dtypeOf(complex.getElementType()));
  auto integer = cast<IntegerType>(type);
  bool isUnsigned = integer.isUnsigned();
  switch (integer.getWidth()) {
  case 1:
    return dtype_kind::bool_;
  case 8:
    return isUnsigned ? dtype_kind::uint8 : dtype_kind::int8;
  case 16:
    return isUnsigned ? dtype_kind::uint16 : dtype_kind::int16;
  case 32:
    return isUnsigned ? dtype_kind::uint32 : dtype_kind::int32;
  default:
    return isUnsigned ? dtype_kind::uint64 : dtype_kind::int64;
  }
}

Type typeOf(MLIRContext *context, dtype_kind dtype) {
  if (dtype == dtype_kind::float32)
    return Float32Type::get(context);
  if (dtype == dtype_kind::float64)
    return Float64Type::get(context);
  if (dtype == dtype_kind::float16)
    return Float16Type::get(context);
  if (dtype == dtype_kind::bfloat16)
    return BFloat16Type::get(context);
  if (rules::is_complex(dtype))
    return ComplexType::get(typeOf(context, rules::real_of(dtype)));
  if (dtype == dtype_kind::bool_)
    return IntegerType::get(context, 1);
  return IntegerType::get(context, rules::itemsize(dtype) * 8,
                          rules::is_unsigned(dtype) ? IntegerType::Unsigned
                                                    : IntegerType::Signless);
}

rules::shape shapeOf(Type tensor) {
  static_assert(ShapedType::kDynamic == rules::dynamic);
  ArrayRef<int64_t> shape = tensorOf(tensor).getShape();
  return rules::shape(shape.begin(), shape.end());
}

static thread_local rules::error_kind failedKind = rules::error_kind::value;
rules::error_kind lastErrorKind() { return failedKind; }

LogicalResult ruleFailure(std::optional<Location> loc, StringRef op, const rules::error &error) {
  failedKind = error.kind;
  return emitOptionalError(loc, op, ": ", error.message);
}

bool compatibleTypes(TypeRange inferred, TypeRange actual) {
  if (inferred.size() != actual.size())
    return false;
  for (auto [a, b] : llvm::zip_equal(inferred, actual)) {
    auto s = tensorOf(a), t = dyn_cast<RankedTensorType>(b);
    if (!t || s.getElementType() != t.getElementType() || failed(verifyCompatibleShape(s, t)))
      return false;
  }
  return true;
}

static SmallVector<dtype_kind> dtypesOf(ValueRange values) {
  return llvm::map_to_vector(values, [](Value v) { return dtypeOf(elementOf(v)); });
}

LogicalResult inferPointwise(MLIRContext *context, std::optional<Location> loc, StringRef op,
                             rules::ufunc rule, ValueRange operands, SmallVectorImpl<Type> &types) {
  SmallVector<dtype_kind> dtypes = dtypesOf(operands);
  auto resolved = rules::ufunc_dtypes(rule, dtypes);
  if (!resolved)
    return ruleFailure(loc, op, resolved.error());
  auto shapes = llvm::map_to_vector(operands, [](Value v) { return shapeOf(v.getType()); });
  auto shape = rules::broadcast(shapes, std::string_view(op));
  if (!shape)
    return ruleFailure(loc, op, shape.error());
  types.push_back(tensorType(*shape, typeOf(context, resolved->result)));
  return success();
}

SmallVector<Type> computeDtypes(rules::ufunc rule, Operation *op) {
  SmallVector<dtype_kind> dtypes = dtypesOf(op->getOperands());
  auto resolved = rules::ufunc_dtypes(rule, dtypes);
  assert(resolved && "verified ops have dtypes");
  return llvm::map_to_vector(resolved->operands,
                             [&](dtype_kind k) { return typeOf(op->getContext(), k); });
}

LogicalResult inferReduction(MLIRContext *context, std::optional<Location> loc, StringRef op,
                             rules::reduction rule, Value x, ArrayRef<int64_t> axes, bool keepdims,
                             SmallVectorImpl<Type> &types) {
  rules::shape in = shapeOf(x.getType());
  auto normal = rules::normalise_axes(axes, in.size());
  if (!normal)
    return ruleFailure(loc, op, normal.error());
  // Passes index with the attribute, so it holds axes as the rules give them.
  if (ArrayRef(*normal) != axes)
    return ruleFailure(
        loc, op,
        {rules::error_kind::value, "the attribute axes holds " +
                                       rules::to_string(rules::shape(axes.begin(), axes.end())) +
                                       "; count from 0 and sort: " + rules::to_string(*normal)});
  if (rule == rules::reduction::position && axes.size() > 1 && axes.size() < in.size())
    return ruleFailure(loc, op,
                       {rules::error_kind::value,
                        "the attribute axes holds " + rules::to_string(*normal) +
                            "; a position counts along one axis or through the whole array"});
  auto shape = rules::reduce_shape(in, *normal, keepdims);
  if (!shape)
    return ruleFailure(loc, op, shape.error());
  bool empty = llvm::any_of(*normal, [&](int64_t axis) { return in[axis] == 0; });
  bool given = llvm::none_of(*shape, [](int64_t extent) { return extent == 0; });
  // NumPy asks for an extreme where somebody would read it, for a position always.
  if (empty &&
      (rule == rules::reduction::position || (given && rule == rules::reduction::same_nonempty)))
    return ruleFailure(
        loc, op,
        {rules::error_kind::value,
         "shape " + rules::to_string(in) +
             " has no elements along the reduced axes, so there is no answer; check size() first"});
  auto dtypes = rules::reduction_dtypes(rule, dtypeOf(elementOf(x)));
  types.push_back(tensorType(*shape, typeOf(context, dtypes.result)));
  return success();
}

Type accumulatorDtype(rules::reduction rule, Type x) {
  return typeOf(x.getContext(),
                rules::reduction_dtypes(rule, dtypeOf(tensorOf(x).getElementType())).accumulator);
}

TypedAttr numberAttr(Type element, double value, double imaginary) {
  if (auto complex = dyn_cast<ComplexType>(element)) {
    auto part = [&](double x) { return FloatAttr::get(complex.getElementType(), x).getValue(); };
    return DenseElementsAttr::get(RankedTensorType::get({}, element),
                                  std::complex<APFloat>(part(value), part(imaginary)));
  }
  if (isa<FloatType>(element))
    return FloatAttr::get(element, value);
  return IntegerAttr::get(element, static_cast<int64_t>(value));
}

Value createFull(ImplicitLocOpBuilder &b, ArrayRef<int64_t> shape, Type element, double value) {
  return FullOp::create(b, tensorType(shape, element), numberAttr(element, value), IntegerAttr());
}

} // namespace nd
