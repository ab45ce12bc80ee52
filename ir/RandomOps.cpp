// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// nd.random: its distributions have the names of NDRT_RANDOM_*, in the same order.
#include "ir/NdOps.h"

using namespace mlir;
using namespace nd;

static constexpr StringLiteral distributions[] = {
    "uniform01",
    "standard_normal",
    "standard_exponential",
    "standard_exponential_inverse",
    "standard_gamma",
    "uniform",
    "normal",
    "exponential",
    "gamma",
    "beta",
    "chisquare",
    "f",
    "noncentral_chisquare",
    "noncentral_f",
    "standard_cauchy",
    "standard_t",
    "pareto",
    "weibull",
    "power",
    "laplace",
    "gumbel",
    "logistic",
    "lognormal",
    "rayleigh",
    "wald",
    "vonmises",
    "triangular",
    "binomial",
    "negative_binomial",
    "poisson",
    "geometric",
    "logseries",
    "zipf",
    "hypergeometric",
    "integers",
    "integers_closed",
    "integers_masked",
    "multinomial",
    "dirichlet",
    "multivariate_hypergeometric_marginals",
    "multivariate_hypergeometric_count",
    "permuted",
    "choice",
    "choice_unshuffled",
    "choice_weighted",
    "choice_weighted_replace",
    "legacy_gauss",
};

StringRef RandomOp::getCallee() { return "ndrt_random"; }

SmallVector<TypedAttr> RandomOp::getScalars() {
  return {IntegerAttr::get(IntegerType::get(getContext(), 32),
                           llvm::find(distributions, getDistribution()) - distributions)};
}

SmallVector<Type> RandomOp::getOperandDtypes() {
  SmallVector<Type> types;
  for (Value operand : getOperation()->getOperands())
    types.push_back(elementOf(operand));
  return types;
}

std::optional<unsigned> RandomOp::getListOperand() { return 1; }

namespace {

/// Those whose places can be sought: NDRT_PCG64, NDRT_PCG64DXSM and NDRT_PHILOX.
struct Generator {
  StringLiteral name;
  int32_t kind;
  int64_t words;
};
constexpr Generator generators[] = {{"pcg64", 1, 6}, {"pcg64dxsm", 2, 6}, {"philox", 3, 13}};

const Generator *generatorNamed(StringRef name) {
  const Generator *found = llvm::find_if(generators, [&](auto &g) { return g.name == name; });
  return found == std::end(generators) ? nullptr : found;
}
LogicalResult unknownGenerator(Operation *op, StringRef name) {
  return op->emitOpError()
         << "has the generator \"" << name
         << "\"; those whose places can be sought are pcg64, pcg64dxsm and philox";
}
bool isReal(Type element) { return element.isF64() || element.isF32(); }

} // namespace

bool RandomOp::canSeek() {
  return getGenerator() && getDistribution() == "uniform01" && isReal(elementOf(getResult()));
}

Value RandomOp::buildElements(ImplicitLocOpBuilder &b) {
  Type word = elementOf(getState());
  Value first = SliceOp::create(b, tensorType({1}, word), getState(), ArrayRef<int64_t>{0},
                                ArrayRef<int64_t>{1}, ArrayRef<int64_t>{1});
  auto type = tensorOf(getResult().getType());
  Value everywhere = BroadcastToOp::create(b, tensorType(type.getShape(), word), first);
  return RandomAtOp::create(b, type, everywhere, *getGenerator());
}

Operation *RandomOp::buildNext(ImplicitLocOpBuilder &b) {
  auto type = tensorOf(getResult().getType());
  Value count = CountOp::create(b, tensorType({}, b.getI64Type()), type.getShape());
  return RandomSkipOp::create(b, getNext().getType(), getState(), count,
                              type.getElementType().isF32());
}

SmallVector<Type> RandomAtOp::getComputeDtypes() { return {elementOf(getState())}; }
bool RandomAtOp::isFunction() { return true; }
Value RandomAtOp::emitBody(ImplicitLocOpBuilder &, ValueRange) {
  llvm_unreachable("its elements are made in runs");
}
StringRef RandomAtOp::getRunCallee() { return "ndrt_random_run"; }
SmallVector<TypedAttr> RandomAtOp::getRunScalars() {
  Type i32 = IntegerType::get(getContext(), 32);
  return {IntegerAttr::get(i32, generatorNamed(getGenerator())->kind),
          IntegerAttr::get(i32, getType().getElementType().isF32())};
}

LogicalResult RandomAtOp::verify() {
  if (!generatorNamed(getGenerator()))
    return unknownGenerator(*this, getGenerator());
  if (!isReal(getType().getElementType()))
    return emitOpError() << "gives " << getType() << "; its numbers are f64 or f32";
  auto state = tensorOf(getState().getType());
  if (!state.getElementType().isUnsignedInteger(64) || state.getShape() != getType().getShape())
    return emitOpError() << "takes " << state << " for a result of type " << getType()
                         << "; the first word of a state is broadcast to the result's shape";
  return success();
}

StringRef RandomSkipOp::getCallee() { return "ndrt_random_skip"; }
SmallVector<TypedAttr> RandomSkipOp::getScalars() {
  return {IntegerAttr::get(IntegerType::get(getContext(), 32), getHalves())};
}
SmallVector<Type> RandomSkipOp::getOperandDtypes() {
  return {elementOf(getState()), elementOf(getCount())};
}
LogicalResult RandomSkipOp::verify() {
  auto state = tensorOf(getState().getType()), count = tensorOf(getCount().getType());
  if (state.getRank() != 1 || !state.getElementType().isUnsignedInteger(64) ||
      state != getNext().getType())
    return emitOpError() << "gives " << getNext().getType() << " for " << state
                         << "; a state is a vector of uint64, and so is the next";
  if (count.getRank() != 0 || !count.getElementType().isSignlessInteger(64))
    return emitOpError() << "takes the count " << count << "; it is one number, tensor<i64>";
  return success();
}

LogicalResult RandomOp::verify() {
  if (!llvm::is_contained(distributions, getDistribution()))
    return emitOpError() << "has the distribution \"" << getDistribution()
                         << "\", which there is not; names are those of NDRT_RANDOM_*, in lower "
                            "case";
  auto state = tensorOf(getState().getType());
  if (state.getRank() != 1 || !state.getElementType().isUnsignedInteger(64))
    return emitOpError() << "has a state of type " << state << "; a state is a vector of uint64";
  if (getState().getType() != getNext().getType())
    return emitOpError() << "gives a next state of type " << getNext().getType() << " for " << state
                         << "; the two are alike";
  if (std::optional<StringRef> name = getGenerator()) {
    const Generator *generator = generatorNamed(*name);
    if (!generator)
      return unknownGenerator(*this, *name);
    if (!state.isDynamicDim(0) && state.getDimSize(0) != generator->words)
      return emitOpError() << "has a state of " << state.getDimSize(0) << " words; that of "
                           << *name << " has " << generator->words;
  }
  return success();
}
