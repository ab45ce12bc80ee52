// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// BLAS and LAPACK by their Fortran symbols, overloaded over float, double and complex numbers of
// them. Column-major, 32-bit sizes.
#pragma once

#include <complex>
#include <cstdint>

extern "C" {
#define NDRT_BLAS_PRODUCTS(prefix, T)                                                              \
  void prefix##gemm_(const char *transA, const char *transB, const int *m, const int *n,           \
                     const int *k, const T *alpha, const T *a, const int *lda, const T *b,         \
                     const int *ldb, const T *beta, T *c, const int *ldc);                         \
  void prefix##syrk_(const char *uplo, const char *trans, const int *n, const int *k,              \
                     const T *alpha, const T *a, const int *lda, const T *beta, T *c,              \
                     const int *ldc);                                                              \
  void prefix##gemv_(const char *trans, const int *m, const int *n, const T *alpha, const T *a,    \
                     const int *lda, const T *x, const int *incx, const T *beta, T *y,             \
                     const int *incy);
NDRT_BLAS_PRODUCTS(s, float)
NDRT_BLAS_PRODUCTS(d, double)
NDRT_BLAS_PRODUCTS(c, std::complex<float>)
NDRT_BLAS_PRODUCTS(z, std::complex<double>)
#undef NDRT_BLAS_PRODUCTS
#define NDRT_BLAS(prefix, T)                                                                       \
  T prefix##dot_(const int *n, const T *x, const int *incx, const T *y, const int *incy);
NDRT_BLAS(s, float)
NDRT_BLAS(d, double)
#undef NDRT_BLAS
#define NDRT_BLAS(prefix, T)                                                                       \
  void prefix##herk_(const char *uplo, const char *trans, const int *n, const int *k,              \
                     const T *alpha, const std::complex<T> *a, const int *lda, const T *beta,      \
                     std::complex<T> *c, const int *ldc);
NDRT_BLAS(c, float)
NDRT_BLAS(z, double)
#undef NDRT_BLAS
#define NDRT_LAPACK(prefix, T, orgqr)                                                              \
  void prefix##trsm_(const char *side, const char *uplo, const char *trans, const char *diag,      \
                     const int *m, const int *n, const T *alpha, const T *a, const int *lda, T *b, \
                     const int *ldb);                                                              \
  void prefix##geqrf_(const int *m, const int *n, T *a, const int *lda, T *tau, T *work,           \
                      const int *lwork, int *info);                                                \
  void orgqr(const int *m, const int *n, const int *k, T *a, const int *lda, const T *tau,         \
             T *work, const int *lwork, int *info);                                                \
  void prefix##potrf_(const char *uplo, const int *n, T *a, const int *lda, int *info);
NDRT_LAPACK(s, float, sorgqr_)
NDRT_LAPACK(d, double, dorgqr_)
NDRT_LAPACK(c, std::complex<float>, cungqr_)
NDRT_LAPACK(z, std::complex<double>, zungqr_)
#undef NDRT_LAPACK
// What takes a real workspace where the elements are complex.
#define NDRT_LAPACK(prefix, T)                                                                     \
  void prefix##gelsd_(const int *m, const int *n, const int *nrhs, T *a, const int *lda, T *b,     \
                      const int *ldb, T *s, const T *rcond, int *rank, T *work, const int *lwork,  \
                      int *iwork, int *info);                                                      \
  void prefix##syevd_(const char *jobz, const char *uplo, const int *n, T *a, const int *lda,      \
                      T *w, T *work, const int *lwork, int *iwork, const int *liwork, int *info);  \
  void prefix##gesdd_(const char *jobz, const int *m, const int *n, T *a, const int *lda, T *s,    \
                      T *u, const int *ldu, T *vt, const int *ldvt, T *work, const int *lwork,     \
                      int *iwork, int *info);
NDRT_LAPACK(s, float)
NDRT_LAPACK(d, double)
#undef NDRT_LAPACK
#define NDRT_LAPACK(prefix, R, T)                                                                  \
  void prefix##gelsd_(const int *m, const int *n, const int *nrhs, T *a, const int *lda, T *b,     \
                      const int *ldb, R *s, const R *rcond, int *rank, T *work, const int *lwork,  \
                      R *rwork, int *iwork, int *info);                                            \
  void prefix##heevd_(const char *jobz, const char *uplo, const int *n, T *a, const int *lda,      \
                      R *w, T *work, const int *lwork, R *rwork, const int *lrwork, int *iwork,    \
                      const int *liwork, int *info);                                               \
  void prefix##gesdd_(const char *jobz, const int *m, const int *n, T *a, const int *lda, R *s,    \
                      T *u, const int *ldu, T *vt, const int *ldvt, T *work, const int *lwork,     \
                      R *rwork, int *iwork, int *info);
NDRT_LAPACK(c, float, std::complex<float>)
NDRT_LAPACK(z, double, std::complex<double>)
#undef NDRT_LAPACK
#define NDRT_GEEV(prefix, T)                                                                       \
  void prefix##geev_(const char *jobvl, const char *jobvr, const int *n, T *a, const int *lda,     \
                     T *wr, T *wi, T *vl, const int *ldvl, T *vr, const int *ldvr, T *work,        \
                     const int *lwork, int *info);
