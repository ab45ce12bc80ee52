// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The vector mathematics against MPFR: error bounds, special values, and equal bits at every width
// and on every machine.

#include "ir/body/Math.h"
#include "passes/Passes.h"

#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/TargetSelect.h"

#include <gtest/gtest.h>
#include <mpfr.h>

#include <bit>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <random>

using namespace mlir;

namespace {

using Unary = Value (*)(ImplicitLocOpBuilder &, Value);
using Binary = Value (*)(ImplicitLocOpBuilder &, Value, Value);
using UnaryReference = int (*)(mpfr_t, const mpfr_t, mpfr_rnd_t);
using BinaryReference = int (*)(mpfr_t, const mpfr_t, const mpfr_t, mpfr_rnd_t);
using Loop = void (*)(const void *, const void *, void *, std::int64_t);

/// Arguments for the random part: magnitudes 2^low to 2^high, of either sign where `negative`.
struct Range {
  double low, high;
  bool negative;
};

struct Function {
  const char *name;
  Unary unary;
  Binary binary;
  UnaryReference unaryReference;
  BinaryReference binaryReference;
  double boundF64, boundF32;
  std::vector<Range> ranges;
  double (*exactF64)(double, double) = nullptr; // in place of MPFR
  float (*exactF32)(float, float) = nullptr;
  double (*least)(double, double) = nullptr; // the error is relative to this at least
};

// What MPFR has under other conventions, or not.
int mpfr_lgammaMagnitude(mpfr_t r, const mpfr_t x, mpfr_rnd_t mode) {
  int sign;
  return mpfr_lgamma(r, &sign, x, mode);
}
/// The logarithm of 2^x + 2^y, or of e^x + e^y, to that base.
int logOfSum(mpfr_t r, const mpfr_t x, const mpfr_t y, UnaryReference power, UnaryReference log1p,
             mpfr_rnd_t mode) {
  if (mpfr_nan_p(x) || mpfr_nan_p(y)) {
    mpfr_set_nan(r);
    return 0;
  }
  bool larger = mpfr_cmp(x, y) >= 0;
  if (mpfr_inf_p(x) || mpfr_inf_p(y)) {
    mpfr_set(r, larger ? x : y, mode);
    if (mpfr_zero_p(r))
      mpfr_set_zero(r, 1); // -0 + 0
    return 0;
  }
  mpfr_t d;
  mpfr_init2(d, 400);
  if (larger)
    mpfr_sub(d, y, x, mode);
  else
    mpfr_sub(d, x, y, mode);
  power(d, d, mode);
  log1p(d, d, mode);
  mpfr_add(r, larger ? x : y, d, mode);
  mpfr_clear(d);
  return 0;
}
int mpfr_logaddexp(mpfr_t r, const mpfr_t x, const mpfr_t y, mpfr_rnd_t mode) {
  return logOfSum(r, x, y, mpfr_exp, mpfr_log1p, mode);
}
int mpfr_logaddexp2(mpfr_t r, const mpfr_t x, const mpfr_t y, mpfr_rnd_t mode) {
  return logOfSum(r, x, y, mpfr_exp2, mpfr_log2p1, mode);
}

// NumPy's npy_divmod, npy_remainder and npy_floor_divide, whose every rounding counts.
template <class T> T exactFmod(T x, T y) { return std::fmod(x, y); }
template <class T> T exactRemainder(T x, T y) {
  T rest = std::fmod(x, y);
  if (y == 0)
    return rest;
  if (rest == 0)
    return std::copysign(T(0), y);
  return (y < 0) != (rest < 0) ? rest + y : rest;
}
template <class T> T exactFloorDivide(T x, T y) {
  if (y == 0)
    return x / y;
  T rest = std::fmod(x, y);
  T quotient = (x - rest) / y;
  if (rest != 0 && (y < 0) != (rest < 0))
    quotient -= 1;
  if (quotient == 0)
    return std::copysign(T(0), x / y);
  T whole = std::floor(quotient);
  return quotient - whole > T(0.5) ? whole + 1 : whole;
}

/// The larger summand of logaddexp, where they cancel: an operand or the logarithm of 1 + exp(-|x -
/// y|).
double largerSummand(double x, double y) {
  double larger = std::fmax(std::fabs(x), std::fabs(y));
  return larger < INFINITY ? std::fmax(larger, std::log1p(std::exp(-std::fabs(x - y)))) : 0;
}

#define ND_UNARY(NAME, EMIT, MPFR) NAME, nd::body::emit##EMIT, nullptr, mpfr_##MPFR, nullptr
#define ND_BINARY(NAME, EMIT, MPFR) NAME, nullptr, nd::body::emit##EMIT, nullptr, mpfr_##MPFR
#define ND_EXACT(NAME, EMIT, RANGES...)                                                            \
  {                                                                                                \
    NAME, nullptr, nd::body::emit##EMIT, nullptr, nullptr, 0, 0, RANGES, exact##EMIT<double>,      \
        exact##EMIT<float>                                                                         \
  }

const std::vector<Function> &functions() {
  // Name, bounds in ulp for f64 and f32, arguments. The measured maxima stand by the emitters.
  static const std::vector<Function> table = {
      {ND_UNARY("exp", Exp, exp),
       1,
       1,
       {{-4, 6, true}, {-60, 9.5, true}, {8, 9.6, true}, {-1075, 1024, true}}},
      {ND_UNARY("exp2", Exp2, exp2),
       0.9,
       0.9,
       {{-4, 6, true}, {-60, 10, true}, {9, 10.1, true}, {-1075, 1024, true}}},
      {ND_UNARY("expm1", Expm1, expm1),
       1.4,
       1.4,
       {{-4, 6, true}, {-60, 9.5, true}, {-2, 2, true}, {-1075, 1024, true}}},
      {ND_UNARY("log", Log, log),
       0.85,
       0.85,
       {{-8, 8, false}, {-1, 1, false}, {-0.1, 0.1, false}, {-1075, 1024, true}}},
      {ND_UNARY("log2", Log2, log2),
       0.85,
       0.85,
       {{-8, 8, false}, {-1, 1, false}, {-0.1, 0.1, false}, {-1075, 1024, true}}},
      {ND_UNARY("log10", Log10, log10),
       0.75,
       0.75,
       {{-8, 8, false}, {-1, 1, false}, {-0.1, 0.1, false}, {-1075, 1024, true}}},
      {ND_UNARY("log1p", Log1p, log1p),
       1.4,
       1.4,
       {{-8, 8, false}, {-1, 0, true}, {-10, 1, true}, {-1075, 1024, true}}},
      {ND_UNARY("sin", Sin, sin),
       1.8,
       0.51,
       {{-6, 6, true}, {-60, 20, true}, {20, 30, true}, {-1075, 1024, true}}},
      {ND_UNARY("cos", Cos, cos),
       1.8,
       0.51,
       {{-6, 6, true}, {-60, 20, true}, {20, 30, true}, {-1075, 1024, true}}},
      {ND_UNARY("tan", Tan, tan),
       1.8,
       0.55,
       {{-6, 6, true}, {-60, 20, true}, {20, 30, true}, {-1075, 1024, true}}},
      {ND_UNARY("sinh", Sinh, sinh),
       1.8,
       1.5,
       {{-6, 4, true}, {-60, 9.5, true}, {-2, 1, true}, {-1075, 1024, true}}},
      {ND_UNARY("cosh", Cosh, cosh),
       1.6,
       1.8,
       {{-6, 4, true}, {-60, 9.5, true}, {-2, 1, true}, {-1075, 1024, true}}},
      {ND_UNARY("tanh", Tanh, tanh),
       1.9,
       1.9,
       {{-6, 4, true}, {-60, 5, true}, {-2, 1, true}, {-1075, 1024, true}}},
      {ND_UNARY("arcsinh", Arcsinh, asinh),
       1.8,
       1.8,
       {{-6, 6, true}, {-60, 60, true}, {-2, 1, true}, {-1075, 1024, true}}},
      {ND_UNARY("arccosh", Arccosh, acosh),
       1.8,
       1.8,
       {{0, 6, false}, {0, 60, false}, {0, 0.1, false}, {-1075, 1024, true}}},
      {ND_UNARY("arctanh", Arctanh, atanh),
       1.8,
       1.8,
       {{-6, 0, true}, {-60, 0, true}, {-0.1, 0, true}, {-1075, 1024, true}}},
      {ND_UNARY("arcsin", Arcsin, asin),
       1.2,
       1.2,
       {{-6, 0, true}, {-60, 0, true}, {-1.2, 0, true}, {-1075, 1024, true}}},
      {ND_UNARY("arccos", Arccos, acos),
       1.2,
       1.2,
       {{-6, 0, true}, {-60, 0, true}, {-1.2, 0, true}, {-1075, 1024, true}}},
      {ND_UNARY("arctan", Arctan, atan),
       1.5,
       1.5,
       {{-6, 6, true}, {-60, 60, true}, {-1.5, 1.5, true}, {-1075, 1024, true}}},
      {ND_BINARY("arctan2", Arctan2, atan2),
       1.6,
       1.6,
       {{-6, 6, true}, {-60, 60, true}, {-1.5, 1.5, true}, {-1075, 1024, true}}},
      {ND_UNARY("cbrt", Cbrt, cbrt),
       0.51,
       0.55,
       {{-8, 8, true}, {-60, 60, true}, {-1, 1, true}, {-1075, 1024, true}}},
      {ND_BINARY("hypot", Hypot, hypot),
       1,
       0.51,
       {{-8, 8, true}, {-60, 60, true}, {-1, 1, true}, {-1075, 1024, true}}},
      {ND_BINARY("power", Power, pow),
       0.9,
       0.6,
       {{-3, 3, false},
        {-8, 8, true},
        {-1, 8, false},
        {-1, 12, false},
        {-60, 60, true},
        {-1075, 1024, true}}},
      {ND_BINARY("logaddexp", Logaddexp, logaddexp),
       1.9,
       1.9,
       {{-4, 6, true}, {-60, 9.5, true}, {-2, 2, true}, {-1075, 1024, true}},
       nullptr,
       nullptr,
       largerSummand},
      {ND_BINARY("logaddexp2", Logaddexp2, logaddexp2),
       2.3,
       2.3,
       {{-4, 6, true}, {-60, 9.5, true}, {-2, 2, true}, {-1075, 1024, true}},
       nullptr,
       nullptr,
       largerSummand},
      {ND_UNARY("erf", Erf, erf),
       1.9,
       0.55,
       {{-4, 3, true}, {-60, 3, true}, {-1, 1, true}, {-1075, 1024, true}}},
      {ND_UNARY("erfc", Erfc, erfc),
       1.9,
       0.55,
       {{-4, 5, true}, {-60, 5, true}, {-1, 1, true}, {2, 5, false}, {-1075, 1024, true}}},
      {ND_UNARY("gamma", Gamma, gamma),
       1.9,
       0.55,
       {{-4, 7.6, true}, {-60, 8, true}, {-1, 3, true}, {6, 7.6, true}, {-1075, 1024, true}}},
      {ND_UNARY("lgamma", Lgamma, lgammaMagnitude),
       1.9,
       0.55,
       {{-4, 7, false}, {-60, 8, true}, {-1.5, 2, false}, {-1, 5, true}, {-1075, 1024, true}},
       nullptr,
       nullptr,
       [](double x, double) { return x < 0 ? 1.0 : 0.0; }},
      ND_EXACT("fmod", Fmod, {{-8, 8, true}, {-20, 60, true}, {-1, 1, true}, {-1075, 1024, true}}),
      ND_EXACT("remainder", Remainder,
               {{-8, 8, true}, {-20, 60, true}, {-1, 1, true}, {-1075, 1024, true}}),
      ND_EXACT("floor_divide", FloorDivide,
               {{-8, 8, true}, {-20, 60, true}, {-1, 1, true}, {-1075, 1024, true}}),
  };
  return table;
}

//===- Compiling -----------------------------------------------------------===//

class Compiler {
public:
  Compiler() {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    DialectRegistry registry;
    registerBuiltinDialectTranslation(registry);
    registerLLVMDialectTranslation(registry);
    context.appendDialectRegistry(registry);
    context.loadDialect<arith::ArithDialect, func::FuncDialect, LLVM::LLVMDialect,
                        math::MathDialect, scf::SCFDialect, vector::VectorDialect>();
    auto machine = llvm::cantFail(llvm::orc::JITTargetMachineBuilder::detectHost());
    host = create(machine);
#ifdef __x86_64__
    machine.setCPU("x86-64-v3");
    machine.getFeatures() = llvm::SubtargetFeatures();
#endif
    baseline = create(machine);
  }

