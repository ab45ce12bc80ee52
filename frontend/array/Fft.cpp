// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/fft.h"

#include "frontend/array/Formula.h"
#include "frontend/array/Known.h"
#include "ir/rules/fft.h"
#include "nd/manipulation.h"

namespace nd::fft {
namespace {

using detail::extents;
using detail::term;

enum class kind { forward, inverse, real, to_real };

constexpr bool is_forward(kind k) { return k == kind::forward || k == kind::real; }

/// A call: its name for errors, its line, where it divides.
struct call {
  const char *name;
  const site &where;
  std::string_view norm;

  [[noreturn]] void raise(rules::error_kind kind, const std::string &text) const {
    detail::raise(kind, name, text, where);
  }
  /// nd.fft's norm.
  int64_t divides(bool forward) const {
    if (norm == "backward")
      return forward ? 0 : 1;
    if (norm == "forward")
      return forward ? 1 : 0;
    if (norm == "ortho")
      return 2;
    raise(rules::error_kind::value,
          "norm is '" + std::string(norm) + "'; use 'backward', 'ortho' or 'forward'");
  }
  /// With the directions exchanged.
  call swapped() const {
    call other = *this;
    other.norm = norm == "backward" ? "forward" : norm == "forward" ? "backward" : norm;
    return other;
  }

