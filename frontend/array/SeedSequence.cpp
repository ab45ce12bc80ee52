// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/trace/Draw.h"
#include "nd/bit_generators.h"

#include <cctype>
#include <cstring>
#include <random>

namespace nd::random {

void entropy::add(int64_t value, bool positive, const site &where) {
  if (value < 0 && !positive)
    detail::raise(rules::error_kind::value, "entropy",
                  "the seed is " + std::to_string(value) + "; it must be 0 or more", where);
  const uint64_t bits = uint64_t(value);
  words_.push_back(uint32_t(bits));
  if (bits >> 32)
    words_.push_back(uint32_t(bits >> 32));
}

entropy::entropy(std::string_view integer, site where) : given_(true) {
  std::string_view digits = integer;
  uint32_t base = 10;
  if (digits.starts_with("0x") || digits.starts_with("0X")) {
    base = 16;
    digits.remove_prefix(2);
  }
  words_.push_back(0);
  bool valid = !digits.empty();
  for (unsigned char c : digits) {
    const uint32_t digit = std::isdigit(c)    ? c - '0'
                           : std::isxdigit(c) ? uint32_t(std::tolower(c) - 'a' + 10)
                                              : 99;
    valid &= digit < base;
    uint64_t carry = digit;
    for (uint32_t &word : words_) {
      carry += uint64_t(word) * base;
      word = uint32_t(carry);
      carry >>= 32;
    }
    if (carry)
      words_.push_back(uint32_t(carry));
  }
  if (!valid)
    detail::raise(rules::error_kind::value, "entropy",
                  "the seed '" + std::string(integer) +
                      "' is no integer; use decimal digits, or 0x and hexadecimal ones",
                  where);
}

struct SeedSequence::content {
  std::vector<uint32_t> entropy, spawn_key;
  int32_t pool_size;
  uint32_t children;

  /// What goes into the pool: the key behind entropy that fills the pool.
  std::vector<uint32_t> assembled() const {
    std::vector<uint32_t> all = entropy;
    if (!spawn_key.empty() && all.size() < size_t(pool_size))
      all.resize(size_t(pool_size));
    all.insert(all.end(), spawn_key.begin(), spawn_key.end());
    return all;
  }
};

SeedSequence::SeedSequence(const entropy &seed, const std::vector<uint32_t> &spawn_key,
                           int32_t pool_size, uint32_t n_children_spawned, site where)
    : content_(std::make_shared<content>()) {
  if (pool_size < 4 || pool_size > 65536)
    detail::raise(rules::error_kind::value, "SeedSequence",
                  "the pool has " + std::to_string(pool_size) + " words; use 4 to 65536", where);
  content_->entropy = seed.words();
  if (!seed.given()) {
    std::random_device device;
    for (int32_t i = 0; i < pool_size; ++i)
      content_->entropy.push_back(device());
  }
  content_->spawn_key = spawn_key;
  content_->pool_size = pool_size;
  content_->children = n_children_spawned;
}

array SeedSequence::generate_state(int64_t n_words, dtype type, site where) const {
  if (type != uint32 && type != uint64)
    detail::raise(rules::error_kind::dtype, "generate_state",
                  "the dtype is " + std::string(rules::name(type)) + "; use uint32 or uint64",
                  where);
  array out = detail::allocate(type, {n_words}, "generate_state", where);
  const std::vector<uint32_t> all = content_->assembled();
  // Words of 64 bits are two of 32, the low one first.
  if (ndrt_seed_sequence(all.data(), int64_t(all.size()), content_->pool_size,
                         reinterpret_cast<uint32_t *>(detail::bytes_of(out)),
                         type == uint64 ? 2 * n_words : n_words))
    detail::raise(rules::error_kind::value, "generate_state", ndrt_last_error(), where);
  return out;
}

std::vector<SeedSequence> SeedSequence::spawn(int64_t n_children, site where) {
  constexpr int64_t bytes_of_child = 160; // and what malloc adds
  detail::expect_memory(n_children, bytes_of_child, "spawn", where);
  std::vector<SeedSequence> out;
  for (int64_t i = 0; i < n_children; ++i) {
    out.emplace_back();
    *out.back().content_ = *content_;
    out.back().content_->children = 0;
    out.back().content_->spawn_key.push_back(content_->children++);
  }
  return out;
}

const std::vector<uint32_t> &SeedSequence::entropy_words() const { return content_->entropy; }
const std::vector<uint32_t> &SeedSequence::spawn_key() const { return content_->spawn_key; }
int32_t SeedSequence::pool_size() const { return content_->pool_size; }
uint32_t SeedSequence::n_children_spawned() const { return content_->children; }

} // namespace nd::random
