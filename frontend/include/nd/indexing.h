// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What stands between the brackets of a[...].
#ifndef ND_INDEXING_H
#define ND_INDEXING_H

#include <nd/operand.h>

namespace ND_API nd {

struct all_t; // nd::all, in reductions.h

/// start:stop:step, with {} for an omitted bound: `a[nd::slice({}, {}, -1)]` reverses.
struct slice {
  using bound = std::optional<int64_t>;
  /// The first \p stop elements.
  explicit constexpr slice(bound stop) : stop(stop) {}
  constexpr slice(bound start, bound stop, bound step = {})
      : start(start), stop(stop), step(step) {}
  bound start, stop, step;
};

/// A new axis of extent 1.
struct newaxis_t {};
inline constexpr newaxis_t newaxis{};

/// As many bare colons as make the indices fit the array.
struct ellipsis_t {};
inline constexpr ellipsis_t ellipsis{};

/// One index: an integer, a slice, nd::all, nd::newaxis or nd::ellipsis; or an array of positions,
/// an array of bool, or braces that make one.
class index {
public:
  enum class form : uint8_t { integer, slice, newaxis, ellipsis, array };

  template <std::integral T>
  requires(!std::same_as<T, bool>) index(T at, site where = site::current())
      : at_(static_cast<int64_t>(at)), where_(where) {}
  template <std::same_as<bool> T>
  index(T at, site where = site::current()) : index(scalar(at), where) {}
  index(const slice &range, site where = site::current())
      : form_(form::slice), range_(range), where_(where) {}
  index(const all_t &, site where = site::current()) : form_(form::slice), where_(where) {}
  index(newaxis_t, site where = site::current()) : form_(form::newaxis), where_(where) {}
  index(ellipsis_t, site where = site::current()) : form_(form::ellipsis), where_(where) {}
  /// Positions along an axis, negative ones from its end; or, of bool, a mask over as many axes as
  /// it has.
  index(const array &a, site where = site::current());
  index(std::initializer_list<nested> values, site where = site::current());
  index(const index &other);
  index &operator=(const index &) = delete;
  ~index() {
    if (node_)
      release();
  }

  form kind() const { return form_; }
  int64_t at() const { return at_; }
  const slice &range() const { return range_; }
  detail::node *node() const { return node_; }
  const site &where() const { return where_; }

private:
  index(const scalar &truth, site where);
  void release() noexcept;

  form form_ = form::integer;
  int64_t at_ = 0;
  slice range_{std::nullopt, std::nullopt};
  detail::node *node_ = nullptr; // of an array
  site where_;
};

/// What stands between the brackets, as an argument: one index, or several in braces.
class index_list {
public:
  template <class T>
  requires(std::is_convertible_v<const T &, index>)
      index_list(const T &one, site where = site::current())
      : items_{index(one, where)} {}
  index_list(std::initializer_list<index> list) : items_(list) {}
  index_list(std::vector<index> list) : items_(std::move(list)) {}

  const std::vector<index> &items() const { return items_; }

private:
  std::vector<index> items_;
};

} // namespace nd

#endif // ND_INDEXING_H
