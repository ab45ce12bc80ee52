/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/*
 * ndrt: the run-time library of nd, as a C ABI.
 *
 * Compiled programs, just-in-time and ahead-of-time alike, call these symbols and nothing else of
 * nd. Arrays cross the ABI as DLTensor (dlpack.h, from libdlpack-dev or any DLPack 0.6 or later):
 *   - memory is host memory; strides are in elements, NULL strides mean C-contiguous;
 *   - dtypes are bool (code 6 or unsigned 1 bit; one byte per element), int8 to int64, uint8 to
 *     uint64, float32, float64;
 *   - operands may be strided views, results must be C-contiguous unless a function says otherwise;
 *   - operands are never written to, and a result must not overlap an operand.
 *
 * Every function may be called from any thread and from several at once. No function throws or
 * aborts, but for ndrt_out_of_bounds: failures are a status code, and ndrt_last_error() has the
 * text.
 */
#ifndef NDRT_NDRT_H
#define NDRT_NDRT_H

#include <dlpack/dlpack.h>
#include <stddef.h>
#include <stdint.h>

#if defined(NDRT_STATIC)
#define NDRT_API
#elif defined(__GNUC__)
#define NDRT_API __attribute__((visibility("default")))
#else
#define NDRT_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** DLPack's type code for bool, which dlpack.h before 0.8 does not name. */
#define NDRT_DL_BOOL 6

/* ---- errors ---------------------------------------------------------------------------------- */

/** Outcome of a call; but for NDRT_OK results are unspecified, and ndrt_last_error() says why. */
typedef int32_t ndrt_status;
enum {
  NDRT_OK = 0,
  NDRT_ERR_MEMORY = 1,      /**< memory could not be had */
  NDRT_ERR_SINGULAR = 2,    /**< a matrix has no inverse */
  NDRT_ERR_CONVERGENCE = 3, /**< an iteration did not converge */
  NDRT_ERR_ARGUMENT = 4,    /**< shapes, dtypes or layouts that the function does not accept */
  NDRT_ERR_IO = 5,          /**< a file could not be read or written */
  NDRT_ERR_INDEX = 6,       /**< a position outside the array */
  NDRT_ERR_SHAPE = 7        /**< sizes that are known at run time only do not fit together */
};

/**
 * Text of the calling thread's last failure: lower case, no full stop.
 *
 * Never NULL; "" before the first failure. Valid until the thread's next failure; successes leave
 * it alone.
 */
NDRT_API const char *ndrt_last_error(void);

/**
 * Says on standard error that generated code goes outside an array, and ends the process; code that
 * checks its bounds (ND_DEBUG=bounds, ndc --bounds) calls it.
 *
 * \param access    what it does, and where in the program
 * \param position  the first lane's element
 * \param size      elements of the array
 */
NDRT_API void ndrt_out_of_bounds(const char *access, int64_t position, int64_t size);

/**
 * Checks an array against what a program was compiled for; entries that ndc writes call it.
 *
 * Dtypes  \p dtype holds DLDataType's four bytes.
 * Shapes  \p rank extents at \p shape; C-contiguous, in host memory.
 * Errors  NDRT_ERR_ARGUMENT naming parameter \p position, what it is and what it should be.
 */
NDRT_API ndrt_status ndrt_check(const DLTensor *x, int32_t dtype, int32_t rank,
                                const int64_t *shape, int32_t position);

/** NDRT_ERR_ARGUMENT if \p count is 0: a minimum or maximum of no elements has no answer. */
NDRT_API ndrt_status ndrt_check_nonempty(int64_t count);

/**
 * Checks that \p x has the shape of \p wanted or, with \p reshape, as many elements.
 *
 * Errors  NDRT_ERR_SHAPE naming both shapes.
 */
NDRT_API ndrt_status ndrt_check_shape(const DLTensor *x, const DLTensor *wanted, int32_t reshape);

/** What the integers that ndrt_check_within looks at are; of a size, \p low follows from an index.
 */
enum {
  NDRT_REASON_INDEX = 0,
  NDRT_REASON_EXPONENT = 1,
  NDRT_REASON_SIZE = 2,
  NDRT_REASON_SIZE_FROM_END = 3
};

/**
 * Checks that integers lie in [low, high]; \p same is \p x again, \p reason words the error.
 *
 * Layout  C order.
 * Errors  NDRT_ERR_INDEX, for exponents NDRT_ERR_ARGUMENT, naming the first element that does not.
 * Cost    one pass.
 */
