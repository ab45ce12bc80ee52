// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What programs in C do wrong that call the run-time library directly.
#include "tests/faults/errors_gallery.h"

#include <ndrt/ndrt.h>

#include <cstring>
#include <deque>
#include <optional>

namespace {

/// A tensor in C order, full of zeros; it stays.
struct owned {
  DLTensor tensor;
  std::vector<int64_t> extents, strides;
  std::vector<std::byte> data;
};

DLTensor *made(DLDataType type, std::initializer_list<int64_t> extents) {
  static std::deque<owned> all;
  owned &o = all.emplace_back();
  o.extents = extents;
  uint64_t count = 1;
  for (int64_t e : extents)
    count *= uint64_t(e);
  o.data.resize(count < 1 << 20 ? size_t(count) * type.bits / 8 + 16 : 16);
  o.tensor = {
      o.data.data(), {kDLCPU, 0}, int32_t(extents.size()), type, o.extents.data(), nullptr, 0};
  return &o.tensor;
}

using shape = std::initializer_list<int64_t>;
DLTensor *doubles(shape s) { return made({kDLFloat, 64, 1}, s); }
DLTensor *floats(shape s) { return made({kDLFloat, 32, 1}, s); }
DLTensor *halves(shape s) { return made({kDLFloat, 16, 1}, s); }
DLTensor *complexes(shape s) { return made({kDLComplex, 128, 1}, s); }
DLTensor *integers(shape s) { return made({kDLInt, 64, 1}, s); }
DLTensor *bytes(shape s) { return made({kDLUInt, 8, 1}, s); }
DLTensor *words(shape s) { return made({kDLUInt, 64, 1}, s); }
DLTensor *flags(shape s) { return made({NDRT_DL_BOOL, 8, 1}, s); }
DLTensor *strange(shape s) { return made({12, 32, 1}, s); }
DLTensor *odd(shape s) { return made({12, 24, 1}, s); }

DLTensor *of(std::initializer_list<int64_t> values) {
  DLTensor *out = integers({int64_t(values.size())});
  std::memcpy(out->data, values.begin(), values.size() * sizeof(int64_t));
  return out;
}
DLTensor *of_doubles(std::initializer_list<double> values) {
  DLTensor *out = doubles({int64_t(values.size())});
  std::memcpy(out->data, values.begin(), values.size() * sizeof(double));
  return out;
}
/// -1, of no axes.
DLTensor *minus_one() {
  DLTensor *out = integers({});
  *static_cast<int64_t *>(out->data) = -1;
  return out;
}
/// n x n, of this number.
DLTensor *square_of(int64_t n, double value) {
  DLTensor *out = doubles({n, n});
  std::fill_n(static_cast<double *>(out->data), n * n, value);
  return out;
}
DLTensor *transposed(DLTensor *x) {
  static std::deque<std::vector<int64_t>> all;
  x->strides = all.emplace_back(std::vector<int64_t>{1, x->shape[0]}).data();
  return x;
}
DLTensor *without_data(DLTensor *x) {
  x->data = nullptr;
  return x;
}
DLTensor *without_shape(DLTensor *x) {
  x->shape = nullptr;
  return x;
}
DLTensor *on_gpu(DLTensor *x) {
  x->device.device_type = kDLCUDA;
  return x;
}
DLTensor *state(int32_t kind) {
  DLTensor *out = words({ndrt_random_words(kind)});
  const std::vector<uint32_t> seed(size_t(ndrt_random_seed_words(kind)), 1);
  ndrt_random_seed(kind, seed.data(), int64_t(seed.size()), static_cast<uint64_t *>(out->data));
  return out;
}
uint64_t *words_of(DLTensor *x) { return static_cast<uint64_t *>(x->data); }

using tensors = std::vector<const DLTensor *>;

/// Draws from a new PCG64.
ndrt_status draw(int32_t distribution, tensors parameters, DLTensor *out) {
  DLTensor *from = state(NDRT_PCG64);
  return ndrt_random(from, parameters.data(), int32_t(parameters.size()), out, from, distribution);
}
ndrt_status gather(DLTensor *x, tensors indices, DLTensor *out, int64_t axes, int64_t place = 0) {
  return ndrt_gather(x, indices.data(), int32_t(indices.size()), out, axes, place);
}
ndrt_status scatter(DLTensor *value, tensors indices, DLTensor *out, int64_t axes, int32_t mode) {
  return ndrt_scatter(value, indices.data(), int32_t(indices.size()), out, axes, mode);
}
ndrt_status free_twice() {
  void *memory = ndrt_alloc(8);
  ndrt_free(memory);
  ndrt_free(memory);
  return NDRT_ERR_ARGUMENT;
}
/// ndrt_check with the dtype and shape that a program was compiled for.
ndrt_status check(DLTensor *x, DLTensor *wanted) {
  int32_t dtype;
  std::memcpy(&dtype, &wanted->dtype, sizeof dtype);
  return ndrt_check(x, dtype, wanted->ndim, wanted->shape, 2);
}

const uint32_t seed[8] = {1, 2, 3, 4, 5, 6, 7, 8};
const uint64_t delta[4] = {5};
uint32_t room[8];

void accept(ndrt_status status) {
  static const char *const names[] = {
      "NDRT_OK",           "NDRT_ERR_MEMORY", "NDRT_ERR_SINGULAR", "NDRT_ERR_CONVERGENCE",
      "NDRT_ERR_ARGUMENT", "NDRT_ERR_IO",     "NDRT_ERR_INDEX",    "NDRT_ERR_SHAPE"};
  if (status != NDRT_OK)
    throw gallery::refusal(std::string(names[status]) + ": " + ndrt_last_error());
}

} // namespace

