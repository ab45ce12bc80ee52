// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

namespace ndrt {

/// Makes the pool, without threads: its handlers for forks stand in their order from then on.
void preparePool() noexcept;

} // namespace ndrt
