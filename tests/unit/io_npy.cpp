// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/io/Npy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <unistd.h>

using nd::dtype_kind;
using namespace nd::io;
namespace fs = std::filesystem;

namespace {

using bytes = std::vector<std::byte>;

bytes to_bytes(const std::string &text) {
  bytes out(text.size());
  std::transform(text.begin(), text.end(), out.begin(), [](char c) { return std::byte(c); });
  return out;
}

/// A file with this dictionary text for a header and these bytes for data.
std::string file_of(const std::string &dictionary, const std::string &data, int major = 1) {
  std::string out = "\x93NUMPY";
  out += char(major);
  out += '\0';
  size_t length = dictionary.size();
  for (int i = 0; i < (major == 1 ? 2 : 4); ++i, length >>= 8)
    out += char(length & 0xff);
  return out + dictionary + data;
}

std::string dictionary(const std::string &descr, const std::string &shape,
                       const std::string &order = "False") {
  return "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
}

std::string message(const std::string &file) {
  auto r = read_npy(to_bytes(file), "x.npy");
  return r ? "no error" : r.error().message;
}

template <class T> std::vector<T> values(const npy_array &a) {
  std::vector<T> out(a.bytes / sizeof(T));
  std::memcpy(out.data(), a.data.get(), a.bytes);
  return out;
}

template <class T> std::string raw(std::initializer_list<T> values) {
  std::string out;
  for (T v : values)
    out.append(reinterpret_cast<const char *>(&v), sizeof v);
  return out;
}

class IoNpy : public ::testing::Test {
protected:
  fs::path folder;

  void SetUp() override {
    std::string base = (fs::temp_directory_path() / "nd-io-npy-").string();
    for (int i = 0; folder.empty(); ++i)
      if (fs::create_directory(base + std::to_string(i)))
        folder = base + std::to_string(i);
  }
  void TearDown() override { fs::remove_all(folder); }

