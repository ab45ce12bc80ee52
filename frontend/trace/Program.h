// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A part of the record as a program of its own: what it reads, computes and gives.
#ifndef ND_TRACE_PROGRAM_H
#define ND_TRACE_PROGRAM_H

#include "frontend/trace/Recorder.h"
#include "ir/Structure.h"
#include "mlir/IR/OwningOpRef.h"

namespace nd::detail {

/// The ops that values depend on, in an order that depends on nothing else.
struct record_slice {
  llvm::SmallVector<mlir::Value> inputs;    ///< results of nd.input, in order of first use
  llvm::SmallVector<mlir::Operation *> ops; ///< operands before their users
  llvm::SmallVector<mlir::Value> results;   ///< distinct results of ops
};

/// The slice behind \p results; those that are nd.input themselves are left out.
record_slice slice_behind(llvm::ArrayRef<mlir::Value> results);

/// A module with func.func @main: the slice's ops, its inputs as arguments. \p ties, if not empty,
/// says for each result which argument it overwrites, -1 for none.
mlir::OwningOpRef<mlir::ModuleOp> clone(const record_slice &slice,
                                        llvm::ArrayRef<int64_t> ties = {});

/// Whether a program's one result can be written where it belongs: nothing can fail, or nothing
/// after the first element is written, as in an update of an input.
bool fails_first(const record_slice &slice);

/// Which ops a program runs and where they were written, in order.
struct op_place {
  std::string name; ///< of the function that the user called, as far as the op knows
  mlir::Location where;
};
llvm::SmallVector<op_place> places_of(const record_slice &slice);

/// The compiled code of a program, found by its structure, or compiled from \p build. Wants the
/// recorder's lock.
///
/// Throws  compile_error.
executable code_for(const Structure &structure,
                    llvm::function_ref<mlir::OwningOpRef<mlir::ModuleOp>()> build);

/// Throws linalg_error, or what else a program's status stands for, with the place and name of the
/// op at fault.
[[noreturn]] void raise_status(int32_t status, llvm::ArrayRef<op_place> places);

} // namespace nd::detail

#endif // ND_TRACE_PROGRAM_H
