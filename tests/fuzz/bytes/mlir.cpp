// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A text as a program for ndc: the first byte says the stage that it is at. It is read, verified,
// and taken to the LLVM dialect.
#include "fuzz/bytes/target.h"
#include "ir/NdOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "passes/Pipeline.h"
#include "passes/ReadProgram.h"

#include <memory>
#include <random>

using namespace mlir;

namespace {

MLIRContext &context() {
  static DialectRegistry *registry = [] {
    auto *r = new DialectRegistry;
    nd::registerDialects(*r);
    return r;
  }();
  static std::unique_ptr<MLIRContext> current;
  static int uses = 0;
  if (!current || ++uses % 400 == 0) { // what it has seen, it keeps
    current = std::make_unique<MLIRContext>(*registry, MLIRContext::Threading::DISABLED);
    current->loadAllAvailableDialects();
  }
  return *current;
}

} // namespace

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  MLIRContext &c = context();
  bool complained = false;
  ScopedDiagnosticHandler quiet(&c, [&](Diagnostic &d) { complained = true; });
  llvm::StringRef text(reinterpret_cast<const char *>(data) + 1, size - 1);
  auto module = nd::readProgram(nd::sourceOf(text), c);
  if (!module)
    return complained ? 0 : fuzz::wrong("refused without a word");
  PassManager passes(&c);
  nd::buildPipeline(
      passes, nd::Stage(data[0] % 4), nd::Stage::llvm,
      {.exported = (data[0] & 4) != 0, .bounds = (data[0] & 8) != 0, .masks = (data[0] & 16) == 0});
  if (failed(passes.run(*module)) && !complained)
    return fuzz::wrong("a pass failed without a word");
  return 0;
}

/// Half of the mutations are of words: MLIR read byte by byte hardly ever parses.
extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t limit);
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t limit, unsigned seed) {
  std::minstd_rand random(seed);
  if (size < 2 || random() % 4 == 0)
    return LLVMFuzzerMutate(data, size, limit);
  std::string head(1, char(data[0])), text(reinterpret_cast<char *>(data) + 1, size - 1);
  if (random() % 8 == 0)
    head[0] = char(random());
  for (unsigned changes = 1 + random() % 3; changes > 0; --changes) {
    // Words of letters, digits, dots and the like; every other byte is one by itself.
    std::vector<std::pair<size_t, size_t>> words;
    for (size_t i = 0; i < text.size();) {
      size_t j = i;
      while (j < text.size() && (std::isalnum(uint8_t(text[j])) || std::strchr("._%@^", text[j])))
        ++j;
      j = std::max(j, i + 1);
      if (!std::isspace(uint8_t(text[i])))
        words.push_back({i, j - i});
      i = j;
    }
    if (words.empty())
      break;
    auto [at, length] = words[random() % words.size()];
    auto [from, count] = words[random() % words.size()];
    std::string other = text.substr(from, count);
    static const char *numbers[] = {"0",
                                    "1",
                                    "-1",
                                    "2",
                                    "3",
                                    "-9223372036854775808",
                                    "9223372036854775807",
                                    "4611686018427387904",
                                    "n0",
                                    "?"};
    static const char *types[] = {
        "f32", "f64",  "i1",           "i8",    "ui8", "i64",           "ui64",
        "f16", "bf16", "complex<f32>", "index", "i32", "tensor<3xf64>", "tensor<f64>"};
    switch (random() % 6) {
    case 0:
      text.replace(at, length, other);
      break;
    case 1:
      text.erase(at, length);
      break;
    case 2:
      text.insert(at, other + " ");
      break;
    case 3:
      text.replace(at, length, numbers[random() % std::size(numbers)]);
      break;
    case 4:
      text.replace(at, length, types[random() % std::size(types)]);
      break;
    case 5: { // a line again, somewhere
      size_t begin = text.rfind('\n', at), end = text.find('\n', at);
      begin = begin == std::string::npos ? 0 : begin;
      end = end == std::string::npos ? text.size() : end;
      std::string line = text.substr(begin, end - begin);
      size_t to = text.find('\n', from);
      text.insert(to == std::string::npos ? text.size() : to, line);
      break;
    }
    }
  }
  text = head + text;
  text.resize(std::min(text.size(), limit));
  std::memcpy(data, text.data(), text.size());
  return text.size();
}
