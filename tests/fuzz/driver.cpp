// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Runs random programs in every way there is, compares the bits, and says what each step gave.
//
// Standard input: groups of programs with the same steps on other inputs, as core.py writes them,
// each after a number of programs (2 bytes) and what is wanted (1 byte, see `wanted`). Standard
// output: for each group one reply, its length (8 bytes) in front.
#include "fuzz/driver.h"

#include <cstring>
#include <exception>
#include <iostream>

using namespace fuzz;

namespace {

/// What a group asks for.
enum wanted : uint8_t { stages = 1, plant = 2, every_way = 4 };

/// What one way of running gave: the final values of the inputs and results, or an error.
struct outcome {
  std::vector<copy> finals;
  std::string error;
};

class replies {
public:
  template <class T> void put(T x) {
    const auto *bytes = reinterpret_cast<const char *>(&x);
    text_.append(bytes, sizeof x);
  }
  void put_text(const std::string &s) {
    put(uint32_t(s.size()));
    text_ += s;
  }
  void put_value(const copy &c) {
    put(uint8_t(c.dtype));
    put(uint8_t(c.shape.size()));
    for (int64_t extent : c.shape)
      put(extent);
    text_.append(reinterpret_cast<const char *>(c.bytes.data()), c.bytes.size());
  }
  void send() {
    uint64_t length = text_.size();
    std::fwrite(&length, sizeof length, 1, stdout);
    std::fwrite(text_.data(), 1, text_.size(), stdout);
    std::fflush(stdout);
    text_.clear();
  }

private:
  std::string text_;
};

/// \p f's outcome; errors of nd are outcomes, others end the driver.
template <class F> outcome attempt(F f) {
  outcome o;
  try {
    o.finals = f();
  } catch (const nd::error &e) {
    o.error = e.what();
    if (o.error.empty())
      o.error = "an error without a text";
  }
  return o;
}

std::vector<copy> finals(const arrays &in, const arrays &results) {
  std::vector<copy> out;
  for (const nd::array &a : in)
    out.push_back(copy_of(a));
  for (const nd::array &a : results)
    out.push_back(copy_of(a));
  return out;
}

/// Step by step, each value computed when it is there. \p after gets what each step gave or
/// changed.
outcome step_by_step(const compare::program &p, std::vector<copy> *after) {
  return attempt([&] {
    arrays in = inputs_of(p, layout::c_order), all = in;
    for (size_t i = 0; i < p.steps.size(); ++i) {
      size_t before = all.size();
      all = compare::run(p, all, i, i + 1);
      if (all.size() == before) { // it wrote into its first argument
        const auto *target = std::get_if<int64_t>(&p.steps[i].arguments.at(0));
        const nd::array &a = all.at(size_t(*target));
        after->push_back(copy_of(a));
      }
      for (size_t k = before; k < all.size(); ++k) {
        all[k].eval();
        after->push_back(copy_of(all[k]));
      }
    }
    return finals(in, compare::results_of(p, all));
  });
}

/// All values in one evaluation; what each step gave or changed as it was then.
outcome all_at_once(const compare::program &p, std::vector<copy> *after) {
  return attempt([&] {
    arrays in = inputs_of(p, layout::c_order), all = in, then;
    for (size_t i = 0; i < p.steps.size(); ++i) {
      size_t before = all.size();
      all = compare::run(p, all, i, i + 1);
      if (all.size() == before)
        then.push_back(nd::copy(all.at(size_t(std::get<int64_t>(p.steps[i].arguments.at(0))))));
      for (size_t k = before; k < all.size(); ++k)
        then.push_back(nd::copy(all[k])); // later steps may write into it
    }
    arrays results = compare::results_of(p, all), together = then;
    together.insert(together.end(), results.begin(), results.end());
    eval_together(together);
    for (const nd::array &a : then)
      after->push_back(copy_of(a));
    return finals(in, results);
  });
}

/// Recorded as a whole; every result read for itself, or all together.
outcome lazily(const compare::program &p, bool together, layout how) {
  return attempt([&] {
    arrays in = inputs_of(p, how);
    arrays results = compare::run(p, in);
    if (together)
      eval_together(results);
    return finals(in, results);
  });
}

/// The programs of a group as one compiled function.
class compiled_group {
public:
  compiled_group(size_t inputs, bool planted) : planted_(planted) {
    with_count(
        inputs, [&]<size_t... I>(std::index_sequence<I...>) {
          auto f = nd::jit([this](parameter<I>... a) { return run(arrays{a...}); });
          call_ = [f](const arrays &in) { return f(in[I]...); };
          lower_ = [f](const arrays &in) { return f.lower(in[I]...); };
        });
  }
  compiled_group(const compiled_group &) = delete;
  compiled_group &operator=(const compiled_group &) = delete;

