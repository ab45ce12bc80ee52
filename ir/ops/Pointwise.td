// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Pointwise rows: NumPy's name, the dtype rule (ir/rules/ufunc.h), the body. flops and complexFlops
// count the operations on an element, `function` marks what takes many instructions.
// In a body x[i] are the operands in the compute dtype and t is the compute dtype of the last one,
// which says whether integers are signed.
#ifndef ND_OPS_POINTWISE_TD
#define ND_OPS_POINTWISE_TD

class Nd_Pointwise<string mnemonic, string rule, string body, dag ins, list<Trait> traits = []>
    : Nd_InferredOp<mnemonic, !listconcat([DeclareOpInterfaceMethods<PointwiseOpInterface,
        ["getFlops", "isFunction"]>], traits)> {
  string dtypeRule = rule;
  int flops = 1;
  int complexFlops = 2;
  bit function = 0;
  bit inNumpy = 1; // whether NumPy has a function of this name
  let arguments = ins;
  let results = (outs Nd_Tensor:$result);
  let extraClassDefinition = compatible # [{
    ::llvm::LogicalResult $cppClass::inferReturnTypes(::mlir::MLIRContext *context,
        std::optional<::mlir::Location> loc, ::mlir::ValueRange operands, ::mlir::DictionaryAttr,
        ::mlir::OpaqueProperties, ::mlir::RegionRange, ::llvm::SmallVectorImpl<::mlir::Type> &types) {
      return ::nd::inferPointwise(context, loc, "}] # mnemonic # [{", ::nd::rules::ufunc::}] # rule # [{, operands, types);
    }
    ::llvm::SmallVector<::mlir::Type> $cppClass::getComputeDtypes() {
      return ::nd::computeDtypes(::nd::rules::ufunc::}] # rule # [{, getOperation());
    }
    ::mlir::Value $cppClass::emitBody(::mlir::ImplicitLocOpBuilder &b, ::mlir::ValueRange x) {
      [[maybe_unused]] ::mlir::Type t = getComputeDtypes().back();
      return ::nd::body::rounded(b, ::nd::body::}] # body # [{, x, getType().getElementType());
    }
    int64_t $cppClass::getFlops() {
      return ::mlir::isa<::mlir::ComplexType>(getComputeDtypes().back())
                 ? }] # !cast<string>(complexFlops) # [{ : }] # !cast<string>(flops) # [{;
    }
    bool $cppClass::isFunction() { return }] # !if(function, "true", "false") # [{; }
  }];
}

class Nd_Unary<string mnemonic, string rule, string body, list<Trait> traits = []>
    : Nd_Pointwise<mnemonic, rule, body, (ins Nd_Tensor:$x), traits>;
// Floats alone.
class Nd_RealUnary<string mnemonic, string body>
    : Nd_Unary<mnemonic, "floating_real", body # "(b, x[0])"> {
  let function = 1;
}
// The bodies emit<body> for floats and emitComplex<body>.
class Nd_FloatUnary<string mnemonic, string body>
    : Nd_Unary<mnemonic, "floating",
               "emitEither(b, x[0], &::nd::body::emit" # body # ", &::nd::body::emitComplex" # body # ")"> {
  let function = 1;
}
class Nd_Binary<string mnemonic, string rule, string body, list<Trait> traits = []>
    : Nd_Pointwise<mnemonic, rule, body # "(b, x[0], x[1], t)", (ins Nd_Tensor:$x1, Nd_Tensor:$x2), traits>;
class Nd_FloatBinary<string mnemonic, string body>
    : Nd_Pointwise<mnemonic, "floating_real", body # "(b, x[0], x[1])", (ins Nd_Tensor:$x1, Nd_Tensor:$x2)> {
  let function = 1;
}

