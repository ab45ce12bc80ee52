// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/operand.h"

#include "frontend/trace/Record.h"

namespace nd {

operand::operand(const array &a, site where) : node_(detail::access::raw(a)), where_(where) {
  if (!node_)
    detail::raise(rules::error_kind::value, "",
                  "this nd::array holds no array; assign one to it before it is used", where);
  detail::access::get(a); // what an index with arrays chose is recorded now
}

operand::operand(array &&a, site where) : operand(static_cast<const array &>(a), where) {
  if (node_->references.load() == 1)
    node_->expiring = true;
}

operand::operand(std::initializer_list<nested> values, site where) : owned_(true), where_(where) {
  array made(values, where);
  node_ = detail::access::raw(made);
  detail::retain(node_);
}

operand::~operand() {
  if (owned_)
    detail::release(node_);
}

array_list::array_list(const std::vector<array> &list, site where)
    : arrays_(list.data()), size_(list.size()), where_(where) {}

array array_list::operator[](size_t i) const {
  return arrays_ ? arrays_[i] : detail::as_array(operands_[i]);
}

namespace detail {

array as_array(const operand &x) {
  return x.is_scalar() ? array(x.value(), x.where()) : access::share(x.node());
}

} // namespace detail
} // namespace nd
