// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a program costs, before it runs.
#ifndef ND_COST_H
#define ND_COST_H

#include <nd/export.h>

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace ND_API nd {

/// Counts of arithmetic and memory traffic.
struct operation_counts {
  /// Arithmetic operations on elements, of any dtype: one for what computes, a function such as exp
  /// too, none for what only moves; of complex numbers those of their parts. Of a library call the
  /// leading terms of its algorithm, 0 where it does not compute.
  int64_t flops = 0;
  int64_t functions = 0;     ///< those among them that are functions such as exp, tanh or power
  int64_t bytes_read = 0;    ///< each element that is looked at, once in each row
  int64_t bytes_written = 0; ///< of results and temporaries

  /// Arithmetic intensity: flops for each byte read or written.
  double intensity() const;
};

/// A loop nest, a library call or a copy.
struct cost_row : operation_counts {
  enum class form : uint8_t { kernel, library_call, copy } kind = form::kernel;
  std::string what;               ///< its operations, "subtract exp sum"
  std::vector<std::string> where; ///< file:line of each operation, as they were written
  /// False where an extent is decided at run time: the counts are 0 then.
  bool known = true;
};

/// The cost of a program: its rows in the order in which they run, and their sums.
struct program_cost : operation_counts {
  std::vector<cost_row> rows;
  int64_t kernels = 0, library_calls = 0, copies = 0;
  int64_t temporaries = 0;     ///< arrays that stand in memory meanwhile; memory is used again
  int64_t temporary_bytes = 0; ///< of those whose extents are known
  bool known = true;           ///< false if a row is not
};

/// A table, a row a line, with the sums below.
std::ostream &operator<<(std::ostream &, const program_cost &);

} // namespace nd

#endif // ND_COST_H