NDRT_API ndrt_status ndrt_check_within(const DLTensor *x, const DLTensor *same, int64_t low,
                                       int64_t high, int32_t reason);

/* ---- memory ---------------------------------------------------------------------------------- */

/**
 * Memory for an array's elements, from a pool.
 *
 * Layout  64-byte aligned; at least 64 bytes past the end may be read. From 2 MiB up the memory is
 *         2 MiB-aligned and on huge pages where the system has them. The contents are unspecified.
 *         Zero bytes give a pointer that may be freed.
 * Errors  NULL, with "cannot allocate N bytes: ..." in ndrt_last_error().
 * Cost    tens of nanoseconds when the pool has a fitting block, which it has after the first round
 *         of a program.
 */
NDRT_API void *ndrt_alloc(size_t bytes);

/** Gives memory of ndrt_alloc back to the pool; NULL is allowed, any thread may call it. */
NDRT_API void ndrt_free(void *memory);

/** What the allocator holds; exact once no other thread is allocating or freeing. */
typedef struct ndrt_memory_stats_t {
  uint64_t live_bytes;         /**< asked for and not yet freed, rounded up to whole blocks */
  uint64_t pooled_bytes;       /**< freed and kept for reuse */
  uint64_t peak_bytes;         /**< the most that live_bytes + pooled_bytes has been */
  uint64_t allocations;        /**< calls of ndrt_alloc that gave memory */
  uint64_t system_allocations; /**< how often the system was asked */
} ndrt_memory_stats_t;

/** Fills \p stats. */
NDRT_API void ndrt_memory_stats(ndrt_memory_stats_t *stats);

/**
 * Gives pooled memory back to the system.
 *
 * The pool also bounds itself: it keeps at most ND_POOL_LIMIT bytes (suffixes K, M, G are
 * understood) of freed big blocks, by default a quarter of the machine's memory.
 */
NDRT_API void ndrt_trim(void);

/* ---- threads --------------------------------------------------------------------------------- */

/** Work on the half-open range [begin, end); must not throw. */
typedef void (*ndrt_task)(void *context, int64_t begin, int64_t end);

/**
 * Runs \p task over [0, n) in pieces, on the caller and the pool's threads, and returns when all
 * are done.
 *
 * Pieces  disjoint, cover [0, n), and every one but the last is a multiple of \p grain (at least 1)
 *         long. Who runs which piece is not fixed, nor is the cut: a task whose result depends on
 *         it has to cut by itself.
 * Serial  n <= grain, one thread, a call from inside a piece, and a call while another thread's
 *         work holds the pool all run task(context, 0, n) on the caller. n <= 0 runs nothing.
 * Cost    nanoseconds when serial; about half a microsecond while the pool is awake, some ten
 *         microseconds when it sleeps.
 */
NDRT_API void ndrt_parallel_for(ndrt_task task, void *context, int64_t n, int64_t grain);

/** Threads that ndrt_parallel_for uses, the caller included: ND_NUM_THREADS, else all cores. */
NDRT_API int ndrt_num_threads(void);

/** Sets it, from the next ndrt_parallel_for on; \p count below 1 restores the default. */
NDRT_API void ndrt_set_num_threads(int count);

/* ---- copying --------------------------------------------------------------------------------- */

/**
 * Copies the elements of \p src to \p dst.
 *
 * Shapes  equal. Strides are arbitrary on both sides, negative and (in \p src) zero included.
 * Dtypes  equal; any with 1, 2, 4, 8 or 16 bytes.
 * Errors  NDRT_ERR_ARGUMENT for unequal shapes or dtypes.
 * Cost    memory speed for runs and transpositions; big copies use the pool's threads.
 */
NDRT_API ndrt_status ndrt_copy(const DLTensor *src, DLTensor *dst);

/* ---- choosing elements ----------------------------------------------------------------------- */

/**
 * Elements by their positions: numpy's x[i0, i1, ...], the axes of the indices behind \p place
 * others.
 *
 * Shapes  \p indices are \p count arrays that broadcast to a shape B; bit i of \p axes says that axis
 *         i of \p x is chosen from, the first such axis by the first array. \p out is \p place of
 *         the other axes of \p x, then B, then the rest of them.
 * Dtypes  indices int64; x and out equal, any.
 * Values  an index counts from the end if it is negative.
 * Errors  NDRT_ERR_INDEX naming the index, its position in B, the axis and its size; \p out is not
 *         written then.
 */
