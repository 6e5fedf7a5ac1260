#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/domain/enum_text.h"
#include "core/settings/problems.h"
#include "core/settings/text.h"

namespace ccms::settings {

/// A place in a document that knows its path. Reading a value that is missing or of another type reports it
/// and gives a default, so that one pass over a document finds everything.
class Node {
 public:
  Node(const nlohmann::json& value, std::string path, Problems& problems)
      : value_(&value), path_(std::move(path)), problems_(&problems) {}

  const std::string& path() const noexcept { return path_; }

  /// A member that must be there.
  Node operator[](std::string_view name) const;
  /// A member that may be there.
  std::optional<Node> find(std::string_view name) const;

  bool is_text() const noexcept { return value_ != nullptr && value_->is_string(); }
  std::string text() const;
  std::string text_or_empty(std::string_view name) const;
  std::int64_t integer() const;
  double number() const;
  bool flag() const;
  bool flag_or(std::string_view name, bool otherwise) const;
  std::vector<std::string> texts() const;
  /// The texts of a list that may be left out.
  std::vector<std::string> texts_or_empty(std::string_view name) const;

  /// The value of an enumeration by its name.
  template <class E>
  E word() const {
    const std::string name = text();
    if (const std::optional<E> value = domain::from_text<E>(name)) return *value;
    if (value_ != nullptr && value_->is_string()) report("bad_value", "not one of the values allowed here");
    return E{};
  }

  template <class E>
  std::vector<E> words() const {
    return list([](const Node& element) { return element.word<E>(); });
  }

  /// What `read` makes of each element of an array.
  template <class Read>
  auto list(Read read) const {
    std::vector<decltype(read(std::declval<const Node&>()))> out;
    if (!expect(nlohmann::json::value_t::array, "a list")) return out;
    out.reserve(value_->size());
    std::size_t index = 0;
    for (const auto& element : *value_) out.push_back(read(Node(element, join(path_, index++), *problems_)));
    return out;
  }

  /// As list(), for an array that may be left out.
  template <class Read>
  auto list_or_empty(std::string_view name, Read read) const {
    const std::optional<Node> member = find(name);
    return member ? member->list(read) : decltype(member->list(read)){};
  }

  /// Calls `visit(name, node)` for each member of an object.
  template <class Visit>
  void members(Visit visit) const {
    if (!expect(nlohmann::json::value_t::object, "an object")) return;
    for (const auto& [name, value] : value_->items()) visit(name, Node(value, join(path_, name), *problems_));
  }

  /// A text in each of the languages; reports those that are missing or not the document's.
  Text translations(const std::vector<std::string>& languages) const;

 private:
  Node(std::string path, Problems& problems) : path_(std::move(path)), problems_(&problems) {}

  bool expect(nlohmann::json::value_t type, const char* name) const;
  void report(const char* code, const char* message) const { problems_->add(path_, code, message); }

  const nlohmann::json* value_ = nullptr;  ///< null: missing, already reported
  std::string path_;
  Problems* problems_;
};

}  // namespace ccms::settings
