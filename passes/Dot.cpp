// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Programs as Graphviz pictures.
#include "ir/NdOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/Pipeline.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace nd {
namespace {

std::string typeText(Type type) {
  auto tensor = tensorOf(type);
  return std::string(rules::name(dtypeOf(tensor.getElementType()))) + " " +
         rules::to_string(shapeOf(type));
}

/// The line of the user's program that wrote \p op, where it is known.
std::string lineOf(Location loc) {
  if (auto file = dyn_cast<FileLineColLoc>(loc)) {
    StringRef name = file.getFilename().getValue();
    return (name.rsplit('/').second.empty() ? name : name.rsplit('/').second).str() + ":" +
           std::to_string(file.getLine());
  }
  return "";
}

std::string label(Operation *op) {
  std::string text = op->getName().stripDialect().str();
  if (std::string line = lineOf(op->getLoc()); !line.empty())
    text += "  " + line;
  return text;
}

struct Drawing {
  std::string text;
  llvm::raw_string_ostream out{text};
  llvm::DenseMap<Value, std::string> nodes;
  int count = 0;

  std::string node(StringRef caption, StringRef style) {
    std::string name = "n" + std::to_string(count++);
    out << "  " << name << " [label=\"" << caption << "\\l\", " << style << "];\n";
    return name;
  }
  void edges(Operation &op, const std::string &to) {
    for (Value operand : op.getOperands())
      out << "  " << nodes.lookup(operand) << " -> " << to << " [label=\""
          << typeText(operand.getType()) << "\"];\n";
  }
  void draw(func::FuncOp func) {
    out << "digraph \"" << func.getName() << "\" {\n"
        << "  graph [fontname=\"Helvetica\"]; node [fontname=\"Helvetica\", fontsize=11, "
           "shape=box];"
        << " edge [fontname=\"Helvetica\", fontsize=9, color=\"#888888\"];\n";
    for (BlockArgument argument : func.getArguments())
      nodes[argument] = node("argument " + std::to_string(argument.getArgNumber()),
                             "shape=ellipse, style=filled, fillcolor=\"#eef3fb\"");
    for (Operation &op : func.front()) {
      std::string name;
      if (auto kernel = dyn_cast<KernelOp>(op)) {
        std::string caption = "kernel over (";
        llvm::raw_string_ostream stream(caption);
        llvm::interleaveComma(kernel.getDomain(), stream,
                              [&](int64_t extent) { stream << rules::extent_to_string(extent); });
        stream << ")";
        for (Operation &inner : kernel.getBody().front().without_terminator())
          stream << "\\l  " << label(&inner);
        name = node(caption, "style=filled, fillcolor=\"#e6f4e6\"");
      } else if (op.hasTrait<OpTrait::IsTerminator>()) {
        name = node("results", "shape=ellipse, style=filled, fillcolor=\"#eef3fb\"");
      } else {
        name = node(label(&op), isa<LibraryOpInterface>(op) ? "style=filled, fillcolor=\"#fbeee0\""
                                                            : "style=rounded");
      }
      edges(op, name);
      for (Value result : op.getResults())
        nodes[result] = name;
    }
    out << "}\n";
  }
};

} // namespace

std::string drawDot(ModuleOp module) {
  Drawing drawing;
  for (func::FuncOp func : module.getOps<func::FuncOp>())
    if (func.getBody().hasOneBlock())
      drawing.draw(func);
  return drawing.text;
}

} // namespace nd
