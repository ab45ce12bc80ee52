// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The header of a .npy file: magic string, version, length, and a Python dictionary literal, of
// which exactly the three keys the format defines are read.
#include "frontend/io/Npy.h"
#include "ir/rules/axes.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <optional>
#include <string_view>

namespace nd::io {
namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr size_t alignment = 64;

std::string byte_text(unsigned char c) {
  if (c >= 0x20 && c < 0x7f && c != '\'')
    return std::string("'") + char(c) + "'";
  static constexpr char hex[] = "0123456789abcdef";
  return std::string("byte 0x") + hex[c >> 4] + hex[c & 15];
}

/// Text from the file, made printable and short.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (char c : text.substr(0, 40))
    out += c >= 0x20 && c < 0x7f ? c : '?';
  return out + (text.size() > 40 ? "...'" : "'");
}

struct bad_header {
  size_t at; // offset in the dictionary text
  std::string message;
};

template <class T> using parsed = std::expected<T, bad_header>;

class dictionary_parser {
public:
  explicit dictionary_parser(std::string_view text) : text(text) {}

  parsed<header> parse() {
    header out;
    bool have_descr = false, have_order = false, have_shape = false;
    if (auto ok = expect('{', "at the start of the header dictionary"); !ok)
      return std::unexpected(ok.error());
    skip_spaces();
    while (!peek('}')) {
      const size_t key_at = at;
      parsed<std::string_view> key = string("a key");
      if (!key)
        return std::unexpected(key.error());
      bool *have = *key == "descr"           ? &have_descr
                   : *key == "fortran_order" ? &have_order
                   : *key == "shape"         ? &have_shape
                                             : nullptr;
      if (!have)
        return bad(key_at,
                   "key " + quoted(*key) + " is not one of 'descr', 'fortran_order' and 'shape'");
      if (*have)
        return bad(key_at, "key " + quoted(*key) + " is there twice");
      *have = true;
      if (auto ok = expect(':', "after the key"); !ok)
        return std::unexpected(ok.error());
      skip_spaces();
      parsed<void> value = have == &have_descr   ? descr(out)
                           : have == &have_order ? order(out)
                                                 : shape(out);
      if (!value)
        return std::unexpected(value.error());
      skip_spaces();
      if (peek('}'))
        break;
      if (auto ok = expect(',', "after the value"); !ok)
        return std::unexpected(ok.error());
      skip_spaces();
    }
    ++at;
    skip_spaces();
    if (at != text.size())
      return bad(at, "only spaces expected after the dictionary, " + found() + " there");
    if (!have_descr || !have_order || !have_shape)
      return bad(0, std::string("key ") +
                        (!have_descr   ? "'descr'"
                         : !have_order ? "'fortran_order'"
                                       : "'shape'") +
                        " is missing");
    return out;
  }

private:
  std::string_view text;
  size_t at = 0;

  static std::unexpected<bad_header> bad(size_t at, std::string message) {
    return std::unexpected<bad_header>(bad_header{at, std::move(message)});
  }

  bool peek(char c) const { return at < text.size() && text[at] == c; }

  std::string found() const {
    return at < text.size() ? byte_text(static_cast<unsigned char>(text[at]))
                            : std::string("the end of the header");
  }

