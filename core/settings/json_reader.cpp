#include "core/settings/json_reader.h"

#include <algorithm>

namespace ccms::settings {

bool Node::expect(nlohmann::json::value_t type, const char* name) const {
  if (value_ == nullptr) return false;
  if (value_->type() == type) return true;
  report("wrong_type", (std::string("must be ") + name).c_str());
  return false;
}

Node Node::operator[](std::string_view name) const {
  if (std::optional<Node> member = find(name)) return *std::move(member);
  Node missing(join(path_, name), *problems_);
  if (value_ != nullptr && value_->is_object()) missing.report("missing_field", "is missing");
  return missing;
}

std::optional<Node> Node::find(std::string_view name) const {
  if (!expect(nlohmann::json::value_t::object, "an object")) return std::nullopt;
  const auto member = value_->find(std::string(name));
  if (member == value_->end()) return std::nullopt;
  return Node(*member, join(path_, name), *problems_);
}

std::string Node::text() const {
  return expect(nlohmann::json::value_t::string, "text") ? value_->get<std::string>() : std::string();
}

std::string Node::text_or_empty(std::string_view name) const {
  const std::optional<Node> member = find(name);
  return member ? member->text() : std::string();
}

std::int64_t Node::integer() const {
  if (value_ == nullptr) return 0;
  const bool fits = value_->is_number_integer() &&
                    (!value_->is_number_unsigned() || value_->get<std::uint64_t>() <= INT64_MAX);
  if (!fits) report("wrong_type", "must be a whole number");
  return fits ? value_->get<std::int64_t>() : 0;
}

double Node::number() const {
  if (value_ == nullptr) return 0;
  if (!value_->is_number()) report("wrong_type", "must be a number");
  return value_->is_number() ? value_->get<double>() : 0;
}

bool Node::flag() const {
  return expect(nlohmann::json::value_t::boolean, "true or false") && value_->get<bool>();
}

bool Node::flag_or(std::string_view name, bool otherwise) const {
  const std::optional<Node> member = find(name);
  return member ? member->flag() : otherwise;
}

std::vector<std::string> Node::texts() const {
  return list([](const Node& element) { return element.text(); });
}

std::vector<std::string> Node::texts_or_empty(std::string_view name) const {
  return list_or_empty(name, [](const Node& element) { return element.text(); });
}

Text Node::translations(const std::vector<std::string>& languages) const {
  if (value_ == nullptr || !expect(nlohmann::json::value_t::object, "a text in each language")) return {};
  std::vector<Text::Translation> out;
  out.reserve(languages.size());
  for (const std::string& language : languages) {
    if (const std::optional<Node> member = find(language)) {
      out.emplace_back(language, member->text());
    } else {
      problems_->add(join(path_, language), "missing_language", "the text is missing in this language");
    }
  }
  members([&](const std::string& language, const Node& node) {
    if (std::find(languages.begin(), languages.end(), language) == languages.end()) {
      node.report("unknown_language", "not one of the document's languages");
    }
  });
  return Text(std::move(out));
}

}  // namespace ccms::settings