  /// A loop that applies \p function to n elements, \p width at a time (0: scalars), for this
  /// machine or for the least one with fused multiply-add.
  Loop compile(const Function &function, bool f32, int width, bool forHost = true) {
    llvm::orc::LLJIT *jit = (forHost ? host : baseline).get();
    std::string name =
        std::string(function.name) + (f32 ? "_f32_" : "_f64_") + std::to_string(width);
    OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(&context));
    ImplicitLocOpBuilder b(module->getLoc(), &context);
    b.setInsertionPointToEnd(module->getBody());
    Type pointer = LLVM::LLVMPointerType::get(&context);
    Type element = f32 ? Type(b.getF32Type()) : Type(b.getF64Type());
    Type value = width ? Type(VectorType::get(width, element)) : element;
    auto func = func::FuncOp::create(
        b, name, b.getFunctionType({pointer, pointer, pointer, b.getI64Type()}, {}));
    func->setAttr("llvm.emit_c_interface", b.getUnitAttr());
    Block *entry = func.addEntryBlock();
    b.setInsertionPointToStart(entry);
    Value zero = arith::ConstantOp::create(b, b.getI64IntegerAttr(0));
    Value step = arith::ConstantOp::create(b, b.getI64IntegerAttr(std::max(width, 1)));
    auto loop = scf::ForOp::create(b, zero, entry->getArgument(3), step);
    b.setInsertionPointToStart(loop.getBody());
    auto address = [&](int argument) {
      return LLVM::GEPOp::create(b, pointer, element, entry->getArgument(argument),
                                 ArrayRef<LLVM::GEPArg>{loop.getInductionVar()});
    };
    Value x = LLVM::LoadOp::create(b, value, address(0), f32 ? 4 : 8);
    Value result;
    if (function.unary)
      result = function.unary(b, x);
    else
      result = function.binary(b, x, LLVM::LoadOp::create(b, value, address(1), f32 ? 4 : 8));
    EXPECT_EQ(result.getType(), value) << name;
    LLVM::StoreOp::create(b, result, address(2), f32 ? 4 : 8);
    b.setInsertionPointToEnd(entry);
    func::ReturnOp::create(b);

