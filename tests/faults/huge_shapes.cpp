// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sizes whose products overflow, or that no memory holds: refused by arithmetic, with a message.
#include "tests/unit/frontend_expect.h"

#include <functional>
#include <limits>

namespace {

using namespace nd;
constexpr int64_t most = std::numeric_limits<int64_t>::max(), least = -most - 1;
constexpr int64_t B = int64_t(1) << 62, H = int64_t(1) << 32, Q = int64_t(1) << 40;

void finish(const array &a) { a.eval(); }
template <class T> void finish(const T &) {}

/// An array with n equal elements that takes no memory.
array wide(const nd::shape &s) { return broadcast_to(full({}, 1, int8), s); }

struct attempt {
  const char *text;
  std::function<void()> run;
};
#define TRY(...)                                                                                   \
  attempt {                                                                                        \
#__VA_ARGS__, [] { finish(__VA_ARGS__); }                                                      \
  }

const attempt refused[] = {
    TRY(zeros({B})),
    TRY(zeros({most})),
    TRY(zeros({least})),
    TRY(zeros({H, H})),
    TRY(zeros({0, H, H})),
    TRY(zeros({1 << 20, 1 << 20, 1 << 10}, int8)),
    TRY(ones({Q, Q})),
    TRY(full({H, H}, 2)),
    TRY(full({B}, array({1.0}))),
    TRY(empty({B}, float64)),
    TRY(empty({B / 2, 2}, complex64)),
    TRY(empty({Q})),
    TRY(eye(H)),
    TRY(identity(B)),
    TRY(tri(H)),
    TRY(arange(1e300)),
    TRY(arange(most)),
    TRY(arange(least, most)),
    TRY(arange(0, 1, 1e-300)),
    TRY(linspace(0, 1, B)),
    TRY(linspace(0, 1, least)),
    TRY(logspace(0, 1, most)),
    TRY(geomspace(1, 2, B)),
    TRY(vander(array({1.0, 2.0}), B)),
    TRY(vander(array({1.0, 2.0}), most)),
    TRY(vander(array({1.0, 2.0}), -1)),
    TRY(diag(array({1.0}), most)),
    TRY(diag(array({1.0}), least)),
    TRY(diagflat(array({1.0}), B)),
    TRY(diag(wide({H}))),
    TRY(mgrid[slice(0, H), slice(0, H)]),
    TRY(mgrid[slice(least, most)]),
    TRY(indices({H, H})),
    TRY(fromfunction([](array a, array b) { return a + b; }, {H, H})),
    TRY(broadcast_to(array(1.0), {H, H})),
    TRY(broadcast_to(array(1.0), {H, H / 4})), // elements that could be counted, and bytes that not
    TRY(wide({H, 1}) + wide({1, H})),
    TRY(reshape(ones({6}), {H, H})),
    TRY(reshape(ones({6}), {least})),
    TRY(reshape(ones({6}), {most, -1})),
    TRY(reshape(zeros({0}), {0, most, most})),
    TRY(wide({H, H / 4}).astype(float64)),
    TRY(wide({H, H / 4}).copy()),
    TRY(repeat(ones({4}), most)),
    TRY(repeat(ones({4}), B)),
    TRY(repeat(ones({4}), array({B, B, B, B}))),
    TRY(repeat(ones({5}), array({B, B, B, B, int64_t(3)}))),
    TRY(repeat(ones({2, 2}), array({most, most}), 1)),
    TRY(repeat(ones({2}), array({most, int64_t(1)}))),
    TRY(tile(ones({4}), {B})),
    TRY(tile(ones({4, 4}), {H, H})),
    TRY(tile(ones({4}), {least})),
    TRY(pad(ones({4}), B)),
    TRY(pad(ones({4}), most)),
    TRY(pad(ones({4, 4}), B)),
    TRY(pad(ones({4}), most, "edge")),
    TRY(pad(ones({4}), most, "symmetric")),
    TRY(pad(ones({4}), Q, "wrap")),
    TRY(pad(ones({4}), Q, "reflect")),
    TRY(pad(ones({4}), B, "linear_ramp")),
    TRY(outer(wide({H}), wide({H}))),
    TRY(kron(wide({Q}), wide({Q}))),
    TRY(kron(wide({1 << 20, 1 << 20}), wide({1 << 20, 1 << 20}))),
    TRY(concatenate({wide({B}), wide({B})})),
    TRY(stack({wide({H, H / 4}), wide({H, H / 4}), wide({H, H / 4})})),
    TRY(block({{wide({H, H / 4}), wide({H, H / 4})}, {wide({H, H / 4}), wide({H, H / 4})}})),
    TRY(resize(ones({4}), {most})),
    TRY(resize(ones({4}), {H, H})),
    TRY(insert(ones({4}), most, 1)),
    TRY(delete_(ones({4}), least)),
    TRY(diag_indices(3, most)),
    TRY(diag_indices(B)),
    TRY(tril_indices(H)),
    TRY(unravel_index(array({5}), {most, most})),
    TRY(split(ones({4}), most)),
    TRY(array_split(ones({4}), most)),
    TRY(unstack(wide({B}))),
    TRY(histogram(ones({4}), B)),
    TRY(bincount(array({most}))),
    TRY(bincount(array({1}), array(), B)),
    TRY(convolve(wide({B}), wide({B}))),
    TRY(matmul(wide({H, 1}), wide({1, H}))),
    TRY(matmul(zeros({4, 0}), zeros({0, 4})) + zeros({H, H})),
    TRY(tensordot(wide({H}), wide({H}), 0)),
    TRY(tensordot(ones({2}), ones({2}), least)),
    TRY(einsum("i,j->ij", {wide({H}), wide({H})})),
    TRY(inner(wide({H, 1}), wide({H, 1}))),
    TRY(cov(wide({H, 2}))),
    TRY(polyint(ones({4}), most)),
    TRY(polyfit(ones({4}), ones({4}), most)),
    TRY(polyfit(ones({4}), ones({4}), Q)),
    TRY(poly1d({1, 2}).pow(most)),
    TRY(polymul(broadcast_to(array(1.0), {Q}), ones({1}))),
    TRY(percentile(wide({H, H / 4}), 50)),
    TRY(gradient(wide({H, H / 2}))),
    TRY(linalg::inv(wide({1 << 20, 1 << 20}))),
    TRY(linalg::det(wide({1 << 20, 1 << 20}))),
    TRY(from_buffer(static_cast<double *>(nullptr), {H, H})),
    TRY(from_buffer(static_cast<double *>(nullptr), {H, H / 4})),
    TRY(ones({4})[most]),
    TRY(ones({4})[least]),
    TRY(ones({4})[array({least})]),
    TRY(take(ones({4}), array({most}))),
    TRY(expand_dims(ones({2}), least)),
    TRY(swapaxes(ones({2, 2}), least, 0)),
};

} // namespace

