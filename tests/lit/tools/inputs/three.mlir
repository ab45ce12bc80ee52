func.func @main() -> tensor<i64> {
  %0 = nd.full 3 : i64 -> tensor<i64>
  return %0 : tensor<i64>
}
