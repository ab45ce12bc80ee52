// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/Extents.h"
#include "ir/rules/extent.h"
#include "llvm/ADT/StringExtras.h"

namespace nd {

std::string nameExtents(llvm::StringRef text) {
  std::string out;
  while (!text.empty()) {
    llvm::StringRef digits = text.take_while(llvm::isDigit);
    int64_t number;
    if (digits.size() >= 13 && !digits.getAsInteger(10, number) && rules::is_run_time(number))
      out += rules::extent_name(number);
    else if (!digits.empty())
      out += digits;
    text = text.drop_front(digits.size());
    llvm::StringRef rest = text.take_until(llvm::isDigit);
    out += rest;
    text = text.drop_front(rest.size());
  }
  return out;
}

std::string numberExtents(llvm::StringRef text) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    llvm::StringRef digits =
        text[at] == 'n' ? text.drop_front(at + 1).take_while(llvm::isDigit) : llvm::StringRef();
    // Inside a type it follows < or x, elsewhere it is a word of its own.
    bool begins = at == 0 || llvm::StringRef("<[ ").contains(text[at - 1]) ||
                  (text[at - 1] == 'x' && at > 1 && llvm::isDigit(text[at - 2]));
    char next = at + 1 + digits.size() < text.size() ? text[at + 1 + digits.size()] : ' ';
    int64_t number;
    if (begins && !digits.empty() && llvm::StringRef("x,>] }").contains(next) &&
        !digits.getAsInteger(10, number)) {
      out += std::to_string(rules::run_time_extent(number));
      at += digits.size();
    } else {
      out += text[at];
    }
  }
  return out;
}

} // namespace nd
