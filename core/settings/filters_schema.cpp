#include <nlohmann/json.hpp>

#include "core/domain/text.h"
#include "core/settings/field_schema.h"
#include "core/settings/form.h"
#include "core/settings/form_labels.h"

namespace ccms::settings {
namespace {

using nlohmann::json;

/// A list to tick, of which any may match. Retired choices stay: old tickets have them.
json any_of(const std::string& title, json options) {
  return {{"type", "array"},
          {"title", title},
          {"uniqueItems", true},
          {"items", {{"type", "string"}, {"oneOf", std::move(options)}}}};
}

template <class List>
json all_options(const List& list, std::string_view language) {
  json out = json::array();
  for (const auto& choice : list) {
    out.push_back({{"const", choice.id}, {"title", choice.label.in(language)}});
  }
  return out;
}

class FilterBuilder {
 public:
  FilterBuilder(const FormSettings& settings, const std::vector<Choice>& states, std::string_view language)
      : settings_(settings), states_(states), language_(language) {}

  void add(const std::string& filter) {
    if (filter == "created") {
      add_date("created_from");
      add_date("created_to");
    } else if (const Field* field = settings_.find_field(filter)) {
      add_field(*field);
    } else {
      json schema = builtin_schema(filter);
      if (schema["type"] == "array")
        ui_[filter] = {{"ui:widget", "checkboxes"}, {"ui:options", {{"inline", true}}}};
      put(filter, std::move(schema));
    }
  }

  json build() && {
    order_.push_back("*");
    ui_["ui:order"] = std::move(order_);
    if (!custom_.empty()) {
      properties_["custom"] = {{"type", "object"},
                               {"title", form_label(settings_, "custom", language_)},
                               {"properties", std::move(custom_)},
                               {"additionalProperties", false}};
      ui_["custom"]["ui:options"] = {{"label", false}};
    }
    return {{"schema",
             {{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"type", "object"},
              {"properties", std::move(properties_)},
              {"additionalProperties", false}}},
            {"ui_schema", std::move(ui_)}};
  }

 private:
  std::string label(const std::string& key) const { return form_label(settings_, key, language_); }

  void put(const std::string& name, json schema) {
    properties_[name] = std::move(schema);
    order_.push_back(name);
  }

  void add_date(const std::string& name) {
    put(name, {{"type", "string"}, {"format", "date"}, {"title", label("filter." + name)}});
  }

  /// Searching asks for no more than the value: not for a length, a range or an answer.
  void add_field(const Field& field) {
    if (field.type == FieldType::money) return add_money(field);
    json schema = field_schema(settings_, field, language_);
    for (const char* limit : {"minLength", "minItems", "minimum", "maximum"}) schema.erase(limit);
    if (!field.options.empty()) {
      json& options = field.type == FieldType::choice ? schema["oneOf"] : schema["items"]["oneOf"];
      options = all_options(field.options, language_);
    }
    custom_[field.id] = std::move(schema);
    json ui = field_ui(field, language_);
    ui.erase("ui:help");
    if (field.type == FieldType::long_text) ui.erase("ui:widget");
    if (!ui.empty()) ui_["custom"][field.id] = std::move(ui);
  }

  /// Amounts are found by their minor units, whatever the currency.
  void add_money(const Field& field) {
    custom_[field.id] = {{"type", "integer"}, {"title", field.label.in(language_)}};
  }

  json builtin_schema(const std::string& filter) const {
    if (filter == "status") return any_of(label("filter.status"), all_options(states_, language_));
    if (filter == "priority") return any_of(label(filter), all_options(settings_.priorities, language_));
    if (filter == "department") return any_of(label(filter), all_options(settings_.departments, language_));
    if (filter == "category") return any_of(label(filter), all_options(settings_.categories, language_));
    if (filter == "kind")
      return any_of(label(filter), titled("kind", {"complaint", "suggestion", "service", "task"}));
    if (filter == "verification") {
      return any_of(
          label("filter.verification"),
          titled("filter.verification", {"verified", "pending", "mismatch", "unverified", "rejected"}));
    }
    if (filter == "store") return any_of(label("filter.store"), store_options());
    return {{"type", "string"}, {"title", label("filter." + filter)}, {"maxLength", domain::kShortTextLimit}};
  }

  json titled(const std::string& key, const std::vector<std::string>& values) const {
    json out = json::array();
    for (const std::string& value : values)
      out.push_back({{"const", value}, {"title", label(key + "." + value)}});
    return out;
  }

  json store_options() const {
    json out = json::array();
    for (const StoreName& store : settings_.stores)
      out.push_back({{"const", store.id}, {"title", store.name}});
    return out;
  }

  const FormSettings& settings_;
  const std::vector<Choice>& states_;
  std::string_view language_;
  json properties_ = json::object();
  json custom_ = json::object();
  json order_ = json::array();
  json ui_ = json::object();
};

}  // namespace

json filters_schema(const FormSettings& settings, const std::vector<Choice>& states, Screen screen,
                    std::string_view language) {
  FilterBuilder builder(settings, states, language);
  if (const auto filters = settings.search_filters.find(screen); filters != settings.search_filters.end()) {
    for (const std::string& filter : filters->second) builder.add(filter);
  }
  return std::move(builder).build();
}

}  // namespace ccms::settings
