// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/jit/DiskCache.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <dirent.h>
#include <fcntl.h>
#include <link.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nd {
namespace {

constexpr size_t shelves = 16; // folders in the folder: what is listed to trim one stays short
constexpr std::string_view suffix = ".ndo";
constexpr std::string_view unfinished = ".tmp";
constexpr time_t an_hour = 3600;

struct header {
  char magic[8];
  uint64_t checksum; ///< of all that follows
  uint64_t identity_bytes, program_bytes, object_bytes;
  int32_t kernels, library_calls;
};
constexpr char magic[8] = {'n', 'd', 'c', 'a', 'c', 'h', 'e', '1'};
constexpr size_t checked_from = offsetof(header, identity_bytes);

uint64_t checksum(std::string_view bytes) {
  return llvm::xxh3_64bits(llvm::StringRef(bytes.data(), bytes.size()));
}

class descriptor {
public:
  explicit descriptor(int number) : number_(number) {}
  descriptor(const descriptor &) = delete;
  ~descriptor() { close(); }
  bool good() const { return number_ >= 0; }
  int get() const { return number_; }
  bool close() { return number_ < 0 || ::close(std::exchange(number_, -1)) == 0; }

private:
  int number_;
};

/// Whether \p name is one that this cache gives to files: 32 digits and what \p end says.
bool is_own(std::string_view name) {
  auto digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return name.size() > 32 && std::all_of(name.begin(), name.begin() + 32, digit) &&
         (name.substr(32) == suffix || (name[32] == '.' && name.ends_with(unfinished)));
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t done = ::write(file, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR)
      continue;
    if (done <= 0)
      return false;
    bytes.remove_prefix(size_t(done));
  }
  return true;
}

/// Beyond this size a write would end the process with SIGXFSZ.
uint64_t largest_file() {
  rlimit limit;
  return getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY
             ? uint64_t(limit.rlim_cur)
             : UINT64_MAX;
}

} // namespace

std::string pack_object(std::string_view identity, std::string_view program,
                        const cached_object &entry) {
  header h{};
  std::memcpy(h.magic, magic, sizeof magic);
  h.identity_bytes = identity.size();
  h.program_bytes = program.size();
  h.object_bytes = entry.object.size();
  h.kernels = entry.kernels;
  h.library_calls = entry.library_calls;
  std::string bytes(sizeof h, '\0');
  bytes.reserve(sizeof h + identity.size() + program.size() + entry.object.size());
  std::memcpy(bytes.data(), &h, sizeof h);
  bytes += identity;
  bytes += program;
  bytes.append(entry.object.data(), entry.object.size());
  h.checksum = checksum(std::string_view(bytes).substr(checked_from));
  std::memcpy(bytes.data(), &h, sizeof h);
  return bytes;
}

std::optional<cached_object> unpack_object(std::string_view bytes, std::string_view identity,
                                           std::string_view program) {
  header h;
  if (bytes.size() < sizeof h)
    return std::nullopt;
  std::memcpy(&h, bytes.data(), sizeof h);
  std::string_view rest = bytes.substr(sizeof h);
  // Compared one by one, so that no sum can overflow.
  if (std::memcmp(h.magic, magic, sizeof magic) != 0 || h.identity_bytes != identity.size() ||
      h.program_bytes != program.size() || rest.size() < identity.size() + program.size() ||
      h.object_bytes != rest.size() - identity.size() - program.size() || h.object_bytes == 0 ||
      h.checksum != checksum(bytes.substr(checked_from)))
    return std::nullopt;
  if (rest.substr(0, identity.size()) != identity ||
      rest.substr(identity.size(), program.size()) != program)
    return std::nullopt;
  rest.remove_prefix(identity.size() + program.size());
  return cached_object{h.kernels, h.library_calls, {rest.begin(), rest.end()}};
}

disk_cache::disk_cache(std::string folder, std::string identity, uint64_t bound)
    : folder_(std::move(folder)), identity_(std::move(identity)), bound_(bound) {
  std::error_code failure; // the program may change its folder
  if (auto whole = std::filesystem::absolute(folder_, failure); !failure)
    folder_ = whole.string();
}

std::string disk_cache::name_of(std::string_view program) const {
  std::string both = identity_;
  both += '\n';
  both += program;
  llvm::XXH128_hash_t hash = llvm::xxh3_128bits(
      llvm::ArrayRef(reinterpret_cast<const uint8_t *>(both.data()), both.size()));
  auto digits = [](uint64_t half) {
    std::string text = llvm::utohexstr(half, /*LowerCase=*/true);
    return std::string(16 - text.size(), '0') + text;
  };
  return digits(hash.high64) + digits(hash.low64);
}

std::string disk_cache::shelf_of(const std::string &name) const { return folder_ + "/" + name[0]; }

