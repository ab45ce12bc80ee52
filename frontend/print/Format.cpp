// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/print/Format.h"

#include "frontend/print/Digits.h"
#include "frontend/print/Floating.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <vector>

namespace nd::print {
namespace {

struct view {
  const std::byte *data;
  dtype_kind dtype;
  std::vector<int64_t> shape, strides;
  int64_t size = 1;

  view(const void *d, dtype_kind k, std::span<const int64_t> s, std::span<const int64_t> st)
      : data(static_cast<const std::byte *>(d)), dtype(k), shape(s.begin(), s.end()),
        strides(st.begin(), st.end()) {
    for (int64_t n : shape)
      size *= n;
    if (strides.size() == shape.size())
      return;
    strides.resize(shape.size());
    int64_t step = int64_t(rules::itemsize(k));
    for (size_t axis = shape.size(); axis-- > 0; step *= shape[axis])
      strides[axis] = step;
  }
};

template <class T> T load(const std::byte *p) {
  T value;
  std::memcpy(&value, p, sizeof value);
  return value;
}

/// The dtype of each part of a complex number; floats are their only part.
dtype_kind part_of(dtype_kind k) {
  return k == dtype_kind::complex64    ? dtype_kind::float32
         : k == dtype_kind::complex128 ? dtype_kind::float64
                                       : k;
}

double real_part(const view &a, const std::byte *p) { return load_float(p, part_of(a.dtype)); }

double imaginary_part(const view &a, const std::byte *p) {
  const dtype_kind part = part_of(a.dtype);
  return load_float(p + rules::itemsize(part), part);
}

/// Calls \p f on a value of the integer type.
template <class F> auto with_integer(dtype_kind k, F f) {
  switch (k) {
  case dtype_kind::int8:
    return f(int8_t());
  case dtype_kind::int16:
    return f(int16_t());
  case dtype_kind::int32:
    return f(int32_t());
  case dtype_kind::uint8:
    return f(uint8_t());
  case dtype_kind::uint16:
    return f(uint16_t());
  case dtype_kind::uint32:
    return f(uint32_t());
  case dtype_kind::uint64:
    return f(uint64_t());
  default:
    return f(int64_t());
  }
}

/// Visits the elements that a summary shows, or all of them.
void for_each_shown(const view &a, bool summary, int64_t edge,
                    const std::function<void(const std::byte *)> &visit, size_t axis = 0,
                    const std::byte *p = nullptr) {
  if (axis == 0)
    p = a.data;
  if (axis == a.shape.size())
    return visit(p);
  const int64_t n = a.shape[axis];
  // With no edge items NumPy measures the whole axis.
  const bool cut = summary && edge > 0 && n > 2 * edge;
  for (int64_t i = 0; i < n; ++i) {
    if (cut && i == edge)
      i = n - edge;
    for_each_shown(a, summary, edge, visit, axis + 1, p + i * a.strides[axis]);
  }
}

using word_function = std::function<std::string(const std::byte *)>;

/// Integers take the least width that holds all shown, as numpy's IntegerFormat.
word_function integer_words(const view &a, bool summary, const options &opts) {
  return with_integer(a.dtype, [&](auto zero) -> word_function {
    using T = decltype(zero);
    bool negative = false;
    for_each_shown(a, summary, opts.edgeitems,
                   [&](const std::byte *p) { negative |= load<T>(p) < 0; });
    std::string sign;
    if (opts.sign == '+' || (opts.sign == ' ' && !negative))
      sign = opts.sign;
    auto text = [sign](const std::byte *p) {
      const T value = load<T>(p);
      return value < 0 ? std::to_string(value) : sign + std::to_string(value);
    };
    size_t width = 0;
    for_each_shown(a, summary, opts.edgeitems,
                   [&](const std::byte *p) { width = std::max(width, text(p).size()); });
    return [width, text](const std::byte *p) {
      std::string word = text(p);
      word.insert(0, width - std::min(width, word.size()), ' ');
      return word;
    };
  });
}

/// The text of one element, padded so that the elements line up.
word_function element_words(const view &a, bool summary, const options &opts) {
  if (rules::is_bool(a.dtype)) {
    const char *yes = a.shape.empty() ? "True" : " True";
    return [yes](const std::byte *p) { return *p == std::byte(0) ? "False" : yes; };
  }
  if (rules::is_integer(a.dtype))
    return integer_words(a, summary, opts);
  std::vector<double> real, imaginary;
  for_each_shown(a, summary, opts.edgeitems, [&](const std::byte *p) {
    real.push_back(real_part(a, p));
    if (rules::is_complex(a.dtype))
      imaginary.push_back(imaginary_part(a, p));
  });
  const dtype_kind part = part_of(a.dtype);
  if (rules::is_complex(a.dtype))
    return [&a, f = complex_format(real, imaginary, part, opts)](const std::byte *p) {
      return f(real_part(a, p), imaginary_part(a, p));
    };
  return [&a, f = floating_format(real, part, opts)](const std::byte *p) {
    return f(real_part(a, p));
  };
}

/// Lays the words out with brackets, line breaks and "...", as numpy's _formatArray.
class layout {
public:
  layout(const view &a, const options &opts, bool summary, std::string_view separator)
      : a(a), summary(summary), edge(std::max(opts.edgeitems, 0)),
        words(element_words(a, summary, opts)), separator(separator),
        bare_separator(separator.substr(0, separator.find(' '))) {}