NDRT_GEEV(s, float)
NDRT_GEEV(d, double)
#undef NDRT_GEEV
#define NDRT_GEEV(prefix, T)                                                                       \
  void prefix##geev_(const char *jobvl, const char *jobvr, const int *n, std::complex<T> *a,       \
                     const int *lda, std::complex<T> *w, std::complex<T> *vl, const int *ldvl,     \
                     std::complex<T> *vr, const int *ldvr, std::complex<T> *work,                  \
                     const int *lwork, T *rwork, int *info);
NDRT_GEEV(c, float)
NDRT_GEEV(z, double)
#undef NDRT_GEEV
}

namespace ndrt::blas {

/// The largest extent or leading dimension BLAS can be given.
inline constexpr int64_t most = INT32_MAX;

#define NDRT_BLAS_PRODUCTS(prefix, T)                                                              \
  inline void gemm(char transA, char transB, int m, int n, int k, T alpha, const T *a, int lda,    \
                   const T *b, int ldb, T beta, T *c, int ldc) {                                   \
    prefix##gemm_(&transA, &transB, &m, &n, &k, &alpha, a, &lda, b, &ldb, &beta, c, &ldc);         \
  }                                                                                                \
  inline void syrk(char uplo, char trans, int n, int k, T alpha, const T *a, int lda, T beta,      \
                   T *c, int ldc) {                                                                \
    prefix##syrk_(&uplo, &trans, &n, &k, &alpha, a, &lda, &beta, c, &ldc);                         \
  }                                                                                                \
  inline void gemv(char trans, int m, int n, T alpha, const T *a, int lda, const T *x, int incx,   \
                   T beta, T *y, int incy) {                                                       \
    prefix##gemv_(&trans, &m, &n, &alpha, a, &lda, x, &incx, &beta, y, &incy);                     \
  }
NDRT_BLAS_PRODUCTS(s, float)
NDRT_BLAS_PRODUCTS(d, double)
NDRT_BLAS_PRODUCTS(c, std::complex<float>)
NDRT_BLAS_PRODUCTS(z, std::complex<double>)
#undef NDRT_BLAS_PRODUCTS
#define NDRT_BLAS(prefix, T)                                                                       \
  inline T dot(int n, const T *x, int incx, const T *y, int incy) {                                \
    return prefix##dot_(&n, x, &incx, y, &incy);                                                   \
  }                                                                                                \
  inline void herk(char uplo, char trans, int n, int k, T alpha, const T *a, int lda, T beta,      \
                   T *c, int ldc) {                                                                \
    syrk(uplo, trans, n, k, alpha, a, lda, beta, c, ldc);                                          \
  }
NDRT_BLAS(s, float)
NDRT_BLAS(d, double)
#undef NDRT_BLAS
#define NDRT_BLAS(prefix, T)                                                                       \
  inline void herk(char uplo, char trans, int n, int k, T alpha, const std::complex<T> *a,         \
                   int lda, T beta, std::complex<T> *c, int ldc) {                                 \
    prefix##herk_(&uplo, &trans, &n, &k, &alpha, a, &lda, &beta, c, &ldc);                         \
  }
NDRT_BLAS(c, float)
NDRT_BLAS(z, double)
#undef NDRT_BLAS

// The functions below give LAPACK's info.

#define NDRT_LAPACK(prefix, T, generate)                                                           \
  inline void trsm(char side, char uplo, char trans, char diag, int m, int n, T alpha, const T *a, \
                   int lda, T *b, int ldb) {                                                       \
    prefix##trsm_(&side, &uplo, &trans, &diag, &m, &n, &alpha, a, &lda, b, &ldb);                  \
  }                                                                                                \
  inline int geqrf(int m, int n, T *a, int lda, T *tau, T *work, int lwork) {                      \
    int info = 0;                                                                                  \
    prefix##geqrf_(&m, &n, a, &lda, tau, work, &lwork, &info);                                     \
    return info;                                                                                   \
  }                                                                                                \
  /* ungqr of complex matrices */                                                                  \
  inline int orgqr(int m, int n, int k, T *a, int lda, const T *tau, T *work, int lwork) {         \
    int info = 0;                                                                                  \
    generate(&m, &n, &k, a, &lda, tau, work, &lwork, &info);                                       \
    return info;                                                                                   \
  }                                                                                                \
  inline int potrf(char uplo, int n, T *a, int lda) {                                              \
    int info = 0;                                                                                  \
    prefix##potrf_(&uplo, &n, a, &lda, &info);                                                     \
    return info;                                                                                   \
  }
NDRT_LAPACK(s, float, sorgqr_)
NDRT_LAPACK(d, double, dorgqr_)
NDRT_LAPACK(c, std::complex<float>, cungqr_)
NDRT_LAPACK(z, std::complex<double>, zungqr_)
#undef NDRT_LAPACK

// Real workspaces are for complex elements; of real ones they are not looked at.

#define NDRT_LAPACK(prefix, T)                                                                     \
  inline int gelsd(int m, int n, int nrhs, T *a, int lda, T *b, int ldb, T *s, T rcond, int *rank, \
                   T *work, int lwork, T *, int *iwork) {                                          \
    int info = 0;                                                                                  \
    prefix##gelsd_(&m, &n, &nrhs, a, &lda, b, &ldb, s, &rcond, rank, work, &lwork, iwork, &info);  \
    return info;                                                                                   \
  }                                                                                                \
  inline int heevd(char jobz, char uplo, int n, T *a, int lda, T *w, T *work, int lwork, T *, int, \
                   int *iwork, int liwork) {                                                       \
    int info = 0;                                                                                  \
    prefix##syevd_(&jobz, &uplo, &n, a, &lda, w, work, &lwork, iwork, &liwork, &info);             \
    return info;                                                                                   \
  }                                                                                                \
  inline int gesdd(char jobz, int m, int n, T *a, int lda, T *s, T *u, int ldu, T *vt, int ldvt,   \
                   T *work, int lwork, T *, int *iwork) {                                          \
    int info = 0;                                                                                  \
    prefix##gesdd_(&jobz, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, &lwork, iwork, &info);     \
    return info;                                                                                   \
  }
NDRT_LAPACK(s, float)
NDRT_LAPACK(d, double)
#undef NDRT_LAPACK
#define NDRT_LAPACK(prefix, R, T)                                                                  \
  inline int gelsd(int m, int n, int nrhs, T *a, int lda, T *b, int ldb, R *s, R rcond, int *rank, \
                   T *work, int lwork, R *rwork, int *iwork) {                                     \
    int info = 0;                                                                                  \
    prefix##gelsd_(&m, &n, &nrhs, a, &lda, b, &ldb, s, &rcond, rank, work, &lwork, rwork, iwork,   \
                   &info);                                                                         \
    return info;                                                                                   \
  }                                                                                                \
  inline int heevd(char jobz, char uplo, int n, T *a, int lda, R *w, T *work, int lwork, R *rwork, \
                   int lrwork, int *iwork, int liwork) {                                           \
    int info = 0;                                                                                  \
    prefix##heevd_(&jobz, &uplo, &n, a, &lda, w, work, &lwork, rwork, &lrwork, iwork, &liwork,     \
                   &info);                                                                         \
    return info;                                                                                   \
  }                                                                                                \
  inline int gesdd(char jobz, int m, int n, T *a, int lda, R *s, T *u, int ldu, T *vt, int ldvt,   \
                   T *work, int lwork, R *rwork, int *iwork) {                                     \
    int info = 0;                                                                                  \
    prefix##gesdd_(&jobz, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work, &lwork, rwork, iwork,      \
                   &info);                                                                         \
    return info;                                                                                   \
  }
