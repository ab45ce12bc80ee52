// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Along an axis an array is many lines. Lines that lie beside each other are transformed eight at a
// time, each a lane; lines on their own as they are. Which it is follows from the shape alone.
#include "copy/strided.h"
#include "fft/plan.h"
#include "linalg/parallel.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <new>

namespace ndrt::fft {
namespace {

enum class Kind { complex, real, toReal };

struct Job {
  Strided x, out;
  int axis;
  int64_t n; ///< elements of the transform
  Kind kind;
  bool inverse;
  double scale;
};

/// Real numbers two by two as complex ones: the lines of an even n, h = n / 2 pairs.
template <class T> struct Halves {
  const T *w; ///< exp(-2 pi i k / n)
  int64_t h;

  /// X of n real numbers from Z of their pairs, the elements k and h - k, 0 < k.
  void split(int64_t k, T ar, T ai, T br, T bi, T *low, T *high) const {
    const T er = (ar + br) / 2, ei = (ai - bi) / 2, dr = (ar - br) / 2, di = (ai + bi) / 2;
    // t = -i w d
    const T wr = w[2 * k], wi = w[2 * k + 1];
    const T tr = wr * di + wi * dr, ti = wi * di - wr * dr;
    low[0] = er + tr;
    low[1] = ei + ti;
    high[0] = er - tr;
    high[1] = ti - ei;
  }
  /// And back, twice as large.
  void join(int64_t k, T ar, T ai, T br, T bi, T *low, T *high) const {
    const T er = ar + br, ei = ai - bi, dr = ar - br, di = ai + bi;
    // t = i conj(w) d
    const T wr = w[2 * k], wi = w[2 * k + 1];
    const T tr = wi * dr - wr * di, ti = wr * dr + wi * di;
    low[0] = er + tr;
    low[1] = ei + ti;
    high[0] = er - tr;
    high[1] = ti - ei;
  }
};

template <class T> class Worker {
public:
  explicit Worker(const Job &job) : job_(job), scale_(T(job.scale)) {
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
    chooseLanes();
    if (even_)
      half_ = planOf<HalfPlan<T>>(job.n);
    if (inLanes_)
      lanes_ = planOf<LanePlan<T>>(length_);
    else
      single_ = planOf<SinglePlan<T>>(length_);
  }

  bool run() {
    bool memory = true;
    const int64_t groups = inLanes_ ? ceilDiv(laneCount_, narrow) : laneCount_;
    const int64_t tasks = lines_ / std::max<int64_t>(laneCount_, 1) * groups;
    const int64_t each = length_ * (inLanes_ ? narrow : 1);
    const int64_t grain = std::max<int64_t>(1, 8192 / each);
    auto task = [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i)
        if (!(inLanes_ ? group(i / groups, i % groups * narrow) : line(i / groups, i % groups)))
          __atomic_store_n(&memory, false, __ATOMIC_RELAXED);
    };
    if (!inLanes_ && single_->down && tasks < 2 * int64_t{ndrt_num_threads()})
      task(0, tasks); // each uses the threads itself
    else
      parallelFor(tasks, grain, task);
    return memory;
  }

private:
  const Job &job_;
  T scale_;
  bool complexIn_, even_, inLanes_;
  int64_t parts_, outParts_, count_, step_, outStep_, laneCount_, lines_, length_;
  int laneAxis_;
  std::shared_ptr<const LanePlan<T>> lanes_;
  std::shared_ptr<const SinglePlan<T>> single_;
  std::shared_ptr<const HalfPlan<T>> half_;

  void chooseLanes() {
    constexpr int64_t longest = int64_t{1} << 14;
    inLanes_ = laneCount_ >= narrow / 2 && length_ <= (isSmooth(length_) ? longest : longest / 8);
    if (!inLanes_ || job_.axis != job_.x.rank - 1)
      return;
    // Along the last axis a line of its own needs no transposition, if it fills its lanes.
    for (int r : {8, 7, 15, 13})
      if (length_ % r == 0 && length_ >= 16 * r && isSmooth(length_))
        inLanes_ = false;
  }

