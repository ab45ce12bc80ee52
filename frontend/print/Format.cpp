// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/print/Format.h"

#include "frontend/print/Floating.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <type_traits>
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

/// Calls \p f on a value of the element type; bool stands as bool.
template <class F> auto with_type(dtype_kind k, F f) {
  switch (k) {
  case dtype_kind::bool_:
    return f(bool());
  case dtype_kind::int8:
    return f(int8_t());
  case dtype_kind::int16:
    return f(int16_t());
  case dtype_kind::int32:
    return f(int32_t());
  case dtype_kind::int64:
    return f(int64_t());
  case dtype_kind::uint8:
    return f(uint8_t());
  case dtype_kind::uint16:
    return f(uint16_t());
  case dtype_kind::uint32:
    return f(uint32_t());
  case dtype_kind::uint64:
    return f(uint64_t());
  case dtype_kind::float32:
    return f(float());
  case dtype_kind::float64:
    break;
  }
  return f(double());
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

/// The text of one element, padded so that the elements line up.
word_function element_words(const view &a, bool summary, const options &opts) {
  return with_type(a.dtype, [&](auto zero) -> word_function {
    using T = decltype(zero);
    if constexpr (std::is_same_v<T, bool>) {
      const char *yes = a.shape.empty() ? "True" : " True";
      return [yes](const std::byte *p) { return *p == std::byte(0) ? "False" : yes; };
    } else if constexpr (std::is_floating_point_v<T>) {
      std::vector<T> shown;
      for_each_shown(a, summary, opts.edgeitems,
                     [&](const std::byte *p) { shown.push_back(load<T>(p)); });
      return [f = floating_format<T>(shown, opts)](const std::byte *p) { return f(load<T>(p)); };
    } else {
      size_t width = 0;
      for_each_shown(a, summary, opts.edgeitems, [&](const std::byte *p) {
        width = std::max(width, std::to_string(load<T>(p)).size());
      });
      return [width](const std::byte *p) {
        std::string text = std::to_string(load<T>(p));
        text.insert(0, width - std::min(width, text.size()), ' ');
        return text;
      };
    }
  });
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
  return with_type(a.dtype, [&](auto zero) -> std::string {
    using T = decltype(zero);
    if constexpr (std::is_same_v<T, bool>)
      return *a.data == std::byte(0) ? "False" : "True";
    else if constexpr (std::is_floating_point_v<T>)
      return scalar_text(load<T>(a.data));
    else
      return std::to_string(load<T>(a.data));
  });
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
  // The elements alone say bool, int64 and float64.
  const bool implied = a.size > 0 && (dtype == dtype_kind::bool_ || dtype == dtype_kind::int64 ||
                                      dtype == dtype_kind::float64);
  std::string text(prefix);
  if (a.size > 0 || shape.size() == 1) {
    text += array_text(a, opts, ", ", prefix.size(), 1);
  } else {
    text += "[], shape=(";
    for (size_t i = 0; i < shape.size(); ++i)
      text += (i ? ", " : "") + std::to_string(shape[i]);
    text += ")";
  }
  if (implied)
    return text + ")";
  text += ",";
  const std::string tail = "dtype=" + std::string(rules::name(dtype)) + ")";
  const size_t last_line = text.size() - (text.rfind('\n') + 1);
  const bool wrap = int64_t(last_line + tail.size() + 1) > opts.linewidth;
  return text + (wrap ? "\n" + std::string(prefix.size(), ' ') : " ") + tail;
}

} // namespace nd::print