// Unary, floating.
def Nd_ExpOp : Nd_FloatUnary<"exp", "Exp"> { let summary = "e to the power x"; }
def Nd_Exp2Op : Nd_FloatUnary<"exp2", "Exp2"> { let summary = "2 to the power x"; }
def Nd_Expm1Op : Nd_FloatUnary<"expm1", "Expm1"> { let summary = "exp(x) - 1, accurate near zero"; }
def Nd_LogOp : Nd_FloatUnary<"log", "Log"> { let summary = "natural logarithm"; }
def Nd_Log2Op : Nd_FloatUnary<"log2", "Log2"> { let summary = "logarithm to base 2"; }
def Nd_Log10Op : Nd_FloatUnary<"log10", "Log10"> { let summary = "logarithm to base 10"; }
def Nd_Log1pOp : Nd_FloatUnary<"log1p", "Log1p"> { let summary = "log(1 + x), accurate near zero"; }
def Nd_SqrtOp : Nd_FloatUnary<"sqrt", "Sqrt"> { let summary = "non-negative square root, correctly rounded"; let function = 0; }
def Nd_CbrtOp : Nd_RealUnary<"cbrt", "emitCbrt"> { let summary = "cube root"; }
def Nd_SinOp : Nd_FloatUnary<"sin", "Sin"> { let summary = "sine of an angle in radians"; }
def Nd_CosOp : Nd_FloatUnary<"cos", "Cos"> { let summary = "cosine of an angle in radians"; }
def Nd_TanOp : Nd_FloatUnary<"tan", "Tan"> { let summary = "tangent of an angle in radians"; }
def Nd_ArcsinOp : Nd_FloatUnary<"arcsin", "Arcsin"> { let summary = "inverse sine in radians, within [-pi/2, pi/2]"; }
def Nd_ArccosOp : Nd_FloatUnary<"arccos", "Arccos"> { let summary = "inverse cosine in radians, within [0, pi]"; }
def Nd_ArctanOp : Nd_FloatUnary<"arctan", "Arctan"> { let summary = "inverse tangent in radians, within [-pi/2, pi/2]"; }
def Nd_SinhOp : Nd_FloatUnary<"sinh", "Sinh"> { let summary = "hyperbolic sine"; }
def Nd_CoshOp : Nd_FloatUnary<"cosh", "Cosh"> { let summary = "hyperbolic cosine"; }
def Nd_TanhOp : Nd_FloatUnary<"tanh", "Tanh"> { let summary = "hyperbolic tangent"; }
def Nd_ArcsinhOp : Nd_FloatUnary<"arcsinh", "Arcsinh"> { let summary = "inverse hyperbolic sine"; }
def Nd_ArccoshOp : Nd_FloatUnary<"arccosh", "Arccosh"> { let summary = "inverse hyperbolic cosine"; }
def Nd_ArctanhOp : Nd_FloatUnary<"arctanh", "Arctanh"> { let summary = "inverse hyperbolic tangent"; }
def Nd_ErfOp : Nd_RealUnary<"erf", "emitErf"> { let summary = "error function: 2 / sqrt(pi) times the integral of exp(-t**2) from 0 to x"; let inNumpy = 0; }
def Nd_ErfcOp : Nd_RealUnary<"erfc", "emitErfc"> { let summary = "1 - erf(x), accurate where that is small"; let inNumpy = 0; }
def Nd_GammaOp : Nd_RealUnary<"gamma", "emitGamma"> { let summary = "gamma function, (x - 1)! of whole numbers; nan at negative ones"; let inNumpy = 0; }
def Nd_LgammaOp : Nd_RealUnary<"lgamma", "emitLgamma"> { let summary = "natural logarithm of |gamma(x)|; inf at 0 and at negative whole numbers"; let inNumpy = 0; }
def Nd_DegreesOp : Nd_RealUnary<"degrees", "emitDegrees"> { let summary = "an angle in radians as degrees"; let function = 0; }
def Nd_RadiansOp : Nd_RealUnary<"radians", "emitRadians"> { let summary = "an angle in degrees as radians"; let function = 0; }
def Nd_FabsOp : Nd_RealUnary<"fabs", "emitFabs"> { let summary = "magnitude of x as a float"; let function = 0; }
def Nd_SpacingOp : Nd_Unary<"spacing", "floating_real", "emitSpacing(b, x[0], t)"> { let summary = "distance from x to the next number of its dtype away from zero, with the sign of x; for float16 to the next above"; let flops = 4; }
def Nd_FrexpMantissaOp : Nd_RealUnary<"frexp_mantissa", "emitFrexpMantissa"> { let summary = "m of x = m * 2**e with 0.5 <= |m| < 1, the first result of numpy.frexp"; let function = 0; let flops = 4; let inNumpy = 0; }
def Nd_FrexpExponentOp : Nd_Unary<"frexp_exponent", "exponent", "emitFrexpExponent(b, x[0])"> { let summary = "e of x = m * 2**e with 0.5 <= |m| < 1, the second result of numpy.frexp; 0 for 0, inf and nan"; let flops = 4; let inNumpy = 0; }

