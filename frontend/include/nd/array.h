// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// nd::array, the one value type.
#ifndef ND_ARRAY_H
#define ND_ARRAY_H

#include <nd/indexing.h>
#include <nd/operand.h>

#include <span>
#include <string_view>

struct DLManagedTensor;
struct DLManagedTensorVersioned;

namespace ND_API nd {

struct reduce_options;

namespace detail {
struct access;

/// Converts one element to the dtype \p to that \p out points to.
void read_item(const array &a, dtype to, void *out, const char *what, const site &where);
/// The elements, evaluated: their address, after a check that the dtype is \p wanted.
const void *read_data(const array &a, dtype wanted, const char *what, const site &where);
/// Writes all elements, converted to \p to, to \p out.
void read_all(const array &a, dtype to, void *out, const char *what, const site &where);
} // namespace detail

/// An n-dimensional array of one dtype.
///
/// A copy is a handle to the same array, as in Python; copy() copies. Operations record and cost
/// next to nothing; the first read of a value compiles what it needs into one program and runs it.
/// Basic indexing, reshape, transpose and their kin give views, which share memory with the array
/// as NumPy's do.
class array {
public:
  /// A handle to nothing; every use of it throws value_error.
  array() noexcept {}
  /// The elements in braces, to any depth (numpy.array).
  ///
  /// Dtype   of bool literals bool_, of integers int64, with a floating one float64; or \p type.
  /// Throws  shape_error for ragged braces, value_error for a literal that \p type cannot hold.
  array(std::initializer_list<nested> values, site where = site::current());
  array(std::initializer_list<nested> values, nd::dtype type, site where = site::current());
  /// A 0-d array; its dtype is that of a literal.
  template <element T> array(T value, site where = site::current()) : array(scalar(value), where) {}
  array(const scalar &value, site where = site::current());
  /// A copy of a vector's elements, of exactly their type.
  template <element T> array(const std::vector<T> &values, site where = site::current()) {
    if constexpr (std::is_same_v<T, bool>) {
      construct(nullptr, dtype_of<T>(), nd::shape(values.size()), int64_t(values.size()), where);
      bool *out = static_cast<bool *>(storage());
      for (size_t i = 0; i < values.size(); ++i)
        out[i] = values[i];
    } else {
      construct(values.data(), dtype_of<T>(), nd::shape(values.size()), int64_t(values.size()),
                where);
    }
  }
  /// A copy of \p values, of exactly their type, 1-D or in C order under \p s.
  ///
  /// Throws  shape_error if \p s has not as many elements.
  template <class T>
  requires element<std::remove_const_t<T>> array(std::span<T> values, const nd::shape &s,
                                                 site where = site::current()) {
    construct(values.data(), dtype_of<std::remove_const_t<T>>(), s, int64_t(values.size()), where);
  }
  template <class T>
  requires element<std::remove_const_t<T>> array(std::span<T> values, site where = site::current())
      : array(values, nd::shape(values.size()), where) {}

  array(const array &other) noexcept;
  array(array &&other) noexcept : node_(other.node_) { other.node_ = nullptr; }
  /// Makes this handle one to another array.
  array &operator=(const array &other) &noexcept;
  array &operator=(array &&other) &noexcept;
  /// `a[i] = x`: writes \p value, broadcast and cast, into the elements that an index names. What
  /// shares memory with them sees it.
  ///
  /// Throws  shape_error if \p value does not broadcast, value_error for a read-only array or an
  ///         integer that the dtype cannot hold, trace_error inside nd::jit for an array from
  ///         outside.
  /// Cost    one copy of the elements; a value that waits is computed into its place.
  void operator=(const operand &value) &&;
  ~array();

  // What it is. None of these evaluates.

