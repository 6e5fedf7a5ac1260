#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ccms::server {

/// A large chain's document is longer than a column may be: it is stored in parts of so many bytes.
inline constexpr std::size_t kDocumentPartBytes = 60'000;

/// The parts of a document, in order; views into it.
inline std::vector<std::string_view> parts_of(std::string_view document) {
  std::vector<std::string_view> parts;
  for (; !document.empty(); document.remove_prefix(parts.back().size()))
    parts.push_back(document.substr(0, kDocumentPartBytes));
  return parts;
}

}  // namespace ccms::server
