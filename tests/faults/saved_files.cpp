// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// saved-files write FOLDER   saves over three files again and again, until something stops it
// saved-files once FOLDER    saves each once; says what failed
// saved-files check FOLDER   all are there, and each is whole
#include <nd/nd.h>

#include <csignal>
#include <cstring>
#include <iostream>

namespace {

constexpr int64_t elements = 60000;

void save_all(const std::string &folder, double value) {
  nd::array a = nd::full({elements}, value);
  nd::save(folder + "/a.npy", a);
  nd::savez_compressed(folder + "/a.npz", {{"a", a}, {"b", a + 0}});
  nd::savetxt(folder + "/a.csv", a[nd::slice(0, elements / 10)], "%.1f");
}

bool whole(const nd::array &a, int64_t count) {
  return a.size() == count && bool(nd::all(a == a[0]));
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 3)
    return 2;
  const std::string folder = argv[2];
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    if (!std::strcmp(argv[1], "write"))
      for (double value = 1;; ++value)
        save_all(folder, value);
    if (!std::strcmp(argv[1], "once"))
      save_all(folder, -1);
    if (!std::strcmp(argv[1], "check")) {
      auto archive = nd::load_npz(folder + "/a.npz");
      bool good = whole(nd::load(folder + "/a.npy"), elements) && whole(archive["a"], elements) &&
                  whole(archive["b"], elements) &&
                  whole(nd::loadtxt(folder + "/a.csv"), elements / 10);
      std::cout << (good ? "whole" : "torn") << "\n";
      return !good;
    }
  } catch (const nd::io_error &e) {
    std::cout << e.what() << "\n";
    return 3;
  }
}
