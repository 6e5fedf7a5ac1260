#include "plugin/app/form.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "core/settings/form.h"
#include "core/wire/ticket_json.h"
#include "core/wire/ticket_reader.h"
#include "plugin/app/new_id.h"
#include "plugin/app/settings_in_force.h"

namespace ccms::plugin::app {
namespace {

using nlohmann::ordered_json;

struct FormRequest {
  domain::Clerk clerk;
  std::string language;
  domain::TicketKind kind = domain::TicketKind::complaint;
  bool use_current_transaction = false;
  std::optional<domain::Transaction> transaction;
  std::optional<domain::Customer> customer;
};

FormRequest read(const wire::Node& node) {
  return wire::read_object<FormRequest>(node, [](wire::ObjectReader& object, FormRequest& request) {
    object.required("clerk", request.clerk, wire::read_clerk);
    object.optional("language", request.language, wire::language_tag);
    object.optional("kind", request.kind, wire::enumeration<domain::TicketKind>);
    object.optional("use_current_transaction", request.use_current_transaction, wire::boolean);
    object.optional("transaction", request.transaction, wire::read_transaction);
    object.optional("customer", request.customer, [](const wire::Node& customer) {
      return wire::read_customer(customer, wire::Absence::allowed);
    });
  });
}

domain::Result<std::optional<domain::Transaction>> current_transaction(const Till& till) {
  const auto bytes = till.host.current_transaction();
  if (!bytes) return std::optional<domain::Transaction>();
  auto parsed = wire::parse_transaction(*bytes);
  if (parsed) return std::move(parsed.value);
  const auto& error = parsed.errors.front();
  till.host.log(LogLevel::host_misbehaving,
                "the current transaction cannot be read: " + error.field + ": " + error.message);
  return domain::Error{"unavailable", "the till's transaction cannot be read", "/use_current_transaction"};
}

ordered_json complainant_data(const std::optional<domain::Customer>& customer) {
  domain::Complainant known;
  known.kind = domain::ComplainantKind::contact;
  if (customer) {
    known.kind = domain::ComplainantKind::member;
    known.name = customer->name;
    for (const auto& identifier : customer->identifiers) {
      if (identifier.type == domain::IdentifierType::mobile && !known.mobile) known.mobile = identifier.value;
      if (identifier.type == domain::IdentifierType::email && !known.email) known.email = identifier.value;
    }
  }
  return wire::to_json(known);
}

// A member whom the chain can reach wants to hear of their complaint; the clerk asks, and can take it out.
ordered_json ticket_data(const FormRequest& request, const settings::FormSettings& form) {
  auto ticket = ordered_json::object();
  if (request.customer && form.builtin.consent_to_contact_shown) ticket["consent_to_contact"] = true;
  return ticket;
}

ordered_json prefilled(const FormRequest& request, const settings::FormSettings& form) {
  const bool looked_up = request.transaction.has_value();
  return {{"kind", domain::to_text(request.kind)},
          {"ticket", ticket_data(request, form)},
          {"complainant", complainant_data(request.customer)},
          {"proof",
           {{"kind", domain::to_text(looked_up ? domain::ProofKind::looked_up : domain::ProofKind::none)}}}};
}

ordered_json choices(const std::vector<settings::Choice>& list, const std::string& language) {
  auto json = ordered_json::array();
  for (const auto& choice : list) {
    if (!choice.retired) json.push_back({{"id", choice.id}, {"label", choice.label.in(language)}});
  }
  return json;
}

/// What a till page offers besides the form: the lists behind withdraw and receive_goods.
ordered_json choices_of(const settings::Bundle& settings, const std::string& language) {
  return {{"withdrawal_reasons", choices(settings.form.withdrawal_reasons, language)},
          {"goods_conditions", choices(settings.form.goods_conditions, language)},
          {"amend_window_minutes", settings.till.amend_window_minutes},
          {"currency", settings.form.currency}};
}

std::vector<settings::Choice> state_choices(const settings::Bundle& settings) {
  std::vector<settings::Choice> states;
  for (const auto& state : settings.states) states.push_back({state.id, state.label, false});
  return states;
}

}  // namespace

domain::Result<std::string> form(Till& till, std::string_view bytes) {
  auto parsed = wire::read_document(bytes, read);
  if (!parsed) return parsed.errors.front();
  auto& request = *parsed.value;
  const auto in_force = settings_in_force(till);
  if (!in_force) return in_force.error();
  const auto& settings = (*in_force)->bundle;
  if (request.use_current_transaction && !request.transaction) {
    auto current = current_transaction(till);
    if (!current) return current.error();
    request.transaction = std::move(*current);
  }

  const auto language = language_or_default(till, request.language);
  const auto screen = settings::Screen::till;
  const auto shown = settings::form_schema(settings.form, screen, language, request.kind);
  ordered_json reply{{"form_id", new_uuid(till.clock.wall_now())},
                     {"settings_version", settings.settings_version},
                     {"language", language},
                     {"schema", ordered_json(shown.at("schema"))},
                     {"ui_schema", ordered_json(shown.at("ui_schema"))},
                     {"data", prefilled(request, settings.form)}};
  if (request.transaction) reply["transaction"] = wire::to_json(*request.transaction);
  if (request.customer) reply["customer"] = wire::to_json(*request.customer);
  reply["filters"] =
      ordered_json(settings::filters_schema(settings.form, state_choices(settings), screen, language));
  reply["choices"] = choices_of(settings, language);
  return reply.dump();
}

}  // namespace ccms::plugin::app
