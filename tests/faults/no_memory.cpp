// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Memory that runs out, once at each allocation of a program: an exception, and everything that was
// there before is still there and works. LLVM's containers end the process when malloc fails; what
// can be survived is operator new, which the rest of MLIR and all of ours uses, and pages for
// arrays.
#include "tests/unit/frontend_expect.h"

#include <cerrno>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <new>

#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

/// Fails the allocation that brings the count to zero.
struct countdown {
  bool armed = false;
  int64_t left = 0, seen = 0;
  bool fails() {
    if (!armed)
      return false;
    ++seen;
    return --left == 0;
  }
  void start(int64_t at) { left = at, seen = 0, armed = true; }
  int64_t stop() {
    armed = false;
    return seen;
  }
};
thread_local constinit countdown of_new, of_pages;

} // namespace

void *operator new(size_t bytes) {
  if (of_new.fails())
    throw std::bad_alloc();
  if (void *memory = std::malloc(bytes ? bytes : 1))
    return memory;
  throw std::bad_alloc();
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, size_t) noexcept { std::free(memory); }

// The runtime's pages: malloc has a way of its own to get them.
extern "C" __attribute__((visibility("default"))) void *
mmap(void *where, size_t bytes, int protection, int flags, int file, off_t offset) noexcept {
  if (of_pages.fails()) {
    errno = ENOMEM;
    return MAP_FAILED;
  }
  return reinterpret_cast<void *>(syscall(SYS_mmap, where, bytes, protection, flags, file, offset));
}

namespace {

const nd::array &table() {
  static const nd::array a = nd::arange(12.0).reshape(3, 4);
  return a;
}

/// A bit of everything.
double some_program() {
  nd::array a = table(), b = nd::ones({3, 4}) * 2;
  nd::array x = a * b + 1, y = nd::sort(x, 1), z = nd::matmul(x, y.T());
  nd::array m = x[x > 3], v = x[nd::all, nd::slice(1, 3)], c = a.copy();
  c[0] = 7;
  c[nd::array({1, 2})] += 1;
  c += v.sum();
  auto f = nd::jit([](nd::array p, nd::array q) {
    nd::array r = p[p > q];
    return std::pair(r.sum(), nd::tanh(p));
  });
  auto [s, t] = f(x, b);
  nd::array joined = nd::concatenate({x, y}), split = nd::split(joined, 2)[1];
  return z.sum().item<double>() + m.sum().item<double>() + c.sum().item<double>() +
         s.item<double>() + t.sum().item<double>() + split.sum().item<double>();
}

/// Runs \p body with the failures of \p faults at \p at; whether it got to its end.
template <class F> bool survives(countdown &faults, int64_t at, F body) {
  try {
    faults.start(at);
    body();
    faults.stop();
    return true;
  } catch (const std::bad_alloc &) {
    faults.stop();
  } catch (const nd::error &e) {
    faults.stop();
    EXPECT_HAS(e.what(), "cannot allocate");
  }
  return false;
}

} // namespace

TEST(NoMemory, AtEachAllocationOfAProgram) {
  nd::array before = nd::arange(5.0) + 1, lazy = before * 2;
  before.eval();
  const double expected = some_program();
  of_new.start(-1);
  some_program();
  const int64_t count = of_new.stop();
  EXPECT_GT(count, 100);
  for (int64_t at = 1; at <= count; ++at) {
    survives(of_new, at, some_program);
    ASSERT_EQ(before.to_vector<double>(), (std::vector<double>{1, 2, 3, 4, 5})) << at;
    ASSERT_EQ(some_program(), expected) << at;
  }
  EXPECT_EQ(lazy.to_vector<double>(), (std::vector<double>{2, 4, 6, 8, 10}));
}

// MLIR and LLVM are built without exceptions: one that passes through them is stopped by the first
// of their functions that promises not to throw, and that ends the process. So each attempt has a
// process of its own, which throws, or ends so, and gives no wrong result and no broken array.
TEST(NoMemory, WhileAProgramIsCompiled) {
  nd::array before = nd::arange(5.0) + 1;
  before.eval();
  auto fresh = [](int64_t number) { // a program that is not compiled yet
    nd::array x = table();
    for (int64_t bit = 0; bit < 10; ++bit)
      x = number >> bit & 1 ? x * 1.5 : nd::maximum(x, 3);
    return x.sum().item<double>();
  };
  const double expected = fresh(5);
  of_new.start(-1);
  fresh(1);
  const int64_t count = of_new.stop();
  EXPECT_GT(count, 1000);
  int thrown = 0, ended = 0, finished = 0;
  for (int64_t at = 1; at <= count; at += 1 + count / 100) {
    pid_t child = fork();
    if (child == 0) {
      alarm(60);
      std::set_terminate([] { _exit(2); });
      bool through = survives(of_new, at, [&] { fresh(2); });
      bool good = before.to_vector<double>() == std::vector<double>{1, 2, 3, 4, 5} &&
                  fresh(5) == expected && fresh(2) > 0 && fresh(3) > 0;
      _exit(!good ? 3 : through ? 1 : 0);
    }
    int status = -1;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status) << " at " << at;
    ASSERT_LT(WEXITSTATUS(status), 3) << at;
    thrown += WEXITSTATUS(status) == 0;
    finished += WEXITSTATUS(status) == 1;
    ended += WEXITSTATUS(status) == 2;
  }
  EXPECT_GT(thrown, 0);
  std::cout << thrown << " threw, " << ended << " ended, " << finished << " went on\n";
}

TEST(NoMemory, ForArrays) {
  nd::array a = nd::ones({400, 1000}), kept = a * 3;
  nd::matmul(a, a.T()).eval();
  nd::eval(a, kept);
  auto work = [&] {
    nd::array b = nd::exp(a) + kept, c = nd::sort(b, 0), d = c[c > 2], e = nd::cumsum(b, 1);
    nd::array f = nd::pad(e, 1), g = nd::empty({300, 1000}), h = f.astype(nd::float32).copy();
    return nd::eval(d, f, h), d.size();
  };
  work();
  nd::release_memory();
  of_pages.start(-1);
  work();
  const int64_t count = of_pages.stop();
  EXPECT_GT(count, 5);
  int64_t refused = 0;
  for (int64_t at = 1; at <= count; ++at) {
    nd::release_memory();
    refused += !survives(of_pages, at, work);
    EXPECT_EQ(kept.sum().item<double>(), 3 * 400000) << at;
  }
  EXPECT_EQ(work(), 400000);
}
