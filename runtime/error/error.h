// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How the runtime's own code reports a failure across the C ABI.
#pragma once

#include <ndrt/ndrt.h>

#include <cstring>

namespace ndrt {

/// The number of a tensor's device type, which need not be one that DLPack's header names.
inline int deviceType(const DLTensor &x) noexcept {
  int type;
  static_assert(sizeof type == sizeof x.device.device_type);
  std::memcpy(&type, &x.device.device_type, sizeof type);
  return type;
}

/// Stores the text that ndrt_last_error() gives to this thread, and returns \p status.
[[gnu::format(printf, 2, 3)]] ndrt_status fail(ndrt_status status, const char *format,
                                               ...) noexcept;

} // namespace ndrt