TEST(HugeShapes, AreRefused) {
  for (const attempt &a : refused) {
    try {
      a.run();
      ADD_FAILURE() << a.text << " is not refused";
    } catch (const nd::error &e) {
      const std::string text = e.what();
      EXPECT_EQ(text.find("run time"), std::string::npos) << a.text << ": " << text;
    } catch (const std::exception &e) {
      ADD_FAILURE() << a.text << " throws something else: " << e.what();
    }
  }
}

TEST(HugeShapes, OnesThatNeedNoMemoryWork) {
  EXPECT_EQ(wide({H, H / 4}).T().shape(), (nd::shape{H / 4, H}));
  EXPECT_EQ(wide({B})[most / 4].item<int>(), 1);
  EXPECT_EQ(zeros({0, Q}, int8).size(), 0);
  expect_array<double>(eye(2, 2, most), {2, 2}, {0, 0, 0, 0});
  expect_array<double>(tri(2, 2, least), {2, 2}, {0, 0, 0, 0});
  expect_array<double>(diag(ones({3, 3}), least), {0}, {});
  expect_array<double>(roll(arange(4.0), most), {4}, {1, 2, 3, 0});
  expect_array<double>(diff(ones({4}), most), {0}, {});
  expect_array<double>(polyder(ones({4}), most), {0}, {});
  expect_array<double>(ones({4})[slice({}, {}, least)], {1}, {1});
  expect_array<double>(ones({4})[slice(0, 4, most)], {1}, {1});
}

// Counts whose sum wraps around to a small number would write far behind the result.
TEST(HugeShapes, RepetitionsInsideJit) {
  auto f = nd::jit([](nd::array x, nd::array n) { return nd::repeat(x, n); });
  EXPECT_THROW(f(ones({5}), array({B, B, B, B, int64_t(3)})).eval(), nd::error);
  EXPECT_EQ(f(ones({5}), array({1, 2, 0, 0, 3})).size(), 6);
}