// Unary, the dtype stays.
def Nd_NegativeOp : Nd_Unary<"negative", "arithmetic_no_bool", "emitNegative(b, x[0])"> { let summary = "minus x"; }
def Nd_PositiveOp : Nd_Unary<"positive", "arithmetic_no_bool", "emitPositive(b, x[0])"> { let summary = "x itself"; let flops = 0; let complexFlops = 0; }
def Nd_AbsoluteOp : Nd_Unary<"absolute", "part", "emitAbsolute(b, x[0], t)"> { let summary = "magnitude of x"; let complexFlops = 4; }
def Nd_SignOp : Nd_Unary<"sign", "arithmetic_no_bool", "emitSign(b, x[0], t)"> { let summary = "-1, 0 or 1 by the sign of x; nan stays; x / |x| of complex x"; }
def Nd_SquareOp : Nd_Unary<"square", "arithmetic_int8_for_bool", "emitMultiply(b, x[0], x[0], t)"> { let summary = "x times x"; let complexFlops = 6; }
def Nd_ReciprocalOp : Nd_Unary<"reciprocal", "arithmetic_int8_for_bool", "emitReciprocal(b, x[0], t)"> { let summary = "1 / x; integers truncate"; let complexFlops = 6; }
def Nd_FloorOp : Nd_Unary<"floor", "rounding", "emitFloor(b, x[0])"> { let summary = "largest integer not above x"; }
def Nd_CeilOp : Nd_Unary<"ceil", "rounding", "emitCeil(b, x[0])"> { let summary = "smallest integer not below x"; }
def Nd_TruncOp : Nd_Unary<"trunc", "rounding", "emitTrunc(b, x[0])"> { let summary = "x rounded towards zero"; }
def Nd_RintOp : Nd_FloatUnary<"rint", "Rint"> { let summary = "nearest integer, halves to even"; let function = 0; }
def Nd_RealOp : Nd_Unary<"real", "part", "emitReal(b, x[0])"> { let summary = "the real part; x itself where it is no complex number"; let flops = 0; let complexFlops = 0; }
def Nd_ImagOp : Nd_Unary<"imag", "part", "emitImag(b, x[0])"> { let summary = "the imaginary part; 0 where x is no complex number"; let flops = 0; let complexFlops = 0; }
def Nd_ConjugateOp : Nd_Unary<"conjugate", "arithmetic_int8_for_bool", "emitConjugate(b, x[0])"> { let summary = "x with the sign of its imaginary part changed"; let flops = 0; let complexFlops = 1; }
def Nd_InvertOp : Nd_Unary<"invert", "bitwise", "emitInvert(b, x[0])"> { let summary = "every bit flipped; logical not of bool"; }
def Nd_BitwiseCountOp : Nd_Unary<"bitwise_count", "count", "emitBitwiseCount(b, x[0], t)"> { let summary = "number of bits set in |x|"; }

// Unary, bool result.
def Nd_IsnanOp : Nd_Unary<"isnan", "predicate", "emitIsnan(b, x[0])"> { let summary = "whether x is not a number"; }
def Nd_IsinfOp : Nd_Unary<"isinf", "predicate", "emitIsinf(b, x[0])"> { let summary = "whether x is infinite"; }
def Nd_IsfiniteOp : Nd_Unary<"isfinite", "predicate", "emitIsfinite(b, x[0])"> { let summary = "whether x is neither infinite nor nan"; }
def Nd_SignbitOp : Nd_Unary<"signbit", "predicate_float", "emitSignbit(b, x[0])"> { let summary = "whether the sign bit is set"; }
def Nd_LogicalNotOp : Nd_Unary<"logical_not", "logical", "emitInvert(b, x[0])"> { let summary = "whether x is zero"; }

