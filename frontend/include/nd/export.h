// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef ND_EXPORT_H
#define ND_EXPORT_H

/// Marks the namespace blocks whose names libnd.so exports: `namespace ND_API nd { ... }`.
#define ND_API [[gnu::visibility("default")]]

#endif // ND_EXPORT_H
