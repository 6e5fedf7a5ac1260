#include <nlohmann/json.hpp>

#include "core/domain/text.h"
#include "core/settings/email_shape.h"
#include "core/settings/field_schema.h"
#include "core/settings/form.h"
#include "core/settings/form_labels.h"

namespace ccms::settings {
namespace {

using nlohmann::json;

json required(const std::string& name) { return {{"required", json::array({name})}}; }

/// Wraps the schema of a custom field's surroundings into one of the whole request.
json in_ticket(json ticket) { return {{"properties", {{"ticket", std::move(ticket)}}}}; }
json in_custom(json custom) { return in_ticket({{"properties", {{"custom", std::move(custom)}}}}); }

class FormBuilder {
 public:
  FormBuilder(const FormSettings& settings, Screen screen, std::string_view language, domain::TicketKind kind)
      : settings_(settings), screen_(screen), language_(language), kind_(kind) {}

  json build() {
    add_kind();
    add_ticket();
    add_complainant();
    add_proof();
    schema_["$schema"] = "http://json-schema.org/draft-07/schema#";
    schema_["type"] = "object";
    schema_["required"] = {"kind", "ticket", "complainant", "proof"};
    ui_["ui:order"] = {"kind", "complainant", "ticket", "proof", "*"};
    return {{"schema", std::move(schema_)}, {"ui_schema", std::move(ui_)}};
  }

 private:
  std::string label(std::string_view key) const { return form_label(settings_, key, language_); }

  /// The values of one of CCMS's own enumerations, titled "<key>.<value>".
  template <class E>
  json enumeration(const std::string& key) const {
    json options = json::array();
    for (const auto& entry : domain::kEnumNames<E>) {
      const std::string name(entry.name);
      options.push_back({{"const", name}, {"title", label(key + "." + name)}});
    }
    return {{"type", "string"}, {"title", label(key)}, {"oneOf", std::move(options)}};
  }

  template <class List>
  json choice(const char* key, const List& list) const {
    return {{"type", "string"}, {"title", label(key)}, {"oneOf", titled_options(list, language_)}};
  }

  json text(const std::string& key, std::size_t limit) const {
    return {{"type", "string"}, {"title", label(key)}, {"minLength", 1}, {"maxLength", limit}};
  }

  void add_kind() {
    json kind = enumeration<domain::TicketKind>("kind");
    kind["default"] = domain::to_text(kind_);
    schema_["properties"]["kind"] = std::move(kind);
    ui_["kind"] = {{"ui:widget", "radio"}, {"ui:options", {{"inline", true}}}};
  }

  // -- ticket -----------------------------------------------------------------------------------------

  void add_ticket() {
    json& ticket = section("ticket");
    ticket["required"].push_back("details");
    add_category(ticket);
    offer(ticket, "details", text("details", domain::kLongTextLimit));
    ui_["ticket"]["details"] = {{"ui:widget", "textarea"}, {"ui:options", {{"rows", 4}}}};
    add_custom(ticket);
    const BuiltinFields& builtin = settings_.builtin;
    if (builtin.outcome_sought_shown) {
      offer(ticket, "outcome_sought", enumeration<domain::OutcomeSought>("outcome_sought"));
    }
    add_requested(ticket, "priority", builtin.priority, settings_.priorities);
    add_requested(ticket, "department", builtin.department, settings_.departments);
    if (builtin.priority.use != RequestUse::hidden) {
      ui_["ticket"]["priority"] = {{"ui:widget", "radio"}, {"ui:options", {{"inline", true}}}};
    }
    add_collect_at(ticket);
    if (builtin.consent_to_contact_shown) add_flag(ticket, "consent_to_contact");
    add_flag(ticket, "confidential");
    ui_["ticket"]["ui:order"] = {"category",     "details",    "custom",     "outcome_sought",
                                 "priority",     "department", "collect_at", "consent_to_contact",
                                 "confidential", "*"};
  }

  json& section(const char* name) {
    json& object = schema_["properties"][name];
    object = {{"type", "object"},
              {"title", label(name)},
              {"properties", json::object()},
              {"required", json::array()},
              {"propertyNames", {{"enum", json::array()}}}};
    ui_[name] = json::object();
    return object;
  }

