// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "frontend/io/Savetxt.h"

#include "frontend/print/Digits.h"
#include "frontend/print/Floating.h"

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

namespace nd::io {
namespace {

std::unexpected<std::string> bad(std::string message) {
  return std::unexpected<std::string>(std::move(message));
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

/// One number, whatever its dtype: as an integer, if it is one, and as a float.
struct number {
  bool integral;
  bool negative;      ///< of an integer
  uint64_t magnitude; ///< of an integer
  double value;
  dtype_kind type; ///< of str()
};

template <class T> T load(const std::byte *p) {
  T value;
  std::memcpy(&value, p, sizeof value);
  return value;
}

number load_number(const std::byte *p, dtype_kind type) {
  auto integer = [&](auto v) {
    const bool negative = v < 0;
    const uint64_t bits = uint64_t(int64_t(v));
    return number{true, negative, negative ? 0 - bits : uint64_t(v), double(v), type};
  };
  switch (type) {
  case dtype_kind::bool_:
    return integer(load<uint8_t>(p));
  case dtype_kind::int8:
    return integer(load<int8_t>(p));
  case dtype_kind::int16:
    return integer(load<int16_t>(p));
  case dtype_kind::int32:
    return integer(load<int32_t>(p));
  case dtype_kind::int64:
    return integer(load<int64_t>(p));
  case dtype_kind::uint8:
    return integer(load<uint8_t>(p));
  case dtype_kind::uint16:
    return integer(load<uint16_t>(p));
  case dtype_kind::uint32:
    return integer(load<uint32_t>(p));
  case dtype_kind::uint64:
    return integer(load<uint64_t>(p));
  default:
    return {false, false, 0, print::load_float(p, type), type};
  }
}

/// Sign and body in the field that the conversion asks for.
void pad(std::string &out, const conversion &c, std::string_view sign, std::string_view body,
         bool numeric) {
  const size_t length = sign.size() + body.size();
  const size_t fill = size_t(c.width) > length ? size_t(c.width) - length : 0;
  if (!c.left && !(c.zero && numeric))
    out.append(fill, ' ');
  out += sign;
  if (!c.left && c.zero && numeric)
    out.append(fill, '0');
  out += body;
  if (c.left)
    out.append(fill, ' ');
}

std::string_view sign_of(const conversion &c, bool negative) {
  return negative ? "-" : c.plus ? "+" : c.space ? " " : "";
}

void append_float(std::string &out, const conversion &c, double value) {
  char buffer[1536];
  const bool upper = c.type >= 'A' && c.type <= 'Z';
  const bool negative = std::signbit(value) && !std::isnan(value);
  std::string_view body;
  if (!std::isfinite(value)) {
    body = std::isnan(value) ? "nan" : "inf";
    std::copy(body.begin(), body.end(), buffer);
    body = {buffer, 3};
  } else {
    const char lower = upper ? char(c.type - 'A' + 'a') : c.type;
    auto end = std::to_chars(buffer, buffer + sizeof buffer, std::fabs(value),
                             lower == 'e'   ? std::chars_format::scientific
                             : lower == 'f' ? std::chars_format::fixed
                                            : std::chars_format::general,
                             c.precision < 0 ? 6 : c.precision);
    body = {buffer, size_t(end.ptr - buffer)};
  }
  if (upper)
    for (char &ch : std::span(buffer, body.size()))
      ch = ch >= 'a' && ch <= 'z' ? char(ch - 'a' + 'A') : ch;
  pad(out, c, sign_of(c, negative), body, true);
}

io_result<void> append_integer(std::string &out, const conversion &c, const number &n) {
  char buffer[400];
  bool negative = n.negative;
  char *end;
  if (n.integral) {
    const int base = c.type == 'o' ? 8 : c.type == 'd' ? 10 : 16;
    end = std::to_chars(buffer, buffer + sizeof buffer, n.magnitude, base).ptr;
    if (c.type == 'X')
      for (char *p = buffer; p < end; ++p)
        *p = *p >= 'a' ? char(*p - 'a' + 'A') : *p;
  } else {
    if (c.type != 'd')
      return refuse(std::string("%") + c.type + " writes integers and the elements are " +
                        std::string(rules::name(n.type)) + "; use %e, %f or %g",
                    fault::dtype);
    if (!std::isfinite(n.value))
      return refuse("%d cannot write " + std::string(std::isnan(n.value) ? "nan" : "inf") +
                    "; use %e, %f or %g");
    const double whole = std::trunc(n.value);
    negative = whole < 0;
    end =
        std::to_chars(buffer, buffer + sizeof buffer, std::fabs(whole), std::chars_format::fixed, 0)
            .ptr;
  }
  std::string body;
  const size_t digits = size_t(end - buffer);
  if (c.precision > 0 && size_t(c.precision) > digits)
    body.append(size_t(c.precision) - digits, '0');
  body.append(buffer, digits);
  std::string sign(sign_of(c, negative));
  if (c.prefixed && c.type != 'd')
    sign += std::string("0") + c.type;
  pad(out, c, sign, body, true);
  return {};
}

std::string str(const number &n) {
  if (n.type == dtype_kind::bool_)
    return n.magnitude ? "True" : "False";
  if (!n.integral)
    return print::scalar_text(n.value, n.type);
  return (n.negative ? "-" : "") + std::to_string(n.magnitude);
}

io_result<void> append_number(std::string &out, const conversion &c, const number &n) {
  if (c.type == 's') {
    std::string text = str(n);
    if (c.precision >= 0 && size_t(c.precision) < text.size())
      text.resize(size_t(c.precision));
    pad(out, c, "", text, false);
    return {};
  }
  if (c.type == 'd' || c.type == 'o' || c.type == 'x' || c.type == 'X')
    return append_integer(out, c, n);
  append_float(out, c, n.value);
  return {};
}

/// The conversion at the front of \p text, behind its %.
std::expected<conversion, std::string> take_conversion(std::string_view &text) {
  const std::string_view all = text;
  conversion c;
  for (; !text.empty(); text.remove_prefix(1)) {
    const char f = text[0];
    bool *flag = f == '-'   ? &c.left
                 : f == '+' ? &c.plus
                 : f == ' ' ? &c.space
                 : f == '0' ? &c.zero
                 : f == '#' ? &c.prefixed
                            : nullptr;
    if (!flag)
      break;
    *flag = true;
  }
  auto take_number = [&](int &value) {
    auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (stop == text.data())
      return true; // none is 0 behind a point
    text.remove_prefix(size_t(stop - text.data()));
    return error == std::errc() && value <= 1000;
  };
  bool fits = take_number(c.width);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    c.precision = 0;
    fits &= take_number(c.precision);
  }
  const std::string spelled = "'%" + std::string(all.substr(0, 20)) + "'";
  if (!fits)
    return bad("a width or precision in " + spelled + " is above 1000");
  while (!text.empty() && std::string_view("hlL").find(text[0]) != std::string_view::npos)
    text.remove_prefix(1);
  if (text.empty())
    return bad("the conversion " + spelled + " has no type; use one like %.18e, %d or %s");
  c.type = text[0] == 'i' || text[0] == 'u' ? 'd' : text[0];
  text.remove_prefix(1);
  if (std::string_view("deEfFgGosxX").find(c.type) == std::string_view::npos)
    return bad("the conversion " + spelled + " is not known; use one of d e f g s x o");
  if (c.prefixed && std::string_view("doxX").find(c.type) == std::string_view::npos)
    return bad("the flag # in " + spelled + " is for integers; leave it out");
  return c;
}

} // namespace

std::expected<row_format, std::string> row_format::parse(std::string_view format) {
  row_format out;
  std::string piece;
  while (!format.empty()) {
    const size_t at = std::min(format.find('%'), format.size());
    piece += format.substr(0, at);
    format.remove_prefix(at);
    if (format.empty())
      break;
    format.remove_prefix(1);
    if (format.starts_with('%')) {
      piece += '%';
      format.remove_prefix(1);
      continue;
    }
    std::expected<conversion, std::string> c = take_conversion(format);
    if (!c)
      return std::unexpected(c.error());
    out.specs.push_back(*c);
    out.pieces.push_back(std::exchange(piece, ""));
  }
  out.pieces.push_back(std::move(piece));
  return out;
}

io_result<void> row_format::append(std::string &out, const std::byte *row, dtype_kind type) const {
  const dtype_kind part = rules::real_of(type);
  const size_t width = rules::itemsize(part);
  const size_t start = out.size();
  for (size_t i = 0; i < specs.size(); ++i) {
    out += pieces[i];
    if (auto ok = append_number(out, specs[i], load_number(row + i * width, part)); !ok)
      return ok;
  }
  out += pieces.back();
  if (rules::is_complex(type))
    for (size_t at = start; (at = out.find("+-", at)) != out.npos;)
      out.erase(at, 1);
  return {};
}

std::expected<row_format, std::string> row_format_of(const savetxt_options &opts, int64_t columns,
                                                     bool complex) {
  const size_t wanted = size_t(columns) * (complex ? 2 : 1);
  std::string whole;
  auto join = [&](std::string_view part) {
    for (int64_t i = 0; i < columns; ++i)
      (whole += i ? opts.delimiter : "") += part;
  };
  if (opts.fmt.size() == 1) {
    const std::string &fmt = opts.fmt[0];
    const auto signs = std::count(fmt.begin(), fmt.end(), '%');
    if (signs == 1)
      join(complex ? " (" + fmt + "+" + fmt + "j)" : fmt);
    else if (size_t(signs) == wanted)
      whole = fmt;
    else
      return bad("fmt " + quoted(fmt) + " has " + std::to_string(signs) +
                 " % signs and a row has " + std::to_string(wanted) +
                 " numbers; give one, or as many as there are numbers");
  } else {
    if (opts.fmt.size() != size_t(columns))
      return bad("fmt has " + std::to_string(opts.fmt.size()) + " formats for " +
                 std::to_string(columns) + " columns; give one for each, or one for all");
    for (size_t i = 0; i < opts.fmt.size(); ++i)
      (whole += i ? opts.delimiter : "") += opts.fmt[i];
  }
  std::expected<row_format, std::string> out = row_format::parse(whole);
  if (out && out->conversions() != wanted)
    return bad("fmt " + quoted(whole) + " has " + std::to_string(out->conversions()) +
               " conversions and a row has " + std::to_string(wanted) + " numbers; %% is none");
  return out;
}

namespace {

/// A file that takes text as it is or deflated.
class text_file {
public:
  text_file(output_file file, bool deflate) : file(std::move(file)), deflating(deflate) {
    if (deflating)
      deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 8,
                   Z_DEFAULT_STRATEGY);
  }
  text_file(const text_file &) = delete;
  ~text_file() {
    if (deflating)
      deflateEnd(&stream);
  }

