// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Norms and condition numbers.
#include "frontend/array/Decompositions.h"
#include "nd/creation.h"
#include "nd/manipulation.h"

#include <algorithm>
#include <cmath>

namespace nd::linalg {
namespace {

using detail::extents;
using detail::term;
using kind = norm_order::kind;

/// A norm under the name of the function that asks for it.
struct norms {
  const char *name;
  const site &where;

  [[noreturn]] void raise(const std::string &text) const {
    detail::raise(rules::error_kind::value, name, text, where);
  }

  /// As floats.
  term floats(const operand &x) const {
    const term a = detail::term_of(x);
    return a.as(rules::inexact_result(a.dtype()));
  }
  static term size(const term &x) { return x.with(absolute(x.on())); }
  static term sum(const term &x, const axes &over, bool keepdims = false) {
    return x.with(nd::sum(x.on(), over, {.keepdims = keepdims}));
  }
  static term max(const term &x, const axes &over, bool keepdims = false) {
    return x.with(nd::max(x.on(), over, {.keepdims = keepdims, .initial = 0}));
  }
  static term min(const term &x, const axes &over, bool keepdims = false) {
    return x.with(nd::min(x.on(), over, {.keepdims = keepdims}));
  }
  /// The root of the sum of squares.
  static term root(const term &x, const axes &over, bool keepdims) {
    if (!rules::is_complex(x.dtype()))
      return sqrt(sum(x * x, over, keepdims));
    const term re = real(x), im = imag(x);
    return sqrt(sum(re * re + im * im, over, keepdims));
  }

  term vectors(const term &x, const norm_order &ord, int64_t axis, bool keepdims) const {
    if (ord.which() == kind::root || ord.is(2))
      return root(x, axis, keepdims);
    if (ord.which() != kind::number)
      raise("the order is '" + std::string(ord.name()) +
            "', and vectors have no such norm; give a "
            "number");
    const double p = ord.p();
    if (std::isinf(p))
      return p > 0 ? max(size(x), axis, keepdims) : min(size(x), axis, keepdims);
    if (p == 0)
      return sum((x != scalar(0)).as(rules::real_of(x.dtype())), axis, keepdims);
    if (p == 1)
      return sum(size(x), axis, keepdims);
    const term powers = x.with(power(size(x).on(), operand(p, where)));
    return x.with(power(sum(powers, axis, keepdims).on(), operand(1 / p, where)));
  }

  /// Over two axes; the result lacks both.
  term matrices(const term &x, const norm_order &ord, int64_t row, int64_t column) const {
    const bool number = ord.which() == kind::number;
    if (ord.which() == kind::root || ord.which() == kind::frobenius)
      return root(x, {row, column}, false);
    if (ord.which() == kind::nuclear || (number && std::abs(ord.p()) == 2)) {
      const term s = x.with(svdvals(operand(moveaxis(x.on(), {row, column}, {-2, -1}), where)));
      return !number ? sum(s, -1) : ord.p() > 0 ? max(s, -1) : min(s, -1);
    }
    if (!number || (std::abs(ord.p()) != 1 && !std::isinf(ord.p())))
      raise("the order is " +
            (number ? detail::number_text(ord.p()) : "'" + std::string(ord.name()) + "'") +
            ", and matrices have no such norm; use 'fro', 'nuc', 1, -1, 2, -2, inf or -inf");
    const bool columns = !std::isinf(ord.p());
    const int64_t first = columns ? row : column, second = columns ? column : row;
    const term sums = sum(size(x), first);
    const int64_t left = second > first ? second - 1 : second;
    return ord.p() > 0 ? max(sums, left) : min(sums, left);
  }

  array with_axes(const term &result, const extents &from, const extents &reduced,
                  bool keepdims) const {
    if (!keepdims)
      return result.value();
    extents s = from;
    for (int64_t axis : reduced)
      s[size_t(axis)] = 1;
    return result.reshape(nd::shape(s)).value();
  }

