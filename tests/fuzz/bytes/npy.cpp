// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Bytes as an .npy file.
#include "frontend/io/Npy.h"
#include "fuzz/bytes/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  auto array = nd::io::read_npy(std::as_bytes(std::span(data, size)), "fuzz.npy");
  if (!array)
    return array.error().message.empty() ? fuzz::wrong("an error without a message") : 0;
  // What was read is there, all of it.
  if (array->bytes != array->info.data_bytes() || array->bytes > size)
    return fuzz::wrong("more data than the file has");
  return fuzz::touch(array->data.get(), array->bytes);
}
