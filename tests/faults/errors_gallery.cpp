// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// errors-gallery PAGE [--update]: provokes every error, and compares kind and text with the page.
//
// An error has to name the line of the call that caused it. The page has "here" for it, and
// whatever else depends on the machine is left out.
#include "tests/faults/errors_gallery.h"

#include <fstream>
#include <iostream>
#include <regex>
#include <sstream>

namespace {

const char *kind_of(const nd::error &e) {
  if (dynamic_cast<const nd::shape_error *>(&e))
    return "shape_error";
  if (dynamic_cast<const nd::dtype_error *>(&e))
    return "dtype_error";
  if (dynamic_cast<const nd::index_error *>(&e))
    return "index_error";
  if (dynamic_cast<const nd::value_error *>(&e))
    return "value_error";
  if (dynamic_cast<const nd::linalg_error *>(&e))
    return "linalg_error";
  if (dynamic_cast<const nd::io_error *>(&e))
    return "io_error";
  if (dynamic_cast<const nd::trace_error *>(&e))
    return "trace_error";
  if (dynamic_cast<const nd::compile_error *>(&e))
    return "compile_error";
  return "error";
}

/// The text with "here" for the place. Another place stays, and the page is not as it should be.
std::string placed(const std::string &text, int line) {
  static const std::regex prefix(R"(^([^:\s]+/)?(errors_[a-z_]+\.(?:cpp|h)):(\d+):\d+: )");
  std::smatch match;
  if (!std::regex_search(text, match, prefix))
    return "(no place) " + text;
  // A macro is one line to some compilers, and several to others.
  int there = std::stoi(match[3]);
  std::string rest = match.suffix();
  return (there >= line - 6 && there <= line + 6 ? "here: " : "line " + match[3].str() + ": ") +
         rest;
}

/// Without what differs between machines.
std::string portable(std::string text) {
  static const std::pair<std::regex, const char *> parts[] = {
      {std::regex(R"(/tmp/nd-gallery-\d+)"), "FOLDER"},
      {std::regex(R"(the machine has \d+ bytes)"), "the machine has N bytes"},
      {std::regex(R"(ndrt_free: 0x[0-9a-f]+)"), "ndrt_free: ADDRESS"},
  };
  for (const auto &[what, with] : parts)
    text = std::regex_replace(text, what, with);
  return text;
}

std::string page(int &problems) {
  std::ostringstream out;
  out << "What nd says: each line of code with what it throws. Every text begins with the file, "
         "line\n"
         "and column of the call, which this page calls \"here\"; but for functions of the C "
         "interface,\n"
         "which give a status, and the text by ndrt_last_error().\n";
  auto parts = gallery::shapes_and_dtypes();
  for (auto more : {gallery::functions(), gallery::transforms(), gallery::random_numbers(),
                    gallery::files_and_tensors(), gallery::elsewhere(), gallery::c_interface()})
    parts.insert(parts.end(), more.begin(), more.end());
  for (const gallery::part &p : parts) {
    out << "\n" << p.title << "\n" << std::string(std::string(p.title).size(), '=') << "\n";
    for (const gallery::mistake &m : p.mistakes) {
      std::string answer;
      try {
        m.run();
        answer = "NOTHING IS THROWN";
        ++problems;
      } catch (const nd::error &e) {
        answer = std::string(kind_of(e)) + ": " + portable(placed(e.what(), m.line));
      } catch (const gallery::refusal &e) {
        answer = portable(e.what());
      } catch (const std::exception &e) {
        answer = std::string("SOMETHING ELSE: ") + e.what();
        ++problems;
      }
      out << "\n" << m.text << "\n    " << answer << "\n";
    }
  }
  return out.str();
}

} // namespace

int main(int argc, char **argv) {
  if (argc < 2)
    return 2;
  int problems = 0;
  const std::string found = page(problems);
  if (argc > 2 && std::string(argv[2]) == "--update") {
    std::ofstream(argv[1]) << found;
    return problems != 0;
  }
  std::ifstream file(argv[1]);
  std::string expected(std::istreambuf_iterator<char>(file), {});
  std::istringstream left(expected), right(found);
  int differences = 0;
  for (std::string a, b; differences < 20;) {
    const bool more_left(std::getline(left, a)), more_right(std::getline(right, b));
    if (!more_left && !more_right)
      break;
    if (a != b || more_left != more_right) {
      std::cout << "expected  " << (more_left ? a : "(the end)") << "\nfound     "
                << (more_right ? b : "(the end)") << "\n\n";
      ++differences;
    }
  }
  if (differences)
    std::cout << "where the new text is right: " << argv[0] << " " << argv[1] << " --update\n";
  return differences || problems ? 1 : 0;
}