  /// The extents of its axes.
  const nd::shape &shape(site where = site::current()) const;
  /// The number of axes.
  int64_t ndim(site where = site::current()) const;
  /// The number of elements.
  int64_t size(site where = site::current()) const;
  nd::dtype dtype(site where = site::current()) const;
  /// Bytes of one element.
  int64_t itemsize(site where = site::current()) const;
  /// Bytes of all elements.
  int64_t nbytes(site where = site::current()) const;
  /// Bytes from an element to the next along each axis; what shares memory shows here.
  nd::shape strides(site where = site::current()) const;

  // Reading. These evaluate; inside nd::jit they throw trace_error.

  /// The one element, as a T.
  ///
  /// Throws  value_error if the size is not 1.
  template <element T = double> T item(site where = site::current()) const {
    T out;
    detail::read_item(*this, dtype_of<T>(), &out, "item", where);
    return out;
  }
  /// The same, `double(a)`; of bool, `if (a > 0)`.
  template <element T> explicit operator T() const {
    T out;
    detail::read_item(*this, dtype_of<T>(), &out, std::is_same_v<T, bool> ? "bool" : "item",
                      site());
    return out;
  }
  /// All elements in C order, as T.
  template <element T> std::vector<T> to_vector(site where = site::current()) const {
    std::vector<T> out(static_cast<size_t>(size(where)));
    if constexpr (std::is_same_v<T, bool>) {
      const array truth = astype_bool(where);
      const bool *from = truth.template data<bool>(where);
      for (size_t i = 0; i < out.size(); ++i)
        out[i] = from[i];
    } else {
      detail::read_all(*this, dtype_of<T>(), out.data(), "to_vector", where);
    }
    return out;
  }
  /// The elements in C order, valid while a handle to this array lives. Of a view in another order
  /// they are a copy.
  ///
  /// Throws  dtype_error if T is not the type of the elements.
  template <element T> const T *data(site where = site::current()) const {
    return static_cast<const T *>(detail::read_data(*this, dtype_of<T>(), "data", where));
  }
  template <element T> std::span<const T> span(site where = site::current()) const {
    return {data<T>(where), size_t(size())};
  }
  /// The elements for another library, without a copy (numpy.ndarray.__dlpack__): each sees what
  /// the other writes. Evaluates.
  ///
  /// Life    the memory lives until the tensor's deleter is called, which its taker must do once.
  /// Dtype   all; bool_ as kDLBool of DLPack 0.8.
  /// Throws  value_error for a read-only array, which this struct cannot say of itself: use
  ///         to_dlpack_versioned or copy(); for strides that are no multiple of the item size.
  DLManagedTensor *to_dlpack(site where = site::current()) const;
  /// The same as a struct of DLPack 1.0, which says whether it is read-only.
  DLManagedTensorVersioned *to_dlpack_versioned(site where = site::current()) const;
  /// Computes the elements now, if they are not there yet.
  const array &eval(site where = site::current()) const;

  // Parts.

  /// Basic indexing: integers take an element of an axis, slices a range; missing axes are whole.
  /// Arrays among the indices choose elements, in a new array: of integers by their positions,
  /// broadcast together; of bool where they hold. Axes stand as NumPy has them.
  ///
  /// Throws  index_error for an integer out of range, more indices than axes, index arrays that do
  ///         not broadcast and masks of another shape; when it is evaluated, for an element of an
  ///         index array out of range.
  /// Cost    none for whole leading parts of an evaluated array, a[i] and a[nd::slice(i, j)].
  array operator[](const index &i) const;
#ifdef __cpp_multidimensional_subscript
  array operator[](const index &i, const index &j) const;
  array operator[](const index &i, const index &j, const index &k) const;
  array operator[](const index &i, const index &j, const index &k, const index &l) const;
  array operator[](const index &i, const index &j, const index &k, const index &l,
                   const index &m) const;
  array operator[](const index &i, const index &j, const index &k, const index &l, const index &m,
                   const index &n) const;
#endif

