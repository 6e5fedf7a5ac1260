#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ccms::db {

class Rows;

/// One row of a result: a light view, valid as long as its Rows. Columns are found by position or by name
/// (exact spelling, the alias if there is one). The typed getters throw DbError(other) for an unknown column,
/// for NULL, and for a value that is not of the kind; the optional_ getters return nullopt for NULL. Integers
/// and reals are also read from numeric text, as expressions such as SUM() have different types in different
/// databases.
class Row {
 public:
  Row(const Rows& rows, std::size_t index) : rows_(&rows), index_(index) {}

  bool is_null(std::size_t column) const;
  bool is_null(std::string_view column) const;

  const std::string& text(std::size_t column) const;
  const std::string& text(std::string_view column) const;
  /// The same bytes as text(); a name of its own for readers.
  const std::string& blob(std::size_t column) const { return text(column); }
  const std::string& blob(std::string_view column) const { return text(column); }
  std::int64_t integer(std::size_t column) const;
  std::int64_t integer(std::string_view column) const;
  double real(std::size_t column) const;
  double real(std::string_view column) const;
  bool boolean(std::size_t column) const { return integer(column) != 0; }
  bool boolean(std::string_view column) const { return integer(column) != 0; }

  std::optional<std::string> optional_text(std::size_t column) const;
  std::optional<std::string> optional_text(std::string_view column) const;
  std::optional<std::string> optional_blob(std::size_t column) const { return optional_text(column); }
  std::optional<std::string> optional_blob(std::string_view column) const { return optional_text(column); }
  std::optional<std::int64_t> optional_integer(std::size_t column) const;
  std::optional<std::int64_t> optional_integer(std::string_view column) const;
  std::optional<double> optional_real(std::size_t column) const;
  std::optional<double> optional_real(std::string_view column) const;

 private:
  const Rows* rows_;
  std::size_t index_;
};

/// A whole result, copied out of the database: it holds no lock and outlives statement and connection.
class Rows {
 public:
  /// Text and bytes are both kept as bytes: the two are told apart by the reader, who knows the column.
  using Cell = std::variant<std::nullptr_t, std::int64_t, double, std::string>;
  using ColumnNames = std::shared_ptr<const std::vector<std::string>>;

  class Iterator {
   public:
    Iterator(const Rows& rows, std::size_t index) : rows_(&rows), index_(index) {}
    Row operator*() const { return {*rows_, index_}; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    const Rows* rows_;
    std::size_t index_;
  };

  Rows() = default;
  explicit Rows(ColumnNames columns) : columns_(std::move(columns)) {}

  std::size_t size() const noexcept {
    return columns_ && !columns_->empty() ? cells_.size() / columns_->size() : 0;
  }
  bool empty() const noexcept { return cells_.empty(); }
  /// Throws DbError when there is no such row.
  Row at(std::size_t index) const;
  Row front() const { return at(0); }
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }

  /// For the drivers: rows are filled cell by cell, from left to right.
  void append(Cell cell) { cells_.push_back(std::move(cell)); }

 private:
  friend class Row;
  const Cell& cell(std::size_t row, std::size_t column) const;
  std::size_t column_index(std::string_view name) const;

  ColumnNames columns_;
  std::vector<Cell> cells_;
};

}  // namespace ccms::db
