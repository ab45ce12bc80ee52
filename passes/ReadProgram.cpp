// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/ReadProgram.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "passes/Extents.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;

namespace nd {

/// The first array attribute whose elements are of a type that no such attribute has; the end of
/// the text without one. MLIR 22's parser asks the type for its width, and some have none.
static size_t oddArray(StringRef text) {
  constexpr StringRef word = "array<";
  auto inWord = [](char c) { return llvm::isAlnum(c) || c == '.' || c == '_' || c == '$'; };
  for (size_t at = 0; at < text.size(); ++at) {
    StringRef rest = text.drop_front(at);
    if (rest.starts_with("//")) {
      at += rest.find_first_of('\n') == StringRef::npos ? rest.size() : rest.find_first_of('\n');
    } else if (rest[0] == '"') {
      size_t end = 1;
      while (end < rest.size() && rest[end] != '"' && rest[end] != '\n')
        end += rest[end] == '\\' ? 2 : 1;
      at += end;
    } else if (rest.starts_with(word) && (at == 0 || !inWord(text[at - 1]))) {
      StringRef type = rest.drop_front(word.size()).ltrim().take_while(inWord);
      if (!llvm::is_contained({"i1", "i8", "i16", "i32", "i64", "f32", "f64"}, type))
        return at;
    }
  }
  return text.size();
}

std::shared_ptr<llvm::SourceMgr> sourceOf(StringRef text, StringRef name) {
  auto source = std::make_shared<llvm::SourceMgr>();
  source->AddNewSourceBuffer(llvm::MemoryBuffer::getMemBufferCopy(numberExtents(text), name),
                             llvm::SMLoc());
  return source;
}

OwningOpRef<ModuleOp> readProgram(const std::shared_ptr<llvm::SourceMgr> &source,
                                  MLIRContext &context) {
  unsigned id = source->getMainFileID();
  const llvm::MemoryBuffer *buffer = source->getMemoryBuffer(id);
  StringRef text = buffer->getBuffer();
  if (size_t odd = oddArray(text); odd < text.size()) {
    auto [line, column] =
        source->getLineAndColumn(llvm::SMLoc::getFromPointer(text.data() + odd), id);
    emitError(FileLineColLoc::get(&context, buffer->getBufferIdentifier(), line, column))
        << "an array of elements that it cannot have; use i1, i8, i16, i32, i64, f32 or f64, as in "
           "array<i64: 0, 1>";
    return nullptr;
  }
  return parseSourceFile<ModuleOp>(source, ParserConfig(&context));
}

} // namespace nd
