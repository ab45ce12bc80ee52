// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/ndc/Run.h"
#include "frontend/io/Npy.h"
#include "frontend/jit/Engine.h"
#include "frontend/print/Format.h"
#include "ir/Structure.h"
#include "ir/rules/extent.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include "ndrt/ndrt.h"
#include "passes/Passes.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace nd;

namespace ndc {
namespace {

int fail(const std::string &text) {
  llvm::errs() << "ndc: " << text << "\n";
  return 1;
}

std::string typeText(Type type) {
  auto tensor = tensorOf(type);
  return std::string(rules::name(dtypeOf(tensor.getElementType()))) + " " +
         rules::to_string(shapeOf(type));
}

size_t bytesOf(Type type) {
  auto tensor = tensorOf(type);
  return size_t(tensor.getNumElements()) * rules::itemsize(dtypeOf(tensor.getElementType()));
}

struct Freed {
  std::vector<void *> pointers;
  ~Freed() {
    for (void *pointer : pointers)
      ndrt_free(pointer);
  }
};

} // namespace

int run(ModuleOp module, const std::vector<std::string> &inputs,
        const std::vector<std::string> &outputs) {
  SmallVector<func::FuncOp> functions(module.getOps<func::FuncOp>());
  if (functions.size() != 1 || !functions[0].getBody().hasOneBlock())
    return fail("the program has " + std::to_string(functions.size()) +
                " functions; run takes a program with one, of one block");
  func::FuncOp func = functions[0];
  if (inputs.size() != func.getNumArguments())
    return fail("the program takes " + std::to_string(func.getNumArguments()) + " arrays and " +
                std::to_string(inputs.size()) + " files are given");
  if (!outputs.empty() && outputs.size() != func.getNumResults())
    return fail("the program gives " + std::to_string(func.getNumResults()) + " arrays and " +
                std::to_string(outputs.size()) +
                " -o files are given; give one for each, or none to print");

  for (Type type : func.getResultTypes())
    if (auto tensor = dyn_cast<RankedTensorType>(type);
        tensor && llvm::any_of(tensor.getShape(), rules::is_run_time))
      return fail("the program gives " + rules::to_string(shapeOf(tensor)) +
                  ", whose extent is decided at run time; run takes programs with results of known "
                  "sizes: call it from C++ through nd::jit");
  Freed memory;
  std::vector<void *> in, out;
  for (auto [i, path] : llvm::enumerate(inputs)) {
    auto array = io::read_npy(path);
    if (!array)
      return fail(array.error().message);
    BlockArgument argument = func.getArgument(i);
    Type given = tensorType(array->info.shape, typeOf(module.getContext(), array->info.dtype));
    if (!isa<RankedTensorType>(argument.getType()) ||
        !compatibleTypes({given}, {argument.getType()}))
      return fail(
          path + ": holds " + typeText(given) + " but argument " + std::to_string(i) + " is " +
          (isa<RankedTensorType>(argument.getType()) ? typeText(argument.getType()) : "no array"));
    argument.setType(given);
    void *data = ndrt_alloc(array->bytes);
    if (!data)
      return fail(ndrt_last_error());
    memory.pointers.push_back(data);
    if (array->info.fortran_order && array->bytes) {
      // Programs take C order.
      rules::shape shape = array->info.shape, strides(shape.size(), 1);
      for (size_t axis = 1; axis < shape.size(); ++axis)
        strides[axis] = strides[axis - 1] * shape[axis - 1];
      const size_t width = rules::itemsize(array->info.dtype);
      DLDataType type{uint8_t(width == 16 ? kDLComplex : kDLUInt), uint8_t(width * 8), 1};
      DLTensor from{
          array->data.get(), {kDLCPU, 0}, int(shape.size()), type, shape.data(), strides.data(), 0};
      DLTensor to{data, {kDLCPU, 0}, int(shape.size()), type, shape.data(), nullptr, 0};
      if (ndrt_copy(&from, &to))
        return fail(ndrt_last_error());
    } else {
      std::memcpy(data, array->data.get(), array->bytes);
    }
    in.push_back(data);
  }
  func.setType(FunctionType::get(module.getContext(), func.front().getArgumentTypes(),
                                 func.getResultTypes()));
  PassManager infer(module.getContext());
  infer.addNestedPass<func::FuncOp>(createInferShapes());
  if (failed(infer.run(module)))
    return 1;

  SmallVector<Value> arguments(func.getArguments());
  SmallVector<Operation *> ops;
  for (Operation &op : func.front().without_terminator())
    ops.push_back(&op);
  for (Type type : func.getResultTypes())
    if (!tensorOf(type).hasStaticShape())
      return fail("a result is " + typeText(type) +
                  ": its extents do not follow from the arguments");
  Structure structure =
      describe(arguments, ops, SmallVector<Value>(func.front().getTerminator()->getOperands()));
  SmallVector<Location> sites;
  for (Operation *op : ops)
    sites.push_back(op->getLoc());
  SmallVector<Type> results(func.getResultTypes());
  for (Type type : results) {
    void *data = ndrt_alloc(bytesOf(type));
    if (!data)
      return fail(ndrt_last_error());
    memory.pointers.push_back(data);
    out.push_back(data);
  }
  auto code = jit_engine::get().compile(module);
  if (!code)
    return fail(code.error());
  if (int32_t status = code->entry(in.data(), out.data(), structure.params.data())) {
    std::string where;
    if (size_t site = status >> 8; site > 0 && site <= sites.size()) {
      llvm::raw_string_ostream stream(where);
      stream << sites[site - 1] << ": ";
    }
    return fail(where + ndrt_last_error());
  }
  for (auto [i, type] : llvm::enumerate(results)) {
    dtype_kind dtype = dtypeOf(tensorOf(type).getElementType());
    rules::shape shape = shapeOf(type);
    if (outputs.empty())
      llvm::outs() << print::format(out[i], dtype, shape, {}, {}) << "\n";
    else if (auto written = io::write_npy(outputs[i], out[i], dtype, shape); !written)
      return fail(written.error().message);
  }
  return 0;
}

} // namespace ndc
