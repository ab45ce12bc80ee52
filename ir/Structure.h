// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What of a program is code and what is a run-time parameter.
#ifndef ND_IR_STRUCTURE_H
#define ND_IR_STRUCTURE_H

#include "ir/NdOps.h"
#include "llvm/ADT/MapVector.h"
#include <array>
#include <string>

namespace nd {

/// A program's parameters and a hash of the rest.
///
/// Extents other than 1 and slice offsets other than 0 are numbered as they first appear: equal
/// numbers share a slot, and which are equal is part of the hash. Scalars of nd.full have a slot
/// each (complex128 two), except 0, 1, -1, 2 and 0.5, which algebra can use. Two programs with one
/// hash run the same code.
struct Structure {
  llvm::SmallVector<int64_t> params;            ///< sizes, then scalars as bits
  size_t sizes = 0;                             ///< how many of params are sizes
  llvm::SmallVector<mlir::Operation *> scalars; ///< the nd.full ops behind the rest of params
  std::array<uint64_t, 2> hash{};
};

/// Describes the program that computes \p results with \p ops, in order, from \p inputs. \p ties,
/// if not empty, says for each result which input it overwrites, -1 for none.
Structure describe(llvm::ArrayRef<mlir::Value> inputs, llvm::ArrayRef<mlir::Operation *> ops,
                   llvm::ArrayRef<mlir::Value> results, llvm::ArrayRef<int64_t> ties = {});

/// What describe() hashes as text: equal in every process for programs that run the same code,
/// different for others.
std::string wordsOf(llvm::ArrayRef<mlir::Value> inputs, llvm::ArrayRef<mlir::Operation *> ops,
                    llvm::ArrayRef<mlir::Value> results, llvm::ArrayRef<int64_t> ties = {});

/// A scalar's bits as parameters hold them: the halves as float32, which registers hold; complex64
/// the real part in the low half of one slot, complex128 a slot for each part.
llvm::SmallVector<int64_t, 2> bitsOf(mlir::TypedAttr value);

} // namespace nd

#endif // ND_IR_STRUCTURE_H
