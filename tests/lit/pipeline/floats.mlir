// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: nd-opt %s --nd-infer-shapes --nd-bind-parameters --nd-resolve-broadcasts --nd-simplify --nd-fuse-kernels --nd-plan-buffers --nd-lower-to-loops --nd-lower-to-llvm --split-input-file | nd-opt --split-input-file | FileCheck %s
//
// Every float row in both float dtypes, one chain that is one kernel.

// CHECK-LABEL: llvm.func @f32(
// CHECK:       llvm.mlir.addressof
// CHECK-NOT:   _kernel1
// CHECK:       llvm.return
func.func @f32(%x: tensor<100xf32>, %y: tensor<100xf32>) -> (tensor<100xf32>, tensor<100xi1>, tensor<100xi1>, tensor<100xi1>, tensor<100xi1>, tensor<100xi1>) {
  %0 = nd.exp %x : (tensor<100xf32>) -> tensor<100xf32>
  %1 = nd.exp2 %0 : (tensor<100xf32>) -> tensor<100xf32>
  %2 = nd.expm1 %1 : (tensor<100xf32>) -> tensor<100xf32>
  %3 = nd.log %2 : (tensor<100xf32>) -> tensor<100xf32>
  %4 = nd.log2 %3 : (tensor<100xf32>) -> tensor<100xf32>
  %5 = nd.log10 %4 : (tensor<100xf32>) -> tensor<100xf32>
  %6 = nd.log1p %5 : (tensor<100xf32>) -> tensor<100xf32>
  %7 = nd.sqrt %6 : (tensor<100xf32>) -> tensor<100xf32>
  %8 = nd.cbrt %7 : (tensor<100xf32>) -> tensor<100xf32>
  %9 = nd.sin %8 : (tensor<100xf32>) -> tensor<100xf32>
  %10 = nd.cos %9 : (tensor<100xf32>) -> tensor<100xf32>
  %11 = nd.tan %10 : (tensor<100xf32>) -> tensor<100xf32>
  %12 = nd.arcsin %11 : (tensor<100xf32>) -> tensor<100xf32>
  %13 = nd.arccos %12 : (tensor<100xf32>) -> tensor<100xf32>
  %14 = nd.arctan %13 : (tensor<100xf32>) -> tensor<100xf32>
  %15 = nd.sinh %14 : (tensor<100xf32>) -> tensor<100xf32>
  %16 = nd.cosh %15 : (tensor<100xf32>) -> tensor<100xf32>
  %17 = nd.tanh %16 : (tensor<100xf32>) -> tensor<100xf32>
  %18 = nd.arcsinh %17 : (tensor<100xf32>) -> tensor<100xf32>
  %19 = nd.arccosh %18 : (tensor<100xf32>) -> tensor<100xf32>
  %20 = nd.arctanh %19 : (tensor<100xf32>) -> tensor<100xf32>
  %21 = nd.negative %20 : (tensor<100xf32>) -> tensor<100xf32>
  %22 = nd.positive %21 : (tensor<100xf32>) -> tensor<100xf32>
  %23 = nd.absolute %22 : (tensor<100xf32>) -> tensor<100xf32>
  %24 = nd.sign %23 : (tensor<100xf32>) -> tensor<100xf32>
  %25 = nd.square %24 : (tensor<100xf32>) -> tensor<100xf32>
  %26 = nd.reciprocal %25 : (tensor<100xf32>) -> tensor<100xf32>
  %27 = nd.floor %26 : (tensor<100xf32>) -> tensor<100xf32>
  %28 = nd.ceil %27 : (tensor<100xf32>) -> tensor<100xf32>
  %29 = nd.trunc %28 : (tensor<100xf32>) -> tensor<100xf32>
  %30 = nd.rint %29 : (tensor<100xf32>) -> tensor<100xf32>
  %31 = nd.add %30, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %32 = nd.subtract %31, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %33 = nd.multiply %32, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %34 = nd.divide %33, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %35 = nd.floor_divide %34, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %36 = nd.remainder %35, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %37 = nd.fmod %36, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %38 = nd.power %37, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %39 = nd.maximum %38, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %40 = nd.minimum %39, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %41 = nd.fmax %40, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %42 = nd.fmin %41, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %43 = nd.arctan2 %42, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %44 = nd.hypot %43, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %45 = nd.copysign %44, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %erf = nd.erf %45 : (tensor<100xf32>) -> tensor<100xf32>
  %erfc = nd.erfc %erf : (tensor<100xf32>) -> tensor<100xf32>
  %gamma = nd.gamma %erfc : (tensor<100xf32>) -> tensor<100xf32>
  %lgamma = nd.lgamma %gamma : (tensor<100xf32>) -> tensor<100xf32>
  %degrees = nd.degrees %lgamma : (tensor<100xf32>) -> tensor<100xf32>
  %radians = nd.radians %degrees : (tensor<100xf32>) -> tensor<100xf32>
  %fabs = nd.fabs %radians : (tensor<100xf32>) -> tensor<100xf32>
  %spacing = nd.spacing %fabs : (tensor<100xf32>) -> tensor<100xf32>
  %frexp_mantissa = nd.frexp_mantissa %spacing : (tensor<100xf32>) -> tensor<100xf32>
  %nextafter = nd.nextafter %frexp_mantissa, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %heaviside = nd.heaviside %nextafter, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %logaddexp = nd.logaddexp %heaviside, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %logaddexp2 = nd.logaddexp2 %logaddexp, %y : (tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  %frexp_exponent = nd.frexp_exponent %logaddexp2 : (tensor<100xf32>) -> tensor<100xi32>
  %ldexp = nd.ldexp %logaddexp2, %frexp_exponent : (tensor<100xf32>, tensor<100xi32>) -> tensor<100xf32>
  %46 = nd.isnan %ldexp : (tensor<100xf32>) -> tensor<100xi1>
  %47 = nd.isinf %ldexp : (tensor<100xf32>) -> tensor<100xi1>
  %48 = nd.isfinite %ldexp : (tensor<100xf32>) -> tensor<100xi1>
  %49 = nd.signbit %ldexp : (tensor<100xf32>) -> tensor<100xi1>
  %50 = nd.logical_not %ldexp : (tensor<100xf32>) -> tensor<100xi1>
  %51 = nd.clip %ldexp, %x, %y : (tensor<100xf32>, tensor<100xf32>, tensor<100xf32>) -> tensor<100xf32>
  return %51, %46, %47, %48, %49, %50 : tensor<100xf32>, tensor<100xi1>, tensor<100xi1>, tensor<100xi1>, tensor<100xi1>, tensor<100xi1>
}

// -----

// CHECK-LABEL: llvm.func @f64(
// CHECK:       llvm.mlir.addressof
// CHECK-NOT:   _kernel1
// CHECK:       llvm.return
func.func @f64(%x: tensor<100xf64>, %y: tensor<100xf64>) -> (tensor<100xf64>, tensor<100xi1>, tensor<100xi1>, tensor<100xi1>, tensor<100xi1>, tensor<100xi1>) {
  %0 = nd.exp %x : (tensor<100xf64>) -> tensor<100xf64>
  %1 = nd.exp2 %0 : (tensor<100xf64>) -> tensor<100xf64>
  %2 = nd.expm1 %1 : (tensor<100xf64>) -> tensor<100xf64>
  %3 = nd.log %2 : (tensor<100xf64>) -> tensor<100xf64>
  %4 = nd.log2 %3 : (tensor<100xf64>) -> tensor<100xf64>
  %5 = nd.log10 %4 : (tensor<100xf64>) -> tensor<100xf64>
  %6 = nd.log1p %5 : (tensor<100xf64>) -> tensor<100xf64>
  %7 = nd.sqrt %6 : (tensor<100xf64>) -> tensor<100xf64>
  %8 = nd.cbrt %7 : (tensor<100xf64>) -> tensor<100xf64>
  %9 = nd.sin %8 : (tensor<100xf64>) -> tensor<100xf64>
  %10 = nd.cos %9 : (tensor<100xf64>) -> tensor<100xf64>
  %11 = nd.tan %10 : (tensor<100xf64>) -> tensor<100xf64>
  %12 = nd.arcsin %11 : (tensor<100xf64>) -> tensor<100xf64>
  %13 = nd.arccos %12 : (tensor<100xf64>) -> tensor<100xf64>
  %14 = nd.arctan %13 : (tensor<100xf64>) -> tensor<100xf64>
  %15 = nd.sinh %14 : (tensor<100xf64>) -> tensor<100xf64>
  %16 = nd.cosh %15 : (tensor<100xf64>) -> tensor<100xf64>
  %17 = nd.tanh %16 : (tensor<100xf64>) -> tensor<100xf64>
  %18 = nd.arcsinh %17 : (tensor<100xf64>) -> tensor<100xf64>
  %19 = nd.arccosh %18 : (tensor<100xf64>) -> tensor<100xf64>
  %20 = nd.arctanh %19 : (tensor<100xf64>) -> tensor<100xf64>
  %21 = nd.negative %20 : (tensor<100xf64>) -> tensor<100xf64>
  %22 = nd.positive %21 : (tensor<100xf64>) -> tensor<100xf64>
  %23 = nd.absolute %22 : (tensor<100xf64>) -> tensor<100xf64>
  %24 = nd.sign %23 : (tensor<100xf64>) -> tensor<100xf64>
  %25 = nd.square %24 : (tensor<100xf64>) -> tensor<100xf64>
  %26 = nd.reciprocal %25 : (tensor<100xf64>) -> tensor<100xf64>
  %27 = nd.floor %26 : (tensor<100xf64>) -> tensor<100xf64>
  %28 = nd.ceil %27 : (tensor<100xf64>) -> tensor<100xf64>
  %29 = nd.trunc %28 : (tensor<100xf64>) -> tensor<100xf64>
  %30 = nd.rint %29 : (tensor<100xf64>) -> tensor<100xf64>
  %31 = nd.add %30, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %32 = nd.subtract %31, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %33 = nd.multiply %32, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %34 = nd.divide %33, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %35 = nd.floor_divide %34, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %36 = nd.remainder %35, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %37 = nd.fmod %36, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %38 = nd.power %37, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %39 = nd.maximum %38, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %40 = nd.minimum %39, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %41 = nd.fmax %40, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %42 = nd.fmin %41, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %43 = nd.arctan2 %42, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %44 = nd.hypot %43, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %45 = nd.copysign %44, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %erf = nd.erf %45 : (tensor<100xf64>) -> tensor<100xf64>
  %erfc = nd.erfc %erf : (tensor<100xf64>) -> tensor<100xf64>
  %gamma = nd.gamma %erfc : (tensor<100xf64>) -> tensor<100xf64>
  %lgamma = nd.lgamma %gamma : (tensor<100xf64>) -> tensor<100xf64>
  %degrees = nd.degrees %lgamma : (tensor<100xf64>) -> tensor<100xf64>
  %radians = nd.radians %degrees : (tensor<100xf64>) -> tensor<100xf64>
  %fabs = nd.fabs %radians : (tensor<100xf64>) -> tensor<100xf64>
  %spacing = nd.spacing %fabs : (tensor<100xf64>) -> tensor<100xf64>
  %frexp_mantissa = nd.frexp_mantissa %spacing : (tensor<100xf64>) -> tensor<100xf64>
  %nextafter = nd.nextafter %frexp_mantissa, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %heaviside = nd.heaviside %nextafter, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %logaddexp = nd.logaddexp %heaviside, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %logaddexp2 = nd.logaddexp2 %logaddexp, %y : (tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  %frexp_exponent = nd.frexp_exponent %logaddexp2 : (tensor<100xf64>) -> tensor<100xi32>
  %ldexp = nd.ldexp %logaddexp2, %frexp_exponent : (tensor<100xf64>, tensor<100xi32>) -> tensor<100xf64>
  %46 = nd.isnan %ldexp : (tensor<100xf64>) -> tensor<100xi1>
  %47 = nd.isinf %ldexp : (tensor<100xf64>) -> tensor<100xi1>
  %48 = nd.isfinite %ldexp : (tensor<100xf64>) -> tensor<100xi1>
  %49 = nd.signbit %ldexp : (tensor<100xf64>) -> tensor<100xi1>
  %50 = nd.logical_not %ldexp : (tensor<100xf64>) -> tensor<100xi1>
  %51 = nd.clip %ldexp, %x, %y : (tensor<100xf64>, tensor<100xf64>, tensor<100xf64>) -> tensor<100xf64>
  return %51, %46, %47, %48, %49, %50 : tensor<100xf64>, tensor<100xi1>, tensor<100xi1>, tensor<100xi1>, tensor<100xi1>, tensor<100xi1>
}
