// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays as sets: distinct elements, in ascending order. How many there are is decided by the
// elements; inside nd::jit when the program runs.
#ifndef ND_SETS_H
#define ND_SETS_H

#include <nd/array.h>
#include <nd/reductions.h>

#include <tuple>

namespace ND_API nd {

/// What unique takes: `nd::unique(x, {.axis = 0})`.
struct unique_options {
  detail::designated only_by_name = detail::designated();
  std::optional<int64_t> axis = {}; ///< the parts along it, by their elements in order; nan differ
  bool equal_nan = true;            ///< all nan are one value
};
/// The distinct elements in ascending order, or parts along an axis (numpy.unique).
///
/// Cost    that of a sort.
array unique(const operand &ar, const unique_options &options = {});

/// Asks unique for more results, in this order: where each distinct element occurs first, where
/// each element is among the distinct ones, and how often each occurs. They come as a tuple:
/// `auto [values, inverse, counts] = nd::unique(x, nd::return_inverse, nd::return_counts);`
struct return_index_t {
  static constexpr int order = 0;
};
struct return_inverse_t {
  static constexpr int order = 1;
};
struct return_counts_t {
  static constexpr int order = 2;
};
inline constexpr return_index_t return_index{};
inline constexpr return_inverse_t return_inverse{};
inline constexpr return_counts_t return_counts{};

struct unique_all_result {
  array values, indices, inverse_indices, counts;
};
/// The distinct elements; where each occurs first; where each element of \p x is among them; and
/// how often each occurs (numpy.unique_all). Each nan is a value of its own.
unique_all_result unique_all(const operand &x);

namespace detail {
unique_all_result unique_parts(const operand &ar, const unique_options &options);
template <class T>
concept unique_part = std::is_same_v<T, return_index_t> || std::is_same_v<T, return_inverse_t> ||
    std::is_same_v<T, return_counts_t>;
template <unique_part P> const array &part_of(const unique_all_result &all) {
  return P::order == 0 ? all.indices : P::order == 1 ? all.inverse_indices : all.counts;
}
} // namespace detail

template <detail::unique_part P>
std::tuple<array, array> unique(const operand &ar, P, const unique_options &options = {}) {
  unique_all_result all = detail::unique_parts(ar, options);
  return {all.values, detail::part_of<P>(all)};
}
template <detail::unique_part P, detail::unique_part Q>
requires(P::order <
         Q::order) std::tuple<array, array, array> unique(const operand &ar, P, Q,
                                                          const unique_options &options = {}) {
  unique_all_result all = detail::unique_parts(ar, options);
  return {all.values, detail::part_of<P>(all), detail::part_of<Q>(all)};
}
inline std::tuple<array, array, array, array> unique(const operand &ar, return_index_t,
                                                     return_inverse_t, return_counts_t,
                                                     const unique_options &options = {}) {
  unique_all_result all = detail::unique_parts(ar, options);
  return {all.values, all.indices, all.inverse_indices, all.counts};
}

/// The distinct elements, each nan one of its own (numpy.unique_values).
array unique_values(const operand &x);

struct unique_counts_result {
  array values, counts;
};
/// The distinct elements and how often each occurs (numpy.unique_counts); each nan is one.
unique_counts_result unique_counts(const operand &x);

struct unique_inverse_result {
  array values, inverse_indices;
};
/// The distinct elements and where each element of \p x is among them (numpy.unique_inverse).
unique_inverse_result unique_inverse(const operand &x);

/// What isin takes.
struct isin_options {
  detail::designated only_by_name = detail::designated();
  bool assume_unique = false; ///< accepted; it changes nothing
  bool invert = false;        ///< whether an element is not there
};
/// Whether each element is among \p test_elements (numpy.isin); nan is nowhere.
///
/// Shape   that of \p element.
/// Cost    a sort of test_elements and a binary search for each element; up to 16 are compared with
///         one after the other.
array isin(const operand &element, const operand &test_elements, const isin_options &options = {});

/// The distinct elements of both (numpy.union1d).
array union1d(const operand &ar1, const operand &ar2);

/// Asks intersect1d for positions too.
struct return_indices_t {};
inline constexpr return_indices_t return_indices{};

/// What set operations take.
struct set_options {
  detail::designated only_by_name = detail::designated();
  bool assume_unique = false; ///< both have each element once
};
/// The distinct elements that both have (numpy.intersect1d).
array intersect1d(const operand &ar1, const operand &ar2, const set_options &options = {});

struct intersect1d_result {
  array values, indices1, indices2;
};
/// The same with the first positions of the elements in either array:
/// `auto [both, i, j] = nd::intersect1d(a, b, nd::return_indices);`
intersect1d_result intersect1d(const operand &ar1, const operand &ar2, return_indices_t,
                               const set_options &options = {});
/// The distinct elements of \p ar1 that \p ar2 has not (numpy.setdiff1d), in the order of \p ar1
/// under assume_unique.
array setdiff1d(const operand &ar1, const operand &ar2, const set_options &options = {});
/// The distinct elements that just one of the two has (numpy.setxor1d).
array setxor1d(const operand &ar1, const operand &ar2, const set_options &options = {});

} // namespace nd

#endif // ND_SETS_H
