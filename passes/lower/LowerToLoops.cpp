// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// LowerToLoops: a program as functions over pointers.
// Before   a func.func of kernels, library ops and views, with buffers planned
// After    int32 @name(inputs, outputs, params), and per kernel a function that parallel_for runs over a range
// Needs    nd.sizes and nd.slots.
// Gives    scf loops over explicit vectors; memory through llvm.ptr; calls to ndrt_*. A failing call ends
//          the program with its status and site; temporaries are freed on every way out.
#include "ir/NdOps.h"
#include "ir/Structure.h"
#include "ir/rules/extent.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "passes/Passes.h"
#include "passes/lower/KernelEmitter.h"
#include "passes/schedule/Placement.h"
#include "passes/schedule/Rows.h"

namespace nd {
#define GEN_PASS_DEF_LOWERTOLOOPS
#include "passes/Passes.h.inc"
} // namespace nd

using namespace mlir;
using namespace nd;

namespace {

constexpr int32_t memoryStatus = 1;

/// DLDataType's four bytes: code, bits, one lane.
int32_t dtypeCode(dtype_kind dtype) {
  return rules::dl_code(dtype) | int32_t(rules::itemsize(dtype)) << 11 | 1 << 16;
}

class Program {
public:
  Program(func::FuncOp func, OpBuilder &module, bool exported, bool bounds)
      : func(func), exported(exported), bounds(bounds), module(module),
        b(func.getLoc(), func.getContext()),
        pointer(LLVM::LLVMPointerType::get(func.getContext())) {}

