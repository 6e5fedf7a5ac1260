#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ccms::wire {

/// Reads comma-separated values (RFC 4180): quoted cells may hold commas, line breaks and doubled quotes;
/// lines end with LF or CRLF; a byte order mark and blank lines are passed over. The text must outlive the
/// reader.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text);

  /// The cells of the next record; nothing at the end, or when a quote is never closed (see damaged()).
  std::optional<std::vector<std::string>> next();

  /// True when reading ended inside a quoted cell.
  bool damaged() const noexcept { return damaged_; }

 private:
  std::string quoted_cell();
  std::string plain_cell();

  std::string_view text_;
  std::size_t at_ = 0;
  bool damaged_ = false;
};

}  // namespace ccms::wire