    PassManager passes(&context);
    passes.addPass(createSCFToControlFlowPass());
    passes.addPass(createConvertFuncToLLVMPass());
    passes.addPass(nd::createLowerToLLVM());
    if (failed(verify(*module)) || failed(passes.run(*module)))
      return nullptr;

    auto llvmContext = std::make_unique<llvm::LLVMContext>();
    std::unique_ptr<llvm::Module> code = translateModuleToLLVMIR(*module, *llvmContext);
    code->setDataLayout(jit->getDataLayout());
    code->setTargetTriple(jit->getTargetTriple());
    for (llvm::Function &f : *code)
      f.addFnAttr("prefer-vector-width", "512");
    llvm::cantFail(
        jit->addIRModule(llvm::orc::ThreadSafeModule(std::move(code), std::move(llvmContext))));
    auto begin = std::chrono::steady_clock::now();
    llvm::Expected<llvm::orc::ExecutorAddr> entryPoint = jit->lookup(name);
    if (!entryPoint) {
      ADD_FAILURE() << llvm::toString(entryPoint.takeError());
      return nullptr;
    }
    compileMilliseconds =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    return entryPoint->toPtr<Loop>();
  }

  double compileMilliseconds = 0;

private:
  // Without the process's symbols, so that a call into a library fails to link.
  static std::unique_ptr<llvm::orc::LLJIT> create(llvm::orc::JITTargetMachineBuilder machine) {
    return llvm::cantFail(llvm::orc::LLJITBuilder()
                              .setJITTargetMachineBuilder(std::move(machine))
                              .setLinkProcessSymbolsByDefault(false)
                              .setPlatformSetUp(llvm::orc::setUpInactivePlatform)
                              .create());
  }