  LogicalResult lower() {
    auto slotSizes = func->getAttrOfType<DenseI64ArrayAttr>("nd.sizes");
    auto slots = func->getAttrOfType<ArrayAttr>("nd.slots");
    if (!slotSizes || !slots)
      return func.emitError() << "has no planned buffers; run nd-bind-parameters, nd-fuse-kernels "
                                 "and nd-plan-buffers first";
    for (Type type : llvm::concat<const Type>(func.getArgumentTypes(), func.getResultTypes()))
      if (!tensorOf(type).hasStaticShape())
        return func.emitError()
               << "has the type " << type
               << " with an extent that is not known; give every argument its sizes, "
               << "or use `ndc run`, which takes them from the arrays";
    for (Type type : func.getResultTypes())
      if (exported && namesRunTime(tensorOf(type).getShape()))
        return func.emitError()
               << "gives an array whose extent is decided at run time: the entry for "
                  "callers outside takes results that are allocated; give the "
                  "elements and their number in arrays of fixed size";
    std::string name = func.getName().str();
    SymbolTable::setSymbolName(func, name + "_recorded");
    auto type = LLVM::LLVMFunctionType::get(b.getI32Type(), {pointer, pointer, pointer});
    program =
        LLVM::LLVMFuncOp::create(module, func.getLoc(), exported ? name + "_program" : name, type,
                                 exported ? LLVM::Linkage::Internal : LLVM::Linkage::External);
    Block *entry = program.addEntryBlock(module);
    b.setInsertionPointToStart(entry);
    Operation *marker = i64(0).getDefiningOp();
    OpBuilder head(marker);
    params = entry->getArgument(2);
    sizes.emplace(slotSizes.asArrayRef(), params, head);
    if (!func.getOps<ExtentOp>().empty())
      ownParameters(slotSizes.size());
    exit = new Block();
    program.getBody().push_back(exit);
    exit->addArgument(b.getI32Type(), func.getLoc());
    for (Value argument : func.getArguments())
      memory[argument] = loadPointer(entry->getArgument(0), inputs++);
    for (unsigned i = 0; i < func.getNumResults(); ++i)
      outputs.push_back(loadPointer(entry->getArgument(1), i));
    if (auto ties = func->getAttrOfType<DenseI64ArrayAttr>("nd.ties"))
      for (auto [output, tie] : llvm::zip_equal(outputs, ties.asArrayRef()))
        if (tie >= 0) // the same memory: let it be the same pointer
          memory[func.getArgument(tie)] = output;
    boxes = outputs;
    for (Attribute slot : slots)
      temporaries.push_back({slotKey(slot)});
    for (auto [i, type] : llvm::enumerate(func.getResultTypes()))
      if (namesRunTime(tensorOf(type).getShape()))
        outputs[i] = {};
    allocate();
    unsigned kernels = 0;
    auto code = [&](KernelOp kernel) {
      return emitKernel(kernel, name + "_kernel" + std::to_string(kernels++),
                        slotSizes.asArrayRef(), bounds, module);
    };
    for (Operation &op : func.front().without_terminator()) {
      b.setLoc(op.getLoc());
      locate(op);
      if (auto kernel = dyn_cast<KernelOp>(op)) {
        if (!isFollowing(kernel))
          run(kernel, code(kernel));
      } else if (op.hasAttr("followed"))
        callAndFollow(cast<LibraryOpInterface>(op), code(cast<KernelOp>(op.getNextNode())));
      else if (auto library = dyn_cast<LibraryOpInterface>(op))
        call(library, library.getCallee(), {});
      else if (auto assembly = dyn_cast<AssemblyOpInterface>(op))
        assemble(assembly);
      else if (auto part = dyn_cast<UpdateOpInterface>(op))
        update(part);
      else if (auto extent = dyn_cast<ExtentOp>(op))
        define(extent);
      else if (!isa<ViewOpInterface, EmptyOp>(op))
        return op.emitOpError() << "stands outside a kernel; run nd-fuse-kernels first";
    }
    finish();
    cf::BranchOp::create(b, exit, ValueRange{i32(0)});
    b.setInsertionPointToStart(exit);
    for (const Temporary &temporary : temporaries)
      callRuntime("ndrt_free", {},
                  {temporary.cell ? Value(LLVM::LoadOp::create(b, pointer, temporary.cell))
                                  : temporary.memory});
    LLVM::ReturnOp::create(b, ValueRange{exit->getArgument(0)});
    if (exported)
      exportEntry(name);
    func.erase();
    return success();
  }

private:
  func::FuncOp func;
  bool exported, bounds;
  OpBuilder &module;
  ImplicitLocOpBuilder b;
  Type pointer;
  LLVM::LLVMFuncOp program;
  std::optional<Sizes> sizes;
  Value params;
  Block *exit = nullptr;
  unsigned inputs = 0;
  /// Memory of the program's own; with run-time extents it is known once they are, and the cell on
  /// the stack holds it for the exit.
  struct Temporary {
    ArrayRef<int64_t> key; ///< extents, then the item size
    Value memory = {}, cell = {};
  };
  SmallVector<Value> outputs, boxes; ///< boxes: where the memory and extents of a result are put
  SmallVector<Temporary> temporaries;
  llvm::SmallDenseSet<int64_t> defined; ///< run-time extents
  llvm::DenseMap<Value, Value> memory;

  Value i64(int64_t value) { return arith::ConstantOp::create(b, b.getI64IntegerAttr(value)); }
  Value i32(int32_t value) { return arith::ConstantOp::create(b, b.getI32IntegerAttr(value)); }

  Value ceilDivide(Value x, int64_t by) {
    return arith::DivUIOp::create(b, arith::AddIOp::create(b, x, i64(by - 1)), i64(by));
  }

  Value loadPointer(Value array, unsigned slot) {
    return LLVM::LoadOp::create(b, pointer, element(pointer, array, slot));
  }
  Value element(Type type, Value base, int32_t index) {
    return LLVM::GEPOp::create(b, pointer, type, base, ArrayRef<LLVM::GEPArg>{index});
  }
  Value element(Type type, Value base, Value index) {
    return LLVM::GEPOp::create(b, pointer, type, base, ArrayRef<LLVM::GEPArg>{index});
  }
  /// Stack memory for \p count items, taken once at the head of the program.
  Value onStack(Type type, int64_t count) {
    Value size = sizes->constant(count);
    return LLVM::AllocaOp::create(sizes->at(), func.getLoc(), pointer, type, size, 16);
  }

