// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#if defined(__x86_64__)
// The intrinsics of GCC 12 begin with variables that they mean not to initialise (its bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include "sort/lanes_avx2.h"

#include "sort/packing.h"
#include "sort/vector_kernels.h"

NDRT_KERNELS(avx2)
NDRT_PACKS(avx2)
#endif