NDRT_API ndrt_status ndrt_gather(const DLTensor *x, const DLTensor *const *indices, int32_t count,
                                 DLTensor *out, int64_t axes, int64_t place);

/** What ndrt_scatter does with the element that is there. */
enum {
  NDRT_SET = 0,
  NDRT_ADD = 1,
  NDRT_SUBTRACT = 2,
  NDRT_MULTIPLY = 3,
  NDRT_DIVIDE = 4,
  NDRT_MINIMUM = 5,
  NDRT_MAXIMUM = 6,
  NDRT_BITWISE_AND = 7,
  NDRT_BITWISE_OR = 8,
  NDRT_BITWISE_XOR = 9
};

/**
 * Replaces elements by their positions, or combines them: numpy's x[i0, i1, ...] = value and
 * ufunc.at.
 *
 * Shapes  as ndrt_gather, with \p out in the place of x; it may have any strides but 0. \p value
 *         broadcasts to what a gather with \p place 0 would give.
 * Dtypes  indices int64; value and out equal, any for NDRT_SET. The other modes have numpy's
 *         meaning: integers wrap, nan wins; bool has no difference, integers and bool no quotient,
 *         floats no bits.
 * Order   that of the indices: of several values for one element the last wins, and sums are added
 *         in order.
 * Errors  NDRT_ERR_INDEX as ndrt_gather; \p out is not written then.
 */
NDRT_API ndrt_status ndrt_scatter(const DLTensor *value, const DLTensor *const *indices,
                                  int32_t count, DLTensor *out, int64_t axes, int32_t mode);

/**
 * The parts of \p x where \p mask holds (numpy's x[mask]), in C order of the mask.
 *
 * Shapes  \p mask has the leading axes of \p x, at least one; \p out is (n, the other axes), n the
 *         number of places where the mask holds.
 * Dtypes  mask bool; x and out equal, any.
 * Errors  NDRT_ERR_ARGUMENT if out's n is another one.
 */
NDRT_API ndrt_status ndrt_compress(const DLTensor *mask, const DLTensor *x, DLTensor *out);

/** The positions in C order where \p mask (bool) holds (numpy.flatnonzero); \p out is (n,) int64.
 */
NDRT_API ndrt_status ndrt_flatnonzero(const DLTensor *mask, DLTensor *out);

/**
 * Each element along \p axis as often as \p counts says (numpy.repeat).
 *
 * Shapes  counts (x.shape[axis],) int64; out that of x with the sum of counts on \p axis.
 * Errors  NDRT_ERR_ARGUMENT for a negative count, naming its position.
 */
NDRT_API ndrt_status ndrt_repeat(const DLTensor *x, const DLTensor *counts, DLTensor *out,
                                 int64_t axis);

/* ---- order ----------------------------------------------------------------------------------- */
/* nan stands behind everything; complex numbers go by their real parts, then by their imaginary
 * ones. */

/** \p x in ascending order along its last axis (numpy.sort); equals keep their order. */
NDRT_API ndrt_status ndrt_sort(const DLTensor *x, DLTensor *out);

/** The positions, int64, that sort \p x along its last axis (numpy.argsort, stable). */
NDRT_API ndrt_status ndrt_argsort(const DLTensor *x, DLTensor *out);

/**
 * \p x along its last axis with each element whose position is in \p kth where sorting would put
 * it, no larger ones before and no smaller ones behind it (numpy.partition).
 *
 * Shapes  kth 1-D; out that of x.
 * Dtypes  kth int64; out that of x.
 * Values  a position counts from the end if it is negative. What is less than an element at such a
 *         position, its equals, and what is greater keep their order.
 * Errors  NDRT_ERR_INDEX naming a position outside; \p out is not written then.
 * Cost    a few passes for each position (a sample tells where to look, Floyd & Rivest 1975), at
 *         worst that of sorting.
 */
NDRT_API ndrt_status ndrt_partition(const DLTensor *x, const DLTensor *kth, DLTensor *out);

/** The positions, int64, that partition \p x (numpy.argpartition). */
NDRT_API ndrt_status ndrt_argpartition(const DLTensor *x, const DLTensor *kth, DLTensor *out);

