// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Running a part of the record with a result in memory that exists.
#ifndef ND_TRACE_EVALUATE_H
#define ND_TRACE_EVALUATE_H

#include "frontend/trace/Program.h"

namespace nd::detail {

/// Computes the one result of \p slice into the memory of \p into, which is in C order. \p tied is
/// the input that lies in the same memory, -1 for none; no other input touches it. \p guard holds
/// the recorder's lock and lets go of it while the program runs.
void run_into(recorder &r, std::unique_lock<std::recursive_mutex> &guard, record_slice &slice,
              node &into, int64_t tied, std::string_view what, const site &where);

/// Evaluates arrays that are still to be computed from elements of \p t, which are about to change.
void finish_readers(const node &t, const site &where);
/// What forbids a write, for messages.
std::string why_read_only(const node &n);

} // namespace nd::detail

#endif // ND_TRACE_EVALUATE_H