  Value callRuntime(StringRef name, Type result, ArrayRef<Value> arguments) {
    auto moduleOp = program->getParentOfType<ModuleOp>();
    auto function = moduleOp.lookupSymbol<LLVM::LLVMFuncOp>(name);
    if (!function) {
      SmallVector<Type> types;
      for (Value argument : arguments)
        types.push_back(argument.getType());
      OpBuilder top = OpBuilder::atBlockBegin(moduleOp.getBody());
      Type returned = result ? result : LLVM::LLVMVoidType::get(b.getContext());
      function = LLVM::LLVMFuncOp::create(top, func.getLoc(), name,
                                          LLVM::LLVMFunctionType::get(returned, types));
    }
    auto call = LLVM::CallOp::create(b, function, ValueRange(arguments));
    return result ? call.getResult() : Value();
  }

  /// Goes on in a new block unless \p failed, which ends the program with \p status.
  void leaveIf(Value failed, Value status) {
    Block *next = new Block();
    program.getBody().getBlocks().insert(Region::iterator(exit), next);
    cf::CondBranchOp::create(b, failed, exit, ValueRange{status}, next, ValueRange{});
    b.setInsertionPointToStart(next);
  }

  static ArrayRef<int64_t> slotKey(Attribute slot) {
    return cast<DenseI64ArrayAttr>(slot).asArrayRef();
  }
  static bool namesRunTime(ArrayRef<int64_t> extents) {
    return llvm::any_of(extents, rules::is_run_time);
  }
  bool areKnown(ArrayRef<int64_t> extents) const {
    return llvm::all_of(extents, [&](int64_t extent) {
      return !rules::is_run_time(extent) || defined.contains(extent);
    });
  }

  /// Parameters that the program may write: its caller's stay as they are.
  void ownParameters(size_t slots) {
    int64_t count = slots;
    func.walk([&](FullOp full) {
      if (std::optional<int64_t> slot = full.getParam())
        count = std::max<int64_t>(count, *slot + int64_t(bitsOf(full.getValue()).size()));
    });
    Value own = onStack(b.getI64Type(), std::max<int64_t>(count, 1));
    LLVM::MemcpyOp::create(b, own, params, i64(count * 8), /*isVolatile=*/false);
    params = own;
    Operation *marker = i64(0).getDefiningOp();
    sizes.emplace(func->getAttrOfType<DenseI64ArrayAttr>("nd.sizes").asArrayRef(), params,
                  OpBuilder(marker));
  }

  /// Allocates what has all its extents and no memory yet.
  void allocate() {
    Value missing, null = LLVM::ZeroOp::create(b, pointer);
    auto take = [&](ArrayRef<int64_t> extents, int64_t itemsize) {
      Value bytes = sizes->multiply(sizes->product(extents), sizes->constant(itemsize));
      Value memory = callRuntime("ndrt_alloc", pointer, {bytes});
      Value isNull = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::eq, memory, null);
      missing = missing ? Value(arith::OrIOp::create(b, missing, isNull)) : isNull;
      return memory;
    };
    for (Temporary &temporary : temporaries) {
      ArrayRef<int64_t> extents = temporary.key.drop_back();
      if (namesRunTime(extents) && !temporary.cell) {
        temporary.cell = onStack(pointer, 1);
        LLVM::StoreOp::create(b, null, temporary.cell);
      }
      if (temporary.memory || !areKnown(extents))
        continue;
      temporary.memory = take(extents, temporary.key.back());
      if (temporary.cell)
        LLVM::StoreOp::create(b, temporary.memory, temporary.cell);
    }
    for (auto [i, output] : llvm::enumerate(outputs)) {
      auto type = tensorOf(func.getResultTypes()[i]);
      if (output || !areKnown(type.getShape()))
        continue;
      output = take(type.getShape(), rules::itemsize(dtypeOf(type.getElementType())));
      LLVM::StoreOp::create(b, output, boxes[i]);
      for (auto [axis, extent] : llvm::enumerate(type.getShape()))
        LLVM::StoreOp::create(b, sizes->number(extent),
                              element(b.getI64Type(), boxes[i], int32_t(axis + 1)));
    }
    if (missing)
      leaveIf(missing, i32(memoryStatus));
  }

