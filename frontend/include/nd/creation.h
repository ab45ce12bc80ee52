// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays from nothing.
#ifndef ND_CREATION_H
#define ND_CREATION_H

#include <nd/array.h>

#include <functional>

namespace ND_API nd {

namespace detail {
array over_memory(void *memory, dtype type, const shape &s, const shape &strides,
                  std::function<void()> give_back, bool readonly, const site &where);
} // namespace detail

/// The caller's memory as an array, without a copy: what is written into it reaches \p p at once.
///
/// Shape   \p s, with \p strides bytes from an element to the next along each axis; in C order if
///         none are given. Alignment does not matter.
/// Life    \p p must stay valid while the array or a view of it lives; then \p deleter is called.
/// Throws  value_error if there is not one stride for each axis.
template <element T>
array from_buffer(T *p, const shape &s, const shape &strides = {},
                  std::type_identity_t<std::function<void(T *)>> deleter = {},
                  site where = site::current()) {
  std::function<void()> give_back;
  if (deleter)
    give_back = [p, deleter = std::move(deleter)] { deleter(p); };
  return detail::over_memory(p, dtype_of<T>(), s, strides, std::move(give_back), false, where);
}
/// The same for memory that may not change: the array is read-only.
template <element T>
array from_buffer(const T *p, const shape &s, const shape &strides = {},
                  std::type_identity_t<std::function<void(const T *)>> deleter = {},
                  site where = site::current()) {
  std::function<void()> give_back;
  if (deleter)
    give_back = [p, deleter = std::move(deleter)] { deleter(p); };
  return detail::over_memory(const_cast<T *>(p), dtype_of<T>(), s, strides, std::move(give_back),
                             true, where);
}

/// Zeros of shape \p s (numpy.zeros).
array zeros(const shape &s, dtype type = float64, site where = site::current());
/// Ones of shape \p s (numpy.ones).
array ones(const shape &s, dtype type = float64, site where = site::current());
/// Memory of shape \p s with unspecified elements (numpy.empty).
array empty(const shape &s, dtype type = float64, site where = site::current());
/// \p value in every element, broadcast to \p s (numpy.full); the dtype is that of the value unless
/// given.
array full(const shape &s, const operand &value, std::optional<dtype> type = {});

/// Zeros of the shape and dtype of \p a (numpy.zeros_like).
array zeros_like(const operand &a, std::optional<dtype> type = {});
/// Ones of the shape and dtype of \p a (numpy.ones_like).
array ones_like(const operand &a, std::optional<dtype> type = {});
/// Unspecified elements in the shape and dtype of \p a (numpy.empty_like).
array empty_like(const operand &a, std::optional<dtype> type = {});
/// \p value in the shape and dtype of \p a (numpy.full_like).
array full_like(const operand &a, const operand &value, std::optional<dtype> type = {});

/// An array as an array (numpy.asarray): nothing for an array, 0-d for a scalar.
array asarray(const operand &a);

/// start, start + step, ... up to but without stop (numpy.arange).
///
/// Shape   (ceil((stop - start) / step),), or (0,).
/// Dtype   int64 for integers, float64 with a floating argument, or \p type.
/// Throws  value_error for a step of 0 or bounds that are not finite.
array arange(const scalar &stop, std::optional<dtype> type = {}, site where = site::current());
array arange(const scalar &start, const scalar &stop, const scalar &step = 1,
             std::optional<dtype> type = {}, site where = site::current());

/// \p num numbers evenly from \p start to \p stop (numpy.linspace).
array linspace(double start, double stop, int64_t num = 50, bool endpoint = true,
               dtype type = float64, site where = site::current());
/// \p base to the powers linspace(start, stop, num) (numpy.logspace).
array logspace(double start, double stop, int64_t num = 50, bool endpoint = true, double base = 10,
               dtype type = float64, site where = site::current());
/// \p num numbers in geometric progression from \p start to \p stop (numpy.geomspace).
///
/// Throws  value_error if start or stop is 0, or their signs differ.
array geomspace(double start, double stop, int64_t num = 50, bool endpoint = true,
                dtype type = float64, site where = site::current());

/// Ones on the \p k-th diagonal of an n x m matrix (numpy.eye); m is n if not given.
array eye(int64_t n, std::optional<int64_t> m = {}, int64_t k = 0, dtype type = float64,
          site where = site::current());
/// The identity matrix (numpy.identity).
array identity(int64_t n, dtype type = float64, site where = site::current());
/// Ones on and below the \p k-th diagonal of an n x m matrix (numpy.tri).
array tri(int64_t n, std::optional<int64_t> m = {}, int64_t k = 0, dtype type = float64,
          site where = site::current());
/// \p a with zeros above the \p k-th diagonal of its last two axes (numpy.tril).
array tril(const operand &a, int64_t k = 0);
/// \p a with zeros below the \p k-th diagonal of its last two axes (numpy.triu).
array triu(const operand &a, int64_t k = 0);
/// The \p k-th diagonal of a matrix, or the matrix with a vector on it (numpy.diag).
array diag(const operand &v, int64_t k = 0);
/// The diagonal of two axes, which becomes the last axis (numpy.diagonal); a read-only view.
array diagonal(const operand &a, int64_t offset = 0, int64_t axis1 = 0, int64_t axis2 = 1);
/// The matrix with the elements of \p v on its \p k-th diagonal (numpy.diagflat).
array diagflat(const operand &v, int64_t k = 0);
/// Powers of the elements of a vector as columns, highest first (numpy.vander); n columns, x.size()
/// if not given.
array vander(const operand &x, std::optional<int64_t> n = {}, bool increasing = false);

/// Coordinate matrices from coordinate vectors (numpy.meshgrid), indexed 'xy' or 'ij'.
std::vector<array> meshgrid(const array_list &vectors, std::string_view indexing = "xy");

} // namespace nd

#endif // ND_CREATION_H
