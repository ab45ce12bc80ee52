// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The options that nd::set_printoptions keeps.
#ifndef ND_PRINT_OPTIONS_H
#define ND_PRINT_OPTIONS_H

#include "frontend/print/Format.h"

namespace nd::print {

/// nd::get_printoptions(), as format takes them.
options current_options();

} // namespace nd::print

#endif // ND_PRINT_OPTIONS_H
