// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Functions compiled as a whole.
#ifndef ND_JIT_H
#define ND_JIT_H

#include <nd/cost.h>
#include <nd/results.h>
#include <nd/stage.h>

#include <initializer_list>
#include <memory>
#include <optional>
#include <type_traits>

namespace ND_API nd {
namespace random {
class Generator;
}

namespace detail {

struct jit_core;
struct program_core;

/// Calls the user's function at \p function with \p arguments.
using traced_call = void (*)(void *function, const array *arguments, std::vector<array> &results);

jit_core *new_jit(void *function, void (*destroy)(void *), const site &where);
void retain(jit_core *) noexcept;
void release(jit_core *) noexcept;
void *function_of(jit_core *) noexcept;
/// Fills \p out with \p count results.
void call(jit_core &, traced_call, const operand *arguments, size_t argument_count, array *out,
          size_t count);
std::vector<array> call(jit_core &, traced_call, const operand *arguments, size_t argument_count);
program_core *lower(jit_core &, traced_call, const operand *arguments, size_t argument_count);
void retain(program_core *) noexcept;
void release(program_core *) noexcept;

/// A shared reference to what the library keeps.
template <class Core> class handle {
public:
  explicit handle(Core *core) : core_(core) {}
  handle(const handle &other) noexcept : core_(other.core_) { retain(core_); }
  handle &operator=(handle other) noexcept {
    std::swap(core_, other.core_);
    return *this;
  }
  ~handle() { release(core_); }
  Core *get() const { return core_; }

private:
  Core *core_;
};

// A generator goes in as the words of its state, which the call overwrites.

template <class A> constexpr bool is_generator = std::is_same_v<A, random::Generator>;
/// What the function takes for an argument of type A.
template <class A> using traced_argument = std::conditional_t<is_generator<A>, A, array>;

const array &state_of(const random::Generator &) noexcept;
/// A generator that draws from \p state; none is left over when a trace ends.
random::Generator drawing_from(const array &state);
/// Leaves in \p state what is behind the last draw.
void settle(const random::Generator &, const array &state);
/// Whether this thread records a function.
bool is_tracing() noexcept;

/// Keeps other threads from drawing from the generators meanwhile.
class sole_use {
public:
  explicit sole_use(std::initializer_list<const random::Generator *> generators);
  ~sole_use();
  sole_use(const sole_use &) = delete;
  sole_use &operator=(const sole_use &) = delete;

private:
  std::vector<std::shared_ptr<void>> held_;
};

template <class A> operand given(const A &x, const site &where) {
  if constexpr (is_generator<A>)
    return operand(state_of(x), where);
  else
    return operand(x, where);
}
template <class A> const random::Generator *generator_in(const A &x) {
  if constexpr (is_generator<A>)
    return &x;
  else
    return nullptr;
}
template <class A> traced_argument<A> taken(const array &x) {
  if constexpr (is_generator<A>) // whose class is complete where there is one
    return [](const auto &state) { return drawing_from(state); }(x);
  else
    return x;
}

} // namespace detail

/// A function as the compiler sees it, at each stage.
class program {
public:
  explicit program(detail::program_core *core) : core_(core) {}

  /// The program at stage \p s as text.
  std::string text(stage s) const;
  /// Writes text(s) to standard output, or to \p out.
  void print(stage s) const;
  void print(stage s, std::ostream &out) const;
  /// The fused program as a graph for Graphviz.
  std::string dot() const;

  /// What it costs: arithmetic, memory traffic and temporaries, for each loop nest and library
  /// call.
  ///
  /// Cost    runs the compiler's passes as far as the plan of buffers; compiles nothing.
  program_cost cost() const;