  MLIRContext context;
  std::unique_ptr<llvm::orc::LLJIT> host, baseline;
};

Compiler &compiler() {
  static Compiler instance;
  return instance;
}

//===- Arguments -----------------------------------------------------------===//

template <class T> std::vector<T> specials() {
  using L = std::numeric_limits<T>;
  std::vector<T> result;
  for (T x : {T(0),
              L::denorm_min(),
              T(3) * L::denorm_min(),
              L::min(),
              std::nextafter(L::min(), T(0)),
              T(L::epsilon()),
              T(1e-5),
              T(0.25),
              T(0.5),
              T(0.75),
              T(1),
              std::nextafter(T(1), T(0)),
              std::nextafter(T(1), T(2)),
              T(1.5),
              T(2),
              T(3),
              T(4),
              T(10),
              T(0.1),
              T(100),
              T(1e10),
              T(1e22),
              T(2.5),
              T(7),
              T(1 / L::epsilon()),
              T(2 / L::epsilon()) - 1,
              T(4 / L::epsilon()),
              T(709.78271289338397),
              T(709.78271289338409),
              T(745.13321910194111),
              T(745.13321910194122),
              T(88.72283172607421875),
              T(88.7228393554687),
              T(103.972084045410),
              T(103.9720764160156),
              T(127),
              T(128),
              T(149),
              T(150),
              T(1023),
              T(1024),
              T(1074),
              T(1075),
              T(1.5707963267948966),
              T(3.1415926535897932),
              T(0.4142135623730951),
              T(2.4142135623730951),
              T(0.7071067811865476),
              T(1.4142135623730951),
              T(0x1.8ed06d50f7e55p+849),
              T(6381956970095103.0 * 0x1p797),
              T(8.37e298),
              L::max(),
              L::infinity(),
              L::quiet_NaN()}) {
    result.push_back(x);
    result.push_back(-x);
  }
  for (int e = -4; e <= 4; ++e)
    for (T unit : {T(0.34657359), T(0.69314718), T(1.57079632679489661923)})
      result.push_back(T(e) * unit);
  return result;
}