  /// The sub-array at \p p; lines after the first start with \p indent.
  std::string block(size_t axis, const std::byte *p, const std::string &indent, int64_t width) {
    if (axis == a.shape.size())
      return words(p);
    const bool last_axis = axis + 1 == a.shape.size();
    const int64_t n = a.shape[axis];
    const bool cut = summary && 2 * edge < n;
    const int64_t leading = cut ? edge : 0, trailing = cut ? edge : n;
    auto at = [&](int64_t i) { return p + i * a.strides[axis]; };
    std::string text;
    if (last_axis) {
      const int64_t usable = width - std::max<int64_t>(int64_t(bare_separator.size()), 1);
      std::string line = indent;
      auto put = [&](const std::string &word) { extend(text, line, word, usable, indent); };
      for (int64_t i = 0; i < leading; ++i) {
        put(words(at(i)));
        line += separator;
      }
      if (cut) {
        put("...");
        line += separator;
      }
      for (int64_t i = trailing; i > 1; --i) {
        put(words(at(n - i)));
        line += separator;
      }
      put(words(at(n - 1)));
      text += line;
    } else {
      const std::string inner = indent + " ";
      const std::string line_end = bare_separator + std::string(a.shape.size() - axis - 1, '\n');
      auto put = [&](int64_t i) { text += indent + block(axis + 1, at(i), inner, width - 1); };
      for (int64_t i = 0; i < leading; ++i) {
        put(i);
        text += line_end;
      }
      if (cut)
        text += indent + "..." + line_end;
      for (int64_t i = trailing; i > 1; --i) {
        put(n - i);
        text += line_end;
      }
      put(n - 1);
    }
    return "[" + text.substr(indent.size()) + "]";
  }

private:
  const view &a;
  bool summary;
  int64_t edge;
  word_function words;
  std::string separator, bare_separator;

  static void extend(std::string &text, std::string &line, const std::string &word, int64_t usable,
                     const std::string &indent) {
    // A line that holds nothing yet is not broken: that would not help.
    if (int64_t(line.size() + word.size()) > usable && line.size() > indent.size()) {
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + "\n";
      line = indent;
    }
    line += word;
  }
};

std::string array_text(const view &a, const options &opts, std::string_view separator,
                       size_t prefix, size_t suffix) {
  if (a.size == 0)
    return "[]";
  const bool summary = a.size > opts.threshold;
  return layout(a, opts, summary, separator)
      .block(0, a.data, std::string(prefix + 1, ' '), opts.linewidth - int64_t(suffix));
}

std::string scalar(const view &a) {
  if (rules::is_bool(a.dtype))
    return *a.data == std::byte(0) ? "False" : "True";
  if (rules::is_integer(a.dtype))
    return with_integer(a.dtype,
                        [&](auto zero) { return std::to_string(load<decltype(zero)>(a.data)); });
  const dtype_kind part = part_of(a.dtype);
  if (rules::is_complex(a.dtype))
    return scalar_text(real_part(a, a.data), imaginary_part(a, a.data), part);
  return scalar_text(real_part(a, a.data), part);
}

std::string shape_text(const std::vector<int64_t> &shape) {
  std::string text = "(";
  for (size_t i = 0; i < shape.size(); ++i)
    text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + (shape.size() == 1 ? ",)" : ")");
}

} // namespace

std::string format(const void *data, dtype_kind dtype, std::span<const int64_t> shape,
                   std::span<const int64_t> strides_bytes, const options &opts) {
  view a(data, dtype, shape, strides_bytes);
  return shape.empty() ? scalar(a) : array_text(a, opts, " ", 0, 0);
}

std::string format_repr(const void *data, dtype_kind dtype, std::span<const int64_t> shape,
                        std::span<const int64_t> strides_bytes, const options &opts) {
  static constexpr std::string_view prefix = "array(";
  view a(data, dtype, shape, strides_bytes);
  std::string text = std::string(prefix) + array_text(a, opts, ", ", prefix.size(), 1);
  std::string tail;
  if ((a.size == 0 && shape.size() != 1) || a.size > opts.threshold)
    tail = "shape=" + shape_text(a.shape);
  // The elements alone say bool, int64, float64 and complex128.
  const bool implied = dtype == dtype_kind::bool_ || dtype == dtype_kind::int64 ||
                       dtype == dtype_kind::float64 || dtype == dtype_kind::complex128;
  if (!implied || a.size == 0)
    tail += (tail.empty() ? "dtype=" : ", dtype=") + std::string(rules::name(dtype));
  tail += ")";
  if (tail == ")")
    return text + tail;
  text += ",";
  const size_t last_line = text.size() - (text.rfind('\n') + 1);
  const bool wrap = int64_t(last_line + tail.size() + 1) > opts.linewidth;
  return text + (wrap ? "\n" + std::string(prefix.size(), ' ') : " ") + tail;
}

} // namespace nd::print
