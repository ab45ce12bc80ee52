// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reduction rows: NumPy's name, the dtype rule, identity and merge.
#ifndef ND_OPS_REDUCTION_TD
#define ND_OPS_REDUCTION_TD

class Nd_Reduction<string mnemonic, string rule, list<Trait> traits, dag extra = (ins)>
    : Nd_InferredOp<mnemonic, traits> {
  string dtypeRule = rule;
  let arguments = !con((ins Nd_Tensor:$x, DenseI64ArrayAttr:$axes, DefaultValuedAttr<BoolAttr, "false">:$keepdims), extra);
  let results = (outs Nd_Tensor:$result);
  string infer = [{
    ::llvm::LogicalResult $cppClass::inferReturnTypes(::mlir::MLIRContext *context,
        std::optional<::mlir::Location> loc, ::mlir::ValueRange operands, ::mlir::DictionaryAttr attributes,
        ::mlir::OpaqueProperties properties, ::mlir::RegionRange regions,
        ::llvm::SmallVectorImpl<::mlir::Type> &types) {
      Adaptor op(operands, attributes, properties, regions);
      return ::nd::inferReduction(context, loc, "}] # mnemonic # [{", ::nd::rules::reduction::}] # rule # [{,
                                  op.getX(), op.getAxes(), op.getKeepdims(), types);
    }
  }];
  let extraClassDefinition = compatible # infer;
}

// identity and merge are C++ over t, the accumulator dtype.
class Nd_SimpleReduction<string mnemonic, string rule, string identity, string merge, bit position = 0>
    : Nd_Reduction<mnemonic, rule, [DeclareOpInterfaceMethods<ReductionOpInterface, ["getFlops"]>]> {
  int complexFlops = 2;
  let extraClassDefinition = compatible # infer # [{
    ::llvm::ArrayRef<int64_t> $cppClass::getReducedAxes() { return getAxes(); }
    bool $cppClass::keepsDims() { return getKeepdims(); }
    bool $cppClass::usesPosition() { return }] # !if(position, "true", "false") # [{; }
    ::mlir::Type $cppClass::getAccumulatorDtype() {
      return ::nd::accumulatorDtype(::nd::rules::reduction::}] # rule # [{, getX().getType());
    }
    ::llvm::SmallVector<::mlir::TypedAttr> $cppClass::getIdentity() {
      ::mlir::Type t = getAccumulatorDtype();
      return ::nd::body::}] # identity # [{;
    }
    ::llvm::SmallVector<::mlir::Value> $cppClass::emitMerge(::mlir::ImplicitLocOpBuilder &b,
        ::mlir::ValueRange left, ::mlir::ValueRange right) {
      [[maybe_unused]] ::mlir::Type t = getAccumulatorDtype();
      return ::nd::body::}] # merge # [{;
    }
    int64_t $cppClass::getFlops() {
      return ::mlir::isa<::mlir::ComplexType>(getAccumulatorDtype()) ? }] # !cast<string>(complexFlops) # [{ : 1;
    }
  }];
}

def Nd_SumOp : Nd_SimpleReduction<"sum", "widening", "identity(t, 0)", "merge(emitAdd, b, left, right, t)"> { let summary = "sum of the elements; small integers widen"; }
def Nd_ProdOp : Nd_SimpleReduction<"prod", "widening", "identity(t, 1)", "merge(emitMultiply, b, left, right, t)"> { let summary = "product of the elements; small integers widen"; let complexFlops = 6; }
def Nd_MaxOp : Nd_SimpleReduction<"max", "same_nonempty", "identityLowest(t)", "merge(emitMaximum, b, left, right, t)"> { let summary = "largest element; nan if any is"; }
def Nd_MinOp : Nd_SimpleReduction<"min", "same_nonempty", "identityHighest(t)", "merge(emitMinimum, b, left, right, t)"> { let summary = "smallest element; nan if any is"; }
def Nd_AnyOp : Nd_SimpleReduction<"any", "boolean", "identity(t, 0)", "merge(emitOr, b, left, right, t)"> { let summary = "whether any element is nonzero"; }
def Nd_AllOp : Nd_SimpleReduction<"all", "boolean", "identity(t, 1)", "merge(emitAnd, b, left, right, t)"> { let summary = "whether every element is nonzero"; }
def Nd_ArgmaxOp : Nd_SimpleReduction<"argmax", "position", "identityArgmax(t)", "mergeArgmax(b, left, right, t)", 1> { let summary = "position of the first largest element; of the first nan if any is"; }
def Nd_ArgminOp : Nd_SimpleReduction<"argmin", "position", "identityArgmin(t)", "mergeArgmin(b, left, right, t)", 1> { let summary = "position of the first smallest element; of the first nan if any is"; }

class Nd_CompositeReduction<string mnemonic, string rule, dag extra = (ins)>
    : Nd_Reduction<mnemonic, rule, [DeclareOpInterfaceMethods<CompositeOpInterface>], extra>;
def Nd_MeanOp : Nd_CompositeReduction<"mean", "floating"> { let summary = "arithmetic mean"; }
def Nd_VarOp : Nd_CompositeReduction<"var", "spread", (ins DefaultValuedAttr<F64Attr, "0.0">:$ddof)> { let summary = "variance with divisor n - ddof"; }
def Nd_StdOp : Nd_CompositeReduction<"std", "spread", (ins DefaultValuedAttr<F64Attr, "0.0">:$ddof)> { let summary = "standard deviation with divisor n - ddof"; }

#endif // ND_OPS_REDUCTION_TD
