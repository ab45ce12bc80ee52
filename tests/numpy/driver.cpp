// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Runs the programs on standard input, evaluated lazily and inside nd::jit, and compares each
// result with NumPy's. Prints what differs and, last, the counts.
#include "program.h"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <iostream>
#include <map>

#include <unistd.h>

using namespace compare;

namespace {

constexpr int64_t shown_of_each = 4; // mismatches of one label

struct tally {
  int64_t compared = 0, mismatches = 0;
  std::map<std::string, int64_t> by_label;

  void add(const program &p, const std::string &label, const char *mode, const std::string &what) {
    ++compared;
    if (what.empty())
      return;
    ++mismatches;
    if (++by_label[label] <= shown_of_each)
      std::cout << "MISMATCH " << p.label << ": " << label << " (" << mode << "): " << what << '\n';
  }
};

// What runs now, for the handler of crashes.
char running[512];

void on_crash(int signal) {
  const char *text = "CRASH in ";
  (void)!write(1, text, std::strlen(text));
  (void)!write(1, running, std::strlen(running));
  (void)!write(1, "\n", 1);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void note(const program &p, const char *mode) {
  std::string text = p.label + " (" + mode + "): ";
  for (const expectation &e : p.results)
    text += e.label + " ";
  std::strncpy(running, text.c_str(), sizeof running - 1);
}

/// The elements as an array; of memory at an odd address, if it is to be \p unaligned.
nd::array to_array(const data &d, bool unaligned) {
  auto make = [&]<class T>(T) {
    if (unaligned) {
      auto *bytes = new std::byte[d.bytes.size() + 1];
      std::copy(d.bytes.begin(), d.bytes.end(), bytes + 1);
      return nd::from_buffer(reinterpret_cast<T *>(bytes + 1), d.shape, {},
                             [bytes](T *) { delete[] bytes; });
    }
    return nd::array(
        std::span<const T>(reinterpret_cast<const T *>(d.bytes.data()), size_t(d.size())), d.shape);
  };
  switch (d.dtype) {
  case nd::bool_:
    return make(bool());
  case nd::int8:
    return make(int8_t());
  case nd::int16:
    return make(int16_t());
  case nd::int32:
    return make(int32_t());
  case nd::int64:
    return make(int64_t());
  case nd::uint8:
    return make(uint8_t());
  case nd::uint16:
    return make(uint16_t());
  case nd::uint32:
    return make(uint32_t());
  case nd::uint64:
    return make(uint64_t());
  case nd::float32:
    return make(float());
  case nd::float64:
    return make(double());
  case nd::float16:
    return make(nd::float16_t());
  case nd::bfloat16:
    return make(nd::bfloat16_t());
  case nd::complex64:
    return make(std::complex<float>());
  case nd::complex128:
    return make(std::complex<double>());
  }
  throw std::logic_error("an unknown dtype");
}

void eval_together(const std::vector<nd::array> &a) {
  switch (a.size()) {
  case 1:
    return nd::eval(a[0]);
  case 2:
    return nd::eval(a[0], a[1]);
  case 3:
    return nd::eval(a[0], a[1], a[2]);
  case 4:
    return nd::eval(a[0], a[1], a[2], a[3]);
  case 5:
    return nd::eval(a[0], a[1], a[2], a[3], a[4]);
  case 6:
    return nd::eval(a[0], a[1], a[2], a[3], a[4], a[5]);
  }
  throw std::logic_error("1 to 6 results are evaluated together");
}

using arrays = std::vector<nd::array>;
template <size_t> using parameter = nd::array;

/// The inputs as arrays that nobody has written into yet.
arrays inputs_of(const program &p, bool unaligned = false) {
  arrays in;
  for (const data &d : p.inputs)
    in.push_back(to_array(d, unaligned));
  return in;
}

/// Calls \p f with arrays, as many as there are.
template <class F> void with_arguments(const arrays &a, F f) {
#define ND_COUNT(n)                                                                                \
  case n:                                                                                          \
    return f(std::make_index_sequence<n>());
  switch (a.size()) {
    ND_COUNT(0)
    ND_COUNT(1)
    ND_COUNT(2)
    ND_COUNT(3)
    ND_COUNT(4)
    ND_COUNT(5)
    ND_COUNT(6)
  }
#undef ND_COUNT
  throw std::logic_error("a program has at most 6 inputs");
}

/// Results from nd::jit: of the whole program, called twice; and of what follows the views of its
/// inputs, which are made outside, where they are memory in some order.
void run_compiled(const program &p, const std::function<void(const arrays &)> &check) {
  with_arguments(
      inputs_of(p), [&]<size_t... I>(std::index_sequence<I...>) {
        auto f = nd::jit([&p](parameter<I>... a) { return run(p, arrays{a...}); });
        for (int times = 0; times < 2; ++times) {
          arrays in = inputs_of(p);
          check(f(in[I]...));
        }
      });
  size_t views = leading_views(p);
  if (!p.together || !views || p.inputs.size() + views > 6)
    return;
  arrays outside = run(p, inputs_of(p, true), 0, views);
  with_arguments(
      outside, [&]<size_t... I>(std::index_sequence<I...>) {
        check(nd::jit([&](parameter<I>... a) {
          return results_of(p, run(p, arrays{a...}, views));
        })(outside[I]...));
      });
}

void check_all(const program &p, const arrays &got, const char *mode, tally &t) {
  for (size_t i = 0; i < got.size(); ++i)
    t.add(p, p.results[i].label, mode, mismatch(got[i], p.results[i]));
}

void fail_all(const program &p, const char *mode, const std::string &what, tally &t) {
  for (const expectation &e : p.results)
    t.add(p, e.label, mode, what);
}

void compare_values(const program &p, tally &t) {
  note(p, "lazy");
  try {
    arrays got = run(p, inputs_of(p, p.together));
    if (p.together)
      eval_together(got);
    check_all(p, got, "lazy", t);
  } catch (const std::exception &e) {
    fail_all(p, "lazy", std::string("threw ") + e.what(), t);
  }
  bool types_only = true;
  for (const expectation &e : p.results)
    types_only = types_only && e.how == closeness::type;
  if (types_only || p.eager)
    return;
  note(p, "jit");
  try {
    run_compiled(p, [&](const arrays &got) { check_all(p, got, "jit", t); });
  } catch (const std::exception &e) {
    fail_all(p, "jit", std::string("threw ") + e.what(), t);
  }
}

/// Empty if \p f throws what is wanted.
std::string thrown(failure wanted, const std::function<void()> &f) {
  auto is = [&](failure kind, const std::exception &e) {
    return kind == wanted ? "" : "threw another kind of error: " + std::string(e.what());
  };
  try {
    f();
  } catch (const nd::shape_error &e) {
    return is(failure::shape, e);
  } catch (const nd::dtype_error &e) {
    return is(failure::dtype, e);
  } catch (const nd::index_error &e) {
    return is(failure::index, e);
  } catch (const nd::value_error &e) {
    return is(failure::value, e);
  } catch (const nd::linalg_error &e) {
    return is(failure::linalg, e);
  } catch (const std::exception &e) {
    return is(failure::none, e);
  }
  return "threw nothing";
}

/// Singular matrices and positions in arrays show when the program runs, everything else where it
/// is written.
void compare_errors(const program &p, tally &t) {
  note(p, "error");
  bool late = p.throws == failure::linalg || p.throws == failure::index;
  t.add(p, "error", "lazy", thrown(p.throws, [&] {
          arrays got = run(p, inputs_of(p));
          for (const nd::array &a : got)
            if (late)
              a.eval();
        }));
  if (p.eager)
    return;
  t.add(p, "error", "jit", thrown(p.throws, [&] {
          run_compiled(p, [&](const arrays &got) {
            for (const nd::array &a : got)
              a.eval();
          });
        }));
}

} // namespace

int main() {
  for (int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
    std::signal(signal, on_crash);
  tally t;
  int64_t programs = 0;
  try {
    for (program p; read(stdin, p); ++programs) {
      if (p.throws == failure::none)
        compare_values(p, t);
      else
        compare_errors(p, t);
    }
  } catch (const std::exception &e) {
    std::cout << "the comparison itself failed after " << programs << " programs: " << e.what()
              << '\n';
    return 2;
  }
  for (const auto &[label, count] : t.by_label)
    std::cout << "  " << count << " mismatches of " << label << '\n';
  nd::compile_statistics compiled = nd::compile_stats();
  std::cout << t.compared << " comparisons, " << t.mismatches << " mismatches; " << programs
            << " cases, " << compiled.programs << " programs compiled in " << int64_t(compiled.ms)
            << " ms\n";
  return t.mismatches ? 1 : 0;
}
