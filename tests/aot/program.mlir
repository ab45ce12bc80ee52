// Rows of a matrix against a weight vector, softmax over the rows, and the inverse of a small matrix.
func.func @score(%x: tensor<5x7xf64>, %w: tensor<7xf64>, %m: tensor<2x2xf64>) -> (tensor<5x7xf64>, tensor<2x2xf64>) {
  %scale = nd.full 2.500000e-01 : f64 -> tensor<f64>
  %0 = nd.multiply %x, %w : (tensor<5x7xf64>, tensor<7xf64>) -> tensor<5x7xf64>
  %1 = nd.multiply %0, %scale : (tensor<5x7xf64>, tensor<f64>) -> tensor<5x7xf64>
  %2 = nd.max %1 {axes = array<i64: 1>, keepdims = true} : (tensor<5x7xf64>) -> tensor<5x1xf64>
  %3 = nd.subtract %1, %2 : (tensor<5x7xf64>, tensor<5x1xf64>) -> tensor<5x7xf64>
  %4 = nd.exp %3 : (tensor<5x7xf64>) -> tensor<5x7xf64>
  %5 = nd.sum %4 {axes = array<i64: 1>, keepdims = true} : (tensor<5x7xf64>) -> tensor<5x1xf64>
  %6 = nd.divide %4, %5 : (tensor<5x7xf64>, tensor<5x1xf64>) -> tensor<5x7xf64>
  %7 = nd.inv %m : (tensor<2x2xf64>) -> tensor<2x2xf64>
  return %6, %7 : tensor<5x7xf64>, tensor<2x2xf64>
}

// Noise: a generator's state goes in, and the next one comes out.
func.func @noise(%state: tensor<6xui64>, %scale: tensor<f64>) -> (tensor<1000xf64>, tensor<6xui64>) {
  %zero = nd.full 0.000000e+00 : f64 -> tensor<f64>
  %0, %next = nd.random %state, %zero, %scale {distribution = "normal"} : (tensor<6xui64>, tensor<f64>, tensor<f64>) -> (tensor<1000xf64>, tensor<6xui64>)
  return %0, %next : tensor<1000xf64>, tensor<6xui64>
}

// Noise that is drawn where it is read.
func.func @jitter(%state: tensor<13xui64>, %x: tensor<1000xf64>) -> (tensor<1000xf64>, tensor<13xui64>) {
  %u, %next = nd.random %state {distribution = "uniform01", generator = "philox"} : (tensor<13xui64>) -> (tensor<1000xf64>, tensor<13xui64>)
  %0 = nd.add %x, %u : (tensor<1000xf64>, tensor<1000xf64>) -> tensor<1000xf64>
  return %0, %next : tensor<1000xf64>, tensor<13xui64>
}
