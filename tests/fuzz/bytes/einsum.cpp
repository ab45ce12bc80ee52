// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A text as einsum's subscripts, and the order of products that follows. In front: how many
// operands, then for each its rank and extents. The reader alone: no array is made.
#include "frontend/array/ContractionOrder.h"
#include "fuzz/bytes/target.h"

#include <nd/array.h>

#include <stdexcept>

// What the reader asks of the frontend.
[[noreturn]] void nd::detail::raise(rules::error_kind, std::string_view, std::string_view message,
                                    const site &) {
  throw std::invalid_argument(std::string(message));
}

// A shape of an array, which nothing here makes.
const nd::shape &nd::array::shape(site) const { std::abort(); }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  size_t at = 0;
  auto next = [&] { return at < size ? data[at++] : uint8_t(0); };
  std::vector<nd::shape> shapes;
  for (int n = next() % 12; n > 0; --n) {
    std::vector<int64_t> extents;
    for (int rank = next() % 7; rank > 0; --rank)
      extents.push_back(next() % 4);
    shapes.push_back(nd::shape(extents));
  }
  std::string_view text(reinterpret_cast<const char *>(data) + at, size - at);
  try {
    nd::detail::subscripts s(text, shapes, "einsum", nd::site());
    if (s.operands.size() != shapes.size())
      return fuzz::wrong("as many operands as there are arrays");
    for (size_t i = 0; i < shapes.size(); ++i)
      if (s.operands[i].size() != shapes[i].size())
        return fuzz::wrong("one label for each axis");
    for (nd::detail::label l : s.output)
      if (!s.extents.contains(l))
        return fuzz::wrong("the output has a label that no operand has");
    nd::detail::contraction_order order(s.operands, s.output, s.extents);
    if (shapes.size() > 1 && order.steps.size() != shapes.size() - 1)
      return fuzz::wrong("a product less than there are operands");
  } catch (const std::invalid_argument &e) {
    if (std::string_view(e.what()).empty())
      return fuzz::wrong("an error without a message");
  }
  return 0;
}
