#pragma once

#include <ostream>
#include <string>
#include <utility>

namespace ccms::server {

/// A password, key or token. Whatever prints it prints stars; only reveal() gives the text, and every call of
/// that can be found.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}

  const std::string& reveal() const noexcept { return text_; }
  bool empty() const noexcept { return text_.empty(); }

  friend std::ostream& operator<<(std::ostream& out, const Secret&) { return out << "***"; }

 private:
  std::string text_;
};

}  // namespace ccms::server
