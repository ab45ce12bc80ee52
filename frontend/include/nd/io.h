// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays in files: NumPy's .npy and .npz.
#ifndef ND_IO_H
#define ND_IO_H

#include <nd/array.h>

#include <memory>
#include <string_view>

namespace ND_API nd {

/// What load takes after the path, `nd::load("x.npy", {.mmap_mode = "r"})`.
struct load_options {
  /// Not empty: the elements stay in the file, which is mapped into memory; "r" read-only, "r+"
  /// writes reach the file, "c" writes stay in memory.
  std::string_view mmap_mode = {};
};

/// Reads a .npy file (numpy.load).
///
/// Shape    and dtype as the file has them, versions 1.0 to 3.0 of the format; big-endian elements
///          come in this machine's order. Fortran order stays: such an array's strides ascend.
/// Dtype    '<V2', as which ml_dtypes has NumPy write bfloat16, is bfloat16.
/// Mapped   with an mmap_mode nothing is read or copied (but bools, which are checked); a file that
///          somebody shortens meanwhile ends the program, as with numpy.memmap.
/// Throws   io_error, with the byte and what was expected there, if it cannot be read, is not one, is
///          cut short, or has a dtype that nd has not; for a mapped file in the other byte order.
///          value_error for an mmap_mode that is none of the three.
array load(std::string_view path, std::string_view mmap_mode = {}, site where = site::current());
array load(std::string_view path, const load_options &options, site where = site::current());

/// Writes a .npy file, byte for byte as numpy.save does; adds .npy to a path without it. Evaluates.
///
/// Order    an array in Fortran order is written so.
/// Dtype    bfloat16 is '<V2' in the file: nd reads it back, NumPy opens it as raw void of two bytes.
/// Safety   the file takes the place of an old one when it is complete: an interrupted save leaves
///          that. Devices, pipes, files with several hard links and files in a directory that takes
///          no new ones are written in place.
/// Throws   io_error if it cannot be written.
void save(std::string_view path, const operand &a);

/// A name among those in a .npz file, and where it was asked for.
class npz_name {
public:
  npz_name(const char *name, site where = site::current()) : name_(name), where_(where) {}
  npz_name(std::string_view name, site where = site::current()) : name_(name), where_(where) {}
  npz_name(const std::string &name, site where = site::current()) : name_(name), where_(where) {}
  std::string_view name() const { return name_; }
  const site &where() const { return where_; }

private:
  std::string_view name_;
  site where_;
};

/// A .npz file open for reading (numpy.lib.npyio.NpzFile): arrays by name, read when they are asked
/// for. Copies share the open file; several threads may read at once.
class npz_file {
public:
  /// Opens it and reads its directory.
  ///
  /// Throws  io_error, with the byte or the entry and what was expected, if it is not one.
  explicit npz_file(std::string_view path, site where = site::current());

  /// The names of the arrays, without .npy, in the order of the file.
  const std::vector<std::string> &files() const;
  std::vector<std::string>::const_iterator begin() const { return files().begin(); }
  std::vector<std::string>::const_iterator end() const { return files().end(); }
  size_t size() const { return files().size(); }
  /// Whether there is such a name, with .npy or without.
  bool contains(std::string_view name) const;
  /// Reads an array; each time anew.
  ///
  /// Throws  index_error for a name that is not there, io_error for a damaged entry: a wrong checksum,
  ///         a stream cut short, an entry that is not a .npy file.
  array operator[](const npz_name &name) const;

private:
  struct contents;
  std::shared_ptr<const contents> contents_;
};

/// Opens a .npz file (numpy.load): `nd::load_npz("f.npz")["x"]`.
npz_file load_npz(std::string_view path, site where = site::current());

/// An array for a .npz file: `x`, which is called arr_0, arr_1, ... by its position, or `{"x", x}`.
struct named_array {
  named_array(const array &value) : value(value) {}
  template <element T> named_array(T value) : value(value) {}
  named_array(std::string_view name, const operand &value);

  std::optional<std::string> name;
  array value;
};

/// The arrays of a .npz file, in braces or in a std::vector.
class named_arrays {
public:
  named_arrays(std::initializer_list<named_array> list, site where = site::current())
      : list_(list), where_(where) {}
  named_arrays(std::vector<named_array> list, site where = site::current())
      : list_(std::move(list)), where_(where) {}
  named_arrays(const std::vector<array> &list, site where = site::current())
      : list_(list.begin(), list.end()), where_(where) {}

  const std::vector<named_array> &list() const { return list_; }
  const site &where() const { return where_; }

private:
  std::vector<named_array> list_;
  site where_;
};

/// Writes arrays into one .npz file (numpy.savez): `nd::savez("f.npz", {x, y})` or
/// `nd::savez("f.npz", {{"x", x}, {"y", y}})`. Adds .npz to a path without it. Evaluates.
///
/// Safety   as save.
/// Throws   io_error if it cannot be written, value_error if two arrays have the same name.
void savez(std::string_view path, const named_arrays &arrays);
/// The same, deflated by zlib (numpy.savez_compressed).
void savez_compressed(std::string_view path, const named_arrays &arrays);

} // namespace nd

#endif // ND_IO_H
