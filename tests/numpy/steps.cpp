// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Steps by name: each entry says what its integers and reals are.
#include "steps.h"

#include <stdexcept>

namespace compare {
namespace {

void add_pointwise(table &t) {
#define ND_POINTWISE_1(name)                                                                       \
  t[#name] = [](const call &c) { return arrays{nd::name(c.operand(0))}; };
#define ND_POINTWISE_2(name)                                                                       \
  t[#name] = [](const call &c) { return arrays{nd::name(c.operand(0), c.operand(1))}; };
#define ND_POINTWISE_3(name)                                                                       \
  t[#name] = [](const call &c) {                                                                   \
    return arrays{nd::name(c.operand(0), c.operand(1), c.operand(2))};                             \
  };
#include "pointwise.inc" // one line a row, from cases.tsv
  ND_POINTWISE_1(abs)
  ND_POINTWISE_1(acos)
  ND_POINTWISE_1(acosh)
  ND_POINTWISE_1(asin)
  ND_POINTWISE_1(asinh)
  ND_POINTWISE_1(atan)
  ND_POINTWISE_1(atanh)
  ND_POINTWISE_1(bitwise_invert)
  ND_POINTWISE_1(bitwise_not)
  ND_POINTWISE_1(fix)
  ND_POINTWISE_1(rad2deg)
  ND_POINTWISE_1(deg2rad)
  ND_POINTWISE_1(conj)
  ND_POINTWISE_1(iscomplex)
  ND_POINTWISE_1(isreal)
  t["angle"] = [](const call &c) { return arrays{nd::angle(c.operand(0))}; };
  t["angle in degrees"] = [](const call &c) { return arrays{nd::angle(c.operand(0), true)}; };
  // Methods.
  t[".real"] = [](const call &c) { return arrays{c.array(0).real()}; };
  t[".imag"] = [](const call &c) { return arrays{c.array(0).imag()}; };
  t[".conj"] = [](const call &c) { return arrays{c.array(0).conj()}; };
  ND_POINTWISE_2(atan2)
  ND_POINTWISE_2(bitwise_left_shift)
  ND_POINTWISE_2(bitwise_right_shift)
  ND_POINTWISE_2(mod)
  ND_POINTWISE_2(pow)
  ND_POINTWISE_2(true_divide)
  ND_POINTWISE_2(isclose)
  t["divmod"] = [](const call &c) {
    auto [quotient, remainder] = nd::divmod(c.operand(0), c.operand(1));
    return arrays{quotient, remainder};
  };
}

void add_operators(table &t) {
#define ND_OPERATOR(op)                                                                            \
  t["operator" #op] = [](const call &c) {                                                          \
    if (!c.is_array(0))                                                                            \
      return arrays{c.scalar(0) op c.array(1)};                                                    \
    if (!c.is_array(1))                                                                            \
      return arrays{c.array(0) op c.scalar(1)};                                                    \
    return arrays{c.array(0) op c.array(1)};                                                       \
  };
  ND_OPERATOR(+)
  ND_OPERATOR(-)
  ND_OPERATOR(*)
  ND_OPERATOR(/)
  ND_OPERATOR(%)
  ND_OPERATOR(&)
  ND_OPERATOR(|)
  ND_OPERATOR(^)
  ND_OPERATOR(<<)
  ND_OPERATOR(>>)
  ND_OPERATOR(==)
  ND_OPERATOR(!=)
  ND_OPERATOR(<)
  ND_OPERATOR(<=)
  ND_OPERATOR(>)
  ND_OPERATOR(>=)
  // In place, on a copy.
#define ND_ASSIGNMENT(op)                                                                          \
  t["operator" #op] = [](const call &c) {                                                          \
    nd::array a = nd::copy(c.array(0)), handle = a;                                                \
    if (c.is_array(1))                                                                             \
      a op c.array(1);                                                                             \
    else                                                                                           \
      a op c.scalar(1);                                                                            \
    return arrays{handle};                                                                         \
  };
  ND_ASSIGNMENT(+=)
  ND_ASSIGNMENT(-=)
  ND_ASSIGNMENT(*=)
  ND_ASSIGNMENT(/=)
  ND_ASSIGNMENT(%=)
  ND_ASSIGNMENT(&=)
  ND_ASSIGNMENT(|=)
  ND_ASSIGNMENT(^=)
  ND_ASSIGNMENT(<<=)
  ND_ASSIGNMENT(>>=)
  t["unary+"] = [](const call &c) { return arrays{+c.array(0)}; };
  t["unary-"] = [](const call &c) { return arrays{-c.array(0)}; };
  t["unary~"] = [](const call &c) { return arrays{~c.array(0)}; };
}

/// Integers: flags, dtype, axes; reals: ddof. The mask and the initial value follow the array.
enum reduction_flag {
  has_axes = 1,
  keepdims = 2,
  has_dtype = 4,
  has_mask = 8,
  has_initial = 16,
  method = 32
};

template <class Function, class Method>
arrays reduce(const call &c, Function function, Method as_method) {
  int64_t flags = c.integer(0);
  nd::reduce_options options;
  options.keepdims = flags & keepdims;
  if (!c.s.reals.empty())
    options.ddof = c.real(0);
  if (flags & has_dtype)
    options.dtype = c.dtype(1);
  size_t next = 1;
  if (flags & has_mask)
    options.where = c.array(next++);
  if (flags & has_initial)
    options.initial = c.scalar(next);
  nd::axes axes = flags & has_axes ? nd::axes(c.rest(2)) : nd::axes();
  if (flags & method)
    return {as_method(c.array(0), axes, options)};
  return {function(c.operand(0), axes, options)};
}

void add_reductions(table &t) {
#define ND_REDUCE(name)                                                                            \
  t[#name] = [](const call &c) {                                                                   \
    return reduce(                                                                                 \
        c, [](const auto &...x) { return nd::name(x...); },                                        \
        [](const nd::array &a, const auto &...x) { return a.name(x...); });                        \
  };
  ND_REDUCE(sum)
  ND_REDUCE(prod)
  ND_REDUCE(mean)
  ND_REDUCE(var)
  ND_REDUCE(std)
  ND_REDUCE(min)
  ND_REDUCE(max)
  ND_REDUCE(ptp)
  ND_REDUCE(any)
  ND_REDUCE(all)
  ND_REDUCE(argmin)
  ND_REDUCE(argmax)
  t["count_nonzero"] = [](const call &c) {
    auto count = [](const auto &...x) { return nd::count_nonzero(x...); };
    return reduce(c, count, count);
  };
}

/// Integers, for each index: 0 and an integer; 1, then for start, stop and step whether it is
/// there and what it is; 2 newaxis; 3 ellipsis; 4 nd::all; 5 and the number of an array among the
/// arguments; 6 and a truth value.
std::vector<nd::index> indices(const call &c) {
  std::vector<nd::index> i;
  auto bound = [&](size_t at) {
    return c.integer(at) ? std::optional<int64_t>(c.integer(at + 1)) : std::nullopt;
  };
  for (size_t at = 0; at < c.s.integers.size();) {
    switch (c.integer(at++)) {
    case 0:
      i.emplace_back(c.integer(at++));
      break;
    case 1:
      i.emplace_back(nd::slice(bound(at), bound(at + 2), bound(at + 4)));
      at += 6;
      break;
    case 2:
      i.emplace_back(nd::newaxis);
      break;
    case 3:
      i.emplace_back(nd::ellipsis);
      break;
    case 5:
      i.emplace_back(c.array(size_t(c.integer(at++))));
      break;
    case 6:
      i.emplace_back(c.integer(at++) != 0);
      break;
    default:
      i.emplace_back(nd::all);
    }
  }
  return i;
}

/// Calls \p f with what a[i...] gives.
template <class F> void with_item(const call &c, F f) {
  const nd::array &a = c.array(0);
  std::vector<nd::index> i = indices(c);
  switch (i.size()) {
  case 1:
    return f(a[i[0]]);
  case 2:
    return f(a[i[0], i[1]]);
  case 3:
    return f(a[i[0], i[1], i[2]]);
  case 4:
    return f(a[i[0], i[1], i[2], i[3]]);
  case 5:
    return f(a[i[0], i[1], i[2], i[3], i[4]]);
  case 6:
    return f(a[i[0], i[1], i[2], i[3], i[4], i[5]]);
  }
  throw std::logic_error("getitem takes 1 to 6 indices");
}

arrays getitem(const call &c) {
  arrays out;
  with_item(c, [&](nd::array item) { out.push_back(item); });
  return out;
}

/// Writes: a[i...] = x and its like. No results.
void add_writes(table &t) {
  t["setitem"] = [](const call &c) {
    with_item(c, [&](nd::array &&item) {
      if (c.is_array(1))
        std::move(item) = c.array(1);
      else
        std::move(item) = c.operand(1);
    });
    return arrays{};
  };
#define ND_WRITE(name, symbol)                                                                     \
  t["setitem_" #name] = [](const call &c) {                                                        \
    with_item(c, [&](nd::array &&item) { std::move(item) symbol c.operand(1); });                  \
    return arrays{};                                                                               \
  };                                                                                               \
  t["inplace_" #name] = [](const call &c) {                                                        \
    nd::array a = c.array(0);                                                                      \
    a symbol c.operand(1);                                                                         \
    return arrays{};                                                                               \
  };
  ND_WRITE(add, +=)
  ND_WRITE(subtract, -=)
  ND_WRITE(multiply, *=)
#undef ND_WRITE
}

void add_shapes(table &t) {
  t["getitem"] = getitem;
  t["rows"] = [](const call &c) {
    arrays rows;
    for (const nd::array &row : c.array(0))
      rows.push_back(row);
    return rows;
  };
  // Integers: a shape or axes.
  t["reshape"] = [](const call &c) { return arrays{nd::reshape(c.operand(0), c.shape())}; };
  t["broadcast_to"] = [](const call &c) {
    return arrays{nd::broadcast_to(c.operand(0), c.shape())};
  };
  t["transpose"] = [](const call &c) { return arrays{nd::transpose(c.operand(0), c.axes())}; };
  t["permute_dims"] = [](const call &c) {
    return arrays{nd::permute_dims(c.operand(0), c.axes())};
  };
  t["squeeze"] = [](const call &c) { return arrays{nd::squeeze(c.operand(0), c.axes())}; };
  t["expand_dims"] = [](const call &c) { return arrays{nd::expand_dims(c.operand(0), c.axes())}; };
  t["flip"] = [](const call &c) { return arrays{nd::flip(c.operand(0), c.axes())}; };
  // Integers: the sources, then as many destinations.
  t["moveaxis"] = [](const call &c) {
    auto all = c.rest(0);
    auto middle = all.begin() + std::ptrdiff_t(all.size() / 2);
    return arrays{nd::moveaxis(c.operand(0), std::vector<int64_t>(all.begin(), middle),
                               std::vector<int64_t>(middle, all.end()))};
  };
  t["swapaxes"] = [](const call &c) {
    return arrays{nd::swapaxes(c.operand(0), c.integer(0), c.integer(1))};
  };
  // No integers.
  t["T"] = [](const call &c) { return arrays{c.array(0).T()}; };
  t["flatten"] = [](const call &c) { return arrays{c.array(0).flatten()}; };
#define ND_PLAIN(name) t[#name] = [](const call &c) { return arrays{nd::name(c.operand(0))}; };
  ND_PLAIN(copy)
  ND_PLAIN(fliplr)
  ND_PLAIN(flipud)
  ND_PLAIN(matrix_transpose)
  ND_PLAIN(ravel)
  // Integers: the dtype.
  t["astype"] = [](const call &c) { return arrays{nd::astype(c.operand(0), c.dtype(0))}; };
  // Integers: the axis.
#define ND_JOIN(name)                                                                              \
  t[#name] = [](const call &c) { return arrays{nd::name(c.all(), c.integer(0))}; };
  ND_JOIN(concatenate)
  ND_JOIN(concat)
  ND_JOIN(stack)
#define ND_STACK(name) t[#name] = [](const call &c) { return arrays{nd::name(c.all())}; };
  ND_STACK(vstack)
  ND_STACK(hstack)
  ND_STACK(dstack)
  ND_STACK(column_stack)
  ND_STACK(c_)
  ND_STACK(broadcast_arrays)
}

/// A function that changes its first argument, on a copy.
template <class Change> arrays changed(const call &c, Change change) {
  nd::array a = nd::copy(c.array(0)), handle = a;
  change(a);
  return {handle};
}

void add_selection(table &t) {
  auto axis = [](const call &c, size_t at) {
    return c.integer(at) == none ? std::nullopt : std::optional(c.integer(at));
  };
  auto mode = [](const call &c, size_t at) {
    static constexpr std::string_view names[] = {"raise", "wrap", "clip"};
    return nd::mode_options{.mode = names[c.integer(at)]};
  };
  // The index as in getitem; the value is the last argument.
#define ND_UPDATE(name)                                                                            \
  t[#name] = [](const call &c) {                                                                   \
    return changed(                                                                                \
        c, [&](const nd::array &a) { nd::name(a, indices(c), c.operand(c.count() - 1)); });        \
  };
  ND_UPDATE(add_at)
  ND_UPDATE(subtract_at)
  ND_UPDATE(multiply_at)
  ND_UPDATE(divide_at)
  ND_UPDATE(minimum_at)
  ND_UPDATE(maximum_at)
  t["nonzero"] = [](const call &c) { return nd::nonzero(c.operand(0)); };
  t["where1"] = [](const call &c) { return nd::where(c.operand(0)); };
  t["flatnonzero"] = [](const call &c) { return arrays{nd::flatnonzero(c.operand(0))}; };
  t["argwhere"] = [](const call &c) { return arrays{nd::argwhere(c.operand(0))}; };
  // Integers: the axis or none, the mode.
  t["take"] = [=](const call &c) {
    return arrays{nd::take(c.operand(0), c.operand(1), axis(c, 0), mode(c, 1))};
  };
  t["put"] = [=](const call &c) {
    return changed(c,
                   [&](const nd::array &a) { nd::put(a, c.operand(1), c.operand(2), mode(c, 0)); });
  };
  t["take_along_axis"] = [=](const call &c) {
    return arrays{nd::take_along_axis(c.operand(0), c.operand(1), axis(c, 0))};
  };
  t["put_along_axis"] = [=](const call &c) {
    return changed(c, [&](const nd::array &a) {
      nd::put_along_axis(a, c.operand(1), c.operand(2), axis(c, 0));
    });
  };
  t["choose"] = [=](const call &c) {
    arrays choices = c.all();
    choices.erase(choices.begin());
    return arrays{nd::choose(c.operand(0), choices, mode(c, 0))};
  };
  t["compress"] = [=](const call &c) {
    return arrays{nd::compress(c.operand(0), c.operand(1), axis(c, 0))};
  };
  t["extract"] = [](const call &c) { return arrays{nd::extract(c.operand(0), c.operand(1))}; };
  t["place"] = [](const call &c) {
    return changed(c, [&](const nd::array &a) { nd::place(a, c.operand(1), c.operand(2)); });
  };
  t["putmask"] = [](const call &c) {
    return changed(c, [&](const nd::array &a) { nd::putmask(a, c.operand(1), c.operand(2)); });
  };
  t["ix_"] = [](const call &c) { return nd::ix_(c.all()); };
  t["diag_indices"] = [](const call &c) { return nd::diag_indices(c.integer(0), c.integer(1)); };
  // Integers: rows, the diagonal, columns or none.
  t["tril_indices"] = [=](const call &c) {
    return nd::tril_indices(c.integer(0), c.integer(1), axis(c, 2));
  };
  t["triu_indices"] = [=](const call &c) {
    return nd::triu_indices(c.integer(0), c.integer(1), axis(c, 2));
  };
  t["indices"] = [](const call &c) { return arrays{nd::indices(c.shape())}; };
  t["unravel_index"] = [](const call &c) { return nd::unravel_index(c.operand(0), c.shape()); };
  // Integers: the mode, the shape.
  t["ravel_multi_index"] = [=](const call &c) {
    return arrays{nd::ravel_multi_index(c.all(), c.shape(1), mode(c, 0))};
  };
  // Integers: whether right.
  t["searchsorted"] = [](const call &c) {
    std::string_view side = c.integer(0) ? "right" : "left";
    if (c.count() == 3)
      return arrays{nd::searchsorted(c.operand(0), c.operand(1), side, c.array(2))};
    return arrays{nd::searchsorted(c.operand(0), c.operand(1), side)};
  };
  t["sort"] = [=](const call &c) { return arrays{nd::sort(c.operand(0), axis(c, 0))}; };
  t["argsort"] = [=](const call &c) { return arrays{nd::argsort(c.operand(0), axis(c, 0))}; };
  t["repeat"] = [=](const call &c) {
    return arrays{nd::repeat(c.operand(0), c.operand(1), axis(c, 0))};
  };
  t["unique"] = [](const call &c) {
    return arrays{nd::unique(c.operand(0), {.equal_nan = c.integer(0) != 0})};
  };
  t["unique_values"] = [](const call &c) { return arrays{nd::unique_values(c.operand(0))}; };
  t["unique_counts"] = [](const call &c) {
    auto [values, counts] = nd::unique_counts(c.operand(0));
    return arrays{values, counts};
  };
  t["unique_inverse"] = [](const call &c) {
    auto [values, inverse] = nd::unique_inverse(c.operand(0));
    return arrays{values, inverse};
  };
  t["unique_all"] = [](const call &c) {
    auto [values, indices, inverse, counts] = nd::unique_all(c.operand(0));
    return arrays{values, indices, inverse, counts};
  };
}

void add_creation(table &t) {
  // Integers: the dtype, the shape.
  t["zeros"] = [](const call &c) { return arrays{nd::zeros(c.shape(1), c.dtype(0))}; };
  t["ones"] = [](const call &c) { return arrays{nd::ones(c.shape(1), c.dtype(0))}; };
  // Integers: the dtype or -1, the shape.
  auto maybe = [](const call &c) {
    return c.integer(0) < 0 ? std::nullopt : std::optional(c.dtype(0));
  };
  t["full"] = [=](const call &c) { return arrays{nd::full(c.shape(1), c.operand(0), maybe(c))}; };
  t["zeros_like"] = [=](const call &c) { return arrays{nd::zeros_like(c.operand(0), maybe(c))}; };
  t["ones_like"] = [=](const call &c) { return arrays{nd::ones_like(c.operand(0), maybe(c))}; };
  t["full_like"] = [=](const call &c) {
    return arrays{nd::full_like(c.operand(0), c.operand(1), maybe(c))};
  };
  t["arange"] = [=](const call &c) {
    if (c.count() == 1)
      return arrays{nd::arange(c.scalar(0), maybe(c))};
    return arrays{nd::arange(c.scalar(0), c.scalar(1), c.count() > 2 ? c.scalar(2) : nd::scalar(1),
                             maybe(c))};
  };
  // Integers: how many, endpoint, the dtype; reals: from, to, for logspace the base.
  t["linspace"] = [](const call &c) {
    return arrays{nd::linspace(c.real(0), c.real(1), c.integer(0), c.integer(1), c.dtype(2))};
  };
  t["logspace"] = [](const call &c) {
    return arrays{
        nd::logspace(c.real(0), c.real(1), c.integer(0), c.integer(1), c.real(2), c.dtype(2))};
  };
  t["geomspace"] = [](const call &c) {
    return arrays{nd::geomspace(c.real(0), c.real(1), c.integer(0), c.integer(1), c.dtype(2))};
  };
  // Integers: rows, columns, diagonal, dtype.
  t["eye"] = [](const call &c) {
    return arrays{nd::eye(c.integer(0), c.integer(1), c.integer(2), c.dtype(3))};
  };
  t["tri"] = [](const call &c) {
    return arrays{nd::tri(c.integer(0), c.integer(1), c.integer(2), c.dtype(3))};
  };
  t["identity"] = [](const call &c) { return arrays{nd::identity(c.integer(0), c.dtype(1))}; };
  // Integers: the diagonal.
#define ND_DIAGONAL(name)                                                                          \
  t[#name] = [](const call &c) { return arrays{nd::name(c.operand(0), c.integer(0))}; };
  ND_DIAGONAL(diag)
  ND_DIAGONAL(diagonal)
  ND_DIAGONAL(trace)
  ND_DIAGONAL(tril)
  ND_DIAGONAL(triu)
  // Integers: columns or -1, increasing.
  t["vander"] = [](const call &c) {
    auto n = c.integer(0) < 0 ? std::nullopt : std::optional(c.integer(0));
    return arrays{nd::vander(c.operand(0), n, c.integer(1))};
  };
  // Integers: 1 for 'ij'.
  t["meshgrid"] = [](const call &c) { return nd::meshgrid(c.all(), c.integer(0) ? "ij" : "xy"); };
}

const table &functions() {
  static const table all = [] {
    table t;
    add_pointwise(t);
    add_operators(t);
    add_reductions(t);
    add_shapes(t);
    add_writes(t);
    add_selection(t);
    add_creation(t);
    add_linalg(t);
    add_fft(t);
    add_scans(t);
    add_ufuncs(t);
    add_statistics(t);
    add_choices(t);
    add_random(t);
    add_contraction(t);
    add_ordering(t);
    add_pieces(t);
    add_calculus(t);
    return t;
  }();
  return all;
}

} // namespace

std::vector<nd::array> run(const program &p, const std::vector<nd::array> &before, size_t first,
                           size_t last) {
  arrays values = before;
  for (size_t i = first; i < std::min(last, p.steps.size()); ++i) {
    const step &s = p.steps[i];
    auto found = functions().find(s.name);
    if (found == functions().end())
      throw std::logic_error("no step is called " + s.name);
    for (nd::array &result : found->second(call{s, values}))
      values.push_back(std::move(result));
  }
  return values;
}

std::vector<nd::array> results_of(const program &p, const std::vector<nd::array> &values) {
  arrays results;
  for (const expectation &e : p.results)
    results.push_back(values.at(size_t(e.value)));
  return results;
}

std::vector<nd::array> run(const program &p, const std::vector<nd::array> &inputs) {
  return results_of(p, run(p, inputs, 0));
}

size_t leading_views(const program &p) {
  size_t count = 0;
  for (const step &s : p.steps) {
    bool view = s.name == "getitem" || s.name == "transpose" || s.name == "broadcast_to";
    if (!view || s.arguments.size() != 1)
      break;
    ++count;
  }
  return count;
}

} // namespace compare
