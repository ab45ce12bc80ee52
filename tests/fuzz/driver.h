// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the driver of random programs needs of arrays: inputs in several layouts, copies, bits.
#ifndef ND_TESTS_FUZZ_DRIVER_H
#define ND_TESTS_FUZZ_DRIVER_H

#include "numpy/program.h"

#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace fuzz {

using arrays = std::vector<nd::array>;
/// Elements in C order; a nan has the same bits as every other.
using copy = compare::data;

template <size_t> using parameter = nd::array;

/// Calls \p f with an index for each of \p count arrays.
template <class F> void with_count(size_t count, F f) {
#define ND_COUNT(n)                                                                                \
  case n:                                                                                          \
    return f(std::make_index_sequence<n>());
  switch (count) {
    ND_COUNT(0)
    ND_COUNT(1)
    ND_COUNT(2)
    ND_COUNT(3)
    ND_COUNT(4)
    ND_COUNT(5)
    ND_COUNT(6)
  }
#undef ND_COUNT
  throw std::logic_error("a program has at most 6 inputs");
}

/// How the elements of inputs lie in memory.
enum class layout { c_order, fortran, strided };

/// The inputs as arrays that nobody has written into yet.
arrays inputs_of(const compare::program &p, layout how);
/// The elements, evaluated.
copy copy_of(const nd::array &a);
/// Empty if both have the same dtype, shape and bits, else where they differ.
std::string differs(const copy &got, const copy &wanted);
uint64_t hash_of(const std::vector<copy> &values);

void eval_together(const arrays &a);

/// Which program runs, for the handler of crashes.
void note(const compare::program &p);
void report_crashes();

} // namespace fuzz

#endif // ND_TESTS_FUZZ_DRIVER_H