  /// Puts a computed number where the parameter of its extent is read.
  void define(ExtentOp op) {
    Value count = LLVM::LoadOp::create(b, b.getI64Type(), memoryOf(op.getCount()));
    if (op.getNonempty())
      check(op, callRuntime("ndrt_check_nonempty", b.getI32Type(), {count}));
    ArrayRef<int64_t> slots = func->getAttrOfType<DenseI64ArrayAttr>("nd.sizes").asArrayRef();
    int64_t extent = op.getExtent();
    LLVM::StoreOp::create(
        b, count,
        element(b.getI64Type(), params, int32_t(llvm::find(slots, extent) - slots.begin())));
    defined.insert(extent);
    Operation *marker = i64(0).getDefiningOp();
    sizes.emplace(slots, params, OpBuilder(marker));
    allocate();
  }

  Value memoryOf(Value value) {
    while (Operation *def = value.getDefiningOp()) {
      if (!isa<ViewOpInterface>(def))
        break;
      value = def->getOperand(0);
    }
    return memory.lookup(value);
  }

  /// Notes where the results of \p op lie.
  void locate(Operation &op) {
    if (auto buffers = op.getAttrOfType<DenseI64ArrayAttr>("buffers"))
      for (auto [result, buffer] : llvm::zip_equal(op.getResults(), buffers.asArrayRef()))
        memory[result] =
            placeOf(result, buffer < 0 ? outputs[-1 - buffer] : temporaries[buffer].memory);
  }

  Value addressOfFunction(LLVM::LLVMFuncOp function) {
    return LLVM::AddressOfOp::create(b, function);
  }

  /// What a kernel's functions are given: parameters, inputs, results, and room for two more.
  std::pair<Value, size_t> contextOf(KernelOp kernel) {
    SmallVector<Value> slots{params};
    for (Value input : kernel.getInputs())
      slots.push_back(memoryOf(input));
    for (Value result : kernel.getOutputs())
      slots.push_back(memory.lookup(result));
    Value context = onStack(pointer, slots.size() + 2);
    for (auto [i, slot] : llvm::enumerate(slots))
      LLVM::StoreOp::create(b, slot, element(pointer, context, int32_t(i)));
    return {context, slots.size()};
  }

  /// Whether the call before \p kernel runs it.
  static bool isFollowing(KernelOp kernel) {
    Operation *before = kernel->getPrevNode();
    return before && before->hasAttr("followed");
  }

  void callAndFollow(LibraryOpInterface op, const KernelCode &code) {
    auto kernel = cast<KernelOp>(op->getNextNode());
    locate(*kernel);
    Value units = sizes->product(*walkRows(kernel, op->getResult(0)));
    call(op, op.getRowsCallee(),
         {addressOfFunction(code.parts[0].traverse), contextOf(kernel).first, units});
  }

