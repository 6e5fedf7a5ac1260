#pragma once

#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ccms::host_sim {

/// Reads RFC 4180 records: quoted fields with doubled quotes and line breaks inside, CRLF or LF, an optional
/// byte order mark. The first record names the columns.
/// Errors: std::runtime_error naming the record, for an unclosed quote or a record of another width.
class CsvReader {
 public:
  explicit CsvReader(std::istream& input);

  const std::vector<std::string>& columns() const noexcept { return columns_; }
  /// The index of a column; throws std::runtime_error naming it when there is none.
  std::size_t column(std::string_view name) const;
  /// The next record, or nothing at the end.
  std::optional<std::vector<std::string>> next();

 private:
  std::optional<std::vector<std::string>> read_record();

  std::istream& input_;
  std::vector<std::string> columns_;
  std::size_t record_ = 0;
};

}  // namespace ccms::host_sim
