// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The one pool of threads. One job at a time: who finds the pool busy does its own work serially.
//
//   publish   the caller writes the job, opens the gate, bumps the epoch, wakes sleepers if any
//   join      a worker that sees a new epoch counts itself in at the gate; if it is open and not
//             full it claims pieces until none is left, then counts itself out
//   finish    the caller claims pieces too, closes the gate and waits until nobody is inside
//
// The job's plain fields are written only while the gate is closed and empty, and read only inside
// an open gate. Workers look for work actively for a bounded number of pauses and then sleep: cores
// may be busy with others' work.
#include <ndrt/ndrt.h>

#include "threads/futex.h"
#include "threads/pool.h"
#include "threads/thread_count.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstddef>
#include <mutex>
#include <new>
#include <pthread.h>
#include <vector>

namespace ndrt {
namespace {

constexpr int pausesBeforeSleep = 20000;
constexpr int piecesPerThread = 4; // evens out pieces and cores that are slower than others

constexpr uint32_t gateOpen = 1u << 31;
constexpr uint32_t callerSleeps = 1u << 30;
constexpr uint32_t insideMask = callerSleeps - 1;

/// True in a worker, and in a caller while it runs pieces of its own job: nested calls run
/// serially.
[[gnu::tls_model("initial-exec")]] constinit thread_local bool insideTask = false;

inline void pause() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

class Pool {
public:
  Pool() {
    pthread_atfork([] { pool().threadsMutex_.lock(); }, [] { pool().threadsMutex_.unlock(); },
                   [] { pool().forgetThreads(); });
  }

  /// Outlives every static destructor that might still call it; its threads end with the library.
  static Pool &pool() {
    alignas(Pool) static std::byte storage[sizeof(Pool)];
    static Pool &instance = *new (storage) Pool;
    static struct Stopper {
      ~Stopper() { instance.stop(); }
    } stopper;
    return instance;
  }

  void run(ndrt_task task, void *context, int64_t n, int64_t grain, int threads);

private:
  struct Job {
    ndrt_task task = nullptr;
    void *context = nullptr;
    int64_t n = 0;
    int64_t piece = 0; // length of all pieces but the last
    int64_t pieces = 0;
    uint32_t workers = 0;
  };

  bool ensureWorkers(int64_t wanted);
  void claimPieces();
  void waitUntilEmpty();
  void work();
  void stop();
  void forgetThreads();

  Job job_;
  std::mutex threadsMutex_;
  std::vector<pthread_t> threads_; // guarded by threadsMutex_
  bool stopped_ = false;           // guarded by threadsMutex_

