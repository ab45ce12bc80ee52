// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Fourier transforms: inference by ir/rules/fft.h.
#include "ir/Infer.h"
#include "ir/rules/fft.h"

#include <cmath>

using namespace mlir;
using namespace nd;

SmallVector<Type> nd::fftDtypes(Operation *op) {
  const dtype_kind k = dtypeOf(elementOf(op->getOperand(0))), out = rules::spectrum_dtype(k);
  return {typeOf(op->getContext(), rules::is_complex(k) ? out : rules::real_of(out))};
}

SmallVector<Type> nd::irfftDtypes(Operation *op) {
  return {typeOf(op->getContext(), rules::spectrum_dtype(dtypeOf(elementOf(op->getOperand(0)))))};
}

double nd::fftFlops(Operation *op, int64_t axis, double per_element) {
  rules::shape from = shapeOf(op->getOperand(0).getType());
  rules::shape to = shapeOf(op->getResult(0).getType());
  double rows = 1;
  for (size_t i = 0; i < to.size(); ++i)
    rows *= int64_t(i) == axis ? 1 : double(to[i]);
  const double n = double(std::max(from[size_t(axis)], to[size_t(axis)]));
  return n > 1 ? per_element * rows * n * std::log2(n) : 0;
}

template <class Adaptor>
static LogicalResult infer(std::optional<Location> loc, StringRef name, rules::transform kind,
                           Adaptor adaptor, MLIRContext *context, ValueRange operands,
                           SmallVectorImpl<Type> &types) {
  const int64_t norm = adaptor.getNorm();
  if (norm < 0 || norm > 2)
    return ruleFailure(
        loc, name,
        {rules::error_kind::value, "norm is " + std::to_string(norm) + "; use 0, 1 or 2"});
  const dtype_kind k = dtypeOf(elementOf(operands[0])), out = rules::spectrum_dtype(k);
  if (kind == rules::transform::real && rules::is_complex(k))
    return ruleFailure(loc, name,
                       {rules::error_kind::dtype, "dtype " + std::string(rules::name(k)) +
                                                      " is not supported: it takes real numbers; "
                                                      "use fft"});
  return inferOne(
      loc, name,
      rules::fft_shape(shapeOf(operands[0].getType()), adaptor.getAxis(), adaptor.getN(), kind),
      typeOf(context, kind == rules::transform::to_real ? rules::real_of(out) : out), types);
}

#define ND_TRANSFORM(Op, name, kind)                                                               \
  ND_INFER(Op) {                                                                                   \
    return infer(loc, name, rules::transform::kind, Adaptor(operands, attributes, properties),     \
                 context, operands, types);                                                        \
  }
ND_TRANSFORM(FftOp, "fft", complex)
ND_TRANSFORM(RfftOp, "rfft", real)
ND_TRANSFORM(IrfftOp, "irfft", to_real)
#undef ND_TRANSFORM
