// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays from nothing.
#ifndef ND_CREATION_H
#define ND_CREATION_H

#include <nd/array.h>
#include <nd/reductions.h>

#include <functional>

namespace ND_API nd {

namespace detail {
/// The position along each of \p count axes, in shape \p s.
std::vector<array> positions_of(const shape &s, dtype type, int64_t count, const site &where);
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

/// What the functions that make an array like another take: `nd::zeros_like(a, {}, {.shape = 3})`.
struct like_options {
  detail::designated only_by_name = detail::designated();
  std::optional<nd::shape> shape = {}; ///< instead of the array's
};
/// Zeros of the shape and dtype of \p a (numpy.zeros_like).
array zeros_like(const operand &a, std::optional<dtype> type = {},
                 const like_options &options = {});
/// Ones of the shape and dtype of \p a (numpy.ones_like).
array ones_like(const operand &a, std::optional<dtype> type = {}, const like_options &options = {});
/// Unspecified elements in the shape and dtype of \p a (numpy.empty_like).
array empty_like(const operand &a, std::optional<dtype> type = {},
                 const like_options &options = {});
/// \p value in the shape and dtype of \p a (numpy.full_like).
array full_like(const operand &a, const operand &value, std::optional<dtype> type = {},
                const like_options &options = {});

/// An array as an array (numpy.asarray): nothing for an array, 0-d for a scalar; a copy if its
/// dtype is not \p type.
array asarray(const operand &a, std::optional<dtype> type = {});

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
/// What linspace takes by name.
struct linspace_options {
  detail::designated only_by_name = detail::designated();
  int64_t axis = 0; ///< where the numbers stand
};
/// \p num numbers evenly from each element of \p start to that of \p stop, broadcast together.
///
/// Shape   the common one with \p num at the axis.
/// Dtype   a floating one, complex for complex ends, or \p type; integers round down.
/// Throws  value_error for a negative number of elements.
array linspace(const operand &start, const operand &stop, int64_t num = 50, bool endpoint = true,
               std::optional<dtype> type = {}, const linspace_options &options = {});
/// \p base to the powers linspace(start, stop, num), all of them arrays (numpy.logspace).
array logspace(const operand &start, const operand &stop, int64_t num, bool endpoint,
               const operand &base, std::optional<dtype> type = {},
               const linspace_options &options = {});
/// \p num numbers in geometric progression from each element of \p start to that of \p stop
/// (numpy.geomspace); nan where an end is 0 or the signs differ.
array geomspace(const operand &start, const operand &stop, int64_t num = 50, bool endpoint = true,
                std::optional<dtype> type = {}, const linspace_options &options = {});
/// Asks linspace for the distance between two numbers too.
struct retstep_t {};
inline constexpr retstep_t retstep{};
struct linspace_result {
  array samples, step;
};
/// The same and the step: `auto [x, step] = nd::linspace(0, 1, 11, true, nd::retstep);`
linspace_result linspace(const operand &start, const operand &stop, int64_t num, bool endpoint,
                         retstep_t, std::optional<dtype> type = {},
                         const linspace_options &options = {});
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
/// Writes \p val on the main diagonal of \p a (numpy.fill_diagonal): of a matrix, or where all
/// positions are equal; one value, or one for each place. Tall matrices have one diagonal.
void fill_diagonal(const array &a, const operand &val);
/// The matrix with the elements of \p v on its \p k-th diagonal (numpy.diagflat).
array diagflat(const operand &v, int64_t k = 0);
/// Powers of the elements of a vector as columns, highest first (numpy.vander); n columns, x.size()
/// if not given.
array vander(const operand &x, std::optional<int64_t> n = {}, bool increasing = false);

/// What meshgrid takes by name.
struct meshgrid_options {
  detail::designated only_by_name = detail::designated();
  bool sparse = false; ///< extents of 1 but along an array's own axis
  bool copy = true;    ///< else read-only views, which take no memory
};
/// Coordinate matrices from coordinate vectors (numpy.meshgrid), indexed 'xy' or 'ij'.
std::vector<array> meshgrid(const array_list &vectors, std::string_view indexing = "xy",
                            const meshgrid_options &options = {});

namespace detail {
/// The points of a grid by ranges of integers, an array for each axis; open ones have extents of 1
/// but along their own axis.
std::vector<array> grid(std::span<const slice> ranges, bool open, const site &where);
array stacked_grid(std::span<const slice> ranges, const site &where);

/// A slice, and where it was written.
struct placed_slice {
  placed_slice(const slice &range, site where = site::current()) : range(range), where(where) {}
  slice range;
  site where;
};
} // namespace detail
/// `nd::mgrid[nd::slice(0, 3), nd::slice(0, 4)]` (numpy.mgrid): the positions along each axis of a
/// grid, one axis for each slice behind a first one; of a single slice as nd::arange.
struct mgrid_t {
  template <std::same_as<slice>... S>
  array operator[](const detail::placed_slice &first, const S &...others) const {
    const slice list[] = {first.range, others...};
    return detail::stacked_grid(list, first.where);
  }
};
inline constexpr mgrid_t mgrid{};
/// The same as an array for each axis, with extents of 1 but along its own (numpy.ogrid).
struct ogrid_t {
  template <std::same_as<slice>... S>
  std::vector<array> operator[](const detail::placed_slice &first, const S &...others) const {
    const slice list[] = {first.range, others...};
    return detail::grid(list, true, first.where);
  }
};
inline constexpr ogrid_t ogrid{};

/// \p f of the positions along each axis (numpy.fromfunction): it takes as many arrays as \p s has
/// axes, 1 to 4.
///
/// Throws  shape_error if that is not the number of axes.
template <class F>
auto fromfunction(F f, const shape &s, dtype type = float64, site where = site::current()) {
  constexpr int64_t count = std::is_invocable_v<F, array>                 ? 1
                            : std::is_invocable_v<F, array, array>        ? 2
                            : std::is_invocable_v<F, array, array, array> ? 3
                                                                          : 4;
  std::vector<array> at = detail::positions_of(s, type, count, where);
  if constexpr (count == 1)
    return f(at[0]);
  else if constexpr (count == 2)
    return f(at[0], at[1]);
  else if constexpr (count == 3)
    return f(at[0], at[1], at[2]);
  else
    return f(at[0], at[1], at[2], at[3]);
}

} // namespace nd

#endif // ND_CREATION_H
