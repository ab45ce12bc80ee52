// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A program to compare: inputs, steps that name functions of nd, and what NumPy makes of them.
#ifndef ND_TESTS_NUMPY_PROGRAM_H
#define ND_TESTS_NUMPY_PROGRAM_H

#include <nd/nd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <variant>
#include <vector>

namespace compare {

/// Elements in C order.
struct data {
  nd::dtype dtype;
  nd::shape shape;
  std::vector<std::byte> bytes;
  int64_t size() const;
};

/// A step's operand: the number of an earlier value, or a scalar.
using argument = std::variant<int64_t, nd::scalar>;

/// One call; the integers and reals mean what the function's entry in steps.cpp says.
struct step {
  std::string name;
  std::vector<argument> arguments;
  std::vector<int64_t> integers;
  std::vector<double> reals;
};

/// How near a result must come.
enum class closeness : uint8_t {
  type,       ///< dtype and shape only; not evaluated
  equal,      ///< every element, the sign of zero too
  equal_zero, ///< every element, zeros of either sign are equal
  ulps,       ///< at most so many units in the last place, the sign of zero too
  absolute,   ///< at most so far, each element with its own bound
};

struct expectation {
  std::string label;
  int64_t value;
  closeness how;
  data expected;
  double ulps;
  std::vector<double> bounds;
};

/// What a program throws.
enum class failure : uint8_t { none, shape, dtype, index, value, linalg };

/// Values are numbered: the inputs first, then each step's results.
struct program {
  std::string label;
  failure throws = failure::none;
  bool together; ///< eagerly, one evaluation for all results and not one for each
  bool eager;    ///< not inside nd::jit
  std::vector<data> inputs;
  std::vector<step> steps;
  std::vector<expectation> results;
};

/// The next program, as core.py writes it; false at the end.
bool read(std::FILE *from, program &out);

/// Calls the steps from \p first up to \p last on the values so far; gives all values.
std::vector<nd::array> run(const program &p, const std::vector<nd::array> &values, size_t first,
                           size_t last = SIZE_MAX);
/// The values that are compared.
std::vector<nd::array> results_of(const program &p, const std::vector<nd::array> &values);
/// Calls the steps one after the other and gives the results that are compared.
std::vector<nd::array> run(const program &p, const std::vector<nd::array> &inputs);
/// How many steps in front are basic views of inputs.
size_t leading_views(const program &p);

/// Empty if \p got is what is expected, else what is wrong with it.
std::string mismatch(const nd::array &got, const expectation &wanted);

} // namespace compare

#endif // ND_TESTS_NUMPY_PROGRAM_H
