// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/array/Subscripts.h"

#include <algorithm>

namespace nd::detail {
namespace {

/// One operand's subscripts, or the output's, and where each stands in the text.
struct term {
  std::vector<label> labels; // 0 for the ellipsis
  std::vector<size_t> at;
  bool ellipsis = false;

  int64_t named() const { return int64_t(labels.size()) - ellipsis; }
};

struct reader {
  std::string_view text;
  const char *what;
  const site &where;

  [[noreturn]] void refuse(size_t at, const std::string &why) const {
    raise(rules::error_kind::value, what,
          "subscripts '" + std::string(text) + "', position " + std::to_string(at) + ": " + why,
          where);
  }
  static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  /// The terms, those of the operands first; whether there is an output.
  std::vector<term> read(bool &has_output) const {
    std::vector<term> terms(1);
    has_output = false;
    for (size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      term &t = terms.back();
      if (c == ' ')
        continue;
      if (letter(c)) {
        t.labels.push_back(c);
        t.at.push_back(i);
      } else if (c == '.') {
        if (text.substr(i, 3) != "...")
          refuse(i, "a '.' that is no ellipsis; write '...'");
        if (t.ellipsis)
          refuse(i, "a second ellipsis; each operand has at most one");
        t.ellipsis = true;
        t.labels.push_back(0);
        t.at.push_back(i);
        i += 2;
      } else if (c == ',') {
        if (has_output)
          refuse(i, "a ',' in the output; there is one output");
        terms.emplace_back();
      } else if (c == '-' && i + 1 < text.size() && text[i + 1] == '>') {
        if (has_output)
          refuse(i, "a second '->'; there is one output");
        has_output = true;
        terms.emplace_back();
        ++i;
      } else {
        refuse(i, "'" + std::string(1, c) + "' is no subscript; use letters, ',', '...' and '->'");
      }
    }
    return terms;
  }
};

} // namespace

std::string name_of(label l) {
  return l >= first_unnamed ? "axis -" + std::to_string(l - first_unnamed + 1) + " of '...'"
                            : "'" + std::string(1, char(l)) + "'";
}

subscripts::subscripts(std::string_view text, std::span<const nd::shape> shapes, const char *what,
                       const site &where) {
  reader r{text, what, where};
  bool has_output = false;
  std::vector<term> terms = r.read(has_output);
  const size_t count = terms.size() - has_output;
  if (count != shapes.size())
    raise(rules::error_kind::value, what,
          "subscripts '" + std::string(text) + "' are for " + std::to_string(count) +
              " operands and " + std::to_string(shapes.size()) +
              " are given; write one term for each, parted by ','",
          where);

  int64_t unnamed = 0;
  std::map<label, int64_t> occurrences;
  for (size_t k = 0; k < count; ++k) {
    const term &t = terms[k];
    const int64_t ndim = int64_t(shapes[k].size()), rest = ndim - t.named();
    const size_t end = t.at.empty() ? 0 : t.at.back();
    if (rest < 0)
      r.refuse(end, "operand " + std::to_string(k) + " has shape " + to_string(shapes[k]) +
                        " and " + std::to_string(t.named()) +
                        " subscripts; give one for each axis");
    if (rest > 0 && !t.ellipsis)
      r.refuse(end, "operand " + std::to_string(k) + " has shape " + to_string(shapes[k]) +
                        " and only " + std::to_string(t.named()) +
                        " subscripts; give one for each axis, or '...' for the others");
    std::vector<label> labels;
    for (label l : t.labels)
      if (l)
        labels.push_back(l);
      else
        for (int64_t i = rest; i-- > 0;)
          labels.push_back(first_unnamed + int(i));
    unnamed = std::max(unnamed, t.ellipsis ? rest : 0);
    for (size_t axis = 0; axis < labels.size(); ++axis) {
      const label l = labels[axis];
      ++occurrences[l];
      const int64_t extent = shapes[k][axis];
      for (size_t other = 0; other < axis; ++other)
        if (labels[other] == l && shapes[k][other] != extent)
          raise(rules::error_kind::shape, what,
                "operand " + std::to_string(k) + " has shape " + to_string(shapes[k]) +
                    " and subscript " + name_of(l) + " names axes of sizes " +
                    std::to_string(shapes[k][other]) + " and " + std::to_string(extent) +
                    "; a diagonal needs equal ones",
                where);
      auto [known, added] = extents.insert({l, extent});
      if (added || known->second == extent || extent == 1)
        continue;
      if (known->second != 1)
        raise(rules::error_kind::shape, what,
              "subscript " + name_of(l) + " has size " + std::to_string(known->second) +
                  " and, in operand " + std::to_string(k) + " of shape " + to_string(shapes[k]) +
                  ", size " + std::to_string(extent) + "; equal letters need equal sizes, or 1",
              where);
      known->second = extent;
    }
    operands.push_back(std::move(labels));
  }

  auto add_unnamed = [&] {
    for (int64_t i = unnamed; i-- > 0;)
      output.push_back(first_unnamed + int(i));
  };
  if (!has_output) {
    add_unnamed();
    for (auto [l, times] : occurrences) // in the order of the alphabet
      if (l < first_unnamed && times == 1)
        output.push_back(l);
    return;
  }
  const term &out = terms.back();
  if (unnamed && !out.ellipsis)
    raise(rules::error_kind::value, what,
          "subscripts '" + std::string(text) + "': the operands have '...' of " +
              std::to_string(unnamed) + (unnamed == 1 ? " axis" : " axes") +
              " and the output has none; name it behind '->'",
          where);
  for (size_t i = 0; i < out.labels.size(); ++i) {
    const label l = out.labels[i];
    if (!l) {
      add_unnamed();
      continue;
    }
    if (std::find(output.begin(), output.end(), l) != output.end())
      r.refuse(out.at[i], "the output names " + name_of(l) + " twice");
    if (!occurrences.count(l))
      r.refuse(out.at[i], "the output names " + name_of(l) + ", which no operand has");
    output.push_back(l);
  }
}

} // namespace nd::detail
