// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Prints a hash of the bits of many results; check-determinism compares them across threads and
// CPUs.
#include <cstdint>
#include <cstdio>
#include <nd/nd.h>

static void print(const char *name, const nd::array &x) {
  uint64_t hash = 1469598103934665603u;
  auto add = [&](uint64_t bits) { hash = (hash ^ bits) * 1099511628211u; };
  // Bits of float64; a float32 converts exactly.
  for (double value : x.astype(nd::float64).to_vector<double>()) {
    uint64_t bits;
    static_assert(sizeof bits == sizeof value);
    __builtin_memcpy(&bits, &value, sizeof bits);
    add(value == value ? bits : 0x7ff8000000000000u); // which nan it is does not matter
  }
  std::printf("%-24s %016llx\n", name, static_cast<unsigned long long>(hash));
}

int main() {
  for (auto dtype : {nd::float32, nd::float64}) {
    nd::array x = (nd::sin(nd::arange(300.0 * 1001)) * 3).astype(dtype).reshape({300, 1001});
    nd::array y = nd::abs(x) + 0.25;
    x.eval();
    y.eval();
    print("sum", x.sum());
    print("sum rows", x.sum(1));
    print("sum columns", x.sum(0));
    print("mean, var, std", nd::stack({x.mean(1), x.var(1), x.std(1)}));
    print("whole", nd::stack({x.mean(), x.var(), x.max(), x.min(), x.prod()}));
    print("softmax", nd::exp(x - x.max(1, nd::keepdims)) /
                         nd::exp(x - x.max(1, nd::keepdims)).sum(1, nd::keepdims));
    print("columns", (x - x.mean(0)) / x.std(0));
    print("strided", nd::transpose(x)[nd::slice({}, {}, -3)].sum(0));
    print("arg", x.argmax(0) + x.argmin(0) + x.argmax());
    print("exp log", nd::exp(x) + nd::log(y) + nd::expm1(x) + nd::log1p(y) + nd::exp2(x) +
                         nd::log2(y) + nd::log10(y));
    print("sin cos tan", nd::sin(x * 1e6) + nd::cos(x) + nd::tan(x));
    print("inverse", nd::arcsin(x / 4) + nd::arccos(x / 4) + nd::arctan(x) + nd::arctan2(x, y));
    print("hyperbolic", nd::sinh(x) + nd::cosh(x) + nd::tanh(x) + nd::arcsinh(x) +
                            nd::arccosh(y + 1) + nd::arctanh(x / 4));
    print("power", nd::power(y, x) + nd::cbrt(x) + nd::hypot(x, y) + nd::sqrt(y));
    print("division", x % y + nd::fmod(x, y) + nd::floor_divide(x, y));
    print("extremes", nd::maximum(x, y) + nd::minimum(x, y) + nd::clip(x, -1, 1));
    nd::array a = x[nd::all, nd::slice(0, 300)] + nd::eye(300).astype(dtype) * 40;
    print("matmul", nd::matmul(x, nd::transpose(x)));
    print("inv", nd::linalg::inv(a));
    print("solve", nd::linalg::solve(a, x[nd::all, nd::slice(0, 7)]));
    print("qr", nd::linalg::qr(a).R);
    nd::array square = nd::matmul(nd::transpose(a), a);
    print("symmetric", square - nd::transpose(square));
    print("cholesky", nd::linalg::cholesky(square));
    print("eigh", nd::linalg::eigvalsh(square));
    print("svd", nd::linalg::svdvals(a));
    print("rfft rows", nd::absolute(nd::fft::rfft(x)));
    print("rfft columns", nd::absolute(nd::fft::rfft(x, {}, 0)));
    print("fft2 and back", nd::real(nd::fft::ifft2(nd::fft::fft2(x))));
    print("long rfft", nd::absolute(nd::fft::rfft(nd::ravel(x))));
  }
  for (auto dtype : {nd::complex64, nd::complex128}) {
    nd::array x = nd::sin(nd::arange(300.0 * 101)).reshape({300, 101}) * 3;
    nd::array z = nd::complex(x, nd::cos(x * 2)).astype(dtype);
    auto both = [](const char *name, const nd::array &w) {
      print(name, nd::stack({w.real(), w.imag()}));
    };
    both("complex sums", nd::stack({z.sum(), z.mean(), z.prod(), z.max()}));
    both("complex columns", z.sum(0));
    print("complex spread", nd::stack({z.var(), z.std()}));
    both("complex products", z * z + z / (z + 2) + nd::power(z, 3) + nd::power(z, z));
    both("complex functions", nd::exp(z) + nd::log(z) + nd::sqrt(z) + nd::sin(z) + nd::tanh(z) +
                                  nd::arcsin(z) + nd::arctan(z) + nd::arccosh(z));
    both("complex matmul", nd::matmul(z, nd::transpose(z)));
  }
  for (auto dtype : {nd::float16, nd::bfloat16}) {
    nd::array x = (nd::sin(nd::arange(300.0 * 101)).reshape({300, 101}) * 3).astype(dtype);
    print("half sums", nd::stack({x.sum(), x.mean(), x.var(), x.max()}));
    print("half columns", x.sum(0));
    print("half functions", nd::exp(x) * x + nd::sin(x) / (x + 4));
    print("half matmul", nd::matmul(x, nd::transpose(x)));
  }
}
