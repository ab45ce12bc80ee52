// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Files that are damaged on purpose, byte by byte, and tensors of other libraries.
#include "tests/faults/errors_gallery.h"

#include <dlpack/dlpack.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include <unistd.h>
#include <zlib.h>

using namespace nd;

namespace {

const array two({1.0, 2.0}), table = ones({4, 3}), whole({1, 2, 3});

/// Files with given bytes, in a folder that goes away at the end.
struct files {
  std::filesystem::path folder = "/tmp/nd-gallery-" + std::to_string(getpid());
  files() { std::filesystem::create_directories(folder); }
  ~files() { std::filesystem::remove_all(folder); }
  std::string at(const std::string &name) const { return folder / name; }
  std::string of(const std::string &name, const std::string &bytes) const {
    std::ofstream(folder / name, std::ios::binary) << bytes;
    return at(name);
  }
};
const files &disk() {
  static files one;
  return one;
}

std::string npy(const std::string &header, const std::string &data = "") {
  std::string out = "\x93NUMPY\x01";
  out += '\0';
  out += char(header.size());
  out += char(header.size() >> 8);
  return out + header + data;
}
/// A .npy file with this header.
std::string head(const std::string &header, const std::string &data = "") {
  return disk().of("header.npy", npy(header + "\n", data));
}
std::string with_dtype(const std::string &descr) {
  return head("{'descr': " + descr + ", 'fortran_order': False, 'shape': (2,)}");
}
std::string with_shape(const std::string &shape) {
  return head("{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + "}");
}
std::string of_bytes(const char *text, size_t count) {
  return disk().of("bytes.npy", std::string(text, count));
}

std::string contents(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A number in a zip archive.
void put(std::string &bytes, size_t at, uint64_t value, int count) {
  for (int i = 0; i < count; ++i)
    bytes[at + size_t(i)] = char(value >> 8 * i);
}
uint64_t number(const std::string &bytes, size_t at, int count) {
  uint64_t value = 0;
  for (int i = count; i-- > 0;)
    value = value << 8 | uint8_t(bytes[at + size_t(i)]);
  return value;
}

/// The parts of an archive of one member called "w.npy": its bytes, where its entry in the
/// directory is, and the record at the end.
struct archive {
  std::string bytes;
  size_t entry, end;
};
std::string damaged(const std::function<void(archive &)> &harm, bool deflated = false) {
  const std::string path = disk().at("whole.npz");
  const array x = arange(200);
  deflated ? savez_compressed(path, {{"w", x}}) : savez(path, {{"w", x}});
  archive a{contents(path), 0, 0};
  a.end = a.bytes.size() - 22;
  a.entry = size_t(number(a.bytes, a.end + 16, 4));
  harm(a);
  return disk().of("damaged.npz", a.bytes);
}
array first_of(const std::string &path, site where = site::current()) {
  const npz_file file = load_npz(path, where);
  return file[npz_name("w", where)];
}
/// A member that is deflated, its bytes changed by \p harm behind its header.
std::string inflating(const std::function<void(archive &, size_t)> &harm) {
  return damaged([&](archive &a) { harm(a, 30 + number(a.bytes, 26, 2) + number(a.bytes, 28, 2)); },
                 true);
}

const std::string header_of_two = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}\n";
/// An archive of one deflated member, which says that \p data bytes stand behind the header.
std::string deflated(const std::string &contents, size_t data) {
  z_stream z = {};
  deflateInit2(&z, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string packed(200, '\0');
  z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(contents.data()));
  z.avail_in = uInt(contents.size());
  z.next_out = reinterpret_cast<Bytef *>(packed.data());
  z.avail_out = uInt(packed.size());
  deflate(&z, Z_FINISH);
  packed.resize(z.total_out);
  deflateEnd(&z);
  auto record = [](const char *mark, size_t bytes) {
    std::string out(mark);
    out.resize(bytes);
    return out;
  };
  std::string member = record("PK\x03\x04", 30), entry = record("PK\x01\x02", 46),
              end = record("PK\x05\x06", 22);
  put(member, 26, 5, 2);
  put(entry, 10, 8, 2);
  put(entry, 20, packed.size(), 4);
  put(entry, 24, 10 + header_of_two.size() + data, 4);
  put(entry, 28, 5, 2);
  put(end, 10, 1, 2);
  put(end, 12, entry.size() + 5, 4);
  put(end, 16, member.size() + 5 + packed.size(), 4);
  return disk().of("deflated.npz", member + "w.npy" + packed + entry + "w.npy" + end);
}

/// Text that gzip packed.
std::string packed(const std::string &text) {
  const std::string path = disk().at("text.gz");
  gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), unsigned(text.size()));
  gzclose(file);
  return contents(path);
}

