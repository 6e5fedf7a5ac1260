#pragma once

#include <string>

namespace ccms::wire {

/// A receipt number without the blanks around it, which scanners and files add and nobody sees: it must be
/// the same number at the till, in a file of sales, and on every kind of database.
inline std::string receipt_number(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace ccms::wire