  alignas(64) std::atomic<bool> busy_{false};
  std::atomic<int64_t> started_{0};
  std::atomic<bool> stopping_{false};
  alignas(64) std::atomic<uint32_t> epoch_{0};
  std::atomic<uint32_t> sleepers_{0};
  alignas(64) std::atomic<uint32_t> gate_{0};
  alignas(64) std::atomic<int64_t> cursor_{0};
};

bool Pool::ensureWorkers(int64_t wanted) {
  if (started_.load(std::memory_order_acquire) >= wanted)
    return true;
  std::lock_guard lock(threadsMutex_);
  if (stopped_)
    return false;
  try {
    threads_.reserve(static_cast<size_t>(wanted));
  } catch (...) {
    return !threads_.empty();
  }
  // Signals are for the program's own threads.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  while (static_cast<int64_t>(threads_.size()) < wanted) {
    pthread_t thread;
    auto body = [](void *self) -> void * {
      static_cast<Pool *>(self)->work();
      return nullptr;
    };
    if (pthread_create(&thread, nullptr, body, this) != 0)
      break; // fewer threads, the same result
    pthread_setname_np(thread, "ndrt-worker");
    threads_.push_back(thread);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  started_.store(static_cast<int64_t>(threads_.size()), std::memory_order_release);
  return !threads_.empty();
}

void Pool::claimPieces() {
  const Job job = job_;
  for (;;) {
    int64_t index = cursor_.fetch_add(1, std::memory_order_relaxed);
    if (index >= job.pieces)
      return;
    int64_t begin = index * job.piece;
    job.task(job.context, begin, index == job.pieces - 1 ? job.n : begin + job.piece);
  }
}

void Pool::run(ndrt_task task, void *context, int64_t n, int64_t grain, int threads) {
  int64_t grains = (n - 1) / grain + 1;
  int64_t workers = std::min<int64_t>(threads, grains) - 1;
  bool idle = false;
  if (!busy_.compare_exchange_strong(idle, true, std::memory_order_acquire,
                                     std::memory_order_relaxed)) {
    task(context, 0, n);
    return;
  }
  if (!ensureWorkers(workers)) {
    busy_.store(false, std::memory_order_release);
    task(context, 0, n);
    return;
  }

  int64_t wanted = std::min<int64_t>(grains, (workers + 1) * piecesPerThread);
  int64_t grainsPerPiece = (grains - 1) / wanted + 1;
  int64_t pieces = (grains - 1) / grainsPerPiece + 1;
  int64_t piece = pieces == 1 ? n : grainsPerPiece * grain;
  job_ = {task, context, n, piece, pieces, static_cast<uint32_t>(workers)};
  cursor_.store(0, std::memory_order_relaxed);
  gate_.fetch_or(gateOpen, std::memory_order_release);
  epoch_.fetch_add(1, std::memory_order_seq_cst);
  if (sleepers_.load(std::memory_order_seq_cst) != 0)
    futexWake(epoch_, static_cast<int>(workers));

  insideTask = true;
  claimPieces();
  insideTask = false;
  gate_.fetch_and(~gateOpen, std::memory_order_relaxed);
  waitUntilEmpty();
  busy_.store(false, std::memory_order_release);
}

void Pool::waitUntilEmpty() {
  for (int i = 0; i < pausesBeforeSleep; ++i) {
    if (gate_.load(std::memory_order_acquire) == 0)
      return;
    pause();
  }
  uint32_t gate = gate_.fetch_or(callerSleeps, std::memory_order_acquire) | callerSleeps;
  while ((gate & insideMask) != 0) {
    futexWait(gate_, gate);
    gate = gate_.load(std::memory_order_acquire);
  }
  gate_.fetch_and(~callerSleeps, std::memory_order_relaxed);
}

void Pool::work() {
  insideTask = true;
  uint32_t seen = 0; // a worker may be born after the epoch of the job it was made for
  for (;;) {
    int pauses = 0;
    while (epoch_.load(std::memory_order_acquire) == seen) {
      if (++pauses < pausesBeforeSleep) {
        pause();
        continue;
      }
      sleepers_.fetch_add(1, std::memory_order_seq_cst);
      futexWait(epoch_, seen);
      sleepers_.fetch_sub(1, std::memory_order_relaxed);
      pauses = 0;
    }
    seen = epoch_.load(std::memory_order_acquire);
    if (stopping_.load(std::memory_order_acquire))
      return;
    uint32_t gate = gate_.fetch_add(1, std::memory_order_acquire);
    if ((gate & gateOpen) != 0 && (gate & insideMask) < job_.workers)
      claimPieces();
    gate = gate_.fetch_sub(1, std::memory_order_release);
    if ((gate & callerSleeps) != 0 && (gate & insideMask) == 1)
      futexWake(gate_, 1);
  }
}

/// At exit and when the library is unloaded: later calls run serially.
void Pool::stop() {
  std::lock_guard lock(threadsMutex_);
  stopped_ = true;
  started_.store(0, std::memory_order_release);
  stopping_.store(true, std::memory_order_release);
  epoch_.fetch_add(1, std::memory_order_seq_cst);
  futexWake(epoch_, INT_MAX);
  if (insideTask) // exit() called by a task: its thread cannot wait for itself
    return;
  for (pthread_t thread : threads_)
    pthread_join(thread, nullptr);
  threads_.clear();
}

/// In the child of a fork: only the forking thread lives on.
void Pool::forgetThreads() {
  threads_.clear();
  started_.store(0, std::memory_order_relaxed);
  sleepers_.store(0, std::memory_order_relaxed);
  epoch_.store(0, std::memory_order_relaxed);
  gate_.store(0, std::memory_order_relaxed);
  busy_.store(false, std::memory_order_relaxed);
  threadsMutex_.unlock();
}

} // namespace

void preparePool() noexcept { Pool::pool(); }

} // namespace ndrt

void ndrt_parallel_for(ndrt_task task, void *context, int64_t n, int64_t grain) {
  if (n <= 0)
    return;
  grain = std::max<int64_t>(grain, 1);
  if (n <= grain || ndrt::insideTask)
    return task(context, 0, n);
  int threads = ndrt::threadCount();
  if (threads == 1)
    return task(context, 0, n);
  ndrt::Pool::pool().run(task, context, n, grain, threads);
}
