// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reads commands, a line each, carries them out with nd and answers each with a line: "ok", what is
// asked for, or the error. A command is its name and key=value pairs, separated by tabs; values are
// percent-encoded.
#include <nd/nd.h>

#include <charconv>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>

namespace {

std::string decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    int code = 0;
    std::from_chars(text.data() + i + 1, text.data() + i + 3, code, 16);
    out += char(code);
    i += 2;
  }
  return out;
}

struct command {
  std::string name;
  std::vector<std::pair<std::string, std::string>> pairs;

  explicit command(const std::string &line) {
    std::istringstream in(line);
    std::getline(in, name, '\t');
    for (std::string pair; std::getline(in, pair, '\t');) {
      const size_t equal = pair.find('=');
      pairs.emplace_back(pair.substr(0, equal), decoded(std::string_view(pair).substr(equal + 1)));
    }
  }
  bool has(std::string_view key) const { return !all(key).empty(); }
  std::vector<std::string> all(std::string_view key) const {
    std::vector<std::string> out;
    for (auto &[k, v] : pairs)
      if (k == key)
        out.push_back(v);
    return out;
  }
  std::string text(std::string_view key) const { return has(key) ? all(key)[0] : ""; }
  int64_t integer(std::string_view key, int64_t otherwise) const {
    return has(key) ? std::stoll(text(key)) : otherwise;
  }
  std::vector<int64_t> integers(std::string_view key) const {
    std::vector<int64_t> out;
    for (const std::string &v : all(key))
      out.push_back(std::stoll(v));
    return out;
  }
  nd::dtype dtype(std::string_view key) const {
    return has(key) ? *nd::rules::parse_name(text(key)) : nd::float64;
  }
};

nd::scalar number(const std::string &text) {
  if (text.find_first_not_of("-0123456789") == text.npos)
    return std::stoll(text);
  return std::stod(text);
}

/// The length of a text, as a number that a column may stand for.
double length(std::string_view text) { return double(text.size()); }

nd::array loadtxt(const command &c) {
  nd::loadtxt_options how;
  how.dtype = c.dtype("dtype");
  if (c.has("comments"))
    how.comments = c.all("comments");
  how.delimiter = c.text("delimiter");
  for (int64_t column : c.integers("length"))
    how.converters[column] = length;
  how.skiprows = c.integer("skiprows", 0);
  how.usecols = c.integers("usecols");
  how.unpack = c.integer("unpack", 0);
  how.ndmin = c.integer("ndmin", 0);
  how.max_rows = c.integer("max_rows", -1);
  how.quotechar = c.text("quotechar");
  return nd::loadtxt(c.text("in"), how);
}

nd::array genfromtxt(const command &c) {
  nd::genfromtxt_options how;
  how.dtype = c.dtype("dtype");
  if (c.has("comments"))
    how.comments = c.all("comments");
  how.delimiter = c.text("delimiter");
  std::vector<int64_t> widths = c.integers("width");
  if (widths.size() == 1)
    how.delimiter = widths[0];
  else if (widths.size() == 2)
    how.delimiter = {widths[0], widths[1]};
  else if (widths.size() == 3)
    how.delimiter = {widths[0], widths[1], widths[2]};
  how.skip_header = c.integer("skip_header", 0);
  how.skip_footer = c.integer("skip_footer", 0);
  for (int64_t column : c.integers("length"))
    how.converters[column] = length;
  std::vector<std::string> missing = c.all("missing_values");
  if (missing.size() == 1)
    how.missing_values = missing[0];
  else if (missing.size() == 2)
    how.missing_values = {missing[0], missing[1]};
  if (c.has("missing_in"))
    how.missing_values =
        std::map<int64_t, nd::text_list>{{c.integer("missing_in", 0), c.all("missing_text")}};
  std::vector<std::string> filling = c.all("filling_values");
  if (filling.size() == 1) {
    nd::scalar s = number(filling[0]);
    how.filling_values =
        s.kind == nd::scalar::category::floating ? nd::filling(s.real) : nd::filling(s.integer);
  } else if (filling.size() == 2) {
    how.filling_values = {number(filling[0]), number(filling[1])};
  }
  if (c.has("filling_in"))
    how.filling_values =
        std::map<int64_t, nd::scalar>{{c.integer("filling_in", 0), number(c.text("filling_with"))}};
  how.usecols = c.integers("usecols");
  if (c.has("use_names"))
    how.usecols = c.all("use_names");
  how.names = c.integer("names", 0) != 0;
  if (c.has("called"))
    how.names = c.text("called").c_str();
  how.autostrip = c.integer("autostrip", 0);
  how.unpack = c.integer("unpack", 0);
  how.loose = c.integer("loose", 1);
  how.invalid_raise = c.integer("invalid_raise", 1);
  how.max_rows = c.integer("max_rows", -1);
  how.ndmin = c.integer("ndmin", 0);
  return nd::genfromtxt(c.text("in"), how);
}

