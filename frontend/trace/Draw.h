// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Drawing from a bit generator: at once into a new array, or, inside nd::jit, as an op that takes
// its state and gives the next one.
#ifndef ND_TRACE_DRAW_H
#define ND_TRACE_DRAW_H

#include "frontend/trace/Record.h"

#include "ndrt/ndrt.h"

#include <mutex>

namespace nd::detail {

/// What the handles to one bit generator share.
struct generator_core {
  std::recursive_mutex mutex; ///< guards the words of the state
  int32_t kind;               ///< NDRT_PCG64 ..., 0 where the state alone knows
  array state;                ///< its memory stays the same; an argument where a trace has made it
  uint64_t born;              ///< the trace that it was made in, 0 for none

  explicit generator_core(int32_t kind);
  /// Over the state of another, whose words it moves.
  explicit generator_core(const array &state);
  uint64_t *words() const { return reinterpret_cast<uint64_t *>(bytes_of(state)); }
};
using generator_ref = std::shared_ptr<generator_core>;

struct distribution {
  int32_t code;
  std::string_view name; ///< as the op spells it, but in capitals
};

/// Numbers of shape \p s that \p core draws; \p parameters are arrays that broadcast to it. Many
/// that follow from their positions are recorded, and drawn where they are read; the state moves at
/// once.
///
/// Throws  value_error for a parameter outside the domain, from inside nd::jit when it runs.
array draw(const generator_ref &core, distribution d, std::span<const array> parameters,
           dtype_kind dtype, const shape &s, std::string_view what, const site &where);

/// Whether UNIFORM01 of shape \p s is recorded, and may be drawn where it is read.
bool draws_in_place(const generator_core &core, const shape &s, std::string_view what,
                    const site &where);

/// A generator that the trace of this thread has drawn from.
struct traced_generator {
  generator_ref core;
  array next; ///< the state behind the last draw
};
/// These, in order.
std::vector<traced_generator> &traced_generators();
/// The one for \p core, or null.
traced_generator *traced(const generator_core &core);

/// Records nd.random; \p results are the numbers and the next state. \p generator  the op's
/// attribute, empty for none.
void record_random(const array &state, std::span<const array> parameters, std::string_view name,
                   std::string_view generator, dtype_kind dtype, const shape &s,
                   std::span<array> results, const site &where);

} // namespace nd::detail

#endif // ND_TRACE_DRAW_H