  array norm(const operand &x, const norm_order &ord, const axes &axis, bool keepdims) const {
    const term a = floats(x);
    extents over;
    if (axis.given()) {
      for (int64_t i : axis.list())
        over.push_back(detail::axis_of(i, a.ndim(), name, where));
    } else {
      for (int64_t i = 0; i < a.ndim(); ++i)
        over.push_back(i);
      if (ord.which() == kind::root || (ord.which() == kind::frobenius && a.ndim() == 2) ||
          (ord.is(2) && a.ndim() == 1))
        return root(a, {}, keepdims);
    }
    const extents from = a.shape();
    if (over.size() == 1)
      return vectors(a, ord, over[0], keepdims);
    if (over.size() != 2)
      raise("there are " + std::to_string(over.size()) +
            " axes; give one for norms of vectors, two for norms of matrices");
    if (over[0] == over[1])
      raise("axis " + std::to_string(over[0]) + " is given twice; give each once");
    return with_axes(matrices(a, ord, over[0], over[1]), from, over, keepdims);
  }
};

} // namespace

array norm(const operand &x, const norm_order &ord, const axes &axis, const norm_options &options) {
  return norms{"linalg.norm", x.where()}.norm(x, ord, axis, options.keepdims);
}

array matrix_norm(const operand &x, const norm_order &ord, const norm_options &options) {
  detail::check_matrix(detail::as_array(x), "linalg.matrix_norm", x.where());
  return norms{"linalg.matrix_norm", x.where()}.norm(x, ord, {-2, -1}, options.keepdims);
}

array vector_norm(const operand &x, const axes &axis, const norm_order &ord,
                  const norm_options &options) {
  const norms n{"linalg.vector_norm", x.where()};
  const term a = n.floats(x);
  const extents over = detail::axes_of(axis, a.ndim(), n.name, n.where);
  // The axes as one, behind the others.
  extents order, rest;
  for (int64_t i = 0; i < a.ndim(); ++i)
    if (std::find(over.begin(), over.end(), i) == over.end()) {
      order.push_back(i);
      rest.push_back(a.shape()[size_t(i)]);
    }
  int64_t count = 1;
  for (int64_t i : over) {
    order.push_back(i);
    count *= a.shape()[size_t(i)];
  }
  rest.push_back(count);
  const term turned = a.with(detail::permuted(a, order, n.where)).reshape(nd::shape(rest));
  const term out = n.vectors(turned, ord, int64_t(rest.size()) - 1, false);
  return n.with_axes(out, a.shape(), over, options.keepdims);
}

array cond(const operand &x, const norm_order &p) {
  const norms n{"linalg.cond", x.where()};
  const site &where = n.where;
  const term a = n.floats(x);
  detail::check_matrix(a, n.name, where);
  if (a.size() == 0)
    throw linalg_error(detail::prefix(n.name, where) + "the array has shape " +
                       to_string(a.shape()) + " and no elements; give at least one");
  const term nan = norms::sum(a.with(isnan(a.on())).as(int64), {-2, -1}) != scalar(0);
  term result = a;
  if (p.which() == kind::root || p.is(2) || p.is(-2)) {
    const term s(svdvals(a.on()), where);
    const int64_t last = s.shape().back() - 1, axis = s.ndim() - 1;
    const term largest = s.at(axis, 0), smallest = s.at(axis, last);
    result = p.is(-2) ? smallest / largest : largest / smallest;
  } else {
    detail::check_square(a, n.name, where);
    // inv refuses singular matrices: they are replaced, and their result by infinity.
    const term singular = a.with(slogdet(a.on()).sign) == scalar(0);
    nd::shape wide = singular.shape();
    wide.push_back(1);
    wide.push_back(1);
    const term one(eye(a.shape().back(), {}, 0, a.dtype(), where), where);
    const term regular = a.with(nd::where(singular.reshape(wide).on(), one.on(), a.on()));
    const int64_t row = a.ndim() - 2, column = a.ndim() - 1;
    const term inverse(inv(regular.on()), where);
    const term product = n.matrices(a, p, row, column) * n.matrices(inverse, p, row, column);
    result = detail::selected(!singular, product, HUGE_VAL);
  }
  // nan that no element explains is infinity, as in NumPy.
  const term unexplained = isnan(result) & !nan;
  return detail::selected(!unexplained, result, HUGE_VAL);
}

} // namespace nd::linalg
