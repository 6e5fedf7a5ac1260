#include "core/db/rows.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/db/db_error.h"

namespace ccms::db {
namespace {

[[noreturn]] void refuse(const std::string& problem) { throw DbError(ErrorKind::other, problem); }

// 2^63 as a real: every real in [-limit, limit) fits into 64 bits.
constexpr double kInt64Limit = 9223372036854775808.0;

template <class Number>
Number parse(const std::string& text) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stopped_at, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc() || stopped_at != end) refuse("a column read as a number holds other text");
  return number;
}

std::int64_t as_integer(const Rows::Cell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
  if (const auto* number = std::get_if<double>(&cell)) {
    const bool whole = std::trunc(*number) == *number && *number >= -kInt64Limit && *number < kInt64Limit;
    if (!whole) refuse("a column read as an integer holds a fraction");
    return static_cast<std::int64_t>(*number);
  }
  if (const auto* text = std::get_if<std::string>(&cell)) return parse<std::int64_t>(*text);
  refuse("a column read as an integer is NULL");
}

double as_real(const Rows::Cell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) return *number;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*number);
  if (const auto* text = std::get_if<std::string>(&cell)) return parse<double>(*text);
  refuse("a column read as a real is NULL");
}

const std::string& as_text(const Rows::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  refuse(std::holds_alternative<std::nullptr_t>(cell) ? "a column read as text is NULL"
                                                      : "a column read as text holds a number");
}

bool null(const Rows::Cell& cell) { return std::holds_alternative<std::nullptr_t>(cell); }

}  // namespace

Row Rows::at(std::size_t index) const {
  if (index >= size()) refuse("the result has no row " + std::to_string(index));
  return {*this, index};
}

const Rows::Cell& Rows::cell(std::size_t row, std::size_t column) const {
  if (!columns_ || column >= columns_->size()) refuse("the result has no column " + std::to_string(column));
  return cells_[row * columns_->size() + column];
}

std::size_t Rows::column_index(std::string_view name) const {
  if (columns_) {
    const auto found = std::find(columns_->begin(), columns_->end(), name);
    if (found != columns_->end()) return static_cast<std::size_t>(found - columns_->begin());
  }
  refuse("the result has no column named " + std::string(name));
}

bool Row::is_null(std::size_t column) const { return null(rows_->cell(index_, column)); }
bool Row::is_null(std::string_view column) const { return is_null(rows_->column_index(column)); }

const std::string& Row::text(std::size_t column) const { return as_text(rows_->cell(index_, column)); }
const std::string& Row::text(std::string_view column) const { return text(rows_->column_index(column)); }

std::int64_t Row::integer(std::size_t column) const { return as_integer(rows_->cell(index_, column)); }
std::int64_t Row::integer(std::string_view column) const { return integer(rows_->column_index(column)); }

double Row::real(std::size_t column) const { return as_real(rows_->cell(index_, column)); }
double Row::real(std::string_view column) const { return real(rows_->column_index(column)); }

std::optional<std::string> Row::optional_text(std::size_t column) const {
  return is_null(column) ? std::nullopt : std::optional(text(column));
}
std::optional<std::string> Row::optional_text(std::string_view column) const {
  return optional_text(rows_->column_index(column));
}

std::optional<std::int64_t> Row::optional_integer(std::size_t column) const {
  return is_null(column) ? std::nullopt : std::optional(integer(column));
}
std::optional<std::int64_t> Row::optional_integer(std::string_view column) const {
  return optional_integer(rows_->column_index(column));
}

std::optional<double> Row::optional_real(std::size_t column) const {
  return is_null(column) ? std::nullopt : std::optional(real(column));
}
std::optional<double> Row::optional_real(std::string_view column) const {
  return optional_real(rows_->column_index(column));
}

}  // namespace ccms::db
