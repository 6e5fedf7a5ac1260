#include "host-sim/data/csv.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace ccms::host_sim {

CsvReader::CsvReader(std::istream& input) : input_(input) {
  auto header = read_record();
  if (!header) throw std::runtime_error("the file is empty: a first line naming the columns is needed");
  columns_ = std::move(*header);
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (columns_.front().starts_with(kByteOrderMark)) columns_.front().erase(0, kByteOrderMark.size());
}

std::size_t CsvReader::column(std::string_view name) const {
  const auto found = std::find(columns_.begin(), columns_.end(), name);
  if (found == columns_.end()) throw std::runtime_error("the file has no column " + std::string(name));
  return static_cast<std::size_t>(found - columns_.begin());
}

std::optional<std::vector<std::string>> CsvReader::next() {
  auto record = read_record();
  while (record && record->size() == 1 && record->front().empty()) record = read_record();  // a blank line
  if (record && record->size() != columns_.size())
    throw std::runtime_error("record " + std::to_string(record_) + " has " + std::to_string(record->size()) +
                             " fields, the header has " + std::to_string(columns_.size()));
  return record;
}

std::optional<std::vector<std::string>> CsvReader::read_record() {
  if (input_.peek() == std::char_traits<char>::eof()) return std::nullopt;
  ++record_;
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (char c = 0; input_.get(c);) {
    if (quoted) {
      if (c != '"') {
        fields.back() += c;
      } else if (input_.peek() == '"') {
        fields.back() += static_cast<char>(input_.get());
      } else {
        quoted = false;
      }
    } else if (c == '"' && fields.back().empty()) {
      quoted = true;
    } else if (c == ',') {
      fields.emplace_back();
    } else if (c == '\n') {
      return fields;
    } else if (c != '\r' || input_.peek() != '\n') {
      fields.back() += c;
    }
  }
  if (quoted) throw std::runtime_error("record " + std::to_string(record_) + " ends inside quotes");
  return fields;
}

}  // namespace ccms::host_sim
