// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A file of the disk cache. An odd first byte has the checksum put right, since chance does not
// find one; the file then says what it likes, as one that somebody made would.
#include "frontend/jit/DiskCache.h"
#include "fuzz/bytes/target.h"
#include "llvm/Support/xxhash.h"

#include <string>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  std::string bytes(reinterpret_cast<const char *>(data) + 1, size - 1);
  constexpr size_t checked_from = 16; // behind the magic bytes and the checksum
  if (data[0] % 2 && bytes.size() >= checked_from) {
    std::string_view rest = std::string_view(bytes).substr(checked_from);
    uint64_t sum = llvm::xxh3_64bits(llvm::StringRef(rest.data(), rest.size()));
    std::memcpy(bytes.data() + 8, &sum, sizeof sum);
  }
  const std::string_view identity = "nd 1", program = "add";
  if (auto entry = nd::unpack_object(bytes, identity, program)) {
    if (nd::pack_object(identity, program, *entry) != bytes)
      return fuzz::wrong("a file is not what packing its entry gives");
    fuzz::touch(entry->object.data(), entry->object.size());
    bytes[bytes.size() / 2] ^= 1;
    if (nd::unpack_object(bytes, identity, program))
      return fuzz::wrong("a file with another bit is taken");
    bytes[bytes.size() / 2] ^= 1;
    bytes.pop_back();
    if (nd::unpack_object(bytes, identity, program))
      return fuzz::wrong("a file without its end is taken");
  }
  return 0;
}
