// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ir/NdOps.h"
#include "ir/body/Arith.h"
#include "ir/body/Complex.h"
#include "ir/body/Half.h"
#include "ir/body/Math.h"
#include "ir/body/Reduce.h"

using namespace mlir;
using namespace nd::body;

#define GET_OP_CLASSES
#include "ir/NdOps.cpp.inc"