  void run(KernelOp kernel, const KernelCode &code) {
    auto [context, slots] = contextOf(kernel);
    auto invoke = [&, context = context](LLVM::LLVMFuncOp function, Value from, Value to) {
      LLVM::CallOp::create(b, function, ValueRange{context, from, to});
    };
    if (code.shape == Shape::scalar) {
      invoke(code.parts[0].traverse, i64(0), i64(1));
      return;
    }
    Value range = sizes->product(code.range), work = sizes->product(code.work);
    if (code.shape == Shape::whole) {
      Value blocks = ceilDivide(range, blockLength), states = i64(code.states),
            bytes = arith::MulIOp::create(b, arith::AddIOp::create(b, blocks, i64(1)),
                                          i64(code.states * 8));
      Value scratch = callRuntime("ndrt_alloc", pointer, {bytes});
      Value null = LLVM::ZeroOp::create(b, pointer);
      leaveIf(LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::eq, scratch, null), i32(memoryStatus));
      LLVM::StoreOp::create(b, scratch, element(pointer, context, int32_t(slots)));
      Value partials = element(b.getI64Type(), scratch, states);
      LLVM::StoreOp::create(b, partials, element(pointer, context, int32_t(slots + 1)));
      for (const KernelCode::Part &part : code.parts) {
        callRuntime("ndrt_parallel_for", {},
                    {addressOfFunction(part.traverse), context, blocks, i64(1)});
        invoke(part.combine, i64(0), blocks);
      }
      callRuntime("ndrt_free", {}, {scratch});
      return;
    }
    Value one = i64(1),
          grain = arith::DivUIOp::create(b, i64(taskWork), arith::MaxSIOp::create(b, work, one));
    if (code.work.empty())
      grain = i64(taskWork);
    else
      grain = arith::MaxSIOp::create(b, grain, one);
    if (code.grainMultiple > 1 && !code.work.empty())
      grain =
          arith::MulIOp::create(b, ceilDivide(grain, code.grainMultiple), i64(code.grainMultiple));
    Value function = addressOfFunction(code.parts[0].traverse);
    if (!code.columns.empty()) {
      Value isSingle =
          arith::CmpIOp::create(b, arith::CmpIPredicate::eq, sizes->product(code.columns), one);
      function =
          LLVM::SelectOp::create(b, isSingle, addressOfFunction(code.parts[0].single), function);
    }
    callRuntime("ndrt_parallel_for", {}, {function, context, range, grain});
  }

  /// A DLTensor on the stack (dlpack.h): data, device, ndim, dtype, shape, strides, byte_offset.
  Value tensor(Type type, Value data, ArrayRef<Value> strides) {
    auto ranked = tensorOf(type);
    int64_t rank = ranked.getRank();
    Type byte = b.getI8Type(), word = b.getI64Type();
    Value out = onStack(byte, 48), shape = onStack(word, rank ? rank : 1);
    auto put = [&](int32_t offset, Value value) {
      LLVM::StoreOp::create(b, value, element(byte, out, offset));
    };
    put(0, data);
    put(8, i32(1)); // kDLCPU
    put(12, i32(0));
    put(16, i32(rank));
    put(20, i32(dtypeCode(dtypeOf(ranked.getElementType()))));
    for (auto [i, extent] : llvm::enumerate(ranked.getShape()))
      LLVM::StoreOp::create(b, sizes->number(extent), element(word, shape, int32_t(i)));
    put(24, shape);
    if (strides.empty()) {
      put(32, LLVM::ZeroOp::create(b, pointer));
    } else {
      Value array = onStack(word, strides.size());
      for (auto [i, stride] : llvm::enumerate(strides))
        LLVM::StoreOp::create(b, stride, element(word, array, int32_t(i)));
      put(32, array);
    }
    put(40, i64(0));
    return out;
  }

  /// An operand as it lies in memory, views as strides.
  Value operandTensor(Value value) {
    Access access = accessOf(value);
    ArrayRef<int64_t> shape = tensorOf(access.root.getType()).getShape();
    Value offset = sizes->constant(0);
    for (auto [axis, terms] : llvm::enumerate(access.first))
      for (Access::Term term : terms)
        offset = sizes->add(offset, sizes->multiply(sizes->multiply(sizes->constant(term.factor),
                                                                    sizes->offset(term.number)),
                                                    sizes->stride(shape, axis)));
    SmallVector<Value> strides;
    for (auto [axis, step] : llvm::zip_equal(access.axis, access.step))
      strides.push_back(axis < 0
                            ? sizes->constant(0)
                            : sizes->multiply(sizes->constant(step), sizes->stride(shape, axis)));
    Type item = b.getIntegerType(rules::itemsize(dtypeOf(elementOf(value))) * 8);
    Value data = element(item, memoryOf(access.root), offset);
    if (access.root == value)
      strides.clear();
    return tensor(value.getType(), data, strides);
  }

  void check(Operation *op, Value status) {
    int64_t site = 0;
    if (auto attribute = op->getAttrOfType<IntegerAttr>("nd.site"))
      site = attribute.getInt();
    Value failed = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, status, i32(0));
    leaveIf(failed, arith::OrIOp::create(b, status, i32(site << 8)));
  }

  /// Puts an operand's elements where \p result lies, unless they are there.
  void copyInto(Operation *op, Value operand, Value result) {
    if (memoryOf(operand) != memory.lookup(result))
      check(op, callRuntime(
                    "ndrt_copy", b.getI32Type(),
                    {operandTensor(operand), tensor(result.getType(), memory.lookup(result), {})}));
  }

  /// \p more are arguments that stand behind the call's own.
  void call(LibraryOpInterface op, StringRef callee, ArrayRef<Value> more) {
    SmallVector<Value> arguments, list;
    std::optional<unsigned> updated = op.getUpdatedOperand(), listed = op.getListOperand();
    for (auto [i, operand] : llvm::enumerate(op->getOperands()))
      if (i == updated)
        copyInto(op, operand, op->getResult(0));
      else
        (listed && i >= *listed ? list : arguments).push_back(operandTensor(operand));
    if (listed) {
      arguments.push_back(onStack(pointer, std::max<size_t>(1, list.size())));
      for (auto [i, argument] : llvm::enumerate(list))
        LLVM::StoreOp::create(b, argument, element(pointer, arguments.back(), int32_t(i)));
      arguments.push_back(i32(list.size()));
    }
    for (Value result : op->getResults()) // of a check it is the operand's memory
      arguments.push_back(tensor(result.getType(), memoryOf(result), {}));
    for (TypedAttr scalar : op.getScalars())
      arguments.push_back(arith::ConstantOp::create(b, scalar));
    arguments.append(more.begin(), more.end());
    check(op, callRuntime(callee, b.getI32Type(), arguments));
  }

  /// A constant array of the module.
  Value global(const Twine &name, ArrayRef<int64_t> values) {
    auto type = RankedTensorType::get({int64_t(values.size())}, b.getI64Type());
    auto array = LLVM::LLVMArrayType::get(b.getI64Type(), values.size());
    OpBuilder top = OpBuilder::atBlockBegin(program->getParentOfType<ModuleOp>().getBody());
    auto global = LLVM::GlobalOp::create(top, func.getLoc(), array, /*isConstant=*/true,
                                         LLVM::Linkage::Internal, name.str(),
                                         DenseElementsAttr::get(type, values));
    return LLVM::AddressOfOp::create(b, global);
  }

  /// int32 name(const DLTensor *argument..., DLTensor *result...): checks each and runs the program
  /// on its data.
  void exportEntry(const std::string &name) {
    SmallVector<int64_t> values(func->getAttrOfType<DenseI64ArrayAttr>("nd.sizes").asArrayRef());
    func.walk([&](FullOp full) {
      if (std::optional<int64_t> slot = full.getParam()) {
        auto bits = bitsOf(full.getValue());
        values.resize(std::max<size_t>(values.size(), *slot + bits.size()));
        llvm::copy(bits, values.begin() + *slot);
      }
    });
    unsigned count = func.getNumArguments() + func.getNumResults();
    auto type = LLVM::LLVMFunctionType::get(b.getI32Type(), SmallVector<Type>(count, pointer));
    OpBuilder::InsertionGuard guard(module);
    auto entry = LLVM::LLVMFuncOp::create(module, func.getLoc(), name, type);
    b.setInsertionPointToStart(entry.addEntryBlock(module));
    Value params = global(name + "_params", values);
    Value data[2];
    for (int k = 0; k < 2; ++k)
      data[k] = LLVM::AllocaOp::create(
          b, pointer, pointer, i64(std::max(1u, k ? func.getNumResults() : func.getNumArguments())),
          16);
    Block *leave = new Block();
    leave->addArgument(b.getI32Type(), func.getLoc());
    for (auto [i, argument] : llvm::enumerate(entry.getArguments())) {
      bool isResult = i >= func.getNumArguments();
      auto tensor = tensorOf(isResult ? func.getResultTypes()[i - func.getNumArguments()]
                                      : func.getArgumentTypes()[i]);
      dtype_kind dtype = dtypeOf(tensor.getElementType());
      Value shape = global(name + "_shape" + std::to_string(i), tensor.getShape());
      Value status =
          callRuntime("ndrt_check", b.getI32Type(),
                      {argument, i32(dtypeCode(dtype)), i32(tensor.getRank()), shape, i32(i)});
      Block *next = new Block();
      entry.getBody().push_back(next);
      cf::CondBranchOp::create(b,
                               arith::CmpIOp::create(b, arith::CmpIPredicate::ne, status, i32(0)),
                               leave, ValueRange{status}, next, ValueRange{});
      b.setInsertionPointToStart(next);
      Value base = LLVM::LoadOp::create(b, pointer, argument);
      Value offset = LLVM::LoadOp::create(b, b.getI64Type(), element(b.getI8Type(), argument, 40));
      LLVM::StoreOp::create(
          b, element(b.getI8Type(), base, offset),
          element(pointer, data[isResult], int32_t(isResult ? i - func.getNumArguments() : i)));
    }
    auto call = LLVM::CallOp::create(b, program, ValueRange{data[0], data[1], params});
    cf::BranchOp::create(b, leave, ValueRange{call.getResult()});
    entry.getBody().push_back(leave);
    b.setInsertionPointToStart(leave);
    LLVM::ReturnOp::create(b, ValueRange{leave->getArgument(0)});
  }

  /// Copies results that could not be computed where they belong.
  void finish() {
    Operation *terminator = func.front().getTerminator();
    for (auto [operand, output] : llvm::zip_equal(terminator->getOperands(), outputs))
      if (Value from = memoryOf(operand); from != output)
        check(terminator, callRuntime("ndrt_copy", b.getI32Type(),
                                      {tensor(operand.getType(), from, {}),
                                       tensor(operand.getType(), output, {})}));
  }

  /// Where the part begins in the memory of \p op's result.
  Value firstOfPart(UpdateOpInterface op, Value memory) {
    View view;
    op.getPart(view);
    auto type = tensorOf(op->getResult(0).getType());
    Value offset = sizes->constant(0);
    for (int64_t axis = 0; axis < type.getRank(); ++axis)
      offset = sizes->add(offset, sizes->multiply(sizes->offset(view.offset[axis]),
                                                  sizes->stride(type.getShape(), axis)));
    Type item = b.getIntegerType(rules::itemsize(dtypeOf(type.getElementType())) * 8);
    return element(item, memory, offset);
  }

  /// Where \p result of an op begins in the memory of its buffer.
  Value placeOf(Value result, Value buffer) {
    auto update = isa<KernelOp>(result.getDefiningOp()) ? placingUpdate(result) : nullptr;
    return update && update->hasAttr("placed") ? firstOfPart(update, buffer) : buffer;
  }

  /// Writes the part, unless it stands there already; the rest first, unless the result lies over
  /// the first operand.
  void update(UpdateOpInterface op) {
    Value x = op->getOperand(0), part = op->getOperand(1), result = op->getResult(0);
    Value to = memory.lookup(result);
    copyInto(op, x, result);
    if (op->hasAttr("placed"))
      return;
    View view;
    op.getPart(view);
    ArrayRef<int64_t> shape = tensorOf(result.getType()).getShape();
    SmallVector<Value> strides;
    for (size_t axis = 0; axis < shape.size(); ++axis)
      strides.push_back(
          sizes->multiply(sizes->constant(view.step[axis]), sizes->stride(shape, axis)));
    check(op,
          callRuntime("ndrt_copy", b.getI32Type(),
                      {operandTensor(part), tensor(part.getType(), firstOfPart(op, to), strides)}));
  }

  void assemble(AssemblyOpInterface op) {
    Value result = op->getResult(0);
    ArrayRef<int64_t> shape = tensorOf(result.getType()).getShape();
    SmallVector<Value> strides;
    for (size_t axis = 0; axis < shape.size(); ++axis)
      strides.push_back(sizes->stride(shape, axis));
    Type item = b.getIntegerType(rules::itemsize(dtypeOf(elementOf(result))) * 8);
    int64_t axis = op.getAssemblyAxis();
    Value position = sizes->constant(0);
    for (Value part : op->getOperands()) {
      Value data = element(item, memory.lookup(result), sizes->multiply(position, strides[axis]));
      Value to = tensor(part.getType(), data, strides);
      check(op, callRuntime("ndrt_copy", b.getI32Type(), {operandTensor(part), to}));
      position = sizes->add(position, sizes->number(tensorOf(part.getType()).getDimSize(axis)));
    }
  }
};

struct LowerToLoops : nd::impl::LowerToLoopsBase<LowerToLoops> {
  using LowerToLoopsBase::LowerToLoopsBase;

  void runOnOperation() override {
    SmallVector<func::FuncOp> functions(getOperation().getOps<func::FuncOp>());
    OpBuilder module = OpBuilder::atBlockEnd(getOperation().getBody());
    for (func::FuncOp func : functions)
      if (failed(Program(func, module, exported, bounds).lower()))
        return signalPassFailure();
  }
};
} // namespace