  array along(const array &x, kind k, std::optional<int64_t> n, int64_t axis) const {
    const int64_t norm = divides(is_forward(k));
    const int64_t at = detail::axis_of(axis, x.ndim(), name, where);
    if (n && *n < 1)
      raise(rules::error_kind::value,
            "the number of points is " + std::to_string(*n) + "; it must be 1 or more");
    if (k == kind::real && rules::is_complex(x.dtype()))
      raise(rules::error_kind::dtype, "dtype " + std::string(rules::name(x.dtype())) +
                                          " is not supported: it takes real numbers; use fft");
    array a = x;
    if (n && k != kind::to_real && *n == a.shape()[size_t(at)])
      n.reset();
    if (n && k == kind::real && rules::is_run_time(*n)) { // which may be even or odd
      a = refilled(a, at, *n);
      n.reset();
    }
    const nd::shape s = transformed(a.shape(), at, n, k);
    // A length is a size of the program, not part of its code: the result's shape says it.
    const int64_t points = !n                               ? rules::points::of_operand
                           : k == kind::real && *n % 2 != 0 ? rules::points::of_odd_result
                                                            : rules::points::of_result;
    dtype_kind type = rules::spectrum_dtype(a.dtype());
    if (k == kind::real)
      return detail::record_as("nd.rfft", {&a}, {{"axis", at}, {"n", points}, {"norm", norm}}, type,
                               s, where);
    if (k == kind::to_real) {
      type = rules::real_of(type);
      array out = detail::record_as("nd.irfft", {&a}, {{"axis", at}, {"n", points}, {"norm", norm}},
                                    type, s, where);
      return rules::is_half(a.dtype()) ? detail::converted(out, a.dtype(), where) : out;
    }
    return detail::record_as(
        "nd.fft", {&a},
        {{"axis", at}, {"n", points}, {"inverse", k == kind::inverse}, {"norm", norm}}, type, s,
        where);
  }

private:
  /// The shape of the result.
  nd::shape transformed(nd::shape s, int64_t axis, std::optional<int64_t> n, kind k) const {
    int64_t &extent = s[size_t(axis)];
    const auto rule = k == kind::real      ? rules::transform::real
                      : k == kind::to_real ? rules::transform::to_real
                                           : rules::transform::complex;
    const int64_t points = n.value_or(rules::points::of_operand);
    const bool halved = k == kind::real || k == kind::to_real;
    if (n || !halved || !rules::is_run_time(extent)) {
      s = detail::checked(rules::fft_shape(s, axis, points, rule), name, where);
      detail::element_count(s, name, where);
      return s;
    }
    const term count(detail::counted({extent}, where), where);
    auto of = [&](const scalar &value) { return operand(value, where); };
    const array size = k == kind::real ? nd::floor_divide((count + scalar(2)).on(), of(2))
                                       : array((nd::maximum((count - scalar(1)).on(), of(0))) * 2);
    extent = detail::run_time_extent(size, name, where);
    return s;
  }
  /// The first n elements of an axis and of zeros behind it.
  array refilled(const array &a, int64_t axis, int64_t n) const {
    nd::shape more = a.shape();
    more[size_t(axis)] = n;
    const array parts[] = {a, detail::record_full(scalar(0), a.dtype(), more, where, name)};
    return detail::sliced_along(detail::joined(parts, axis, where), size_t(axis), 0, n, 1, where);
  }
};

array one(const char *name, const operand &x, kind k, std::optional<int64_t> n, int64_t axis,
          std::string_view norm) {
  return call{name, x.where(), norm}.along(detail::as_array(x), k, n, axis);
}

array several(const char *name, const operand &x, kind k, const nd::axes &s, const nd::axes &axes,
              std::string_view norm) {
  call c{name, x.where(), norm};
  array a = detail::as_array(x);
  extents at, points;
  if (axes.given()) {
    for (int64_t axis : axes.list())
      at.push_back(detail::axis_of(axis, a.ndim(), name, c.where));
  } else {
    const int64_t count = s.given() ? int64_t(s.list().size()) : a.ndim();
    for (int64_t i = 0; i < count; ++i)
      at.push_back(detail::axis_of(i - count, a.ndim(), name, c.where));
  }
  if (s.given())
    points = extents(s.list());
  else
    points.assign(at.size(), -1);
  if (points.size() != at.size())
    c.raise(rules::error_kind::value, "s has " + std::to_string(points.size()) + " extents for " +
                                          std::to_string(at.size()) + " axes; give one for each");
  if (at.empty() && (k == kind::real || k == kind::to_real))
    c.raise(rules::error_kind::value, "there is no axis to transform; give at least one");
  auto step = [&](kind own, size_t i) {
    a = c.along(a, own, points[i] == -1 ? std::nullopt : std::optional(points[i]), at[i]);
  };
  if (k == kind::to_real) {
    for (size_t i = 0; i + 1 < at.size(); ++i)
      step(kind::inverse, i);
    step(k, at.size() - 1);
    return a;
  }
  for (size_t i = at.size(); i-- > 0;)
    step(k == kind::real && i + 1 < at.size() ? kind::forward : k, i);
  return a;
}

array shifted(const char *name, const operand &x, const nd::axes &axes, bool back) {
  const site &where = x.where();
  array a = detail::as_array(x);
  std::vector<int64_t> at, by;
  for (int64_t i = 0; i < (axes.given() ? int64_t(axes.list().size()) : a.ndim()); ++i) {
    const int64_t axis =
        axes.given() ? detail::axis_of(axes.list()[size_t(i)], a.ndim(), name, where) : i;
    const int64_t extent = a.shape()[size_t(axis)];
    if (rules::is_run_time(extent)) {
      const term size(detail::counted({extent}, where), where);
      const term half = size.with(nd::floor_divide(size.on(), operand(2, where)));
      const term from = detail::counting(extent, int64, where);
      a = detail::taken_along(a, axis, (back ? from + half : from + (size - half)) % size, where);
      continue;
    }
    at.push_back(axis);
    by.push_back(back ? -(extent / 2) : extent / 2);
  }
  return at.empty() ? a : roll(operand(a, where), by, at);
}

void check_count(const char *name, int64_t n, const site &where) {
  if (n < 1)
    detail::raise(rules::error_kind::value, name,
                  "the number of samples is " + std::to_string(n) + "; it must be 1 or more",
                  where);
  detail::check_size({n}, float64, name, where);
}

} // namespace

#define ND_TRANSFORM(name, kind_)                                                                  \
  array name(const operand &a, std::optional<int64_t> n, int64_t axis, std::string_view norm) {    \
    return one("fft." #name, a, kind::kind_, n, axis, norm);                                       \
  }
ND_TRANSFORM(fft, forward)
ND_TRANSFORM(ifft, inverse)
ND_TRANSFORM(rfft, real)
ND_TRANSFORM(irfft, to_real)
#undef ND_TRANSFORM

array hfft(const operand &x, std::optional<int64_t> n, int64_t axis, std::string_view norm) {
  array a = conjugate(x);
  return call{"fft.hfft", x.where(), norm}.swapped().along(a, kind::to_real, n, axis);
}
array ihfft(const operand &x, std::optional<int64_t> n, int64_t axis, std::string_view norm) {
  const call c{"fft.ihfft", x.where(), norm};
  array out = c.swapped().along(detail::as_array(x), kind::real, n, axis);
  return conjugate(operand(out, c.where));
}

#define ND_TRANSFORM(name, kind_)                                                                  \
  array name(const operand &a, const nd::axes &s, const nd::axes &axes, std::string_view norm) {   \
    return several("fft." #name, a, kind::kind_, s, axes, norm);                                   \
  }
ND_TRANSFORM(fftn, forward)
ND_TRANSFORM(ifftn, inverse)
ND_TRANSFORM(rfftn, real)
ND_TRANSFORM(irfftn, to_real)
ND_TRANSFORM(fft2, forward)
ND_TRANSFORM(ifft2, inverse)
ND_TRANSFORM(rfft2, real)
ND_TRANSFORM(irfft2, to_real)
#undef ND_TRANSFORM

array fftfreq(int64_t n, double d, site where) {
  check_count("fft.fftfreq", n, where);
  const term k = detail::counting(n, int64, where);
  if (rules::is_run_time(n)) {
    const term size(detail::counted({n}, where), where);
    const term behind = (k * scalar(2) >= size).as(int64);
    return (k - behind * size) * (scalar(1.0) / (size * scalar(d)));
  }
  const term behind = (k >= scalar((n - 1) / 2 + 1)).as(int64);
  return (k - behind * scalar(n)) * scalar(1.0 / (double(n) * d));
}
array rfftfreq(int64_t n, double d, site where) {
  check_count("fft.rfftfreq", n, where);
  if (rules::is_run_time(n)) {
    const term size(detail::counted({n}, where), where);
    const array half = nd::floor_divide((size + scalar(2)).on(), operand(2, where));
    return detail::counting(detail::run_time_extent(half, "fft.rfftfreq", where), int64, where) *
           (scalar(1.0) / (size * scalar(d)));
  }
  return detail::counting(n / 2 + 1, int64, where) * scalar(1.0 / (double(n) * d));
}

array fftshift(const operand &x, const nd::axes &axes) {
  return shifted("fft.fftshift", x, axes, false);
}
array ifftshift(const operand &x, const nd::axes &axes) {
  return shifted("fft.ifftshift", x, axes, true);
}

} // namespace nd::fft
