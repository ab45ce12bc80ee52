// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Indexing with arrays: ir/rules/index.h plans it, nd.gather, nd.scatter and nd.compress do it.
#include "frontend/array/Compose.h"
#include "ir/rules/extent.h"
#include "nd/manipulation.h"
#include "nd/reductions.h"
#include "nd/ufuncs.h"

#include <algorithm>
#include <mutex>
#include <thread>

namespace nd {

index::index(const array &a, site where)
    : form_(form::array), node_(&detail::access::get(a, where)), where_(where) {
  detail::retain(node_);
}
index::index(std::initializer_list<nested> values, site where)
    : index(array(values, where), where) {}
index::index(const scalar &truth, site where) : index(array(truth, where), where) {}
index::index(const index &other)
    : form_(other.form_), at_(other.at_), range_(other.range_), node_(other.node_),
      where_(other.where_) {
  if (node_)
    detail::retain(node_);
}
void index::release() noexcept { detail::release(node_); }

namespace detail {
namespace {

using item = rules::index_item;

/// The items as the rules see them.
std::vector<item> items_of(std::span<const index *const> given, const site &where) {
  std::vector<item> out;
  for (const index *i : given) {
    item next;
    switch (i->kind()) {
    case index::form::integer:
      next.at = i->at();
      break;
    case index::form::slice:
      next.kind = item::form::slice;
      next.start = i->range().start;
      next.stop = i->range().stop;
      next.step = i->range().step;
      break;
    case index::form::newaxis:
      next.kind = item::form::newaxis;
      break;
    case index::form::ellipsis:
      next.kind = item::form::ellipsis;
      break;
    case index::form::array: {
      const node &n = *i->node();
      bool mask = rules::is_bool(n.dtype);
      // numpy.array([]) is float64, and as an index a list of no positions.
      if (!mask && !(n.size == 0 && n.dtype == dtype_kind::float64))
        checked(rules::index_dtype(n.dtype, out.size()), "index", where);
      next.kind = mask ? item::form::mask : item::form::integers;
      next.extents = n.shape;
      break;
    }
    }
    out.push_back(std::move(next));
  }
  return out;
}

/// An index list against an array: the plan, and the arrays of positions along the chosen axes.
struct selection {
  const site &where;
  std::span<const index *const> given;
  nd::shape whole;
  std::vector<item> items;
  rules::index_plan plan;

  selection(const array &a, std::span<const index *const> given, const site &where)
      : where(where), given(given), whole(a.shape()), items(items_of(given, where)),
        plan(checked(rules::plan_index(whole, items), "index", where)) {}

  /// The array of item \p i; a mask with the extents of the axes that it chooses from, which a run
  /// may have to compare.
  array array_at(size_t i) const {
    array own = access::share(given[i]->node());
    if (items[i].kind != item::form::mask || items[i].extents.empty())
      return own;
    size_t axis = 0; // of the chosen ones
    for (size_t before = 0; before < i; ++before)
      axis += items[before].kind == item::form::integers ? 1
              : items[before].kind == item::form::mask   ? items[before].extents.size()
                                                         : 0;
    nd::shape wanted;
    for (size_t k = 0; k < items[i].extents.size(); ++k)
      wanted.push_back(whole[size_t(plan.chosen[axis + k])]);
    return own.shape() == wanted ? own : check_shape(own, wanted, false, "index", where);
  }

  /// The position of the only array, a mask of one axis or more; or -1.
  int only_mask() const {
    int found = -1;
    for (size_t i = 0; i < items.size(); ++i) {
      bool plain = items[i].kind == item::form::slice || items[i].kind == item::form::ellipsis ||
                   items[i].kind == item::form::newaxis;
      if (plain)
        continue;
      if (found >= 0 || items[i].kind != item::form::mask || items[i].extents.empty())
        return -1;
      found = int(i);
    }
    return found;
  }

