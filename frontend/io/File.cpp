// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/io/File.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <random>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nd::io {
namespace {

namespace fs = std::filesystem;

/// The system's text for a failure, lower case as messages are.
std::string system_text(std::error_code error) {
  std::string text = error.message();
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
    text[0] = char(text[0] - 'A' + 'a');
  return text;
}

std::string system_text(int errno_value) {
  return system_text(std::error_code(errno_value, std::generic_category()));
}

/// Fails for what is no regular file.
io_result<void> check_regular(const std::string &path) {
  std::error_code error;
  fs::file_status status = fs::status(path, error);
  if (!fs::exists(status))
    return fail(
        path + ": cannot open: " +
        system_text(error ? error : std::make_error_code(std::errc::no_such_file_or_directory)));
  if (!fs::is_regular_file(status))
    return fail(path + ": cannot open: not a regular file");
  return {};
}

} // namespace

io_result<input_file> input_file::open(const std::string &path) {
  if (io_result<void> regular = check_regular(path); !regular)
    return std::unexpected(regular.error());
  input_file out;
  out.name = path;
  out.file.reset(std::fopen(path.c_str(), "rb"));
  if (!out.file)
    return fail(path + ": cannot open: " + system_text(errno));
  struct stat status;
  if (fstat(fileno(out.file.get()), &status) != 0)
    return fail(path + ": cannot read its size: " + system_text(errno));
  out.bytes = uint64_t(status.st_size);
  return out;
}

io_result<void> input_file::read(void *to, size_t count) {
  if (count == 0)
    return {};
  size_t got = std::fread(to, 1, count, file.get());
  if (got == count)
    return {};
  if (std::ferror(file.get()))
    return fail(name + ": cannot read: " + system_text(errno));
  return fail(name + ": " + std::to_string(count) + " bytes expected, " + std::to_string(got) +
              " there: the file became shorter while it was read");
}

io_result<void> input_file::read_at(uint64_t offset, void *to, size_t count) const {
  for (size_t done = 0; done < count;) {
    ssize_t got = pread(fileno(file.get()), static_cast<char *>(to) + done, count - done,
                        off_t(offset + done));
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return fail(name + ": cannot read: " + system_text(errno));
    if (got == 0)
      return fail(name + ": byte " + std::to_string(offset + done) + ": " +
                  std::to_string(count - done) +
                  " more bytes expected, 0 there: the file became shorter while it was read");
    done += size_t(got);
  }
  return {};
}

io_result<file_mapping> file_mapping::open(const std::string &path, map_mode mode) {
  if (io_result<void> regular = check_regular(path); !regular)
    return std::unexpected(regular.error());
  const bool shared = mode == map_mode::read_write;
  int descriptor = ::open(path.c_str(), (shared ? O_RDWR : O_RDONLY) | O_CLOEXEC);
  if (descriptor < 0)
    return fail(path + ": cannot open" + (shared ? " for writing: " : ": ") + system_text(errno));
  struct stat status;
  void *memory = MAP_FAILED;
  int failure = fstat(descriptor, &status) ? errno : 0;
  const size_t length = failure ? 0 : size_t(status.st_size);
  if (!failure && length > 0) {
    memory = mmap(nullptr, length, PROT_READ | (mode == map_mode::read ? 0 : PROT_WRITE),
                  mode == map_mode::copy_on_write ? MAP_PRIVATE | MAP_NORESERVE : MAP_SHARED,
                  descriptor, 0);
    failure = memory == MAP_FAILED ? errno : 0;
  }
  close(descriptor);
  if (failure)
    return fail(path + ": cannot map: " + system_text(failure));
  if (length == 0)
    return fail(path + ": byte 0: cannot map: the file is empty");
  return file_mapping(static_cast<std::byte *>(memory), length);
}

file_mapping::~file_mapping() {
  if (data)
    munmap(data, length);
}

io_result<void> output_file::cannot_write(int errno_value) const {
  return fail(name + ": cannot write: " + system_text(errno_value));
}

