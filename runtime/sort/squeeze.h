// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Keys in fewer bits, in their order. Where the keys are spread evenly those from the lowest to the
// highest are shifted. Where a sample shows that this would leave many alike - a cluster and one
// element far away, sizes of all magnitudes - the range is cut into pieces that are shifted each by
// what its own width asks for.
#pragma once

#include "sort/packed_keys.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace ndrt {

/// To at most \p bits bits.
class Squeeze {
public:
  /// For \p count keys key(i), of which a sample is looked at.
  template <class Key> Squeeze(uint64_t low, uint64_t high, int bits, int64_t count, Key &&key) {
    add(low, high, bits);
    if (pieces_.shift[0] == 0 || count < worthSampling)
      return;
    std::array<uint64_t, points> at;
    at[0] = low;
    at[points - 1] = high;
    const int64_t stride = count / sampled;
    for (int64_t i = 0; i < sampled; ++i)
      at[size_t(i + 1)] = key(i * stride + i * 7919 % stride);
    std::sort(at.begin(), at.end());
    if (count < worthCutting) {
      spareEnds(low, at[ends], at[points - 1 - ends], high, bits - Pieces::logMost);
      return;
    }
    // Neighbours of the sample want places for those between them.
    const Crowds crowds(at, std::bit_width(uint64_t(count / sampled)) + 1);
    if (crowds.of(0, points - 1, pieces_.shift[0]) <= sampled / 8)
      return;
    cut(at, crowds, bits - Pieces::logMost);
  }

  const Pieces &pieces() const { return pieces_; }
  /// The most bits that any key loses.
  int mostShift() const {
    return *std::max_element(pieces_.shift.data(), pieces_.shift.data() + pieces_.count);
  }
  /// The pieces that lose bits.
  uint64_t lossy() const {
    uint64_t set = 0;
    for (int i = 0; i < pieces_.count; ++i)
      set |= uint64_t(pieces_.shift[size_t(i)] > 0) << i;
    return set;
  }

private:
  static constexpr int64_t sampled = 62, worthSampling = 1 << 12, worthCutting = 1 << 15;
  static constexpr size_t points = size_t(sampled) + 2, ends = 4;

  /// How many elements of the sample come too close to others that differ by a shift.
  class Crowds {
  public:
    Crowds(const std::array<uint64_t, points> &at, int margin) : margin_(margin) {
      for (auto &sums : upTo_)
        sums[0] = 0;
      for (size_t i = 0; i + 1 < points; ++i) {
        const int width = std::bit_width(at[i + 1] - at[i]);
        // Those that are equal to either come as close.
        const auto equals = std::equal_range(at.begin(), at.end(), at[i]),
                   others = std::equal_range(at.begin(), at.end(), at[i + 1]);
        const int64_t weight = equals.second - equals.first + (others.second - others.first);
        for (int w = 0; w <= mostBits; ++w)
          upTo_[size_t(w)][i + 1] =
              uint16_t(upTo_[size_t(w)][i] + (width > 0 && width <= w ? weight : 0));
      }
    }
    int of(size_t begin, size_t end, int shift) const {
      const auto &sums = upTo_[size_t(std::min(mostBits, shift + margin_))];
      return shift == 0 ? 0 : sums[end] - sums[begin];
    }

  private:
    static constexpr int mostBits = 64;
    int margin_;
    std::array<std::array<uint16_t, points>, mostBits + 1> upTo_;
  };

  static int shiftFor(uint64_t low, uint64_t high, int bits) {
    return std::max(0, int(std::bit_width(high - low)) - bits);
  }
  void add(uint64_t low, uint64_t high, int bits) {
    const auto piece = size_t(pieces_.count++);
    pieces_.from[piece] = low;
    pieces_.shift[piece] = shiftFor(low, high, bits);
  }

  /// The middle is a piece of its own where that saves many bits.
  void spareEnds(uint64_t low, uint64_t first, uint64_t last, uint64_t high, int bits) {
    constexpr int many = 8;
    if (shiftFor(first, last, bits) + many > pieces_.shift[0])
      return;
    pieces_ = {};
    pieces_.bits = bits;
    if (low < first)
      add(low, first - 1, bits);
    add(first, last, bits);
    if (last < high)
      add(last + 1, high, bits);
  }

  /// Cuts the most crowded piece around what is best on its own, as often as pieces are left.
  void cut(const std::array<uint64_t, points> &at, const Crowds &crowds, int bits) {
    struct Piece {
      size_t begin, end; // in the sample
      uint64_t low, high;
      int crowd;
    };
    auto pieceOf = [&](size_t begin, size_t end, uint64_t low, uint64_t high) {
      return Piece{begin, end, low, high, crowds.of(begin, end, shiftFor(low, high, bits))};
    };
    std::array<Piece, Pieces::most> pieces;
    int count = 1;
    pieces[0] = pieceOf(0, points - 1, at.front(), at.back());
    while (count + 2 <= Pieces::most) {
      Piece *worst = std::max_element(pieces.data(), pieces.data() + count,
                                      [](auto &a, auto &b) { return a.crowd < b.crowd; });
      const Piece old = *worst;
      int best = old.crowd;
      std::array<Piece, 3> parts;
      size_t partCount = 0;
      for (size_t i = old.begin; i < old.end; ++i)
        for (size_t j = i + 1; j <= old.end; ++j) {
          const uint64_t first = i == old.begin ? old.low : at[i],
                         last = j == old.end ? old.high : at[j];
          if (first > last)
            continue;
          std::array<Piece, 3> tried;
          size_t n = 0;
          if (first > old.low)
            tried[n++] = pieceOf(old.begin, i, old.low, first - 1);
          tried[n++] = pieceOf(i, j, first, last);
          if (last < old.high)
            tried[n++] = pieceOf(j, old.end, last + 1, old.high);
          int crowd = 0;
          for (size_t k = 0; k < n; ++k)
            crowd += tried[k].crowd;
          if (crowd < best) {
            best = crowd;
            parts = tried;
            partCount = n;
          }
        }
      if (partCount == 0)
        break;
      *worst = parts[0];
      for (size_t k = 1; k < partCount; ++k)
        pieces[size_t(count++)] = parts[k];
    }
    std::sort(pieces.begin(), pieces.begin() + count,
              [](const Piece &a, const Piece &b) { return a.low < b.low; });
    pieces_ = {};
    pieces_.bits = bits;
    for (int i = 0; i < count; ++i)
      add(pieces[size_t(i)].low, pieces[size_t(i)].high, bits);
  }

  Pieces pieces_;
};

} // namespace ndrt
