// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Errors that a user can cause, on one page: errors.txt.
#ifndef ND_TESTS_FAULTS_ERRORS_GALLERY_H
#define ND_TESTS_FAULTS_ERRORS_GALLERY_H

#include <nd/nd.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace gallery {

struct mistake {
  const char *text;
  int line;
  std::function<void()> run;
};

/// What a function of the C interface says: its status and its text.
struct refusal : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A page's part: what it is about, and what a user may do wrong there.
struct part {
  const char *title;
  std::vector<mistake> mistakes;
};

inline void finish(const nd::array &a) { a.eval(); }
inline void finish(const std::vector<nd::array> &list) {
  for (const nd::array &a : list)
    a.eval();
}
template <class T> void finish(const T &) {}

std::vector<part> shapes_and_dtypes();
std::vector<part> functions();
std::vector<part> transforms();
std::vector<part> random_numbers();
std::vector<part> files_and_tensors();
std::vector<part> elsewhere();
std::vector<part> c_interface();

} // namespace gallery

/// An expression that throws, at the latest when it is evaluated.
#define BAD(...)                                                                                   \
  gallery::mistake {                                                                               \
#__VA_ARGS__, __LINE__, [] { gallery::finish(__VA_ARGS__); }                                   \
  }
/// Statements, the last of which throws.
#define BAD_DO(...)                                                                                \
  gallery::mistake {                                                                               \
#__VA_ARGS__, __LINE__, [] { __VA_ARGS__; }                                                    \
  }

#endif // ND_TESTS_FAULTS_ERRORS_GALLERY_H
