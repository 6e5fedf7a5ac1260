#include "core/domain/money.h"

#include <algorithm>

namespace ccms::domain {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

}  // namespace

bool is_currency_code(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::optional<Quantity> Quantity::parse(std::string_view text) {
  constexpr std::size_t kWholeDigits = 9;
  constexpr std::size_t kDecimals = 6;

  std::string_view rest = text;
  const bool negative = !rest.empty() && rest.front() == '-';
  if (negative) rest.remove_prefix(1);
  const std::size_t point = rest.find('.');
  const std::string_view whole = rest.substr(0, point);
  const std::string_view decimals = point == std::string_view::npos ? "" : rest.substr(point + 1);

  if (whole.empty() || whole.size() > kWholeDigits || !all_digits(whole)) return std::nullopt;
  if (whole.size() > 1 && whole.front() == '0') return std::nullopt;
  if (point != std::string_view::npos && decimals.empty()) return std::nullopt;
  if (decimals.size() > kDecimals || !all_digits(decimals)) return std::nullopt;

  std::int64_t micros = 0;
  for (char c : whole) micros = micros * 10 + (c - '0');
  for (std::size_t i = 0; i < kDecimals; ++i)
    micros = micros * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
  if (negative && micros == 0) return std::nullopt;

  Quantity quantity;
  quantity.text_ = text;
  quantity.micros_ = negative ? -micros : micros;
  return quantity;
}

}  // namespace ccms::domain
