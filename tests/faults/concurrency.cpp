// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Many threads that record, compile and run at once and share arrays and functions; forks.
#include "tests/unit/frontend_expect.h"

#include <atomic>
#include <barrier>
#include <random>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

namespace {

#if defined(__SANITIZE_THREAD__)
constexpr int rounds = 10;
#else
constexpr int rounds = 60;
#endif
constexpr int thread_count = 8;

/// Runs \p body(thread, round) in all threads, round by round.
template <class F> void together(int times, F body) {
  std::barrier line(thread_count);
  std::vector<std::thread> threads;
  for (int t = 0; t < thread_count; ++t)
    threads.emplace_back([&, t] {
      for (int round = 0; round < times; ++round) {
        line.arrive_and_wait();
        body(t, round);
      }
    });
  for (std::thread &t : threads)
    t.join();
}

/// A program that depends on \p seed alone.
nd::array some_program(const nd::array &a, const nd::array &b, unsigned seed) {
  std::minstd_rand chance(seed + 1);
  nd::array x = a;
  for (int i = 0; i < 6; ++i)
    switch (chance() % 7) {
    case 0:
      x = x + b;
      break;
    case 1:
      x = nd::maximum(x * 0.5, b);
      break;
    case 2:
      x = x - x.mean(1, nd::keepdims);
      break;
    case 3:
      x = nd::sort(x, 1);
      break;
    case 4:
      x = nd::where(x > b, x, -b);
      break;
    case 5:
      x = x[nd::all, nd::slice({}, {}, -1)] * 1.5;
      break;
    default:
      x = nd::matmul(x, nd::matmul(x.T(), b)) / 1000;
    }
  return x;
}

} // namespace

TEST(Concurrency, ThreadsRecordCompileAndRunAtOnce) {
  nd::array a = nd::arange(12 * 8.0).reshape(12, 8) / 10, b = nd::cos(a);
  nd::eval(a, b);
  constexpr unsigned programs = 40;
  std::vector<std::vector<double>> expected;
  for (unsigned seed = 0; seed < programs; ++seed)
    expected.push_back(some_program(a, b, seed).to_vector<double>());
  auto f = nd::jit([](nd::array x, nd::array y) { return nd::tanh(x + y).sum(0); });
  std::vector<double> summed = f(a, b).to_vector<double>();
  std::atomic<int> wrong{0};
  together(rounds, [&](int thread, int round) {
    for (unsigned i = 0; i < 5; ++i) {
      unsigned seed = (unsigned(thread) * 7 + unsigned(round) * 3 + i) % programs;
      wrong += some_program(a, b, seed).to_vector<double>() != expected[seed];
    }
    wrong += f(a, b).to_vector<double>() != summed;
    nd::array part = a[nd::slice(0, 1 + round % 11)]; // other signatures, compiled meanwhile
    wrong += f(part, b[nd::slice(0, 1 + round % 11)]).size() != 8;
  });
  EXPECT_EQ(wrong, 0);
}

TEST(Concurrency, OneLazyArrayIsReadByAll) {
  std::atomic<int> wrong{0};
  nd::array base = nd::arange(1000.0), x;
  together(rounds, [&](int thread, int round) {
    static std::barrier line(thread_count);
    if (thread == 0)
      x = nd::sqrt(base + round) * 2;
    line.arrive_and_wait();
    nd::array view = x[nd::slice(thread, {})];
    wrong += x[5].item<double>() != std::sqrt(5.0 + round) * 2;
    wrong += view[0].item<double>() != std::sqrt(double(thread) + round) * 2;
    view = nd::array();
    line.arrive_and_wait();
  });
  EXPECT_EQ(wrong, 0);
}

// Two threads that looked at once each took what the other was about to record.
TEST(Concurrency, OneChoiceIsReadByAll) {
  std::atomic<int> wrong{0};
  nd::array base = nd::arange(100.0), chosen;
  together(rounds, [&](int thread, int round) {
    static std::barrier line(thread_count);
    if (thread == 0)
      chosen = base[base > round];
    line.arrive_and_wait();
    wrong += chosen.size() != 99 - round;
    wrong += chosen[0].item<double>() != round + 1;
    line.arrive_and_wait();
  });
  EXPECT_EQ(wrong, 0);
}

