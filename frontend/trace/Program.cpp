// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/trace/Program.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "nd/jit.h"
#include "ndrt/ndrt.h"
#include "llvm/ADT/DenseSet.h"

#include <unordered_map>

using namespace mlir;

namespace nd::detail {

record_slice slice_behind(llvm::ArrayRef<Value> results) {
  record_slice slice;
  llvm::DenseSet<Operation *> seen;
  llvm::SmallVector<std::pair<Operation *, unsigned>> path;
  auto enter_op = [&](Operation *op) {
    if (!seen.insert(op).second)
      return;
    if (isa<InputOp>(op))
      slice.inputs.push_back(op->getResult(0));
    else
      path.push_back({op, 0});
  };
  auto enter = [&](Value v) { enter_op(v.getDefiningOp()); };
  for (Value result : results) {
    enter(result);
    while (!path.empty()) {
      auto [op, next] = path.back();
      llvm::ArrayRef<Operation *> extents = recorder::get().info(op).extents;
      if (next == op->getNumOperands() + extents.size()) {
        slice.ops.push_back(op);
        path.pop_back();
        continue;
      }
      ++path.back().second;
      if (next < extents.size())
        enter_op(extents[next]);
      else
        enter(op->getOperand(next - extents.size()));
    }
    if (!isa<InputOp>(result.getDefiningOp()) && !llvm::is_contained(slice.results, result))
      slice.results.push_back(result);
  }
  // An input that is only a result is no part of the program.
  llvm::DenseSet<Value> used;
  for (Operation *op : slice.ops)
    used.insert(op->operand_begin(), op->operand_end());
  llvm::erase_if(slice.inputs, [&](Value v) { return !used.contains(v); });
  return slice;
}

OwningOpRef<ModuleOp> clone(const record_slice &slice, llvm::ArrayRef<int64_t> ties) {
  MLIRContext *context = &recorder::get().context();
  Location loc = UnknownLoc::get(context);
  OwningOpRef<ModuleOp> module(ModuleOp::create(loc));
  OpBuilder b = OpBuilder::atBlockEnd(module->getBody());
  auto inputs = llvm::map_to_vector(slice.inputs, [](Value v) { return v.getType(); });
  auto results = llvm::map_to_vector(slice.results, [](Value v) { return v.getType(); });
  auto main = func::FuncOp::create(b, loc, "main", b.getFunctionType(inputs, results));
  if (!ties.empty())
    main->setAttr("nd.ties", b.getDenseI64ArrayAttr(ties));
  Block *body = main.addEntryBlock();
  b.setInsertionPointToStart(body);
  IRMapping mapping;
  mapping.map(slice.inputs, body->getArguments());
  for (Operation *op : slice.ops)
    b.clone(*op, mapping);
  func::ReturnOp::create(
      b, loc, llvm::map_to_vector(slice.results, [&](Value v) { return mapping.lookup(v); }));
  return module;
}

bool fails_first(const record_slice &slice) {
  if (llvm::none_of(slice.ops, [](Operation *op) { return isa<LibraryOpInterface>(op); }))
    return true;
  if (slice.results.size() != 1)
    return false;
  auto last = dyn_cast<LibraryOpInterface>(slice.results[0].getDefiningOp());
  std::optional<unsigned> updated = last ? last.getUpdatedOperand() : std::nullopt;
  return updated && isa<InputOp>(last->getOperand(*updated).getDefiningOp());
}

llvm::SmallVector<op_place> places_of(const record_slice &slice) {
  return llvm::map_to_vector(slice.ops, [](Operation *op) {
    auto what = op->getAttrOfType<StringAttr>("what"); // of a check
    return op_place{(what ? what.getValue() : op->getName().stripDialect()).str(), op->getLoc()};
  });
}

namespace {

struct hash_of_structure {
  size_t operator()(const std::array<uint64_t, 2> &h) const { return h[0]; }
};

std::unordered_map<std::array<uint64_t, 2>, executable, hash_of_structure> &programs() {
  static auto &all =
      *new std::unordered_map<std::array<uint64_t, 2>, executable, hash_of_structure>;
  return all;
}

compile_statistics statistics;

} // namespace

executable code_for(const Structure &structure, llvm::function_ref<OwningOpRef<ModuleOp>()> build) {
  auto known = programs().find(structure.hash);
  if (known != programs().end()) {
    ++statistics.reused;
    return known->second;
  }
  OwningOpRef<ModuleOp> module = build();
  std::expected<executable, std::string> code = jit_engine::get().compile(*module);
  if (!code)
    throw compile_error("nd: the program does not compile: " + code.error());
  if (code->loaded) {
    ++statistics.loaded;
  } else {
    ++statistics.programs;
    statistics.ms += code->compile_ms;
  }
  return programs()[structure.hash] = *code;
}

void raise_status(int32_t status, llvm::ArrayRef<op_place> places) {
  size_t site = size_t(status) >> 8;
  std::string text;
  std::string name;
  if (site >= 1 && site <= places.size()) {
    text = place(places[site - 1].where);
    name = places[site - 1].name;
    if (name == "extent") // of a mask: the minimum or maximum has no name here
      name.clear();
  }
  std::string message = ndrt_last_error();
  int code = status & 255;
  bool algebra = code == NDRT_ERR_SINGULAR || code == NDRT_ERR_CONVERGENCE;
  // The runtime's function may be another than the one that was written: inv(a) @ b is solved.
  if (!name.empty() && (algebra || message.starts_with(name + ": ")))
    message.erase(0, message.find(": ") + 2);
  // What users call it.
  if (name == "gather" || name == "scatter")
    name = name == "gather" ? "index" : "assignment";
  const bool fourier = name == "fft" || name == "rfft" || name == "irfft";
  if (!name.empty())
    text += (algebra ? "linalg." : fourier ? "fft." : "") + name + ": ";
  text += message;
  if (algebra)
    throw linalg_error(text);
  if (code == NDRT_ERR_INDEX || (code == NDRT_ERR_SHAPE && name == "index"))
    throw index_error(text);
  if (code == NDRT_ERR_SHAPE)
    throw shape_error(text);
  if (code == NDRT_ERR_IO)
    throw io_error(text);
  if (code == NDRT_ERR_ARGUMENT)
    throw value_error(text);
  throw error(text);
}

} // namespace nd::detail

namespace nd {

compile_statistics compile_stats() {
  std::lock_guard guard(detail::recorder::get().lock());
  return detail::statistics;
}

} // namespace nd
