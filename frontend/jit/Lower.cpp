// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Looking inside a compiled function.
#include "frontend/jit/Jit.h"

#include <iostream>

namespace nd {
namespace detail {

struct program_core {
  std::atomic<uint32_t> references{1};
  mlir::OwningOpRef<mlir::ModuleOp> recorded;
  Structure structure;
  bool empty = false; ///< nothing to compute
};

void retain(program_core *core) noexcept {
  core->references.fetch_add(1, std::memory_order_relaxed);
}
void release(program_core *core) noexcept {
  if (core->references.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return;
  std::lock_guard guard(recorder::get().lock());
  delete core;
}

program_core *lower(jit_core &core, traced_call call, const operand *arguments,
                    size_t argument_count) {
  std::vector<array> scalars;
  llvm::SmallVector<node *> nodes;
  for (size_t i = 0; i < argument_count; ++i) {
    if (!arguments[i].is_scalar()) {
      nodes.push_back(arguments[i].node());
      continue;
    }
    scalars.push_back(array(arguments[i].value()));
    nodes.push_back(&access::get(scalars.back()));
    nodes.back()->weak = true;
  }
  auto out = std::make_unique<program_core>();
  trace(core, call, std::span(nodes.data(), nodes.size()),
        [&](recording &r, const record_slice &slice) {
          out->recorded = clone(slice, r.ties);
          out->structure = r.structure;
          out->empty = slice.ops.empty();
        });
  return out.release();
}

namespace {

executable code_of(program_core &core) {
  if (core.empty)
    return {};
  std::lock_guard guard(recorder::get().lock());
  return code_for(core.structure, [&] {
    return mlir::OwningOpRef<mlir::ModuleOp>(
        mlir::cast<mlir::ModuleOp>(core.recorded->getOperation()->clone()));
  });
}

std::string
text_of(program_core &core,
        llvm::function_ref<std::expected<std::string, std::string>(mlir::ModuleOp)> print) {
  std::lock_guard guard(recorder::get().lock());
  mlir::OwningOpRef<mlir::ModuleOp> copy(
      mlir::cast<mlir::ModuleOp>(core.recorded->getOperation()->clone()));
  std::expected<std::string, std::string> text = print(*copy);
  if (!text)
    throw compile_error("program: " + text.error());
  return std::move(*text);
}

} // namespace
} // namespace detail

std::string program::text(stage s) const {
  return detail::text_of(*core_.get(),
                         [&](mlir::ModuleOp m) { return jit_engine::get().print(m, s); });
}
void program::print(stage s) const { print(s, std::cout); }
void program::print(stage s, std::ostream &out) const { out << text(s); }
std::string program::dot() const {
  return detail::text_of(*core_.get(),
                         [](mlir::ModuleOp m) { return jit_engine::get().print_dot(m); });
}
program_cost program::cost() const {
  std::lock_guard guard(detail::recorder::get().lock());
  std::expected<Cost, std::string> counted = jit_engine::get().cost(*core_.get()->recorded);
  if (!counted)
    throw compile_error("program: " + counted.error());
  program_cost out;
  out.temporaries = counted->temporaries;
  out.temporary_bytes = counted->temporaryBytes;
  for (CostRow &row : counted->rows) {
    cost_row r;
    r.flops = row.flops;
    r.functions = row.functions;
    r.bytes_read = row.read;
    r.bytes_written = row.written;
    r.kind = row.kind == CostRow::Kind::kernel ? cost_row::form::kernel
             : row.kind == CostRow::Kind::call ? cost_row::form::library_call
                                               : cost_row::form::copy;
    r.what = std::move(row.what);
    r.where = std::move(row.where);
    r.known = row.known;
    out.flops += r.flops;
    out.functions += r.functions;
    out.bytes_read += r.bytes_read;
    out.bytes_written += r.bytes_written;
    out.kernels += r.kind == cost_row::form::kernel;
    out.library_calls += r.kind == cost_row::form::library_call;
    out.copies += r.kind == cost_row::form::copy;
    out.known &= r.known;
    out.rows.push_back(std::move(r));
  }
  return out;
}
int program::kernels() const { return detail::code_of(*core_.get()).kernels; }
int program::library_calls() const { return detail::code_of(*core_.get()).library_calls; }
double program::compile_ms() const { return detail::code_of(*core_.get()).compile_ms; }

} // namespace nd
