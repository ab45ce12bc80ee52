// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/io/Fields.h"

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <new>

namespace nd::io {

std::string_view strip(std::string_view text) {
  while (!text.empty() && is_space(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_space(text.back()))
    text.remove_suffix(1);
  return text;
}

/// Text from the file, made printable and short.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (char c : text.substr(0, 60))
    out += static_cast<unsigned char>(c) >= 0x20 && c != 0x7f ? c : '?';
  return out + (text.size() > 60 ? "...'" : "'");
}

namespace {

/// Whether a decimal number too large or too small for a double is too large.
bool is_huge(std::string_view digits) {
  size_t e = digits.find_first_of("eE");
  std::string_view mantissa = digits.substr(0, e);
  size_t point = std::min(mantissa.find('.'), mantissa.size());
  size_t first = mantissa.find_first_of("123456789");
  if (first == mantissa.npos)
    return false;
  int64_t magnitude = int64_t(point) - int64_t(first);
  int64_t exponent = 0;
  if (e != digits.npos) {
    std::string_view power = digits.substr(e + 1);
    bool negative = power.starts_with('-');
    if (negative || power.starts_with('+'))
      power.remove_prefix(1);
    auto r = std::from_chars(power.data(), power.data() + power.size(), exponent);
    if (r.ec == std::errc::result_out_of_range || exponent > (int64_t(1) << 40))
      exponent = int64_t(1) << 40;
    exponent = negative ? -exponent : exponent;
  }
  return magnitude + exponent > 0;
}

/// Reads a decimal number without blanks from the front of \p text and takes it off.
bool take_number(std::string_view &text, double &value) {
  const bool negative = text.starts_with('-');
  std::string_view digits = text;
  if (negative || text.starts_with('+'))
    digits.remove_prefix(1);
  if (digits.empty() || digits.front() == '-')
    return false;
  auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc::invalid_argument || stop[-1] == ')') // nan(...)
    return false;
  if (error == std::errc::result_out_of_range)
    value = is_huge(digits.substr(0, size_t(stop - digits.data())))
                ? std::numeric_limits<double>::infinity()
                : 0;
  if (negative)
    value = -value;
  text = digits.substr(size_t(stop - digits.data()));
  return true;
}

/// Without the underscores between digits, which Python leaves out; false if one stands elsewhere.
bool drop_underscores(std::string_view &text, std::string &memory) {
  if (text.find('_') == text.npos)
    return true;
  auto digit = [&](size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_')
      memory += text[i];
    else if (i == 0 || !digit(i - 1) || !digit(i + 1))
      return false;
  }
  text = memory;
  return true;
}

template <class T> bool convert_integer(std::string_view text, T &value, grammar g) {
  std::string memory;
  text = strip(text);
  if (g == grammar::python && !drop_underscores(text, memory))
    return false;
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-'))
      return false;
  }
  auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && stop == text.data() + text.size();
}

} // namespace

bool convert(std::string_view text, double &value, grammar g) {
  std::string memory;
  text = strip(text);
  if (g == grammar::python && !drop_underscores(text, memory))
    return false;
  return take_number(text, value) && text.empty();
}

bool convert(std::string_view text, int64_t &value, grammar g) {
  return convert_integer(text, value, g);
}
bool convert(std::string_view text, uint64_t &value, grammar g) {
  return convert_integer(text, value, g);
}

bool convert(std::string_view text, std::complex<double> &value, grammar g) {
  std::string memory;
  text = strip(text);
  if (g == grammar::python && !drop_underscores(text, memory))
    return false;
  if (text.starts_with('(')) {
    if (!text.ends_with(')'))
      return false;
    text = strip(text.substr(1, text.size() - 2));
  }
  auto unit = [](char c) { return c == 'j'; };
  const bool python = g == grammar::python;
  // Python also reads j and J alone, and after a bare sign.
  auto take_imaginary = [&](double &part) {
    std::string_view at = text;
    if (python && !at.empty()) {
      bool negative = at[0] == '-';
      if (negative || at[0] == '+')
        at.remove_prefix(1);
      if (at == "j" || at == "J") {
        part = negative ? -1 : 1;
        text = {};
        return true;
      }
    }
    at = text;
    if (!take_number(at, part) || at.size() != 1 || !(unit(at[0]) || (python && at[0] == 'J')))
      return false;
    text = {};
    return true;
  };
  double real = 0, imaginary = 0;
  if (take_imaginary(imaginary)) {
    value = {0, imaginary};
    return true;
  }
  if (!take_number(text, real))
    return false;
  if (text.empty()) {
    value = {real, 0};
    return true;
  }
  if (text[0] != '+' && text[0] != '-')
    return false;
  if (!python && text[0] == '+') // NumPy takes a second sign then
    text.remove_prefix(1);
  if (!take_imaginary(imaginary))
    return false;
  value = {real, imaginary};
  return true;
}

namespace {

struct inflater {
  z_stream stream = {};
  bool ready = inflateInit2(&stream, MAX_WBITS + 16) == Z_OK;
  ~inflater() {
    if (ready)
      inflateEnd(&stream);
  }
};

/// What gzip made of a text; several streams may follow each other.
io_result<std::string> inflated(const std::string &path, std::string_view packed) {
  inflater z;
  if (!z.ready)
    return fail(path + ": inflating needs more memory than there is");
  std::string out;
  auto input = reinterpret_cast<const Bytef *>(packed.data());
  auto left = [&] { return packed.size() - size_t(z.stream.next_in - input); };
  z.stream.next_in = const_cast<Bytef *>(input);
  while (true) {
    const size_t done = out.size();
    const size_t room = std::max<size_t>(1 << 16, done);
    out.resize(done + room);
    z.stream.avail_in = uInt(std::min<size_t>(left(), 1 << 30));
    z.stream.next_out = reinterpret_cast<Bytef *>(out.data() + done);
    z.stream.avail_out = uInt(std::min<size_t>(room, 1 << 30));
    const size_t offered = z.stream.avail_out;
    const int status = inflate(&z.stream, Z_NO_FLUSH);
    out.resize(done + offered - z.stream.avail_out);
    if (status == Z_STREAM_END) {
      if (left() == 0)
        return out;
      inflateReset(&z.stream);
    } else if (status != Z_OK && (status != Z_BUF_ERROR || left() == 0)) {
      const std::string at = path + ": byte " + std::to_string(packed.size() - left()) + ": ";
      return fail(at + (status == Z_BUF_ERROR
                            ? "the gzip stream ends early"
                            : "not a gzip stream" +
                                  (z.stream.msg ? ": " + std::string(z.stream.msg) : "")));
    }
  }
}

} // namespace

io_result<std::string> read_text(const std::string &path) {
  io_result<input_file> file = input_file::open(path);
  if (!file)
    return std::unexpected(file.error());
  std::string text;
  try {
    text.resize(size_t(file->size()));
    if (io_result<void> ok = file->read(text.data(), text.size()); !ok)
      return std::unexpected(ok.error());
    return path.ends_with(".gz") ? inflated(path, text) : std::move(text);
  } catch (const std::bad_alloc &) {
    return fail(path + ": a text of " + std::to_string(file->size()) +
                " bytes is more than memory allows");
  }
}

} // namespace nd::io
