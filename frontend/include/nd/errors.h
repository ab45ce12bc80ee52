// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What nd throws. Every text begins with the caller's file:line:column and the operation.
#ifndef ND_ERRORS_H
#define ND_ERRORS_H

#include <nd/export.h>

#include <source_location>
#include <stdexcept>

namespace ND_API nd {

/// Where a call was written; functions take it as a defaulted last argument and name it in errors.
using site = std::source_location;

/// The base of everything nd throws, and itself thrown when memory runs out.
class error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// Shapes that do not fit together, and axes that an array does not have.
class shape_error : public error {
public:
  using error::error;
};

/// A dtype that an operation does not take.
class dtype_error : public error {
public:
  using error::error;
};

/// An index outside the array.
class index_error : public error {
public:
  using error::error;
};

/// An argument whose value makes no sense.
class value_error : public error {
public:
  using error::error;
};

/// A singular matrix, or an iteration that does not converge.
class linalg_error : public error {
public:
  using error::error;
};

/// A file that cannot be read, written or understood.
class io_error : public error {
public:
  using error::error;
};

/// A value that was read inside nd::jit, where it is not known yet.
class trace_error : public error {
public:
  using error::error;
};

/// A program that the compiler refused.
class compile_error : public error {
public:
  using error::error;
};

} // namespace nd

#endif // ND_ERRORS_H
