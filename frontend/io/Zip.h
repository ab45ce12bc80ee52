// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Zip archives as .npz files are (PKWARE's APPNOTE 6.3.10): members stored or deflated, zip64,
// checksums verified. Every malformed archive is a failure that names the byte or the member.
// zlib inflates and deflates; the container is read here because messages name its bytes.
#ifndef ND_IO_ZIP_H
#define ND_IO_ZIP_H

#include "frontend/io/File.h"

#include <string_view>
#include <vector>

namespace nd::io {

/// What the directory of an archive says of a member.
struct zip_member {
  std::string name;
  uint64_t offset = 0;     ///< of its header
  uint64_t compressed = 0; ///< bytes in the archive
  uint64_t size = 0;       ///< bytes of its contents
  uint32_t checksum = 0;   ///< CRC-32 of the contents
  uint16_t method = 0;     ///< 0 stored, 8 deflated
};

/// An archive open for reading. Several threads may read members at once.
class zip_archive {
public:
  /// Reads the directory.
  static io_result<zip_archive> open(const std::string &path);

  const std::vector<zip_member> &members() const { return directory; }
  const std::string &path() const { return file.path(); }

  /// Reads a member from its start.
  class reader {
  public:
    /// Gives the next \p count bytes of the contents.
    io_result<void> read(void *to, size_t count);
    /// Checks that the contents end here, and their checksum.
    io_result<void> finish();
    ~reader();
    reader(reader &&) noexcept;
    reader &operator=(reader &&) = delete;

  private:
    friend class zip_archive;
    struct state;
    explicit reader(std::unique_ptr<state> self);
    std::unique_ptr<state> self;
  };
  /// The reader refers to this archive and to \p member.
  io_result<reader> read(const zip_member &member) const;

private:
  explicit zip_archive(input_file file) : file(std::move(file)) {}
  io_result<void> read_directory();

  input_file file;
  std::vector<zip_member> directory;
};

/// Writes an archive byte for byte as Python's zipfile does for numpy.savez.
class zip_writer {
public:
  static io_result<zip_writer> create(const std::string &path);

  /// Adds a member with the \p parts as contents.
  io_result<void> add(std::string_view name, std::span<const std::span<const std::byte>> parts,
                      bool deflate);
  /// Writes the directory; the file is complete then, and takes the place of an old one.
  io_result<void> finish();

private:
  explicit zip_writer(output_file file) : file(std::move(file)) {}
  output_file file;
  std::vector<zip_member> directory;
};

} // namespace nd::io

#endif // ND_IO_ZIP_H