std::string carry_out(const command &c) {
  const std::string in = c.text("in"), out = c.text("out");
  if (c.name == "load") {
    nd::save(out, nd::load(in, c.text("mmap_mode")));
  } else if (c.name == "save") { // of a view, in the order that it has
    nd::array a = nd::load(in);
    nd::save(out, c.has("transpose") ? a.T() : c.has("step") ? a[nd::slice({}, {}, 2)] : a);
  } else if (c.name == "add_one") { // into a mapped file
    nd::array a = nd::load(in, {.mmap_mode = c.text("mmap_mode")});
    a += 1;
    nd::save(out, a);
  } else if (c.name == "load_npz") {
    nd::npz_file file = nd::load_npz(in);
    std::string names;
    int number = 0;
    for (const std::string &name : file) {
      names += "\t" + name;
      nd::save(out + std::to_string(number++), file[name]);
    }
    return "ok" + names;
  } else if (c.name == "savez") {
    std::vector<nd::named_array> arrays;
    std::vector<std::string> names = c.all("name"), paths = c.all("array");
    for (size_t i = 0; i < paths.size(); ++i)
      if (i < names.size())
        arrays.emplace_back(names[i], nd::load(paths[i]));
      else
        arrays.emplace_back(nd::load(paths[i]));
    if (c.has("compressed"))
      nd::savez_compressed(out, arrays);
    else
      nd::savez(out, arrays);
  } else if (c.name == "loadtxt") {
    nd::save(out, loadtxt(c));
  } else if (c.name == "genfromtxt") {
    nd::save(out, genfromtxt(c));
  } else if (c.name == "savetxt") {
    nd::savetxt_options how;
    if (c.has("fmt"))
      how.fmt = c.all("fmt");
    if (c.has("delimiter"))
      how.delimiter = c.text("delimiter");
    if (c.has("newline"))
      how.newline = c.text("newline");
    if (c.has("comments"))
      how.comments = c.text("comments");
    how.header = c.text("header");
    how.footer = c.text("footer");
    nd::savetxt(out, nd::load(in), how);
  } else if (c.name == "allclose" || c.name == "array_equal") {
    nd::array a = nd::load(c.text("a")), b = nd::load(c.text("b"));
    const bool nan = c.integer("equal_nan", 0);
    return (c.name == "array_equal"
                ? nd::array_equal(a, b, nan)
                : nd::allclose(a, b, std::stod(c.text("rtol")), std::stod(c.text("atol")), nan))
               ? "ok True"
               : "ok False";
  } else if (c.name == "isclose") {
    nd::save(out,
             nd::isclose(nd::load(c.text("a")), nd::load(c.text("b")), std::stod(c.text("rtol")),
                         std::stod(c.text("atol")), c.integer("equal_nan", 0)));
  } else {
    return "no such command";
  }
  return "ok";
}

} // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::string answer;
    try {
      answer = carry_out(command(line));
    } catch (const nd::io_error &e) {
      answer = std::string("io_error: ") + e.what();
    } catch (const nd::value_error &e) {
      answer = std::string("value_error: ") + e.what();
    } catch (const std::exception &e) {
      answer = std::string("error: ") + e.what();
    }
    for (char &ch : answer)
      ch = ch == '\n' ? ' ' : ch;
    std::cout << answer << std::endl;
  }
}
