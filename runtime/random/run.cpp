// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Draws by position: numbers for loops that make them as they go, and the state behind so many.
#include "random/lanes.h"
#include "random/request.h"

#include <algorithm>
#include <limits>

namespace ndrt::random {
namespace {

/// What compiled code keeps between calls.
struct Run {
  int64_t first;  ///< position of the first number
  int64_t behind; ///< raw draws that the engine has made
  alignas(64) std::byte engine[NDRT_RUN_HEAD - 64];
  alignas(64) std::byte numbers[NDRT_RUN_BYTES];
};
static_assert(offsetof(Run, numbers) == NDRT_RUN_HEAD);

/// \p count raw draws from \p from on.
template <class Engine>
void rawDraws(const uint64_t *state, int64_t from, int64_t count, Run &run, uint64_t *out) {
  static_assert(sizeof(Engine) <= sizeof run.engine);
  auto *engine = reinterpret_cast<Engine *>(run.engine);
  if (run.first == INT64_MIN || run.behind != from) {
    engine = new (run.engine) Engine;
    engine->read(state + 2);
    if (from)
      engine->skip(u128(from));
  }
  engine->fill(out, count);
  run.behind = from + count;
}

template <class Engine>
void fillRun(const uint64_t *state, int64_t position, int64_t count, bool narrow, Run &run) {
  constexpr int64_t most = NDRT_RUN_BYTES / 8;
  const int64_t left = count - position;
  if (!narrow) {
    const int64_t n = std::min(left, most);
    auto *draws = reinterpret_cast<uint64_t *>(run.numbers); // where the numbers will be
    rawDraws<Engine>(state, position, n, run, draws);
    toDoubles(draws, reinterpret_cast<double *>(run.numbers), n);
  } else {
    // The half that the state keeps comes first; a run may start and end in the middle of a draw.
    auto number = [](uint64_t half) { return float(int32_t(uint32_t(half) >> 8)) * 0x1p-24f; };
    auto *out = reinterpret_cast<float *>(run.numbers);
    const bool keeps = state[1] & 1;
    int64_t n = std::min(left, 2 * most), half = position - keeps;
    if (half < 0) {
      *out++ = number(state[1] >> 32);
      half = 0;
      --n;
    }
    if (n > 0) {
      alignas(64) uint64_t room[most + 1];
      const uint64_t *draws = room;
      rawDraws<Engine>(state, half / 2, (half % 2 + n + 1) / 2, run, room);
      if (half % 2) {
        *out++ = number(*draws++ >> 32);
        --n;
      }
      toFloats(draws, out, n / 2);
      if (n % 2)
        out[n - 1] = number(draws[n / 2]);
    }
  }
  run.first = position;
}

} // namespace
} // namespace ndrt::random

void ndrt_random_run(const uint64_t *state, int64_t position, int64_t count, int32_t kind,
                     int32_t is_float32, void *memory) {
  using namespace ndrt::random;
  Run &run = *static_cast<Run *>(memory);
  const bool narrow = is_float32 != 0;
  if (state[0] == uint64_t(kind))
    switch (kind) {
    case pcg64:
      return fillRun<Pcg64>(state, position, count, narrow, run);
    case pcg64dxsm:
      return fillRun<Pcg64Dxsm>(state, position, count, narrow, run);
    case philox:
      return fillRun<Philox>(state, position, count, narrow, run);
    }
  if (narrow)
    std::fill_n(reinterpret_cast<float *>(run.numbers), NDRT_RUN_BYTES / 4,
                std::numeric_limits<float>::quiet_NaN());
  else
    std::fill_n(reinterpret_cast<double *>(run.numbers), NDRT_RUN_BYTES / 8,
                std::numeric_limits<double>::quiet_NaN());
  run.first = position;
}

ndrt_status ndrt_random_skip(const DLTensor *state, const DLTensor *count, DLTensor *next,
                             int32_t halves) {
  using namespace ndrt;
  using namespace ndrt::random;
  Strided from, draws, to;
  const uint64_t *words;
  if (ndrt_status status = readStates(state, next, from, to, words))
    return status;
  if (ndrt_status status = view(count, "random", "count", draws))
    return status;
  if (draws.rank != 0 || !isInt64(draws.type))
    return misfit("random", {{"count", draws}}, "one int64 is expected");
  const int64_t n = *reinterpret_cast<const int64_t *>(draws.data);
  if (n < 0 || words[0] == mt19937)
    return fail(NDRT_ERR_ARGUMENT,
                n < 0 ? "random: %lld numbers are to be drawn; give 0 or more"
                      : "random: MT19937 cannot pass over %lld numbers; draw them",
                static_cast<long long>(n));
  withSource(words, reinterpret_cast<uint64_t *>(to.data), 0, [&](auto &source) {
    if constexpr (requires { source.skip(n); })
      halves ? source.skipHalves(n) : source.skip(n);
  });
  return NDRT_OK;
}