  /// Loop nests in the compiled program.
  int kernels() const;
  /// Calls of library routines (matmul, inv, ...) in the compiled program.
  int library_calls() const;
  /// Milliseconds that compiling took.
  double compile_ms() const;

private:
  detail::handle<detail::program_core> core_;
};

/// A compiled function. Copies share what is compiled; several threads may call it at once.
template <class F> class compiled {
public:
  explicit compiled(F function, site where = site::current())
      : core_(detail::new_jit(
            new F(std::move(function)), [](void *f) { delete static_cast<F *>(f); }, where)),
        where_(where) {}

  /// Runs it. The first call with arguments of new dtypes and shapes records the function; code is
  /// compiled only where none exists for the same program at other sizes.
  template <class... A> auto operator()(const A &...arguments) const {
    using R = result<A...>;
    using pack = detail::results<R>;
    constexpr size_t count = sizeof...(A);
    constexpr bool draws = (detail::is_generator<A> || ...);
    [[maybe_unused]] std::conditional_t<draws, std::optional<detail::sole_use>, int> sole{};
    if constexpr (draws) {
      if (detail::is_tracing()) // a part of another function, whose generators are its own
        return (*static_cast<F *>(detail::function_of(core_.get())))(
            detail::traced_argument<A>(arguments)...);
      sole.emplace(
          std::initializer_list<const random::Generator *>{detail::generator_in(arguments)...});
    }
    const operand operands[count + 1] = {detail::given(arguments, where_)..., operand(0)};
    if constexpr (std::is_void_v<R>) {
      detail::call(*core_.get(), run<A...>, operands, count, nullptr, 0);
    } else if constexpr (pack::count == 0) {
      return detail::call(*core_.get(), run<A...>, operands, count);
    } else {
      array out[pack::count];
      detail::call(*core_.get(), run<A...>, operands, count, out, pack::count);
      return pack::build(out);
    }
  }

  /// The program that a call with such arguments runs, to look inside. Only their dtypes and shapes
  /// matter.
  template <class... A> program lower(const A &...arguments) const {
    const operand operands[sizeof...(A) + 1] = {detail::given(arguments, where_)..., operand(0)};
    return program(detail::lower(*core_.get(), run<A...>, operands, sizeof...(A)));
  }

private:
  template <class... A> using result = std::invoke_result_t<F &, detail::traced_argument<A>...>;

  template <class... A>
  static void run(void *function, const array *arguments, std::vector<array> &out) {
    auto &f = *static_cast<F *>(function);
    [&]<size_t... I>(std::index_sequence<I...>) {
      if constexpr ((detail::is_generator<A> || ...)) {
        const std::tuple<detail::traced_argument<A>...> given(detail::taken<A>(arguments[I])...);
        keep(out, [&] { return f(detail::traced_argument<A>(std::get<I>(given))...); });
        [[maybe_unused]] auto settle = [](const auto &x, const array &state) {
          if constexpr (detail::is_generator<std::decay_t<decltype(x)>>)
            detail::settle(x, state);
        };
        (settle(std::get<I>(given), arguments[I]), ...);
      } else {
        keep(out, [&] { return f(array(arguments[I])...); });
      }
    }
    (std::index_sequence_for<A...>());
  }
  template <class Call> static void keep(std::vector<array> &out, Call call) {
    using R = decltype(call());
    if constexpr (std::is_void_v<R>)
      call();
    else
      detail::results<R>::flatten(call(), out);
  }

  detail::handle<detail::jit_core> core_;
  site where_;
};

/// Compiles a function of arrays: `auto f = nd::jit([](nd::array x) { return nd::tanh(x); });`.
///
/// Results  nothing, an array, a std::tuple, a std::pair, a std::vector of arrays, or a struct of
/// up to 8
///          arrays. One that is an argument, or a view of it, shares its memory.
/// Rules    the function runs once per signature, on arrays without values: reading one throws
///          trace_error. What it writes into an argument, the caller's array has after the call.
///          Arrays it captures are read at each call; writing into one throws trace_error.
/// Draws    from a random::Generator that it captures or takes: each call goes on with the stream.
template <class F> compiled<F> jit(F function, site where = site::current()) {
  return compiled<F>(std::move(function), where);
}

/// What the compiler has done in this process.
struct compile_statistics {
  int64_t programs; ///< programs compiled
  int64_t reused;   ///< programs that were found compiled already
  double ms;        ///< milliseconds compiling
  int64_t loaded;   ///< programs that were found in ND_CACHE_DIR
};
compile_statistics compile_stats();

} // namespace nd

#endif // ND_JIT_H