  /// Where line \p lane of batch \p other starts, in parts.
  int64_t offset(const Strided &array, int64_t other, int64_t lane, int64_t parts) const {
    int64_t sum = array.rank > 1 ? lane * array.stride[laneAxis_] : 0;
    for (int axis = array.rank - 1; axis >= 0; --axis)
      if (axis != job_.axis && axis != laneAxis_) {
        sum += other % job_.x.extent[axis] * array.stride[axis];
        other /= job_.x.extent[axis];
      }
    return sum * parts;
  }
  const T *in(int64_t other, int64_t lane) const {
    return reinterpret_cast<const T *>(job_.x.data) + offset(job_.x, other, lane, parts_);
  }
  T *to(int64_t other, int64_t lane) const {
    return reinterpret_cast<T *>(job_.out.data) + offset(job_.out, other, lane, outParts_);
  }

  // A line on its own.

  bool line(int64_t other, int64_t lane) const {
    const T *from = in(other, lane);
    T *out = to(other, lane);
    switch (job_.kind) {
    case Kind::complex:
      return single_->run({from, step_, complexIn_, count_, job_.inverse},
                          {out, outStep_, job_.inverse, scale_});
    case Kind::real:
      return even_ ? realLine(from, out) : oddLine(from, out);
    default:
      return even_ ? toRealLine(from, out) : oddToRealLine(from, out);
    }
  }

  bool realLine(const T *from, T *out) const {
    const int64_t h = length_;
    const Halves<T> halves{half_->table.data(), h};
    Scratch<T> room(2 * h), copy(step_ == 1 && count_ % 2 == 0 ? 1 : 2 * h);
    if (!room || !copy)
      return false;
    const T *pairs = from;
    int64_t count = count_ / 2;
    if (step_ != 1 || count_ % 2) {
      for (int64_t i = 0; i < count_; ++i)
        copy.get()[i] = from[i * step_];
      count = (count_ + 1) / 2;
      if (count_ % 2)
        copy.get()[count_] = 0;
      pairs = copy.get();
    }
    T *z = room.get();
    if (!single_->run({pairs, 2, 1, count, false}, {z, 2, false, T(1)}))
      return false;
    auto put = [&](int64_t k, T re, T im) {
      out[k * outStep_] = re * scale_;
      out[k * outStep_ + 1] = im * scale_;
    };
    put(0, z[0] + z[1], 0);
    put(h, z[0] - z[1], 0);
    for (int64_t k = 1; k <= h / 2; ++k) {
      const int64_t l = h - k;
      T low[2], high[2];
      halves.split(k, z[2 * k], z[2 * k + 1], z[2 * l], z[2 * l + 1], low, high);
      put(l, high[0], high[1]);
      put(k, low[0], low[1]);
    }
    return true;
  }

  bool oddLine(const T *from, T *out) const {
    const int64_t n = job_.n;
    Scratch<T> room(2 * n);
    if (!room || !single_->run({from, step_, 0, count_, false}, {room.get(), 2, false, scale_}))
      return false;
    room.get()[1] = 0;
    for (int64_t k = 0; k <= n / 2; ++k) {
      out[k * outStep_] = room.get()[2 * k];
      out[k * outStep_ + 1] = room.get()[2 * k + 1];
    }
    return true;
  }

  /// Element \p k of what is there, of which the ends are real.
  void take(const T *from, int64_t k, int64_t last, T &re, T &im) const {
    re = k < count_ ? from[k * step_] : T(0);
    im = k < count_ && k > 0 && k < last && complexIn_ ? from[k * step_ + 1] : T(0);
  }

  bool toRealLine(const T *from, T *out) const {
    const int64_t h = length_;
    const Halves<T> halves{half_->table.data(), h};
    Scratch<T> room(2 * h), copy(outStep_ == 1 ? 1 : 2 * h);
    if (!room || !copy)
      return false;
    T *z = room.get(), ar, ai, br, bi;
    take(from, 0, h, ar, ai);
    take(from, h, h, br, bi);
    z[0] = ar + br;
    z[1] = ar - br;
    for (int64_t k = 1; k <= h / 2; ++k) {
      const int64_t l = h - k;
      take(from, k, h, ar, ai);
      take(from, l, h, br, bi);
      T low[2], high[2];
      halves.join(k, ar, ai, br, bi, low, high);
      std::memcpy(z + 2 * l, high, sizeof high);
      std::memcpy(z + 2 * k, low, sizeof low);
    }
    T *pairs = outStep_ == 1 ? out : copy.get();
    if (!single_->run({z, 2, 1, h, true}, {pairs, 2, true, scale_}))
      return false;
    if (pairs != out)
      for (int64_t i = 0; i < job_.n; ++i)
        out[i * outStep_] = pairs[i];
    return true;
  }

