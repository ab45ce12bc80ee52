// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/io/Zip.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

using namespace nd::io;
namespace fs = std::filesystem;

namespace {

class IoZip : public ::testing::Test {
protected:
  fs::path folder;

  void SetUp() override {
    std::string base = (fs::temp_directory_path() / "nd-io-zip-").string();
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

  /// An archive of two members.
  std::string archive(bool deflate) {
    const std::string a(3000, 'a'), b = "second";
    auto zip = zip_writer::create(path("z.npz"));
    const std::span<const std::byte> first[] = {std::as_bytes(std::span(a)).first(1000),
                                                std::as_bytes(std::span(a)).subspan(1000)};
    const std::span<const std::byte> second[] = {std::as_bytes(std::span(b))};
    EXPECT_TRUE(zip->add("one.npy", first, deflate));
    EXPECT_TRUE(zip->add("zw\xc3\xb6i.npy", second, deflate));
    EXPECT_TRUE(zip->finish());
    return contents(path("z.npz"));
  }

  /// What is wrong with an archive; empty if all of it can be read.
  std::string failure(const std::string &bytes) {
    std::ofstream(path("bad.npz"), std::ios::binary) << bytes;
    auto zip = zip_archive::open(path("bad.npz"));
    if (!zip)
      return zip.error().message.substr(path("bad.npz").size());
    for (const zip_member &m : zip->members()) {
      auto reader = zip->read(m);
      if (!reader)
        return reader.error().message.substr(path("bad.npz").size());
      if (m.size > 1 << 20)
        return ": too large for a test";
      std::string text(m.size, '\0');
      if (auto ok = reader->read(text.data(), text.size()); !ok)
        return ok.error().message.substr(path("bad.npz").size());
      if (auto ok = reader->finish(); !ok)
        return ok.error().message.substr(path("bad.npz").size());
    }
    return "";
  }
};

std::string changed(std::string bytes, size_t at, char c) {
  bytes[at] = c;
  return bytes;
}

TEST_F(IoZip, ReadsBackWhatItWrites) {
  for (bool deflate : {false, true}) {
    const std::string bytes = archive(deflate);
    EXPECT_EQ(bytes.size() < 1000, deflate);
    auto zip = zip_archive::open(path("z.npz"));
    ASSERT_TRUE(zip) << zip.error().message;
    ASSERT_EQ(zip->members().size(), 2u);
    EXPECT_EQ(zip->members()[1].name, "zw\xc3\xb6i.npy");
    auto reader = zip->read(zip->members()[0]);
    std::string text(3000, '\0');
    EXPECT_TRUE(reader->read(text.data(), 1));
    EXPECT_TRUE(reader->read(text.data() + 1, 2999));
    EXPECT_TRUE(reader->finish());
    EXPECT_EQ(text, std::string(3000, 'a'));
    EXPECT_EQ(failure(bytes), "");
  }
}

TEST_F(IoZip, SaysWhatIsWrongAndWhere) {
  const std::string stored = archive(false), packed = archive(true);
  const size_t directory = stored.rfind("PK\x05\x06") - 2 * 46 - 7 - 9;
  ASSERT_EQ(stored.substr(directory, 4), "PK\x01\x02");
  auto text = [](size_t n) { return std::to_string(n); };

  EXPECT_EQ(failure(""), ": byte 0: the file ends before a zip archive can: at least 22 bytes "
                         "expected, 0 there");
  EXPECT_EQ(failure(std::string(100, 'x')),
            ": byte 100: the record that ends a zip archive is missing: not a .npz file, or one "
            "that is cut short");
  EXPECT_EQ(failure(changed(stored, directory, 'Q')),
            ": byte " + text(directory) + ": an entry of the directory expected, number 1 of 2");
  EXPECT_EQ(failure(changed(stored, directory + 10, 12)),
            ": byte " + text(directory + 10) +
                ": 'one.npy' is compressed by method 12; 0 (stored) or 8 (deflated) expected");
  EXPECT_EQ(failure(changed(stored, directory + 8, 1)),
            ": byte " + text(directory + 8) + ": 'one.npy' is encrypted, which is not read");
  EXPECT_EQ(failure(changed(stored, directory + 24, 1)),
            ": byte " + text(directory + 24) + ": 'one.npy' cannot have 2817 bytes in 3000");
  EXPECT_EQ(failure(changed(stored, 0, 'Q')), ": byte 0: the header of 'one.npy' expected");
  EXPECT_EQ(failure(changed(stored, 30, 'O')),
            ": byte 30: 'one.npy' expected as the directory has it, 'One.npy' there");
  EXPECT_TRUE(failure(changed(stored, 100, 'b'))
                  .starts_with(": entry 'one.npy': the checksum of its contents is 0x"));
  EXPECT_TRUE(failure(changed(stored, 100, 'b')).ends_with(" expected: the file is damaged"));
  // Damage within a deflated stream is seen by zlib or by the checksum.
  EXPECT_TRUE(
      failure(changed(packed, 60, char(packed[60] ^ 0x55))).starts_with(": entry 'one.npy': "));
}

TEST_F(IoZip, SurvivesEveryTruncation) {
  for (bool deflate : {false, true}) {
    const std::string good = archive(deflate);
    for (size_t n = 0; n < good.size(); n += n < 80 || n + 100 > good.size() ? 1 : 97)
      EXPECT_NE(failure(good.substr(0, n)), "") << n;
  }
}

TEST_F(IoZip, SurvivesChangedBytes) {
  for (bool deflate : {false, true}) {
    const std::string good = archive(deflate);
    std::mt19937 random(7);
    for (int i = 0; i < 500; ++i) {
      std::string bad = good;
      for (int n = 1 + int(random() % 3); n > 0; --n)
        bad[random() % bad.size()] = char(random());
      failure(bad); // any answer but a crash
    }
  }
}

TEST_F(IoZip, RefusesDirectoriesThatLie) {
  const std::string good = archive(false);
  const size_t end = good.size() - 22;
  // The number of members.
  EXPECT_EQ(failure(changed(good, end + 10, 100)).find(": byte " + std::to_string(end + 10) + ": "),
            0u);
  // Where the directory is.
  EXPECT_NE(failure(changed(good, end + 16, char(good[end + 16] + 1))), "");
  // zip64 without its record.
  std::string wide = good;
  for (size_t i = 16; i < 20; ++i)
    wide[end + i] = '\xff';
  EXPECT_EQ(failure(wide),
            ": byte " + std::to_string(end - 20) + ": a zip64 locator expected here");
}

} // namespace
