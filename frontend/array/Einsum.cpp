// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// einsum as products of two operands at a time.
#include "frontend/array/ContractionOrder.h"
#include "frontend/array/Known.h"
#include "nd/contraction.h"
#include "nd/creation.h"
#include "nd/manipulation.h"
#include "nd/reductions.h"
#include "nd/ufuncs.h"

#include <algorithm>

namespace nd {
namespace {

using detail::contraction_order;
using detail::extents;
using detail::label;
using labels = std::vector<label>;

bool has(const labels &list, label l) {
  return std::find(list.begin(), list.end(), l) != list.end();
}

/// An array whose axes have labels, each once and of the label's full extent.
struct labelled {
  array x;
  labels axes;
};

struct contraction {
  const std::map<label, int64_t> &sizes;
  const site &where;

  operand on(const array &a) const { return operand(a, where); }

  /// Repeated labels become diagonals, axes of extent 1 go.
  labelled simple(array x, labels axes) const {
    for (size_t i = 0; i < axes.size(); ++i)
      for (size_t j = i + 1; j < axes.size(); ++j)
        if (axes[i] == axes[j]) {
          extents order = {int64_t(i), int64_t(j)};
          labels rest;
          for (size_t k = 0; k < axes.size(); ++k)
            if (k != i && k != j) {
              order.push_back(int64_t(k));
              rest.push_back(axes[k]);
            }
          rest.push_back(axes[i]);
          x = diagonal(on(detail::permuted(x, order, where)));
          return simple(x, rest);
        }
    extents s;
    labels kept;
    for (size_t i = 0; i < axes.size(); ++i)
      if (x.shape()[i] != 1) {
        s.push_back(x.shape()[i]);
        kept.push_back(axes[i]);
      }
    return {detail::reshaped(x, s, where), kept};
  }

  /// Sum over some axes, in the dtype that the array has.
  array summed(const array &x, const extents &over) const {
    if (over.empty())
      return x;
    const bool truth = rules::is_bool(x.dtype());
    array out = detail::record(truth ? "nd.any" : "nd.sum", {&x},
                               {{"axes", over}, {"keepdims", false}}, where);
    return detail::converted(out, x.dtype(), where);
  }
  labelled without(const labelled &a, const labels &kept) const {
    extents over;
    labels left;
    for (size_t i = 0; i < a.axes.size(); ++i)
      if (has(kept, a.axes[i]))
        left.push_back(a.axes[i]);
      else
        over.push_back(int64_t(i));
    return {summed(a.x, over), left};
  }
  array ordered(const labelled &a, const labels &order) const {
    extents axes;
    for (label l : order)
      axes.push_back(std::find(a.axes.begin(), a.axes.end(), l) - a.axes.begin());
    return detail::permuted(a.x, axes, where);
  }
  /// With the axes of \p order, those that it has not of extent 1.
  array spread(const labelled &a, const labels &order) const {
    labels own;
    extents s;
    for (label l : order) {
      const bool mine = has(a.axes, l);
      if (mine)
        own.push_back(l);
      s.push_back(mine ? sizes.at(l) : 1);
    }
    return detail::reshaped(ordered(a, own), s, where);
  }
  int64_t extent(const labels &list) const {
    extents s;
    for (label l : list)
      s.push_back(sizes.at(l));
    if (s.size() == 1)
      return s[0];
    int64_t out = 1;
    for (int64_t e : s)
      if (rules::is_run_time(e))
        return detail::run_time_extent(detail::counted(s, where), "einsum", where);
      else
        out *= e;
    return out;
  }
  extents shape_of(std::initializer_list<const labels *> lists) const {
    extents s;
    for (const labels *list : lists)
      for (label l : *list)
        s.push_back(sizes.at(l));
    return s;
  }