template <class T>
T draw(const std::vector<Range> &ranges, std::size_t index, std::mt19937_64 &random) {
  using L = std::numeric_limits<T>;
  const Range &range = ranges[index % ranges.size()];
  double low = std::max<double>(range.low, L::min_exponent - L::digits);
  double high = std::min<double>(range.high, L::max_exponent);
  if (low >= high)
    low = high - 4;
  auto uniform = [&] { return double(random() >> 11) * 0x1p-53; };
  double exponent = low + (high - low) * uniform();
  double whole = std::floor(exponent);
  T x = std::ldexp(T(1 + uniform()), int(whole));
  if (!std::isfinite(x))
    x = L::max();
  if (range.negative && (random() & 1))
    x = -x;
  return x;
}

//===- Comparing -----------------------------------------------------------===//

template <class T> class Reference {
public:
  static constexpr int kPrecision = 200;
  Reference() { mpfr_inits2(kPrecision, x, y, r, d, nullptr); }
  ~Reference() { mpfr_clears(x, y, r, d, nullptr); }

  /// |got - exact| in units of the exact result's last place; 0 or inf where either is special.
  double error(const Function &f, T a, T b, T got) {
    if (f.exactF64) {
      T expected;
      if constexpr (std::is_same_v<T, float>)
        expected = f.exactF32(a, b);
      else
        expected = f.exactF64(a, b);
      mpfr_set_d(r, double(expected), MPFR_RNDN);
      if (std::isnan(expected))
        return std::isnan(got) ? 0 : kBad;
      return got == expected && std::signbit(got) == std::signbit(expected) ? 0 : kBad;
    }
    mpfr_set_d(x, double(a), MPFR_RNDN);
    mpfr_set_d(y, double(b), MPFR_RNDN);
    if (f.unary)
      f.unaryReference(r, x, MPFR_RNDN);
    else
      f.binaryReference(r, x, y, MPFR_RNDN);
    if (mpfr_nan_p(r))
      return std::isnan(got) ? 0 : kBad;
    if (std::isnan(got))
      return kBad;
    if (mpfr_zero_p(r))
      return got == 0 && std::signbit(got) == !!mpfr_signbit(r) ? 0 : kBad;
    using L = std::numeric_limits<T>;
    if (!std::isfinite(got)) {
      // Right from half an ulp past the largest number on; one ulp of slack below that.
      if (mpfr_inf_p(r))
        return std::signbit(got) == !!mpfr_signbit(r) ? 0 : kBad;
      mpfr_abs(d, r, MPFR_RNDN);
      bool overflows = mpfr_cmp_d(d, double(L::max())) >= 0;
      return overflows && std::signbit(got) == !!mpfr_signbit(r) ? 0 : kBad;
    }
    if (mpfr_inf_p(r))
      return kBad;
    mpfr_set_d(d, double(got), MPFR_RNDN);
    mpfr_sub(d, d, r, MPFR_RNDN);
    long exponent = std::max<long>(mpfr_get_exp(r) - L::digits, L::min_exponent - L::digits);
    exponent = std::min<long>(exponent, L::max_exponent - L::digits);
    if (double least = f.least ? f.least(a, b) : 0; least > 0)
      exponent = std::max<long>(exponent, std::ilogb(least) + 1 - L::digits);
    mpfr_mul_2si(d, d, -exponent, MPFR_RNDN);
    return std::fabs(mpfr_get_d(d, MPFR_RNDN));
  }

  double exact() { return mpfr_get_d(r, MPFR_RNDN); }
  static constexpr double kBad = 1e30;

private:
  mpfr_t x, y, r, d;
};

