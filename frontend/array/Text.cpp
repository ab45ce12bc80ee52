// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/print/Format.h"
#include "frontend/print/Options.h"
#include "frontend/trace/Record.h"
#include "nd/print.h"

#include <ostream>

namespace nd {

std::string to_string(const array &a, site where) {
  const detail::node &n = detail::evaluated(a, "to_string", where);
  return print::format(n.data, n.dtype, {n.shape.data(), n.shape.size()},
                       {n.strides.data(), n.strides.size()}, print::current_options());
}

std::string array_repr(const array &a, site where) {
  const detail::node &n = detail::evaluated(a, "array_repr", where);
  return print::format_repr(n.data, n.dtype, {n.shape.data(), n.shape.size()},
                            {n.strides.data(), n.strides.size()}, print::current_options());
}

std::ostream &operator<<(std::ostream &out, const array &a) { return out << to_string(a, site()); }

std::ostream &operator<<(std::ostream &out, dtype type) { return out << name(type); }

dtype promote_types(dtype a, dtype b) { return rules::promote(a, b); }

} // namespace nd