io_result<output_file> output_file::create(const std::string &path) {
  std::error_code error;
  fs::path target = path;
  if (fs::is_symlink(target, error)) {
    fs::path resolved = fs::weakly_canonical(target, error);
    if (!error)
      target = resolved;
  }
  output_file out;
  out.name = path;
  out.target = target.string();
  const fs::file_status status = fs::status(target, error);
  if (fs::is_directory(status))
    return fail(path + ": cannot write: is a directory");
  auto in_place = [&]() -> io_result<output_file> {
    out.file.reset(std::fopen(out.target.c_str(), "wb"));
    if (!out.file)
      return fail(path + ": cannot open for writing: " + system_text(errno));
    return std::move(out);
  };
  const bool there = fs::exists(status);
  if (there && (!fs::is_regular_file(status) || fs::hard_link_count(target, error) > 1))
    return in_place();
  if (there && access(out.target.c_str(), W_OK) != 0)
    return fail(path + ": cannot open for writing: " + system_text(errno));

  // Beside the target, so that the rename stays within one file system.
  std::random_device random;
  auto name_beside = [&] { return out.target + "." + std::to_string(random()) + ".tmp"; };
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  if (int descriptor = access("/proc/self/fd", F_OK) == 0
                           ? ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666)
                           : -1;
      descriptor >= 0) {
    out.file.reset(fdopen(descriptor, "wb"));
    out.temporary = name_beside();
    out.unnamed = true;
  }
  for (int attempt = 0; attempt < 16 && !out.file; ++attempt) {
    out.temporary = name_beside();
    out.file.reset(std::fopen(out.temporary.c_str(), "wbx"));
    if (!out.file && errno != EEXIST)
      break;
  }
  if (!out.file) {
    const int failure = errno;
    out.temporary.clear();
    if (there && (failure == EACCES || failure == EPERM || failure == EROFS))
      return in_place();
    return fail(path + ": cannot create a file beside it: " + system_text(failure));
  }
  if (there)
    fchmod(fileno(out.file.get()), mode_t(status.permissions()) & 07777);
  return out;
}

output_file::~output_file() {
  if (!file)
    return;
  file.reset();
  std::error_code error;
  if (!temporary.empty() && !unnamed)
    fs::remove(temporary, error);
}

io_result<void> output_file::write(const void *from, size_t count) {
  if (count && std::fwrite(from, 1, count, file.get()) != count)
    return cannot_write(errno);
  at += count;
  return {};
}

bool output_file::can_seek() const {
  return lseek(fileno(file.get()), 0, SEEK_CUR) >= 0; // a pipe cannot, a terminal neither
}

io_result<void> output_file::overwrite(uint64_t offset, const void *from, size_t count) {
  if (fseeko(file.get(), off_t(offset), SEEK_SET) != 0)
    return cannot_write(errno);
  if (std::fwrite(from, 1, count, file.get()) != count)
    return cannot_write(errno);
  if (fseeko(file.get(), off_t(at), SEEK_SET) != 0)
    return cannot_write(errno);
  return {};
}

io_result<void> output_file::finish() {
  int failure = std::fflush(file.get()) != 0 ? errno : 0;
  if (unnamed && !failure) {
    const std::string open_file = "/proc/self/fd/" + std::to_string(fileno(file.get()));
    if (linkat(AT_FDCWD, open_file.c_str(), AT_FDCWD, temporary.c_str(), AT_SYMLINK_FOLLOW) != 0)
      failure = errno;
    else
      unnamed = false;
  }
  if (std::fclose(file.release()) != 0 && !failure)
    failure = errno;
  if (temporary.empty())
    return failure ? cannot_write(failure) : io_result<void>();
  if (!failure && std::rename(temporary.c_str(), target.c_str()) != 0)
    failure = errno;
  if (!failure)
    return {};
  std::error_code error;
  if (!unnamed)
    fs::remove(temporary, error);
  return cannot_write(failure);
}

io_result<void> write_file(const std::string &path,
                           std::span<const std::span<const std::byte>> parts) {
  io_result<output_file> file = output_file::create(path);
  if (!file)
    return std::unexpected(file.error());
  for (std::span<const std::byte> part : parts)
    if (io_result<void> done = file->write(part.data(), part.size()); !done)
      return done;
  return file->finish();
}

} // namespace nd::io
