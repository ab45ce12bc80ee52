// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a compiled function keeps: one recording per signature of its arguments.
#ifndef ND_JIT_JIT_H
#define ND_JIT_JIT_H

#include "frontend/trace/Draw.h"
#include "frontend/trace/Program.h"
#include "nd/jit.h"

namespace nd::detail {

/// The dtype and shape of an argument; a weak scalar is its own kind.
struct argument_type {
  dtype_kind dtype;
  bool weak;
  nd::shape shape;
  bool takes(const node &n) const { return n.dtype == dtype && n.weak == weak && n.shape == shape; }
};

/// Where something concrete comes from when a compiled function runs.
struct source {
  enum class from : uint8_t { output, argument, captured } kind;
  size_t position; ///< among the program's outputs, the arguments or the captured arrays
  std::vector<view_step> steps = {}; ///< which view of it
};

/// A result of the program.
struct output {
  dtype_kind dtype;
  nd::shape shape;
  int64_t overwrites = -1; ///< the argument whose elements it replaces
  int64_t generator = -1;  ///< the bit generator whose state it replaces
  bool sized = true;       ///< its extents are known before it runs
};

/// A function recorded for one signature.
struct recording {
  std::vector<argument_type> arguments;
  std::vector<array> captured;           ///< concrete arrays from outside the function
  std::vector<generator_ref> generators; ///< those from outside that it draws from
  std::vector<source> inputs;            ///< of the program
  std::vector<output> outputs;
  bool writes = false;         ///< into arguments,
  bool direct = true;          ///< and straight into their memory
  std::vector<source> results; ///< of the function
  Structure structure;
  llvm::SmallVector<int64_t> ties; ///< per output the input that it may lie over, or empty
  llvm::SmallVector<op_place> places;
  executable code{}; ///< no entry where nothing is left to compute
};

/// Where nd::jit was called.
const site &where_of(const jit_core &core) noexcept;

/// Records the function of \p core for the dtypes and shapes of \p arguments; hands the slice to \p
/// finish, which runs with the recorder's lock held.
std::unique_ptr<recording>
trace(jit_core &core, traced_call call, std::span<node *const> arguments,
      llvm::function_ref<void(recording &, const record_slice &)> finish);

} // namespace nd::detail

#endif // ND_JIT_JIT_H
