// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The results of a compiled function as a row of arrays: one array, a tuple, a pair, a vector of
// arrays, or a struct whose members are arrays.
#ifndef ND_RESULTS_H
#define ND_RESULTS_H

#include <nd/array.h>

#include <tuple>
#include <utility>

namespace nd::detail {

struct any_array {
  operator array() const;
};

template <size_t> using any_array_at = any_array;

template <class T, size_t... I> constexpr bool takes(std::index_sequence<I...>) {
  return requires { T{any_array_at<I>()...}; };
}

/// How many arrays a struct holds: the most that its braces take.
template <class T, size_t N = 8> constexpr size_t field_count() {
  if constexpr (N == 0)
    return 0;
  else if constexpr (takes<T>(std::make_index_sequence<N>()))
    return N;
  else
    return field_count<T, N - 1>();
}

template <class T> auto fields(T &x) {
  constexpr size_t n = field_count<T>();
  static_assert(n > 0, "a function for nd::jit returns arrays: one, a tuple, a vector or a struct");
  if constexpr (n == 1) {
    auto &[a] = x;
    return std::tie(a);
  } else if constexpr (n == 2) {
    auto &[a, b] = x;
    return std::tie(a, b);
  } else if constexpr (n == 3) {
    auto &[a, b, c] = x;
    return std::tie(a, b, c);
  } else if constexpr (n == 4) {
    auto &[a, b, c, d] = x;
    return std::tie(a, b, c, d);
  } else if constexpr (n == 5) {
    auto &[a, b, c, d, e] = x;
    return std::tie(a, b, c, d, e);
  } else if constexpr (n == 6) {
    auto &[a, b, c, d, e, f] = x;
    return std::tie(a, b, c, d, e, f);
  } else if constexpr (n == 7) {
    auto &[a, b, c, d, e, f, g] = x;
    return std::tie(a, b, c, d, e, f, g);
  } else {
    auto &[a, b, c, d, e, f, g, h] = x;
    return std::tie(a, b, c, d, e, f, g, h);
  }
}

/// Structs.
template <class R> struct results {
  static constexpr size_t count = field_count<R>();
  static void flatten(R &&value, std::vector<array> &out) {
    std::apply([&](auto &...part) { (out.push_back(std::move(part)), ...); }, fields(value));
  }
  static R build(array *from) {
    R value;
    std::apply([&](auto &...part) { ((part = std::move(*from++)), ...); }, fields(value));
    return value;
  }
};

template <> struct results<void> { static constexpr size_t count = 0; };

template <> struct results<array> {
  static constexpr size_t count = 1;
  static void flatten(array &&value, std::vector<array> &out) { out.push_back(std::move(value)); }
  static array build(array *from) { return std::move(*from); }
};

template <class Tuple> struct tuple_results {
  static constexpr size_t count = std::tuple_size_v<Tuple>;
  static void flatten(Tuple &&value, std::vector<array> &out) {
    std::apply([&](auto &...part) { (out.push_back(std::move(part)), ...); }, value);
  }
  static Tuple build(array *from) {
    Tuple value;
    std::apply([&](auto &...part) { ((part = std::move(*from++)), ...); }, value);
    return value;
  }
};
template <class... A> struct results<std::tuple<A...>> : tuple_results<std::tuple<A...>> {};
template <class A, class B> struct results<std::pair<A, B>> : tuple_results<std::pair<A, B>> {};

template <> struct results<std::vector<array>> {
  static constexpr size_t count = 0; // known when the function has run
  static void flatten(std::vector<array> &&value, std::vector<array> &out) {
    out = std::move(value);
  }
};

} // namespace nd::detail

#endif // ND_RESULTS_H
