#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/settings/form_settings.h"

namespace ccms::settings {

/// [{"const": id, "title": label}] of everything in `list` that is not retired.
template <class List>
nlohmann::json titled_options(const List& list, std::string_view language) {
  nlohmann::json out = nlohmann::json::array();
  for (const auto& choice : list) {
    if (!choice.retired) out.push_back({{"const", choice.id}, {"title", choice.label.in(language)}});
  }
  return out;
}

/// The JSON Schema of a configured field's value, titled in the language. Money is an object of amount (whole
/// minor units) and currency.
nlohmann::json field_schema(const FormSettings& settings, const Field& field, std::string_view language);

/// How a form shows the field (react-jsonschema-form's UI schema); may be empty. Money has "ui:field":
/// "money"; a form library without such a field shows amount and currency.
nlohmann::json field_ui(const Field& field, std::string_view language);

}  // namespace ccms::settings
