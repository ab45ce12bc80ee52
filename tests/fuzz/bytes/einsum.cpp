// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A text as einsum's subscripts. In front: how many operands, then for each its rank and extents.
#include "fuzz/bytes/target.h"

#include <nd/nd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  size_t at = 0;
  auto next = [&] { return at < size ? data[at++] : uint8_t(0); };
  std::vector<nd::array> operands;
  for (int n = next() % 5; n > 0; --n) {
    std::vector<int64_t> extents;
    for (int rank = next() % 5; rank > 0; --rank)
      extents.push_back(next() % 4);
    operands.push_back(nd::zeros(nd::shape(extents)));
  }
  std::string_view text(reinterpret_cast<const char *>(data) + at, size - at);
  try {
    nd::array result = nd::einsum(text, operands);
    if (result.ndim() > 64)
      return fuzz::wrong("more axes than letters");
    (void)nd::einsum_path(text, operands);
  } catch (const nd::error &e) {
    if (std::string_view(e.what()).empty())
      return fuzz::wrong("an error without a message");
  }
  return 0;
}
