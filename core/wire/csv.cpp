#include "core/wire/csv.h"

namespace ccms::wire {

CsvReader::CsvReader(std::string_view text) : text_(text) {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
}

std::optional<std::vector<std::string>> CsvReader::next() {
  while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
  if (at_ >= text_.size() || damaged_) return std::nullopt;
  std::vector<std::string> cells;
  while (true) {
    const bool quoted = at_ < text_.size() && text_[at_] == '"';
    cells.push_back(quoted ? quoted_cell() : plain_cell());
    if (damaged_) return std::nullopt;
    if (at_ >= text_.size() || text_[at_] != ',') break;
    ++at_;
  }
  return cells;
}

std::string CsvReader::quoted_cell() {
  std::string cell;
  for (++at_; at_ < text_.size(); ++at_) {
    if (text_[at_] != '"') {
      cell += text_[at_];
    } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
      cell += text_[++at_];
    } else {
      ++at_;
      return cell +
             plain_cell();  // what stands behind a closing quote belongs to the cell, as spreadsheets have it
    }
  }
  damaged_ = true;
  return cell;
}

std::string CsvReader::plain_cell() {
  const std::size_t end = text_.find_first_of(",\r\n", at_);
  const std::string_view cell = text_.substr(at_, end == std::string_view::npos ? end : end - at_);
  at_ += cell.size();
  return std::string(cell);
}

}  // namespace ccms::wire
