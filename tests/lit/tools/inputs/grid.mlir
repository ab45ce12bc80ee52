func.func @main() -> tensor<2x3xf64> {
  %0 = nd.iota {axis = 1 : i64} -> tensor<2x3xf64>
  %1 = nd.iota {axis = 0 : i64} -> tensor<2x3xf64>
  %2 = nd.add %0, %1 : (tensor<2x3xf64>, tensor<2x3xf64>) -> tensor<2x3xf64>
  return %2 : tensor<2x3xf64>
}
