#include "core/settings/field_schema.h"

#include <cmath>

#include "core/domain/money.h"
#include "core/settings/form_labels.h"

namespace ccms::settings {
namespace {

using nlohmann::json;

json text_schema(const Field& field) {
  json schema{{"type", "string"}, {"maxLength", field.length_limit()}};
  if (field.required) schema["minLength"] = 1;
  return schema;
}

/// Whole numbers are written without a fraction, as people would.
json number_json(double number) {
  constexpr auto kExact = static_cast<double>(domain::kMoneyLimit);
  if (std::floor(number) == number && std::abs(number) <= kExact) return static_cast<std::int64_t>(number);
  return number;
}

json number_schema(const Field& field, const char* type) {
  json schema{{"type", type}};
  if (field.min) schema["minimum"] = number_json(*field.min);
  if (field.max) schema["maximum"] = number_json(*field.max);
  return schema;
}

json money_schema(const FormSettings& settings, const Field& field) {
  json amount = number_schema(field, "integer");
  if (!field.min) amount["minimum"] = -domain::kMoneyLimit;
  if (!field.max) amount["maximum"] = domain::kMoneyLimit;
  // One value of an enumeration and not a const: forms fill in a const, and half an amount is none.
  return {
      {"type", "object"},
      {"properties",
       {{"amount", std::move(amount)}, {"currency", {{"type", "string"}, {"enum", {settings.currency}}}}}},
      {"required", {"amount", "currency"}},
      {"additionalProperties", false}};
}

json options_schema(const Field& field, std::string_view language) {
  return {{"type", "string"}, {"oneOf", titled_options(field.options, language)}};
}

json value_schema(const FormSettings& settings, const Field& field, std::string_view language) {
  switch (field.type) {
    case FieldType::text:
    case FieldType::long_text:
      return text_schema(field);
    case FieldType::choice:
      return options_schema(field, language);
    case FieldType::multiple_choice: {
      json schema{{"type", "array"}, {"items", options_schema(field, language)}, {"uniqueItems", true}};
      if (field.required) schema["minItems"] = 1;
      return schema;
    }
    case FieldType::number:
      return number_schema(field, "number");
    case FieldType::money:
      return money_schema(settings, field);
    case FieldType::date:
      return {{"type", "string"}, {"format", "date"}};
    case FieldType::yes_no:
      return {{"type", "boolean"},
              {"oneOf",
               {{{"const", true}, {"title", form_label(settings, "yes", language)}},
                {{"const", false}, {"title", form_label(settings, "no", language)}}}}};
  }
  return json::object();
}

}  // namespace

json field_schema(const FormSettings& settings, const Field& field, std::string_view language) {
  json schema = value_schema(settings, field, language);
  schema["title"] = field.label.in(language);
  return schema;
}

json field_ui(const Field& field, std::string_view language) {
  json ui = json::object();
  if (!field.help.empty()) ui["ui:help"] = field.help.in(language);
  switch (field.type) {
    case FieldType::long_text:
      ui["ui:widget"] = "textarea";
      break;
    case FieldType::multiple_choice:
      ui["ui:widget"] = "checkboxes";
      break;
    case FieldType::yes_no:
      ui["ui:widget"] = "radio";
      ui["ui:options"] = {{"inline", true}};
      break;
    case FieldType::money:
      ui["ui:field"] = "money";
      break;
    case FieldType::text:
    case FieldType::choice:
    case FieldType::number:
    case FieldType::date:
      break;
  }
  return ui;
}

}  // namespace ccms::settings