TEST(Concurrency, AChoiceKeepsWhatItSawWhenAnotherThreadWrites) {
  nd::array base = nd::arange(5.0), at({1, 2}), chosen;
  std::thread([&] { chosen = base[at]; }).join();
  base += 10;
  EXPECT_EQ(chosen.to_vector<double>(), (std::vector<double>{1, 2}));
  std::thread([&] { chosen = base[at]; }).join();
  at += 1;
  EXPECT_EQ(chosen.to_vector<double>(), (std::vector<double>{11, 12}));
}

TEST(Concurrency, ThreadsWriteIntoPartsOfOneArray) {
  nd::array a = nd::zeros({thread_count, 64});
  a.eval();
  together(rounds, [&](int thread, int) {
    nd::array row = a[thread];
    row += 1;
    row[nd::array({0, 3})] += 1;
    row[row > 1e9] = 0;
  });
  EXPECT_EQ(a.sum().item<double>(), thread_count * (64 + 2) * rounds);
}

TEST(Concurrency, ArraysAndFunctionsDieInOtherThreads) {
  for (int round = 0; round < rounds; ++round) {
    auto *a = new nd::array(nd::arange(10.0) + round);
    auto *b = new nd::array((*a)[*a > 3]);
    auto *f = new nd::compiled(nd::jit([c = *a](nd::array x) { return x + c; }));
    std::thread([=] {
      EXPECT_EQ((*f)(nd::ones({10}))[0].item<double>(), 1 + round);
      delete a;
      delete f;
    }).join();
    delete b;
  }
}

TEST(Concurrency, ErrorsInOneThreadAreItsOwn) {
  std::atomic<int> caught{0};
  nd::array a = nd::ones({4, 3}), singular = nd::zeros({3, 3});
  together(rounds, [&](int thread, int) {
    try {
      if (thread % 2)
        nd::linalg::inv(singular).eval();
      else
        a + nd::ones({4});
    } catch (const nd::linalg_error &e) {
      caught += thread % 2 && std::string(e.what()).find("inv") != std::string::npos;
    } catch (const nd::shape_error &e) {
      caught += thread % 2 == 0 && std::string(e.what()).find("add") != std::string::npos;
    }
  });
  EXPECT_EQ(caught, thread_count * rounds);
}

#if !defined(__SANITIZE_THREAD__) // which does not follow a child of a process with threads
TEST(Concurrency, ChildrenOfAForkWork) {
  nd::array big = nd::ones({300, 300}), x = nd::arange(8.0);
  nd::matmul(big, big).eval(); // threads of ours and of the linear algebra
  std::atomic<bool> done{false};
  std::vector<std::thread> busy;
  for (int t = 0; t < 3; ++t)
    busy.emplace_back([&, t] {
      for (unsigned i = 0; !done; ++i)
        some_program(big, big, i % 50 + unsigned(t)).eval();
    });
  for (int round = 0; round < 20; ++round) {
    pid_t child = fork();
    if (child == 0) {
      alarm(60); // a lock that nobody will open
      nd::array y = nd::exp(x * double(round)) + nd::matmul(big, big)[0, 0];
      auto f = nd::jit([](nd::array v) { return (v * 3 - 1).sum(); });
      bool good = y[0].item<double>() == 301 && f(x).item<double>() == 76;
      _exit(good ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0) << round;
  }
  done = true;
  for (std::thread &t : busy)
    t.join();
}

TEST(Concurrency, AChildCallsAFunctionThatAnotherThreadWasRecording) {
  std::atomic<bool> recording{false}, forked{false};
  auto f = nd::jit([&](nd::array v) {
    recording = true;
    for (int i = 0; i < 10000 && !forked; ++i)
      usleep(1000);
    return v + 1;
  });
  std::thread other([&] { f(nd::ones({3})).eval(); });
  while (!recording)
    usleep(1000);
  pid_t child = fork();
  if (child == 0) {
    alarm(60); // a lock that nobody will open
    forked = true;
    _exit(f(nd::ones({3}))[0].item<double>() == 2 ? 0 : 1);
  }
  forked = true;
  int status = -1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  other.join();
}
#endif