  /// The array's part that the slices and integers leave, with all its axes.
  array sliced_part(const array &a) const {
    extents offsets, sizes, steps;
    bool everything = true;
    for (size_t axis = 0; axis < plan.bounds.size(); ++axis) {
      const rules::slice_bounds &b = plan.bounds[axis];
      offsets.push_back(b.offset);
      sizes.push_back(b.size);
      steps.push_back(b.stride);
      everything &= b == rules::slice_bounds{0, a.shape()[axis], 1};
    }
    return everything ? a : sliced(a, offsets, sizes, steps, where);
  }

  bool is_whole(const array &a, size_t axis) const {
    return plan.bounds[axis] == rules::slice_bounds{0, a.shape()[axis], 1} &&
           std::find(plan.fixed.begin(), plan.fixed.end(), int64_t(axis)) == plan.fixed.end();
  }

  /// One array per chosen axis and, behind them, zeros for each 0-d mask: positions along an axis
  /// of extent 1.
  std::vector<array> positions() const {
    std::vector<array> out, truths;
    for (size_t i = 0; i < items.size(); ++i) {
      if (items[i].kind == item::form::integers) {
        array p = array_at(i); // of float64 only where it is empty
        out.push_back(rules::is_integer(p.dtype()) ? p : converted(p, dtype_kind::int64, where));
      } else if (items[i].kind == item::form::mask && items[i].extents.empty()) {
        int64_t count = count_of(array_at(i), "index", where);
        truths.push_back(record_full(0, dtype_kind::int64, {count}, where));
      } else if (items[i].kind == item::form::mask) {
        for (array &axis : true_positions(array_at(i), "index", where))
          out.push_back(std::move(axis));
      }
    }
    for (array &truth : truths)
      out.push_back(std::move(truth));
    return out;
  }
};

std::vector<extents> shapes_of(std::span<const array> list) {
  std::vector<extents> out;
  for (const array &a : list)
    out.push_back(a.shape());
  return out;
}

array shaped(const array &a, const extents &s, const site &where) {
  return a.shape() == nd::shape(s) ? a : reshaped(a, s, where);
}

} // namespace

int64_t run_time_extent(const array &count, std::string_view what, const site &where) {
  node &n = access::get(count);
  if (!n.concrete() && n.traced)
    return traced_extent(converted(count, dtype_kind::int64, where), where);
  evaluated(count, what, where);
  int64_t number;
  convert(n.data, n.dtype, &number, dtype_kind::int64, 1);
  return number;
}

int64_t count_of(const array &mask, std::string_view what, const site &where) {
  if (int64_t known = known_count(mask))
    return known;
  extents every = axes_of({}, mask.ndim(), what, where);
  array count = record("nd.sum", {&mask}, {{"axes", every}, {"keepdims", false}}, where);
  node *both[] = {&access::get(mask), &access::get(count)};
  if (!both[0]->traced && !both[0]->concrete())
    evaluate(both, what, where); // the mask is read once more
  int64_t number = run_time_extent(count, what, where);
  remember_count(mask, number);
  return number;
}

std::vector<array> true_positions(const array &a, std::string_view what, const site &where) {
  array mask = converted(a, dtype_kind::bool_, where);
  extents s = a.shape();
  int64_t count = count_of(mask, what, where);
  array flat = record_as("nd.flatnonzero", {&mask}, {}, dtype_kind::int64, {count}, where);
  if (s.size() == 1)
    return {flat};
  auto on = [&](const array &x) { return operand(x, where); };
  std::vector<array> out;
  for (size_t axis = 0; axis < s.size(); ++axis) {
    array position = flat;
    extents inner(s.begin() + int64_t(axis) + 1, s.end()), own(1, s[axis]);
    if (!inner.empty())
      position = floor_divide(on(position), on(record_as("nd.count", {}, {{"extents", inner}},
                                                         dtype_kind::int64, {}, where)));
    if (axis > 0)
      position = remainder(on(position), on(record_as("nd.count", {}, {{"extents", own}},
                                                      dtype_kind::int64, {}, where)));
    out.push_back(position);
  }
  return out;
}

array gathered_at(const array &a, std::span<const array> positions, const extents &axes,
                  const site &where, size_t place) {
  std::vector<const array *> operands = {&a};
  for (const array &p : positions)
    operands.push_back(&p);
  return record("nd.gather", operands, {{"axes", axes}, {"place", int64_t(place)}}, where);
}

array scattered_at(const array &a, std::span<const array> positions, const extents &axes,
                   const array &value, scatter_mode mode, const site &where) {
  std::vector<const array *> operands = {&a, &value};
  for (const array &p : positions)
    operands.push_back(&p);
  return record("nd.scatter", operands, {{"axes", axes}, {"mode", rules::name(mode)}}, where);
}

array gathered(const array &a, std::span<const index *const> given, const site &where) {
  selection s(a, given, where);
  array part = s.sliced_part(a);
  if (int at = s.only_mask(); at == 0) {
    array mask = s.array_at(0);
    int64_t count = count_of(mask, "index", where);
    extents out = checked(rules::compress_shape(mask.shape(), part.shape(), count), "index", where);
    array chosen = record_as("nd.compress", {&mask, &part}, {}, a.dtype(), out, where);
    return shaped(chosen, s.plan.result_shape({count}), where);
  }
  std::vector<array> positions = s.positions();
  agree(positions, "index", where);
  extents common = checked(rules::broadcast_indices(shapes_of(positions)), "index", where);
  extents axes = s.plan.chosen, shape = part.shape();
  while (axes.size() < positions.size()) { // 0-d masks choose from axes of their own
    axes.push_back(int64_t(shape.size()));
    shape.push_back(1);
  }
  array chosen = gathered_at(shaped(part, shape, where), positions, axes, where, s.plan.before);
  return shaped(chosen, s.plan.result_shape(common), where);
}

namespace {

/// A value beside the selection it replaces: its axes lined up with those of the result.
struct lined_up {
  array value;
  extents sizes; ///< as many as the result has; 1 where the value is stretched

