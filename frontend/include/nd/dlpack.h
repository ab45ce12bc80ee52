// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Arrays from other libraries, through DLPack. Its structs are those of <dlpack/dlpack.h>, which
// this header does without.
#ifndef ND_DLPACK_H
#define ND_DLPACK_H

#include <nd/array.h>

struct DLManagedTensor;
struct DLManagedTensorVersioned;

namespace ND_API nd {

/// A tensor of another library as an array, without a copy (numpy.from_dlpack): what one writes,
/// the other sees; an operation that waits reads what is there when it runs. array::to_dlpack is
/// the way back.
///
/// Life    the array takes \p tensor over: its deleter is called once, when the last view of the
///         array is gone. After a throw the tensor is still the caller's.
/// Shape   and strides as the tensor has them, negative and zero ones too.
/// Dtype   of one lane: integers of 8 to 64 bits, floats of 16 to 64, bfloat16, complex of 64 and 128,
///         bool of 8.
/// Throws  value_error for null, for memory that the processor cannot read, and for shapes and
///         strides that make no sense; dtype_error for other elements.
array from_dlpack(DLManagedTensor *tensor, site where = site::current());
/// The same for a tensor of DLPack 1.0; its read-only flag makes the array read-only.
///
/// Throws  value_error for another major version, also.
array from_dlpack(DLManagedTensorVersioned *tensor, site where = site::current());

} // namespace nd

#endif // ND_DLPACK_H
