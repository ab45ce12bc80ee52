// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Along an axis an array is many lines. Lines that lie beside each other are transformed eight at a
// time, each a lane; lines on their own as they are. Which it is follows from the shape alone.
#pragma once

#include "copy/strided.h"
#include "fft/plan.h"

namespace ndrt::fft {

enum class Kind { complex, real, toReal };

struct Job {
  Strided x, out;
  int axis;
  int64_t n; ///< elements of the transform
  Kind kind;
  bool inverse;
  double scale;
};

/// The transforms of all lines along the axis of a job.
template <class T> class AxisTransform {
public:
  explicit AxisTransform(const Job &job);
  /// False without memory.
  bool run() const;

private:
  const Job &job_;
  T scale_;
  bool complexIn_, even_, inLanes_;
  int64_t parts_, outParts_, count_, step_, outStep_, laneCount_, lines_, length_;
  int laneAxis_;
  std::shared_ptr<const LanePlan<T>> lanes_;
  std::shared_ptr<const SinglePlan<T>> single_;
  std::shared_ptr<const HalfPlan<T>> half_;
  std::shared_ptr<const OddPlan<T>> odd_; ///< of lanes; none without a rest
  std::shared_ptr<const OddLinePlan<T>> oddLine_;
  std::shared_ptr<const ShortPlan<T>> short_; ///< where it takes each line

  void chooseLanes();
  bool takesShortLines() const;
  int64_t offset(const Strided &array, int64_t other, int64_t lane, int64_t parts) const;
  const T *in(int64_t other, int64_t lane) const;
  T *to(int64_t other, int64_t lane) const;

  // A line on its own.
  bool line(int64_t other, int64_t lane) const;
  bool lines(int64_t other, int64_t lane, int64_t count) const; ///< side by side, complex
  bool shortLines(int64_t other, int64_t lane, int64_t count) const;
  template <Kind kind>
  bool shortLines(const T *from, int64_t step, T *to, int64_t toStep, int64_t count) const;
  bool realLine(const T *from, T *out) const;
  bool oddLine(const T *from, T *out) const;
  void take(const T *from, int64_t k, int64_t last, T &re, T &im) const;
  void joinLine(const T *from, T *z) const;
  bool toRealLine(const T *from, T *out) const;
  bool oddToRealLine(const T *from, T *out) const;

  // Eight lines side by side, or what is left of them.
  bool group(int64_t other, int64_t first) const;
  void loadPairs(Lines<T> lines, T *a) const;
  void splitRows(const T *z, T *x) const;
  void joinRows(T *x, T *z) const;
  void reflectRows(const T *x, T *z) const;
};

} // namespace ndrt::fft