  /// Leading axes of extent 1 that are too many go, as NumPy has it; else it must broadcast.
  lined_up(const array &x, const extents &target, const site &where)
      : value(agreeing(x, target, "assignment", where)) {
    sizes = value.shape();
    while (sizes.size() > target.size() && sizes[0] == 1)
      sizes.erase(sizes.begin());
    checked(rules::broadcast_to_shape(sizes, target), "assignment", where);
    sizes.insert(sizes.begin(), target.size() - sizes.size(), 1);
  }

  /// The value with the axes \p order of the result; the others have extent 1.
  array with_axes(const extents &order, const site &where) const {
    extents all, kept;
    for (int64_t axis = 0; axis < int64_t(sizes.size()); ++axis)
      if (std::find(order.begin(), order.end(), axis) == order.end())
        all.push_back(axis);
    all.insert(all.end(), order.begin(), order.end());
    for (int64_t axis : order)
      kept.push_back(sizes[size_t(axis)]);
    return shaped(permuted(shaped(value, sizes, where), all, where), kept, where);
  }
};

/// a[mask] = value, where the value does not depend on which element of the mask it is for: no
/// positions are needed. Nothing if it does.
std::optional<array> chosen_by_mask(const array &a, const selection &s, const array &value,
                                    const site &where) {
  int at = s.only_mask();
  if (at < 0)
    return std::nullopt;
  for (size_t axis = 0; axis < s.plan.bounds.size(); ++axis)
    if (!s.is_whole(a, axis))
      return std::nullopt;
  extents target = s.plan.result_shape({1}), own = value.shape();
  int64_t along = int64_t(own.size()) - int64_t(target.size()) + int64_t(s.plan.position);
  if (along >= 0 && own[size_t(along)] != 1)
    return std::nullopt;
  lined_up x(value, target, where);
  extents order, values(size_t(a.ndim()), 1), masks(size_t(a.ndim()), 1);
  for (size_t i = 0; i < s.plan.origin.size(); ++i)
    if (s.plan.origin[i] >= 0) {
      order.push_back(int64_t(i < s.plan.position ? i : i + 1));
      values[size_t(s.plan.origin[i])] = x.sizes[size_t(order.back())];
    }
  for (size_t i = 0; i < s.plan.chosen.size(); ++i)
    masks[size_t(s.plan.chosen[i])] = a.shape()[size_t(s.plan.chosen[i])];
  array mask = shaped(s.array_at(size_t(at)), masks, where);
  array put = shaped(x.with_axes(order, where), values, where);
  return nd::where(operand(mask, where), operand(put, where), operand(a, where));
}

} // namespace

array scattered(const array &a, std::span<const index *const> given, const operand &value,
                scatter_mode mode, const site &where) {
  checked(rules::parse_scatter_mode(rules::name(mode), a.dtype()), "assignment", where);
  selection s(a, given, where);
  array converted_value = value_in(a, value, "assignment");
  if (mode == scatter_mode::set)
    if (auto out = chosen_by_mask(a, s, converted_value, where))
      return *out;

  std::vector<array> positions = s.positions();
  agree(positions, "index", where);
  extents common = checked(rules::broadcast_indices(shapes_of(positions)), "index", where);
  lined_up x(converted_value, s.plan.result_shape(common), where);

  // The axes of the value: those of the arrays; those of slices that leave something out, which
  // become positions too; and those that are whole.
  extents order, cut, whole;
  for (size_t i = 0; i < common.size(); ++i)
    order.push_back(int64_t(s.plan.position + i));
  for (bool of_whole : {false, true})
    for (size_t i = 0; i < s.plan.origin.size(); ++i) {
      int64_t axis = s.plan.origin[i];
      if (axis < 0 || s.is_whole(a, size_t(axis)) != of_whole)
        continue;
      (of_whole ? whole : cut).push_back(axis);
      order.push_back(int64_t(i < s.plan.position ? i : i + common.size()));
    }

  std::vector<std::pair<int64_t, array>> along; // by axis
  auto place = [&](int64_t axis, const array &p, size_t behind) {
    extents e = p.shape();
    e.insert(e.end(), behind, 1);
    along.push_back({axis, shaped(p, e, where)});
  };
  extents shape = a.shape();
  for (size_t i = 0; i < positions.size(); ++i) {
    bool real = i < s.plan.chosen.size(); // 0-d masks choose from axes of their own
    place(real ? s.plan.chosen[i] : int64_t(shape.size()), positions[i], cut.size());
    if (!real)
      shape.push_back(1);
  }
  for (int64_t axis : s.plan.fixed)
    place(axis, record_full(s.plan.bounds[size_t(axis)].offset, dtype_kind::int64, {}, where), 0);
  for (size_t i = 0; i < cut.size(); ++i) {
    const rules::slice_bounds &b = s.plan.bounds[size_t(cut[i])];
    array p = nd::detail::positions({b.size}, 0, dtype_kind::int64, where);
    p = add(operand(multiply(operand(p, where), operand(b.stride, where)), where),
            operand(b.offset, where));
    place(cut[i], p, cut.size() - 1 - i);
  }
  std::sort(along.begin(), along.end(),
            [](const auto &l, const auto &r) { return l.first < r.first; });
  std::vector<array> arrays;
  extents axes;
  for (auto &[axis, p] : along) {
    axes.push_back(axis);
    arrays.push_back(p);
  }
  array out =
      scattered_at(shaped(a, shape, where), arrays, axes, x.with_axes(order, where), mode, where);
  return shaped(out, a.shape(), where);
}

void write(const array &a, const array &value, std::string_view what, const site &where) {
  write(a, value, true, what, where);
}

namespace {

/// Choices that nobody has looked at yet. They are temporaries of a statement, as a rule one or
/// two. The recorder's lock comes before this one.
struct pending {
  std::mutex lock;
  std::vector<node *> list;

