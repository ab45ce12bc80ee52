# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# The frontend's files. Those in ND_FRONTEND_MLIR_SOURCES include MLIR; the others see the standard
# library, ir/rules and ndrt.h only.
set(ND_FRONTEND_SOURCES
  array/AdvancedIndexing.cpp
  array/Array.cpp
  array/Bins.cpp
  array/BitGenerators.cpp
  array/Calculus.cpp
  array/Choosing.cpp
  array/Closeness.cpp
  array/Compose.cpp
  array/Contraction.cpp
  array/ContractionOrder.cpp
  array/Creation.cpp
  array/Decompositions.cpp
  array/Diagonals.cpp
  array/Dlpack.cpp
  array/Editing.cpp
  array/Einsum.cpp
  array/Fft.cpp
  array/Files.cpp
  array/Generator.cpp
  array/GeneratorRows.cpp
  array/Grids.cpp
  array/Histograms.cpp
  array/Indexing.cpp
  array/Joining.cpp
  array/LegacyRandom.cpp
  array/Linalg.cpp
  array/Literal.cpp
  array/Manipulation.cpp
  array/MatrixProducts.cpp
  array/Methods.cpp
  array/Moving.cpp
  array/NanReductions.cpp
  array/Norms.cpp
  array/Operand.cpp
  array/Operators.cpp
  array/Ordering.cpp
  array/Padding.cpp
  array/Pointwise.cpp
  array/Poly1d.cpp
  array/Polynomials.cpp
  array/Positions.cpp
  array/Quantiles.cpp
  array/Reductions.cpp
  array/RunTimeExtents.cpp
  array/Rounding.cpp
  array/Runtime.cpp
  array/Scans.cpp
  array/SeedSequence.cpp
  array/Selection.cpp
  array/Sets.cpp
  array/Shape.cpp
  array/Splitting.cpp
  array/Statistics.cpp
  array/Subscripts.cpp
  array/Tables.cpp
  array/Text.cpp
  io/Csv.cpp
  io/Fields.cpp
  io/File.cpp
  io/Genfromtxt.cpp
  io/Npy.cpp
  io/NpyHeader.cpp
  io/Savetxt.cpp
  io/ZipRead.cpp
  io/ZipWrite.cpp
  print/Cost.cpp
  print/Digits.cpp
  print/Floating.cpp
  print/Format.cpp
  print/Options.cpp
  trace/Draw.cpp
  trace/Node.cpp
  trace/Scalar.cpp)
set(ND_FRONTEND_MLIR_SOURCES
  jit/Jit.cpp
  jit/Lower.cpp
  jit/Trace.cpp
  trace/Evaluate.cpp
  trace/Program.cpp
  trace/Record.cpp
  trace/Recorder.cpp
  trace/View.cpp
  trace/Write.cpp)

# Public headers that are made: the dtype table, which ir/rules owns, and the pointwise functions,
# one for each row. ND_FRONTEND_GENERATED_INCLUDE is installed beside include/.
set(ND_FRONTEND_GENERATED_INCLUDE ${PROJECT_BINARY_DIR}/frontend/include)
configure_file(${PROJECT_SOURCE_DIR}/ir/rules/dtype.h ${ND_FRONTEND_GENERATED_INCLUDE}/nd/rules/dtype.h COPYONLY)
file(GLOB ND_OP_ROWS CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/ir/ops/*.td)
function(nd_rows option output)
  add_custom_command(OUTPUT ${output}
    COMMAND nd-tblgen ${option} -I ${PROJECT_SOURCE_DIR} -I ${MLIR_INCLUDE_DIRS}
            ${PROJECT_SOURCE_DIR}/ir/NdOps.td -o ${output}
    DEPENDS nd-tblgen ${PROJECT_SOURCE_DIR}/ir/NdOps.td ${ND_OP_ROWS}
    VERBATIM)
endfunction()
nd_rows(--gen-ufunc-decls ${ND_FRONTEND_GENERATED_INCLUDE}/nd/ufuncs.h.inc)
nd_rows(--gen-ufunc-defs ${PROJECT_BINARY_DIR}/frontend/array/ufuncs.cpp.inc)
nd_rows(--gen-cases ${PROJECT_BINARY_DIR}/frontend/cases.tsv)
nd_rows(--gen-facts ${PROJECT_BINARY_DIR}/frontend/facts.tsv)
add_custom_target(nd_frontend_gen DEPENDS
  ${ND_FRONTEND_GENERATED_INCLUDE}/nd/ufuncs.h.inc
  ${PROJECT_BINARY_DIR}/frontend/array/ufuncs.cpp.inc
  ${PROJECT_BINARY_DIR}/frontend/cases.tsv
  ${PROJECT_BINARY_DIR}/frontend/facts.tsv)
