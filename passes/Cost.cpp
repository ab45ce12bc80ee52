// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/Cost.h"
#include "ir/NdOps.h"
#include "ir/rules/extent.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/Passes.h"
#include "passes/Pipeline.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;

namespace nd {
namespace {

bool isKnown(Type type) { return llvm::none_of(shapeOf(type), rules::is_run_time); }

int64_t elementsOf(Type type) {
  int64_t n = 1;
  for (int64_t extent : shapeOf(type))
    n *= extent;
  return n;
}

int64_t bytes(Type type) {
  return elementsOf(type) * int64_t(rules::itemsize(dtypeOf(tensorOf(type).getElementType())));
}

/// The value whose memory \p value lies in, seen through views.
Value memoryOf(Value value) {
  while (Operation *def = value.getDefiningOp()) {
    if (!isa<ViewOpInterface>(def))
      break;
    value = def->getOperand(0);
  }
  return value;
}

/// Bytes that the users of a kernel's argument look at, each view for itself.
int64_t bytesLookedAt(Value argument) {
  int64_t n = 0;
  bool whole = false;
  for (Operation *user : argument.getUsers()) {
    if (isa<ViewOpInterface>(user))
      n += std::min(bytes(argument.getType()), bytesLookedAt(user->getResult(0)));
    else
      whole = true;
  }
  return whole ? bytes(argument.getType()) : n;
}

void addPlace(CostRow &row, Location loc) {
  if (auto fused = dyn_cast<FusedLoc>(loc)) {
    for (Location part : fused.getLocations())
      addPlace(row, part);
    return;
  }
  auto file = dyn_cast<FileLineColLoc>(loc);
  if (!file)
    return;
  std::string place =
      (llvm::Twine(file.getFilename().getValue()) + ":" + llvm::Twine(file.getLine())).str();
  if (!llvm::is_contained(row.where, place))
    row.where.push_back(std::move(place));
}

/// The bytes that an op reads from each operand's memory, at most all of it.
class Reads {
public:
  void add(Value operand, int64_t n) { read[memoryOf(operand)] += n; }
  int64_t total() const {
    int64_t sum = 0;
    for (auto &[memory, n] : read)
      sum += std::min(n, bytes(memory.getType()));
    return sum;
  }

private:
  llvm::MapVector<Value, int64_t> read;
};

CostRow rowOf(KernelOp kernel) {
  CostRow row{CostRow::Kind::kernel, "", {}};
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    addPlace(row, op.getLoc());
    if (isa<ViewOpInterface, GeneratorOpInterface>(op))
      continue;
    row.what += (row.what.empty() ? "" : " ") + op.getName().stripDialect().str();
  }
  for (Operation &op : kernel.getBody().front())
    for (Type type : op.getOperandTypes())
      row.known &= isKnown(type);
  for (Value input : kernel.getInputs())
    row.known &= isKnown(memoryOf(input).getType());
  if (!row.known)
    return row;
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    if (auto pointwise = dyn_cast<PointwiseOpInterface>(op)) {
      const int64_t n = elementsOf(op.getResult(0).getType());
      row.flops += n * pointwise.getFlops();
      row.functions += pointwise.isFunction() ? n : 0;
    } else if (auto reduction = dyn_cast<ReductionOpInterface>(op)) {
      const int64_t merges =
          elementsOf(op.getOperand(0).getType()) - elementsOf(op.getResult(0).getType());
      row.flops += std::max<int64_t>(merges, 0) * reduction.getFlops();
    }
  }
  Reads reads;
  for (auto [input, argument] :
       llvm::zip_equal(kernel.getInputs(), kernel.getBody().getArguments()))
    reads.add(input, std::min(bytes(input.getType()), bytesLookedAt(argument)));
  row.read = reads.total();
  for (Type type : kernel.getResultTypes())
    row.written += bytes(type);
  return row;
}

CostRow rowOf(Operation &op) {
  auto library = dyn_cast<LibraryOpInterface>(op);
  CostRow row{
      library ? CostRow::Kind::call : CostRow::Kind::copy, op.getName().stripDialect().str(), {}};
  addPlace(row, op.getLoc());
  for (Value operand : op.getOperands())
    row.known &= isKnown(memoryOf(operand).getType()) && isKnown(operand.getType());
  for (Type type : op.getResultTypes())
    row.known &= isKnown(type);
  if (!row.known)
    return row;
  std::optional<unsigned> updated;
  std::optional<int64_t> chosen;
  if (library) {
    row.flops = int64_t(library.getFlops());
    updated = library.getUpdatedOperand();
    chosen = library.getChosenElements();
  } else if (isa<UpdateOpInterface>(op)) {
    updated = 0;
  }
  const int64_t part =
      chosen ? *chosen * int64_t(rules::itemsize(dtypeOf(elementOf(op.getOperand(0))))) : 0;
  Reads reads;
  for (OpOperand &operand : op.getOpOperands())
    if (operand.getOperandNumber() != updated)
      reads.add(operand.get(),
                chosen && operand.getOperandNumber() == 0 ? part : bytes(operand.get().getType()));
  row.read = reads.total();
  // An update writes its part; what it is a part of stays where it is.
  if (updated)
    row.written = chosen ? part : bytes(op.getOperands().back().getType());
  else
    for (Type type : op.getResultTypes())
      row.written += bytes(type);
  return row;
}

} // namespace

void buildCostPipeline(OpPassManager &passes) {
  buildPipeline(passes, Stage::recorded, Stage::fused);
  passes.addNestedPass<func::FuncOp>(createFollowRows());
  passes.addNestedPass<func::FuncOp>(createPlanBuffers());
}

Cost costOf(ModuleOp planned) {
  Cost cost;
  for (func::FuncOp func : planned.getOps<func::FuncOp>()) {
    if (!func.getBody().hasOneBlock())
      continue;
    for (Operation &op : func.front().without_terminator()) {
      if (auto kernel = dyn_cast<KernelOp>(op))
        cost.rows.push_back(rowOf(kernel));
      else if (!isa<ViewOpInterface, GeneratorOpInterface, ExtentOp, EmptyOp>(op))
        cost.rows.push_back(rowOf(op));
    }
    auto slots = func->getAttrOfType<ArrayAttr>("nd.slots");
    for (Attribute slot : slots ? slots.getValue() : ArrayRef<Attribute>()) {
      int64_t n = 1;
      bool known = true;
      for (int64_t factor : cast<DenseI64ArrayAttr>(slot).asArrayRef()) {
        known &= !rules::is_run_time(factor);
        n = known ? n * factor : 0;
      }
      ++cost.temporaries;
      cost.temporaryBytes += n;
    }
  }
  return cost;
}

} // namespace nd
