// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Numbers in text, as the readers of tables take them. Never depends on the locale.
#ifndef ND_IO_FIELDS_H
#define ND_IO_FIELDS_H

#include "frontend/io/File.h"

#include <complex>
#include <cstdint>
#include <string>
#include <string_view>

namespace nd::io {

inline bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// The text without blanks at its ends.
std::string_view strip(std::string_view text);

/// Text from a file, made printable and short.
std::string quoted(std::string_view text);

/// What a field may hold beside what numpy.loadtxt takes.
enum class grammar {
  numpy,  ///< no more
  python, ///< what Python's float(), int() and complex() take: 1_000, "j"
};

/// The number in \p text, correctly rounded; false if it is none. Blanks at its ends are left out.
bool convert(std::string_view text, double &value, grammar g = grammar::numpy);
bool convert(std::string_view text, int64_t &value, grammar g = grammar::numpy);
bool convert(std::string_view text, uint64_t &value, grammar g = grammar::numpy);
/// "1+2j", "2j", "1", each in round brackets too.
bool convert(std::string_view text, std::complex<double> &value, grammar g = grammar::numpy);

/// The whole text of a file; of a path that ends in .gz, inflated.
io_result<std::string> read_text(const std::string &path);

} // namespace nd::io

#endif // ND_IO_FIELDS_H