template <class T> void check(const Function &function) {
  constexpr bool f32 = std::is_same_v<T, float>;
  double bound = f32 ? function.boundF32 : function.boundF64;
  const char *count = std::getenv("ND_MATH_SAMPLES");
  std::size_t samples = count ? std::strtoull(count, nullptr, 10) : 20000;
  samples = samples / 64 * 64;

  std::vector<T> x, y, special = specials<T>();
  std::mt19937_64 random(42);
  for (T a : special) {
    if (function.unary) {
      x.push_back(a);
      y.push_back(0);
    } else {
      for (T b : special) {
        x.push_back(a);
        y.push_back(b);
      }
    }
  }
  for (std::size_t i = 0; i < samples; ++i) {
    std::size_t n = function.ranges.size();
    x.push_back(draw<T>(function.ranges, i, random));
    y.push_back(function.unary ? T(0) : draw<T>(function.ranges, n - 1 - (i / 2) % n, random));
  }
  while (x.size() % 64) {
    x.push_back(1);
    y.push_back(1);
  }

  int wide = f32 ? 16 : 8;
  std::vector<T> got(x.size()), other(x.size());
  Loop loop = compiler().compile(function, f32, wide);
  ASSERT_NE(loop, nullptr);
  double milliseconds = compiler().compileMilliseconds;
  loop(x.data(), y.data(), got.data(), std::int64_t(x.size()));

  for (auto [width, forHost] : {std::pair(0, true), {4, true}, {2 * wide, true}, {wide, false}}) {
    Loop narrow = compiler().compile(function, f32, width, forHost);
    ASSERT_NE(narrow, nullptr);
    narrow(x.data(), y.data(), other.data(), std::int64_t(x.size()));
    using Bits = std::conditional_t<f32, std::uint32_t, std::uint64_t>;
    for (std::size_t i = 0; i < x.size(); ++i)
      if (std::bit_cast<Bits>(got[i]) != std::bit_cast<Bits>(other[i]) &&
          !(std::isnan(got[i]) && std::isnan(other[i]))) {
        ADD_FAILURE() << function.name << "(" << x[i] << ", " << y[i] << ") is " << got[i]
                      << " at width " << wide << " and " << other[i] << " at width " << width
                      << (forHost ? "" : " on another machine");
        break;
      }
  }

  Reference<T> reference;
  double worst = 0;
  T worstX = 0, worstY = 0;
  int failures = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    double error = reference.error(function, x[i], y[i], got[i]);
    if (error > bound && ++failures <= 8)
      ADD_FAILURE() << function.name << std::hexfloat << "(" << x[i] << ", " << y[i] << ") is "
                    << got[i] << ", not " << reference.exact() << std::defaultfloat << ": " << error
                    << " ulp, " << x[i] << " " << y[i] << " " << got[i];
    if (error > worst && error < Reference<T>::kBad) {
      worst = error;
      worstX = x[i];
      worstY = y[i];
    }
  }
  if (!std::getenv("ND_MATH_TIMES"))
    return;

  // 4096 arguments from the first range, in cache; the fastest of some runs.
  std::vector<T> ax(4096), ay(4096);
  for (std::size_t i = 0; i < ax.size(); ++i) {
    ax[i] = draw<T>({function.ranges[0]}, 0, random);
    ay[i] = draw<T>({function.ranges[0]}, 0, random);
  }
  double best = 1e9;
  for (int run = 0; run < 300; ++run) {
    auto begin = std::chrono::steady_clock::now();
    loop(ax.data(), ay.data(), got.data(), 4096);
    best = std::min(
        best,
        std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count() /
            4096);
  }
  std::printf("%-10s %s  %.3f ulp at (%a, %a)  %.2f ns  codegen %.1f ms%s\n", function.name,
              f32 ? "f32" : "f64", worst, double(worstX), double(worstY), best, milliseconds,
              failures ? "  FAILED" : "");
}

class Math : public testing::TestWithParam<Function> {};

TEST_P(Math, Float64) { check<double>(GetParam()); }
TEST_P(Math, Float32) { check<float>(GetParam()); }

INSTANTIATE_TEST_SUITE_P(All, Math, testing::ValuesIn(functions()),
                         [](const auto &info) { return info.param.name + std::string(); });

} // namespace
