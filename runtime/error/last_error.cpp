// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "error/error.h"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>

namespace ndrt {
namespace {

thread_local constinit char lastError[512] = "";

} // namespace

ndrt_status fail(ndrt_status status, const char *format, ...) noexcept {
  std::va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(lastError, sizeof lastError, format, arguments);
  va_end(arguments);
  return status;
}

} // namespace ndrt

const char *ndrt_last_error(void) { return ndrt::lastError; }

void ndrt_out_of_bounds(const char *access, int64_t position, int64_t size) {
  std::fprintf(stderr,
               "nd: %s, and goes outside: from element %lld on, of %lld\n"
               "nd: this is a fault of nd, or of a program that was written as text; please report "
               "the program\n",
               access, static_cast<long long>(position), static_cast<long long>(size));
  std::abort();
}