  /// Names are closed with propertyNames: additionalProperties would refuse what a condition adds.
  static void allow_name(json& object, const std::string& name) {
    object["propertyNames"]["enum"].push_back(name);
  }

  static void offer(json& object, const std::string& name, json schema) {
    allow_name(object, name);
    object["properties"][name] = std::move(schema);
  }

  void when(json condition, json then, json otherwise) {
    schema_["allOf"].push_back(
        {{"if", std::move(condition)}, {"then", std::move(then)}, {"else", std::move(otherwise)}});
  }

  void add_category(json& ticket) {
    if (settings_.builtin.category_required) ticket["required"].push_back("category");
    bool depends_on_kind = false;
    for (const Category& category : settings_.categories) {
      depends_on_kind = depends_on_kind || (!category.retired && !category.kinds.empty());
    }
    if (!depends_on_kind) return offer(ticket, "category", choice("category", settings_.categories));
    allow_name(ticket, "category");
    for (const auto& kind : domain::kEnumNames<domain::TicketKind>) add_category_of_kind(kind.value);
  }

  void add_category_of_kind(domain::TicketKind kind) {
    std::vector<Category> offered;
    for (const Category& category : settings_.categories) {
      if (category.offered_for(kind)) offered.push_back(category);
    }
    json category = choice("category", offered);
    const bool none = category["oneOf"].empty();
    if (none) category = json{{"not", json::object()}};
    schema_["allOf"].push_back({{"if", kind_is({std::string(domain::to_text(kind))})},
                                {"then", in_ticket({{"properties", {{"category", std::move(category)}}}})}});
  }

  static json kind_is(const std::vector<std::string>& kinds) {
    return {{"properties", {{"kind", {{"enum", kinds}}}}}, {"required", {"kind"}}};
  }

  template <class List>
  void add_requested(json& ticket, const char* name, const RequestedField& field, const List& list) {
    if (field.use == RequestUse::hidden) return;
    offer(ticket, name, choice(name, list));
    if (field.required) ticket["required"].push_back(name);
  }

  void add_collect_at(json& ticket) {
    json stores = json::array();
    for (const StoreName& store : settings_.stores) {
      stores.push_back({{"const", store.id}, {"title", store.name}});
    }
    offer(ticket, "collect_at",
          {{"type", "string"}, {"title", label("collect_at")}, {"oneOf", std::move(stores)}});
  }

  void add_flag(json& ticket, const char* name) {
    offer(ticket, name, {{"type", "boolean"}, {"title", label(name)}});
  }

  // -- configured fields ------------------------------------------------------------------------------

  void add_custom(json& ticket) {
    json custom{{"type", "object"}, {"title", label("custom")}, {"properties", json::object()}};
    json names = json::array();
    json order = json::array();
    bool always_required = false;
    for (const Field& field : settings_.fields) {
      if (field.retired || !field.shown_at(screen_)) continue;
      names.push_back(field.id);
      order.push_back(field.id);
      if (json ui = field_ui(field, language_); !ui.empty()) {
        ui_["ticket"]["custom"][field.id] = std::move(ui);
      }
      if (field.visible_when) {
        add_conditional(field);
        continue;
      }
      custom["properties"][field.id] = field_schema(settings_, field, language_);
      if (field.required) {
        custom["required"].push_back(field.id);
        always_required = true;
      }
    }
    if (names.empty()) {
      custom["maxProperties"] = 0;
    } else {
      custom["propertyNames"] = {{"enum", std::move(names)}};
    }
    order.push_back("*");
    ui_["ticket"]["custom"]["ui:order"] = std::move(order);
    ui_["ticket"]["custom"]["ui:options"] = {{"label", false}};
    offer(ticket, "custom", std::move(custom));
    if (always_required) ticket["required"].push_back("custom");
  }

  void add_conditional(const Field& field) {
    json shown{{"properties", {{field.id, field_schema(settings_, field, language_)}}}};
    if (field.required) shown.update(required(field.id));
    json then = in_custom(std::move(shown));
    if (field.required) then["properties"]["ticket"].update(required("custom"));
    when(condition(*field.visible_when), std::move(then), in_custom({{"not", required(field.id)}}));
  }

