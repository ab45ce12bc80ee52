// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The road of a program, left and entered again at each stage: the text of a stage, read back, has
// to print as itself and to lead to the same LLVM dialect as the road in one go.
//
// Standard input: the recorded program and what a process made of it for LLVM, each with its length
// (4 bytes) in front. Standard output: for each pair a text, empty if all is well, likewise.
#include "ir/NdOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "passes/Extents.h"
#include "passes/Pipeline.h"
#include "passes/ReadProgram.h"
#include "passes/codegen/EmitObject.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

#include <cstdio>
#include <optional>
#include <string>

using namespace mlir;

namespace {

std::optional<std::string> read_text() {
  uint32_t length;
  if (std::fread(&length, sizeof length, 1, stdin) != 1)
    return std::nullopt;
  std::string text(length, ' ');
  if (std::fread(text.data(), 1, length, stdin) != length)
    return std::nullopt;
  return text;
}

void write_text(const std::string &text) {
  auto length = uint32_t(text.size());
  std::fwrite(&length, sizeof length, 1, stdout);
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

std::string print(ModuleOp module) {
  std::string raw;
  llvm::raw_string_ostream out(raw);
  module.print(out);
  return nd::nameExtents(raw);
}

/// The lines that differ first.
std::string first_difference(llvm::StringRef a, llvm::StringRef b) {
  while (!a.empty() || !b.empty()) {
    auto [x, rest_a] = a.split('\n');
    auto [y, rest_b] = b.split('\n');
    if (x != y)
      return ("\n  " + x + "\n  " + y + "\n").str();
    a = rest_a, b = rest_b;
  }
  return "";
}

/// Reads \p text, runs the passes between two stages, and prints what comes of it.
std::optional<std::string> road(MLIRContext &context, const std::string &text, nd::Stage from,
                                nd::Stage to, std::string &error) {
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &d) {
    llvm::raw_string_ostream out(error);
    out << d.getLocation() << ": " << d << "\n";
  });
  auto module = nd::readProgram(nd::sourceOf(text), context);
  if (!module)
    return std::nullopt;
  PassManager passes(&context);
  static const bool masks = nd::hasMaskedMemory(*nd::createTarget("", error));
  nd::buildPipeline(passes, from, to, {.masks = masks});
  if (failed(passes.run(*module)))
    return std::nullopt;
  return print(*module);
}

std::string check(MLIRContext &context, const std::string &recorded, const std::string &lowered) {
  std::string error;
  auto direct = road(context, recorded, nd::Stage::recorded, nd::Stage::llvm, error);
  if (!direct)
    return "the recorded program does not go to LLVM: " + error + recorded;
  if (*direct != lowered)
    return "the recorded program, read back, leads elsewhere than in the process:" +
           first_difference(*direct, lowered) + recorded;
  for (nd::Stage at :
       {nd::Stage::recorded, nd::Stage::resolved, nd::Stage::fused, nd::Stage::loops}) {
    std::string name = nd::stageName(at).str();
    auto text = road(context, recorded, nd::Stage::recorded, at, error);
    if (!text)
      return "the program does not go to stage " + name + ": " + error + recorded;
    auto again = road(context, *text, at, at, error);
    if (!again)
      return "stage " + name + " does not parse: " + error + *text;
    if (*again != *text)
      return "stage " + name +
             " prints otherwise once read back:" + first_difference(*text, *again) + *text;
    auto end = road(context, *text, at, nd::Stage::llvm, error);
    if (!end)
      return "stage " + name + ", read back, does not go on: " + error + *text;
    if (*end != *direct)
      return "stage " + name + ", read back, leads elsewhere:" + first_difference(*end, *direct) +
             *text;
  }
  return "";
}

} // namespace

int main() {
  DialectRegistry registry;
  nd::registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  while (auto recorded = read_text()) {
    auto lowered = read_text();
    if (!lowered)
      return 2;
    write_text(check(context, *recorded, *lowered));
  }
  return 0;
}
