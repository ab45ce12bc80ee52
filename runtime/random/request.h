// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// One call of ndrt_random: what is drawn, from which parameters, into which array.
#pragma once

#include "copy/strided.h"
#include "random/chunks.h"

#include <tuple>
#include <utility>

namespace ndrt::random {

inline constexpr int mostParameters = 3;

struct Request {
  const char *name; ///< of the distribution, for errors
  int32_t distribution;
  int count; ///< of parameters
  Strided parameters[mostParameters];
  Strided out; ///< C order
  int64_t elements;

  template <class T> T *results() const { return reinterpret_cast<T *>(out.data); }
  template <class T> const T *data(int i) const {
    return reinterpret_cast<const T *>(parameters[i].data);
  }
  /// Parameter \p i if it is one number.
  template <class T> T scalar(int i) const { return *data<T>(i); }
};

/// The elements of a parameter beside those of the result, in C order; a parameter broadcasts.
class Walk {
public:
  Walk(const Request &r, int rank) : rank_(rank), out_(r.out) {
    for (int p = 0; p < r.count; ++p)
      for (int axis = 0; axis < rank; ++axis) {
        const Strided &x = r.parameters[p];
        const int own = axis - (rank - x.rank);
        stride_[p][axis] = own < 0 || x.extent[own] == 1 ? 0 : x.stride[own];
      }
  }
  int64_t offset(int p) const { return offset_[p]; }
  void next() {
    for (int axis = rank_ - 1; axis >= 0; --axis) {
      for (int p = 0; p < mostParameters; ++p)
        offset_[p] += stride_[p][axis];
      if (++at_[axis] < out_.extent[axis])
        return;
      at_[axis] = 0;
      for (int p = 0; p < mostParameters; ++p)
        offset_[p] -= stride_[p][axis] * out_.extent[axis];
    }
  }

private:
  int rank_;
  const Strided &out_;
  int64_t offset_[mostParameters] = {}, at_[maxRank] = {};
  int64_t stride_[mostParameters][maxRank] = {};
};

inline bool areScalars(const Request &r) {
  for (int p = 0; p < r.count; ++p)
    if (r.parameters[p].elements() != 1)
      return false;
  return true;
}

/// The parameters, of types P, at \p offset(i).
template <class... P, size_t... I, class Offset>
std::tuple<P...> parametersAt(const Request &r, std::index_sequence<I...>, Offset &&offset) {
  return {r.data<P>(int(I))[offset(int(I))]...};
}

/// out[i] = draw(source, parameters of i), one after the other. P are the parameters' types.
template <class T, class... P, class S, class Draw> void inTurn(S &s, const Request &r, Draw draw) {
  T *out = r.results<T>();
  Walk walk(r, r.out.rank);
  for (int64_t i = 0; i < r.elements; ++i, walk.next())
    out[i] = T(std::apply([&](auto... p) { return draw(s, p...); },
                          parametersAt<P...>(r, std::index_sequence_for<P...>(),
                                             [&](int p) { return walk.offset(p); })));
}

/// The same for what takes whole draws, or of float32 halves. With one set of parameters numbers
/// are made on several threads, each with its own draw.
template <class T, class... P, class S, class Draw> void eachOf(S &s, const Request &r, Draw draw) {
  if (!areScalars(r))
    return inTurn<T, P...>(s, r, draw);
  auto parameters =
      parametersAt<P...>(r, std::index_sequence_for<P...>(), [](int) { return int64_t(0); });
  fillEach(s, r.results<T>(), r.elements, [draw, parameters](auto &s) mutable {
    return T(std::apply([&](auto... p) { return draw(s, p...); }, parameters));
  });
}

// Each draws if the distribution is one of its own, and says whether it is.

bool drawContinuous(Wide &, const Request &);
bool drawContinuous(Narrow &, const Request &);
bool drawDiscrete(Wide &, const Request &);
bool drawDiscrete(Narrow &, const Request &);
bool drawIntegers(Wide &, const Request &);
bool drawIntegers(Narrow &, const Request &);
/// Results that are rows; \p status is one of a lack of memory.
bool drawRows(Wide &, const Request &, ndrt_status &status);
bool drawRows(Narrow &, const Request &, ndrt_status &status);

/// Looks at two states; \p words are those of the first, one of a bit generator as the second has
/// room for.
ndrt_status readStates(const DLTensor *state, const DLTensor *next, Strided &from, Strided &to,
                       const uint64_t *&words);

/// Whether the parameters are in the domain of the distribution; the error names one that is not.
ndrt_status checkParameters(const Request &);

} // namespace ndrt::random
