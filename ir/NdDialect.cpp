// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ir/NdOps.h"

#include "ir/NdDialect.cpp.inc"
#include "ir/NdInterfaces.cpp.inc"

void nd::NdDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "ir/NdOps.cpp.inc"
      >();
}
