// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Equal, or nearly, and made finite.
#include "frontend/array/Compose.h"
#include "ir/rules/broadcast.h"
#include "nd/reductions.h"
#include "nd/ufuncs.h"

#include <limits>

namespace nd {

array isclose(const operand &x, const operand &y, double rtol, double atol, bool equal_nan) {
  const site &where = x.where();
  auto on = [&](const array &v) { return operand(v, where); };
  auto number = [&](double v) { return operand(v, where); };
  array a = detail::as_array(x), b = detail::as_array(y);
  if (!rules::is_inexact(b.dtype()))
    b = detail::converted(b, float64, where);
  if (rules::is_bool(a.dtype()))
    a = detail::converted(a, b.dtype(), where);
  array room = add(number(atol), on(multiply(number(rtol), on(absolute(on(b))))));
  array near = less_equal(on(absolute(on(subtract(on(a), on(b))))), on(room));
  array out = logical_or(on(logical_and(on(near), on(isfinite(on(b))))), on(equal(on(a), on(b))));
  if (equal_nan)
    out = logical_or(on(out), on(logical_and(on(isnan(on(a))), on(isnan(on(b))))));
  return out;
}

bool allclose(const operand &a, const operand &b, double rtol, double atol, bool equal_nan) {
  return all(operand(isclose(a, b, rtol, atol, equal_nan), a.where())).item<bool>(a.where());
}

bool array_equal(const operand &x, const operand &y, bool equal_nan) {
  const site &where = x.where();
  array a = detail::as_array(x), b = detail::as_array(y);
  if (!(a.shape() == b.shape()))
    return false;
  array same = equal(operand(a, where), operand(b, where));
  if (equal_nan)
    same = logical_or(operand(same, where),
                      operand(logical_and(operand(isnan(operand(a, where)), where),
                                          operand(isnan(operand(b, where)), where)),
                              where));
  return all(operand(same, where)).item<bool>(where);
}

bool array_equiv(const operand &x, const operand &y) {
  const site &where = x.where();
  array a = detail::as_array(x), b = detail::as_array(y);
  if (!rules::broadcast(std::vector<detail::extents>{a.shape(), b.shape()}))
    return false;
  return all(operand(equal(operand(a, where), operand(b, where)), where)).item<bool>(where);
}

namespace {

/// The largest finite number of a floating dtype.
double largest(dtype_kind type) {
  switch (type) {
  case dtype_kind::float16:
    return 65504;
  case dtype_kind::bfloat16:
    return 0x1.fep127;
  case dtype_kind::float32:
    return double(std::numeric_limits<float>::max());
  default:
    return std::numeric_limits<double>::max();
  }
}

array finite(const array &x, const nan_to_num_options &options, const site &where) {
  auto on = [&](const array &v) { return operand(v, where); };
  auto number = [&](double v) { return detail::record_full(v, x.dtype(), {}, where); };
  const double most = largest(x.dtype()), infinity = std::numeric_limits<double>::infinity();
  array out = nd::where(on(isnan(on(x))), on(number(options.nan)), on(x));
  out = nd::where(on(equal(on(x), on(number(infinity)))), on(number(options.posinf.value_or(most))),
                  on(out));
  return nd::where(on(equal(on(x), on(number(-infinity)))),
                   on(number(options.neginf.value_or(-most))), on(out));
}

} // namespace

array nan_to_num(const operand &x, const nan_to_num_options &options) {
  const site &where = x.where();
  array a = detail::as_array(x), out;
  if (!rules::is_inexact(a.dtype()))
    return options.copy ? detail::copied(a, where) : a;
  if (rules::is_complex(a.dtype())) {
    array re = finite(a.real(where), options, where), im = finite(a.imag(where), options, where);
    out = detail::record("nd.complex", {&re, &im}, {}, where);
  } else {
    out = finite(a, options, where);
  }
  if (options.copy)
    return out;
  detail::write(a, out, "nan_to_num", where);
  return a;
}

} // namespace nd
