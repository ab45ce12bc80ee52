// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Least squares on Longley's data of 1967, known for columns that are nearly dependent, three ways;
// beside the coefficients that NIST certifies (Statistical Reference Datasets, Longley).
#include <nd/nd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

struct coefficient {
  const char *name;
  double certified;
};
const coefficient coefficients[] = {
    {"constant", -3482258.63459582}, {"GNPDEFL", 15.0618722713733}, {"GNP", -0.0358191792925910},
    {"UNEMP", -2.02022980381683},    {"ARMED", -1.03322686717359},  {"POP", -0.0511041056535807},
    {"YEAR", 1829.15146461355},
};

// How many leading digits of x agree with the certified value, which has 15.
double agreeing_digits(double x, double certified) {
  return std::min(15.0, -std::log10(std::abs(x - certified) / std::abs(certified)));
}

// Prints one fit. True if each coefficient agrees in as many digits as the method is good for.
bool show(const char *method, const nd::array &fit, double enough) {
  const std::vector<double> x = fit.to_vector<double>();
  double worst = 15;
  std::printf("\n%s\n  %-10s %22s %22s  digits\n", method, "", "nd", "NIST");
  for (size_t i = 0; i < x.size(); ++i) {
    const double digits = agreeing_digits(x[i], coefficients[i].certified);
    std::printf("  %-10s %22.15g %22.15g  %6.1f\n", coefficients[i].name, x[i],
                coefficients[i].certified, digits);
    worst = std::min(worst, digits);
  }
  const bool good = worst >= enough; // not for nan
  std::printf("  fewest %.1f, wanted %.1f: %s\n", worst, enough, good ? "good" : "NOT GOOD");
  return good;
}

int main(int argc, char **argv) try {
  const char *path = argc > 1 ? argv[1] : "tests/examples/data/longley.csv";
  nd::array table = nd::loadtxt(path, {.delimiter = ",", .skiprows = 1});
  nd::array y = table[nd::all, 1];
  nd::array X = nd::column_stack({nd::ones(y.size()), table[nd::all, nd::slice(2, {})]});
  std::printf("%s: %lld years, TOTEMP on a constant and six columns\n", path, (long long)y.size());

  auto normal_equations = nd::jit([](nd::array X, nd::array y) {
    return nd::matmul(nd::linalg::inv(nd::matmul(X.T(), X)), nd::matmul(X.T(), y));
  });
  auto orthogonal = nd::jit([](nd::array X, nd::array y) {
    auto [Q, R] = nd::linalg::qr(X);
    return nd::linalg::solve(R, nd::matmul(Q.T(), y));
  });
  auto singular_values =
      nd::jit([](nd::array X, nd::array y) { return nd::linalg::lstsq(X, y).x; });

  bool good = show("normal equations: inv(X'X) X'y", normal_equations(X, y), 7);
  good &= show("QR: solve(R, Q'y)", orthogonal(X, y), 10.5);
  good &= show("singular values: lstsq(X, y)", singular_values(X, y), 10.5);
  return good ? 0 : 1;
} catch (const nd::error &e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
