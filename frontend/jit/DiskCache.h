// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Compiled programs in files, for the next process: ND_CACHE_DIR.
//
// A file holds what its program is, word for word, who compiled it, and a checksum; what does not
// agree with all of it is as good as absent. Files are written under another name and renamed, so
// any number of processes may share a folder and be killed at any time.
#ifndef ND_FRONTEND_JIT_DISKCACHE_H
#define ND_FRONTEND_JIT_DISKCACHE_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nd {

/// A program's object file, and what is known of it beside its code.
struct cached_object {
  int32_t kernels = 0;
  int32_t library_calls = 0;
  std::vector<char> object;
};

/// A file's bytes. \p identity says who compiled it for which machine, \p program what it computes.
std::string pack_object(std::string_view identity, std::string_view program,
                        const cached_object &entry);
/// The entry in a file's bytes; nothing if they are torn, or of another identity or program.
std::optional<cached_object> unpack_object(std::string_view bytes, std::string_view identity,
                                           std::string_view program);

/// A folder of compiled programs. Failures of the system are no errors: without the folder, its
/// space or its permissions a program is compiled.
class disk_cache {
public:
  /// \p bound  bytes that the files may take; the least recently used ones go first.
  disk_cache(std::string folder, std::string identity, uint64_t bound = uint64_t(256) << 20);

  /// A name for \p program that no other has: 32 hexadecimal digits.
  std::string name_of(std::string_view program) const;
  /// Refuses files that belong to others, or that others may write.
  std::optional<cached_object> find(std::string_view program) const;
  /// Whether the entry is in the folder now.
  bool store(std::string_view program, const cached_object &entry) const;

private:
  std::string shelf_of(const std::string &name) const;
  void trim(const std::string &shelf) const;

  std::string folder_, identity_;
  uint64_t bound_;
};

/// The build id that the linker gave to the library or program this code is in; empty without one.
std::string build_id();

} // namespace nd

#endif // ND_FRONTEND_JIT_DISKCACHE_H