  void skip_spaces() {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' ||
                                text[at] == '\r' || text[at] == '\f'))
      ++at;
  }

  parsed<void> expect(char c, const char *where) {
    skip_spaces();
    if (!peek(c))
      return bad(at, std::string(c == ','   ? "',' or '}'"
                                 : c == ':' ? "':'"
                                 : c == '(' ? "'('"
                                            : "'{'") +
                         " expected " + where + ", " + found() + " there");
    ++at;
    return {};
  }

  parsed<std::string_view> string(const char *what) {
    if (!peek('\'') && !peek('"'))
      return bad(at, std::string(what) + " in quotes expected, " + found() + " there");
    const size_t opening = at;
    const char quote = text[at++];
    const size_t first = at;
    while (at < text.size() && text[at] != quote && text[at] != '\\' && text[at] != '\n')
      ++at;
    if (at < text.size() && text[at] == '\\')
      return bad(at, "no backslash expected in a string");
    if (!peek(quote))
      return bad(opening, std::string("the quote of ") + what + " is not closed");
    return text.substr(first, at++ - first);
  }

  parsed<void> descr(header &out) {
    const size_t start = at;
    if (peek('['))
      return bad(at, "structured dtypes are not supported; save each field on its own");
    parsed<std::string_view> whole = string("a dtype");
    if (!whole)
      return std::unexpected(whole.error());
    std::string_view code = *whole;
    char byte_order = '=';
    if (!code.empty() && std::string_view("<>=|").find(code[0]) != code.npos) {
      byte_order = code[0];
      code.remove_prefix(1);
    }
    if (code == "O" || code == "O8")
      return bad(start, "dtype " + quoted(*whole) +
                            " is of Python objects, which are not read; save numbers");
    for (dtype_kind k : rules::all_dtypes) {
      if (code != rules::npy_descr(k).substr(1))
        continue;
      const bool big = std::endian::native == std::endian::big;
      out.dtype = k;
      out.swapped = rules::itemsize(k) > 1 && (byte_order == '<' ? big : byte_order == '>' && !big);
      return {};
    }
    std::string known;
    for (dtype_kind k : rules::all_dtypes)
      known += (known.empty() ? "'" : ", '") + std::string(rules::npy_descr(k)) + "'";
    return bad(start, "dtype " + quoted(*whole) + " is not supported; one of " + known +
                          " expected, '>' for big-endian");
  }

  parsed<void> order(header &out) {
    for (bool value : {false, true}) {
      std::string_view word = value ? "True" : "False";
      if (text.substr(at, word.size()) != word)
        continue;
      out.fortran_order = value;
      at += word.size();
      return {};
    }
    return bad(at, "True or False expected for 'fortran_order', " + found() + " there");
  }

  parsed<int64_t> extent() {
    const size_t start = at;
    if (peek('-'))
      return bad(start, "a size of 0 or more expected in the shape, '-' there");
    size_t end = at;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9')
      ++end;
    if (end == at)
      return bad(at, "a size expected in the shape, " + found() + " there");
    int64_t value = 0;
    auto [stop, error] = std::from_chars(text.data() + at, text.data() + end, value);
    if (error != std::errc())
      return bad(start, "size " + quoted(text.substr(at, end - at)) + " does not fit 64 bits");
    at = end;
    if (peek('L')) // written by Python 2
      ++at;
    return value;
  }

  parsed<void> shape(header &out) {
    const size_t start = at;
    if (auto ok = expect('(', "at the start of the shape"); !ok)
      return ok;
    skip_spaces();
    bool comma = true;
    while (!peek(')')) {
      if (!comma)
        return bad(at, "',' or ')' expected in the shape, " + found() + " there");
      parsed<int64_t> value = extent();
      if (!value)
        return std::unexpected(value.error());
      out.shape.push_back(*value);
      if (out.shape.size() > max_ndim)
        return bad(start, "the shape has more than " + std::to_string(max_ndim) + " dimensions");
      skip_spaces();
      comma = peek(',');
      if (comma)
        ++at;
      skip_spaces();
    }
    ++at;
    if (out.shape.size() == 1 && !comma)
      return bad(start, "'shape' is a number in brackets, a tuple such as (3,) expected");
    return {};
  }
};

} // namespace

size_t header::data_bytes() const {
  size_t bytes = rules::itemsize(dtype);
  for (int64_t extent : shape)
    bytes *= size_t(extent);
  return bytes;
}