// Binary, arithmetic.
def Nd_AddOp : Nd_Binary<"add", "arithmetic", "emitAdd", [Commutative]> { let summary = "x1 + x2"; }
def Nd_SubtractOp : Nd_Binary<"subtract", "arithmetic_no_bool", "emitSubtract"> { let summary = "x1 - x2"; }
def Nd_MultiplyOp : Nd_Binary<"multiply", "arithmetic", "emitMultiply", [Commutative]> { let summary = "x1 * x2"; let complexFlops = 6; }
def Nd_DivideOp : Nd_Binary<"divide", "true_divide", "emitDivide"> { let summary = "x1 / x2, true division"; let complexFlops = 11; }
def Nd_FloorDivideOp : Nd_Binary<"floor_divide", "real_int8_for_bool", "emitFloorDivide"> { let summary = "floor(x1 / x2); integers by zero give 0"; }
def Nd_RemainderOp : Nd_Binary<"remainder", "real_int8_for_bool", "emitRemainder"> { let summary = "x1 - floor(x1 / x2) * x2, with the sign of x2; integers by zero give 0"; }
def Nd_FmodOp : Nd_Binary<"fmod", "real_int8_for_bool", "emitFmod"> { let summary = "remainder with the sign of x1"; }
def Nd_PowerOp : Nd_Binary<"power", "arithmetic_int8_for_bool", "emitPower"> { let summary = "x1 to the power x2"; let function = 1; let hasCanonicalizer = 1; }
def Nd_MaximumOp : Nd_Binary<"maximum", "arithmetic", "emitMaximum"> { let summary = "the larger; nan if either is"; }
def Nd_MinimumOp : Nd_Binary<"minimum", "arithmetic", "emitMinimum"> { let summary = "the smaller; nan if either is"; }
def Nd_FmaxOp : Nd_Binary<"fmax", "arithmetic", "emitFmax"> { let summary = "the larger, ignoring nan"; }
def Nd_FminOp : Nd_Binary<"fmin", "arithmetic", "emitFmin"> { let summary = "the smaller, ignoring nan"; }
def Nd_Arctan2Op : Nd_FloatBinary<"arctan2", "emitArctan2"> { let summary = "angle of the point (x2, x1) in radians, within [-pi, pi]"; }
def Nd_HypotOp : Nd_FloatBinary<"hypot", "emitHypot"> { let summary = "sqrt(x1**2 + x2**2) without overflow"; }
def Nd_CopysignOp : Nd_FloatBinary<"copysign", "emitCopysign"> { let summary = "the magnitude of x1 with the sign of x2"; let function = 0; }
def Nd_NextafterOp : Nd_Binary<"nextafter", "floating_real", "emitNextafter"> { let summary = "the next number after x1 towards x2"; let flops = 6; }
def Nd_HeavisideOp : Nd_FloatBinary<"heaviside", "emitHeaviside"> { let summary = "0 for x1 < 0, x2 for x1 = 0, 1 for x1 > 0"; let function = 0; let flops = 3; }
def Nd_LogaddexpOp : Nd_FloatBinary<"logaddexp", "emitLogaddexp"> { let summary = "log(exp(x1) + exp(x2)) without overflow"; }
def Nd_Logaddexp2Op : Nd_FloatBinary<"logaddexp2", "emitLogaddexp2"> { let summary = "log2(2**x1 + 2**x2) without overflow"; }
def Nd_LdexpOp : Nd_Pointwise<"ldexp", "scale", "emitLdexp(b, x[0], x[1])", (ins Nd_Tensor:$x1, Nd_Tensor:$x2)> { let summary = "x1 * 2**x2, rounded once"; let flops = 4; }
def Nd_GcdOp : Nd_Binary<"gcd", "integers", "emitGcd", [Commutative]> { let summary = "greatest common divisor of |x1| and |x2|; 0 for two zeros"; let function = 1; }
def Nd_LcmOp : Nd_Binary<"lcm", "integers", "emitLcm", [Commutative]> { let summary = "lowest common multiple of |x1| and |x2|; 0 if either is"; let function = 1; }