  json condition(const VisibleWhen& visible) const {
    if (visible.field == "kind") return kind_is(visible.in);
    if (visible.field == "category") return category_is(visible.in);
    const Field* other = settings_.find_field(visible.field);
    json custom{{"properties", {{visible.field, holds_one_of(*other, visible.in)}}}};
    custom.update(required(visible.field));
    json ticket{{"properties", {{"custom", std::move(custom)}}}};
    ticket.update(required("custom"));
    json request = in_ticket(std::move(ticket));
    request.update(required("ticket"));
    return request;
  }

  static json category_is(const std::vector<std::string>& categories) {
    json ticket{{"properties", {{"category", {{"enum", categories}}}}}};
    ticket.update(required("category"));
    json request = in_ticket(std::move(ticket));
    request.update(required("ticket"));
    return request;
  }

  static json holds_one_of(const Field& field, const std::vector<std::string>& values) {
    if (field.type == FieldType::multiple_choice) return {{"contains", {{"enum", values}}}};
    if (field.type != FieldType::yes_no) return {{"enum", values}};
    json flags = json::array();
    for (const std::string& value : values) flags.push_back(value == "true");
    return {{"enum", std::move(flags)}};
  }

  // -- complainant and proof --------------------------------------------------------------------------

  void add_complainant() {
    json& complainant = section("complainant");
    offer(complainant, "kind", enumeration<domain::ComplainantKind>("complainant.kind"));
    complainant["required"].push_back("kind");
    for (const char* name : {"name", "mobile", "email", "organisation"}) allow_name(complainant, name);
    const BuiltinFields& builtin = settings_.builtin;
    json details{{"properties",
                  {{"name", text("complainant.name", domain::kNameLimit)},
                   {"mobile", text("complainant.mobile", domain::kPhoneLimit)},
                   {"email", text("complainant.email", domain::kEmailLimit)}}},
                 {"required", json::array()}};
    details["properties"]["email"]["pattern"] = kEmailPattern;
    if (builtin.name_required) details["required"].push_back("name");
    if (builtin.mobile_required) details["required"].push_back("mobile");
    if (builtin.email_required) details["required"].push_back("email");
    complainant["allOf"] = {
        {{"if", property_is("kind", "anonymous")},
         {"then", without({"name", "mobile", "email"})},
         {"else", details}},
        {{"if", property_is("kind", "organisation")},
         {"then",
          {{"properties", {{"organisation", text("complainant.organisation", domain::kNameLimit)}}},
           {"required", {"organisation"}}}},
         {"else", without({"organisation"})}}};
    ui_["complainant"] = {{"ui:order", {"kind", "organisation", "name", "mobile", "email", "*"}},
                          {"mobile", {{"ui:options", {{"inputType", "tel"}}}}},
                          {"email", {{"ui:options", {{"inputType", "email"}}}}}};
  }

  void add_proof() {
    json& proof = section("proof");
    offer(proof, "kind", enumeration<domain::ProofKind>("proof.kind"));
    proof["required"].push_back("kind");
    allow_name(proof, "reason");
    proof["allOf"] =
        json::array({{{"if", property_is("kind", "none")},
                      {"then",
                       {{"properties", {{"reason", choice("proof.reason", settings_.no_proof_reasons)}}},
                        {"required", {"reason"}}}},
                      {"else", without({"reason"})}}});
    ui_["proof"] = {{"ui:order", {"kind", "reason", "*"}},
                    {"kind", {{"ui:widget", "radio"}, {"ui:options", {{"inline", true}}}}}};
  }

  static json property_is(const char* name, const char* value) {
    return {{"properties", {{name, {{"const", value}}}}}, {"required", json::array({name})}};
  }

  /// An object that has none of these members.
  static json without(const std::vector<std::string>& names) {
    json any = json::array();
    for (const std::string& name : names) any.push_back(required(name));
    return {{"not", {{"anyOf", std::move(any)}}}};
  }

  const FormSettings& settings_;
  Screen screen_;
  std::string_view language_;
  domain::TicketKind kind_;
  json schema_ = json::object();
  json ui_ = json::object();
};

}  // namespace

json form_schema(const FormSettings& settings, Screen screen, std::string_view language,
                 domain::TicketKind kind) {
  return FormBuilder(settings, screen, language, kind).build();
}

}  // namespace ccms::settings