io_result<header> parse_npy_header(std::span<const std::byte> bytes, const std::string &file,
                                   uint64_t file_bytes) {
  auto at = [&](size_t offset) { return file + ": byte " + std::to_string(offset) + ": "; };
  auto ends = [&](const char *in, size_t expected) {
    return fail(at(bytes.size()) + "the file ends inside " + in + ": at least " +
                std::to_string(expected) + " bytes expected, " + std::to_string(bytes.size()) +
                " there");
  };
  auto byte = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  if (bytes.size() >= 4 && byte(0) == 'P' && byte(1) == 'K' && byte(2) < 8 && byte(3) < 9)
    return fail(at(0) + "a zip archive, which .npz files are, and no .npy file: open it with "
                        "nd::load_npz");
  for (size_t i = 0; i < std::min(magic.size(), bytes.size()); ++i)
    if (byte(i) != static_cast<unsigned char>(magic[i]))
      return fail(at(i) + "not a .npy file: it starts with \\x93NUMPY, of which " +
                  byte_text(static_cast<unsigned char>(magic[i])) + " is expected here and " +
                  byte_text(byte(i)) + " is there");
  if (bytes.size() < magic.size() + 2)
    return ends("the magic string and version", magic.size() + 2);
  const int major = byte(6), minor = byte(7);
  if (major < 1 || major > 3 || minor != 0)
    return fail(at(6) + "version " + std::to_string(major) + "." + std::to_string(minor) +
                " of the format is not known; 1.0, 2.0 or 3.0 expected");
  const size_t length_bytes = major == 1 ? 2 : 4, start = magic.size() + 2 + length_bytes;
  if (bytes.size() < start)
    return ends("the length of the header", start);
  size_t length = 0;
  for (size_t i = length_bytes; i-- > 0;)
    length = length << 8 | byte(8 + i);
  if (bytes.size() - start < length)
    return fail(at(8) + "a header of " + std::to_string(length) + " bytes expected, " +
                std::to_string(std::max<uint64_t>(file_bytes, bytes.size()) - start) + " there");

  std::string_view text(reinterpret_cast<const char *>(bytes.data()) + start, length);
  parsed<header> result = dictionary_parser(text).parse();
  if (!result)
    return fail(at(start + result.error().at) + result.error().message);
  result->data_offset = start + length;

  const size_t shape_at = start + std::min(text.find("shape"), length);
  rules::result<int64_t> count = rules::element_count(result->shape);
  if (!count)
    return fail(at(shape_at) + count.error().message);
  // The non-zero extents as well: strides are computed from them.
  int64_t total = int64_t(rules::itemsize(result->dtype));
  for (int64_t extent : result->shape)
    if (extent != 0 && __builtin_mul_overflow(total, extent, &total))
      return fail(at(shape_at) + "shape " + rules::to_string(result->shape) + " of " +
                  std::string(rules::name(result->dtype)) + " has more than 2^63 - 1 bytes");
  return std::move(*result);
}

std::string npy_header(dtype_kind dtype, std::span<const int64_t> shape, bool fortran_order) {
  // NumPy leaves room for the extent that appending would change to grow to this many digits.
  constexpr size_t growth_digits = 21;
  std::string text = "{'descr': '" + std::string(rules::npy_descr(dtype)) +
                     "', 'fortran_order': " + (fortran_order ? "True" : "False") +
                     ", 'shape': " + rules::to_string(rules::shape(shape.begin(), shape.end())) +
                     ", }";
  if (std::endian::native == std::endian::big && rules::itemsize(dtype) > 1)
    text[text.find('<')] = '>';
  if (!shape.empty())
    text.append(growth_digits - std::to_string(fortran_order ? shape.back() : shape[0]).size(),
                ' ');
  const size_t prefix = magic.size() + 4;
  text.append(alignment - (prefix + text.size() + 1) % alignment, ' ');
  text += '\n';
  std::string out(magic);
  out += '\x01';
  out += '\x00';
  out += char(text.size() & 0xff);
  out += char(text.size() >> 8);
  return out + text;
}

} // namespace nd::io
