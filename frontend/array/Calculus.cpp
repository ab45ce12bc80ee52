// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/calculus.h"

#include "frontend/array/Formula.h"
#include "ir/rules/promote.h"
#include "nd/manipulation.h"
#include "nd/scans.h"
#include "nd/selection.h"

namespace nd {
namespace {

using detail::extents;
using detail::given;
using detail::term;
using detail::term_of;

/// \p x, 1-D, as it stands along an axis of an array of so many.
term along(const term &x, int64_t axis, int64_t ndim) {
  shape s;
  for (int64_t i = 0; i < ndim; ++i)
    s.push_back(i == axis ? x.size() : 1);
  return x.reshape(s);
}

term element_at(const term &x, const term &at) {
  return x.with(detail::gathered_at(x, std::vector<array>{at}, {0}, x.where()));
}

} // namespace

array interp(const operand &points, const operand &at, const operand &values,
             const interp_options &options) {
  const char *what = "interp";
  const site &here = points.is_scalar() ? at.where() : points.where();
  term x(detail::as_array(points), here), xp(detail::as_array(at), here),
      fp(detail::as_array(values), here);
  if (xp.ndim() != 1 || !(xp.shape() == fp.shape()))
    detail::raise(rules::error_kind::shape, what,
                  "xp has shape " + to_string(xp.shape()) + " and fp " + to_string(fp.shape()) +
                      "; give two vectors of one length",
                  here);
  if (rules::is_complex(x.dtype()) || rules::is_complex(xp.dtype()))
    detail::raise(rules::error_kind::dtype, what,
                  "x and xp have to be real; only fp may be complex", here);
  if (xp.size() == 0)
    detail::raise(rules::error_kind::value, what, "there are no points; give at least one", here);
  const dtype type = rules::is_complex(fp.dtype()) ? complex128 : float64;
  x = x.as(float64), xp = xp.as(float64), fp = fp.as(type);
  std::optional<scalar> left = options.left, right = options.right;
  if (options.period) {
    const double period = std::abs(*options.period);
    if (period == 0)
      detail::raise(rules::error_kind::value, what, "the period is 0; give another one", here);
    left = right = std::nullopt;
    x = x % period;
    term folded = xp % period;
    array order = argsort(folded.on());
    term sorted = element_at(folded, folded.with(order)), f = element_at(fp, folded.with(order));
    const int64_t n = xp.size();
    // One point more on either side.
    array places[] = {sorted.part(0, n - 1, 1) - period, sorted, sorted.part(0, 0, 1) + period};
    array heights[] = {f.part(0, n - 1, 1), f, f.part(0, 0, 1)};
    xp = xp.with(detail::joined(places, 0, here));
    fp = fp.with(detail::joined(heights, 0, here));
  }
  const int64_t n = xp.size();
  auto end = [&](const std::optional<scalar> &value, int64_t position) {
    return value ? x.with(detail::record_full(*value, type, {}, here)) : fp.at(0, position);
  };
  term low = end(left, 0), high = end(right, n - 1), first = xp.at(0, 0), last = xp.at(0, n - 1);
  term out = fp.at(0, n - 1);
  if (n > 1) {
    term j = x.with(searchsorted(xp.on(), x.on(), "right")) - 1;
    term i = minimum(maximum(j, 0), n - 2);
    term x0 = element_at(xp, i), x1 = element_at(xp, i + 1), f0 = element_at(fp, i),
         f1 = element_at(fp, i + 1);
    // An infinite slope may do from the other end.
    auto line_between = [&](const term &a, const term &b, const term &slope) {
      term y = slope * (x - x0) + a;
      y = where(isnan(y), slope * (x - x1) + b, y);
      return where(isnan(y) & (a == b), a, y);
    };
    term line = f0;
    if (rules::is_complex(type)) {
      term inverse = 1.0 / (x1 - x0);
      term re = line_between(real(f0), real(f1), (real(f1) - real(f0)) * inverse);
      term im = line_between(imag(f0), imag(f1), (imag(f1) - imag(f0)) * inverse);
      line = re.with(complex(re.on(), im.on()));
    } else {
      line = line_between(f0, f1, (f1 - f0) / (x1 - x0));
    }
    line = where(x == x0, f0, line);
    out = where(j == n - 1, out, line);
  }
  out = where(x < first, low, where(x > last, high, out));
  return where(isnan(x), x.as(type), out);
}

array trapezoid(const operand &samples, const array &x, double dx, int64_t axis) {
  const char *what = "trapezoid";
  term y = term_of(samples);
  const site &here = y.where();
  const int64_t at = detail::axis_of(axis, y.ndim(), what, here);
  const int64_t n = y.shape()[size_t(at)];
  const int64_t left = n ? n - 1 : 0;
  term tail = y.part(at, n - left, left), head = y.part(at, 0, left);
  term pairs = tail + head;
  term areas = pairs;
  if (given(x)) {
    term places(x, here);
    term d = places.ndim() == 1 ? along(places.with(diff(places.on())), at, y.ndim())
                                : places.with(diff(places.on(), 1, axis));
    areas = d * pairs / 2.0;
  } else {
    areas = dx * pairs / 2.0;
  }
  return areas.sum(areas.ndim() - y.ndim() + at);
}
array trapezoid(const operand &y, const trapezoid_options &options) {
  return trapezoid(y, options.x, options.dx, options.axis);
}

namespace {

/// Whether all steps are the same; NumPy takes them as one then.
term evenly(const term &steps) { return steps.with(all((steps == steps.at(0, 0)).on())); }

/// Derivative along an axis, of dtype float or complex; \p step is 0-d, or the steps from each
/// coordinate to the next.
term derivative(const term &f, int64_t axis, const term &step, int64_t edge_order) {
  const int64_t n = f.shape()[size_t(axis)];
  auto at = [&](int64_t first, int64_t count) { return f.part(axis, first, count); };
  const bool even = step.ndim() == 0;
  auto steps = [&](int64_t first, int64_t count) {
    return even ? step : along(step.part(0, first, count), axis, f.ndim());
  };
  // The parts are rounded to the dtype of f, as NumPy writes them into an array of it.
  auto rounded = [&](const term &x) { return x.as(f.dtype()); };
  std::vector<array> parts;
  term low = rounded((at(1, 1) - at(0, 1)) / steps(0, 1)),
       high = rounded((at(n - 1, 1) - at(n - 2, 1)) / steps(n - 2, 1));
  if (edge_order == 2) {
    auto end = [&](const term &a, const term &b, const term &c, int64_t first) {
      return a * at(first, 1) + b * at(first + 1, 1) + c * at(first + 2, 1);
    };
    term d1 = steps(0, 1), d2 = steps(1, 1), e1 = steps(n - 3, 1), e2 = steps(n - 2, 1);
    term even_low = end(-1.5 / d1, 2.0 / d1, -0.5 / d1, 0),
         even_high = end(0.5 / e1, -2.0 / e1, 1.5 / e1, n - 3);
    low = even_low, high = even_high;
    if (!even) {
      term same = evenly(step);
      low = where(same, even_low,
                  end(-(2.0 * d1 + d2) / (d1 * (d1 + d2)), (d1 + d2) / (d1 * d2),
                      -d1 / (d2 * (d1 + d2)), 0));
      high = where(same, even_high,
                   end(e2 / (e1 * (e1 + e2)), -(e2 + e1) / (e1 * e2),
                       (2.0 * e2 + e1) / (e2 * (e1 + e2)), n - 3));
    }
    low = rounded(low), high = rounded(high);
  }
  parts.push_back(low);
  if (n > 2) {
    term d1 = steps(0, n - 2), d2 = steps(1, n - 2);
    term inner = (at(2, n - 2) - at(0, n - 2)) / (2.0 * d1);
    if (!even) {
      term a = -d2 / (d1 * (d1 + d2)), b = (d2 - d1) / (d1 * d2), c = d1 / (d2 * (d1 + d2));
      inner = where(evenly(step), inner, a * at(0, n - 2) + b * at(1, n - 2) + c * at(2, n - 2));
    }
    parts.push_back(rounded(inner));
  }
  parts.push_back(high);
  return f.with(detail::joined(parts, axis, f.where()));
}

array gradient_of(const operand &samples, std::initializer_list<const operand *> spacings,
                  const gradient_options &options) {
  const char *what = "gradient";
  term f = term_of(samples);
  const site &here = f.where();
  auto raise = [&](const std::string &text) {
    detail::raise(rules::error_kind::value, what, text, here);
  };
  if (!rules::is_inexact(f.dtype()))
    f = f.as(float64);
  extents over = detail::axes_of(options.axis, f.ndim(), what, here);
  if (options.axis.given()) { // in the order given
    over.clear();
    for (int64_t i : options.axis.list())
      over.push_back(detail::axis_of(i, f.ndim(), what, here));
  }
  if (over.empty())
    raise("there is no axis to go along; give an array of at least 1 dimension");
  if (spacings.size() > 1 && spacings.size() != over.size())
    raise("there are " + std::to_string(spacings.size()) + " spacings for " +
          std::to_string(over.size()) + " axes; give one for all, or one for each");
  if (options.edge_order != 1 && options.edge_order != 2)
    raise("edge_order is " + std::to_string(options.edge_order) + "; it is 1 or 2");
  std::vector<array> parts;
  for (size_t i = 0; i < over.size(); ++i) {
    const int64_t axis = over[i], n = f.shape()[size_t(axis)];
    if (n < options.edge_order + 1)
      raise("axis " + std::to_string(axis) + " has " + std::to_string(n) +
            " elements; differences of order " + std::to_string(options.edge_order) + " need " +
            std::to_string(options.edge_order + 1));
    term step = detail::number(1.0, rules::real_of(f.dtype()), here);
    if (spacings.size()) {
      const operand &s = *spacings.begin()[spacings.size() == 1 ? 0 : i];
      array given = detail::as_array(s);
      if (given.ndim() > 1)
        raise("a spacing has shape " + to_string(given.shape()) +
              "; give numbers or vectors of coordinates");
      if (given.ndim() == 1 && spacings.size() == 1 && over.size() > 1)
        raise("there is one vector of coordinates for " + std::to_string(over.size()) +
              " axes; give one for each");
      if (s.is_scalar()) {
        step = detail::number(
            s.value(),
            rules::promote_weak(rules::real_of(f.dtype()), detail::weak_kind_of(s.value())), here);
      } else if (given.ndim() == 0) {
        step = step.with(given);
      } else {
        if (given.size() != n)
          raise("axis " + std::to_string(axis) + " has " + std::to_string(n) + " elements and " +
                std::to_string(given.size()) + " coordinates; give one for each");
        term x = step.with(given);
        step = step.with(diff((rules::is_inexact(x.dtype()) ? x : x.as(float64)).on()));
      }
    }
    parts.push_back(derivative(f, axis, step, options.edge_order));
  }
  return parts.size() == 1 ? parts[0] : stack(parts, 0);
}

} // namespace

array gradient(const operand &f, const gradient_options &options) {
  return gradient_of(f, {}, options);
}
array gradient(const operand &f, const operand &spacing, const gradient_options &options) {
  return gradient_of(f, {&spacing}, options);
}
array gradient(const operand &f, const operand &spacing0, const operand &spacing1,
               const gradient_options &options) {
  return gradient_of(f, {&spacing0, &spacing1}, options);
}
array gradient(const operand &f, const operand &spacing0, const operand &spacing1,
               const operand &spacing2, const gradient_options &options) {
  return gradient_of(f, {&spacing0, &spacing1, &spacing2}, options);
}

namespace {

/// The op wants the longer vector first.
term slid(const char *what, term a, term v, std::string_view mode, bool reverse) {
  const site &here = a.where();
  for (const term *x : {&a, &v}) {
    if (x->ndim() > 1)
      detail::raise(rules::error_kind::shape, what,
                    "an operand has shape " + to_string(x->shape()) + "; 1 dimension is needed",
                    here);
    if (x->size() == 0)
      detail::raise(rules::error_kind::value, what,
                    "an operand is empty; give at least one element", here);
  }
  const int64_t number = mode == "valid" ? 0 : mode == "same" ? 1 : mode == "full" ? 2 : -1;
  if (number < 0)
    detail::raise(rules::error_kind::value, what,
                  "the mode is '" + std::string(mode) + "'; use 'full', 'same' or 'valid'", here);
  a = a.reshape({a.size()}), v = v.reshape({v.size()});
  const bool swap = a.size() < v.size();
  if (swap)
    std::swap(a, v);
  if (reverse)
    v = v.with(flip(v.on()));
  term out =
      a.with(detail::record("nd.correlate", {&a.value(), &v.value()}, {{"mode", number}}, here));
  return swap && !reverse ? out.with(flip(out.on())) : out;
}

} // namespace

array convolve(const operand &x, const operand &y, std::string_view mode) {
  term a = term_of(x), v(detail::as_array(y), a.where());
  return slid("convolve", a, v, mode, true);
}
array correlate(const operand &x, const operand &y, std::string_view mode) {
  term a = term_of(x), v(detail::as_array(y), a.where());
  return slid("correlate", a, rules::is_complex(v.dtype()) ? conjugate(v) : v, mode, false);
}

array cross(const operand &x, const operand &y, const cross_options &options) {
  const char *what = "cross";
  const site &here = x.is_scalar() ? y.where() : x.where();
  term a(detail::as_array(x), here), b(detail::as_array(y), here);
  if (rules::is_bool(rules::promote(a.dtype(), b.dtype())))
    detail::raise(rules::error_kind::dtype, what,
                  "truth values have no product of vectors; cast with astype(nd::int64)", here);
  auto last = [&](const term &v, int64_t axis) {
    axis = detail::axis_of(options.axis.value_or(axis), v.ndim(), what, here);
    return v.with(moveaxis(v.on(), axis, -1));
  };
  a = last(a, options.axisa), b = last(b, options.axisb);
  const int64_t n = a.shape().back(), m = b.shape().back();
  if (n < 2 || n > 3 || m < 2 || m > 3)
    detail::raise(rules::error_kind::value, what,
                  "the vectors have " + std::to_string(n) + " and " + std::to_string(m) +
                      " components; they need 2 or 3",
                  here);
  auto part = [](const term &v, int64_t i) { return v.at(v.ndim() - 1, i); };
  term third = part(a, 0) * part(b, 1) - part(a, 1) * part(b, 0);
  if (n == 2 && m == 2)
    return third;
  term first = third, second = third;
  if (n == 3 && m == 3) {
    first = part(a, 1) * part(b, 2) - part(a, 2) * part(b, 1);
    second = part(a, 2) * part(b, 0) - part(a, 0) * part(b, 2);
  } else if (n == 3) {
    first = -(part(a, 2) * part(b, 1)), second = part(a, 2) * part(b, 0);
  } else {
    first = part(a, 1) * part(b, 2), second = -(part(a, 0) * part(b, 2));
  }
  term out = first.with(stack(std::vector<array>{first, second, third}, -1));
  const int64_t axis =
      detail::axis_of(options.axis.value_or(options.axisc), out.ndim(), what, here);
  return moveaxis(out.on(), -1, axis);
}

} // namespace nd
