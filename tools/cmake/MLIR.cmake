# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# MLIR and LLVM, linked statically: a process that starts with 26 ms of relocations for shared LLVM
# starts with 4 ms for this. MLIR's exported CMake targets drag the shared libraries in, so the
# archives are listed here.
list(APPEND CMAKE_MODULE_PATH ${MLIR_CMAKE_DIR} ${LLVM_CMAKE_DIR})
include(TableGen)
include(AddLLVM)
include(AddMLIR)

file(GLOB archives ${LLVM_LIBRARY_DIRS}/libMLIR*.a)
list(FILTER archives EXCLUDE REGEX "Test|CAPI|Lsp|Reduce|OptMain|Python|ExecutionEngine|Tblgen|GPU|SPIRV|NVVM|NVGPU|ROCDL|AMDGPU|XeGPU|XeVM|OpenACC|OpenMP|Tosa|Sparse|WasmSSA|EmitC|Shard|Mesh|MLProgram|Quant|Async|Amx|AMX|ArmSME|ArmSVE|ArmNeon|X86Vector|MLIRIRDL|SMT|JitRunner|Query|RegisterAll|TableGen|OptLib")
execute_process(
  COMMAND ${LLVM_TOOLS_BINARY_DIR}/llvm-config --link-static --libs orcjit x86 passes native
  OUTPUT_VARIABLE llvm OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
separate_arguments(llvm UNIX_COMMAND "${llvm}")

add_library(nd_mlir INTERFACE)
target_include_directories(nd_mlir SYSTEM INTERFACE ${MLIR_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
target_link_directories(nd_mlir INTERFACE ${LLVM_LIBRARY_DIRS})
# The build id tells the compiler's builds apart: programs that one has left on disk are not another's.
target_link_options(nd_mlir INTERFACE -fuse-ld=lld -B${LLVM_TOOLS_BINARY_DIR} LINKER:--gc-sections LINKER:--build-id)
if(NOT (ND_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")) # hidden, its sanitizers, which are archives too, would miss what the system's libraries allocate
  target_link_options(nd_mlir INTERFACE LINKER:--exclude-libs,ALL)
endif()
target_link_libraries(nd_mlir INTERFACE -Wl,--start-group ${archives} ${llvm} -Wl,--end-group -l:libzstd.so.1 -lz Threads::Threads ${CMAKE_DL_LIBS})

# What includes MLIR's headers.
function(nd_includes_mlir name)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang") # as C++23 it refuses them over GCC 12's library, which hides <expected> from C++20
    set_target_properties(${name} PROPERTIES CXX_STANDARD 20)
    target_compile_options(${name} PRIVATE -U__cplusplus -D__cplusplus=202101L -Wno-builtin-macro-redefined)
  endif()
endfunction()
# A floor of the compiler; all share the precompiled header of the first.
function(nd_compiler_target name)
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR})
  target_include_directories(${name} SYSTEM PUBLIC ${MLIR_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
  add_dependencies(${name} nd_ops_gen)
  nd_includes_mlir(${name})
  target_compile_definitions(${name} PRIVATE __STDC_CONSTANT_MACROS __STDC_FORMAT_MACROS __STDC_LIMIT_MACROS)
  if(name STREQUAL nd_ir)
    target_precompile_headers(nd_ir PRIVATE ${PROJECT_SOURCE_DIR}/ir/Precompiled.h)
  else()
    target_precompile_headers(${name} REUSE_FROM nd_ir)
  endif()
endfunction()
function(nd_compiler_library name)
  add_library(${name} STATIC ${ARGN})
  nd_compiler_target(${name})
endfunction()
function(nd_compiler_objects name)
  add_library(${name} OBJECT ${ARGN})
  nd_compiler_target(${name})
endfunction()
