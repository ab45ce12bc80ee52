// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/array/ContractionOrder.h"

#include "ir/rules/extent.h"

#include <algorithm>
#include <bit>

namespace nd::detail {

contraction_order::contraction_order(const std::vector<std::vector<label>> &lists,
                                     const std::vector<label> &out,
                                     const std::map<label, int64_t> &extents)
    : output(out.begin(), out.end()), sizes(extents) {
  for (const std::vector<label> &l : lists)
    operands.emplace_back(l.begin(), l.end());
  if (operands.size() <= exact)
    best();
  else
    greedy();
}

double contraction_order::volume(const label_set &s) const {
  double out = 1;
  for (label l : s) {
    const int64_t n = sizes.at(l);
    out *= rules::is_run_time(n) ? 1000 : double(std::max<int64_t>(n, 1)); // a guess
  }
  return out;
}

contraction_order::label_set contraction_order::united(const label_set &a, const label_set &b) {
  label_set out = a;
  out.insert(b.begin(), b.end());
  return out;
}

contraction_order::label_set
contraction_order::needed(const label_set &s, const std::vector<const label_set *> &others) const {
  label_set out;
  for (label l : s) {
    bool wanted = output.count(l) > 0;
    for (const label_set *o : others)
      wanted |= o->count(l) > 0;
    if (wanted)
      out.insert(l);
  }
  return out;
}

/// Dynamic programming over sets of operands.
void contraction_order::best() {
  const size_t n = operands.size(), all = (size_t(1) << n) - 1;
  if (n < 2)
    return;
  std::vector<label_set> left(all + 1); // what a product of the set has
  std::vector<double> cost(all + 1, 0), own(all + 1, 0), room(all + 1, 0);
  std::vector<size_t> half(all + 1, 0);
  for (size_t s = 1; s <= all; ++s) {
    label_set together;
    std::vector<const label_set *> others;
    for (size_t k = 0; k < n; ++k)
      if (s >> k & 1)
        together.insert(operands[k].begin(), operands[k].end());
      else
        others.push_back(&operands[k]);
    left[s] = std::has_single_bit(s) ? together : needed(together, others);
    if (std::has_single_bit(s))
      continue;
    cost[s] = -1;
    for (size_t a = (s - 1) & s; a; a = (a - 1) & s) {
      const size_t b = s & ~a;
      if (a < b)
        continue; // each split once
      const double here = volume(united(left[a], left[b]));
      const double total = cost[a] + cost[b] + here, memory = room[a] + room[b] + volume(left[s]);
      if (cost[s] < 0 || total < cost[s] || (total == cost[s] && memory < room[s])) {
        cost[s] = total;
        room[s] = memory;
        own[s] = here;
        half[s] = a;
      }
    }
  }
  std::vector<size_t> list; // the sets in NumPy's list
  for (size_t k = 0; k < n; ++k)
    list.push_back(size_t(1) << k);
  auto build = [&](auto &self, size_t s) -> void {
    if (std::has_single_bit(s))
      return;
    self(self, half[s]);
    self(self, s & ~half[s]);
    auto at = [&](size_t of) {
      return size_t(std::find(list.begin(), list.end(), of) - list.begin());
    };
    size_t i = at(half[s]), j = at(s & ~half[s]);
    if (i > j)
      std::swap(i, j);
    steps.push_back({i, j});
    costs.push_back(own[s]);
    list.erase(list.begin() + int64_t(j));
    list.erase(list.begin() + int64_t(i));
    list.push_back(s);
  };
  build(build, all);
}

/// The pair whose product saves most memory, and of equals the one that takes least time.
void contraction_order::greedy() {
  std::vector<label_set> list = operands;
  while (list.size() > 1) {
    size_t first = 0, second = 1;
    double growth = 0, time = -1;
    label_set product;
    for (size_t i = 0; i < list.size(); ++i)
      for (size_t j = i + 1; j < list.size(); ++j) {
        std::vector<const label_set *> others;
        for (size_t k = 0; k < list.size(); ++k)
          if (k != i && k != j)
            others.push_back(&list[k]);
        label_set all = united(list[i], list[j]), kept = needed(all, others);
        const double more = volume(kept) - volume(list[i]) - volume(list[j]), flops = volume(all);
        if (time >= 0 && (more > growth || (more == growth && flops >= time)))
          continue;
        first = i;
        second = j;
        growth = more;
        time = flops;
        product = std::move(kept);
      }
    steps.push_back({first, second});
    costs.push_back(time);
    list.erase(list.begin() + int64_t(second));
    list.erase(list.begin() + int64_t(first));
    list.push_back(std::move(product));
  }
}

} // namespace nd::detail
