// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a rule answers with: a value, or the kind of error and its text. A text is lower case, has
// no full stop, and gives the actual values, the expectation and the fix. The caller puts the
// file:line and the name of the operation in front.
#ifndef ND_RULES_ERROR_H
#define ND_RULES_ERROR_H

#include "ir/rules/extent.h"
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace nd::rules {

enum class error_kind { shape, dtype, index, value };

struct error {
  error_kind kind;
  std::string message;
};

template <class T> using result = std::expected<T, error>;

using shape = std::vector<int64_t>;

/// The extent that is not known yet, `?` in a tensor type. Every rule takes it where an extent
/// goes.
inline constexpr int64_t dynamic = INT64_MIN;

inline std::unexpected<error> fail(error_kind kind, std::string message) {
  return std::unexpected<error>(error{kind, std::move(message)});
}

inline std::string extent_to_string(int64_t extent) {
  return extent == dynamic ? std::string("?") : extent_name(extent);
}

/// "(4, 3)", "(4,)", "()", as Python writes a shape; `?` for an unknown extent.
inline std::string to_string(const shape &s) {
  std::string text = "(";
  for (size_t i = 0; i < s.size(); ++i) {
    if (i)
      text += ", ";
    text += extent_to_string(s[i]);
  }
  text += s.size() == 1 ? ",)" : ")";
  return text;
}

} // namespace nd::rules

#endif // ND_RULES_ERROR_H
