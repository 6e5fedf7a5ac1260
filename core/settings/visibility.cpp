#include "core/settings/visibility.h"

#include <algorithm>

namespace ccms::settings {
namespace {

/// What a ticket has for the field that a condition names; nothing when it has no value.
std::vector<std::string> values_of(const std::string& field, const domain::TicketContent& content) {
  if (field == "kind") return {std::string(domain::to_text(content.kind))};
  if (field == "category") {
    if (!content.ticket.category) return {};
    return {content.ticket.category->str()};
  }
  const auto value = content.ticket.custom.find(domain::FieldId(field));
  if (value == content.ticket.custom.end()) return {};
  return condition_values(value->second);
}

}  // namespace

std::vector<std::string> condition_values(const domain::CustomValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return {*text};
  if (const auto* choices = std::get_if<std::vector<std::string>>(&value)) return *choices;
  if (const auto* flag = std::get_if<bool>(&value)) return {*flag ? "true" : "false"};
  return {};
}

bool is_visible(const Field& field, const domain::TicketContent& content) {
  if (!field.visible_when) return true;
  const std::vector<std::string> values = values_of(field.visible_when->field, content);
  const std::vector<std::string>& wanted = field.visible_when->in;
  return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
    return std::find(wanted.begin(), wanted.end(), value) != wanted.end();
  });
}

}  // namespace ccms::settings