  /// Walks the first axis: each step gives a[i].
  class iterator {
  public:
    using value_type = array;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    iterator(const array *of, int64_t at) : of_(of), at_(at) {}
    array operator*() const;
    iterator &operator++() { return ++at_, *this; }
    iterator operator++(int) { return iterator(of_, at_++); }
    bool operator==(const iterator &other) const { return at_ == other.at_; }

  private:
    const array *of_ = nullptr;
    int64_t at_ = 0;
  };
  /// Throws  value_error for a 0-d array.
  iterator begin(site where = site::current()) const;
  iterator end() const { return iterator(this, shape().empty() ? 0 : shape()[0]); }

  // Methods that are functions too; the functions say more.

  /// The same elements under another handle that shares memory (numpy.ndarray.view).
  array view(site where = site::current()) const;
  /// The bytes as elements of another dtype, sharing memory.
  ///
  /// Shape   the last extent grows or shrinks with the item size.
  /// Throws  value_error if it cannot: a 0-d array, a last axis that is not contiguous, bytes that do
  ///         not fill elements.
  array view(nd::dtype type, site where = site::current()) const;
  array astype(nd::dtype type, site where = site::current()) const;
  array copy(site where = site::current()) const;
  array reshape(const nd::shape &s, site where = site::current()) const;
  /// The same, `a.reshape(2, -1)`.
  template <std::integral... I>
  array reshape(const index &first, const index &second, I... rest) const {
    return reshape(nd::shape{first.at(), second.at(), rest...}, first.where());
  }
  array ravel(site where = site::current()) const;
  array flatten(site where = site::current()) const;
  /// The axes reversed.
  array T(site where = site::current()) const;
  array transpose(site where = site::current()) const;
  array transpose(const axes &order, site where = site::current()) const;
  array swapaxes(int64_t axis1, int64_t axis2, site where = site::current()) const;
  array squeeze(const axes &axis = {}, site where = site::current()) const;
  array clip(const operand &min, const operand &max) const;
  array round(int64_t decimals = 0, site where = site::current()) const;
  array dot(const operand &b) const;
  array diagonal(int64_t offset = 0, int64_t axis1 = 0, int64_t axis2 = 1,
                 site where = site::current()) const;
  array trace(int64_t offset = 0, int64_t axis1 = 0, int64_t axis2 = 1,
              std::optional<nd::dtype> type = {}, site where = site::current()) const;
  /// The real parts, sharing memory; the array itself where it is not complex.
  array real(site where = site::current()) const;
  /// The imaginary parts, sharing memory; read-only zeros where it is not complex.
  array imag(site where = site::current()) const;
  /// The array with the signs of its imaginary parts changed; itself where it is not complex.
  array conj(site where = site::current()) const;
  array conjugate(site where = site::current()) const { return conj(where); }

  array cumsum(std::optional<int64_t> axis = {}, std::optional<nd::dtype> type = {},
               site where = site::current()) const;
  array cumprod(std::optional<int64_t> axis = {}, std::optional<nd::dtype> type = {},
                site where = site::current()) const;

  std::vector<array> nonzero(site where = site::current()) const;
  array take(const operand &indices, std::optional<int64_t> axis = {}) const;
  array compress(const operand &condition, std::optional<int64_t> axis = {}) const;
  array repeat(const operand &repeats, std::optional<int64_t> axis = {}) const;
  array searchsorted(const operand &v, std::string_view side = "left",
                     const array &sorter = {}) const;
  array argsort(std::optional<int64_t> axis = -1, site where = site::current()) const;
  /// Puts the elements in ascending order along \p axis, in place; nd::sort gives a new array.
  void sort(int64_t axis = -1, site where = site::current());
  void put(const operand &ind, const operand &v);
  /// Puts the elements at positions \p kth where sorting would put them, in place; nd::partition
  /// gives a new array.
  void partition(const axes &kth, int64_t axis = -1, site where = site::current());
  array argpartition(const axes &kth, std::optional<int64_t> axis = -1,
                     site where = site::current()) const;
  array choose(const array_list &choices) const;
  /// Writes \p value into every element.
  void fill(const operand &value);

#define ND_REDUCTION(name)                                                                         \
  array name(const axes &axis = {}, site where = site::current()) const;                           \
  array name(const axes &axis, const reduce_options &options, site where = site::current()) const; \
  array name(const reduce_options &options, site where = site::current()) const;
  ND_REDUCTION(sum)
  ND_REDUCTION(prod)
  ND_REDUCTION(mean)
  ND_REDUCTION(var)
  ND_REDUCTION(std)
  ND_REDUCTION(min)
  ND_REDUCTION(max)
  ND_REDUCTION(ptp)
  ND_REDUCTION(any)
  ND_REDUCTION(all)
  ND_REDUCTION(argmin)
  ND_REDUCTION(argmax)
#undef ND_REDUCTION