/**
 * The positions, int64, that sort along the last axis by several keys (numpy.lexsort, stable).
 *
 * Shapes  keys (k, ..., n), at least one key; out (..., n). The last key weighs most.
 */
NDRT_API ndrt_status ndrt_lexsort(const DLTensor *keys, DLTensor *out);

/**
 * Where \p values belong in the 1-D \p sorted (numpy.searchsorted): before their equals, or behind
 * them unless \p right is 0.
 *
 * Dtypes  sorted and values equal; out int64, of the shape of values.
 */
NDRT_API ndrt_status ndrt_searchsorted(const DLTensor *sorted, const DLTensor *values,
                                       DLTensor *out, int32_t right);

/* ---- statistics ------------------------------------------------------------------------------ */

/**
 * Each element combined with all before it along \p axis (numpy's ufunc.accumulate).
 *
 * Shapes  x and out equal.
 * Dtypes  x and out equal; any.
 * Order   one element after the other; the 16-bit floats are rounded each time.
 * Errors  NDRT_ERR_ARGUMENT unless \p mode is NDRT_ADD, NDRT_MULTIPLY, NDRT_MINIMUM or
 *         NDRT_MAXIMUM; bool adds as "or" and multiplies as "and".
 */
NDRT_API ndrt_status ndrt_accumulate(const DLTensor *x, DLTensor *out, int64_t axis, int32_t mode);

/**
 * The elements at \p ranks of each row of \p x in ascending order, nan last: to the bit those that
 * a stable sort puts there, of complex numbers equals of these.
 *
 * Shapes  x (..., n); ranks (m,) for all rows or (..., m) for each; out (..., m).
 * Dtypes  ranks int64; x and out equal, any.
 * Errors  NDRT_ERR_INDEX for a rank outside [0, n).
 * Cost    a few passes over a row for a few ranks, at worst that of sorting it.
 */
NDRT_API ndrt_status ndrt_order_statistics(const DLTensor *x, const DLTensor *ranks, DLTensor *out);

/**
 * out[i] is the sum of the weights where \p x is i (numpy.bincount), added in order.
 *
 * Shapes  x and weights (n,); out (m,).
 * Dtypes  x int64; weights and out equal: int64, float64 or complex128.
 * Errors  NDRT_ERR_ARGUMENT naming an element outside [0, m).
 */
NDRT_API ndrt_status ndrt_bincount(const DLTensor *x, const DLTensor *weights, DLTensor *out);

/**
 * out[k] is the sum of a[k + j - o] v[j] over the j for which a has such an element.
 *
 * Shapes  a (n,), v (m,), n >= m >= 1; out and o: mode 0 (n - m + 1,) and 0, mode 1 (n,) and m / 2,
 *         mode 2 (n + m - 1,) and m - 1.
 * Dtypes  all equal; any. Integers wrap, bool is "any of and", the 16-bit floats add in float32.
 */
NDRT_API ndrt_status ndrt_correlate(const DLTensor *a, const DLTensor *v, DLTensor *out,
                                    int64_t mode);

/* ---- linear algebra -------------------------------------------------------------------------- */
/* Floats and complex numbers go to BLAS and LAPACK; no thread count changes a bit. */

/**
 * Matrix product (numpy.matmul).
 *
 * Shapes  (..., m, k) x (..., k, n) -> (..., m, n), leading axes broadcast; a 1-D \p a counts as a
 *         row, a 1-D \p b as a column, and that axis is absent from \p out. k == 0 gives zeros.
 * Dtypes  equal; bool, integers, float32, float64, complex64, complex128. Integers wrap; bool is
 *         "any of and".
 * Errors  NDRT_ERR_ARGUMENT; NDRT_ERR_MEMORY when an operand that has to be copied cannot be.
 * Cost    transposed and row-strided operands are read where they are; x.T times the same x takes
 *         half the work and is exactly symmetric.
 */
NDRT_API ndrt_status ndrt_matmul(const DLTensor *a, const DLTensor *b, DLTensor *out);

/**
 * ndrt_matmul, and \p task(\p context, first * \p unit, last * \p unit) for runs [first, last) of
 * rows of \p out as soon as these are finished, while they are in cache.
 *
 * Rows    lie along the last axis of \p out, and count over all others in C order. Each is in one
 *         run; runs may be on several threads at once, and the task may write over its rows.
 * Errors  those of ndrt_matmul; the task may then have seen some rows.
 */
