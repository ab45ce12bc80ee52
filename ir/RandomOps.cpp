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
  return success();
}
