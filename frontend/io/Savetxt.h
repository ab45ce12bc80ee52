// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Tables as text, byte for byte as numpy.savetxt.
#ifndef ND_IO_SAVETXT_H
#define ND_IO_SAVETXT_H

#include "frontend/io/File.h"
#include "ir/rules/dtype.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nd::io {

/// A conversion of Python's % operator: %[flags][width][.precision]type.
struct conversion {
  bool left = false, plus = false, space = false, zero = false, prefixed = false;
  int width = 0, precision = -1;
  char type = 'e'; ///< one of d e E f F g G o s x X
};

/// The text of a row: pieces of text with a conversion between each two.
class row_format {
public:
  /// Of a format for a whole row.
  static std::expected<row_format, std::string> parse(std::string_view format);

  size_t conversions() const { return specs.size(); }
  /// Appends the text of the row of elements at \p row; a complex one takes two conversions. Fails
  /// for an element that a conversion cannot write.
  io_result<void> append(std::string &out, const std::byte *row, dtype_kind type) const;

private:
  std::vector<std::string> pieces;
  std::vector<conversion> specs;
};

struct savetxt_options {
  std::vector<std::string> fmt = {"%.18e"}; ///< for all columns or the whole row; or one a column
  std::string delimiter = " ", newline = "\n", header = {}, footer = {}, comments = "# ";
};

/// The format of a row of so many columns.
std::expected<row_format, std::string> row_format_of(const savetxt_options &opts, int64_t columns,
                                                     bool complex);

/// Writes a table of elements in C order; of a path that ends in .gz, deflated.
io_result<void> write_table(const std::string &path, const std::byte *data, dtype_kind type,
                            int64_t rows, int64_t columns, const row_format &format,
                            const savetxt_options &opts);

} // namespace nd::io

#endif // ND_IO_SAVETXT_H
