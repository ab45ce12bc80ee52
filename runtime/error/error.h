// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How the runtime's own code reports a failure across the C ABI.
#pragma once

#include <ndrt/ndrt.h>

namespace ndrt {

/// Stores the text that ndrt_last_error() gives to this thread, and returns \p status.
[[gnu::format(printf, 2, 3)]] ndrt_status fail(ndrt_status status, const char *format,
                                               ...) noexcept;

} // namespace ndrt