#define BAD_C(...)                                                                                 \
  gallery::mistake {                                                                               \
#__VA_ARGS__, __LINE__, [] { accept(__VA_ARGS__); }                                            \
  }

std::vector<gallery::part> gallery::c_interface() {
  return {
      {"The C interface: what every function refuses",
       {BAD_C(ndrt_sort(nullptr, doubles({2}))), BAD_C(ndrt_sort(odd({2}), odd({2}))),
        BAD_C(ndrt_sort(doubles({2}), nullptr)),
        BAD_C(ndrt_sort(without_data(doubles({2})), doubles({2}))),
        BAD_C(ndrt_sort(without_shape(doubles({2})), doubles({2}))),
        BAD_C(ndrt_sort(on_gpu(doubles({2})), doubles({2}))),
        BAD_C(ndrt_sort(doubles({-2}), doubles({2}))),
        BAD_C(ndrt_sort(doubles({int64_t(1) << 40, int64_t(1) << 40}), doubles({2}))),
        BAD_C(ndrt_sort(made({kDLFloat, 64, 1},
                             {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                              1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                              1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}),
                        doubles({2}))),
        BAD_C(ndrt_sort(doubles({2, 3}), transposed(doubles({2, 3})))),
        BAD_C(ndrt_alloc(size_t(1) << 60) ? NDRT_OK : NDRT_ERR_MEMORY),
        BAD_C(ndrt_alloc(size_t(1) << 45) ? NDRT_OK : NDRT_ERR_MEMORY), BAD_C(free_twice())}},
      {"The C interface: programs compiled ahead of time",
       {BAD_C(check(nullptr, doubles({2}))), BAD_C(check(floats({2}), doubles({2}))),
        BAD_C(check(doubles({3}), doubles({2}))), BAD_C(check(doubles({2, 1}), flags({2}))),
        BAD_C(check(strange({2}), complexes({}))), BAD_C(check(on_gpu(doubles({2})), doubles({2}))),
        BAD_C(check(without_data(doubles({2})), doubles({2}))),
        BAD_C(check(transposed(doubles({2, 3})), doubles({2, 3}))), BAD_C(ndrt_check_nonempty(0)),
        BAD_C(ndrt_check_shape(doubles({2, 3}), doubles({3}), 0)),
        BAD_C(ndrt_check_shape(doubles({2, 3}), doubles({3}), 1)),
        BAD_C(ndrt_check_within(of({1, 7}), of({1, 7}), -3, 2, NDRT_REASON_INDEX)),
        BAD_C(ndrt_check_within(of({1, -7}), of({1, -7}), 0, INT64_MAX, NDRT_REASON_EXPONENT)),
        BAD_C(ndrt_check_within(of({2}), of({2}), 4, INT64_MAX, NDRT_REASON_SIZE)),
        BAD_C(ndrt_check_within(of({2}), of({2}), 4, INT64_MAX, NDRT_REASON_SIZE_FROM_END))}},
      {"The C interface: copying and choosing",
       {BAD_C(ndrt_copy(doubles({2}), integers({2}))),
        BAD_C(ndrt_copy(doubles({2}), doubles({3}))),
        BAD_C(gather(doubles({2}), {of({0})}, integers({1}), 1)),
        BAD_C(gather(doubles({2}), {of({0})}, doubles({2}), 1)),
        BAD_C(gather(doubles({2}), {of({0})}, doubles({1}), 3)),
        BAD_C(gather(doubles({2}), {bytes({1})}, doubles({1}), 1)),
        BAD_C(gather(doubles({2, 2}), {of({0, 0}), of({0, 0, 0})}, doubles({2}), 3)),
        BAD_C(gather(doubles({2}), {of({5})}, doubles({1}), 1)),
        BAD_C(gather(doubles({2, 2}), {of({0})}, doubles({2, 1}), 1, 2)),
        BAD_C(ndrt_gather(doubles({2}), nullptr, 1, doubles({1}), 1, 0)),
        BAD_C(gather(doubles({2}), {nullptr}, doubles({1}), 1)),
        BAD_C(scatter(integers({1}), {of({0})}, doubles({2}), 1, NDRT_SET)),
        BAD_C(scatter(doubles({3}), {of({0})}, doubles({2}), 1, NDRT_SET)),
        BAD_C(scatter(doubles({1}), {of({-3})}, doubles({2}), 1, NDRT_SET)),
        BAD_C(scatter(doubles({1}), {of({0})}, doubles({2}), 1, NDRT_BITWISE_OR)),
        BAD_C(scatter(doubles({1}), {of({0})}, doubles({2}), 1, 99)),
        BAD_C(ndrt_compress(doubles({2}), doubles({2}), doubles({0}))),
        BAD_C(ndrt_compress(flags({2}), doubles({2}), floats({0}))),
        BAD_C(ndrt_compress(flags({3}), doubles({2}), doubles({0}))),
        BAD_C(ndrt_compress(flags({2}), doubles({2}), doubles({1}))),
        BAD_C(ndrt_flatnonzero(doubles({2}), integers({0}))),
        BAD_C(ndrt_flatnonzero(flags({2}), doubles({0}))),
        BAD_C(ndrt_flatnonzero(flags({2}), integers({1}))),
        BAD_C(ndrt_repeat(doubles({2}), of({1, 1}), floats({2}), 0)),
        BAD_C(ndrt_repeat(doubles({2}), doubles({2}), doubles({2}), 0)),
        BAD_C(ndrt_repeat(doubles({2}), of({1, 1, 1}), doubles({3}), 0)),
        BAD_C(ndrt_repeat(doubles({2}), of({1, 1}), doubles({2}), 1)),
        BAD_C(ndrt_repeat(doubles({2}), of({1, -1}), doubles({2}), 0)),
        BAD_C(ndrt_repeat(doubles({2}), of({INT64_MAX, 1}), doubles({2}), 0)),
        BAD_C(ndrt_repeat(doubles({2}), of({1, 2}), doubles({2}), 0))}},
      {"The C interface: order and statistics",
       {BAD_C(ndrt_sort(doubles({2}), floats({2}))),
        BAD_C(ndrt_sort(doubles({}), doubles({}))),
        BAD_C(ndrt_sort(strange({2}), strange({2}))),
        BAD_C(ndrt_argsort(doubles({2}), doubles({2}))),
        BAD_C(ndrt_partition(doubles({2}), of({0}), floats({2}))),
        BAD_C(ndrt_partition(doubles({2}), integers({1, 1}), doubles({2}))),
        BAD_C(ndrt_partition(doubles({2}), doubles({1}), doubles({2}))),
        BAD_C(ndrt_argpartition(doubles({2}), of({2}), integers({2}))),
        BAD_C(ndrt_lexsort(doubles({2, 3}), integers({2}))),
        BAD_C(ndrt_lexsort(doubles({2, 3}), doubles({3}))),
        BAD_C(ndrt_searchsorted(doubles({2, 3}), doubles({2}), integers({2}), 0)),
        BAD_C(ndrt_searchsorted(doubles({2}), floats({2}), integers({2}), 0)),
        BAD_C(ndrt_searchsorted(strange({2}), strange({2}), integers({2}), 0)),
        BAD_C(ndrt_accumulate(doubles({2}), floats({2}), 0, NDRT_ADD)),
        BAD_C(ndrt_accumulate(doubles({2}), doubles({3}), 0, NDRT_ADD)),
        BAD_C(ndrt_accumulate(doubles({2}), doubles({2}), 1, NDRT_ADD)),
        BAD_C(ndrt_accumulate(doubles({2}), doubles({2}), 0, NDRT_DIVIDE)),
        BAD_C(ndrt_order_statistics(doubles({2}), of({0}), floats({1}))),
        BAD_C(ndrt_order_statistics(doubles({2}), of({0}), doubles({2}))),
        BAD_C(ndrt_order_statistics(doubles({2}), of({2}), doubles({1}))),
        BAD_C(ndrt_order_statistics(strange({2}), of({1}), strange({1}))),
        BAD_C(ndrt_bincount(doubles({2}), doubles({2}), doubles({3}))),
        BAD_C(ndrt_bincount(of({0, 1}), doubles({3}), doubles({3}))),
        BAD_C(ndrt_bincount(of({0, 1}), floats({2}), floats({3}))),
        BAD_C(ndrt_bincount(of({0, -1}), doubles({2}), doubles({3}))),
        BAD_C(ndrt_bincount(of({0, 9}), doubles({2}), doubles({3}))),
        BAD_C(ndrt_correlate(doubles({3}), floats({2}), doubles({2}), 0)),
        BAD_C(ndrt_correlate(doubles({2}), doubles({3}), doubles({2}), 0)),
        BAD_C(ndrt_correlate(doubles({3}), doubles({2}), doubles({3}), 0)),
        BAD_C(ndrt_correlate(strange({3}), strange({2}), strange({2}), 0))}},
      {"The C interface: linear algebra",
       {BAD_C(ndrt_matmul(doubles({2, 3}), floats({3, 2}), doubles({2, 2}))),
        BAD_C(ndrt_matmul(doubles({}), doubles({3}), doubles({3}))),
        BAD_C(ndrt_matmul(doubles({2, 3}), doubles({2, 3}), doubles({2, 3}))),
        BAD_C(ndrt_matmul(doubles({2, 3}), doubles({3, 2}), doubles({3, 3}))),
        BAD_C(ndrt_matmul(doubles({4, 2, 3}), doubles({5, 3, 2}), doubles({4, 2, 2}))),
        BAD_C(ndrt_matmul(halves({2, 3}), halves({3, 2}), halves({2, 2}))),
        BAD_C(ndrt_adjoint_matmul(doubles({3}), doubles({3, 2}), doubles({2}))),
        BAD_C(ndrt_inv(integers({2, 2}), integers({2, 2}))),
        BAD_C(ndrt_inv(doubles({2}), doubles({2}))),
        BAD_C(ndrt_inv(doubles({2, 3}), doubles({2, 3}))),
        BAD_C(ndrt_inv(doubles({int64_t(1) << 31, 0}), doubles({0}))),
        BAD_C(ndrt_inv(doubles({2, 2}), doubles({3, 3}))),
        BAD_C(ndrt_inv(doubles({2, 2}), doubles({2, 2}))),
        BAD_C(ndrt_inv(doubles({2, 2, 2}), doubles({2, 2, 2}))),
        BAD_C(ndrt_det(doubles({2, 2}), doubles({1}))),
        BAD_C(ndrt_slogdet(doubles({2, 2}), doubles({}), complexes({}))),
        BAD_C(ndrt_cholesky(doubles({2, 2}), floats({2, 2}), 0)),
        BAD_C(ndrt_cholesky(square_of(2, -1), doubles({2, 2}), 0)),
        BAD_C(ndrt_solve(doubles({2, 2}), doubles({}), doubles({2}))),
        BAD_C(ndrt_solve(doubles({2, 2}), doubles({3}), doubles({3}))),
        BAD_C(ndrt_solve(doubles({2, 2}), doubles({2}), doubles({2}))),
        BAD_C(ndrt_qr(doubles({3, 2}), doubles({3, 2}), doubles({3, 2}))),
        BAD_C(ndrt_qr_raw(doubles({3, 2}), doubles({3, 2}), doubles({2}))),
        BAD_C(ndrt_lstsq(doubles({3, 2}), doubles({2}), doubles({2}), doubles({1}), integers({}),
                         doubles({2}), -1)),
        BAD_C(ndrt_lstsq(doubles({3, 2}), doubles({3}), doubles({2}), doubles({1}), doubles({}),
                         doubles({2}), -1)),
        BAD_C(ndrt_lstsq(square_of(2, NAN), doubles({2}), doubles({2}), doubles({0}), integers({}),
                         doubles({2}), -1)),
        BAD_C(ndrt_eigvals(doubles({2, 2}), doubles({2}))),
        BAD_C(ndrt_eig(doubles({2, 2}), complexes({2}), doubles({2, 2}))),
        BAD_C(ndrt_eig(doubles({2, 2}), complexes({2}), without_data(complexes({2, 2})))),
        BAD_C(ndrt_eigvals(square_of(2, NAN), complexes({2}))),
        BAD_C(ndrt_eigvalsh(doubles({2, 2}), complexes({2}), 0)),
        BAD_C(ndrt_eigh(doubles({2, 2}), doubles({2}), doubles({2, 3}), 0)),
        BAD_C(ndrt_svd(doubles({3, 2}), doubles({3, 3}), doubles({2}), doubles({3, 2}))),
        BAD_C(ndrt_svdvals(doubles({3, 2}), doubles({3})))}},
      {"The C interface: Fourier transforms",
       {BAD_C(ndrt_fft(integers({4}), complexes({4}), 0, 0, 0)),
        BAD_C(ndrt_rfft(doubles({4}), doubles({3}), 0, -1, 0)),
        BAD_C(ndrt_irfft(complexes({3}), complexes({4}), 0, 0)),
        BAD_C(ndrt_fft(doubles({4}), complexes({4}), 1, 0, 0)),
        BAD_C(ndrt_fft(doubles({4}), complexes({4}), 0, 0, 3)),
        BAD_C(ndrt_fft(doubles({4}), complexes({4, 1}), 0, 0, 0)),
        BAD_C(ndrt_fft(doubles({4, 2}), complexes({4, 3}), 0, 0, 0)),
        BAD_C(ndrt_fft(doubles({4}), complexes({0}), 0, 0, 0)),
        BAD_C(ndrt_fft(without_shape(doubles({4})), complexes({4}), 0, 0, 0))}},
      {"The C interface: random numbers",
       {BAD_C(draw(99, {}, doubles({2}))),
        BAD_C(draw(NDRT_RANDOM_NORMAL, {doubles({})}, doubles({2}))),
        BAD_C(ndrt_random(state(NDRT_PCG64), nullptr, 2, doubles({2}), state(NDRT_PCG64),
                          NDRT_RANDOM_NORMAL)),
        BAD_C(draw(NDRT_RANDOM_NORMAL, {floats({}), doubles({})}, doubles({2}))),
        BAD_C(draw(NDRT_RANDOM_NORMAL, {doubles({3}), doubles({})}, doubles({2}))),
        BAD_C(draw(NDRT_RANDOM_CHOICE, {of({2})}, integers({3}))),
        BAD_C(draw(NDRT_RANDOM_CHOICE_WEIGHTED, {of_doubles({1, 0})}, integers({2}))),
        BAD_C(draw(NDRT_RANDOM_UNIFORM01, {}, integers({2}))),
        BAD_C(ndrt_random(doubles({2}), nullptr, 0, doubles({2}), words({2}), 0)),
        BAD_C(ndrt_random(words({6}), nullptr, 0, doubles({2}), words({6}), 0)),
        BAD_C(ndrt_random(state(NDRT_PCG64), nullptr, 0, doubles({2}), doubles({6}), 0)),
        BAD_C(ndrt_random_skip(state(NDRT_PCG64), minus_one(), state(NDRT_PCG64), 0)),
        BAD_C(ndrt_random_skip(state(NDRT_PCG64), of({1}), state(NDRT_PCG64), 0)),
        BAD_C(ndrt_random_skip(state(NDRT_MT19937), made({kDLInt, 64, 1}, {}), state(NDRT_MT19937),
                               0)),
        BAD_C(ndrt_seed_sequence(seed, 8, 3, room, 8)),
        BAD_C(ndrt_random_seed(9, seed, 8, words_of(words({8})))),
        BAD_C(ndrt_random_seed(NDRT_PCG64, seed, 3, words_of(words({8})))),
        BAD_C(ndrt_random_seed(NDRT_MT19937, seed, 8, words_of(state(NDRT_MT19937)))),
        BAD_C(ndrt_random_seed_legacy(seed, 0, words_of(state(NDRT_MT19937)))),
        BAD_C(ndrt_random_advance(words_of(state(NDRT_SFC64)), delta)),
        BAD_C(ndrt_random_advance(words_of(words({8})), delta)),
        BAD_C(ndrt_random_jump(words_of(state(NDRT_SFC64)), 1))}},
  };
}