  io_result<void> write(std::string_view text, bool last = false) {
    if (!deflating)
      return file.write(text.data(), text.size());
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
    stream.avail_in = uInt(text.size());
    Bytef buffer[1 << 14];
    do {
      stream.next_out = buffer;
      stream.avail_out = sizeof buffer;
      deflate(&stream, last ? Z_FINISH : Z_NO_FLUSH);
      if (io_result<void> ok = file.write(buffer, sizeof buffer - stream.avail_out); !ok)
        return ok;
    } while (stream.avail_out == 0);
    return {};
  }
  io_result<void> finish() {
    if (deflating)
      if (io_result<void> ok = write("", true); !ok)
        return ok;
    return file.finish();
  }

private:
  output_file file;
  bool deflating;
  z_stream stream = {};
};

/// A header or a footer: every line behind the mark of a comment.
std::string commented(const std::string &text, const savetxt_options &opts) {
  std::string out = opts.comments;
  for (char c : text) {
    out += c;
    if (c == '\n')
      out += opts.comments;
  }
  return out + opts.newline;
}

} // namespace

io_result<void> write_table(const std::string &path, const std::byte *data, dtype_kind type,
                            int64_t rows, int64_t columns, const row_format &format,
                            const savetxt_options &opts) {
  io_result<output_file> created = output_file::create(path);
  if (!created)
    return std::unexpected(created.error());
  text_file file(std::move(*created), path.ends_with(".gz"));
  std::string text;
  if (!opts.header.empty())
    text = commented(opts.header, opts);
  const size_t stride = size_t(columns) * rules::itemsize(type);
  for (int64_t i = 0; i < rows; ++i) {
    if (auto ok = format.append(text, data + size_t(i) * stride, type); !ok)
      return refuse("row " + std::to_string(i) + ": " + ok.error().message, ok.error().with);
    text += opts.newline;
    if (text.size() > 1 << 16) {
      if (io_result<void> ok = file.write(text); !ok)
        return ok;
      text.clear();
    }
  }
  if (!opts.footer.empty())
    text += commented(opts.footer, opts);
  if (io_result<void> ok = file.write(text); !ok)
    return ok;
  return file.finish();
}

} // namespace nd::io
