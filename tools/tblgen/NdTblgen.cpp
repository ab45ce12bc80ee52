// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// nd-tblgen: what else follows from the op rows: the frontend's functions and the cases that are
// compared with NumPy.
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/PrettyStackTrace.h"
#include "llvm/Support/Signals.h"
#include "llvm/TableGen/Error.h"
#include "llvm/TableGen/Main.h"
#include "llvm/TableGen/Record.h"
#include "llvm/TableGen/TableGenBackend.h"

using namespace llvm;

namespace {

/// One row: a def of a family's class.
struct Row {
  StringRef name, rule, summary;
  bool inNumpy;
  std::vector<StringRef> operands;
};

Row rowOf(const Record &record) {
  Row row{record.getValueAsString("opName"),
          record.getValueAsString("dtypeRule"),
          record.getValueAsString("summary"),
          !record.getValue("inNumpy") || record.getValueAsBit("inNumpy"),
          {}};
  for (const StringInit *name : record.getValueAsDag("arguments")->getArgNames()) {
    if (!name)
      PrintFatalError(record.getLoc(), "an operand of this row has no name");
    row.operands.push_back(name->getValue());
  }
  return row;
}

/// The rows of a family, in the order of the file.
std::vector<Row> rowsOf(const RecordKeeper &records, StringRef family) {
  std::vector<const Record *> defs = records.getAllDerivedDefinitions(family);
  llvm::sort(defs, [](const Record *a, const Record *b) { return a->getID() < b->getID(); });
  std::vector<Row> rows;
  for (const Record *def : defs)
    rows.push_back(rowOf(*def));
  return rows;
}

std::string signature(const Row &row) {
  std::string text = ("array " + row.name + "(").str();
  for (size_t i = 0; i < row.operands.size(); ++i)
    text += ((i ? ", const operand &" : "const operand &") + row.operands[i]).str();
  return text + ")";
}

/// The sentence that says how a rule treats dtypes; the names are those of ir/rules/ufunc.h.
StringRef dtypeSentence(StringRef rule) {
  struct Entry {
    StringLiteral rule, sentence;
  };
  static constexpr Entry entries[] = {
      {"floating",
       "floats and complex keep theirs; bool and integers become a float that holds them."},
      {"floating_real", "floats keep theirs; bool and integers become a float that holds them; "
                        "complex throws dtype_error."},
      {"true_divide", "floats and complex keep theirs; bool and integers become float64."},
      {"arithmetic", "the promoted one."},
      {"arithmetic_no_bool", "the promoted one; bool throws dtype_error."},
      {"arithmetic_int8_for_bool", "the promoted one; bool becomes int8."},
      {"real_int8_for_bool", "the promoted one; bool becomes int8, complex throws dtype_error."},
      {"part", "that of x; of complex x that of its parts."},
      {"complex", "complex64 of floats up to float32, else complex128."},
      {"rounding", "that of x; complex throws dtype_error."},
      {"bitwise", "the promoted one; floats and complex throw dtype_error."},
      {"shift", "the promoted one; bool becomes int8, floats and complex throw dtype_error."},
      {"integers", "the promoted one; bool, floats and complex throw dtype_error."},
      {"count", "uint8; floats and complex throw dtype_error."},
      {"exponent", "int32; complex throws dtype_error."},
      {"scale", "that of x1, a float that holds it for bool and integers; complex x1 and an x2 of "
                "floats, complex or uint64 throw dtype_error."},
      {"comparison", "bool_."},
      {"logical", "bool_."},
      {"predicate", "bool_."},
      {"predicate_float", "bool_; complex throws dtype_error."},
      {"select", "that of x and y promoted."},
  };
  for (const Entry &entry : entries)
    if (entry.rule == rule)
      return entry.sentence;
  return "";
}

void emitDeclarations(const RecordKeeper &records, raw_ostream &os) {
  os << "// The pointwise functions. Generated from ir/ops/Pointwise.td.\n";
  for (const Row &row : rowsOf(records, "Nd_Pointwise")) {
    StringRef of = row.inNumpy ? "numpy." : "";
    os << "\n/// " << of << row.name << ": " << row.summary << ".\n";
    StringRef sentence = dtypeSentence(row.rule);
    if (sentence.empty())
      PrintFatalError("row " + row.name + ": unknown dtype rule " + row.rule);
    os << "///\n/// Dtype   " << sentence << "\n";
    if (row.operands.size() > 1)
      os << "/// Throws  shape_error if the operands do not broadcast.\n";
    os << signature(row) << ";\n";
  }
}

void emitDefinitions(const RecordKeeper &records, raw_ostream &os) {
  os << "// The pointwise functions. Generated from ir/ops/Pointwise.td.\n\n";
  for (const Row &row : rowsOf(records, "Nd_Pointwise")) {
    os << signature(row) << " {\n  return detail::pointwise(\"nd." << row.name
       << "\", rules::ufunc::" << row.rule << ", {";
    interleaveComma(row.operands, os, [&](StringRef name) { os << '&' << name; });
    os << "});\n}\n";
  }
}

/// One line a row: name, family, number of array operands, dtype rule.
void emitCases(const RecordKeeper &records, raw_ostream &os) {
  for (const Row &row : rowsOf(records, "Nd_Pointwise"))
    os << row.name << "\tpointwise\t" << row.operands.size() << '\t' << row.rule << '\n';
  for (const Row &row : rowsOf(records, "Nd_Reduction"))
    os << row.name << "\treduction\t1\t" << row.rule << '\n';
}

/// How many operations an element takes.
std::string flopsText(int64_t flops, int64_t complexFlops, bool function) {
  std::string text = std::to_string(flops) + (flops == 1 ? " operation" : " operations") +
                     " an element, " + std::to_string(complexFlops) + " of complex numbers";
  return flops == 0 && complexFlops == 0 ? "none: it only moves"
         : function                      ? text + "; a function of many instructions"
                                         : text;
}

/// The runtime's symbol that a library row calls, empty for others. It stands in getCallee's body,
/// whatever the family's class.
StringRef calleeOf(const Record &def) {
  const StringInit *text = dyn_cast_or_null<StringInit>(def.getValueInit("extraClassDefinition"));
  StringRef rest = text ? text->getValue() : "";
  auto [before, after] = rest.split("getCallee() { return \"");
  return after.split('"').first;
}

/// One line a row: name, family, operands, summary, dtypes, arithmetic, the runtime's symbol.
void emitFacts(const RecordKeeper &records, raw_ostream &os) {
  auto line = [&](StringRef name, StringRef family, ArrayRef<StringRef> operands, StringRef summary,
                  StringRef dtype, StringRef flops, StringRef callee) {
    os << name << '\t' << family << '\t';
    interleaveComma(operands, os);
    os << '\t' << summary << '\t' << dtype << '\t' << flops << '\t' << callee << '\n';
  };
  for (const Record *def : records.getAllDerivedDefinitions("Nd_Pointwise")) {
    Row row = rowOf(*def);
    line(row.name, "pointwise", row.operands, row.summary, dtypeSentence(row.rule),
         flopsText(def->getValueAsInt("flops"), def->getValueAsInt("complexFlops"),
                   def->getValueAsBit("function")),
         "");
  }
  for (const Record *def : records.getAllDerivedDefinitions("Nd_Reduction")) {
    Row row = rowOf(*def);
    line(row.name, "reduction", row.operands[0], row.summary, "", "", "");
  }
  for (const Record *def : records.getAllDerivedDefinitions("Nd_Op")) {
    if (def->isSubClassOf("Nd_Pointwise") || def->isSubClassOf("Nd_Reduction"))
      continue;
    std::vector<StringRef> operands;
    const DagInit *arguments = def->getValueAsDag("arguments");
    for (unsigned i = 0; i < arguments->getNumArgs(); ++i)
      if (auto *type = dyn_cast<DefInit>(arguments->getArg(i));
          type && type->getDef()->getName() == "Nd_Tensor")
        operands.push_back(arguments->getArgNameStr(i));
    StringRef callee = calleeOf(*def);
    line(def->getValueAsString("opName"),
         !callee.empty()                ? "library"
         : def->isSubClassOf("Nd_View") ? "view"
                                        : "move",
         operands, def->getValueAsString("summary"), "", "", callee);
  }
}

TableGen::Emitter::Opt declarations("gen-ufunc-decls", emitDeclarations,
                                    "Declarations of the pointwise functions (ufuncs.h.inc)");
TableGen::Emitter::Opt definitions("gen-ufunc-defs", emitDefinitions,
                                   "Definitions of the pointwise functions (ufuncs.cpp.inc)");
TableGen::Emitter::Opt facts("gen-facts", emitFacts, "Rows for the reference (tab-separated)");
TableGen::Emitter::Opt cases("gen-cases", emitCases, "Rows to compare with NumPy (tab-separated)");

} // namespace

int main(int argc, char **argv) {
  sys::PrintStackTraceOnErrorSignal(argv[0]);
  cl::ParseCommandLineOptions(argc, argv);
  return TableGenMain(argv[0], TableGenMainFn(nullptr));
}
