// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Discrete Fourier transforms along one axis, which run in the runtime library. The axis is cut or
// filled up with zeros to n elements (-1: it has as many as are wanted; -2: as many as the result
// says, whose type is given then, for nd.rfft an even number of them; -3: an odd one). norm 0 leaves
// the sums as they are, 1 divides them by n, 2 by its square root.
#ifndef ND_OPS_FFT_TD
#define ND_OPS_FFT_TD

class Nd_Transform<string mnemonic, dag ins, string dtypes, string scalars>
    : Nd_InferredOp<mnemonic, [DeclareOpInterfaceMethods<LibraryOpInterface, ["getFlops"]>]> {
  string flops = "0"; // per element and bit of n
  let arguments = ins;
  let results = (outs Nd_Tensor:$result);
  let extraClassDefinition = compatible # Nd_LibraryCall<"ndrt_" # mnemonic, dtypes, scalars>.methods # [{
    double $cppClass::getFlops() { return ::nd::fftFlops(getOperation(), getAxis(), }] # flops # [{); }
  }];
}

def Nd_FftOp : Nd_Transform<"fft", (ins Nd_Tensor:$x, I64Attr:$axis, I64Attr:$n, BoolAttr:$inverse, I64Attr:$norm), "fftDtypes",
    "{getAxisAttr(), ::nd::flag(getOperation(), getInverse()), getNormAttr()}"> { let summary = "discrete Fourier transform along an axis, complex"; let flops = "5"; }
def Nd_RfftOp : Nd_Transform<"rfft", (ins Nd_Tensor:$x, I64Attr:$axis, I64Attr:$n, I64Attr:$norm), "fftDtypes",
    "{getAxisAttr(), getNAttr(), getNormAttr()}"> { let summary = "the first n / 2 + 1 elements of the discrete Fourier transform of real numbers"; let flops = "2.5"; }
def Nd_IrfftOp : Nd_Transform<"irfft", (ins Nd_Tensor:$x, I64Attr:$axis, I64Attr:$n, I64Attr:$norm), "irfftDtypes",
    "{getAxisAttr(), getNormAttr()}"> { let summary = "real numbers from the first half of their discrete Fourier transform"; let flops = "2.5"; }

#endif // ND_OPS_FFT_TD