  bool oddToRealLine(const T *from, T *out) const {
    const int64_t n = job_.n;
    Scratch<T> room(2 * n), result(2 * n);
    if (!room || !result)
      return false;
    T *z = room.get();
    for (int64_t k = 0; k <= n / 2; ++k) {
      T re, im;
      take(from, k, n, re, im);
      z[2 * k] = re;
      z[2 * k + 1] = im;
      if (k) {
        z[2 * (n - k)] = re;
        z[2 * (n - k) + 1] = -im;
      }
    }
    if (!single_->run({z, 2, 1, n, true}, {result.get(), 2, true, scale_}))
      return false;
    for (int64_t i = 0; i < n; ++i)
      out[i * outStep_] = result.get()[2 * i];
    return true;
  }

  // Eight lines side by side, or what is left of them.

  bool group(int64_t other, int64_t first) const {
    const int used = int(std::min<int64_t>(narrow, laneCount_ - first));
    const int64_t rows = std::max(lanes_->rows, length_ + 1);
    const int64_t size = (rows + narrow) * 2 * narrow;
    Scratch<T> room(2 * size);
    if (!room)
      return false;
    T *a = room.get(), *b = a + size;
    const int64_t laneStep = job_.x.stride[laneAxis_] * parts_;
    const int64_t outLane = job_.out.stride[laneAxis_] * outParts_;
    const T *from = in(other, first);
    T *out = to(other, first);
    const Kernels<T> &kernel = kernels<T>();
    Lines<T> lines{from, step_, laneStep,    complexIn_, count_, used == narrow ? count_ : 0,
                   used, 0,     job_.inverse};
    Target<T> target{out, outStep_, outLane, 1, used, job_.inverse, scale_};
    switch (job_.kind) {
    case Kind::complex:
      kernel.load(lines, a, length_, narrow);
      kernel.store(lanes_->run(a, b, narrow), length_, narrow, target);
      break;
    case Kind::real:
      if (even_) {
        loadPairs(lines, a);
        T *z = lanes_->run(a, b, narrow);
        splitRows(z, z == a ? b : a);
        kernel.store(z == a ? b : a, length_ + 1, narrow, target);
      } else {
        kernel.load(lines, a, length_, narrow);
        T *z = lanes_->run(a, b, narrow);
        std::fill_n(z + narrow, narrow, T(0));
        kernel.store(z, length_ / 2 + 1, narrow, target);
      }
      break;
    case Kind::toReal:
      lines.swapped = false;
      target.swapped = true;
      if (even_) {
        kernel.load(lines, b, length_ + 1, narrow);
        joinRows(b, a);
        T *z = lanes_->run(a, b, narrow);
        target.rowStep = 2 * outStep_;
        target.imag = outStep_;
        kernel.store(z, length_, narrow, target);
      } else {
        kernel.load(lines, b, length_ / 2 + 1, narrow);
        reflectRows(b, a);
        target.imag = 0;
        kernel.store(lanes_->run(a, b, narrow), length_, narrow, target);
      }
    }
    return true;
  }

  void loadPairs(Lines<T> lines, T *a) const {
    lines.rowStep = 2 * step_;
    lines.imag = step_;
    lines.rows = count_ / 2;
    lines.whole = lines.lanes == narrow ? lines.rows : 0;
    kernels<T>().load(lines, a, length_, narrow);
    if (count_ % 2) // the last of an odd count has no partner
      for (int l = 0; l < lines.lanes; ++l)
        a[lines.rows * 2 * narrow + l] = lines.data[(count_ - 1) * step_ + l * lines.laneStep];
  }

  void splitRows(const T *z, T *x) const {
    const int64_t h = length_;
    const Halves<T> halves{half_->table.data(), h};
    constexpr int64_t row = 2 * narrow;
    for (int l = 0; l < narrow; ++l) {
      x[l] = z[l] + z[narrow + l];
      x[h * row + l] = z[l] - z[narrow + l];
      x[narrow + l] = x[h * row + narrow + l] = 0;
    }
    for (int64_t k = 1; k <= h / 2; ++k) {
      const T *p = z + k * row, *q = z + (h - k) * row;
      T *low = x + k * row, *high = x + (h - k) * row;
      for (int l = 0; l < narrow; ++l) {
        T a[2], b[2];
        halves.split(k, p[l], p[narrow + l], q[l], q[narrow + l], a, b);
        high[l] = b[0];
        high[narrow + l] = b[1];
        low[l] = a[0];
        low[narrow + l] = a[1];
      }
    }
  }

