// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Plans are made once. Short ones stay, in tables that are read without a lock: looking one up must
// not cost more than the transform. Of the others the last used are kept.
#include "fft/plan.h"

#include <array>
#include <atomic>
#include <list>
#include <mutex>
#include <typeindex>
#include <typeinfo>

namespace ndrt::fft {
namespace {

struct Entry {
  std::type_index type;
  int64_t n;
  size_t bytes;
  std::shared_ptr<const void> plan;
};

struct Cache {
  static constexpr size_t mostEntries = 64, mostBytes = size_t{64} << 20;
  std::mutex mutex;
  std::list<Entry> entries; // the last used first
  size_t bytes = 0;
};

Cache &cache() {
  static Cache &all = *new Cache; // lives as long as any thread
  return all;
}

} // namespace

template <class Plan> static std::shared_ptr<const Plan> cached(int64_t n) {
  Cache &all = cache();
  const std::type_index type = typeid(Plan);
  {
    std::lock_guard guard(all.mutex);
    for (auto at = all.entries.begin(); at != all.entries.end(); ++at)
      if (at->n == n && at->type == type) {
        all.entries.splice(all.entries.begin(), all.entries, at);
        return std::static_pointer_cast<const Plan>(at->plan);
      }
  }
  auto plan = std::make_shared<const Plan>(n); // asks for plans itself
  std::lock_guard guard(all.mutex);
  for (const Entry &entry : all.entries)
    if (entry.n == n && entry.type == type)
      return std::static_pointer_cast<const Plan>(entry.plan);
  all.entries.push_front({type, n, plan->bytes(), plan});
  all.bytes += plan->bytes();
  while (all.entries.size() > 1 &&
         (all.entries.size() > Cache::mostEntries || all.bytes > Cache::mostBytes)) {
    all.bytes -= all.entries.back().bytes;
    all.entries.pop_back();
  }
  return plan;
}

template <class Plan> std::shared_ptr<const Plan> planOf(int64_t n) {
  if (n > longestKept)
    return cached<Plan>(n);
  return {std::shared_ptr<const Plan>(), &keptPlan<Plan>(n)}; // without an owner, thus no count
}

#define NDRT_INSTANTIATE(T)                                                                        \
  template std::shared_ptr<const ShortPlan<T>> planOf<ShortPlan<T>>(int64_t);                      \
  template std::shared_ptr<const LanePlan<T>> planOf<LanePlan<T>>(int64_t);                        \
  template std::shared_ptr<const SinglePlan<T>> planOf<SinglePlan<T>>(int64_t);                    \
  template std::shared_ptr<const OddPlan<T>> planOf<OddPlan<T>>(int64_t);                          \
  template std::shared_ptr<const OddLinePlan<T>> planOf<OddLinePlan<T>>(int64_t);                  \
  template std::shared_ptr<const HalfPlan<T>> planOf<HalfPlan<T>>(int64_t);
NDRT_INSTANTIATE(float)
NDRT_INSTANTIATE(double)
#undef NDRT_INSTANTIATE

} // namespace ndrt::fft
