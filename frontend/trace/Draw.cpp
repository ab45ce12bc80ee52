// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/trace/Draw.h"

#include <algorithm>
#include <cstring>

namespace nd::detail {
namespace {

DLDataType type_of(dtype_kind dtype) {
  const uint8_t bits = uint8_t(8 * rules::itemsize(dtype));
  if (rules::is_bool(dtype))
    return {NDRT_DL_BOOL, 8, 1};
  if (rules::is_complex(dtype))
    return {kDLComplex, bits, 1};
  if (dtype == dtype_kind::bfloat16)
    return {kDLBfloat, bits, 1};
  if (rules::is_float(dtype))
    return {kDLFloat, bits, 1};
  const bool is_signed = dtype >= dtype_kind::int8 && dtype <= dtype_kind::int64;
  return {uint8_t(is_signed ? kDLInt : kDLUInt), bits, 1};
}

/// A concrete array in C order for the runtime; the node lives longer.
DLTensor tensor(const node &n) {
  return {n.data,
          {kDLCPU, 0},
          int32_t(n.shape.size()),
          type_of(n.dtype),
          const_cast<int64_t *>(n.shape.data()),
          nullptr,
          0};
}

/// As nd.random names bit generators whose places can be sought; empty for others.
std::string_view seekable(int32_t kind) {
  switch (kind) {
  case NDRT_PCG64:
    return "pcg64";
  case NDRT_PCG64DXSM:
    return "pcg64dxsm";
  case NDRT_PHILOX:
    return "philox";
  }
  return {};
}

/// Numbers that are worth a program: fewer are drawn before one is found.
constexpr int64_t many = 65536;

/// Draws \p count numbers without making them. The result is the state ahead of them.
array pass_over(generator_core &core, int64_t count, bool halves) {
  array before = allocate(dtype_kind::uint64, core.state.shape(), "random", site());
  DLTensor state = tensor(access::get(core.state)), from = tensor(access::get(before));
  DLTensor n = {&count, {kDLCPU, 0}, 0, {kDLInt, 64, 1}, nullptr, nullptr, 0};
  std::lock_guard guard(core.mutex);
  std::memcpy(bytes_of(before), core.words(), size_t(before.nbytes()));
  ndrt_random_skip(&from, &n, &state, halves);
  return before;
}

} // namespace

generator_core::generator_core(int32_t kind)
    : kind(kind), state(allocate(dtype_kind::uint64, {ndrt_random_words(kind)}, "random", site())),
      born(current_trace) {
  std::memset(bytes_of(state), 0, size_t(state.nbytes()));
}

generator_core::generator_core(const array &state) : kind(0), state(state), born(current_trace) {
  for (int32_t known : {NDRT_PHILOX, NDRT_MT19937}) // no other has as many words
    if (state.size() == ndrt_random_words(known))
      kind = known;
}

std::vector<traced_generator> &traced_generators() {
  thread_local std::vector<traced_generator> list;
  return list;
}
traced_generator *traced(const generator_core &core) {
  for (traced_generator &g : traced_generators())
    if (g.core.get() == &core)
      return &g;
  return nullptr;
}

bool draws_in_place(const generator_core &core, const shape &s, std::string_view what,
                    const site &where) {
  return !seekable(core.kind).empty() && (current_trace || element_count(s, what, where) >= many);
}

array draw(const generator_ref &core, distribution d, std::span<const array> parameters,
           dtype_kind dtype, const shape &s, std::string_view what, const site &where) {
  if (current_trace) {
    if (!traced(*core))
      traced_generators().push_back({core, core->state});
    traced_generator &generator = *traced(*core);
    array results[2];
    record_random(generator.next, parameters, d.name, seekable(core->kind), dtype, s, results,
                  where);
    generator.next = results[1];
    return results[0];
  }
  const int64_t count = element_count(s, what, where);
  if (d.code == NDRT_RANDOM_UNIFORM01 && draws_in_place(*core, s, what, where)) {
    array results[2];
    record_random(pass_over(*core, count, dtype == dtype_kind::float32), {}, d.name,
                  seekable(core->kind), dtype, s, results, where);
    return results[0];
  }
  std::vector<node *> waiting;
  std::vector<array> kept;
  for (const array &p : parameters)
    if (node &n = access::get(p); !n.concrete())
      waiting.push_back(&n);
  if (!waiting.empty())
    evaluate(std::span(waiting.data(), waiting.size()), what, where);
  kept.reserve(parameters.size());
  DLTensor tensors[3];
  const DLTensor *pointers[3];
  for (const array &p : parameters) {
    kept.push_back(packed(p));
    tensors[kept.size() - 1] = tensor(access::get(kept.back()));
    pointers[kept.size() - 1] = &tensors[kept.size() - 1];
  }
  array out = allocate(dtype, s, what, where);
  DLTensor result = tensor(access::get(out)), state = tensor(access::get(core->state));
  std::lock_guard guard(core->mutex);
  const ndrt_status status =
      ndrt_random(&state, pointers, int32_t(kept.size()), &result, &state, d.code);
  if (status == NDRT_OK)
    return out;
  std::string message = ndrt_last_error();
  if (size_t colon = message.find(": "); colon != std::string::npos)
    message = message.substr(colon + 2);
  if (status == NDRT_ERR_MEMORY)
    throw error(prefix(what, where) + message);
  raise(status == NDRT_ERR_SHAPE ? rules::error_kind::shape : rules::error_kind::value, what,
        message, where);
}

} // namespace nd::detail