  outcome call(const compare::program &p, layout how) {
    return attempt([&] {
      current_ = &p;
      arrays in = inputs_of(p, how), results = call_(in);
      return finals(in, results);
    });
  }

  /// The program's text as recorded and as it goes to LLVM.
  std::pair<std::string, std::string> texts(const compare::program &p) {
    current_ = &p;
    nd::program lowered = lower_(inputs_of(p, layout::c_order));
    return {lowered.text(nd::stage::recorded), lowered.text(nd::stage::llvm)};
  }

private:
  arrays run(const arrays &in) const {
    arrays results = compare::run(*current_, in);
    if (planted_ && !results.empty()) // a fault that the tester has to find
      for (const compare::step &s : current_->steps)
        if (s.name == "maximum")
          results.back() = nd::add(results.back(), nd::ones_like(results.back()));
    return results;
  }

  bool planted_;
  const compare::program *current_ = nullptr;
  std::function<arrays(const arrays &)> call_;
  std::function<nd::program(const arrays &)> lower_;
};

/// Runs a program in every way and writes what differs.
void run_program(const compare::program &p, size_t variant, compiled_group &group, uint8_t asked,
                 replies &to) {
  note(p);
  std::vector<copy> after;
  const layout odd = variant % 2 ? layout::strided : layout::fortran;
  const layout other =
      p.eager ? layout::c_order : odd; // where views or copies depend on the layout
  nd::set_num_threads(2);
  const outcome reference = asked & every_way
                                ? variant == 0 ? step_by_step(p, &after) : all_at_once(p, &after)
                            : variant == 0 ? lazily(p, true, layout::c_order)
                                           : group.call(p, layout::c_order);

  std::string differences;
  auto check = [&](const char *how, const outcome &o) {
    if (!o.error.empty() && reference.error.empty() && !p.results.empty()) // somebody reads
      differences += std::string(how) + ": threw " + o.error + "\n";
    if (!o.error.empty() || !reference.error.empty()) // what nobody reads need not fail
      return;
    for (size_t i = 0; i < o.finals.size(); ++i) {
      std::string what = differs(o.finals[i], reference.finals.at(i));
      if (what.empty())
        continue;
      std::string which = i < p.inputs.size()
                              ? "input " + std::to_string(i)
                              : "result " + std::to_string(i - p.inputs.size()) + " (value " +
                                    std::to_string(p.results[i - p.inputs.size()].value) + ")";
      differences += std::string(how) + ": " + which + " " + what + "\n";
    }
  };
  if (asked & every_way) {
    if (variant == 0) {
      check("lazily, read one by one", lazily(p, false, layout::c_order));
      check("lazily, evaluated together", lazily(p, true, other));
    }
    nd::set_num_threads(1);
    check("compiled, one thread", group.call(p, layout::c_order));
    nd::set_num_threads(2);
    check("compiled, two threads, on views", group.call(p, other));
  } else if (variant == 0) {
    check("compiled", group.call(p, layout::c_order));
  }

  to.put_text(reference.error);
  to.put_text(differences);
  to.put(hash_of(reference.finals));
  to.put(uint32_t(after.size()));
  for (const copy &c : after)
    to.put_value(c);
  if (asked & stages && reference.error.empty()) {
    auto [recorded, lowered] = group.texts(p);
    to.put_text(recorded);
    to.put_text(lowered);
  } else {
    to.put_text("");
    to.put_text("");
  }
}

} // namespace

int main() {
  report_crashes();
  replies to;
  try {
    while (true) {
      uint16_t count;
      uint8_t asked;
      if (std::fread(&count, sizeof count, 1, stdin) != 1)
        return 0;
      if (std::fread(&asked, 1, 1, stdin) != 1)
        return 2;
      std::vector<compare::program> programs(count);
      for (compare::program &p : programs)
        if (!compare::read(stdin, p))
          return 2;
      compiled_group group(programs[0].inputs.size(), asked & plant);
      for (size_t i = 0; i < programs.size(); ++i)
        run_program(programs[i], i, group, i ? asked & ~stages : asked, to);
      to.send();
    }
  } catch (const std::exception &e) {
    std::cerr << "the driver ends: " << e.what() << '\n';
    return 2;
  }
}
