// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// nd.kernel (%a = %x : type, …) -> (types) { … nd.yield … }
#include "ir/NdOps.h"

using namespace mlir;
using namespace nd;

ParseResult KernelOp::parse(OpAsmParser &parser, OperationState &state) {
  SmallVector<OpAsmParser::Argument> arguments;
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  auto one = [&]() -> ParseResult {
    return failure(parser.parseArgument(arguments.emplace_back()) || parser.parseEqual() ||
                   parser.parseOperand(operands.emplace_back()) ||
                   parser.parseColonType(arguments.back().type));
  };
  SMLoc at = parser.getCurrentLocation();
  if (parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Paren, one) || parser.parseArrow())
    return failure();
  SmallVector<int64_t> domain, reduced;
  auto list = [&](StringRef keyword, SmallVector<int64_t> &into) -> ParseResult {
    if (parser.parseKeyword(keyword) ||
        parser.parseCommaSeparatedList(OpAsmParser::Delimiter::Square, [&]() -> ParseResult {
          into.push_back(ShapedType::kDynamic);
          return succeeded(parser.parseOptionalQuestion()) ? success()
                                                           : parser.parseInteger(into.back());
        }))
      return failure();
    state.addAttribute(keyword, DenseI64ArrayAttr::get(parser.getContext(), into));
    return success();
  };
  if (parser.parseCommaSeparatedList(
          OpAsmParser::Delimiter::Paren,
          [&] { return parser.parseType(state.types.emplace_back()); }) ||
      list("domain", domain) || list("reduced", reduced) ||
      parser.parseOptionalAttrDictWithKeyword(state.attributes) ||
      parser.parseRegion(*state.addRegion(), arguments))
    return failure();
  auto types = llvm::map_to_vector(arguments, [](auto &argument) { return argument.type; });
  return parser.resolveOperands(operands, types, at, state.operands);
}

void KernelOp::print(OpAsmPrinter &printer) {
  printer << " (";
  llvm::interleaveComma(llvm::zip_equal(getBody().getArguments(), getInputs()), printer,
                        [&](auto pair) {
                          auto [argument, input] = pair;
                          printer.printRegionArgument(argument, {}, /*omitType=*/true);
                          printer << " = " << input << " : " << input.getType();
                        });
  printer << ") -> (";
  llvm::interleaveComma(getResultTypes(), printer);
  printer << ") domain [";
  llvm::interleaveComma(getDomain(), printer,
                        [&](int64_t extent) { printer << rules::extent_to_string(extent); });
  printer << "] reduced [";
  llvm::interleaveComma(getReduced(), printer);
  printer << "]";
  printer.printOptionalAttrDictWithKeyword((*this)->getAttrs(), {"domain", "reduced"});
  printer << " ";
  printer.printRegion(getBody(), /*printEntryBlockArgs=*/false);
}

LogicalResult KernelOp::verify() {
  Block &block = getBody().front();
  if (block.getArgumentTypes() != getInputs().getTypes())
    return emitOpError() << "has " << getInputs().size()
                         << " inputs whose types differ from those of its "
                         << block.getNumArguments() << " arguments";
  auto yield = dyn_cast<YieldOp>(block.getTerminator());
  if (!yield || yield.getValues().getTypes() != getResultTypes())
    return emitOpError() << "must end with an nd.yield of its " << getNumResults()
                         << " result types";
  int64_t dimensions = getDomain().size();
  for (int64_t dimension : getReduced())
    if (dimension < 0 || dimension >= dimensions)
      return emitOpError() << "reduces dimension " << dimension << " of a domain with "
                           << dimensions;
  for (Operation &op : block.without_terminator()) {
    if (!isa<PointwiseOpInterface, GeneratorOpInterface, ReductionOpInterface, ViewOpInterface>(op))
      return op.emitOpError()
             << "cannot stand in a kernel: it is no pointwise op, generator, reduction or view";
    if (!isa<PointwiseOpInterface, ReductionOpInterface>(op))
      continue;
    Value walked = isa<ReductionOpInterface>(op) ? op.getOperand(0) : op.getResult(0);
    auto loops = op.getAttrOfType<DenseI64ArrayAttr>("loops");
    int64_t rank = tensorOf(walked.getType()).getRank();
    if (!loops || loops.size() != rank)
      return op.emitOpError() << "has " << (loops ? loops.size() : 0)
                              << " entries in the attribute loops for " << rank
                              << " axes; name the dimension that each walks, -1 for an extent of 1";
    for (int64_t dimension : loops.asArrayRef())
      if (dimension < -1 || dimension >= dimensions)
        return op.emitOpError() << "walks dimension " << dimension << " of a domain with "
                                << dimensions;
  }
  for (Value value : yield.getValues())
    if (!isa_and_present<PointwiseOpInterface, ReductionOpInterface>(value.getDefiningOp()))
      return emitOpError()
             << "must yield results of pointwise ops and reductions: nothing would write another";
  return success();
}
