// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// NumPy for C++, compiled: all of nd.
#ifndef ND_ND_H
#define ND_ND_H

#include <nd/array.h>
#include <nd/bit_generators.h>
#include <nd/calculus.h>
#include <nd/contraction.h>
#include <nd/cost.h>
#include <nd/creation.h>
#include <nd/dlpack.h>
#include <nd/dtype.h>
#include <nd/editing.h>
#include <nd/errors.h>
#include <nd/fft.h>
#include <nd/histograms.h>
#include <nd/indexing.h>
#include <nd/io.h>
#include <nd/jit.h>
#include <nd/linalg.h>
#include <nd/manipulation.h>
#include <nd/nan_reductions.h>
#include <nd/polynomials.h>
#include <nd/print.h>
#include <nd/quantiles.h>
#include <nd/random.h>
#include <nd/reductions.h>
#include <nd/runtime.h>
#include <nd/scans.h>
#include <nd/selection.h>
#include <nd/sets.h>
#include <nd/shape.h>
#include <nd/splitting.h>
#include <nd/statistics.h>
#include <nd/text.h>
#include <nd/ufuncs.h>

#endif // ND_ND_H
