// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend_expect.h"

#include <cstdio>
#include <fstream>
#include <sstream>

namespace {
std::string temporary(const char *name) { return testing::TempDir() + name; }
} // namespace

TEST(Files, NpyRoundTrip) {
  std::string path = temporary("frontend.npy");
  nd::array a = nd::arange(6).reshape(2, 3) * 0.5;
  nd::save(path, a);
  expect_array<double>(nd::load(path), {2, 3}, {0, 0.5, 1, 1.5, 2, 2.5});
  std::ofstream(path, std::ios::trunc) << "not an array";
  EXPECT_THROW(nd::load(path), nd::io_error);
}

TEST(Files, LoadtxtReadsTables) {
  std::string path = temporary("frontend.csv");
  std::ofstream(path) << "a,b,c\n1,2,3\n4,5,6\n";
  expect_array<double>(nd::loadtxt(path, {.delimiter = ",", .skiprows = 1}), {2, 3},
                       {1, 2, 3, 4, 5, 6});
  expect_array<int32_t>(
      nd::loadtxt(path, {.dtype = nd::int32, .delimiter = ",", .skiprows = 1, .usecols = {2}}), {2},
      {3, 6});
  EXPECT_THROW(nd::loadtxt(path, {.delimiter = ","}), nd::io_error);
}

TEST(Files, FortranOrderStays) {
  std::string path = temporary("frontend_f.npy");
  nd::array rows = nd::arange(6).reshape(3, 2).eval();
  nd::save(path, rows.T());
  nd::array b = nd::load(path);
  EXPECT_EQ(b.strides(), (nd::shape{8, 16}));
  expect_array<int64_t>(b, {2, 3}, {0, 2, 4, 1, 3, 5});
}

TEST(Files, Bfloat16ComesBack) {
  std::string path = temporary("frontend_b.npy");
  nd::array a = (nd::arange(5.0) * 0.3).astype(nd::bfloat16);
  nd::save(path, a);
  nd::array b = nd::load(path);
  EXPECT_EQ(b.dtype(), nd::bfloat16);
  EXPECT_TRUE(nd::array_equal(a, b));
}

TEST(Files, MappedArraysShareTheFile) {
  std::string path = temporary("frontend_m.npy");
  nd::save(path, nd::arange(6.0).reshape(2, 3));
  nd::array read = nd::load(path, "r"), both = nd::load(path, {.mmap_mode = "r+"}),
            own = nd::load(path, "c");
  both[1, 1] = 40;
  own[0, 0] = 9;
  EXPECT_EQ((read[1, 1]).item(), 40);
  EXPECT_EQ((read[0, 0]).item(), 0);
  EXPECT_EQ((own[0, 0]).item(), 9);
  EXPECT_EQ((nd::load(path)[1, 1]).item(), 40);
  EXPECT_EQ(read.sum().item(), 0 + 1 + 2 + 3 + 40 + 5);
  EXPECT_HAS(message_of<nd::value_error>([&] { read[0, 0] = 1; }), "read-only");
  std::string text = message_of<nd::value_error>([&] { nd::load(path, "w+"); });
  EXPECT_HAS(text, ND_BELOW(-1));
  EXPECT_HAS(text,
             "load: mmap_mode is 'w+'; use 'r' (read-only), 'r+' (writes reach the file) or 'c'");
  // The mapping outlives the name and the first handle.
  nd::array row = own[1];
  own = nd::array();
  std::remove(path.c_str());
  expect_array<double>(row, {3}, {3, 40, 5});
}

TEST(Files, NpzByNameAndByPosition) {
  std::string path = temporary("frontend.npz");
  nd::array x = nd::arange(3), y = nd::ones({2, 2}, nd::float32);
  nd::savez(path, {{"x", x}, {"y", y}, {"pi", 3.14}});
  nd::npz_file file = nd::load_npz(path);
  EXPECT_EQ(file.files(), (std::vector<std::string>{"x", "y", "pi"}));
  EXPECT_TRUE(file.contains("y") && file.contains("y.npy") && !file.contains("z"));
  expect_array<int64_t>(file["x"], {3}, {0, 1, 2});
  expect_array<float>(file["y.npy"], {2, 2}, {1, 1, 1, 1});
  EXPECT_EQ(file["pi"].item(), 3.14);
  nd::npz_file copy = file;
  std::remove(path.c_str()); // it stays open
  expect_array<int64_t>(copy["x"], {3}, {0, 1, 2});

  nd::savez_compressed(path, {x, y, 2});
  file = nd::load_npz(path);
  EXPECT_EQ(file.files(), (std::vector<std::string>{"arr_0", "arr_1", "arr_2"}));
  expect_array<float>(file["arr_1"], {2, 2}, {1, 1, 1, 1});
  nd::savez(path, {x, {"named", y}});
  EXPECT_EQ(nd::npz_file(path).files(), (std::vector<std::string>{"arr_0", "named"}));
  nd::savez(path, std::vector<nd::array>{x, y});
  EXPECT_EQ(nd::npz_file(path).size(), 2u);

  std::string text = message_of<nd::index_error>([&] { nd::load_npz(path)["z"]; });
  EXPECT_HAS(text, ND_BELOW(-1));
  EXPECT_HAS(text, "frontend.npz has no array 'z'; it has 'arr_0', 'arr_1'");
  text = message_of<nd::value_error>([&] { nd::savez(path, {x, {"arr_0", y}}); });
  EXPECT_HAS(text, ND_BELOW(-1));
  EXPECT_HAS(text, "savez: two arrays are called 'arr_0'; give each a name of its own");
  EXPECT_EQ(nd::npz_file(path).size(), 2u); // what was there stays
  EXPECT_HAS(message_of<nd::io_error>([&] { nd::load(path); }), "open it with nd::load_npz");
  text = message_of<nd::io_error>([&] { nd::load_npz(temporary("none.npz")); });
  EXPECT_HAS(text, "load_npz: ");
  EXPECT_HAS(text, "none.npz: cannot open: no such file or directory");
}

