// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/array/Draws.h"

#include "nd/jit.h"

#include <algorithm>
#include <cstring>

namespace nd::random {
namespace {

constexpr std::string_view names[] = {"", "PCG64", "PCG64DXSM", "Philox", "SFC64", "MT19937"};

/// No state can be read or moved while a function is recorded.
void require_value(const detail::generator_core &core, const char *what, const site &where) {
  if (detail::current_trace && (core.born != detail::current_trace || detail::traced(core)))
    throw trace_error(detail::prefix(what, where) +
                      "the state is not known while nd::jit records; do this outside the function");
}

} // namespace

BitGenerator::BitGenerator(int32_t kind, const SeedSequence &seed)
    : core_(std::make_shared<detail::generator_core>(kind)), seed_(seed) {
  const int64_t n = ndrt_random_seed_words(kind);
  array words = seed.generate_state(n);
  ndrt_random_seed(kind, words.data<uint32_t>(), n, core_->words());
}

PCG64::PCG64(const SeedSequence &seed) : BitGenerator(NDRT_PCG64, seed) {}
PCG64DXSM::PCG64DXSM(const SeedSequence &seed) : BitGenerator(NDRT_PCG64DXSM, seed) {}
Philox::Philox(const SeedSequence &seed) : BitGenerator(NDRT_PHILOX, seed) {}
SFC64::SFC64(const SeedSequence &seed) : BitGenerator(NDRT_SFC64, seed) {}
MT19937::MT19937(const SeedSequence &seed) : BitGenerator(NDRT_MT19937, seed) {}

std::string_view BitGenerator::name() const { return names[core_->kind]; }

array BitGenerator::state(site where) const {
  require_value(*core_, "state", where);
  array out = detail::allocate(uint64, core_->state.shape(), "state", where);
  std::lock_guard guard(core_->mutex);
  std::memcpy(detail::bytes_of(out), core_->words(), size_t(out.nbytes()));
  return out;
}

void BitGenerator::set_state(const operand &words) const {
  const site &where = words.where();
  require_value(*core_, "set_state", where);
  array from = detail::as_array(words);
  detail::evaluated(from, "set_state", where);
  from = detail::packed(from);
  if (from.dtype() != uint64 || !(from.shape() == core_->state.shape()) ||
      *from.data<uint64_t>(where) != uint64_t(core_->kind))
    detail::raise(rules::error_kind::value, "set_state",
                  "the words are " + std::string(rules::name(from.dtype())) + " of shape " +
                      to_string(from.shape()) + ", which is no state of " + std::string(name()) +
                      "; give what its state() gave",
                  where);
  std::lock_guard guard(core_->mutex);
  std::memcpy(core_->words(), from.data<uint64_t>(where), size_t(from.nbytes()));
}

array BitGenerator::random_raw(const size &size, site where) const {
  const bool narrow = core_->kind == NDRT_MT19937;
  const dtype type = narrow ? uint32 : uint64;
  array low = detail::record_full(0, uint64, {}, where);
  array high =
      detail::record_full(scalar(narrow ? uint64_t(UINT32_MAX) : UINT64_MAX), uint64, {}, where);
  const array bounds[] = {low, high};
  array out = detail::draw(core_, ND_DISTRIBUTION(INTEGERS_CLOSED), bounds, type,
                           size.given() ? size.value() : shape(), "random_raw", where);
  return narrow ? out.astype(uint64, where) : out;
}

SeedSequence BitGenerator::seed_seq(site where) const {
  if (!seed_)
    detail::raise(
        rules::error_kind::value, "seed_seq",
        "this " + std::string(name()) +
            " was not made from a seed, as what jumped() gives is not; spawn from the one "
            "that it came from",
        where);
  return *seed_;
}

std::vector<BitGenerator> BitGenerator::spawn(int64_t n_children, site where) const {
  SeedSequence seed = seed_seq(where);
  detail::expect_memory(n_children, 8 * ndrt_random_words(core_->kind) + detail::bytes_of_array,
                        "spawn", where);
  std::vector<BitGenerator> out;
  for (const SeedSequence &child : seed.spawn(n_children, where))
    out.push_back(BitGenerator(core_->kind, child));
  return out;
}

const BitGenerator &BitGenerator::advance(const entropy &delta, site where) const {
  const std::vector<uint32_t> &words = delta.words();
  std::array<uint64_t, 4> steps{};
  for (size_t i = 0; i < words.size() && i < 8; ++i)
    steps[i / 2] |= uint64_t(words[i]) << (32 * (i % 2));
  return move(steps, where);
}

const BitGenerator &BitGenerator::move(const std::array<uint64_t, 4> &draws,
                                       const site &where) const {
  require_value(*core_, "advance", where);
  std::lock_guard guard(core_->mutex);
  if (ndrt_random_advance(core_->words(), draws.data()))
    detail::raise(rules::error_kind::value, "advance", name_and(ndrt_last_error()), where);
  return *this;
}

BitGenerator BitGenerator::jumped(int64_t jumps, site where) const {
  if (jumps < 0)
    detail::raise(rules::error_kind::value, "jumped",
                  "the number of jumps is " + std::to_string(jumps) + "; it must be 0 or more",
                  where);
  BitGenerator out;
  out.core_ = std::make_shared<detail::generator_core>(core_->kind);
  array now = state(where);
  std::memcpy(out.core_->words(), now.data<uint64_t>(), size_t(now.nbytes()));
  if (ndrt_random_jump(out.core_->words(), uint64_t(jumps)))
    detail::raise(rules::error_kind::value, "jumped", name_and(ndrt_last_error()), where);
  return out;
}

} // namespace nd::random

// Generators as arguments of nd::jit.

namespace nd::detail {

const array &state_of(const random::Generator &g) noexcept {
  return g.bit_generator().core()->state;
}
random::Generator drawing_from(const array &state) {
  return random::Generator(random::BitGenerator(std::make_shared<generator_core>(state)));
}
void settle(const random::Generator &g, const array &state) {
  if (!current_trace)
    return; // it drew from this memory
  if (traced_generator *drawn = traced(*g.bit_generator().core()))
    write(state, drawn->next, false, "random", site());
}
bool is_tracing() noexcept { return current_trace != 0; }

sole_use::sole_use(std::initializer_list<const random::Generator *> generators) {
  std::vector<generator_ref> cores;
  for (const random::Generator *g : generators)
    if (g)
      cores.push_back(g->bit_generator().core());
  std::sort(cores.begin(), cores.end()); // in one order everywhere
  for (const generator_ref &core : cores) {
    core->mutex.lock();
    held_.push_back(core);
  }
}
sole_use::~sole_use() {
  for (const std::shared_ptr<void> &core : held_)
    static_cast<generator_core *>(core.get())->mutex.unlock();
}

} // namespace nd::detail
