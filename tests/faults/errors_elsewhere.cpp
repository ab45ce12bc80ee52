// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tests/faults/errors_gallery.h"

#include <filesystem>
#include <fstream>

#include <unistd.h>

using namespace nd;

namespace {

const array two({1.0, 2.0}), matrix = ones({3, 3}), table = ones({4, 3});

/// A file with these bytes, in a folder that goes away at the end.
struct files {
  std::filesystem::path folder = "/tmp/nd-gallery-" + std::to_string(getpid());
  files() { std::filesystem::create_directories(folder); }
  ~files() { std::filesystem::remove_all(folder); }
  std::string of(const std::string &name, const std::string &bytes) const {
    std::ofstream(folder / name, std::ios::binary) << bytes;
    return folder / name;
  }
  std::string at(const std::string &name) const { return folder / name; }
};
const files &disk() {
  static files one;
  return one;
}

std::string npy(const std::string &header, const std::string &data = "") {
  std::string out = "\x93NUMPY\x01";
  out += '\0';
  out += char(header.size());
  out += '\0';
  return out + header + data;
}

} // namespace

std::vector<gallery::part> gallery::elsewhere() {
  return {
      {"Inside nd::jit",
       {BAD(jit([](array x) { return x * x.sum().item<double>(); })(two)),
        BAD(jit([](array x) { return x.sum() > 0 ? x : -x; })(two)),
        BAD(jit([](array x) { return array(x.to_vector<double>()); })(two)), BAD(jit([](array x) {
          for (array row : x[x > 0])
            row.eval();
          return x;
        })(two)),
        BAD(jit([](array x) { return zeros({x[x > 0].size() * 2}); })(two)),
        BAD(jit([](array x) { return unstack(x[x > 0])[0]; })(two)),
        BAD(jit([outside = zeros({2})](array x) mutable {
          outside[0] = x[0];
          return x;
        })(two)),
        BAD(jit([](array x) { return x[x > 1] + x; })(two)),
        BAD(jit([](array x) { return x[x > 5].max(); })(two)),
        BAD(jit([](array x) { return x[x > 1][3]; })(two)),
        BAD_DO(jit([](array x) { x[0] = 1; })(broadcast_to(two, {3, 2}))),
        BAD(jit([](array x, array y) { return x + y; })(two, ones({3}))),
        BAD(jit([](array x, array at) { return x[at]; })(two, array({7}))),
        BAD(jit([](array x) { return linalg::inv(x); })(zeros({2, 2}))),
        BAD(jit([](array x, array y) { return power(x, y); })(array({2}), array({-1}))),
        BAD(jit([](array x, array n) { return repeat(x, n); })(two, array({-1, 2})))}},
      {"Files",
       {BAD(load("/nowhere/x.npy")),
        BAD(load("/tmp")),
        BAD(load(disk().of("empty", ""))),
        BAD(load(disk().of("text", "1,2,3\n"))),
        BAD(load(disk().of("short", "\x93NUMPY"))),
        BAD(load(disk().of("header", npy("{'descr': '<f8'}\n")))),
        BAD(load(
            disk().of("dtype", npy("{'descr': '<U8', 'fortran_order': False, 'shape': (2,)}\n")))),
        BAD(load(disk().of(
            "data", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}\n", "12345678")))),
        BAD(load(disk().of("huge", npy("{'descr': '<f8', 'fortran_order': False, 'shape': "
                                       "(9223372036854775807, 9)}\n")))),
        BAD(load(disk().of("mapped", npy("")), "w")),
        BAD(load_npz(disk().of("zip", "PK"))),
        BAD_DO(savez(disk().at("one.npz"), {{"w", two}}); load_npz(disk().at("one.npz"))["v"]),
        BAD_DO(savez(disk().at("two.npz"), {{"w", two}, {"w", two}})),
        BAD_DO(save("/nowhere/x.npy", two)),

        BAD(loadtxt("/nowhere/x.csv")),
        BAD(loadtxt(disk().of("words", "1,2\n3,x\n"), {.delimiter = ","})),
        BAD(loadtxt(disk().of("ragged", "1 2\n3\n"))),
        BAD(loadtxt(disk().of("one", "1\n"), {.ndmin = 3})),
        BAD(genfromtxt(disk().of("rows", "1,2\n3\n"), {.delimiter = ","})),
        BAD_DO(savetxt(disk().at("x.csv"), ones({2, 2, 2}))),
        BAD_DO(savetxt(disk().at("x.csv"), two, "%q")),
        BAD_DO(savetxt(disk().at("x.csv"), two, "%d %d %d"))}},
      {"Neighbours",
       {BAD(from_dlpack(static_cast<DLManagedTensor *>(nullptr))),
        BAD_DO(broadcast_to(two, {3, 2}).to_dlpack())}},
      {"Memory",
       {BAD(empty({int64_t(1) << 45}, int8)), BAD_DO((ones({int64_t(1) << 40}) + 1).eval()),
        BAD_DO(broadcast_to(two, {int64_t(1) << 40, 2}).copy().eval())}},
  };
}