  /// The product of two, summed over the labels that \p kept has not.
  labelled product(const labelled &a, const labelled &b, const labels &kept) const {
    labels batch, rows, columns, inner;
    for (label l : a.axes)
      (has(b.axes, l) ? has(kept, l) ? batch : inner : rows).push_back(l);
    for (label l : b.axes)
      if (!has(a.axes, l))
        columns.push_back(l);
    const bool dot = rows.empty() && columns.empty();
    const bool many_rows = !batch.empty() && (rows.empty() || columns.empty());
    if (inner.empty() || dot || many_rows) {
      // In the order of the operand with more axes, which then is read as it lies.
      const labelled &more = a.axes.size() >= b.axes.size() ? a : b;
      labels all = more.axes;
      for (label l : &more == &a ? columns : rows)
        all.push_back(l);
      labelled out{multiply(on(spread(a, all)), on(spread(b, all))), all};
      return without(out, kept);
    }
    // (batch..., rows, inner) x (batch..., inner, columns)
    auto matrix = [&](const labelled &x, const labels &first, const labels &second) {
      labels order = batch;
      order.insert(order.end(), first.begin(), first.end());
      order.insert(order.end(), second.begin(), second.end());
      extents s = shape_of({&batch});
      s.push_back(extent(first));
      s.push_back(extent(second));
      return detail::reshaped(ordered(x, order), s, where);
    };
    array left = matrix(a, rows, inner), right = matrix(b, inner, columns);
    labels axes = batch;
    axes.insert(axes.end(), rows.begin(), rows.end());
    axes.insert(axes.end(), columns.begin(), columns.end());
    array out = detail::record("nd.matmul", {&left, &right}, {}, where);
    return {detail::reshaped(out, shape_of({&axes}), where), axes};
  }
};

/// Labels whose axes are left when those of extent 1 are gone.
std::vector<labels> long_labels(const detail::subscripts &s, std::span<const nd::shape> shapes) {
  std::vector<labels> out;
  for (size_t k = 0; k < s.operands.size(); ++k) {
    out.emplace_back();
    for (size_t i = 0; i < s.operands[k].size(); ++i)
      if (shapes[k][i] != 1 && !has(out.back(), s.operands[k][i]))
        out.back().push_back(s.operands[k][i]);
  }
  return out;
}

labels long_output(const detail::subscripts &s) {
  labels out;
  for (label l : s.output)
    if (s.extents.at(l) != 1)
      out.push_back(l);
  return out;
}

std::vector<nd::shape> shapes_of(const std::vector<array> &list) {
  std::vector<nd::shape> out;
  for (const array &a : list)
    out.push_back(a.shape());
  return out;
}

} // namespace

array einsum(std::string_view text, const array_list &list, const einsum_options &options) {
  const site &where = list.where();
  std::vector<array> given = detail::arrays_of(list);
  const std::vector<nd::shape> shapes = shapes_of(given);
  const detail::subscripts s(text, shapes, "einsum", where);
  dtype_kind type = detail::promoted(given);
  if (options.dtype) {
    if (rules::promote(type, *options.dtype) != *options.dtype)
      detail::raise(rules::error_kind::dtype, "einsum",
                    "the operands are " + std::string(rules::name(type)) + ", and " +
                        std::string(rules::name(*options.dtype)) +
                        " does not hold all of their values; cast them with astype",
                    where);
    type = *options.dtype;
  }

  contraction c{s.extents, where};
  const labels output = long_output(s);
  std::vector<labelled> parts;
  for (size_t k = 0; k < given.size(); ++k)
    parts.push_back(c.simple(detail::converted(given[k], type, where), s.operands[k]));
  // What the output or another operand needs.
  auto kept = [&](std::initializer_list<size_t> besides) {
    labels out = output;
    for (size_t k = 0; k < parts.size(); ++k)
      if (std::find(besides.begin(), besides.end(), k) == besides.end())
        out.insert(out.end(), parts[k].axes.begin(), parts[k].axes.end());
    return out;
  };
  for (size_t k = 0; k < parts.size(); ++k)
    parts[k] = c.without(parts[k], kept({k}));
  std::vector<labels> lists;
  for (const labelled &p : parts)
    lists.push_back(p.axes);
  for (auto [i, j] : contraction_order(lists, output, s.extents).steps) {
    labelled next = c.product(parts[i], parts[j], kept({i, j}));
    parts.erase(parts.begin() + int64_t(j));
    parts.erase(parts.begin() + int64_t(i));
    parts.push_back(std::move(next));
  }
  extents shape;
  for (label l : s.output)
    shape.push_back(s.extents.at(l));
  return detail::reshaped(c.ordered(parts[0], output), shape, where);
}

namespace {

array of_lists(std::initializer_list<labelled_operand> operands,
               const std::vector<axis_label> *output, const einsum_options &options) {
  const site where = operands.size() ? operands.begin()->where : site();
  std::string text;
  auto write = [&](std::span<const axis_label> list) {
    for (axis_label l : list) {
      if (l.number < -1 || l.number >= 52)
        detail::raise(rules::error_kind::value, "einsum",
                      "the label " + std::to_string(l.number) + " is outside [0, 52)", where);
      if (l.number < 0)
        text += "...";
      else
        text += char(l.number < 26 ? 'A' + l.number : 'a' + (l.number - 26));
    }
  };
  std::vector<array> list;
  for (const labelled_operand &o : operands) {
    if (!list.empty())
      text += ',';
    write(o.labels);
    list.push_back(o.x);
  }
  if (output) {
    text += "->";
    write(*output);
  }
  return einsum(text, array_list(list, where), options);
}

} // namespace

array einsum(std::initializer_list<labelled_operand> operands,
             std::initializer_list<axis_label> output, const einsum_options &options) {
  const std::vector<axis_label> list = output;
  return of_lists(operands, &list, options);
}
array einsum(std::initializer_list<labelled_operand> operands, const einsum_options &options) {
  return of_lists(operands, nullptr, options);
}

einsum_path_result einsum_path(std::string_view text, const array_list &list) {
  const site &where = list.where();
  const std::vector<nd::shape> shapes = shapes_of(detail::arrays_of(list));
  const detail::subscripts s(text, shapes, "einsum_path", where);
  contraction_order p(long_labels(s, shapes), long_output(s), s.extents);
  einsum_path_result out;
  auto number = [](double x) {
    std::string digits = std::to_string(x);
    return digits.substr(0, digits.find('.'));
  };
  contraction_order::label_set every;
  for (const contraction_order::label_set &o : p.operands)
    every = contraction_order::united(every, o);
  double total = 0;
  for (size_t k = 0; k < p.steps.size(); ++k) {
    auto [i, j] = p.steps[k];
    out.path.push_back({int64_t(i), int64_t(j)});
    out.report += "step " + std::to_string(k) + ": operands " + std::to_string(i) + " and " +
                  std::to_string(j) + ", " + number(p.costs[k]) + " multiplications\n";
    total += p.costs[k];
  }
  if (p.steps.empty())
    out.path.push_back({0});
  out.report += "in all " + number(total) + " multiplications; one after the other " +
                number(p.volume(every) * double(std::max<size_t>(1, shapes.size() - 1))) + "\n";
  return out;
}

} // namespace nd
