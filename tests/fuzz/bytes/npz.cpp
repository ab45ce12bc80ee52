// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Bytes as an archive of .npy files, read through its directory; a copy in memory has a path.
#include "frontend/io/Npy.h"
#include "frontend/io/Zip.h"
#include "fuzz/bytes/target.h"

#include <vector>

#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const int file = memfd_create("fuzz.npz", 0);
  static const std::string path = "/proc/self/fd/" + std::to_string(file);
  if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != ssize_t(size))
    return fuzz::wrong("the file cannot be written");
  auto archive = nd::io::zip_archive::open(path);
  if (!archive)
    return archive.error().message.empty() ? fuzz::wrong("an error without a message") : 0;
  for (const nd::io::zip_member &member : archive->members()) {
    auto reader = archive->read(member);
    if (!reader)
      continue;
    nd::io::npy_source source{member.name, member.size,
                              [&](void *to, size_t count) { return reader->read(to, count); }};
    std::vector<std::byte> memory;
    auto info = nd::io::read_npy(source, [&](const nd::io::header &h) -> void * {
      if (h.data_bytes() > size_t(1) << 24) // honest: deflate makes a thousandth of zeros
        return nullptr;
      memory.resize(h.data_bytes() + 1);
      return memory.data();
    });
    if (info)
      (void)reader->finish();
    fuzz::touch(memory.data(), memory.size());
  }
  return 0;
}