  // Operators, element by element; each is the function of the same meaning.

  friend array operator+(const operand &a, const operand &b);
  friend array operator-(const operand &a, const operand &b);
  friend array operator*(const operand &a, const operand &b);
  /// True division.
  friend array operator/(const operand &a, const operand &b);
  /// The remainder with the sign of the divisor.
  friend array operator%(const operand &a, const operand &b);
  friend array operator&(const operand &a, const operand &b);
  friend array operator|(const operand &a, const operand &b);
  friend array operator^(const operand &a, const operand &b);
  friend array operator<<(const operand &a, const operand &b);
  friend array operator>>(const operand &a, const operand &b);
  friend array operator==(const operand &a, const operand &b);
  friend array operator!=(const operand &a, const operand &b);
  friend array operator<(const operand &a, const operand &b);
  friend array operator<=(const operand &a, const operand &b);
  friend array operator>(const operand &a, const operand &b);
  friend array operator>=(const operand &a, const operand &b);
  friend array operator-(const operand &a);
  friend array operator+(const operand &a);
  friend array operator~(const operand &a);
  friend bool operator&&(const operand &, const operand &) = delete; // & and nd::logical_and
  friend bool operator||(const operand &, const operand &) = delete; // | and nd::logical_or

  /// In place: every array that shares these elements sees the new values. Shape and dtype stay.
  ///
  /// Throws  shape_error if \p b does not broadcast to this shape; dtype_error if the result's
  ///         dtype is of a higher kind, as in integer += float; and what assignment throws.
#define ND_IN_PLACE(symbol)                                                                        \
  array &operator symbol(const operand &b) &;                                                      \
  void operator symbol(const operand &b) &&;
  ND_IN_PLACE(+=)
  ND_IN_PLACE(-=)
  ND_IN_PLACE(*=)
  ND_IN_PLACE(/=)
  ND_IN_PLACE(%=)
  ND_IN_PLACE(&=)
  ND_IN_PLACE(|=)
  ND_IN_PLACE(^=)
  ND_IN_PLACE(<<=)
  ND_IN_PLACE(>>=)
#undef ND_IN_PLACE

private:
  friend struct detail::access;
  void construct(const void *data, nd::dtype type, const nd::shape &s, int64_t count,
                 const site &where);
  void *storage() const;
  array astype_bool(const site &where) const { return astype(bool_, where); }

  detail::node *node_ = nullptr;
};

namespace detail {
void eval_all(const array *const *arrays, size_t count, const site &where);

/// An array, and where it was written.
struct placed_array {
  placed_array(const array &a, site where = site::current()) : it(a), where(where) {}
  const array &it;
  site where;
};
} // namespace detail

/// Computes arrays now, in one program.
template <class... A>
requires(std::is_same_v<A, array> &&...) void eval(const detail::placed_array &first,
                                                   const A &...rest) {
  const array *arrays[] = {&first.it, &rest...};
  detail::eval_all(arrays, 1 + sizeof...(A), first.where);
}

} // namespace nd

#endif // ND_ARRAY_H
