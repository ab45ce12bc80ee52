// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/jit/Jit.h"

#include <mutex>

namespace nd::detail {

struct jit_core {
  std::atomic<uint32_t> references{1};
  void *function;
  void (*destroy)(void *);
  std::atomic<const recording *> last{nullptr}; ///< the recording of the last call
  std::recursive_mutex mutex;                   ///< guards recordings; a function may call itself
  std::vector<std::unique_ptr<recording>> recordings;

  ~jit_core() { destroy(function); }
};

jit_core *new_jit(void *function, void (*destroy)(void *)) {
  auto *core = new jit_core;
  core->function = function;
  core->destroy = destroy;
  return core;
}

void retain(jit_core *core) noexcept { core->references.fetch_add(1, std::memory_order_relaxed); }
void release(jit_core *core) noexcept {
  if (core->references.fetch_sub(1, std::memory_order_acq_rel) == 1)
    delete core;
}
void *function_of(jit_core *core) noexcept { return core->function; }

namespace {

/// The arguments of a call as nodes; scalars become 0-d arrays that live as long.
class argument_row {
public:
  argument_row(const operand *from, size_t count) {
    for (size_t i = 0; i < count; ++i) {
      if (!from[i].is_scalar()) {
        nodes_.push_back(from[i].node());
        continue;
      }
      array a(from[i].value());
      nodes_.push_back(&access::get(a));
      nodes_.back()->weak = true;
      scalars_.push_back(std::move(a));
    }
  }
  std::span<node *const> nodes() const { return {nodes_.data(), nodes_.size()}; }
  bool traced() const {
    for (node *n : nodes_)
      if (!n->concrete() && n->traced)
        return true;
    return false;
  }
  void evaluate() const {
    for (node *n : nodes_)
      if (!n->concrete())
        return detail::evaluate(nodes(), "jit", site());
  }

private:
  llvm::SmallVector<node *, 8> nodes_;
  llvm::SmallVector<array, 0> scalars_;
};

bool fits(const recording &r, std::span<node *const> nodes) {
  if (r.arguments.size() != nodes.size())
    return false;
  for (size_t i = 0; i < nodes.size(); ++i)
    if (!r.arguments[i].takes(*nodes[i]))
      return false;
  return true;
}

const recording &recording_for(jit_core &core, traced_call call, std::span<node *const> nodes) {
  const recording *last = core.last.load(std::memory_order_acquire);
  if (last && fits(*last, nodes))
    return *last;
  std::lock_guard guard(core.mutex);
  const recording *found = nullptr;
  for (auto &known : core.recordings)
    if (fits(*known, nodes))
      found = known.get();
  if (!found) {
    auto made = trace(call, core.function, nodes, [](recording &r, const record_slice &slice) {
      if (!slice.ops.empty())
        r.code = code_for(r.structure, [&] { return clone(slice); });
    });
    found = made.get();
    core.recordings.push_back(std::move(made));
  }
  core.last.store(found, std::memory_order_release);
  return *found;
}

/// Runs a recording. Results go to \p out, one after the other.
void run(const recording &r, std::span<node *const> nodes, array *out) {
  llvm::SmallVector<void *, 16> in, to;
  llvm::SmallVector<array, 4> outputs;
  for (const source &s : r.inputs)
    in.push_back(s.kind == source::from::argument ? nodes[s.position]->data
                                                  : access::get(r.captured[s.position]).data);
  for (const auto &[dtype, shape] : r.outputs) {
    outputs.push_back(allocate(dtype, shape, "jit", site()));
    to.push_back(access::get(outputs.back()).data);
  }
  if (r.code.entry)
    if (int32_t status = r.code.entry(in.data(), to.data(), r.structure.params.data()))
      raise_status(status, r.places);
  llvm::SmallVector<bool, 4> given(outputs.size(), false);
  for (const source &s : r.results) {
    if (s.kind == source::from::output && !given[s.position]) {
      given[s.position] = true;
      *out++ = outputs[s.position];
      continue;
    }
    // Arrays of their own over the same memory.
    const node &n = s.kind == source::from::output     ? access::get(outputs[s.position])
                    : s.kind == source::from::argument ? *nodes[s.position]
                                                       : access::get(r.captured[s.position]);
    *out++ = view_of(n, n.shape, 0);
  }
}

/// Inside another trace the function is simply a part of it.
std::vector<array> inlined(jit_core &core, traced_call call, std::span<node *const> nodes) {
  std::vector<array> arguments, results;
  for (node *n : nodes)
    arguments.push_back(access::share(n));
  call(core.function, arguments.data(), results);
  return results;
}

} // namespace

void call(jit_core &core, traced_call call, const operand *arguments, size_t argument_count,
          array *out, size_t count) {
  argument_row row(arguments, argument_count);
  if (row.traced()) {
    std::vector<array> results = inlined(core, call, row.nodes());
    for (size_t i = 0; i < count; ++i)
      out[i] = std::move(results[i]);
    return;
  }
  row.evaluate();
  run(recording_for(core, call, row.nodes()), row.nodes(), out);
}

std::vector<array> call(jit_core &core, traced_call call, const operand *arguments,
                        size_t argument_count) {
  argument_row row(arguments, argument_count);
  if (row.traced())
    return inlined(core, call, row.nodes());
  row.evaluate();
  const recording &r = recording_for(core, call, row.nodes());
  std::vector<array> out(r.results.size());
  run(r, row.nodes(), out.data());
  return out;
}

} // namespace nd::detail
