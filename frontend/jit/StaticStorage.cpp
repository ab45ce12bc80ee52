// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is in static and thread-local storage of this library outlives the program's own.
//
// A user's static object may compute in its destructor. LLVM's and MLIR's statics are made when
// they are first used, so many of them later than that object, and would be gone before it; MLIR's
// caches in thread-local storage are destroyed before all static objects. So static objects are
// left to the system, which takes their memory back: their destructors do nothing else. And
// thread-local ones live until their thread is really over, which for the thread that calls exit()
// it never is.
#include <cstdlib>
#include <pthread.h>

namespace {

struct doomed {
  void (*destroy)(void *);
  void *object;
  doomed *before;
};

void destroy_all(void *newest) {
  for (auto *d = static_cast<doomed *>(newest); d;) {
    d->destroy(d->object);
    doomed *done = d;
    d = d->before;
    std::free(done);
  }
}

pthread_key_t key;
pthread_once_t once = PTHREAD_ONCE_INIT;

} // namespace

// What every object with a destructor calls. Hidden: for the code that is linked into this library
// alone, which is never unloaded (nodelete).
extern "C" {

__attribute__((visibility("hidden"))) int __cxa_atexit(void (*)(void *), void *, void *) noexcept {
  return 0;
}

__attribute__((visibility("hidden"))) int __cxa_thread_atexit(void (*destroy)(void *), void *object,
                                                              void *) noexcept {
  pthread_once(&once, [] { pthread_key_create(&key, destroy_all); });
  auto *d = static_cast<doomed *>(std::malloc(sizeof(doomed)));
  if (!d)
    return -1;
  *d = {destroy, object, static_cast<doomed *>(pthread_getspecific(key))};
  return pthread_setspecific(key, d);
}
}
