// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A target without libFuzzer: runs the files and the folders of files that it is given. -mutate=N
// goes on for N seconds with inputs made of those by chance, without looking at what they reach;
// one that ends the process is in the file `last`.
#include "fuzz/bytes/target.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

namespace {

using input = std::vector<uint8_t>;

std::mt19937_64 chance(1);
size_t below(size_t n) { return n ? size_t(chance() % n) : 0; }

/// Bytes changed, left out, doubled, or taken from \p other.
input mutated(input a, const input &other) {
  for (size_t n = 1 + below(4); n > 0; --n) {
    const size_t at = below(a.size() + 1), length = std::min(below(8) + 1, a.size() - at);
    const auto from = a.begin() + std::ptrdiff_t(at), to = from + std::ptrdiff_t(length);
    switch (below(6)) {
    case 0:
      if (at < a.size())
        a[at] = uint8_t(chance());
      break;
    case 1:
      if (at < a.size())
        a[at] ^= uint8_t(1u << below(8));
      break;
    case 2:
      a.erase(from, to);
      break;
    case 3: {
      input part(from, to);
      a.insert(a.begin() + std::ptrdiff_t(below(a.size() + 1)), part.begin(), part.end());
      break;
    }
    case 4: {
      const size_t begin = below(other.size()), count = std::min(below(32), other.size() - begin);
      a.insert(from, other.begin() + std::ptrdiff_t(begin),
               other.begin() + std::ptrdiff_t(begin + count));
      break;
    }
    default:
      static constexpr char likely[] = "0123456789,.->()[]{} \n\"#eE+-ijkabN\xff\x7f\x80";
      a.insert(from, uint8_t(likely[below(sizeof likely - 1)]));
    }
  }
  a.resize(std::min<size_t>(a.size(), 4096));
  return a;
}

} // namespace

// Mutators of targets call it; here bytes are changed by mutated().
extern "C" size_t LLVMFuzzerMutate(uint8_t *, size_t size, size_t) { return size; }

int main(int argc, char **argv) {
  int count = 0, seconds = 0;
  std::vector<input> known;
  for (int i = 1; i < argc; ++i) {
    if (std::sscanf(argv[i], "-mutate=%d", &seconds) == 1)
      continue;
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(argv[i]))
      for (const auto &entry : std::filesystem::directory_iterator(argv[i]))
        files.push_back(entry.path());
    else
      files.push_back(argv[i]);
    for (const auto &path : files) {
      std::ifstream in(path, std::ios::binary);
      input bytes((std::istreambuf_iterator<char>(in)), {});
      if (!in) {
        std::fprintf(stderr, "cannot read %s\n", path.c_str());
        return 1;
      }
      std::fprintf(stderr, "%s\n", path.c_str());
      LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
      known.push_back(std::move(bytes));
      ++count;
    }
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (!known.empty() && std::chrono::steady_clock::now() < end) {
    input next = mutated(known[below(known.size())], known[below(known.size())]);
    if (known.size() < 2000 && below(50) == 0)
      known.push_back(next);
    std::ofstream("last", std::ios::binary)
        .write(reinterpret_cast<const char *>(next.data()), std::streamsize(next.size()));
    LLVMFuzzerTestOneInput(next.data(), next.size());
    ++count;
  }
  std::printf("%d inputs\n", count);
  return count ? 0 : 1;
}