NDRT_API ndrt_status ndrt_matmul_rows(const DLTensor *a, const DLTensor *b, DLTensor *out,
                                      ndrt_task task, void *context, int64_t unit);

/**
 * ndrt_matmul of the conjugate transpose of \p a, (..., k, m), which has at least two axes, with \p
 * b; real numbers are their own conjugates.
 *
 * Cost    with \p a and \p b the same array in C order half the work of a product, and exactly
 *         Hermitian; else \p a is read where it is if it is in C order, and copied if not.
 */
NDRT_API ndrt_status ndrt_adjoint_matmul(const DLTensor *a, const DLTensor *b, DLTensor *out);

/** ndrt_adjoint_matmul, going on with its rows as ndrt_matmul_rows does. */
NDRT_API ndrt_status ndrt_adjoint_matmul_rows(const DLTensor *a, const DLTensor *b, DLTensor *out,
                                              ndrt_task task, void *context, int64_t unit);

/**
 * Inverse (numpy.linalg.inv).
 *
 * Shapes  (..., n, n) -> (..., n, n).
 * Dtypes  float32, float64, complex64, complex128; all equal.
 * Errors  NDRT_ERR_SINGULAR naming the pivot that is exactly zero, and the matrix within the batch.
 */
NDRT_API ndrt_status ndrt_inv(const DLTensor *a, DLTensor *out);

/**
 * Determinant (numpy.linalg.det).
 *
 * Shapes  (..., n, n) -> (...). That of a singular matrix is 0, that of a 0 x 0 matrix 1.
 * Dtypes  float32, float64, complex64, complex128; all equal.
 */
NDRT_API ndrt_status ndrt_det(const DLTensor *a, DLTensor *out);

/**
 * Sign and logarithm of the magnitude of the determinant (numpy.linalg.slogdet).
 *
 * Shapes  a (..., n, n) -> both (...). A singular matrix has 0 and -inf.
 * Dtypes  a and sign float32, float64, complex64, complex128; logabsdet that of the parts.
 */
NDRT_API ndrt_status ndrt_slogdet(const DLTensor *a, DLTensor *sign, DLTensor *logabsdet);

/**
 * Triangular L of a = L L^H or, where \p upper is not 0, U of a = U^H U (numpy.linalg.cholesky).
 * Only that triangle of \p a is looked at.
 *
 * Shapes  (..., n, n) -> (..., n, n).
 * Dtypes  float32, float64, complex64, complex128; all equal.
 * Errors  NDRT_ERR_SINGULAR naming the leading minor that is not positive, and the matrix within the
 *         batch.
 */
NDRT_API ndrt_status ndrt_cholesky(const DLTensor *a, DLTensor *out, int32_t upper);

/**
 * Solution x of a x = b (numpy.linalg.solve).
 *
 * Shapes  a (..., n, n); b (n,) or (..., n, k); x (..., n) or (..., n, k): b is a vector only if it
 *         is 1-D. Leading axes broadcast.
 * Dtypes  float32, float64, complex64, complex128; all equal.
 * Errors  NDRT_ERR_SINGULAR naming the pivot that is exactly zero, and the matrix within the batch.
 */
NDRT_API ndrt_status ndrt_solve(const DLTensor *a, const DLTensor *b, DLTensor *x);

/**
 * QR decomposition by Householder reflections (numpy.linalg.qr).
 *
 * Shapes  a (..., m, n) -> q (..., m, k), r (..., k, n) upper triangular; k is min(m, n) or m.
 * Dtypes  float32, float64, complex64, complex128; all equal.
 */
NDRT_API ndrt_status ndrt_qr(const DLTensor *a, DLTensor *q, DLTensor *r);

/**
 * The same as LAPACK leaves it (numpy.linalg.qr with mode "raw").
 *
 * Shapes  a (..., m, n) -> h (..., n, m), the transpose of R above and reflectors below the
 *         diagonal, and tau (..., min(m, n)).
 * Dtypes  float32, float64, complex64, complex128; all equal.
 */
NDRT_API ndrt_status ndrt_qr_raw(const DLTensor *a, DLTensor *h, DLTensor *tau);