TEST(Files, LazyValuesAreComputedBeforeTheyAreWritten) {
  std::string path = temporary("frontend_lazy.npz");
  nd::array x = nd::arange(4.0);
  nd::savez(path, {{"a", x * 2}, {"b", nd::sum(x)}, {"c", (x + 1)[nd::slice({}, {}, -1)]}});
  nd::npz_file file = nd::load_npz(path);
  expect_array<double>(file["a"], {4}, {0, 2, 4, 6});
  expect_array<double>(file["b"], {}, {6});
  expect_array<double>(file["c"], {4}, {4, 3, 2, 1});
  auto inside = nd::jit([&](nd::array a) {
    nd::save(path, a);
    return a;
  });
  EXPECT_THROW(inside(x), nd::trace_error);
}

TEST(Files, TextTables) {
  std::string path = temporary("frontend.txt");
  nd::savetxt(path, nd::array({{1.5, 2}, {3, 4}}), "%g", {.delimiter = ";", .header = "a;b"});
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  EXPECT_EQ(text.str(), "# a;b\n1.5;2\n3;4\n");
  expect_array<double>(nd::loadtxt(path, {.delimiter = ";"}), {2, 2}, {1.5, 2, 3, 4});
  expect_array<float>(nd::loadtxt(path, nd::float32, {.delimiter = ";", .usecols = {1}}), {2},
                      {2, 4});
  std::ofstream(path) << "1,,3\n4,N/A,6\n";
  expect_array<int64_t>(
      nd::genfromtxt(path, nd::int64,
                     {.delimiter = ",", .missing_values = "N/A", .filling_values = 7}),
      {2, 3}, {1, 7, 3, 4, 7, 6});
  expect_array<double>(
      nd::genfromtxt(path, {.delimiter = ",", .filling_values = {1, 0.5}}).T()[1].copy(), {2},
      {0.5, 0.5});
  const std::map<int64_t, nd::scalar> second = {{1, 0.25}};
  expect_array<double>(
      nd::genfromtxt(path, {.delimiter = ",", .filling_values = second, .usecols = {2, 1}}), {2, 2},
      {3, 0.25, 6, 0.25});
  const std::map<int64_t, nd::text_list> missing = {{1, {"N/A", "?"}}};
  expect_array<double>(
      nd::genfromtxt(
          path, {.delimiter = ",", .missing_values = missing, .filling_values = 0, .loose = false}),
      {2, 3}, {1, 0, 3, 4, 0, 6});

  nd::array cube = nd::zeros({2, 2, 2});
  std::string said = message_of<nd::shape_error>([&] { nd::savetxt(path, cube); });
  EXPECT_HAS(said, ND_BELOW(-1));
  EXPECT_HAS(said,
             "savetxt: an array of shape (2, 2, 2) has no rows and columns; reshape it to 1-D");
  said = message_of<nd::value_error>([&] { nd::savetxt(path, nd::ones(3), "%z"); });
  EXPECT_HAS(said, "savetxt: the conversion '%z' is not known");
  said = message_of<nd::value_error>([&] { nd::loadtxt(path, {.ndmin = 3}); });
  EXPECT_HAS(said, "loadtxt: ndmin is 3; use 0, 1 or 2");
  said = message_of<nd::io_error>([&] { nd::loadtxt(path, {.delimiter = ","}); });
  EXPECT_HAS(said, ND_BELOW(-1));
  EXPECT_HAS(said,
             "frontend.txt:1: could not convert '' to float64 at column 2; the field is empty");
  said =
      message_of<nd::io_error>([&] { nd::savetxt(temporary("no/such/folder.txt"), nd::ones(3)); });
  EXPECT_HAS(said, "no such file or directory");
}

TEST(Files, Printing) {
  nd::array a({{1, 2}, {3, 4}});
  EXPECT_EQ(nd::to_string(a), "[[1 2]\n [3 4]]");
  std::ostringstream out;
  out << a + 1 << ' ' << a.dtype() << ' ' << a.shape();
  EXPECT_EQ(out.str(), "[[2 3]\n [4 5]] int64 (2, 2)");
  nd::set_printoptions({.precision = 2});
  EXPECT_EQ(nd::to_string(nd::array({1.23456})), "[1.23]");
  nd::set_printoptions(nd::print_options());
}
