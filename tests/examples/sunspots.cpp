// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The sunspot numbers of 1700 to 2008: a polynomial fit takes the trend away, and the periodogram
// of what is left shows the cycle of eleven years. Draws both as an SVG.
#include <nd/nd.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <vector>

// A panel of the picture: axes, labels and lines over x and y in data units.
class panel {
public:
  panel(std::ostream &out, double top, const char *title, double x0, double x1, double y1)
      : out_(out), top_(top), x0_(x0), x1_(x1), y1_(y1) {
    out_ << "<text x='60' y='" << top - 12 << "' font-size='15'>" << title << "</text>\n"
         << "<path d='M60 " << top << "V" << top + height << "H760' fill='none' stroke='#888'/>\n";
  }
  double across(double x) const { return 60 + 700 * (x - x0_) / (x1_ - x0_); }
  double up(double y) const { return top_ + height * (1 - y / y1_); }

  void line(const nd::array &x, const nd::array &y, const char *style) {
    const std::vector<double> xs = x.to_vector<double>(), ys = y.to_vector<double>();
    out_ << "<path fill='none' " << style << " d='";
    for (size_t i = 0; i < xs.size(); ++i)
      out_ << (i ? "L" : "M") << rounded(across(xs[i])) << ' ' << rounded(up(ys[i]));
    out_ << "'/>\n";
  }
  void tick(double x, const std::string &text) {
    out_ << "<text x='" << across(x) << "' y='" << top_ + height + 18 << "' text-anchor='middle'>"
         << text << "</text>\n";
  }
  void height_tick(double y) {
    out_ << "<text x='52' y='" << up(y) + 4 << "' text-anchor='end'>" << y << "</text>\n";
  }
  void note(double x, double y, const std::string &text) {
    out_ << "<text x='" << across(x) + 8 << "' y='" << up(y) + 12 << "'>" << text << "</text>\n";
  }

private:
  static constexpr double height = 190;
  std::ostream &out_;
  double top_, x0_, x1_, y1_;

  static double rounded(double x) { return std::round(x * 10) / 10; }
};

int main(int argc, char **argv) try {
  const char *path = argc > 1 ? argv[1] : "tests/examples/data/sunspots.csv";
  nd::array table = nd::loadtxt(path, {.delimiter = ",", .skiprows = 1});
  nd::array year = table[nd::all, 0], spots = table[nd::all, 1];

  // A cubic through centuries counted from the middle.
  nd::array t = (year - year.mean()) / 100;
  nd::array trend = nd::polyfit(t, spots, 3);
  nd::array fitted = nd::polyval(trend, t);
  const double left = ((spots - fitted).var() / spots.var()).item<double>();
  std::cout << path << ": " << year.size() << " years, " << spots.mean() << " spots on average\n"
            << "cubic trend, per century: " << trend << "\n";
  std::printf("it leaves %.1f %% of the variance\n", 100 * left);

  // Four times as many points as years: the same spectrum, drawn finer.
  const int64_t n = year.size(), points = 4 * n;
  auto periodogram = nd::jit([points](nd::array x) {
    return nd::square(nd::absolute(nd::fft::rfft(x, points))) / x.size();
  });
  nd::array power = periodogram(spots - fitted);
  nd::array frequency = nd::fft::rfftfreq(points);
  const double peak = frequency[nd::argmax(power)].item<double>();
  std::printf("the periodogram peaks at %.4f cycles a year: a period of %.2f years\n", peak,
              1 / peak);

  // Parseval: the power is the variance, whichever way it is summed.
  nd::array whole = nd::square(nd::absolute(nd::fft::fft(spots - fitted))).sum() / (n * n);
  const bool same = nd::allclose(whole, (spots - fitted).var());

  std::ostringstream svg;
  svg << "<svg xmlns='http://www.w3.org/2000/svg' width='800' height='540' "
         "font-family='sans-serif' font-size='12' fill='#222'>\n"
         "<rect width='800' height='540' fill='white'/>\n";
  panel series(svg, 40, "Sunspots a year, and their cubic trend", 1700, 2010, 200);
  for (int label = 1700; label <= 2000; label += 50)
    series.tick(label, std::to_string(label));
  for (int label : {0, 100, 200})
    series.height_tick(label);
  series.line(year, spots, "stroke='#3b76c4'");
  series.line(year, fitted, "stroke='#d5603a' stroke-width='2'");
  const double highest = power.max().item<double>() * 1.1;
  panel spectrum(svg, 300, "Periodogram: power by cycles a year", 0, 0.25, highest);
  for (double label : {0.0, 0.05, 0.1, 0.15, 0.2, 0.25}) {
    char text[16];
    std::snprintf(text, sizeof text, "%.2f", label);
    spectrum.tick(label, text);
  }
  nd::array shown = frequency <= 0.25;
  spectrum.line(frequency[shown], power[shown], "stroke='#3b76c4'");
  char text[32];
  std::snprintf(text, sizeof text, "%.1f years", 1 / peak);
  spectrum.note(peak, power.max().item<double>(), text);
  svg << "</svg>\n";
  const char *picture = argc > 2 ? argv[2] : "sunspots.svg";
  std::ofstream(picture) << svg.str();
  std::printf("drawn in %s\n", picture);

  return std::abs(1 / peak - 11) < 0.2 && same && left < 1 ? 0 : 1;
} catch (const nd::error &e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}
