// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Run-time extents in the text of a program: n0, n1, ... instead of the numbers that stand for
// them.
#ifndef ND_PASSES_EXTENTS_H
#define ND_PASSES_EXTENTS_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace nd {

/// Names for numbers, in printed IR.
std::string nameExtents(llvm::StringRef text);
/// Numbers for names, before IR is parsed.
std::string numberExtents(llvm::StringRef text);

} // namespace nd

#endif // ND_PASSES_EXTENTS_H
