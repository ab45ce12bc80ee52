// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The table of a program's cost.
#include "nd/cost.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ostream>

namespace nd {
namespace {

using line = std::array<std::string, 7>;

std::string two_digits(double x) {
  char buffer[64];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, x, std::chars_format::fixed, 2);
  return {buffer, end.ptr};
}

std::string place_of(const std::vector<std::string> &where) {
  if (where.empty())
    return "";
  // The last part of the path is what people look for; the struct has all of it.
  auto short_name = [](const std::string &place) {
    const size_t slash = place.rfind('/');
    return slash == place.npos ? place : place.substr(slash + 1);
  };
  std::string out = short_name(where[0]);
  for (size_t i = 1; i < where.size() && i < 4; ++i) {
    std::string next = short_name(where[i]);
    const size_t colon = next.rfind(':');
    const bool same = out.starts_with(next.substr(0, colon + 1));
    out += same ? "," + next.substr(colon + 1) : ", " + next;
  }
  return out + (where.size() > 4 ? ", ..." : "");
}

line line_of(const std::string &what, const operation_counts &c, bool known,
             const std::string &where) {
  if (!known && c.flops == 0 && c.bytes_read + c.bytes_written == 0)
    return {what, "?", "?", "?", "?", "?", where};
  const std::string mark = known ? "" : "+?";
  return {what,
          std::to_string(c.flops) + mark,
          std::to_string(c.functions) + mark,
          std::to_string(c.bytes_read) + mark,
          std::to_string(c.bytes_written) + mark,
          two_digits(c.intensity()),
          where};
}

} // namespace

double operation_counts::intensity() const {
  const int64_t bytes = bytes_read + bytes_written;
  return bytes ? double(flops) / double(bytes) : 0;
}

std::ostream &operator<<(std::ostream &out, const program_cost &cost) {
  std::vector<line> lines = {
      {"", "flops", "functions", "read", "written", "flops/byte", "written at"}};
  for (const cost_row &row : cost.rows) {
    const char *kind = row.kind == cost_row::form::kernel         ? "kernel: "
                       : row.kind == cost_row::form::library_call ? "call: "
                                                                  : "copy: ";
    std::string what = kind + row.what;
    if (what.size() > 48)
      what = what.substr(0, 45) + "...";
    lines.push_back(line_of(what, row, row.known, place_of(row.where)));
  }
  lines.push_back(line_of("total", cost, cost.known, ""));
  std::array<size_t, 7> widths{};
  for (const line &l : lines)
    for (size_t i = 0; i < l.size(); ++i)
      widths[i] = std::max(widths[i], l[i].size());
  for (const line &l : lines) {
    std::string text = l[0] + std::string(widths[0] - l[0].size(), ' ');
    for (size_t i = 1; i < 6; ++i)
      text += "  " + std::string(widths[i] - l[i].size(), ' ') + l[i];
    text += "  " + l[6];
    out << text.substr(0, text.find_last_not_of(' ') + 1) << '\n';
  }
  auto counted = [](int64_t n, const char *what) {
    return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
  };
  return out << counted(cost.kernels, "loop nest") << ", "
             << counted(cost.library_calls, "library call") << ", "
             << (cost.copies == 1 ? "1 copy" : std::to_string(cost.copies) + " copies") << ", "
             << (cost.temporaries == 1 ? "1 temporary"
                                       : std::to_string(cost.temporaries) + " temporaries")
             << " of " << cost.temporary_bytes << " bytes\n";
}

} // namespace nd
