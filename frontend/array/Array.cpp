// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The handle, what it is and how it is read.
#include "frontend/array/Compose.h"
#include "ir/rules/extent.h"
#include "nd/reductions.h"

namespace nd {

using detail::access;

array::array(const array &other) noexcept : node_(other.node_) {
  if (node_)
    detail::retain(node_);
}

array &array::operator=(const array &other) &noexcept {
  detail::node *old = node_;
  node_ = other.node_;
  if (node_)
    detail::retain(node_);
  if (old)
    detail::release(old);
  return *this;
}

array &array::operator=(array &&other) &noexcept {
  std::swap(node_, other.node_);
  return *this;
}

array::~array() {
  if (node_)
    detail::release(node_);
}

const nd::shape &array::shape(site where) const { return access::get(*this, where).shape; }
int64_t array::ndim(site where) const { return int64_t(shape(where).size()); }
int64_t array::size(site where) const { return access::get(*this, where).size; }
nd::dtype array::dtype(site where) const { return access::get(*this, where).dtype; }
int64_t array::itemsize(site where) const { return int64_t(rules::itemsize(dtype(where))); }
int64_t array::nbytes(site where) const { return size(where) * itemsize(); }

nd::shape array::strides(site where) const {
  return detail::layout_of(access::get(*this, where)).strides;
}

const array &array::eval(site where) const {
  detail::evaluated(*this, "eval", where);
  return *this;
}

array::iterator array::begin(site where) const {
  if (shape(where).empty())
    detail::raise(rules::error_kind::value, "iteration",
                  "a 0-d array has no axis to walk; use item()", where);
  detail::node &n = access::get(*this);
  if (rules::is_run_time(n.shape[0]))
    throw trace_error(
        detail::prefix("iteration", where) +
        "how many rows there are is decided at run time, and nd::jit records a loop row by row; "
        "use an operation on the whole array");
  if (!n.concrete() && !n.traced)
    eval(where);
  return iterator(this, 0);
}

array array::iterator::operator*() const { return (*of_)[index(at_, site())]; }

namespace detail {

void read_item(const array &a, dtype_kind to, void *out, const char *what, const site &where) {
  const node &n = access::get(a, where);
  if (n.size != 1) {
    bool truth = std::string_view(what) == "bool";
    // A conversion has no place of its own.
    raise(rules::error_kind::value, truth ? origin_of(a) + what : what,
          truth ? "the truth value of an array of shape " + to_string(n.shape) +
                      " is ambiguous; use nd::any(a) or nd::all(a)"
                : "only an array of size 1 is one number, and this one has shape " +
                      to_string(n.shape) + "; index it, or use to_vector",
          where);
  }
  evaluated(a, what, where);
  convert(n.data, n.dtype, out, to, 1);
}

const void *read_data(const array &a, dtype_kind wanted, const char *what, const site &where) {
  const node &n = access::get(a, where);
  if (n.dtype != wanted)
    raise(rules::error_kind::dtype, what,
          "elements are " + std::string(rules::name(n.dtype)) + " and " +
              std::string(rules::name(wanted)) + " was asked for; use astype(nd::" +
              std::string(rules::name(wanted)) + (wanted == dtype_kind::bool_ ? "_)" : ")"),
          where);
  node &it = access::get(a);
  evaluated(a, what, where);
  if (it.in_place())
    return it.data;
  // In its own order for as long as the array lives; a copy shows no later writes.
  array copy = packed(a);
  return keep(it, copy);
}

void read_all(const array &a, dtype_kind to, void *out, const char *what, const site &where) {
  evaluated(a, what, where);
  array whole = packed(a);
  const node &n = access::get(whole);
  convert(n.data, n.dtype, out, to, n.size);
}

void eval_all(const array *const *list, size_t count, const site &where) {
  std::vector<node *> nodes;
  for (size_t i = 0; i < count; ++i)
    nodes.push_back(&access::get(*list[i], where));
  evaluate(nodes, "eval", where);
}

} // namespace detail
} // namespace nd
