#include "core/settings/field_schema.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/domain/money.h"
#include "core/settings/form_labels.h"

namespace ccms::settings {
namespace {

using nlohmann::json;

/// ISO 4217 currencies whose minor unit is not a hundredth.
int minor_digits(std::string_view currency) {
  static constexpr std::array<std::string_view, 16> kNone = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                             "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
                                                             "VND", "VUV", "XAF", "XOF"};
  static constexpr std::array<std::string_view, 7> kThree = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  if (std::find(kNone.begin(), kNone.end(), currency) != kNone.end()) return 0;
  return std::find(kThree.begin(), kThree.end(), currency) != kThree.end() ? 3 : 2;
}

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

json money_schema(const Field& field) {
  json schema = number_schema(field, "integer");
  if (!field.min) schema["minimum"] = -domain::kMoneyLimit;
  if (!field.max) schema["maximum"] = domain::kMoneyLimit;
  return schema;
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
      return money_schema(field);
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

json field_ui(const FormSettings& settings, const Field& field, std::string_view language) {
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
      ui["ui:options"] = {
          {"money", {{"currency", settings.currency}, {"minor_digits", minor_digits(settings.currency)}}}};
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
