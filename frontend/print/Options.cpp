// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/print/Options.h"

#include "nd/print.h"

#include <mutex>
#include <string_view>

namespace nd {
namespace {

struct state {
  std::mutex lock;
  print_options options;
};

/// Never destroyed, so that destructors of static objects can print.
state &shared() {
  static state &instance = *new state;
  return instance;
}

std::optional<print::float_mode> parse_mode(std::string_view name) {
  if (name == "fixed")
    return print::float_mode::fixed;
  if (name == "unique")
    return print::float_mode::unique;
  if (name == "maxprec")
    return print::float_mode::maxprec;
  if (name == "maxprec_equal")
    return print::float_mode::maxprec_equal;
  return std::nullopt;
}

[[noreturn]] void refuse(const site &where, const std::string &what) {
  throw value_error(std::string(where.file_name()) + ":" + std::to_string(where.line()) + ":" +
                    std::to_string(where.column()) + ": set_printoptions: " + what);
}

void check(const print_changes &c, const site &where) {
  if (c.precision && *c.precision < 0)
    refuse(where, "precision is " + std::to_string(*c.precision) +
                      "; give 0 or more, or floatmode \"unique\" for all digits");
  if (c.sign && *c.sign != '-' && *c.sign != '+' && *c.sign != ' ')
    refuse(where, "sign is " +
                      (c.sign->value ? "'" + std::string(1, c.sign->value) + "'"
                                     : std::string("a text of another length than 1")) +
                      "; give '-', '+' or ' '");
  if (c.floatmode && !parse_mode(*c.floatmode))
    refuse(where, "floatmode is \"" + *c.floatmode +
                      "\"; give \"fixed\", \"unique\", \"maxprec\" or \"maxprec_equal\"");
}

} // namespace

void set_printoptions(const print_changes &changes, site where) {
  check(changes, where);
  std::lock_guard guard(shared().lock);
  print_options &o = shared().options;
  auto set = [](auto &option, const auto &change) {
    if (change)
      option = *change;
  };
  set(o.precision, changes.precision);
  set(o.threshold, changes.threshold);
  set(o.edgeitems, changes.edgeitems);
  set(o.linewidth, changes.linewidth);
  set(o.suppress, changes.suppress);
  set(o.nanstr, changes.nanstr);
  set(o.infstr, changes.infstr);
  set(o.sign, changes.sign);
  set(o.floatmode, changes.floatmode);
}

print_options get_printoptions() {
  std::lock_guard guard(shared().lock);
  return shared().options;
}

printoptions::printoptions(const print_changes &changes, site where) : before(get_printoptions()) {
  set_printoptions(changes, where);
}

printoptions::~printoptions() {
  std::lock_guard guard(shared().lock);
  shared().options = std::move(before);
}

namespace print {

options current_options() {
  const print_options o = get_printoptions();
  return {o.precision, o.threshold, o.edgeitems,
          o.linewidth, o.suppress,  o.nanstr,
          o.infstr,    o.sign,      *parse_mode(o.floatmode)};
}

} // namespace print
} // namespace nd