  std::string path(const char *name) const { return (folder / name).string(); }
  static std::string contents(const std::string &path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static void put(const std::string &path, const std::string &text) {
    std::ofstream(path, std::ios::binary) << text;
  }
};

TEST_F(IoNpy, WritesNumpysHeader) {
  const std::vector<int64_t> matrix = {2, 3}, none;
  const std::string spaces(58, ' ');
  EXPECT_EQ(npy_header(dtype_kind::float64, matrix),
            std::string("\x93NUMPY\x01\x00v\x00", 10) +
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }" + spaces + "\n");
  const std::string scalar = npy_header(dtype_kind::bool_, none);
  EXPECT_EQ(scalar.size(), 128u);
  EXPECT_EQ(scalar.substr(10, 54), "{'descr': '|b1', 'fortran_order': False, 'shape': (), ");
  const std::vector<int64_t> many(64, 1);
  EXPECT_EQ(npy_header(dtype_kind::int8, many).size() % 64, 0u);
}

TEST_F(IoNpy, ReadsBackWhatItWrites) {
  const std::vector<int64_t> shape = {2, 3};
  for (dtype_kind k : nd::rules::all_dtypes) {
    std::string data(6 * nd::rules::itemsize(k), '\0');
    for (size_t i = 0; i < data.size(); ++i)
      data[i] = char(k == dtype_kind::bool_ ? i % 2 : i + 1);
    ASSERT_TRUE(write_npy(path("a.npy"), data.data(), k, shape));
    auto a = read_npy(path("a.npy"));
    ASSERT_TRUE(a) << a.error().message;
    EXPECT_EQ(a->info.dtype, k);
    EXPECT_EQ(a->info.shape, shape);
    EXPECT_EQ(std::memcmp(a->data.get(), data.data(), data.size()), 0);
    EXPECT_EQ(a->bytes, data.size());
  }
  for (const std::vector<int64_t> &s :
       {std::vector<int64_t>{}, std::vector<int64_t>{0}, std::vector<int64_t>{3, 0, 2}}) {
    const double one = 1;
    ASSERT_TRUE(write_npy(path("b.npy"), &one, dtype_kind::float64, s));
    EXPECT_EQ(read_npy(path("b.npy"))->info.shape, s);
  }
}

TEST_F(IoNpy, ReadsEveryVersionOrderAndByteOrder) {
  const std::string data = raw<int32_t>({1, 2, 3, 4, 5, 6});
  for (int version : {1, 2, 3}) {
    auto a = read_npy(to_bytes(file_of(dictionary("<i4", "(2, 3)"), data, version)), "x.npy");
    ASSERT_TRUE(a) << a.error().message;
    EXPECT_EQ(values<int32_t>(*a), (std::vector<int32_t>{1, 2, 3, 4, 5, 6}));
  }
  auto f = read_npy(to_bytes(file_of(dictionary("<i4", "(2, 3)", "True"), data)), "x.npy");
  EXPECT_EQ(values<int32_t>(*f), (std::vector<int32_t>{1, 2, 3, 4, 5, 6})); // as they stand there
  EXPECT_TRUE(f->info.fortran_order);
  auto f3 = read_npy(
      to_bytes(file_of(dictionary("<i2", "(2, 1, 3)", "True"), raw<int16_t>({1, 2, 3, 4, 5, 6}))),
      "x.npy");
  EXPECT_EQ(values<int16_t>(*f3), (std::vector<int16_t>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(f3->info.shape, (std::vector<int64_t>{2, 1, 3}));
  auto big = read_npy(
      to_bytes(file_of(dictionary(">u2", "(2,)"), std::string("\x01\x02\0\x01", 4))), "x.npy");
  EXPECT_EQ(values<uint16_t>(*big), (std::vector<uint16_t>{258, 1}));
  auto flags =
      read_npy(to_bytes(file_of(dictionary("|b1", "(3,)"), std::string("\0\x01\x07", 3))), "x.npy");
  EXPECT_EQ(values<uint8_t>(*flags), (std::vector<uint8_t>{0, 1, 1}));
}

TEST_F(IoNpy, TakesAnyLayoutOfTheDictionary) {
  for (const char *text :
       {"{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }\n",
        "{\"shape\":(2,),\"fortran_order\":False,\"descr\":\"<f8\"}",
        "  { 'shape' : ( 2 , ) ,\n 'descr' : 'f8' , 'fortran_order' : True }  \n",
        "{'fortran_order':False,'shape':(2L,),'descr':'=f8',}"}) {
    auto a = read_npy(to_bytes(file_of(text, raw<double>({1.5, 2.5}))), "x.npy");
    ASSERT_TRUE(a) << text << a.error().message;
    EXPECT_EQ(values<double>(*a), (std::vector<double>{1.5, 2.5}));
  }
}

TEST_F(IoNpy, SwapsThePartsOfComplexNumbers) {
  std::string data = raw<float>({1.5f, -2.0f, 0.25f, 8.0f});
  for (size_t i = 0; i < data.size(); i += 4)
    std::reverse(data.begin() + long(i), data.begin() + long(i) + 4);
  const std::string file = file_of(dictionary(">c8", "(2,)"), data);
  auto a = read_npy(std::as_bytes(std::span(file)), "x.npy");
  ASSERT_TRUE(a) << a.error().message;
  EXPECT_EQ(a->info.dtype, dtype_kind::complex64);
  const float wanted[] = {1.5f, -2.0f, 0.25f, 8.0f};
  EXPECT_EQ(std::memcmp(a->data.get(), wanted, sizeof wanted), 0);
}

TEST_F(IoNpy, WritesBfloat16AsRawBytes) {
  const std::vector<int64_t> shape = {2};
  ASSERT_TRUE(write_npy(path("g.npy"), "abcd", dtype_kind::bfloat16, shape));
  EXPECT_NE(contents(path("g.npy")).find("'descr': '<V2'"), std::string::npos);
  for (const char *descr : {"<V2", "|V2", "V2"}) {
    auto a = read_npy(to_bytes(file_of(dictionary(descr, "(2,)"), "abcd")), "x.npy");
    ASSERT_TRUE(a) << a.error().message;
    EXPECT_EQ(a->info.dtype, dtype_kind::bfloat16);
    EXPECT_EQ(std::memcmp(a->data.get(), "abcd", 4), 0);
  }
  auto big = read_npy(to_bytes(file_of(dictionary(">V2", "(2,)"), "abcd")), "x.npy");
  EXPECT_EQ(std::memcmp(big->data.get(), "badc", 4), 0);
  EXPECT_TRUE(message(file_of(dictionary("|V4", "(1,)"), "abcd"))
                  .starts_with("x.npy: byte 20: dtype '|V4' is not supported"));
}

TEST_F(IoNpy, WritesFortranOrder) {
  const std::vector<int64_t> shape = {2, 3};
  const int16_t data[] = {1, 2, 3, 4, 5, 6};
  ASSERT_TRUE(write_npy(path("f.npy"), data, dtype_kind::int16, shape, true));
  auto f = read_npy(path("f.npy"));
  EXPECT_TRUE(f->info.fortran_order);
  EXPECT_EQ(values<int16_t>(*f), (std::vector<int16_t>{1, 2, 3, 4, 5, 6}));
}

TEST_F(IoNpy, MapsFiles) {
  const std::vector<int64_t> shape = {3};
  const double data[] = {1, 2, 3};
  ASSERT_TRUE(write_npy(path("m.npy"), data, dtype_kind::float64, shape));
  {
    auto read = map_npy(path("m.npy"), map_mode::read);
    auto own = map_npy(path("m.npy"), map_mode::copy_on_write);
    auto both = map_npy(path("m.npy"), map_mode::read_write);
    ASSERT_TRUE(read && own && both);
    EXPECT_EQ(std::memcmp(read->data, data, sizeof data), 0);
    reinterpret_cast<double *>(own->data)[0] = 10;
    reinterpret_cast<double *>(both->data)[1] = 20;
    EXPECT_EQ(reinterpret_cast<double *>(read->data)[0], 1);
    EXPECT_EQ(reinterpret_cast<double *>(read->data)[1], 20);
  }
  EXPECT_EQ(values<double>(*read_npy(path("m.npy"))), (std::vector<double>{1, 20, 3}));

  auto failure = [&](const std::string &text) {
    put(path("bad.npy"), text);
    auto r = map_npy(path("bad.npy"), map_mode::read);
    return r ? "no error" : r.error().message.substr(path("bad.npy").size());
  };
  EXPECT_EQ(failure(""), ": byte 0: cannot map: the file is empty");
  EXPECT_EQ(failure(file_of(dictionary("<f8", "(2,)"), "12345678")),
            ": byte 68: 16 bytes of data expected for shape (2,) of float64, 8 there");
  EXPECT_EQ(failure(file_of(dictionary(">f8", "(1,)"), "12345678")),
            ": byte 68: the elements are in the other byte order than this machine's, which memory "
            "that is the file cannot change; load it without mmap_mode");
  EXPECT_EQ(failure(file_of(dictionary("|b1", "(3,)"), std::string("\0\x01\x07", 3))),
            ": byte 70: 0 or 1 expected for a bool, 7 there; load it without mmap_mode");
  EXPECT_EQ(map_npy(path("none.npy"), map_mode::read).error().message,
            path("none.npy") + ": cannot open: no such file or directory");
  fs::permissions(path("m.npy"), fs::perms::owner_read);
  if (::access(path("m.npy").c_str(), W_OK) != 0) { // root may write anything
    EXPECT_TRUE(map_npy(path("m.npy"), map_mode::read));
    EXPECT_FALSE(map_npy(path("m.npy"), map_mode::read_write));
  }
}

TEST_F(IoNpy, SaysWhatIsWrongAndWhere) {
  const std::string good = file_of(dictionary("<f8", "(2,)"), raw<double>({1, 2}));
  EXPECT_EQ(message(""), "x.npy: byte 0: the file ends inside the magic string and version: at "
                         "least 8 bytes expected, 0 there");
  EXPECT_EQ(message("PK\x03\x04"),
            "x.npy: byte 0: a zip archive, which .npz files are, and no .npy file: open it with "
            "nd::load_npz");
  EXPECT_EQ(message("PNG"),
            "x.npy: byte 0: not a .npy file: it starts with \\x93NUMPY, of which byte 0x93 is "
            "expected here and 'P' is there");
  EXPECT_EQ(message(std::string("\x93NUMPY\x04\x00", 8)),
            "x.npy: byte 6: version 4.0 of the format is not known; 1.0, 2.0 or 3.0 expected");
  EXPECT_EQ(message(good.substr(0, 9)), "x.npy: byte 9: the file ends inside the length of the "
                                        "header: at least 10 bytes expected, 9 there");
  EXPECT_EQ(message(good.substr(0, 30)), "x.npy: byte 8: a header of 58 bytes expected, 20 there");
  EXPECT_EQ(message(good.substr(0, good.size() - 3)),
            "x.npy: byte 68: 16 bytes of data expected for shape (2,) of float64, 13 there");

  auto header = [](const std::string &text) { return message(file_of(text, "")); };
  EXPECT_EQ(header("garbage"),
            "x.npy: byte 10: '{' expected at the start of the header dictionary, "
            "'g' there");
  EXPECT_EQ(header("{'descr': '<f8'"), "x.npy: byte 25: ',' or '}' expected after the value, the "
                                       "end of the header there");
  EXPECT_EQ(header("{}"), "x.npy: byte 10: key 'descr' is missing");
  EXPECT_EQ(header("{'descr': '<f8', 'descr': '<f8'}"),
            "x.npy: byte 27: key 'descr' is there twice");
  EXPECT_EQ(header("{'colour': 1}"), "x.npy: byte 11: key 'colour' is not one of 'descr', "
                                     "'fortran_order' and 'shape'");
  EXPECT_EQ(header(dictionary("|O", "(2,)")),
            "x.npy: byte 20: dtype '|O' is of Python objects, which are not read; save numbers");
  EXPECT_EQ(header(dictionary("<c32", "(2,)")).substr(0, 52),
            "x.npy: byte 20: dtype '<c32' is not supported; one o");
  EXPECT_EQ(header("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2,)}"),
            "x.npy: byte 20: structured dtypes are not supported; save each field on its own");
  EXPECT_EQ(header(dictionary("<f8", "(2,)", "0")),
            "x.npy: byte 44: True or False expected for 'fortran_order', '0' there");
  EXPECT_EQ(header(dictionary("<f8", "(-2,)")),
            "x.npy: byte 61: a size of 0 or more expected in the shape, '-' there");
  EXPECT_EQ(header(dictionary("<f8", "(2)")), "x.npy: byte 60: 'shape' is a number in brackets, a "
                                              "tuple such as (3,) expected");
  EXPECT_EQ(header(dictionary("<f8", "(99999999999999999999,)")),
            "x.npy: byte 61: size '99999999999999999999' does not fit 64 bits");
  EXPECT_EQ(header(dictionary("<f8", "(4294967296, 4294967296)")),
            "x.npy: byte 52: shape (4294967296, 4294967296) has more than 2^63 - 1 elements; use "
            "smaller sizes");
  EXPECT_EQ(header(dictionary("<f8", "(4611686018427387904,)")),
            "x.npy: byte 52: shape (4611686018427387904,) of float64 has more than 2^63 - 1 bytes");
  EXPECT_EQ(header(dictionary("<f8", "(1000000000000,)")),
            "x.npy: byte 80: 8000000000000 bytes of data expected for shape (1000000000000,) of "
            "float64, 0 there");
  std::string ones;
  for (int i = 0; i < 65; ++i)
    ones += "1,";
  EXPECT_EQ(header(dictionary("<f8", "(" + ones + ")")),
            "x.npy: byte 60: the shape has more than 64 dimensions");
  EXPECT_EQ(header(dictionary("<f8", "(2,)") + "x"),
            "x.npy: byte 68: only spaces expected after the dictionary, 'x' there");
}

TEST_F(IoNpy, SurvivesEveryTruncation) {
  const std::vector<int64_t> shape = {2, 3};
  const double data[6] = {};
  ASSERT_TRUE(write_npy(path("a.npy"), data, dtype_kind::float64, shape));
  const std::string good = contents(path("a.npy"));
  ASSERT_TRUE(read_npy(to_bytes(good), "x.npy"));
  for (size_t n = 0; n < good.size(); ++n) {
    EXPECT_FALSE(read_npy(to_bytes(good.substr(0, n)), "x.npy"));
    put(path("b.npy"), good.substr(0, n));
    auto from_file = read_npy(path("b.npy"));
    ASSERT_FALSE(from_file);
    EXPECT_EQ(from_file.error().message,
              path("b.npy") + message(good.substr(0, n)).substr(std::strlen("x.npy")));
  }
}

TEST_F(IoNpy, SurvivesEveryByteChangedInTheHeader) {
  for (int version : {1, 2}) {
    const std::string good =
        file_of(dictionary("<i2", "(2, 3)", "True"), raw<int16_t>({1, 2, 3, 4, 5, 6}), version);
    for (size_t at = 0; at + 12 < good.size(); ++at)
      for (int c = 0; c < 256; ++c) {
        std::string bad = good;
        bad[at] = char(c);
        auto a = read_npy(to_bytes(bad), "x.npy");
        if (a) {
          EXPECT_LE(a->bytes, bad.size());
        } else {
          EXPECT_TRUE(a.error().message.starts_with("x.npy: byte "));
        }
      }
  }
}

TEST_F(IoNpy, RefusesAHugeHeaderWithoutReadingIt) {
  put(path("a.npy"), std::string("\x93NUMPY\x02\x00\xff\xff\xff\xff{}", 14));
  EXPECT_EQ(read_npy(path("a.npy")).error().message,
            path("a.npy") + ": byte 8: a header of 4294967295 bytes expected, 2 there");
}

TEST_F(IoNpy, NamesFilesItCannotOpen) {
  EXPECT_EQ(read_npy(path("none.npy")).error().message,
            path("none.npy") + ": cannot open: no such file or directory");
  EXPECT_EQ(read_npy(folder.string()).error().message,
            folder.string() + ": cannot open: not a regular file");
  const std::vector<int64_t> shape = {1};
  const double one = 1;
  auto failed = write_npy(path("no/where.npy"), &one, dtype_kind::float64, shape);
  ASSERT_FALSE(failed);
  EXPECT_TRUE(failed.error().message.starts_with(path("no/where.npy") + ": cannot create "));
}

TEST_F(IoNpy, ReplacesAFileOnlyWhenAllIsWritten) {
  const std::vector<int64_t> shape = {1}, wrong = {-1}, unknown = {INT64_MIN};
  const double one = 1, two = 2;
  ASSERT_TRUE(write_npy(path("a.npy"), &one, dtype_kind::float64, shape));
  EXPECT_FALSE(write_npy(path("a.npy"), &two, dtype_kind::float64, wrong));
  EXPECT_FALSE(write_npy(path("a.npy"), &two, dtype_kind::float64, unknown));
  EXPECT_FALSE(write_npy(path("a.npy"), &two, dtype_kind::float64, std::vector<int64_t>(65, 1)));
  EXPECT_EQ(values<double>(*read_npy(path("a.npy"))), std::vector<double>{1});
  fs::create_symlink(path("a.npy"), path("link.npy"));
  fs::permissions(path("a.npy"), fs::perms::owner_read | fs::perms::owner_write);
  ASSERT_TRUE(write_npy(path("link.npy"), &two, dtype_kind::float64, shape));
  EXPECT_EQ(values<double>(*read_npy(path("a.npy"))), std::vector<double>{2});
  EXPECT_TRUE(fs::is_symlink(path("link.npy")));
  EXPECT_EQ(fs::status(path("a.npy")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 2);
}

TEST_F(IoNpy, WritesInPlaceWhereAFileHasTwoNames) {
  const std::vector<int64_t> shape = {1};
  const double one = 1, two = 2;
  ASSERT_TRUE(write_npy(path("a.npy"), &one, dtype_kind::float64, shape));
  fs::create_hard_link(path("a.npy"), path("b.npy"));
  ASSERT_TRUE(write_npy(path("a.npy"), &two, dtype_kind::float64, shape));
  EXPECT_EQ(values<double>(*read_npy(path("b.npy"))), std::vector<double>{2});
}

TEST_F(IoNpy, LeavesTheOldFileWhenItIsNotFinished) {
  put(path("a.txt"), "old");
  {
    auto file = output_file::create(path("a.txt"));
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write("new and longer", 14));
    EXPECT_EQ(contents(path("a.txt")), "old");
  }
  EXPECT_EQ(contents(path("a.txt")), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
}

TEST_F(IoNpy, ReportsAFullDevice) {
  if (!fs::exists("/dev/full"))
    GTEST_SKIP() << "no /dev/full here";
  const std::vector<int64_t> shape = {1};
  const double one = 1;
  EXPECT_FALSE(write_npy("/dev/full", &one, dtype_kind::float64, shape));
  EXPECT_TRUE(write_npy("/dev/null", &one, dtype_kind::float64, shape));
}

} // namespace
