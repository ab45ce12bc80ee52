// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A target without libFuzzer: runs the files and the folders of files that it is given.
#include "fuzz/bytes/target.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

// Mutators call it; nothing is mutated here.
extern "C" size_t LLVMFuzzerMutate(uint8_t *, size_t size, size_t) { return size; }

int main(int argc, char **argv) {
  int count = 0;
  for (int i = 1; i < argc; ++i) {
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(argv[i]))
      for (const auto &entry : std::filesystem::directory_iterator(argv[i]))
        files.push_back(entry.path());
    else
      files.push_back(argv[i]);
    for (const auto &path : files) {
      std::ifstream in(path, std::ios::binary);
      std::vector<char> bytes((std::istreambuf_iterator<char>(in)), {});
      if (!in) {
        std::fprintf(stderr, "cannot read %s\n", path.c_str());
        return 1;
      }
      std::fprintf(stderr, "%s\n", path.c_str());
      LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size());
      ++count;
    }
  }
  std::printf("%d inputs\n", count);
  return count ? 0 : 1;
}
