// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The edges of a histogram's bins, and where elements fall among them.
#ifndef ND_ARRAY_BINS_H
#define ND_ARRAY_BINS_H

#include "frontend/array/Formula.h"
#include "nd/histograms.h"

namespace nd::detail {

/// The edges that numpy.histogram uses for the elements of a vector; \p weighted refuses the rules.
term edges_of(const char *what, const term &x, const bins &given, std::optional<bounds> range,
              bool weighted);
/// The bin of each element, int64; of those outside, and of nan, the number of bins.
term bin_of(const term &x, const term &edges);
/// The width that a rule gives the bins of a vector, 0 for a single bin. Evaluates.
///
/// Sources of the rules: the references of numpy.histogram_bin_edges.
double width_of(const std::string &rule, const char *what, const term &x,
                std::optional<bounds> range, const site &where);

} // namespace nd::detail

#endif // ND_ARRAY_BINS_H
