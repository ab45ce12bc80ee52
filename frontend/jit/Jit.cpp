// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/jit/Jit.h"

#include "frontend/trace/Evaluate.h"
#include "frontend/trace/Recorder.h"

#include "ndrt/ndrt.h"
#include "llvm/ADT/SmallPtrSet.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <new>
#include <pthread.h>

namespace nd::detail {

struct jit_core {
  std::atomic<uint32_t> references{1};
  void *function;
  void (*destroy)(void *);
  std::atomic<const recording *> last{nullptr}; ///< the recording of the last call
  std::recursive_mutex mutex;                   ///< guards recordings; a function may call itself
  std::vector<std::unique_ptr<recording>> recordings;
  site where; ///< of the call of nd::jit

  ~jit_core() { destroy(function); }
};

namespace {

/// All compiled functions, guarded by the recorder's lock. A child of a fork opens their locks:
/// the threads that recorded them are not in it.
class all_functions {
public:
  static all_functions &get() {
    static all_functions &one = *new all_functions;
    return one;
  }
  void insert(jit_core *core) { set_.insert(core); }
  void erase(jit_core *core) { set_.erase(core); }

private:
  all_functions() {
    recorder::get(); // whose handlers hold its lock over the fork
    pthread_atfork(nullptr, nullptr, [] {
      for (jit_core *core : get().set_)
        new (&core->mutex) std::recursive_mutex;
    });
  }
  llvm::SmallPtrSet<jit_core *, 16> set_;
};

} // namespace

jit_core *new_jit(void *function, void (*destroy)(void *), const site &where) {
  auto core = std::make_unique<jit_core>();
  core->function = function;
  core->destroy = destroy;
  core->where = where;
  all_functions &all = all_functions::get();
  auto guard = locked_record();
  all.insert(core.get());
  return core.release();
}

void retain(jit_core *core) noexcept { core->references.fetch_add(1, std::memory_order_relaxed); }
void release(jit_core *core) noexcept {
  if (core->references.fetch_sub(1, std::memory_order_acq_rel) != 1)
    return;
  {
    auto guard = locked_record();
    all_functions::get().erase(core);
  }
  delete core;
}
void *function_of(jit_core *core) noexcept { return core->function; }
const site &where_of(const jit_core &core) noexcept { return core.where; }

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
  void evaluate(const site &where) const {
    for (node *n : nodes_)
      if (!n->concrete())
        return detail::evaluate(nodes(), "jit", where);
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
    auto made = trace(core, call, nodes, [](recording &r, const record_slice &slice) {
      if (!slice.ops.empty())
        r.code = code_for(r.structure, [&] { return clone(slice, r.ties); });
    });
    auto whole = locked_record(); // no fork sees half of it
    found = made.get();
    core.recordings.push_back(std::move(made));
  }
  core.last.store(found, std::memory_order_release);
  return *found;
}

/// Whether an argument that the function writes into shares bytes with another.
bool entangled(const recording &r, std::span<node *const> nodes) {
  for (const output &o : r.outputs)
    for (size_t i = 0; o.overwrites >= 0 && i < nodes.size(); ++i)
      if (int64_t(i) != o.overwrites && overlap(*nodes[size_t(o.overwrites)], *nodes[i]))
        return true;
  return false;
}

/// By address, so that threads that draw from several generators do not wait for each other.
std::vector<generator_ref> in_order(std::vector<generator_ref> list) {
  std::sort(list.begin(), list.end());
  return list;
}

