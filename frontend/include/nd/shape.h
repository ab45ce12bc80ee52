// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Shapes and lists of axes.
#ifndef ND_SHAPE_H
#define ND_SHAPE_H

#include <nd/errors.h>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace ND_API nd {

class array;

/// Any integer, widened, so that braces take sizes of every type.
struct extent {
  template <std::integral T> constexpr extent(T value) : value(static_cast<int64_t>(value)) {}
  int64_t value;
};

/// The extents of an array's axes: a small vector of int64_t that compares with braces' content,
/// `a.shape() == nd::shape{2, 3}`. Up to six axes need no memory of their own.
class shape {
public:
  shape() noexcept {}
  /// One axis.
  template <std::integral T> shape(T extent) { push_back(static_cast<int64_t>(extent)); }
  shape(std::initializer_list<extent> extents);
  shape(const std::vector<int64_t> &extents);
  shape(const int64_t *first, size_t count) { assign(first, count); }
  /// The shape of an array (numpy.shape).
  explicit shape(const array &a);
  shape(const shape &other) { assign(other.data_, other.size_); }
  shape &operator=(const shape &other);
  ~shape() {
    if (data_ != inline_)
      delete[] data_;
  }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const int64_t *data() const { return data_; }
  const int64_t *begin() const { return data_; }
  const int64_t *end() const { return data_ + size_; }
  int64_t *begin() { return data_; }
  int64_t *end() { return data_ + size_; }
  int64_t operator[](size_t axis) const { return data_[axis]; }
  int64_t &operator[](size_t axis) { return data_[axis]; }
  int64_t front() const { return data_[0]; }
  int64_t back() const { return data_[size_ - 1]; }
  void push_back(int64_t extent);

  operator std::vector<int64_t>() const { return std::vector<int64_t>(begin(), end()); }
  friend bool operator==(const shape &a, const shape &b) {
    if (a.size_ != b.size_)
      return false;
    for (size_t i = 0; i < a.size_; ++i)
      if (a.data_[i] != b.data_[i])
        return false;
    return true;
  }

private:
  void assign(const int64_t *first, size_t count);

  int64_t *data_ = inline_;
  uint32_t size_ = 0, capacity_ = 6;
  int64_t inline_[6];
};

/// "(2, 3)", "(4,)", "()", as Python writes it.
std::string to_string(const shape &);
std::ostream &operator<<(std::ostream &, const shape &);

/// The axes an operation works along: one, a list in braces, or none given, which means all.
class axes {
public:
  axes() = default;
  axes(std::nullopt_t) {}
  template <std::integral... T>
  requires(sizeof...(T) > 0) axes(T... list) : list_(shape{list...}) {}
  template <std::integral T>
  axes(const std::vector<T> &list) : list_(shape(std::vector<int64_t>(list.begin(), list.end()))) {}

  bool given() const { return list_.has_value(); }
  const shape &list() const { return *list_; }

private:
  std::optional<shape> list_;
};

} // namespace nd

#endif // ND_SHAPE_H
