// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "nd/shape.h"

#include "ir/rules/error.h"

#include "nd/array.h"

#include <algorithm>
#include <ostream>

namespace nd {

shape::shape(std::initializer_list<extent> extents) {
  for (const extent &e : extents)
    push_back(e.value);
}

shape::shape(const std::vector<int64_t> &extents) {
  for (int64_t extent : extents)
    push_back(extent);
}

shape::shape(const array &a) : shape(a.shape()) {}

shape &shape::operator=(const shape &other) {
  if (this != &other)
    assign(other.data_, other.size_);
  return *this;
}

void shape::assign(const int64_t *first, size_t count) {
  if (count > capacity_) {
    int64_t *grown = new int64_t[count];
    if (data_ != inline_)
      delete[] data_;
    data_ = grown;
    capacity_ = uint32_t(count);
  }
  std::copy_n(first, count, data_);
  size_ = uint32_t(count);
}

void shape::push_back(int64_t extent) {
  if (extent ==
      rules::dynamic)    // the rules' word for an extent that is not known; as refused as any
    extent = -INT64_MAX; // other below 0
  if (size_ == capacity_) {
    int64_t *grown = new int64_t[2 * capacity_];
    std::copy_n(data_, size_, grown);
    if (data_ != inline_)
      delete[] data_;
    data_ = grown;
    capacity_ *= 2;
  }
  data_[size_++] = extent;
}

std::string to_string(const shape &s) {
  std::string text = "(";
  for (size_t i = 0; i < s.size(); ++i)
    text += (i ? ", " : "") + rules::extent_name(s[i]);
  return text + (s.size() == 1 ? ",)" : ")");
}

std::ostream &operator<<(std::ostream &out, const shape &s) { return out << to_string(s); }

} // namespace nd
