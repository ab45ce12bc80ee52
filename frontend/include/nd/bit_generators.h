// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Seeds and bit generators of nd::random.
#ifndef ND_BIT_GENERATORS_H
#define ND_BIT_GENERATORS_H

#include <nd/array.h>

#include <array>
#include <memory>
#include <string_view>

namespace ND_API nd {
namespace random {

/// How many numbers, as a shape: an integer, `{2, 3}`, an nd::shape, or `{}` for what the
/// parameters broadcast to (numpy's size=None).
class size {
public:
  size() = default;
  size(std::nullopt_t) {}
  template <std::integral T> size(T n) : shape_(nd::shape(n)) {}
  size(std::initializer_list<extent> extents) : shape_(nd::shape(extents)) {}
  size(const nd::shape &s) : shape_(s) {}
  size(const std::vector<int64_t> &extents) : shape_(nd::shape(extents)) {}

  bool given() const { return shape_.has_value(); }
  const nd::shape &value() const { return *shape_; }

private:
  std::optional<nd::shape> shape_;
};

/// A seed: an integer of any size, a list of integers, or nothing, which asks the system. Integers
/// beyond 64 bits are written as text, "0x1234..." or decimal.
///
/// Throws  value_error for a negative integer, or a text that is no integer.
class entropy {
public:
  entropy() = default;
  entropy(std::nullopt_t) {}
  template <std::integral T> entropy(T value, site where = site::current()) : given_(true) {
    add(int64_t(value), value > 0, where);
  }
  template <std::integral T>
  entropy(std::initializer_list<T> values, site where = site::current())
      : given_(true), list_(true) {
    for (T value : values)
      add(int64_t(value), value > 0, where);
  }
  template <std::integral T>
  entropy(const std::vector<T> &values, site where = site::current()) : given_(true), list_(true) {
    for (T value : values)
      add(int64_t(value), value > 0, where);
  }
  entropy(const char *integer, site where = site::current())
      : entropy(std::string_view(integer), where) {}
  entropy(const std::string &integer, site where = site::current())
      : entropy(std::string_view(integer), where) {}
  entropy(std::string_view integer, site where = site::current());

  bool given() const { return given_; }
  bool is_list() const { return list_; }
  /// 32-bit words, the low ones of each integer first.
  const std::vector<uint32_t> &words() const { return words_; }

private:
  void add(int64_t value, bool positive, const site &where);

  bool given_ = false, list_ = false;
  std::vector<uint32_t> words_;
};

/// Turns entropy into words that start bit generators, and makes independent children
/// (numpy.random.SeedSequence). Copies share the count of children.
class SeedSequence {
public:
  /// Throws  value_error for a pool of less than 4 words, or more than 65536.
  explicit SeedSequence(const entropy &seed = {}, const std::vector<uint32_t> &spawn_key = {},
                        int32_t pool_size = 4, uint32_t n_children_spawned = 0,
                        site where = site::current());

  /// \p n_words words that look random (numpy.random.SeedSequence.generate_state).
  ///
  /// Dtype   uint32 or uint64.
  /// Throws  dtype_error for another.
  array generate_state(int64_t n_words, dtype type = uint32, site where = site::current()) const;
  /// \p n_children sequences that differ from this one and from each other.
  std::vector<SeedSequence> spawn(int64_t n_children, site where = site::current());

  /// The words of the entropy.
  const std::vector<uint32_t> &entropy_words() const;
  const std::vector<uint32_t> &spawn_key() const;
  int32_t pool_size() const;
  uint32_t n_children_spawned() const;

private:
  struct content;
  std::shared_ptr<content> content_;
};

} // namespace random
} // namespace nd

namespace ND_API nd {
namespace detail {
struct generator_core;
} // namespace detail
} // namespace nd

namespace ND_API nd {
namespace random {

/// A source of random bits. Copies are handles to the same one, as in Python.
class BitGenerator {
public:
  /// The name, "PCG64".
  std::string_view name() const;
  /// The state: uint64 words, laid out as ndrt.h says; a copy.
  ///
  /// Throws  trace_error inside nd::jit.
  array state(site where = site::current()) const;
  /// Replaces the state by one that state() gave.
  ///
  /// Throws  value_error for words that are no state of this bit generator.
  void set_state(const operand &words) const;
  /// Raw draws, uint64; of MT19937 32 bits each (numpy's random_raw).
  array random_raw(const size &size = {}, site where = site::current()) const;
  /// The sequence that it was seeded from.
  ///
  /// Throws  value_error if there is none.
  SeedSequence seed_seq(site where = site::current()) const;
  /// \p n_children bit generators of this kind, independent of it and of each other.
  std::vector<BitGenerator> spawn(int64_t n_children, site where = site::current()) const;
  /// Moves as if \p delta draws had been made (blocks of four for Philox), in place; a negative
  /// one moves back.
  ///
  /// Throws  value_error for MT19937 and SFC64, which cannot.
  template <std::integral T>
  const BitGenerator &advance(T delta, site where = site::current()) const {
    const uint64_t beyond = delta < T(0) ? ~uint64_t(0) : 0;
    return move(std::array<uint64_t, 4>{uint64_t(delta), beyond, beyond, beyond}, where);
  }
  const BitGenerator &advance(const entropy &delta, site where = site::current()) const;
  /// A new one, moved by so many draws that the two streams do not meet.
  ///
  /// Throws  value_error for SFC64, which cannot.
  BitGenerator jumped(int64_t jumps = 1, site where = site::current()) const;

  /// Another handle to what core() gave.
  explicit BitGenerator(std::shared_ptr<detail::generator_core> core) : core_(std::move(core)) {}
  const std::shared_ptr<detail::generator_core> &core() const { return core_; }

protected:
  BitGenerator(int32_t kind, const SeedSequence &seed);

private:
  BitGenerator() = default;
  const BitGenerator &move(const std::array<uint64_t, 4> &draws, const site &where) const;
  std::shared_ptr<detail::generator_core> core_;
  std::optional<SeedSequence> seed_;
};

#define ND_BIT_GENERATOR(name)                                                                     \
  class name : public BitGenerator {                                                               \
  public:                                                                                          \
    explicit name(const entropy &seed = {}) : name(SeedSequence(seed)) {}                          \
    explicit name(const SeedSequence &seed);                                                       \
  };
/// O'Neill's permuted congruential generator with 128 bits of state, NumPy's default.
ND_BIT_GENERATOR(PCG64)
/// The same with a stronger output function.
ND_BIT_GENERATOR(PCG64DXSM)
/// A counter under ten rounds of multiplications (Salmon et al.), whose streams are keys.
ND_BIT_GENERATOR(Philox)
/// Doty-Humphrey's small fast chaotic generator.
ND_BIT_GENERATOR(SFC64)
/// The Mersenne Twister.
ND_BIT_GENERATOR(MT19937)
#undef ND_BIT_GENERATOR

} // namespace random
} // namespace nd

#endif // ND_BIT_GENERATORS_H
