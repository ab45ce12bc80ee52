// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whole files in, whole files out: what the formats share.
#ifndef ND_IO_FILE_H
#define ND_IO_FILE_H

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace nd::io {

/// Names the file, the place in it, what was expected and what is there.
struct io_failure {
  std::string message;
};

template <class T> using io_result = std::expected<T, io_failure>;

inline std::unexpected<io_failure> fail(std::string message) {
  return std::unexpected<io_failure>(io_failure{std::move(message)});
}

/// A file open for reading, with its size.
class input_file {
public:
  /// Refuses what has no size: directories, pipes.
  static io_result<input_file> open(const std::string &path);

  uint64_t size() const { return bytes; }
  /// Reads the next \p count bytes; fewer are a failure.
  io_result<void> read(void *to, size_t count);

private:
  struct closer {
    void operator()(std::FILE *f) const { std::fclose(f); }
  };
  std::unique_ptr<std::FILE, closer> file;
  std::string name;
  uint64_t bytes = 0;
};

/// Writes the \p parts one after the other. The file at \p path is replaced only when all of the
/// new one is written, so that a failure leaves it as it was; a device or a pipe is written in
/// place.
io_result<void> write_file(const std::string &path,
                           std::span<const std::span<const std::byte>> parts);

} // namespace nd::io

#endif // ND_IO_FILE_H
