// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ir/Structure.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/bit.h"

using namespace mlir;

namespace nd {
namespace {

// Two independent 64-bit mixes (the finaliser of MurmurHash3 with different constants).
struct Hash {
  uint64_t a = 0x9e3779b97f4a7c15, b = 0xc2b2ae3d27d4eb4f;
  static uint64_t mix(uint64_t x) {
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccd;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53;
    return x ^ (x >> 33);
  }
  void add(uint64_t x) {
    a = mix(a ^ x) + 0x165667b19e3779f9;
    b = mix(b + x * 0x9fb21c651e98df25) ^ llvm::rotl(b, 23);
  }
  // One of each in a context: the address says which.
  void add(OperationName name) { add(name.getAsOpaquePointer()); }
  void add(Type type) { add(type.getAsOpaquePointer()); }
  void add(Attribute attribute) { add(attribute.getAsOpaquePointer()); }

private:
  void add(const void *pointer) { add(reinterpret_cast<uintptr_t>(pointer)); }
};

/// The same words as text, in which an address means nothing.
struct Text {
  std::string out;
  llvm::raw_string_ostream stream{out};
  void add(uint64_t x) { stream << x << ' '; }
  void add(OperationName name) { stream << '\n' << name << ' '; }
  void add(Type type) { stream << type << ' '; }
  void add(Attribute attribute) { stream << attribute << ' '; }
};

template <class Words> struct Describer {
  Structure out;
  Words words;
  llvm::SmallDenseMap<Value, unsigned, 32> numbers;

  void size(int64_t value, int64_t fixed) {
    if (value == fixed) {
      words.add(uint64_t(0));
      return;
    }
    auto *begin = out.params.begin();
    size_t slot = std::find(begin, out.params.end(), value) - begin;
    if (slot == out.params.size())
      out.params.push_back(value);
    words.add(slot + 1);
  }
  void type(Type t) {
    auto tensor = tensorOf(t);
    words.add(tensor.getElementType());
    words.add(uint64_t(tensor.getRank()));
    for (int64_t extent : tensor.getShape())
      size(extent, 1);
  }
  void define(Value v) {
    numbers.try_emplace(v, numbers.size());
    type(v.getType());
  }
};

bool staysInCode(TypedAttr value) {
  auto plain = [](double x) {
    return (x == 0 && !std::signbit(x)) || x == 1 || x == -1 || x == 2 || x == 0.5;
  };
  if (auto real = dyn_cast<FloatAttr>(value))
    return plain(real.getValueAsDouble());
  if (auto complex = dyn_cast<DenseElementsAttr>(value)) {
    auto z = complex.getSplatValue<std::complex<APFloat>>();
    return plain(z.real().convertToDouble()) && z.imag().isPosZero();
  }
  const APInt &x = cast<IntegerAttr>(value).getValue();
  return x.getBitWidth() == 1 ||
         (x.getSignificantBits() <= 3 && x.getSExtValue() >= -1 && x.getSExtValue() <= 2);
}

} // namespace

SmallVector<int64_t, 2> bitsOf(TypedAttr value) {
  auto bits = [](APFloat x) {
    bool exact;
    if (APFloat::getSizeInBits(x.getSemantics()) == 16)
      x.convert(APFloat::IEEEsingle(), APFloat::rmNearestTiesToEven, &exact);
    return x.bitcastToAPInt().getZExtValue();
  };
  if (auto real = dyn_cast<FloatAttr>(value))
    return {int64_t(bits(real.getValue()))};
  if (auto complex = dyn_cast<DenseElementsAttr>(value)) {
    auto z = complex.getSplatValue<std::complex<APFloat>>();
    uint64_t re = bits(z.real()), im = bits(z.imag());
    if (elementOf(value) == ComplexType::get(Float32Type::get(value.getContext())))
      return {int64_t(re | im << 32)};
    return {int64_t(re), int64_t(im)};
  }
  return {cast<IntegerAttr>(value).getValue().getSExtValue()};
}

/// Puts a program into words; \p d has its parameters, too, then.
template <class Words>
static void describe(Describer<Words> &d, ArrayRef<Value> inputs, ArrayRef<Operation *> ops,
                     ArrayRef<Value> results, ArrayRef<int64_t> ties) {
  for (Value input : inputs)
    d.define(input);
  for (Operation *op : ops) {
    d.words.add(op->getName());
    for (Value operand : op->getOperands()) {
      auto known = d.numbers.find(operand);
      assert(known != d.numbers.end() && "operands come before their uses");
      d.words.add(uint64_t(known->second));
    }
    if (auto full = dyn_cast<FullOp>(op)) {
      if (staysInCode(full.getValue()))
        d.words.add(Attribute(full.getValue()));
      else
        d.out.scalars.push_back(op);
    } else if (auto slice = dyn_cast<SliceOp>(op)) {
      for (int64_t offset : slice.getOffsets())
        d.size(offset, 0);
      for (int64_t step : slice.getStrides())
        d.words.add(uint64_t(step));
    } else if (auto update = dyn_cast<UpdateOp>(op)) {
      for (int64_t offset : update.getOffsets())
        d.size(offset, 0);
      for (int64_t step : update.getStrides())
        d.words.add(uint64_t(step));
    } else if (auto extent = dyn_cast<ExtentOp>(op)) {
      d.size(int64_t(extent.getExtent()), 1);
    } else if (auto count = dyn_cast<CountOp>(op)) {
      for (int64_t extent : count.getExtents())
        d.size(extent, 1);
    } else {
      d.words.add(op->getPropertiesAsAttribute());
    }
    for (Value result : op->getResults())
      d.define(result);
  }
  d.words.add(uint64_t(results.size()));
  for (Value result : results)
    d.words.add(uint64_t(d.numbers.lookup(result)));
  for (int64_t tie : ties)
    d.words.add(uint64_t(tie));
}

Structure describe(ArrayRef<Value> inputs, ArrayRef<Operation *> ops, ArrayRef<Value> results,
                   ArrayRef<int64_t> ties) {
  Describer<Hash> d;
  describe(d, inputs, ops, results, ties);
  d.out.sizes = d.out.params.size();
  for (Operation *op : d.out.scalars)
    d.out.params.append(bitsOf(cast<FullOp>(op).getValue()));
  d.out.hash = {d.words.a, d.words.b};
  return std::move(d.out);
}

std::string wordsOf(ArrayRef<Value> inputs, ArrayRef<Operation *> ops, ArrayRef<Value> results,
                    ArrayRef<int64_t> ties) {
  Describer<Text> d;
  describe(d, inputs, ops, results, ties);
  return std::move(d.words.out);
}

} // namespace nd