  /// Z, its parts swapped for the inverse.
  void joinRows(T *x, T *z) const {
    const int64_t h = length_;
    const Halves<T> halves{half_->table.data(), h};
    constexpr int64_t row = 2 * narrow;
    for (int l = 0; l < narrow; ++l) {
      z[narrow + l] = x[l] + x[h * row + l];
      z[l] = x[l] - x[h * row + l];
    }
    for (int64_t k = 1; k <= h / 2; ++k) {
      const T *p = x + k * row, *q = x + (h - k) * row;
      T *low = z + k * row, *high = z + (h - k) * row;
      for (int l = 0; l < narrow; ++l) {
        T a[2], b[2];
        halves.join(k, p[l], p[narrow + l], q[l], q[narrow + l], a, b);
        high[narrow + l] = b[0];
        high[l] = b[1];
        low[narrow + l] = a[0];
        low[l] = a[1];
      }
    }
  }

  void reflectRows(const T *x, T *z) const {
    const int64_t n = length_;
    constexpr int64_t row = 2 * narrow;
    for (int64_t k = 0; k <= n / 2; ++k)
      for (int l = 0; l < narrow; ++l) {
        const T re = x[k * row + l], im = k ? x[k * row + narrow + l] : T(0);
        z[k * row + narrow + l] = re;
        z[k * row + l] = im;
        if (k) {
          z[(n - k) * row + narrow + l] = re;
          z[(n - k) * row + l] = -im;
        }
      }
  }
};

bool isPart(DLDataType type, int bits) {
  return type.lanes == 1 && ((type.code == kDLFloat && type.bits == bits) ||
                             (type.code == kDLComplex && type.bits == 2 * bits));
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
    return fail(NDRT_ERR_ARGUMENT,
                "%s: x and out are not float32 or float64, or complex over it, "
                "where each has to be",
                function);
  if (axis < 0 || axis >= from.rank || to.rank != from.rank || norm < 0 || norm > 2)
    return fail(NDRT_ERR_ARGUMENT, "%s: no axis %lld, or out has not as many axes as x", function,
                static_cast<long long>(axis));
  if (kind != Kind::real)
    n = to.extent[axis];
  else if (n < 0)
    n = from.extent[axis];
  bool fits = to.extent[axis] == (kind == Kind::real ? n / 2 + 1 : n);
  for (int i = 0; i < from.rank; ++i)
    fits = fits && (i == axis || from.extent[i] == to.extent[i]);
  if (!fits)
    return fail(NDRT_ERR_ARGUMENT, "%s: out has not the shape of the transform", function);
  if (n < 1)
    return fail(NDRT_ERR_ARGUMENT, "%s: there are no elements along axis %lld to transform",
                function, static_cast<long long>(axis));
  if (to.elements() == 0)
    return NDRT_OK;
  job.axis = int(axis);
  job.n = n;
  job.kind = kind;
  job.inverse = inverse;
  const double size = static_cast<double>(n);
  job.scale = norm == 0 ? 1 : norm == 1 ? 1 / size : 1 / std::sqrt(size);
  bool memory;
  try {
    memory = bits == 32 ? Worker<float>(job).run() : Worker<double>(job).run();
  } catch (const std::bad_alloc &) {
    memory = false;
  }
  return memory ? NDRT_OK
                : fail(NDRT_ERR_MEMORY, "%s: cannot allocate working memory for %lld elements",
                       function, static_cast<long long>(n));
}

} // namespace
} // namespace ndrt::fft

ndrt_status ndrt_fft(const DLTensor *x, DLTensor *out, int64_t axis, int32_t inverse,
                     int64_t norm) {
  return ndrt::fft::transform("fft", x, out, axis, 0, ndrt::fft::Kind::complex, inverse, norm);
}

ndrt_status ndrt_rfft(const DLTensor *x, DLTensor *out, int64_t axis, int64_t n, int64_t norm) {
  return ndrt::fft::transform("rfft", x, out, axis, n, ndrt::fft::Kind::real, false, norm);
}

ndrt_status ndrt_irfft(const DLTensor *x, DLTensor *out, int64_t axis, int64_t norm) {
  return ndrt::fft::transform("irfft", x, out, axis, 0, ndrt::fft::Kind::toReal, true, norm);
}
