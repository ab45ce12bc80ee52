// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Files in and files out: what the formats share.
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
enum class fault : uint8_t { file, call, dtype };

struct io_failure {
  std::string message;
  fault with = fault::file; ///< what is to be blamed: a file, the options, the dtype
};

template <class T> using io_result = std::expected<T, io_failure>;

inline std::unexpected<io_failure> fail(std::string message) {
  return std::unexpected<io_failure>(io_failure{std::move(message)});
}

inline std::unexpected<io_failure> refuse(std::string message, fault with = fault::call) {
  return std::unexpected<io_failure>(io_failure{std::move(message), with});
}

/// A file open for reading, with its size.
class input_file {
public:
  /// Refuses what has no size: directories, pipes.
  static io_result<input_file> open(const std::string &path);

  uint64_t size() const { return bytes; }
  const std::string &path() const { return name; }
  /// Reads the next \p count bytes; fewer are a failure.
  io_result<void> read(void *to, size_t count);
  /// Reads \p count bytes from \p offset on; several threads may do so at once.
  io_result<void> read_at(uint64_t offset, void *to, size_t count) const;

private:
  struct closer {
    void operator()(std::FILE *f) const { std::fclose(f); }
  };
  std::unique_ptr<std::FILE, closer> file;
  std::string name;
  uint64_t bytes = 0;
};

/// How a file lies in memory (numpy.memmap).
enum class map_mode {
  read,         ///< "r": not to be written
  read_write,   ///< "r+": writes reach the file
  copy_on_write ///< "c": writes stay in memory
};

/// A whole file as memory, until it is destroyed.
class file_mapping {
public:
  /// Refuses an empty file.
  static io_result<file_mapping> open(const std::string &path, map_mode mode);

  file_mapping(file_mapping &&other) noexcept
      : data(std::exchange(other.data, nullptr)), length(other.length) {}
  file_mapping &operator=(file_mapping &&) = delete;
  ~file_mapping();

  std::span<std::byte> bytes() const { return {data, length}; }

private:
  file_mapping(std::byte *data, size_t length) : data(data), length(length) {}
  std::byte *data;
  size_t length;
};

/// A file being written. What stands at its path stays as it is until finish(): the new one is
/// written beside it, without a name where the file system can do that, and takes its place then. A
/// device, a pipe, a file with several hard links, and one whose directory takes no new files are
/// written in place instead.
class output_file {
public:
  static io_result<output_file> create(const std::string &path);

  output_file(output_file &&) = default;
  output_file &operator=(output_file &&) = default;
  /// Removes what was written, unless it is finished.
  ~output_file();

  io_result<void> write(const void *from, size_t count);
  /// Writes over earlier bytes; a pipe refuses that.
  io_result<void> overwrite(uint64_t offset, const void *from, size_t count);
  uint64_t position() const { return at; }
  bool can_seek() const;
  io_result<void> finish();

private:
  struct closer {
    void operator()(std::FILE *f) const { std::fclose(f); }
  };
  output_file() = default;
  io_result<void> cannot_write(int errno_value) const;

  std::unique_ptr<std::FILE, closer> file;
  std::string name, target;
  std::string temporary; ///< the name until it is finished; empty: written in place
  bool unnamed = false;  ///< it gets that name when it is finished
  uint64_t at = 0;
};

/// Writes the \p parts one after the other, as output_file does.
io_result<void> write_file(const std::string &path,
                           std::span<const std::span<const std::byte>> parts);

} // namespace nd::io

#endif // ND_IO_FILE_H
