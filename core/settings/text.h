#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ccms::settings {

/// One text in every language of the chain. A loaded text is complete: it has each of the document's
/// languages, in the document's order, and the first language answers for any other.
class Text {
 public:
  using Translation = std::pair<std::string, std::string>;  ///< language tag, text

  Text() = default;
  explicit Text(std::vector<Translation> translations) : translations_(std::move(translations)) {}

  /// The text in `language`, or in the chain's first language. Empty only for a default-constructed Text.
  const std::string& in(std::string_view language) const noexcept;

  const std::vector<Translation>& translations() const noexcept { return translations_; }
  bool empty() const noexcept { return translations_.empty(); }

  bool operator==(const Text&) const = default;

 private:
  std::vector<Translation> translations_;
};

}  // namespace ccms::settings