std::optional<cached_object> disk_cache::find(std::string_view program) const {
  const std::string name = name_of(program);
  // Not blocking: a pipe may stand where a file should.
  descriptor file(::open((shelf_of(name) + "/" + name + std::string(suffix)).c_str(),
                         O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW));
  struct stat status;
  if (!file.good() || fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
      (status.st_uid != geteuid() && status.st_uid != 0) ||
      (status.st_mode & (S_IWGRP | S_IWOTH)) != 0 || status.st_size < off_t(sizeof(header)) ||
      uint64_t(status.st_size) > bound_)
    return std::nullopt;
  std::string bytes(size_t(status.st_size), '\0');
  for (size_t done = 0; done < bytes.size();) {
    ssize_t got = ::read(file.get(), bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return std::nullopt;
    done += size_t(got);
  }
  std::optional<cached_object> entry = unpack_object(bytes, identity_, program);
  if (entry && status.st_mtime < time(nullptr) - an_hour)
    futimens(file.get(), nullptr); // used: not the next to go
  return entry;
}

bool disk_cache::store(std::string_view program, const cached_object &entry) const {
  const std::string name = name_of(program), shelf = shelf_of(name);
  const std::string bytes = pack_object(identity_, program, entry);
  if (bytes.size() > bound_ / shelves / 2 || bytes.size() > largest_file())
    return false;
  if (mkdir(shelf.c_str(), 0700) != 0 && errno == ENOENT) {
    std::error_code failure;
    std::filesystem::create_directories(folder_, failure);
    mkdir(shelf.c_str(), 0700);
  }
  static std::atomic<unsigned> counter{0};
  const std::string path = shelf + "/" + name;
  const std::string beside = path + "." + std::to_string(getpid()) + "." +
                             std::to_string(counter++) + std::string(unfinished);
  int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
  int opened = ::open(beside.c_str(), flags, 0600);
  if (opened < 0 && errno == EEXIST && unlink(beside.c_str()) == 0) // of a process that is gone
    opened = ::open(beside.c_str(), flags, 0600);
  descriptor file(opened);
  if (!file.good())
    return false;
  if (!write_all(file.get(), bytes) || !file.close() ||
      ::rename(beside.c_str(), (path + std::string(suffix)).c_str()) != 0) {
    unlink(beside.c_str());
    return false;
  }
  trim(shelf);
  return true;
}

/// Removes what was never finished, and the files that were used longest ago if all take too much.
void disk_cache::trim(const std::string &shelf) const {
  struct entry {
    timespec used;
    uint64_t bytes;
    std::string path;
  };
  DIR *listing = opendir(shelf.c_str());
  if (!listing)
    return;
  std::vector<entry> entries;
  uint64_t total = 0;
  const time_t now = time(nullptr);
  while (const dirent *next = readdir(listing)) {
    std::string_view name = next->d_name;
    struct stat status;
    if (!is_own(name) || fstatat(dirfd(listing), next->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(status.st_mode))
      continue;
    if (name.ends_with(unfinished)) {
      if (status.st_mtime < now - an_hour)
        unlinkat(dirfd(listing), next->d_name, 0);
      continue;
    }
    entries.push_back({status.st_mtim, uint64_t(status.st_size), shelf + "/" + std::string(name)});
    total += entries.back().bytes;
  }
  closedir(listing);
  const uint64_t bound = bound_ / shelves;
  if (total <= bound)
    return;
  std::sort(entries.begin(), entries.end(), [](const entry &a, const entry &b) {
    return std::tie(a.used.tv_sec, a.used.tv_nsec) < std::tie(b.used.tv_sec, b.used.tv_nsec);
  });
  for (const entry &oldest : entries) {
    if (total <= bound / 4 * 3)
      return;
    unlink(oldest.path.c_str());
    total -= oldest.bytes;
  }
}

std::string build_id() {
  struct search {
    uintptr_t inside;
    std::string found;
  } looked_for{reinterpret_cast<uintptr_t>(&build_id), {}};
  dl_iterate_phdr(
      [](dl_phdr_info *object, size_t, void *data) {
        auto &wanted = *static_cast<search *>(data);
        auto segments = llvm::ArrayRef(object->dlpi_phdr, object->dlpi_phnum);
        if (llvm::none_of(segments, [&](const ElfW(Phdr) & s) {
              uintptr_t begin = object->dlpi_addr + s.p_vaddr;
              return s.p_type == PT_LOAD && wanted.inside >= begin &&
                     wanted.inside < begin + s.p_memsz;
            }))
          return 0;
        for (const ElfW(Phdr) & s : segments) {
          if (s.p_type != PT_NOTE)
            continue;
          const char *at = reinterpret_cast<const char *>(object->dlpi_addr + s.p_vaddr);
          const char *end = at + s.p_memsz;
          while (end - at >= ptrdiff_t(sizeof(ElfW(Nhdr)))) {
            ElfW(Nhdr) note;
            std::memcpy(&note, at, sizeof note);
            const char *name = at + sizeof note;
            const size_t name_bytes = (note.n_namesz + 3) / 4 * 4;
            const size_t bytes = (note.n_descsz + 3) / 4 * 4;
            if (size_t(end - name) < name_bytes + bytes)
              break;
            if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 &&
                std::memcmp(name, "GNU", 4) == 0)
              wanted.found = llvm::toHex(llvm::StringRef(name + name_bytes, note.n_descsz),
                                         /*LowerCase=*/true);
            at = name + name_bytes + bytes;
          }
        }
        return 1;
      },
      &looked_for);
  return looked_for.found;
}

} // namespace nd
