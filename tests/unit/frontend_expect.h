// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Comparing arrays in tests.
#ifndef ND_TESTS_FRONTEND_EXPECT_H
#define ND_TESTS_FRONTEND_EXPECT_H

#include <nd/nd.h>

#include <gtest/gtest.h>

#include <string>
#include <vector>

/// Shape, dtype and elements.
template <class T>
void expect_array(const nd::array &a, const nd::shape &s, const std::vector<T> &elements) {
  EXPECT_EQ(a.shape(), s);
  EXPECT_EQ(a.dtype(), nd::dtype_of<T>());
  EXPECT_EQ(a.to_vector<T>(), elements);
}

/// The text of the E that \p f throws; a failure if it throws nothing or something else.
template <class E, class F> std::string message_of(F f) {
  try {
    f();
  } catch (const E &e) {
    return e.what();
  } catch (const std::exception &e) {
    ADD_FAILURE() << "threw something else: " << e.what();
    return "";
  }
  ADD_FAILURE() << "threw nothing";
  return "";
}

/// "file:line:" of the line it stands on, or of one so many below.
#define ND_BELOW(lines) (std::string(__FILE__) + ":" + std::to_string(__LINE__ + (lines)) + ":")
#define ND_HERE ND_BELOW(0)

#define EXPECT_HAS(text, part) EXPECT_NE(std::string(text).find(part), std::string::npos) << text

#endif // ND_TESTS_FRONTEND_EXPECT_H