/// Runs a recording. Results go to \p out, one after the other.
void run(const recording &r, std::span<node *const> nodes, array *out, const site &where) {
  llvm::SmallVector<std::unique_lock<std::recursive_mutex>, 1> drawing; // in one order everywhere
  for (const generator_ref &g : in_order(r.generators))
    drawing.emplace_back(g->mutex);
  llvm::SmallVector<void *, 16> in, to;
  llvm::SmallVector<array, 4> outputs, ordered;
  llvm::SmallVector<std::vector<int64_t>, 0> found; // memory and extents that the program decides
  auto memory = [&](node &n) {
    if (n.in_place())
      return n.data;
    ordered.push_back(packed(access::share(&n)));
    return access::get(ordered.back()).data;
  };
  for (const source &s : r.inputs)
    in.push_back(memory(s.kind == source::from::argument ? *nodes[s.position]
                                                         : access::get(r.captured[s.position])));
  for (const output &o : r.outputs) {
    if (o.overwrites >= 0) {
      node &n = *nodes[size_t(o.overwrites)];
      if (n.readonly != read_only::no)
        raise(rules::error_kind::value, "jit",
              "the function writes into argument " + std::to_string(o.overwrites) + ", and " +
                  why_read_only(n) + "; pass a copy()",
              where);
      finish_readers(n, where);
      if (r.direct && n.in_place()) {
        outputs.push_back(array());
        to.push_back(n.data);
        continue;
      }
    }
    if (!o.sized) {
      // The program allocates: memory, then extents.
      found.emplace_back(1 + o.shape.size(), 0);
      outputs.push_back(array());
      to.push_back(found.back().data());
      continue;
    }
    outputs.push_back(allocate(o.dtype, o.shape, "jit", where));
    to.push_back(access::get(outputs.back()).data);
  }
  // An output may lie over an input only if the input is the argument's own memory.
  for (size_t i = 0; i < r.ties.size(); ++i)
    if (r.ties[i] >= 0 && to[i] != in[size_t(r.ties[i])])
      to[i] = in[size_t(r.ties[i])];
  if (r.code.entry)
    if (int32_t status = r.code.entry(in.data(), to.data(), r.structure.params.data())) {
      for (const std::vector<int64_t> &f : found)
        ndrt_free(reinterpret_cast<void *>(f[0]));
      raise_status(status, r.places);
    }
  for (size_t i = 0, next = 0; i < outputs.size(); ++i)
    if (!r.outputs[i].sized) {
      const std::vector<int64_t> &f = found[next++];
      outputs[i] = adopt(reinterpret_cast<void *>(f[0]), r.outputs[i].dtype,
                         nd::shape(f.data() + 1, f.size() - 1));
    }
  for (size_t i = 0; i < outputs.size(); ++i)
    if (int64_t generator = r.outputs[i].generator; generator >= 0)
      std::memcpy(r.generators[size_t(generator)]->words(), to[i],
                  size_t(r.generators[size_t(generator)]->state.nbytes()));
  for (size_t i = 0; i < outputs.size(); ++i)
    if (int64_t argument = r.outputs[i].overwrites; argument >= 0) {
      node &n = *nodes[size_t(argument)];
      if (to[i] == n.data)
        continue;
      node result;
      result.data = static_cast<char *>(to[i]);
      copy_elements(result,
                    {n.shape, rules::c_strides(std::span(n.shape.data(), n.shape.size()),
                                               int64_t(rules::itemsize(n.dtype)))},
                    n);
    }
  llvm::SmallVector<bool, 4> given(outputs.size(), false);
  for (const source &s : r.results) {
    if (s.kind == source::from::output && s.steps.empty() && !given[s.position]) {
      given[s.position] = true;
      *out++ = outputs[s.position];
      continue;
    }
    array a = s.kind == source::from::output     ? outputs[s.position]
              : s.kind == source::from::argument ? access::share(nodes[s.position])
                                                 : r.captured[s.position];
    if (s.steps.empty())
      a = alias(a);
    for (const view_step &step : s.steps)
      a = view(a, step, where);
    *out++ = a;
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

/// The recording that runs a call; none if the function has to run op by op: as a part of another
/// trace, and where what it writes through one argument has to be seen through another.
const recording *recording_or_none(jit_core &core, traced_call call, const argument_row &row) {
  if (row.traced() || current_trace)
    return nullptr;
  row.evaluate(core.where);
  const recording &r = recording_for(core, call, row.nodes());
  return r.writes && entangled(r, row.nodes()) ? nullptr : &r;
}

} // namespace

void call(jit_core &core, traced_call call, const operand *arguments, size_t argument_count,
          array *out, size_t count) {
  argument_row row(arguments, argument_count);
  if (const recording *r = recording_or_none(core, call, row)) {
    run(*r, row.nodes(), out, core.where);
    return;
  }
  std::vector<array> results = inlined(core, call, row.nodes());
  for (size_t i = 0; i < count; ++i)
    out[i] = std::move(results[i]);
}

std::vector<array> call(jit_core &core, traced_call call, const operand *arguments,
                        size_t argument_count) {
  argument_row row(arguments, argument_count);
  const recording *r = recording_or_none(core, call, row);
  if (!r)
    return inlined(core, call, row.nodes());
  std::vector<array> out(r->results.size());
  run(*r, row.nodes(), out.data(), core.where);
  return out;
}

} // namespace nd::detail
