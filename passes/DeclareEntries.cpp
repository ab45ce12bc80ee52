// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ir/NdOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/Pipeline.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace nd {

std::string declareEntries(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream out(text);
  out << "/* Written by ndc. Link the object with libndrt. */\n#pragma once\n#include "
         "<ndrt/ndrt.h>\n\n"
      << "#ifdef __cplusplus\nextern \"C\" {\n#endif\n";
  for (func::FuncOp func : module.getOps<func::FuncOp>()) {
    auto describe = [&](const char *kind, unsigned i, Type type) {
      auto tensor = tensorOf(type);
      out << " *   " << kind << i << "  " << rules::name(dtypeOf(tensor.getElementType())) << " "
          << rules::to_string(shapeOf(type)) << "\n";
    };
    out << "\n/**\n * Arrays are C-contiguous; the results' memory is the caller's.\n";
    for (auto [i, type] : llvm::enumerate(func.getArgumentTypes()))
      describe("argument", i, type);
    for (auto [i, type] : llvm::enumerate(func.getResultTypes()))
      describe("result", i, type);
    out << " * Gives NDRT_OK, or a status in the low 8 bits; ndrt_last_error() has the text.\n "
           "*/\nint32_t "
        << func.getName() << "(";
    bool first = true;
    for (unsigned i = 0; i < func.getNumArguments(); ++i, first = false)
      out << (first ? "" : ", ") << "const DLTensor *argument" << i;
    for (unsigned i = 0; i < func.getNumResults(); ++i, first = false)
      out << (first ? "" : ", ") << "DLTensor *result" << i;
    out << (first ? "void" : "") << ");\n";
  }
  out << "\n#ifdef __cplusplus\n}\n#endif\n";
  return text;
}

} // namespace nd
