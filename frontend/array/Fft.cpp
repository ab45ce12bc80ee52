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

  array along(const array &a, kind k, std::optional<int64_t> n, int64_t axis) const {
    const int64_t norm = divides(is_forward(k));
    const int64_t at = detail::axis_of(axis, a.ndim(), name, where);
    if (n && *n < 1)
      raise(rules::error_kind::value,
            "the number of points is " + std::to_string(*n) + "; it must be 1 or more");
    if (k == kind::real && rules::is_complex(a.dtype()))
      raise(rules::error_kind::dtype, "dtype " + std::string(rules::name(a.dtype())) +
                                          " is not supported: it takes real numbers; use fft");
    if (!n && (k == kind::real || k == kind::to_real))
      detail::known_extent(a, at, name, where);
    const auto shape_rule = k == kind::real      ? rules::transform::real
                            : k == kind::to_real ? rules::transform::to_real
                                                 : rules::transform::complex;
    detail::checked(rules::fft_shape(a.shape(), at, n.value_or(-1), shape_rule), name, where);
    const int64_t points = n.value_or(-1);
    if (k == kind::real)
      return detail::record("nd.rfft", {&a}, {{"axis", at}, {"n", points}, {"norm", norm}}, where);
    if (k == kind::to_real) {
      array out =
          detail::record("nd.irfft", {&a}, {{"axis", at}, {"n", points}, {"norm", norm}}, where);
      return rules::is_half(a.dtype()) ? detail::converted(out, a.dtype(), where) : out;
    }
    return detail::record(
        "nd.fft", {&a},
        {{"axis", at}, {"n", points}, {"inverse", k == kind::inverse}, {"norm", norm}}, where);
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
  if (axes.given())
    for (int64_t axis : axes.list())
      at.push_back(detail::axis_of(axis, a.ndim(), name, where));
  else
    for (int64_t i = 0; i < a.ndim(); ++i)
      at.push_back(i);
  for (int64_t axis : at) {
    const int64_t half = detail::known_extent(a, axis, name, where) / 2;
    by.push_back(back ? -half : half);
  }
  return at.empty() ? a : roll(operand(a, where), by, at);
}

void check_count(const char *name, int64_t n, const site &where) {
  if (n < 1)
    detail::raise(rules::error_kind::value, name,
                  "the number of samples is " + std::to_string(n) + "; it must be 1 or more",
                  where);
}

} // namespace

array fft(const operand &a, std::optional<int64_t> n, int64_t axis, std::string_view norm) {
  return one("fft.fft", a, kind::forward, n, axis, norm);
}
array ifft(const operand &a, std::optional<int64_t> n, int64_t axis, std::string_view norm) {
  return one("fft.ifft", a, kind::inverse, n, axis, norm);
}
array rfft(const operand &a, std::optional<int64_t> n, int64_t axis, std::string_view norm) {
  return one("fft.rfft", a, kind::real, n, axis, norm);
}
array irfft(const operand &a, std::optional<int64_t> n, int64_t axis, std::string_view norm) {
  return one("fft.irfft", a, kind::to_real, n, axis, norm);
}

array hfft(const operand &x, std::optional<int64_t> n, int64_t axis, std::string_view norm) {
  array a = conjugate(x);
  return call{"fft.hfft", x.where(), norm}.swapped().along(a, kind::to_real, n, axis);
}
array ihfft(const operand &x, std::optional<int64_t> n, int64_t axis, std::string_view norm) {
  const call c{"fft.ihfft", x.where(), norm};
  array out = c.swapped().along(detail::as_array(x), kind::real, n, axis);
  return conjugate(operand(out, c.where));
}

array fftn(const operand &a, const nd::axes &s, const nd::axes &axes, std::string_view norm) {
  return several("fft.fftn", a, kind::forward, s, axes, norm);
}
array ifftn(const operand &a, const nd::axes &s, const nd::axes &axes, std::string_view norm) {
  return several("fft.ifftn", a, kind::inverse, s, axes, norm);
}
array rfftn(const operand &a, const nd::axes &s, const nd::axes &axes, std::string_view norm) {
  return several("fft.rfftn", a, kind::real, s, axes, norm);
}
array irfftn(const operand &a, const nd::axes &s, const nd::axes &axes, std::string_view norm) {
  return several("fft.irfftn", a, kind::to_real, s, axes, norm);
}
array fft2(const operand &a, const nd::axes &s, const nd::axes &axes, std::string_view norm) {
  return several("fft.fft2", a, kind::forward, s, axes, norm);
}
array ifft2(const operand &a, const nd::axes &s, const nd::axes &axes, std::string_view norm) {
  return several("fft.ifft2", a, kind::inverse, s, axes, norm);
}
array rfft2(const operand &a, const nd::axes &s, const nd::axes &axes, std::string_view norm) {
  return several("fft.rfft2", a, kind::real, s, axes, norm);
}
array irfft2(const operand &a, const nd::axes &s, const nd::axes &axes, std::string_view norm) {
  return several("fft.irfft2", a, kind::to_real, s, axes, norm);
}

array fftfreq(int64_t n, double d, site where) {
  check_count("fft.fftfreq", n, where);
  const term k = detail::counting(n, int64, where);
  const term behind = (k >= scalar((n - 1) / 2 + 1)).as(int64);
  return (k - behind * scalar(n)) * scalar(1.0 / (double(n) * d));
}
array rfftfreq(int64_t n, double d, site where) {
  check_count("fft.rfftfreq", n, where);
  return detail::counting(n / 2 + 1, int64, where) * scalar(1.0 / (double(n) * d));
}

array fftshift(const operand &x, const nd::axes &axes) {
  return shifted("fft.fftshift", x, axes, false);
}
array ifftshift(const operand &x, const nd::axes &axes) {
  return shifted("fft.ifftshift", x, axes, true);
}

} // namespace nd::fft