/**
 * Least-squares solution of least norm of a x = b, by singular values (numpy.linalg.lstsq).
 *
 * Shapes  a (m, n); b (m,) or (m, k); x (n,) or (n, k); s (min(m, n),); rank 0-d int64; residuals
 *         (1,) or (k,), or of size 0 where they are not wanted.
 * Dtypes  float32, float64, complex64, complex128; a, b and x equal, residuals and s that of the
 *         parts.
 * Values  singular values below rcond * s[0] count as zero; rcond < 0 means eps * max(m, n).
 *         Residuals are sums of squares per column, NaN where they mean nothing: rank < n, m <= n.
 * Errors  NDRT_ERR_CONVERGENCE when the singular values cannot be found, as with NaN or infinity in
 *         \p a.
 */
NDRT_API ndrt_status ndrt_lstsq(const DLTensor *a, const DLTensor *b, DLTensor *x,
                                DLTensor *residuals, DLTensor *rank, DLTensor *s, double rcond);

/**
 * Eigenvalues of general matrices (numpy.linalg.eigvals).
 *
 * Shapes  (..., n, n) -> (..., n).
 * Dtypes  a float32, float64, complex64 or complex128; out the complex dtype over it.
 * Errors  NDRT_ERR_CONVERGENCE naming the matrix within the batch, also for NaN or infinity in it.
 */
NDRT_API ndrt_status ndrt_eigvals(const DLTensor *a, DLTensor *out);

/** The same with right eigenvectors of length 1, (..., n, n), in columns (numpy.linalg.eig). */
NDRT_API ndrt_status ndrt_eig(const DLTensor *a, DLTensor *eigenvalues, DLTensor *eigenvectors);

/**
 * Ascending eigenvalues of Hermitian matrices (numpy.linalg.eigvalsh), of which the lower triangle
 * is looked at, or the upper one where \p upper is not 0.
 *
 * Shapes  (..., n, n) -> (..., n).
 * Dtypes  a float32, float64, complex64 or complex128; out that of the parts.
 * Errors  NDRT_ERR_CONVERGENCE naming the matrix within the batch, also for NaN or infinity in it.
 */
NDRT_API ndrt_status ndrt_eigvalsh(const DLTensor *a, DLTensor *out, int32_t upper);

/** The same with orthonormal eigenvectors, (..., n, n), of a's dtype, in columns. */
NDRT_API ndrt_status ndrt_eigh(const DLTensor *a, DLTensor *eigenvalues, DLTensor *eigenvectors,
                               int32_t upper);

/**
 * Singular value decomposition a = u diag(s) vh (numpy.linalg.svd), the largest value first.
 *
 * Shapes  a (..., m, n), k = min(m, n); s (..., k); u (..., m, k) and vh (..., k, n), or both square.
 * Dtypes  a, u and vh float32, float64, complex64 or complex128; s that of the parts.
 * Errors  NDRT_ERR_CONVERGENCE naming the matrix within the batch, also for NaN or infinity in it.
 */
NDRT_API ndrt_status ndrt_svd(const DLTensor *a, DLTensor *u, DLTensor *s, DLTensor *vh);

/** The singular values alone, (..., min(m, n)). */
NDRT_API ndrt_status ndrt_svdvals(const DLTensor *a, DLTensor *s);

/* ---- Fourier transforms ---------------------------------------------------------------------- */
/* float32 is computed in float32. No thread count and no vector width changes a bit. Lengths of
 * small primes take n log n steps by mixed radices, those with a prime above 53 a convolution of
 * two to four times the length. Tables are kept: those of lengths up to 256, and of the others the
 * last used, at most 64 lengths and 64 MiB. */

/**
 * Discrete Fourier transform along \p axis: sums of x[t] exp(-2 pi i k t / n), of exp(2 pi i k t /
 * n) where \p inverse is not 0 (numpy.fft.fft, ifft).
 *
 * Shapes  equal but on \p axis, where \p out has n: x is cut there, or filled up with zeros.
 * Dtypes  x float32, float64 or complex over them; out the complex dtype.
 * Values  norm 0 gives the sums, 1 divides them by n, 2 by its square root.
 * Errors  NDRT_ERR_ARGUMENT for n == 0.
 */
NDRT_API ndrt_status ndrt_fft(const DLTensor *x, DLTensor *out, int64_t axis, int32_t inverse,
                              int64_t norm);

