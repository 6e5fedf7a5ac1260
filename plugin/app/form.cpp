#include "plugin/app/form.h"

#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/settings/form.h"
#include "core/settings/write_form_settings.h"
#include "core/wire/ticket_json.h"
#include "core/wire/ticket_reader.h"
#include "plugin/app/host_finds.h"
#include "plugin/app/new_id.h"
#include "plugin/app/settings_in_force.h"

namespace ccms::plugin::app {
namespace {

using nlohmann::ordered_json;

struct FormRequest {
  domain::Clerk clerk;
  std::string language;
  domain::TicketKind kind = domain::TicketKind::complaint;
  std::optional<bool> use_current_transaction;  ///< absent: if there is one
  std::optional<std::string> lookup;            ///< the query for the host, as JSON
  std::optional<domain::Transaction> transaction;
  std::optional<domain::Customer> customer;
};

/// One of the four ways to ask, as the header has them.
std::string read_lookup(const wire::Node& node) {
  constexpr std::array kWays{"text", "receipt", "mobile", "card"};
  return wire::read_object<std::string>(node, [&](wire::ObjectReader& object, std::string& query) {
    for (const auto* way : kWays) {
      std::string text;
      object.optional(way, text, wire::short_text);
      if (!text.empty() && query.empty()) query = ordered_json{{way, text}}.dump();
    }
    if (query.empty() || node.json.size() != 1)
      node.fail("bad_value", "One of text, receipt, mobile and card is expected.");
  });
}

FormRequest read(const wire::Node& node) {
  return wire::read_object<FormRequest>(node, [](wire::ObjectReader& object, FormRequest& request) {
    object.required("clerk", request.clerk, wire::read_clerk);
    object.optional("language", request.language, wire::language_tag);
    object.optional("kind", request.kind, wire::enumeration<domain::TicketKind>);
    object.optional("use_current_transaction", request.use_current_transaction, wire::boolean);
    object.optional("lookup", request.lookup, read_lookup);
    object.optional("transaction", request.transaction, wire::read_transaction);
    object.optional("customer", request.customer, [](const wire::Node& customer) {
      return wire::read_customer(customer, wire::Absence::allowed);
    });
  });
}

void take(FormRequest& request, KnownPurchase purchase) {
  request.transaction = std::move(purchase.transaction);
  if (!request.customer) request.customer = std::move(purchase.customer);
}

/// What is on the till's screen is what the customer has come about, unless the host says otherwise. Errors
/// only when the host asks for it by name.
domain::Result<void> use_current_purchase(const Till& till, FormRequest& request) {
  const bool asked_for = request.use_current_transaction.value_or(false);
  auto current = current_purchase(till);
  if (!current && asked_for)
    return domain::Error{"unavailable", current.error().message, "/use_current_transaction"};
  if (current && *current) take(request, std::move(**current));
  return {};
}

/// One match is the one that was meant; among several the clerk chooses.
domain::Result<ordered_json> use_look_up(const Till& till, FormRequest& request) {
  auto found = look_up(till, *request.lookup);
  if (!found) return domain::Error{found.error().code, found.error().message, "/lookup"};
  auto transactions = ordered_json::array();
  for (const auto& purchase : found->purchases) {
    transactions.push_back(wire::to_json(purchase.transaction));
    if (purchase.customer) transactions.back()["customer"] = wire::to_json(*purchase.customer);
  }
  auto customers = ordered_json::array();
  for (const auto& customer : found->customers) customers.push_back(wire::to_json(customer));
  if (found->purchases.size() == 1) take(request, std::move(found->purchases.front()));
  if (found->customers.size() == 1 && !request.customer)
    request.customer = std::move(found->customers.front());
  return ordered_json{{"transactions", std::move(transactions)}, {"customers", std::move(customers)}};
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

/// What a settlement may give, and up to what; every kind where the chain sets no limits.
ordered_json remedies(const settings::FormSettings& form) {
  auto rules = form.remedies;
  if (rules.empty()) {
    for (const auto& [kind, name] : domain::kEnumNames<domain::RemedyKind>) rules.push_back({kind, {}, {}});
  }
  return settings::remedies_json<ordered_json>(rules);
}

/// What a till page offers besides the form: the lists behind withdraw, receive_goods and settle.
ordered_json choices_of(const settings::Bundle& settings, const std::string& language) {
  return {{"withdrawal_reasons", choices(settings.form.withdrawal_reasons, language)},
          {"goods_conditions", choices(settings.form.goods_conditions, language)},
          {"resolution_codes", choices(settings.resolution_codes, language)},
          {"remedies", remedies(settings.form)},
          {"amend_window_minutes", settings.till.amend_window_minutes},
          {"currency", settings.form.currency}};
}

std::vector<settings::Choice> state_choices(const settings::Bundle& settings) {
  std::vector<settings::Choice> states;
  for (const auto& state : settings.states) states.push_back({state.id, state.label, false});
  return states;
}

/// A form that knows neither purchase nor customer waits for somebody to scan a receipt or a card.
bool await_scan(Till& till, const FormRequest& request, const std::string& form_id) {
  if (!request.transaction && !request.customer) return till.scanner.listen_for(form_id);
  till.scanner.give_back();
  return false;
}

}  // namespace

domain::Result<std::string> form(Till& till, std::string_view bytes) {
  auto parsed = wire::read_document(bytes, read);
  if (!parsed) return parsed.errors.front();
  auto& request = *parsed.value;
  const auto in_force = settings_in_force(till);
  if (!in_force) return in_force.error();
  const auto& settings = (*in_force)->bundle;
  std::optional<ordered_json> candidates;
  if (request.lookup && !request.transaction) {
    auto found = use_look_up(till, request);
    if (!found) return found.error();
    candidates = std::move(found).value();
  } else if (!request.transaction && request.use_current_transaction.value_or(true)) {
    if (auto used = use_current_purchase(till, request); !used) return used.error();
  }

  const auto language = language_or_default(till, request.language);
  const auto screen = settings::Screen::till;
  const auto shown = settings::form_schema(settings.form, screen, language, request.kind);
  const auto form_id = new_uuid(till.clock.wall_now());
  ordered_json reply{{"form_id", form_id},
                     {"settings_version", settings.settings_version},
                     {"language", language},
                     {"schema", ordered_json(shown.at("schema"))},
                     {"ui_schema", ordered_json(shown.at("ui_schema"))},
                     {"data", prefilled(request, settings.form)}};
  if (request.transaction) reply["transaction"] = wire::to_json(*request.transaction);
  if (request.customer) reply["customer"] = wire::to_json(*request.customer);
  if (candidates) reply["lookup"] = std::move(*candidates);
  reply["awaits_scan"] = await_scan(till, request, form_id);
  reply["filters"] =
      ordered_json(settings::filters_schema(settings.form, state_choices(settings), screen, language));
  reply["choices"] = choices_of(settings, language);
  return reply.dump();
}

}  // namespace ccms::plugin::app