NDRT_LAPACK(c, float, std::complex<float>)
NDRT_LAPACK(z, double, std::complex<double>)
#undef NDRT_LAPACK

/// Eigenvalues and, in \p v unless that is null, right eigenvectors: of real matrices in two parts,
/// of complex ones in \p w; the room for the other form is not looked at.
#define NDRT_GEEV(prefix, T)                                                                       \
  inline int geev(int n, T *a, T *wr, T *wi, std::complex<T> *, T *v, T *work, int lwork, T *) {   \
    int info = 0, one = 1;                                                                         \
    char none = 'N', right = v ? 'V' : 'N';                                                        \
    prefix##geev_(&none, &right, &n, a, &n, wr, wi, nullptr, &one, v, v ? &n : &one, work, &lwork, \
                  &info);                                                                          \
    return info;                                                                                   \
  }
NDRT_GEEV(s, float)
NDRT_GEEV(d, double)
#undef NDRT_GEEV
#define NDRT_GEEV(prefix, T)                                                                       \
  inline int geev(int n, std::complex<T> *a, T *, T *, std::complex<T> *w, std::complex<T> *v,     \
                  std::complex<T> *work, int lwork, T *rwork) {                                    \
    int info = 0, one = 1;                                                                         \
    char none = 'N', right = v ? 'V' : 'N';                                                        \
    prefix##geev_(&none, &right, &n, a, &n, w, nullptr, &one, v, v ? &n : &one, work, &lwork,      \
                  rwork, &info);                                                                   \
    return info;                                                                                   \
  }
NDRT_GEEV(c, float)
NDRT_GEEV(z, double)
#undef NDRT_GEEV

/// Sum of x[i] y[i], no conjugate: x as the one row of a matrix whose columns are incx apart.
/// Fortran compilers do not agree on how a function gives a complex number.
template <class T>
std::complex<T> dot(int n, const std::complex<T> *x, int incx, const std::complex<T> *y, int incy) {
  std::complex<T> sum = 0;
  gemv('N', 1, n, std::complex<T>(1), x, incx, y, incy, std::complex<T>(0), &sum, 1);
  return sum;
}

/// To be called before the first BLAS call: the threads are ours, so BLAS must not start or use
/// any.
void keepSerial() noexcept;

} // namespace ndrt::blas
