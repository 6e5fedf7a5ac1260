#pragma once

#include <string>
#include <vector>

#include "core/db/connection.h"

namespace ccms::server {

/// Inserts equal rows with statements of many rows each, which is several times quicker than one by one. Only
/// a few lengths of statement occur, so that each is prepared once. Rows are written by finish() at the
/// latest; without it some are lost. Functions throw db::DbError.
class RowWriter {
 public:
  /// `target` is the table with its columns: "captures (digest, till)". `suffix` follows the rows (an upsert
  /// clause).
  RowWriter(db::Connection& connection, std::string target, std::size_t columns, std::string suffix = {});

  void add(db::Params row);
  void finish();

 private:
  void write(std::size_t rows);

  db::Connection& connection_;
  std::string target_;
  std::size_t columns_;
  std::string suffix_;
  std::vector<db::Params> pending_;
};

}  // namespace ccms::server