def Nd_ComplexOp : Nd_Pointwise<"complex", "complex", "makeComplex(b, x[0], x[1])",
    (ins Nd_Tensor:$re, Nd_Tensor:$im)> { let summary = "the complex number of a real and an imaginary part"; let inNumpy = 0; let flops = 0; let complexFlops = 0; }

// Binary, bits.
def Nd_BitwiseAndOp : Nd_Binary<"bitwise_and", "bitwise", "emitAnd", [Commutative]> { let summary = "bits set in both"; }
def Nd_BitwiseOrOp : Nd_Binary<"bitwise_or", "bitwise", "emitOr", [Commutative]> { let summary = "bits set in either"; }
def Nd_BitwiseXorOp : Nd_Binary<"bitwise_xor", "bitwise", "emitXor", [Commutative]> { let summary = "bits set in one of the two"; }
def Nd_LeftShiftOp : Nd_Binary<"left_shift", "shift", "emitLeftShift"> { let summary = "x1 * 2**x2; 0 beyond the width"; }
def Nd_RightShiftOp : Nd_Binary<"right_shift", "shift", "emitRightShift"> { let summary = "floor(x1 / 2**x2)"; }

// Binary, bool result.
def Nd_LogicalAndOp : Nd_Binary<"logical_and", "logical", "emitAnd", [Commutative]> { let summary = "whether both are nonzero"; }
def Nd_LogicalOrOp : Nd_Binary<"logical_or", "logical", "emitOr", [Commutative]> { let summary = "whether either is nonzero"; }
def Nd_LogicalXorOp : Nd_Binary<"logical_xor", "logical", "emitXor", [Commutative]> { let summary = "whether just one is nonzero"; }
def Nd_EqualOp : Nd_Binary<"equal", "comparison", "emitEqual", [Commutative]> { let summary = "x1 == x2"; }
def Nd_NotEqualOp : Nd_Binary<"not_equal", "comparison", "emitNotEqual", [Commutative]> { let summary = "x1 != x2"; }
def Nd_LessOp : Nd_Binary<"less", "comparison", "emitLess"> { let summary = "x1 < x2"; }
def Nd_LessEqualOp : Nd_Binary<"less_equal", "comparison", "emitLessEqual"> { let summary = "x1 <= x2"; }
def Nd_GreaterOp : Nd_Binary<"greater", "comparison", "emitGreater"> { let summary = "x1 > x2"; }
def Nd_GreaterEqualOp : Nd_Binary<"greater_equal", "comparison", "emitGreaterEqual"> { let summary = "x1 >= x2"; }

// Ternary.
def Nd_WhereOp : Nd_Pointwise<"where", "select", "emitWhere(b, x[0], x[1], x[2])",
    (ins Nd_Tensor:$condition, Nd_Tensor:$x, Nd_Tensor:$y)> { let summary = "x where the condition holds, else y"; let flops = 0; let complexFlops = 0; }
def Nd_ClipOp : Nd_Pointwise<"clip", "arithmetic", "emitClip(b, x[0], x[1], x[2], t)",
    (ins Nd_Tensor:$x, Nd_Tensor:$min, Nd_Tensor:$max)> { let summary = "minimum(maximum(x, min), max)"; let flops = 2; let complexFlops = 4; }

// The element as another dtype, or unchanged into new memory.
def Nd_CastOp : Nd_Op<"cast", [DeclareOpInterfaceMethods<PointwiseOpInterface>]> {
  let summary = "x converted to the result's dtype as NumPy's astype does";
  let arguments = (ins Nd_Tensor:$x);
  let results = (outs Nd_Tensor:$result);
  let assemblyFormat = "$x attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
  let hasFolder = 1;
}
def Nd_CopyOp : Nd_Op<"copy", [AllTypesMatch<["x", "result"]>, DeclareOpInterfaceMethods<PointwiseOpInterface>]> {
  let summary = "x in memory of its own";
  let arguments = (ins Nd_Tensor:$x);
  let results = (outs Nd_Tensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($x)";
}

#endif // ND_OPS_POINTWISE_TD
