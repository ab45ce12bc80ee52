// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/print/Format.h"
#include "frontend/trace/Record.h"
#include "nd/print.h"

#include <mutex>
#include <ostream>

namespace nd {
namespace {

std::mutex options_lock;

print_options &current() {
  static print_options &options = *new print_options;
  return options;
}

print::options options_now() {
  print_options o = get_printoptions();
  return {o.precision, o.threshold, o.edgeitems, o.linewidth, o.suppress, o.nanstr, o.infstr};
}

} // namespace

void set_printoptions(const print_options &options) {
  std::lock_guard guard(options_lock);
  current() = options;
}

print_options get_printoptions() {
  std::lock_guard guard(options_lock);
  return current();
}

std::string to_string(const array &a, site where) {
  const detail::node &n = detail::evaluated(a, "to_string", where);
  return print::format(n.data, n.dtype, {n.shape.data(), n.shape.size()},
                       {n.strides.data(), n.strides.size()}, options_now());
}

std::string array_repr(const array &a, site where) {
  const detail::node &n = detail::evaluated(a, "array_repr", where);
  return print::format_repr(n.data, n.dtype, {n.shape.data(), n.shape.size()},
                       {n.strides.data(), n.strides.size()}, options_now());
}

std::ostream &operator<<(std::ostream &out, const array &a) { return out << to_string(a, site()); }

std::ostream &operator<<(std::ostream &out, dtype type) { return out << name(type); }

dtype promote_types(dtype a, dtype b) { return rules::promote(a, b); }

} // namespace nd
