// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "fft/axis.h"

#include "linalg/parallel.h"

#include <algorithm>

namespace ndrt::fft {

template <class T>
AxisTransform<T>::AxisTransform(const Job &job) : job_(job), scale_(T(job.scale)) {
  const Strided &x = job.x, &out = job.out;
  complexIn_ = x.type.code == kDLComplex;
  parts_ = complexIn_ ? 2 : 1;
  count_ = std::min(x.extent[job.axis], job.kind == Kind::toReal ? job.n / 2 + 1 : job.n);
  step_ = x.stride[job.axis] * parts_;
  outParts_ = job.kind == Kind::toReal ? 1 : 2;
  outStep_ = out.stride[job.axis] * outParts_;
  // Lanes run along the last axis, or along the one before where that is transformed.
  laneAxis_ = job.axis == x.rank - 1 ? x.rank - 2 : x.rank - 1;
  laneCount_ = x.rank > 1 ? x.extent[laneAxis_] : 1;
  lines_ = 1;
  for (int axis = 0; axis < x.rank; ++axis)
    if (axis != job.axis)
      lines_ *= x.extent[axis];
  even_ = job.kind != Kind::complex && job.n % 2 == 0;
  length_ = even_ ? job.n / 2 : job.n;
  if (takesShortLines()) {
    short_ = planOf<ShortPlan<T>>(job.n);
    inLanes_ = false;
    if (job.kind == Kind::complex ? short_->takesComplex()
                                  : isOneStep(job.n) || short_->takesReal())
      return;
    short_ = nullptr;
  }
  chooseLanes();
  if (even_)
    half_ = planOf<HalfPlan<T>>(job.n);
  if (inLanes_ && job.kind != Kind::complex && !even_)
    odd_ = planOf<OddPlan<T>>(length_);
  if (odd_ && !odd_->rest)
    odd_ = nullptr;
  if (odd_)
    return;
  if (inLanes_)
    lanes_ = planOf<LanePlan<T>>(length_);
  else if (job.kind != Kind::complex && !even_)
    oddLine_ = planOf<OddLinePlan<T>>(length_);
  else
    single_ = planOf<SinglePlan<T>>(length_);
}

template <class T> bool AxisTransform<T>::run() const {
  if (!inLanes_ && !short_ && lines_ == 1)
    return line(0, 0);
  bool memory = true;
  const int64_t groups = inLanes_ ? ceilDiv(laneCount_, narrow) : laneCount_;
  const int64_t tasks = lines_ / std::max<int64_t>(laneCount_, 1) * groups;
  const int64_t each = length_ * (inLanes_ ? narrow : 1);
  const int64_t grain = std::max<int64_t>(1, 8192 / each);
  auto task = [&](int64_t begin, int64_t end) {
    if (short_ || (!inLanes_ && job_.kind == Kind::complex)) {
      for (int64_t i = begin, count; i < end; i += count) {
        count = std::min(end - i, groups - i % groups);
        if (!(short_ ? shortLines(i / groups, i % groups, count)
                     : lines(i / groups, i % groups, count)))
          __atomic_store_n(&memory, false, __ATOMIC_RELAXED);
      }
      return;
    }
    for (int64_t i = begin; i < end; ++i)
      if (!(inLanes_ ? group(i / groups, i % groups * narrow) : line(i / groups, i % groups)))
        __atomic_store_n(&memory, false, __ATOMIC_RELAXED);
  };
  const SinglePlan<T> *single = oddLine_ ? oddLine_->complex.get() : single_.get();
  if (single && single->down && tasks < 2 * int64_t{ndrt_num_threads()})
    task(0, tasks); // each uses the threads itself
  else
    parallelFor(tasks, grain, task);
  return memory;
}

/// Few elements along the last axis: a transform in registers beats turning lines into lanes.
template <class T> bool AxisTransform<T>::takesShortLines() const {
  const int64_t longest = job_.kind == Kind::complex ? 15 : 128; // measured
  return job_.x.rank > 1 && job_.axis == job_.x.rank - 1 && job_.n > 1 && job_.n <= longest;
}

template <class T> void AxisTransform<T>::chooseLanes() {
  constexpr int64_t longest = int64_t{1} << 14;
  inLanes_ = laneCount_ >= narrow / 2 &&
             (length_ <= longest / 8 || (length_ <= longest && isSmooth(length_)));
  if (!inLanes_ || job_.axis != job_.x.rank - 1)
    return;
  if (job_.kind != Kind::complex && !even_) {
    inLanes_ = length_ <= longest / 8; // measured
    return;
  }
  // Along the last axis a line of its own needs no transposition, if it fills its lanes.
  if (length_ == 16 && job_.kind == Kind::complex)
    inLanes_ = false;
  for (int r : {8, 7, 15, 13})
    if (length_ >= 16 * r && length_ % r == 0 && isSmooth(length_))
      inLanes_ = false;
}

/// Where line \p lane of batch \p other starts, in parts.
template <class T>
int64_t AxisTransform<T>::offset(const Strided &array, int64_t other, int64_t lane,
                                 int64_t parts) const {
  int64_t sum = array.rank > 1 ? lane * array.stride[laneAxis_] : 0;
  for (int axis = array.rank - 1; axis >= 0; --axis)
    if (axis != job_.axis && axis != laneAxis_) {
      sum += other % job_.x.extent[axis] * array.stride[axis];
      other /= job_.x.extent[axis];
    }
  return sum * parts;
}
template <class T> const T *AxisTransform<T>::in(int64_t other, int64_t lane) const {
  return reinterpret_cast<const T *>(job_.x.data) + offset(job_.x, other, lane, parts_);
}
template <class T> T *AxisTransform<T>::to(int64_t other, int64_t lane) const {
  return reinterpret_cast<T *>(job_.out.data) + offset(job_.out, other, lane, outParts_);
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template AxisTransform<T>::AxisTransform(const Job &);                                           \
  template bool AxisTransform<T>::run() const;                                                     \
  template const T *AxisTransform<T>::in(int64_t, int64_t) const;                                  \
  template T *AxisTransform<T>::to(int64_t, int64_t) const;
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
#undef NDRT_INSTANTIATE

} // namespace ndrt::fft
