// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

namespace ndrt {

/// How many threads a parallel loop may use, the caller included; at least 1.
int threadCount() noexcept;

} // namespace ndrt
