#include "server/store/row_writer.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace ccms::server {
namespace {

constexpr std::array<std::size_t, 4> kStatementRows{64, 16, 4, 1};

std::string insert_statement(const std::string& target, std::size_t columns, std::size_t rows,
                             const std::string& suffix) {
  std::string row = "(";
  for (std::size_t i = 0; i < columns; ++i) row += i == 0 ? "?" : ", ?";
  row += ")";
  std::string sql = "INSERT INTO " + target + " VALUES ";
  for (std::size_t i = 0; i < rows; ++i) sql += (i == 0 ? "" : ", ") + row;
  return sql + suffix;
}

}  // namespace

RowWriter::RowWriter(db::Connection& connection, std::string target, std::size_t columns, std::string suffix)
    : connection_(connection), target_(std::move(target)), columns_(columns), suffix_(std::move(suffix)) {}

void RowWriter::add(db::Params row) {
  pending_.push_back(std::move(row));
  if (pending_.size() == kStatementRows.front()) write(kStatementRows.front());
}

void RowWriter::finish() {
  for (const auto rows : kStatementRows) {
    while (pending_.size() >= rows) write(rows);
  }
}

void RowWriter::write(std::size_t rows) {
  db::Params all;
  all.reserve(rows * columns_);
  for (std::size_t i = 0; i < rows; ++i)
    std::move(pending_[i].begin(), pending_[i].end(), std::back_inserter(all));
  connection_.execute(insert_statement(target_, columns_, rows, suffix_), all);
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(rows));
}

}  // namespace ccms::server