/**
 * The first n / 2 + 1 elements of the transform of real numbers (numpy.fft.rfft).
 *
 * Shapes  as ndrt_fft, with n / 2 + 1 elements on \p axis of out; n -1 are all of x, -2 the even
 *         number that out has the half of, -3 the odd one.
 * Dtypes  x float32 or float64; out the complex dtype.
 */
NDRT_API ndrt_status ndrt_rfft(const DLTensor *x, DLTensor *out, int64_t axis, int64_t n,
                               int64_t norm);

/**
 * The inverse of it: real numbers, as many as \p out has on \p axis (numpy.fft.irfft). The
 * imaginary parts of the first element and, of an even n, of the last are not looked at.
 */
NDRT_API ndrt_status ndrt_irfft(const DLTensor *x, DLTensor *out, int64_t axis, int64_t norm);

/* ---- random numbers -------------------------------------------------------------------------- */
/* The streams of numpy.random. A bit generator is its state, a vector of uint64 words: functions
 * take one state and give the next, so that nothing is hidden. */

/** Bit generators. */
enum { NDRT_PCG64 = 1, NDRT_PCG64DXSM = 2, NDRT_PHILOX = 3, NDRT_SFC64 = 4, NDRT_MT19937 = 5 };

/** How many words the state of a bit generator has; 0 for none. */
NDRT_API int64_t ndrt_random_words(int32_t kind);
/** How many 32-bit words of a seed sequence a bit generator starts from. */
NDRT_API int64_t ndrt_random_seed_words(int32_t kind);

/**
 * \p words 32-bit words from \p count words of entropy (numpy.random.SeedSequence.generate_state).
 *
 * Errors  NDRT_ERR_ARGUMENT for a pool of less than 4 or more than 65536 words.
 */
NDRT_API ndrt_status ndrt_seed_sequence(const uint32_t *entropy, int64_t count, int32_t pool_size,
                                        uint32_t *out, int64_t words);

/** The state that \p count words start; MT19937 takes one word for the legacy seed(int), too. */
NDRT_API ndrt_status ndrt_random_seed(int32_t kind, const uint32_t *seed, int64_t count,
                                      uint64_t *state);
/** MT19937's state for the legacy seed of several words. */
NDRT_API ndrt_status ndrt_random_seed_legacy(const uint32_t *seed, int64_t count, uint64_t *state);

/** Moves a state as if \p delta (256 bits, the low word first) draws were made; Philox counts
 * blocks of four. Errors  NDRT_ERR_ARGUMENT for SFC64 and MT19937. */
NDRT_API ndrt_status ndrt_random_advance(uint64_t *state, const uint64_t delta[4]);

/** Moves a state far ahead, \p jumps times. Errors  NDRT_ERR_ARGUMENT for SFC64. */
NDRT_API ndrt_status ndrt_random_jump(uint64_t *state, uint64_t jumps);

