// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/array/Compose.h"
#include "frontend/io/Npy.h"
#include "frontend/io/Zip.h"
#include "nd/io.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace nd {
namespace {

[[noreturn]] void fail(const io::io_failure &failure, const char *what, const site &where) {
  throw io_error(detail::prefix(what, where) + failure.message);
}

void check(const io::io_result<void> &done, const char *what, const site &where) {
  if (!done)
    fail(done.error(), what, where);
}

/// The axes in the opposite order.
array reversed(const array &a, const site &where) {
  detail::extents order(size_t(a.ndim()));
  std::iota(order.rbegin(), order.rend(), 0);
  return detail::permuted(a, order, where);
}

nd::shape reversed(const std::vector<int64_t> &s) {
  return std::vector<int64_t>(s.rbegin(), s.rend());
}

/// Memory for what a header announces. Fortran order is C order with the axes reversed.
class destination {
public:
  destination(const char *what, const site &where) : what(what), where(where) {}

  void *operator()(const io::header &h) {
    turned = h.fortran_order && h.shape.size() > 1;
    out = detail::allocate(h.dtype, turned ? reversed(h.shape) : nd::shape(h.shape), what, where);
    return detail::bytes_of(out);
  }
  array take() { return turned ? reversed(out, where) : std::move(out); }

private:
  const char *what;
  const site &where;
  array out;
  bool turned = false;
};

/// A file in memory as an array, which keeps it there.
array mapped(const std::string &path, std::string_view mode, const site &where) {
  if (mode != "r" && mode != "r+" && mode != "c")
    detail::raise(rules::error_kind::value, "load",
                  "mmap_mode is '" + std::string(mode) +
                      "'; use 'r' (read-only), 'r+' (writes reach the file) or 'c' (writes stay in "
                      "memory)",
                  where);
  io::io_result<io::npy_mapping> file =
      io::map_npy(path, mode == "r"    ? io::map_mode::read
                        : mode == "r+" ? io::map_mode::read_write
                                       : io::map_mode::copy_on_write);
  if (!file)
    fail(file.error(), "load", where);
  const io::header &h = file->info;
  const bool turned = h.fortran_order && h.shape.size() > 1;
  rules::layout how{h.shape, {}, 0};
  if (turned)
    std::reverse(how.extents.begin(), how.extents.end());
  how.strides = rules::c_strides(how.extents, int64_t(rules::itemsize(h.dtype)));
  if (turned) {
    std::reverse(how.extents.begin(), how.extents.end());
    std::reverse(how.strides.begin(), how.strides.end());
  }
  auto kept = std::make_shared<io::file_mapping>(std::move(file->memory));
  array out = detail::over(file->data, h.dtype, how, [kept]() mutable { kept.reset(); });
  if (mode == "r")
    detail::access::get(out).readonly = detail::read_only::given;
  return out;
}

std::string with_ending(std::string_view path, std::string_view ending) {
  std::string file(path);
  return file.ends_with(ending) ? file : file.append(ending);
}

/// Elements as they go into a file: adjacent, in C or in Fortran order.
struct stored {
  explicit stored(const array &a) {
    rules::layout how = detail::layout_of(detail::access::get(a));
    const int64_t width = int64_t(rules::itemsize(a.dtype()));
    shape = how.extents;
    std::reverse(how.extents.begin(), how.extents.end());
    std::reverse(how.strides.begin(), how.strides.end());
    fortran_order =
        !detail::access::get(a).c_order() && rules::is_c_order(how.extents, how.strides, width);
    kept = fortran_order ? a : detail::packed(a);
    data = detail::bytes_of(kept);
    type = a.dtype();
  }
  array kept;
  const void *data;
  dtype type;
  rules::shape shape;
  bool fortran_order;
};

void write_npz(std::string_view path, const named_arrays &arrays, bool deflate, const char *what) {
  const site &where = arrays.where();
  std::vector<std::string> names;
  std::set<std::string_view> taken;
  std::vector<detail::node *> nodes;
  for (size_t i = 0; i < arrays.list().size(); ++i) {
    const named_array &a = arrays.list()[i];
    names.push_back(a.name ? *a.name : "arr_" + std::to_string(i));
    nodes.push_back(&detail::access::get(a.value));
  }
  for (const std::string &name : names) {
    if (!taken.insert(name).second)
      detail::raise(rules::error_kind::value, what,
                    "two arrays are called '" + name + "'; give each a name of its own", where);
    if (name.size() > 60000)
      detail::raise(rules::error_kind::value, what,
                    "a name has " + std::to_string(name.size()) + " bytes; use at most 60000",
                    where);
  }
  detail::evaluate(nodes, what, where);

  const std::string file = with_ending(path, ".npz");
  io::io_result<io::zip_writer> out = io::zip_writer::create(file);
  if (!out)
    fail(out.error(), what, where);
  for (size_t i = 0; i < names.size(); ++i) {
    const stored a(arrays.list()[i].value);
    io::io_result<size_t> bytes = io::npy_data_bytes(file, a.type, a.shape);
    if (!bytes)
      fail(bytes.error(), what, where);
    const std::string head = io::npy_header(a.type, a.shape, a.fortran_order);
    const std::span<const std::byte> parts[] = {std::as_bytes(std::span(head)),
                                                {static_cast<const std::byte *>(a.data), *bytes}};
    check(out->add(names[i] + ".npy", parts, deflate), what, where);
  }
  check(out->finish(), what, where);
}

} // namespace

