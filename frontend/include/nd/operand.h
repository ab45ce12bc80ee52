// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What functions take where they expect an array: arrays, C++ scalars and nested braces.
#ifndef ND_OPERAND_H
#define ND_OPERAND_H

#include <nd/dtype.h>
#include <nd/shape.h>

namespace ND_API nd {

namespace detail {
struct node;
} // namespace detail

/// A C++ number that only has a category; it takes the dtype of the arrays it meets (NEP 50).
struct scalar {
  enum class category : uint8_t { boolean, integer, unsigned_integer, floating, complex };

  template <element T> constexpr scalar(T value) {
    if constexpr (detail::is_complex_element<T>) {
      kind = category::complex;
      real = value.real();
      imaginary = value.imag();
    } else if constexpr (std::is_floating_point_v<T> || detail::is_half_element<T>) {
      kind = category::floating;
      real = double(value);
    } else {
      kind = std::is_same_v<T, bool> ? category::boolean
             : std::is_signed_v<T>   ? category::integer
                                     : category::unsigned_integer;
      integer = static_cast<int64_t>(value);
    }
  }

  category kind;
  union {
    int64_t integer; ///< the bits of an unsigned_integer
    double real;
  };
  double imaginary = 0; ///< of a complex number
};

/// A literal: a number, or braces around literals, to any depth.
class nested {
public:
  template <element T> nested(T value) : leaf_(value), is_list_(false) {}
  nested(std::initializer_list<nested> list) : leaf_(false), list_(list), is_list_(true) {}

  bool is_list() const { return is_list_; }
  const scalar &leaf() const { return leaf_; }
  const std::initializer_list<nested> &list() const { return list_; }

private:
  scalar leaf_;
  std::initializer_list<nested> list_;
  bool is_list_;
};

/// A function's argument: an array, a C++ scalar (weak in promotion) or nested braces, and where it
/// was written. Functions take it by reference and callers never name it.
class operand {
public:
  operand(const array &a, site where = site::current());
  /// A temporary: what is written later need not keep its value for anybody.
  operand(array &&a, site where = site::current());
  template <element T>
  operand(T value, site where = site::current()) : scalar_(value), where_(where) {}
  operand(const scalar &value, site where = site::current()) : scalar_(value), where_(where) {}
  operand(std::initializer_list<nested> values, site where = site::current());
  operand(const operand &) = delete;
  operand &operator=(const operand &) = delete;
  ~operand();

  bool is_scalar() const { return node_ == nullptr; }
  const scalar &value() const { return scalar_; }
  detail::node *node() const { return node_; }
  const site &where() const { return where_; }

private:
  detail::node *node_ = nullptr; // borrowed from the argument, unless owned_
  bool owned_ = false;
  scalar scalar_{false};
  site where_;
};

/// A sequence of arrays: `{a, b}`, or a std::vector<array>.
class array_list {
public:
  array_list(std::initializer_list<operand> list, site where = site::current())
      : size_(list.size()), where_(where) {
    operands_ = list.begin(); // lives as long as the call that this is an argument of
  }
  array_list(const std::vector<array> &list, site where = site::current());

  size_t size() const { return size_; }
  array operator[](size_t i) const;
  const site &where() const { return where_; }

private:
  const operand *operands_ = nullptr;
  const array *arrays_ = nullptr;
  size_t size_ = 0;
  site where_;
};

} // namespace nd

#endif // ND_OPERAND_H
