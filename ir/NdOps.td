// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The op rows, a family a file.
#ifndef ND_OPS_TD
#define ND_OPS_TD

include "ir/NdDialect.td"
include "ir/NdInterfaces.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Nd_Op<string mnemonic, list<Trait> traits = []>
    : Op<Nd_Dialect, mnemonic, !listconcat([Pure], traits)>;

// An op whose result types follow from its operands and attributes by a rule in ir/rules.
class Nd_InferredOp<string mnemonic, list<Trait> traits = []>
    : Nd_Op<mnemonic, !listconcat([
        DeclareOpInterfaceMethods<InferTypeOpInterface>], traits)> {
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let extraClassDeclaration = [{
    static bool isCompatibleReturnTypes(::mlir::TypeRange inferred, ::mlir::TypeRange actual);
  }];
  string compatible = [{
    bool $cppClass::isCompatibleReturnTypes(::mlir::TypeRange inferred, ::mlir::TypeRange actual) {
      return ::nd::compatibleTypes(inferred, actual);
    }
  }];
  let extraClassDefinition = compatible;
}

include "ir/ops/Pointwise.td"
include "ir/ops/Reduction.td"
include "ir/ops/Shape.td"
include "ir/ops/Creation.td"
include "ir/ops/Linalg.td"
include "ir/ops/Indexing.td"
include "ir/ops/Check.td"
include "ir/ops/Statistics.td"
include "ir/ops/Random.td"
include "ir/ops/Fft.td"
include "ir/ops/Kernel.td"

#endif // ND_OPS_TD