array load(std::string_view path, std::string_view mmap_mode, site where) {
  const std::string file(path);
  if (!mmap_mode.empty())
    return mapped(file, mmap_mode, where);
  destination to("load", where);
  io::io_result<io::header> h = io::read_npy(file, std::ref(to));
  if (!h)
    fail(h.error(), "load", where);
  return to.take();
}

array load(std::string_view path, const load_options &options, site where) {
  return load(path, options.mmap_mode, where);
}

void save(std::string_view path, const operand &a) {
  array x = detail::as_array(a);
  detail::evaluated(x, "save", a.where());
  const stored from(x);
  check(io::write_npy(with_ending(path, ".npy"), from.data, from.type, from.shape,
                      from.fortran_order),
        "save", a.where());
}

struct npz_file::contents {
  io::zip_archive archive;
  std::vector<std::string> names;

  const io::zip_member *find(std::string_view name) const {
    const io::zip_member *found = nullptr;
    for (const io::zip_member &m : archive.members())
      if (m.name == name || (m.name.size() == name.size() + 4 && m.name.starts_with(name) &&
                             m.name.ends_with(".npy")))
        found = &m; // the last one of a name counts, as for Python's zipfile
    return found;
  }
};

npz_file::npz_file(std::string_view path, site where) {
  io::io_result<io::zip_archive> archive = io::zip_archive::open(std::string(path));
  if (!archive)
    fail(archive.error(), "load_npz", where);
  std::vector<std::string> names;
  for (const io::zip_member &m : archive->members())
    names.push_back(m.name.ends_with(".npy") ? m.name.substr(0, m.name.size() - 4) : m.name);
  contents_ = std::make_shared<const contents>(contents{std::move(*archive), std::move(names)});
}

const std::vector<std::string> &npz_file::files() const { return contents_->names; }
bool npz_file::contains(std::string_view name) const { return contents_->find(name); }

array npz_file::operator[](const npz_name &name) const {
  const io::zip_member *member = contents_->find(name.name());
  const site &where = name.where();
  if (!member) {
    std::string known;
    for (const std::string &n : files())
      known += (known.empty() ? "'" : ", '") + n + "'";
    detail::raise(rules::error_kind::index, "load_npz",
                  contents_->archive.path() + " has no array '" + std::string(name.name()) + "'; " +
                      (known.empty() ? "it is empty" : "it has " + known),
                  where);
  }
  io::io_result<io::zip_archive::reader> reader = contents_->archive.read(*member);
  if (!reader)
    fail(reader.error(), "load_npz", where);
  destination to("load_npz", where);
  io::io_result<io::header> h = io::read_npy(
      io::npy_source{contents_->archive.path() + ": entry '" + member->name + "'", member->size,
                     [&](void *into, size_t count) { return reader->read(into, count); }},
      std::ref(to));
  if (!h)
    fail(h.error(), "load_npz", where);
  check(reader->finish(), "load_npz", where);
  return to.take();
}

npz_file load_npz(std::string_view path, site where) { return npz_file(path, where); }

named_array::named_array(std::string_view name, const operand &value)
    : name(name), value(detail::as_array(value)) {}

void savez(std::string_view path, const named_arrays &arrays) {
  write_npz(path, arrays, false, "savez");
}
void savez_compressed(std::string_view path, const named_arrays &arrays) {
  write_npz(path, arrays, true, "savez_compressed");
}

} // namespace nd
