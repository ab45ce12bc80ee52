// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// beside_llvm PLUGIN LIBLLVM ORDER: loads a library that uses nd and another copy of LLVM, whose
// symbols everybody sees, in either order; uses both by turns, and unloads the plugin and loads it
// again.
#include <cmath>
#include <cstdio>
#include <cstring>
#include <dlfcn.h>

namespace {

void *load(const char *path, int how) {
  void *handle = dlopen(path, how);
  if (!handle)
    std::printf("%s\n", dlerror());
  return handle;
}

double use_plugin(void *plugin, int seed) {
  auto *use = reinterpret_cast<double (*)(int)>(dlsym(plugin, "use_nd"));
  return use ? use(seed) : NAN;
}

/// Compiles a function with the other LLVM: add(a, b) through its C interface.
bool use_llvm(void *llvm) {
  auto find = [&]<class F>(F *, const char *name) {
    return reinterpret_cast<F *>(dlsym(llvm, name));
  };
#define FIND(result, name, ...)                                                                    \
  auto *name = find(static_cast<result (*)(__VA_ARGS__)>(nullptr), #name);                         \
  if (!name)                                                                                       \
    return false;
  FIND(void *, LLVMContextCreate)
  FIND(void, LLVMContextDispose, void *)
  FIND(void *, LLVMModuleCreateWithNameInContext, const char *, void *)
  FIND(char *, LLVMPrintModuleToString, void *)
  FIND(void, LLVMDisposeMessage, char *)
  FIND(void, LLVMDisposeModule, void *)
#undef FIND
  void *context = LLVMContextCreate();
  void *module = LLVMModuleCreateWithNameInContext("another", context);
  char *text = LLVMPrintModuleToString(module);
  bool good = std::strstr(text, "another") != nullptr;
  LLVMDisposeMessage(text);
  LLVMDisposeModule(module);
  LLVMContextDispose(context);
  return good;
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 4)
    return 2;
  const bool llvm_first = !std::strcmp(argv[3], "llvm-first");
  void *llvm = llvm_first ? load(argv[2], RTLD_NOW | RTLD_GLOBAL) : nullptr;
  if (llvm_first && (!llvm || !use_llvm(llvm)))
    return 3;
  void *plugin = load(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (!plugin)
    return 4;
  const double expected = use_plugin(plugin, 1);
  if (!llvm_first)
    llvm = load(argv[2], RTLD_NOW | RTLD_GLOBAL);
  bool good = llvm && use_llvm(llvm) && use_plugin(plugin, 1) == expected;
  for (int i = 0; i < 3; ++i) {
    dlclose(plugin);
    plugin = load(argv[1], RTLD_NOW | RTLD_LOCAL);
    good = good && plugin && use_plugin(plugin, 1) == expected && use_plugin(plugin, 2 + i) > 0;
  }
  std::printf("%g %d\n", expected, good);
  return good && expected > 100 ? 0 : 1;
}
