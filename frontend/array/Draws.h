// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the functions that draw have in common: parameters as arrays, and the shape of a result.
#ifndef ND_ARRAY_DRAWS_H
#define ND_ARRAY_DRAWS_H

#include "frontend/array/Compose.h"
#include "frontend/trace/Draw.h"
#include "nd/random.h"

namespace nd::random {

#define ND_DISTRIBUTION(name) (detail::distribution{NDRT_RANDOM_##name, #name})

/// The runtime's text without the name of its function.
std::string name_and(std::string_view message);

/// A parameter as an array of \p type: float64, or int64, which takes no floats.
array parameter(const operand &x, dtype type, const char *what, const char *name);
/// What is drawn with such parameters: \p size, or the shape they broadcast to.
nd::shape drawn_shape(const size &size, std::span<const array> parameters, const char *what,
                      const site &where);

/// Integers between bounds that broadcast.
array integers_of(const detail::generator_ref &core, const operand &low, const operand &high,
                  const size &size, dtype type, detail::distribution d, const char *what);

/// Positions of \p count elements chosen of \p total.
array chosen_positions(const detail::generator_ref &core, int64_t total, const nd::shape &s,
                       const choice_options &options, bool legacy, const site &where);
/// Generator::choice, or the legacy one.
array chosen_elements(const detail::generator_ref &core, const operand &a, const size &size,
                      const choice_options &options, bool legacy);
/// 0 ... n - 1 in a random order.
array shuffled_positions(const detail::generator_ref &core, int64_t n, const char *what,
                         const site &where);
array permuted_parts(const detail::generator_ref &core, const operand &x, int64_t axis);
void shuffle_parts(const detail::generator_ref &core, const array &x, int64_t axis,
                   const site &where);

} // namespace nd::random

#endif // ND_ARRAY_DRAWS_H