  void add(node *n) {
    std::lock_guard guard(lock);
    n->choice->place = list.size();
    list.push_back(n);
  }
  void remove(node *n) {
    std::lock_guard guard(lock);
    node *last = list.back();
    list[n->choice->place] = last;
    last->choice->place = n->choice->place;
    list.pop_back();
  }
};
pending &choices = *new pending; // arrays may outlive main

/// A reference, unless the last one has just been given up.
bool try_retain(node *n) {
  uint32_t count = n->references.load();
  while (count)
    if (n->references.compare_exchange_weak(count, count + 1))
      return true;
  return false;
}

/// Whether \p choice reads what a write to \p t changes.
bool reads(const chosen &choice, node &t) {
  auto same = [&](node *n) {
    return &n->root() == &t.root() ||
           (n->concrete() && t.concrete() &&
            (n->storage == t.storage || n->storage->give_back || t.storage->give_back));
  };
  return same(access::raw(choice.base)) ||
         std::any_of(choice.items.begin(), choice.items.end(),
                     [&](const index &i) { return i.node() && same(i.node()); });
}

} // namespace

std::vector<const index *> pointers_to(const std::vector<index> &items) {
  std::vector<const index *> out;
  for (const index &i : items)
    out.push_back(&i);
  return out;
}

array choose(const array &a, std::span<const index *const> given, const site &where) {
  selection valid(a, given, where); // throws for what can be seen to be wrong
  std::vector<extents> shapes;
  for (const item &i : valid.items)
    if (i.kind == item::form::integers &&
        std::none_of(i.extents.begin(), i.extents.end(), rules::is_run_time))
      shapes.push_back(i.extents);
  checked(rules::broadcast_indices(shapes), "index", where);
  auto *n = new node;
  array out = access::adopt(n);
  n->dtype = a.dtype();
  n->choice.reset(new chosen{a, {}, where, std::this_thread::get_id()});
  for (const index *i : given)
    n->choice->items.push_back(*i);
  choices.add(n);
  n->open.store(true, std::memory_order_release);
  return out;
}

std::unique_ptr<chosen> take_choice(node *n) {
  if (!n)
    return nullptr;
  if (!n->open.load(std::memory_order_acquire)) // there still is one if another thread completed it
    return std::move(n->choice);
  auto guard = locked_record(); // another thread may be completing it
  if (n->open.load(std::memory_order_relaxed)) {
    choices.remove(n);
    n->open.store(false, std::memory_order_relaxed);
  }
  return std::move(n->choice);
}

void lock_choices() { choices.lock.lock(); }
void unlock_choices() { choices.lock.unlock(); }

void forget_choice(node *n) noexcept { take_choice(n); }

/// Gives \p n the value of its choice, which it keeps.
static void complete_keeping(node *n) {
  choices.remove(n);
  try {
    become(*n, gathered(n->choice->base, pointers_to(n->choice->items), n->choice->where));
  } catch (...) {
    choices.add(n); // it says so again when it is asked again
    throw;
  }
  n->open.store(false, std::memory_order_release);
}

void access::complete(node *n, const site &where) {
  if (!n)
    raise(rules::error_kind::value, "",
          "this nd::array holds no array; assign one to it before it is used", where);
  auto guard = locked_record(); // one thread does it, others that share the array wait
  if (!n->open.load(std::memory_order_relaxed))
    return;
  complete_keeping(n);
  n->choice.reset();
}

void complete_choices(node &t) {
  auto guard = locked_record();
  for (;;) {
    array next;
    bool own = false;
    {
      std::lock_guard guard(choices.lock);
      for (size_t i = choices.list.size(); i-- > 0 && !access::raw(next);)
        if (node *n = choices.list[i];
            ((own = n->choice->thread == std::this_thread::get_id()) || reads(*n->choice, t)) &&
            try_retain(n))
          next = access::adopt(n);
    }
    node *n = access::raw(next);
    if (!n)
      return;
    // The other thread may be about to write into what it chose: `a[at] += 1` has not got so far.
    if (own)
      access::complete(n, site());
    else if (n->open.load(std::memory_order_relaxed))
      complete_keeping(n);
  }
}

void write_chosen(const chosen &choice, const operand &value) {
  write(choice.base,
        scattered(choice.base, pointers_to(choice.items), value, scatter_mode::set, choice.where),
        true, "assignment", choice.where);
}

} // namespace detail
} // namespace nd
