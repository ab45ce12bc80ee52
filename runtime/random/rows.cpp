// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Draws that are rows: counts of several kinds, proportions, and orders.
#include "linalg/parallel.h"
#include "random/discrete.h"
#include "random/request.h"

#include <cstring>
#include <numeric>
#include <utility>

namespace ndrt::random {
namespace {

/// What most rows share: the numbers of the first kind are of one distribution, those of each other
/// kind of one share, the first ones of which have their Binomial::logRestOf here.
class Shares {
public:
  template <class S> int64_t draw(S &s, int64_t kind, int64_t n, double p) {
    if (kind == 0)
      return first_(s, n, p);
    if (kind >= most)
      return Binomial(n, p)(s);
    if (of_[kind] != p) {
      of_[kind] = p;
      logRest_[kind] = Binomial::logRestOf(p);
    }
    return Binomial(n, p, logRest_[kind])(s);
  }

private:
  static constexpr int64_t most = 32;
  Kept<Binomial, int64_t, double> first_;
  double of_[most] = {}, logRest_[most] = {}; // of 0
};

/// Kind after kind a binomial number of what is left, of the kind's share in what is left.
template <class S>
void drawMultinomial(S &s, int64_t *out, int64_t n, const double *p, int64_t stride, int64_t k,
                     Shares &shares) {
  std::fill_n(out, k, 0);
  double open = 1;
  for (int64_t j = 0; n > 0 && j + 1 < k; ++j) {
    const double share = p[j * stride];
    n -= out[j] = shares.draw(s, j, n, share / open);
    open -= share;
  }
  if (n > 0 && k)
    out[k - 1] = n;
}

/// Small parameters by breaking a stick, where normalised gammas would be 0 / 0.
template <class S>
ndrt_status dirichlet(S &s, const double *alpha, int64_t k, double *out, int64_t rows) {
  double most = 0;
  for (int64_t j = 0; j < k; ++j)
    most = std::max(most, alpha[j]);
  if (k && most < 0.1) {
    Scratch<double> behind(k + 1);
    if (!behind)
      return NDRT_ERR_MEMORY;
    double *sum = behind.get();
    sum[k] = 0;
    for (int64_t j = k - 1; j >= 0; --j)
      sum[j] = sum[j + 1] + alpha[j];
    for (int64_t row = 0; row < rows; ++row, out += k) {
      std::fill_n(out, k, 0.0);
      if (!(sum[0] > 0))
        continue;
      double stick = 1;
      for (int64_t j = 0; j < k - 1; ++j) {
        const double v = beta(s, alpha[j], sum[j + 1]);
        out[j] = stick * v;
        stick *= 1. - v;
        if (sum[j + 1] == 0)
          break;
      }
      out[k - 1] = stick;
    }
    return NDRT_OK;
  }
  for (int64_t row = 0; row < rows; ++row, out += k) {
    double sum = 0;
    for (int64_t j = 0; j < k; ++j) {
      out[j] = standardGamma(s, alpha[j]);
      sum += out[j];
    }
    const double inverse = 1. / sum;
    for (int64_t j = 0; j < k; ++j)
      out[j] *= inverse;
  }
  return NDRT_OK;
}

/// Without replacement from a set with so many of each colour: a hypergeometric number for each in
/// turn, or (\p count) by drawing from a list of all.
template <class S>
ndrt_status colours(S &s, const int64_t *colors, int64_t k, int64_t sample, int64_t *out,
                    int64_t rows, bool count) {
  int64_t total = 0;
  for (int64_t j = 0; j < k; ++j)
    total += colors[j];
  std::fill_n(out, rows * k, 0);
  if (total == 0 || sample == 0 || rows == 0)
    return NDRT_OK;
  const bool complement = sample > total / 2;
  if (complement)
    sample = total - sample;
  Scratch<int64_t> list(count ? total : 1);
  if (!list)
    return NDRT_ERR_MEMORY;
  if (count)
    for (int64_t j = 0, at = 0; j < k; ++j)
      for (int64_t c = 0; c < colors[j]; ++c)
        list.get()[at++] = j;
  for (int64_t row = 0; row < rows; ++row, out += k) {
    if (count) {
      int64_t *all = list.get();
      for (int64_t j = 0; j < sample; ++j)
        std::swap(all[j], all[j + int64_t(interval(s, uint64_t(total - j - 1)))]);
      for (int64_t j = 0; j < sample; ++j)
        ++out[all[j]];
    } else {
      int64_t wanted = sample, rest = total;
      for (int64_t j = 0; wanted > 0 && j + 1 < k; ++j) {
        rest -= colors[j];
        out[j] = Hypergeometric(colors[j], rest, wanted)(s);
        wanted -= out[j];
      }
      if (wanted > 0)
        out[k - 1] = wanted;
    }
    for (int64_t j = 0; complement && j < k; ++j)
      out[j] = colors[j] - out[j];
  }
  return NDRT_OK;
}

/// Fisher and Yates from behind, down to \p first.
template <class T, class Place> void shuffle(T *items, int64_t n, int64_t first, Place place) {
  for (int64_t i = n - 1; i >= first; --i)
    std::swap(items[i], items[place(uint64_t(i))]);
}

struct Bytes16 {
  uint64_t words[2];
};

/// The same with NumPy's masks. The partners of some places are drawn ahead, so that their memory
/// is on its way when they are swapped.
template <class T, class S> void shuffleMasked(S &s, T *items, int64_t n) {
  constexpr int64_t ahead = 64;
  int64_t places[ahead + 1];
  for (int64_t i = n - 1; i >= 1;) {
    if (i > int64_t(UINT32_MAX)) {
      std::swap(items[i], items[interval(s, uint64_t(i))]);
      --i;
      continue;
    }
    // While the mask stays the same a rejected draw is written over by the next.
    const uint32_t mask = uint32_t(maskFor(uint64_t(i)));
    const int64_t count = std::min<int64_t>(ahead, i - int64_t(mask >> 1));
    int64_t made = 0;
    s.each32(count, [&](uint32_t draw) {
      const int64_t place = draw & mask;
      const bool used = place <= i - made;
      places[made] = place;
      made += used;
      return used;
    });
    for (int64_t k = 0; k < count; ++k)
      __builtin_prefetch(items + places[k], 1);
    for (int64_t k = 0; k < count; ++k)
      std::swap(items[i - k], items[places[k]]);
    i -= count;
  }
}

template <class S>
ndrt_status shuffleRows(S &s, std::byte *data, int64_t bytes, int64_t rows, int64_t n) {
  auto all = [&]<class T>(T *items) {
    for (int64_t row = 0; row < rows; ++row)
      shuffleMasked(s, items + row * n, n);
    return NDRT_OK;
  };
  switch (bytes) {
  case 1:
    return all(reinterpret_cast<uint8_t *>(data));
  case 2:
    return all(reinterpret_cast<uint16_t *>(data));
  case 4:
    return all(reinterpret_cast<uint32_t *>(data));
  case 8:
    return all(reinterpret_cast<uint64_t *>(data));
  default: // 16
    return all(reinterpret_cast<Bytes16 *>(data));
  }
}

/// \p n different numbers below \p total: the tail of a shuffle where they are many, else Floyd's
/// algorithm (Bentley and Floyd, "A sample of brilliance", 1987) with a table of what is taken.
template <class S>
ndrt_status chooseWithout(S &s, int64_t total, int64_t *out, int64_t n, bool shuffled) {
  auto place = [&](uint64_t most) { return int64_t(bounded(s, most)); };
  if (total > 10000 && n > total / (shuffled ? 50 : 20)) {
    Scratch<int64_t> all(total);
    if (!all)
      return NDRT_ERR_MEMORY;
    std::iota(all.get(), all.get() + total, int64_t{0});
    shuffle(all.get(), total, std::max<int64_t>(total - n, 1), place);
    std::copy_n(all.get() + (total - n), n, out);
    return NDRT_OK;
  }
  const uint64_t mask = maskFor(uint64_t(1.2 * double(n)));
  Scratch<int64_t> table(int64_t(mask + 1));
  if (!table)
    return NDRT_ERR_MEMORY;
  std::fill_n(table.get(), mask + 1, int64_t{-1});
  auto slot = [&](int64_t value) -> int64_t & {
    uint64_t at = uint64_t(value) & mask;
    while (table.get()[at] != -1 && table.get()[at] != value)
      at = (at + 1) & mask;
    return table.get()[at];
  };
  for (int64_t i = 0, j = total - n; j < total; ++i, ++j) {
    int64_t value = place(uint64_t(j));
    if (slot(value) == value)
      value = j;
    slot(value) = value;
    out[i] = value;
  }
  if (shuffled)
    shuffle(out, n, 1, place);
  return NDRT_OK;
}

/// c[i] = (p[0] + ... + p[i]) / the sum of all.
void cumulate(const double *p, int64_t k, double *c) {
  double sum = 0;
  for (int64_t i = 0; i < k; ++i)
    c[i] = sum += p[i];
  for (int64_t i = 0; i < k; ++i)
    c[i] /= sum;
}

template <class S>
ndrt_status chooseWeighted(S &s, const double *p, int64_t k, int64_t *out, int64_t n,
                           bool replace) {
  Scratch<double> room(2 * k + 1);
  if (!room)
    return NDRT_ERR_MEMORY;
  double *sums = room.get(), *left = sums + k;
  cumulate(p, k, sums);
  auto pick = [&](double u) { return int64_t(std::upper_bound(sums, sums + k, u) - sums); };
  if (replace) {
    for (int64_t i = 0; i < n; ++i)
      out[i] = pick(s.nextDouble());
    return NDRT_OK;
  }
  // As many as are missing, of which new ones count; what is taken has no weight any more.
  std::copy_n(p, k, left);
  Scratch<uint8_t> taken(k + 1);
  if (!taken)
    return NDRT_ERR_MEMORY;
  std::fill_n(taken.get(), k, uint8_t{0});
  for (int64_t have = 0; have < n;) {
    if (have > 0)
      cumulate(left, k, sums);
    const int64_t wanted = n - have;
    for (int64_t i = 0; i < wanted; ++i) {
      const int64_t at = pick(s.nextDouble());
      if (at < k && !taken.get()[at]) {
        taken.get()[at] = 1;
        left[at] = 0;
        out[have++] = at;
      }
    }
  }
  return NDRT_OK;
}

template <class S> bool draw(S &s, const Request &r, ndrt_status &status) {
  const int rank = r.out.rank;
  const int64_t k = rank ? r.out.extent[rank - 1] : 1, rows = k ? r.elements / k : 0;
  int64_t *out = r.results<int64_t>();
  switch (r.distribution) {
  case NDRT_RANDOM_MULTINOMIAL: {
    Shares shares;
    Walk walk(r, rank); // n has a last axis of 1, so that both broadcast to the result
    const int64_t stride = r.parameters[1].stride[r.parameters[1].rank - 1];
    for (int64_t row = 0; row < rows; ++row) {
      drawMultinomial(s, out + row * k, r.data<int64_t>(0)[walk.offset(0)],
                      r.data<double>(1) + walk.offset(1), stride, k, shares);
      for (int64_t j = 0; j < k; ++j)
        walk.next();
    }
    return true;
  }
  case NDRT_RANDOM_DIRICHLET:
    status = dirichlet(s, r.data<double>(0), k, r.results<double>(), rows);
    return true;
  case NDRT_RANDOM_MULTIVARIATE_HYPERGEOMETRIC_MARGINALS:
  case NDRT_RANDOM_MULTIVARIATE_HYPERGEOMETRIC_COUNT:
    status = colours(s, r.data<int64_t>(0), k, r.scalar<int64_t>(1), out, rows,
                     r.distribution == NDRT_RANDOM_MULTIVARIATE_HYPERGEOMETRIC_COUNT);
    return true;
  case NDRT_RANDOM_PERMUTED:
    copyElements(r.parameters[0], r.out);
    status = shuffleRows(s, r.out.data, itemBytes(r.out.type), rows, k);
    return true;
  case NDRT_RANDOM_CHOICE:
  case NDRT_RANDOM_CHOICE_UNSHUFFLED:
    status = chooseWithout(s, r.scalar<int64_t>(0), out, r.elements,
                           r.distribution == NDRT_RANDOM_CHOICE);
    return true;
  case NDRT_RANDOM_CHOICE_WEIGHTED:
  case NDRT_RANDOM_CHOICE_WEIGHTED_REPLACE:
    status = chooseWeighted(s, r.data<double>(0), r.parameters[0].elements(), out, r.elements,
                            r.distribution == NDRT_RANDOM_CHOICE_WEIGHTED_REPLACE);
    return true;
  }
  return false;
}

} // namespace

bool drawRows(Wide &s, const Request &r, ndrt_status &status) { return draw(s, r, status); }
bool drawRows(Narrow &s, const Request &r, ndrt_status &status) { return draw(s, r, status); }

} // namespace ndrt::random