/** What ndrt_random draws, and its parameters: float64, counts int64. */
enum {
  NDRT_RANDOM_UNIFORM01 = 0, /**< [0, 1) */
  NDRT_RANDOM_STANDARD_NORMAL = 1,
  NDRT_RANDOM_STANDARD_EXPONENTIAL = 2,         /**< by ziggurat */
  NDRT_RANDOM_STANDARD_EXPONENTIAL_INVERSE = 3, /**< by the inverse of its distribution function */
  NDRT_RANDOM_STANDARD_GAMMA = 4,
  NDRT_RANDOM_UNIFORM = 5,
  NDRT_RANDOM_NORMAL = 6,
  NDRT_RANDOM_EXPONENTIAL = 7,
  NDRT_RANDOM_GAMMA = 8,
  NDRT_RANDOM_BETA = 9,
  NDRT_RANDOM_CHISQUARE = 10,
  NDRT_RANDOM_F = 11,
  NDRT_RANDOM_NONCENTRAL_CHISQUARE = 12,
  NDRT_RANDOM_NONCENTRAL_F = 13,
  NDRT_RANDOM_STANDARD_CAUCHY = 14,
  NDRT_RANDOM_STANDARD_T = 15,
  NDRT_RANDOM_PARETO = 16,
  NDRT_RANDOM_WEIBULL = 17,
  NDRT_RANDOM_POWER = 18,
  NDRT_RANDOM_LAPLACE = 19,
  NDRT_RANDOM_GUMBEL = 20,
  NDRT_RANDOM_LOGISTIC = 21,
  NDRT_RANDOM_LOGNORMAL = 22,
  NDRT_RANDOM_RAYLEIGH = 23,
  NDRT_RANDOM_WALD = 24,
  NDRT_RANDOM_VONMISES = 25,
  NDRT_RANDOM_TRIANGULAR = 26,
  NDRT_RANDOM_BINOMIAL = 27,
  NDRT_RANDOM_NEGATIVE_BINOMIAL = 28,
  NDRT_RANDOM_POISSON = 29,
  NDRT_RANDOM_GEOMETRIC = 30,
  NDRT_RANDOM_LOGSERIES = 31,
  NDRT_RANDOM_ZIPF = 32,
  NDRT_RANDOM_HYPERGEOMETRIC = 33,
  NDRT_RANDOM_INTEGERS = 34,        /**< low, high, int64 or uint64; below high */
  NDRT_RANDOM_INTEGERS_CLOSED = 35, /**< high included */
  NDRT_RANDOM_INTEGERS_MASKED = 36, /**< the legacy randint */
  NDRT_RANDOM_MULTINOMIAL = 37,     /**< n (..., 1), pvals (..., k) */
  NDRT_RANDOM_DIRICHLET = 38,       /**< alpha (k,) */
  NDRT_RANDOM_MULTIVARIATE_HYPERGEOMETRIC_MARGINALS = 39, /**< colors (k,), nsample */
  NDRT_RANDOM_MULTIVARIATE_HYPERGEOMETRIC_COUNT = 40,
  NDRT_RANDOM_PERMUTED = 41,          /**< x; each row of the last axis in a random order */
  NDRT_RANDOM_CHOICE = 42,            /**< how many there are; different positions among them */
  NDRT_RANDOM_CHOICE_UNSHUFFLED = 43, /**< the same, whose order is not random */
  NDRT_RANDOM_CHOICE_WEIGHTED = 44,   /**< probabilities; different positions */
  NDRT_RANDOM_CHOICE_WEIGHTED_REPLACE = 45, /**< probabilities; positions */
  NDRT_RANDOM_LEGACY_GAUSS = 46             /**< the legacy randn */
};

/**
 * Random numbers, the same as those of numpy.random.Generator from the same state.
 *
 * Shapes  state and next (words,); \p count parameters broadcast to out, which is any shape.
 * Dtypes  state and next uint64; out float64 (UNIFORM01 to STANDARD_GAMMA also float32), int64 for
 *         counts, any integer or bool for INTEGERS.
 * Values  next is the state behind the last draw; it may be the same memory as state.
 * Errors  NDRT_ERR_ARGUMENT naming a parameter outside the distribution's domain, NDRT_ERR_SHAPE
 *         for one that does not broadcast; next is not written then.
 * Order   C order of out; no thread count changes a bit.
 */
NDRT_API ndrt_status ndrt_random(const DLTensor *state, const DLTensor *const *parameters,
                                 int32_t count, DLTensor *out, DLTensor *next,
                                 int32_t distribution);

/**
 * The state behind \p count draws of 64 bits, with \p halves of 32, as UNIFORM01 of float64 and of
 * float32 makes them.
 *
 * Shapes  state and next (words,), count (). Dtypes  uint64, count int64.
 * Errors  NDRT_ERR_ARGUMENT for a state of no bit generator, one of MT19937, or a negative count.
 */
NDRT_API ndrt_status ndrt_random_skip(const DLTensor *state, const DLTensor *count, DLTensor *next,
                                      int32_t halves);

/* Loops that draw as they go keep numbers that they have not come to in a run: NDRT_RUN_HEAD bytes
 * for the runtime, of which the first int64 is the position of the first number, and behind them
 * NDRT_RUN_BYTES of numbers. A run that has none yet begins with INT64_MIN. */
#define NDRT_RUN_HEAD 256
#define NDRT_RUN_BYTES 8192

/**
 * Fills \p run with UNIFORM01 from \p position on, of which \p count are drawn in all: the numbers
 * that ndrt_random draws there from \p state. nan if that is not of \p kind (NDRT_PCG64,
 * NDRT_PCG64DXSM or NDRT_PHILOX).
 */
NDRT_API void ndrt_random_run(const uint64_t *state, int64_t position, int64_t count, int32_t kind,
                              int32_t is_float32, void *run);

#ifdef __cplusplus
}
#endif

#endif /* NDRT_NDRT_H */
