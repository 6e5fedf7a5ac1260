#include "core/settings/write_form_settings.h"

#include <nlohmann/json.hpp>

namespace ccms::settings {
namespace {

using nlohmann::json;

json choice_json(const Choice& choice, const char* label) {
  json out{{"id", choice.id}, {label, to_json(choice.label)}};
  if (choice.retired) out["retired"] = true;
  return out;
}

json choices_json(const std::vector<Choice>& choices, const char* label) {
  json out = json::array();
  for (const Choice& choice : choices) out.push_back(choice_json(choice, label));
  return out;
}

json priorities_json(const std::vector<Priority>& priorities) {
  json out = json::array();
  for (const Priority& priority : priorities) {
    out.push_back(choice_json(priority, "label"));
    out.back()["rank"] = priority.rank;
  }
  return out;
}

json categories_json(const std::vector<Category>& categories) {
  json out = json::array();
  for (const Category& category : categories) {
    out.push_back(choice_json(category, "label"));
    if (category.confidential) out.back()["confidential"] = true;
    for (const domain::TicketKind kind : category.kinds) out.back()["kinds"].push_back(domain::to_text(kind));
  }
  return out;
}

json field_json(const Field& field, Screen screen) {
  json out{{"id", field.id},
           {"type", domain::to_text(field.type)},
           {"label", to_json(field.label)},
           {"shown_at", {domain::to_text(screen)}}};
  if (!field.help.empty()) out["help"] = to_json(field.help);
  if (field.required) out["required"] = true;
  if (field.max_length) out["max_length"] = *field.max_length;
  if (field.min) out["min"] = *field.min;
  if (field.max) out["max"] = *field.max;
  if (!field.options.empty()) out["options"] = to_json(field.options);
  if (field.visible_when) {
    out["visible_when"] = {{"field", field.visible_when->field}, {"in", field.visible_when->in}};
  }
  if (field.searchable) out["searchable"] = true;
  return out;
}

json requested_field_json(const RequestedField& field) {
  return {{"use", domain::to_text(field.use)}, {"required", field.required}};
}

json builtin_fields_json(const BuiltinFields& builtin) {
  return {{"department", requested_field_json(builtin.department)},
          {"priority", requested_field_json(builtin.priority)},
          {"category", {{"required", builtin.category_required}}},
          {"mobile", {{"required", builtin.mobile_required}}},
          {"email", {{"required", builtin.email_required}}},
          {"name", {{"required", builtin.name_required}}},
          {"outcome_sought", {{"shown", builtin.outcome_sought_shown}}},
          {"consent_to_contact", {{"shown", builtin.consent_to_contact_shown}}}};
}

}  // namespace

json to_json(const Text& text) {
  json out = json::object();
  for (const auto& [language, translation] : text.translations()) out[language] = translation;
  return out;
}

json to_json(const std::vector<Choice>& choices) { return choices_json(choices, "label"); }

json form_settings_json(const FormSettings& settings, Screen screen) {
  json out{{"languages", settings.languages},
           {"currency", settings.currency},
           {"departments", choices_json(settings.departments, "name")},
           {"priorities", priorities_json(settings.priorities)},
           {"categories", categories_json(settings.categories)},
           {"fields", json::array()},
           {"builtin_fields", builtin_fields_json(settings.builtin)},
           {"search_filters", settings.search_filters.at(screen)},
           {"no_proof_reasons", to_json(settings.no_proof_reasons)},
           {"withdrawal_reasons", to_json(settings.withdrawal_reasons)},
           {"goods_conditions", to_json(settings.goods_conditions)},
           {"stores", json::array()}};
  for (const Field& field : settings.fields) {
    if (field.shown_at(screen) && !field.retired) out["fields"].push_back(field_json(field, screen));
  }
  for (const StoreName& store : settings.stores) {
    out["stores"].push_back({{"id", store.id}, {"name", store.name}});
  }
  if (!settings.remedies.empty()) out["remedies"] = remedies_json<json>(settings.remedies);
  for (const auto& [key, text] : settings.labels) out["labels"][key] = to_json(text);
  return out;
}

}  // namespace ccms::settings