/// A tensor of another library.
struct tensor {
  DLManagedTensor managed{};
  std::vector<int64_t> shape{2, 2}, strides{2, 1};
  double data[4] = {};
  explicit tensor(const std::function<void(tensor &)> &change) {
    managed.dl_tensor = {data, {kDLCPU, 0}, 2, {kDLFloat, 64, 1}, shape.data(), strides.data(), 0};
    change(*this);
  }
};
array taken(const std::function<void(tensor &)> &change, site where = site::current()) {
  static std::vector<std::unique_ptr<tensor>> all;
  all.push_back(std::make_unique<tensor>(change));
  return from_dlpack(&all.back()->managed, where);
}
array of_version(uint32_t major, site where = site::current()) {
  DLManagedTensorVersioned *t = ones({2}).to_dlpack_versioned();
  uint32_t *version = reinterpret_cast<uint32_t *>(t), before = *version;
  *version = major;
  try {
    return from_dlpack(t, where);
  } catch (...) {
    *version = before;
    from_dlpack(t);
    throw;
  }
}

} // namespace

std::vector<gallery::part> gallery::files_and_tensors() {
  std::vector<mistake> npy_files = {
    BAD(load("/nowhere/x.npy")),
    BAD(load("/tmp")),
    BAD(load(disk().of("empty", ""))),
    BAD(load(disk().of("text", "1,2,3\n"))),
    BAD(load(disk().of("short", "\x93NUMPY"))),
    BAD(load(of_bytes("\x93NUMPY\x04\0\1\0", 10))),
    BAD(load(of_bytes("\x93NUMPY\x02\0\1\0", 10))),
    BAD(load(of_bytes("\x93NUMPY\x01\0\xff\0", 10))),
    BAD(load(of_bytes("PK\x03\x04", 4))),
    BAD(load(head("'descr'"))),
    BAD(load(head("{descr: '<f8'}"))),
    BAD(load(head("{'descr: '<f8'}"))),
    BAD(load(head("{'descr': '<f8',"))),
    BAD(load(head("{'descr"))),
    BAD(load(head("{'de\\x73cr': '<f8'}"))),
    BAD(load(head("{'name': '<f8'}"))),
    BAD(load(head("{'descr' '<f8'}"))),
    BAD(load(head("{'descr': '<f8', 'descr': '<f8'}"))),
    BAD(load(head("{'descr': '<f8' 'shape': (2,)}"))),
    BAD(load(head("{'descr': '<f8'}"))),
    BAD(load(head("{'descr': '<f8', 'fortran_order': False, 'shape': (2,)} + 1"))),
    BAD(load(head("{'descr': '<f8', 'fortran_order': 0, 'shape': (2,)}"))),
    BAD(load(with_dtype("'<U8'"))),
    BAD(load(with_dtype("'|O'"))),
    BAD(load(with_dtype("[('x', '<f8')]"))),
    BAD(load(with_dtype("float"))),
    BAD(load(with_shape("2"))),
    BAD(load(with_shape("(2)"))),
    BAD(load(with_shape("(2 3)"))),
    BAD(load(with_shape("(-2,)"))),
    BAD(load(with_shape("(x,)"))),
    BAD(load(with_shape("(99999999999999999999,)"))),
    BAD(load(with_shape("(9223372036854775807, 9)"))),
    BAD(load(with_shape("(2305843009213693952,)"))),
    BAD(load(with_shape("(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
                        "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)"))),
    BAD(load(with_shape("(2,)"))),
    BAD(load(with_shape("(2,)"), "w")),
    BAD(load(disk().of("empty", ""), "r")),
    BAD(load("/nowhere/x.npy", "r")),
    BAD(load(with_shape("(2,)"), "r")),
    BAD(load(with_dtype("'>f8'"), "r")),
    BAD(load(head("{'descr': '>f8', 'fortran_order': False, 'shape': (1,)}", "12345678"), "r")),
    BAD(load(head("{'descr': '|b1', 'fortran_order': False, 'shape': (2,)}", "\x01\x02"), "r")),
    BAD_DO(array x =
               load(head("{'descr': '|i1', 'fortran_order': False, 'shape': (2,)}", "ab"), "r");
           x[0] = 1),
    BAD_DO(save("/nowhere/x.npy", two)),
    BAD_DO(save(disk().at("axes.npy"), zeros(std::vector<int64_t>(65, 1)))),
    BAD_DO(std::filesystem::create_directories(disk().at("folder.npy"));
           save(disk().at("folder.npy"), two)),
    BAD_DO(save("/proc/x.npy", two))
  };
  return {
      {"Files: .npy", npy_files},
      {"Files: .npz",
       {BAD(load_npz("/nowhere/x.npz")),
        BAD(load_npz(disk().of("zip", "PK"))),
        BAD(load_npz(disk().of("zeros", std::string(100, '\0')))),
        BAD(load_npz(damaged([](archive &a) { a.bytes.resize(a.bytes.size() - 5); }))),
        BAD(load_npz(damaged([](archive &a) { put(a.bytes, a.end + 4, 1, 2); }))),
        BAD(load_npz(damaged([](archive &a) { put(a.bytes, a.end + 10, 9, 2); }))),
        BAD(load_npz(damaged([](archive &a) { put(a.bytes, a.end + 12, 50, 4); }))),
        BAD(load_npz(damaged([](archive &a) { put(a.bytes, a.end + 16, 0xffffffff, 4); }))),
        BAD(load_npz(damaged([](archive &a) {
          a.bytes.erase(0, a.end);
          put(a.bytes, 16, 0xffffffff, 4);
        }))),
        BAD(load_npz(damaged([](archive &a) {
          std::string locator = "PK\x06\x07";
          locator.resize(20);
          put(locator, 8, 1 << 20, 8);
          put(a.bytes, a.end + 16, 0xffffffff, 4);
          a.bytes.insert(a.end, locator);
        }))),
        BAD(load_npz(damaged([](archive &a) {
          std::string locator = "PK\x06\x07";
          locator.resize(20);
          put(a.bytes, a.end + 16, 0xffffffff, 4);
          a.bytes.insert(a.end, locator);
        }))),
        BAD(load_npz(damaged([](archive &a) { a.bytes[a.entry] = 'Q'; }))),
        BAD(load_npz(damaged([](archive &a) { put(a.bytes, a.entry + 28, 500, 2); }))),
        BAD(load_npz(damaged([](archive &a) { put(a.bytes, a.entry + 24, 0xffffffff, 4); }))),
        BAD(load_npz(damaged([](archive &a) { put(a.bytes, a.entry + 8, 1, 2); }))),
        BAD(load_npz(damaged([](archive &a) { put(a.bytes, a.entry + 10, 14, 2); }))),
        BAD(load_npz(damaged([](archive &a) { put(a.bytes, a.entry + 42, 3000, 4); }))),
        BAD(load_npz(damaged([](archive &a) { put(a.bytes, a.entry + 24, 5, 4); }))),
        BAD(load_npz(damaged([](archive &a) {
          a.bytes.insert(a.end, "more");
          put(a.bytes, a.end + 4 + 12, a.end + 4 - a.entry, 4);
        }))),
        BAD(first_of(damaged([](archive &a) { a.bytes[0] = 'Q'; }))),
        BAD(first_of(damaged([](archive &a) { a.bytes[30] = 'v'; }))),
        BAD(first_of(damaged([](archive &a) { put(a.bytes, 26, 60000, 2); }))),
        BAD(first_of(damaged([](archive &a) { put(a.bytes, 28, 60000, 2); }))),
        BAD(first_of(damaged([](archive &a) { a.bytes[a.entry - 1] ^= 1; }))),
        BAD(first_of(damaged([](archive &a) {
          put(a.bytes, a.entry + 20, 1000, 4);
          put(a.bytes, a.entry + 24, 1000, 4);
        }))),
        BAD(first_of(damaged([](archive &a) {
          put(a.bytes, a.entry + 20, 100, 4);
          put(a.bytes, a.entry + 24, 100, 4);
        }))),
        BAD(first_of(damaged([](archive &a) {
          const size_t shape = a.bytes.find("(200,)");
          a.bytes.replace(shape, 6, "(100,)");
        }))),
        BAD(first_of(inflating([](archive &a, size_t data) { a.bytes[data] = '\xff'; }))),
        BAD(first_of(inflating([](archive &a, size_t) {
          put(a.bytes, a.entry + 20, number(a.bytes, a.entry + 20, 4) / 2, 4);
        }))),
        BAD(first_of(inflating([](archive &a, size_t) {
          put(a.bytes, a.entry + 24, number(a.bytes, a.entry + 24, 4) + 800, 4);
        }))),
        BAD(first_of(inflating([](archive &a, size_t) {
          put(a.bytes, a.entry + 24, number(a.bytes, a.entry + 24, 4) - 8, 4);
        }))),
        BAD(first_of(deflated(npy(header_of_two, std::string(8, '\0')), 16))),
        BAD(first_of(deflated(npy(header_of_two, std::string(24, '\0')), 16))),
        BAD_DO(savez(disk().at("one.npz"), {{"w", two}}); load_npz(disk().at("one.npz"))["v"]),
        BAD_DO(savez(disk().at("none.npz"), std::vector<named_array>{});
               load_npz(disk().at("none.npz"))["v"]),
        BAD_DO(savez(disk().at("two.npz"), {{"w", two}, {"w", two}})),
        BAD_DO(savez(disk().at("long.npz"), {{std::string(70000, 'n'), two}})),
        BAD_DO(savez("/nowhere/x.npz", {two}))}},
      {"Files: text",
       {BAD(loadtxt("/nowhere/x.csv")),
        BAD(loadtxt(disk().of("words", "1,2\n3,x\n"), {.delimiter = ","})),
        BAD(loadtxt(disk().of("title", "a b\n1 2\n"))),
        BAD(loadtxt(disk().of("gap", "1,,2\n"), {.delimiter = ","})),
        BAD(loadtxt(disk().of("quotes", "'1' '2'\n"))),
        BAD(loadtxt(disk().of("halves", "1 0.5\n"), int64)),
        BAD(loadtxt(disk().of("complex", "1+2j\n"))),
        BAD(loadtxt(disk().of("large", "1 300\n"), uint8)),
        BAD(loadtxt(disk().of("ragged", "1 2\n3\n"))),
        BAD(loadtxt(disk().of("one", "1\n"), {.ndmin = 3})),
        BAD(loadtxt(disk().of("one", "1\n"), {.delimiter = ", "})),
        BAD(loadtxt(disk().of("one", "1\n"), {.quotechar = "''"})),
        BAD(loadtxt(disk().of("one", "1\n"), {.delimiter = "#"})),
        BAD(loadtxt(disk().of("one", "1\n"), {.quotechar = "#"})),
        BAD(loadtxt(disk().of("one", "1\n"), {.comments = {"#", ""}})),
        BAD(loadtxt(disk().of("one", "1\n"), {.skiprows = -1})),
        BAD(loadtxt(disk().of("one", "1\n"), {.max_rows = -2})),
        BAD(loadtxt(disk().of("one", "1\n"), {.usecols = {1}})),
        BAD(loadtxt(disk().of("one", "1\n"),
                    {.converters = {{3, [](std::string_view) { return 0.0; }}}})),
        BAD(loadtxt(disk().of("text.gz", "1\n"))),
        BAD(loadtxt(disk().of("cut.gz", packed("1 2 3 4 5").substr(0, 20)))),
        BAD(genfromtxt(disk().of("rows", "1,2\n3\n"), {.delimiter = ","})),
        BAD(genfromtxt(disk().of("rows", "1 2\n3\n"), {.usecols = {0, 1}})),
        BAD(genfromtxt(disk().of("one", "1\n"), {.comments = {"#", "%"}})),
        BAD(genfromtxt(disk().of("one", "1\n"), {.usecols = {"x"}})),
        BAD(genfromtxt(disk().of("named", "a b\n1 2\n"), {.usecols = {"x"}, .names = true})),
        BAD(genfromtxt(disk().of("one", "1\n"), {.skip_footer = 1, .max_rows = 1})),
        BAD(genfromtxt(disk().of("one", "1\n"), {.max_rows = 0})),
        BAD(genfromtxt(disk().of("one", "1\n"), {.delimiter = {2, 0}})),
        BAD(genfromtxt(disk().of("words", "1\nx\n"), {.loose = false})),
        BAD(genfromtxt(disk().of("words", "1\nx\n"), uint64)),
        BAD(genfromtxt(disk().of("large", "300\n"), uint8)),
        BAD(genfromtxt(disk().of("words", "1\nx\n"), uint8, {.filling_values = 300})),
        BAD(genfromtxt(disk().of("words", "1\nx\n"), int64, {.filling_values = NAN})),
        BAD(genfromtxt(disk().of("one", "1\n"), {.ndmin = 4})),
        BAD_DO(savetxt(disk().at("x.csv"), ones({2, 2, 2}))),
        BAD_DO(savetxt(disk().at("x.csv"), two, "%q")),
        BAD_DO(savetxt(disk().at("x.csv"), two, "%")),
        BAD_DO(savetxt(disk().at("x.csv"), two, "%x")),
        BAD_DO(savetxt(disk().at("x.csv"), array({1.0, NAN}), "%d")),
        BAD_DO(savetxt(disk().at("x.csv"), two, "%5000f")),
        BAD_DO(savetxt(disk().at("x.csv"), two, "%#f")),
        BAD_DO(savetxt(disk().at("x.csv"), two, "%d %d %d")),
        BAD_DO(savetxt(disk().at("x.csv"), two, "100%%")),
        BAD_DO(savetxt(disk().at("x.csv"), table, {.fmt = {"%d", "%d"}})),
        BAD_DO(savetxt(disk().at("x.csv"), table, {.fmt = {"%d", "%d", "%d %d"}})),
        BAD_DO(savetxt("/nowhere/x.csv", two))}},
      {"Tensors of other libraries",
       {BAD(from_dlpack(static_cast<DLManagedTensor *>(nullptr))),
        BAD(from_dlpack(static_cast<DLManagedTensorVersioned *>(nullptr))),
        BAD(taken([](tensor &t) { t.managed.dl_tensor.device.device_type = kDLCUDA; })),
        BAD(taken([](tensor &t) { t.managed.dl_tensor.device.device_type = DLDeviceType(99); })),
        BAD(taken([](tensor &t) {
          t.managed.dl_tensor.dtype = {kDLFloat, 32, 4};
        })),
        BAD(taken([](tensor &t) {
          t.managed.dl_tensor.dtype = {kDLInt, 4, 1};
        })),
        BAD(taken([](tensor &t) { t.managed.dl_tensor.ndim = -1; })),
        BAD(taken([](tensor &t) { t.managed.dl_tensor.ndim = 65; })),
        BAD(taken([](tensor &t) { t.managed.dl_tensor.shape = nullptr; })),
        BAD(taken([](tensor &t) { t.managed.dl_tensor.data = nullptr; })),
        BAD(taken([](tensor &t) { t.shape[0] = -2; })),
        BAD(taken([](tensor &t) { t.shape[0] = t.shape[1] = INT64_MAX; })),
        BAD(taken([](tensor &t) { t.strides[0] = INT64_MAX; })), BAD(of_version(2)),
        BAD_DO(broadcast_to(two, {3, 2}).to_dlpack()),
        BAD_DO(struct {
          char tag;
          double value;
        } rows[2]{};
               from_buffer(&rows[0].value, {2}, {12}).to_dlpack())}},
  };
}
