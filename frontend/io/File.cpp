// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/io/File.h"

#include <cerrno>
#include <filesystem>
#include <random>
#include <system_error>

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

/// Fails with the text of errno, which must be that of the failed call.
io_result<void> write_parts(std::FILE *file, std::span<const std::span<const std::byte>> parts) {
  int failure = 0;
  for (std::span<const std::byte> part : parts)
    if (!failure && !part.empty() && std::fwrite(part.data(), 1, part.size(), file) != part.size())
      failure = errno;
  if (!failure && std::fflush(file) != 0)
    failure = errno;
  if (std::fclose(file) != 0 && !failure)
    failure = errno;
  if (failure)
    return fail(system_text(failure));
  return {};
}

} // namespace

io_result<input_file> input_file::open(const std::string &path) {
  std::error_code error;
  fs::file_status status = fs::status(path, error);
  if (!fs::exists(status))
    return fail(
        path + ": cannot open: " +
        system_text(error ? error : std::make_error_code(std::errc::no_such_file_or_directory)));
  if (!fs::is_regular_file(status))
    return fail(path + ": cannot open: not a regular file");
  input_file out;
  out.name = path;
  out.file.reset(std::fopen(path.c_str(), "rb"));
  if (!out.file)
    return fail(path + ": cannot open: " + system_text(errno));
  out.bytes = fs::file_size(path, error);
  if (error)
    return fail(path + ": cannot read its size: " + system_text(error));
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

io_result<void> write_file(const std::string &path,
                           std::span<const std::span<const std::byte>> parts) {
  std::error_code error;
  fs::path target = path;
  if (fs::is_symlink(target, error)) {
    fs::path resolved = fs::weakly_canonical(target, error);
    if (!error)
      target = resolved;
  }
  const fs::file_status status = fs::status(target, error);
  if (fs::is_directory(status))
    return fail(path + ": cannot write: is a directory");

  if (fs::exists(status) && !fs::is_regular_file(status)) {
    std::FILE *file = std::fopen(target.c_str(), "wb");
    if (!file)
      return fail(path + ": cannot open for writing: " + system_text(errno));
    if (io_result<void> written = write_parts(file, parts); !written)
      return fail(path + ": cannot write: " + written.error().message);
    return {};
  }

  // Beside the target, so that the rename stays within one file system.
  std::random_device random;
  fs::path temporary;
  std::FILE *file = nullptr;
  for (int attempt = 0; attempt < 16 && !file; ++attempt) {
    temporary = target;
    temporary += "." + std::to_string(random()) + ".tmp";
    file = std::fopen(temporary.c_str(), "wbx");
    if (!file && errno != EEXIST)
      break;
  }
  if (!file)
    return fail(path + ": cannot create " + temporary.string() +
                " beside it: " + system_text(errno));
  io_result<void> written = write_parts(file, parts);
  if (written) {
    if (fs::exists(status))
      fs::permissions(temporary, status.permissions(), error);
    error.clear();
    fs::rename(temporary, target, error);
    if (!error)
      return {};
    written = fail(system_text(error));
  }
  fs::remove(temporary, error);
  return fail(path + ": cannot write: " + written.error().message);
}

} // namespace nd::io
