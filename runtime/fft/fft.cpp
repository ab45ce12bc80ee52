// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The C ABI of transforms: what calls say, checked.
#include "fft/short_line.h"
#include "select/packed.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <new>

namespace ndrt::fft {
namespace {

bool isPart(DLDataType type, int bits) {
  return type.lanes == 1 && ((type.code == kDLFloat && type.bits == bits) ||
                             (type.code == kDLComplex && type.bits == 2 * bits));
}

template <class T> bool run(const Job &job) {
  if (job.x.rank > 1 || job.kind != Kind::complex)
    return AxisTransform<T>(job).run();
  const int imag = job.x.type.code == kDLComplex, parts = imag ? 2 : 1;
  return planOf<SinglePlan<T>>(job.n)->run(
      {reinterpret_cast<const T *>(job.x.data), job.x.stride[0] * parts, imag,
       std::min(job.x.extent[0], job.n), job.inverse},
      {reinterpret_cast<T *>(job.out.data), 2, job.inverse, T(job.scale)});
}

/// A line whose elements lie side by side.
bool isLine(const DLTensor *x) {
  return x && x->ndim == 1 && x->shape && x->data && deviceType(*x) == kDLCPU &&
         (!x->strides || x->strides[0] == 1);
}

/// A dtype over T as one number.
template <class T> constexpr uint32_t wordOf(bool isComplex) {
  const uint8_t bits = 8 * sizeof(T);
  return std::bit_cast<uint32_t>(isComplex ? DLDataType{kDLComplex, uint8_t(2 * bits), 1}
                                           : DLDataType{kDLFloat, bits, 1});
}

/// Once for each length. nullptr without memory.
template <class T> [[gnu::noinline, gnu::cold]] const ShortPlan<T> *newPlan(int64_t n) noexcept {
  try {
    return &keptPlan<ShortPlan<T>>(n);
  } catch (const std::bad_alloc &) {
    return nullptr;
  }
}

template <class T, Kind kind>
[[gnu::always_inline]] inline bool runShort(const DLTensor &x, DLTensor &out, int64_t n,
                                            bool isComplex, bool inverse, int64_t norm) {
  const ShortPlan<T> *plan = keptPlans<ShortPlan<T>>[size_t(n)].load(std::memory_order_acquire);
  if (!plan && !(plan = newPlan<T>(n)))
    return false;
  const T *from = reinterpret_cast<const T *>(static_cast<std::byte *>(x.data) + x.byte_offset);
  T *to = reinterpret_cast<T *>(static_cast<std::byte *>(out.data) + out.byte_offset);
  return runShortLine<T, kind>(*plan, n, from, isComplex, to, inverse, plan->scales[norm]);
}

/// What programs call in loops, a line of few elements as it should be, where a call must not take
/// longer than the transform: whatever else there may be is left for the checks below. False:
/// nothing was done.
template <Kind kind>
[[gnu::always_inline]] inline bool runShort(const DLTensor *x, DLTensor *out, int64_t axis,
                                            int64_t n, bool inverse, int64_t norm) {
  if (!isLine(x) || !isLine(out) || axis != 0 || uint64_t(norm) > 2)
    return false;
  const int64_t count = x->shape[0], results = out->shape[0];
  if (kind != Kind::real)
    n = results;
  else if (n < 0)
    n = n == -1 ? count : 2 * (results - 1) + (n == -3);
  const int64_t half = n / 2 + 1;
  if (n < 2 || n > (kind == Kind::complex ? longestShort : longestShortReal) ||
      count < (kind == Kind::toReal ? half : n) || results != (kind == Kind::real ? half : n))
    return false;
  const uint32_t from = std::bit_cast<uint32_t>(x->dtype), to = std::bit_cast<uint32_t>(out->dtype);
  auto as = [&]<class T>(T) {
    const bool isComplex = from == wordOf<T>(true);
    if (to != wordOf<T>(kind != Kind::toReal) || (!isComplex && from != wordOf<T>(false)) ||
        (kind != Kind::complex && isComplex != (kind == Kind::toReal)))
      return false;
    return runShort<T, kind>(*x, *out, n, isComplex, inverse, norm);
  };
  return as(double()) || as(float());
}

ndrt_status transform(const char *function, const DLTensor *x, DLTensor *out, int64_t axis,
                      int64_t n, Kind kind, bool inverse, int64_t norm) {
  Job job;
  if (ndrt_status status = view(x, function, "x", job.x))
    return status;
  if (ndrt_status status = viewResult(out, function, "out", job.out))
    return status;
  const Strided &from = job.x, &to = job.out;
  const int bits = isPart(from.type, 32) ? 32 : 64;
  if (!isPart(from.type, bits) || !isPart(to.type, bits) ||
      (kind == Kind::real && from.type.code == kDLComplex) ||
      (to.type.code == kDLComplex) != (kind != Kind::toReal))
    return misfit(function, {{"x", from}, {"out", to}},
                  kind == Kind::real ? "x must be float32 or float64, out complex over it"
                  : kind == Kind::toReal
                      ? "out must be float32 or float64, x that or complex over it"
                      : "x must be float32, float64 or complex over them, out "
                        "the complex dtype");
  if (axis < 0 || axis >= from.rank || norm < 0 || norm > 2)
    return fail(NDRT_ERR_ARGUMENT,
                "%s: axis is %lld and norm %lld for %d axes; axes count from 0, norms are 0 to 2",
                function, static_cast<long long>(axis), static_cast<long long>(norm), from.rank);
  if (to.rank != from.rank)
    return misfit(function, {{"x", from}, {"out", to}}, "they must have as many axes");
  if (kind != Kind::real)
    n = to.extent[axis];
  else if (n == -2 || n == -3)
    n = 2 * (to.extent[axis] - 1) + (n == -3);
  else if (n < 0)
    n = from.extent[axis];
  bool fits = to.extent[axis] == (kind == Kind::real ? n / 2 + 1 : n);
  for (int i = 0; i < from.rank; ++i)
    fits = fits && (i == axis || from.extent[i] == to.extent[i]);
  if (!fits)
    return misfit(function, {{"x", from}, {"out", to}}, "out must have the shape of the transform");
  if (n < 1)
    return fail(NDRT_ERR_ARGUMENT,
                "%s: there are no elements along axis %lld to transform; give at least 1", function,
                static_cast<long long>(axis));
  if (to.elements() == 0)
    return NDRT_OK;
  job.axis = int(axis);
  job.n = n;
  job.kind = kind;
  job.inverse = inverse;
  const double size = static_cast<double>(n);
  job.scale = norm == 0 ? 1 : norm == 1 ? 1 / size : 1 / std::sqrt(size);
  Packed room; // a step of 0 would be one without imaginary parts
  bool memory = from.stride[axis] != 0 || from.extent[axis] == 1 || room.make(job.x);
  try {
    memory = memory && (bits == 32 ? run<float>(job) : run<double>(job));
  } catch (const std::bad_alloc &) {
    memory = false;
  }
  return memory ? NDRT_OK
                : fail(NDRT_ERR_MEMORY, "%s: cannot allocate working memory for %lld elements",
                       function, static_cast<long long>(n));
}

} // namespace
} // namespace ndrt::fft

using namespace ndrt::fft;

ndrt_status ndrt_fft(const DLTensor *x, DLTensor *out, int64_t axis, int32_t inverse,
                     int64_t norm) {
  if (runShort<Kind::complex>(x, out, axis, 0, inverse, norm))
    return NDRT_OK;
  return transform("fft", x, out, axis, 0, Kind::complex, inverse, norm);
}

ndrt_status ndrt_rfft(const DLTensor *x, DLTensor *out, int64_t axis, int64_t n, int64_t norm) {
  if (runShort<Kind::real>(x, out, axis, n, false, norm))
    return NDRT_OK;
  return transform("rfft", x, out, axis, n, Kind::real, false, norm);
}

ndrt_status ndrt_irfft(const DLTensor *x, DLTensor *out, int64_t axis, int64_t norm) {
  if (runShort<Kind::toReal>(x, out, axis, 0, true, norm))
    return NDRT_OK;
  return transform("irfft", x, out, axis, 0, Kind::toReal, true, norm);
}
