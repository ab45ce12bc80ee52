// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "error/error.h"

#include <cstdarg>
#include <cstdio>

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
