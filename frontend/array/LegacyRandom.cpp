// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The older functions of numpy.random: one MT19937 for the program, masks and the polar method.
#include "frontend/array/Draws.h"

namespace nd::random {

namespace {

const detail::generator_ref &global() {
  static const BitGenerator &bits = *new MT19937();
  return bits.core();
}

} // namespace

void seed(const entropy &value, site where) {
  const detail::generator_ref &core = global();
  if (detail::current_trace)
    throw trace_error(detail::prefix("seed", where) +
                      "the seed would be set once, while nd::jit records; do this outside the "
                      "function");
  const entropy given = value.given() ? value : entropy(SeedSequence().entropy_words());
  const std::vector<uint32_t> &words = given.words();
  std::lock_guard guard(core->mutex);
  if (value.is_list() || !value.given()
          ? ndrt_random_seed_legacy(words.data(), int64_t(words.size()), core->words())
          : ndrt_random_seed(NDRT_MT19937, words.data(), int64_t(words.size()), core->words()))
    detail::raise(rules::error_kind::value, "seed",
                  "the seed has " + std::to_string(words.size()) +
                      " words; use an integer below 2^32, or a list of them",
                  where);
}

array rand(const size &size, site where) {
  return detail::draw(global(), ND_DISTRIBUTION(UNIFORM01), {}, float64,
                      size.given() ? size.value() : nd::shape(), "rand", where);
}
array randn(const size &size, site where) {
  return detail::draw(global(), ND_DISTRIBUTION(LEGACY_GAUSS), {}, float64,
                      size.given() ? size.value() : nd::shape(), "randn", where);
}
array randint(const operand &low, const operand &high, const size &size, dtype type) {
  return integers_of(global(), low, high, size, type, ND_DISTRIBUTION(INTEGERS_MASKED), "randint");
}
array randint(const operand &high, std::nullopt_t, const size &size, dtype type) {
  return randint(operand(0, high.where()), high, size, type);
}
array choice(const operand &a, const size &size, const choice_options &options) {
  return chosen_elements(global(), a, size, options, true);
}
void shuffle(const array &x, site where) { shuffle_parts(global(), x, 0, where); }
array permutation(const operand &x) { return permuted_parts(global(), x, 0); }

} // namespace nd::random
