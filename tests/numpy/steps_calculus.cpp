// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Averages and covariances, sampled functions, polynomials.
#include "steps.h"

namespace compare {
namespace {

constexpr const char *modes[] = {"valid", "same", "full", "some"};

std::optional<int64_t> maybe(const call &c, size_t at) {
  return c.integer(at) == none ? std::nullopt : std::optional(c.integer(at));
}

/// The arrays behind the first, in order, as flags ask for them.
struct arguments {
  const call &c;
  int64_t flags;
  size_t next = 1;
  nd::array take(int64_t flag) { return flags & flag ? c.array(next++) : nd::array(); }
};

nd::polyfit_options fit_options(const call &c) {
  arguments more{c, c.integer(1), 2};
  nd::polyfit_options o;
  o.w = more.take(1);
  o.unscaled = c.integer(1) & 2;
  if (!c.s.reals.empty())
    o.rcond = c.real(0);
  return o;
}

} // namespace

void add_calculus(table &t) {
  // Integers: 1 weights 2 keepdims 4 axes, the axes.
  t["average"] = [](const call &c) {
    arguments more{c, c.integer(0)};
    nd::array w = more.take(1);
    nd::axes axis = c.integer(0) & 4 ? nd::axes(c.rest(1)) : nd::axes();
    if (c.integer(0) & 2)
      return arrays{nd::average(c.operand(0), axis, w, nd::keepdims)};
    return arrays{nd::average(c.operand(0), axis, w)};
  };
  t["average returned"] = [](const call &c) {
    arguments more{c, c.integer(0)};
    nd::array w = more.take(1);
    nd::axes axis = c.integer(0) & 4 ? nd::axes(c.rest(1)) : nd::axes();
    auto [mean, total] =
        nd::average(c.operand(0), axis, w, nd::returned, {.keepdims = (c.integer(0) & 2) != 0});
    return arrays{mean, total};
  };
  // Integers: 1 y 2 fweights 4 aweights 8 columns 16 bias, ddof or none.
  t["cov"] = [](const call &c) {
    arguments more{c, c.integer(0)};
    nd::array y = more.take(1);
    nd::cov_options o;
    o.fweights = more.take(2);
    o.aweights = more.take(4);
    o.rowvar = !(c.integer(0) & 8);
    o.bias = c.integer(0) & 16;
    o.ddof = maybe(c, 1);
    return arrays{nd::cov(c.operand(0), y, o)};
  };
  t["corrcoef"] = [](const call &c) {
    arguments more{c, c.integer(0)};
    nd::array y = more.take(1);
    return arrays{nd::corrcoef(c.operand(0), y, {.rowvar = !(c.integer(0) & 8)})};
  };
  // Integers: 1 left 2 right 4 period; reals: these.
  t["interp"] = [](const call &c) {
    nd::interp_options o;
    size_t next = 0;
    if (c.integer(0) & 1)
      o.left = c.real(next++);
    if (c.integer(0) & 2)
      o.right = c.real(next++);
    if (c.integer(0) & 4)
      o.period = c.real(next++);
    return arrays{nd::interp(c.operand(0), c.operand(1), c.operand(2), o)};
  };
  // Integers: 1 x, the axis; reals: dx.
  t["trapezoid"] = [](const call &c) {
    arguments more{c, c.integer(0)};
    nd::array x = more.take(1);
    if (c.integer(1) == -1)
      return arrays{nd::trapezoid(c.operand(0), x, c.real(0))};
    return arrays{nd::trapezoid(c.operand(0), {.x = x, .dx = c.real(0), .axis = c.integer(1)})};
  };
  // Integers: the edge's order, the axes; the spacings follow the array.
  t["gradient"] = [](const call &c) {
    nd::gradient_options o{.axis = c.axes(1), .edge_order = c.integer(0)};
    switch (c.count()) {
    case 1:
      return arrays{nd::gradient(c.operand(0), o)};
    case 2:
      return arrays{nd::gradient(c.operand(0), c.operand(1), o)};
    case 3:
      return arrays{nd::gradient(c.operand(0), c.operand(1), c.operand(2), o)};
    default:
      return arrays{nd::gradient(c.operand(0), c.operand(1), c.operand(2), c.operand(3), o)};
    }
  };
  // Integers: the mode.
  t["convolve"] = [](const call &c) {
    return arrays{nd::convolve(c.operand(0), c.operand(1), modes[c.integer(0)])};
  };
  t["correlate"] = [](const call &c) {
    return arrays{nd::correlate(c.operand(0), c.operand(1), modes[c.integer(0)])};
  };
  // Integers: axisa, axisb, axisc, axis or none.
  t["cross"] = [](const call &c) {
    return arrays{nd::cross(c.operand(0), c.operand(1),
                            {.axisa = c.integer(0),
                             .axisb = c.integer(1),
                             .axisc = c.integer(2),
                             .axis = maybe(c, 3)})};
  };
  // Integers: the degree, 1 w 2 unscaled; reals: rcond or nothing.
  t["polyfit"] = [](const call &c) {
    return arrays{nd::polyfit(c.operand(0), c.operand(1), c.integer(0), fit_options(c))};
  };
  t["polyfit_full"] = [](const call &c) {
    auto [p, residuals, rank, s, rcond] =
        nd::polyfit_full(c.operand(0), c.operand(1), c.integer(0), fit_options(c));
    return arrays{p, residuals, rank, s, rcond};
  };
  t["polyfit_cov"] = [](const call &c) {
    auto [p, v] = nd::polyfit_cov(c.operand(0), c.operand(1), c.integer(0), fit_options(c));
    return arrays{p, v};
  };
  t["polyval"] = [](const call &c) { return arrays{nd::polyval(c.operand(0), c.operand(1))}; };
  t["roots"] = [](const call &c) { return arrays{nd::roots(c.operand(0))}; };
  // In ascending order, as their order is not said.
  t["sorted roots"] = [](const call &c) { return arrays{nd::sort(nd::roots(c.operand(0)))}; };
  t["poly"] = [](const call &c) { return arrays{nd::poly(c.operand(0))}; };
  t["polyadd"] = [](const call &c) { return arrays{nd::polyadd(c.operand(0), c.operand(1))}; };
  t["polysub"] = [](const call &c) { return arrays{nd::polysub(c.operand(0), c.operand(1))}; };
  t["polymul"] = [](const call &c) { return arrays{nd::polymul(c.operand(0), c.operand(1))}; };
  t["polydiv"] = [](const call &c) {
    auto [q, r] = nd::polydiv(c.operand(0), c.operand(1));
    return arrays{q, r};
  };
  // Integers: how often.
  t["polyder"] = [](const call &c) { return arrays{nd::polyder(c.operand(0), c.integer(0))}; };
  t["polyint"] = [](const call &c) {
    return arrays{c.count() == 2 ? nd::polyint(c.operand(0), c.integer(0), c.array(1))
                                 : nd::polyint(c.operand(0), c.integer(0))};
  };
  // Two polynomials: all of their arithmetic, calls, derivatives.
  t["poly1d"] = [](const call &c) {
    nd::poly1d p(c.array(0)), q(c.array(1));
    auto [quotient, remainder] = p / q;
    return arrays{p.c(),         (p + q).c(), (p - q).c(),    (p * q).c(),    quotient.c(),
                  remainder.c(), (-p).c(),    (p * 2).c(),    (3 + p).c(),    (p / 4).c(),
                  p.pow(3).c(),  p(q).c(),    p.deriv().c(),  p.integ(2).c(), p[1],
                  p(c.array(0)), p(0.5),      p.deriv(2).c(), (1 - q).c(),    p[100]};
  };
  t["poly1d of roots"] = [](const call &c) {
    return arrays{nd::poly1d(c.array(0), true).coeffs()};
  };
}

} // namespace compare
