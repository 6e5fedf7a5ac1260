#include "core/settings/read_form_settings.h"

#include <algorithm>

namespace ccms::settings {
namespace {

Priority read_priority(const Node& node, const Languages& languages) {
  return {read_choice(node, languages), static_cast<int>(node["rank"].integer())};
}

Category read_category(const Node& node, const Languages& languages) {
  Category category{read_choice(node, languages), node.flag_or("confidential", false), {}};
  if (const auto kinds = node.find("kinds")) category.kinds = kinds->words<domain::TicketKind>();
  return category;
}

VisibleWhen read_visible_when(const Node& node) { return {node["field"].text(), node["in"].texts()}; }

Field read_field(const Node& node, const Languages& languages) {
  Field field;
  field.id = node["id"].text();
  field.type = node["type"].word<FieldType>();
  field.label = node["label"].translations(languages);
  if (const auto help = node.find("help")) field.help = help->translations(languages);
  field.required = node.flag_or("required", false);
  if (const auto length = node.find("max_length")) {
    field.max_length = static_cast<std::size_t>(std::max<std::int64_t>(0, length->integer()));
  }
  if (const auto min = node.find("min")) field.min = min->number();
  if (const auto max = node.find("max")) field.max = max->number();
  if (const auto options = node.find("options")) field.options = read_choices(*options, languages);
  field.workflow = node.text_or_empty("workflow");
  if (const auto visible = node.find("visible_when")) field.visible_when = read_visible_when(*visible);
  for (const Screen screen : node["shown_at"].words<Screen>()) {
    (screen == Screen::till ? field.at_till : field.at_console) = true;
  }
  field.searchable = node.flag_or("searchable", false);
  field.retired = node.flag_or("retired", false);
  return field;
}

RemedyRule read_remedy_rule(const Node& node) {
  RemedyRule rule;
  rule.kind = node["id"].word<domain::RemedyKind>();
  if (const auto above = node.find("approval_above")) rule.approval_above = above->integer();
  if (const auto most = node.find("at_most")) rule.at_most = most->integer();
  return rule;
}

RequestedField read_requested_field(const Node& node) {
  return {node["use"].word<RequestUse>(), node["required"].flag()};
}

BuiltinFields read_builtin_fields(const Node& node) {
  BuiltinFields fields;
  fields.department = read_requested_field(node["department"]);
  fields.priority = read_requested_field(node["priority"]);
  fields.category_required = node["category"]["required"].flag();
  fields.mobile_required = node["mobile"]["required"].flag();
  fields.email_required = node["email"]["required"].flag();
  fields.name_required = node["name"]["required"].flag();
  fields.outcome_sought_shown = node["outcome_sought"]["shown"].flag();
  fields.consent_to_contact_shown = node["consent_to_contact"]["shown"].flag();
  return fields;
}

}  // namespace

Choice read_choice(const Node& node, const Languages& languages, std::string_view label) {
  return {node["id"].text(), node[label].translations(languages), node.flag_or("retired", false)};
}

std::vector<Choice> read_choices(const Node& node, const Languages& languages, std::string_view label) {
  return node.list([&](const Node& element) { return read_choice(element, languages, label); });
}

void read_shared_form_settings(const Node& node, FormSettings& settings) {
  settings.languages = node["languages"].texts();
  const Languages& languages = settings.languages;
  settings.currency = node["currency"].text();
  settings.departments = read_choices(node["departments"], languages, "name");
  settings.priorities = node["priorities"].list([&](const Node& n) { return read_priority(n, languages); });
  settings.categories = node["categories"].list([&](const Node& n) { return read_category(n, languages); });
  settings.fields = node["fields"].list([&](const Node& n) { return read_field(n, languages); });
  settings.builtin = read_builtin_fields(node["builtin_fields"]);
  settings.no_proof_reasons = read_choices(node["no_proof_reasons"], languages);
  settings.withdrawal_reasons = read_choices(node["withdrawal_reasons"], languages);
  settings.goods_conditions = read_choices(node["goods_conditions"], languages);
  settings.remedies = node.list_or_empty("remedies", read_remedy_rule);
  if (const auto labels = node.find("labels")) {
    labels->members([&](const std::string& key, const Node& label) {
      settings.labels.emplace(key, label.translations(languages));
    });
  }
}

}  // namespace ccms::settings
