// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A target takes any bytes: it returns 0, or wrong() ends the process.
#ifndef ND_TESTS_FUZZ_BYTES_TARGET_H
#define ND_TESTS_FUZZ_BYTES_TARGET_H

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace fuzz {

[[noreturn]] inline int wrong(const char *what) {
  std::fprintf(stderr, "wrong: %s\n", what);
  std::abort();
}

/// Reads every byte, where the sanitizers see it.
inline int touch(const void *data, size_t size) {
  static volatile unsigned sum;
  for (size_t i = 0; i < size; ++i)
    sum = sum + static_cast<const uint8_t *>(data)[i];
  return 0;
}

} // namespace fuzz

#endif // ND_TESTS_FUZZ_BYTES_TARGET_H
