#include "server/intake/ticket_content.h"

#include <stdexcept>

#include "core/wire/ticket_json.h"

namespace ccms::server {
namespace {

using nlohmann::json;

template <class Id>
std::optional<std::string> text_of(const std::optional<Id>& id) {
  if (!id) return std::nullopt;
  return id->str();
}

template <class Id>
std::optional<Id> id_of(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return Id(*text);
}

template <class T>
T intact(std::optional<T> value, const char* column) {
  if (!value) throw std::runtime_error(std::string("a ticket's column cannot be read: ") + column);
  return std::move(*value);
}

json plain(const nlohmann::ordered_json& ordered) { return json::parse(ordered.dump()); }

}  // namespace

bool is_confidential(const domain::TicketFields& fields, const settings::Settings& settings) {
  const auto* category =
      fields.category ? settings::find_by_id(settings.form.categories, fields.category->str()) : nullptr;
  return fields.confidential || (category && category->confidential);
}

void write_content(TicketRecord& ticket, const domain::TicketContent& content,
                   const settings::Settings& settings) {
  const auto& fields = content.ticket;
  ticket.kind = domain::to_text(content.kind);
  ticket.language = content.language;
  ticket.requested_department = text_of(fields.department);
  ticket.requested_priority = text_of(fields.priority);
  ticket.category = text_of(fields.category);
  ticket.details = fields.details;
  ticket.outcome_sought = std::nullopt;
  if (fields.outcome_sought) ticket.outcome_sought = std::string(domain::to_text(*fields.outcome_sought));
  ticket.consent_to_contact = fields.consent_to_contact;
  ticket.confidential = is_confidential(fields, settings);
  ticket.collect_store = text_of(fields.collect_at);
  ticket.custom = plain(wire::to_json(fields.custom));

  ticket.complainant = plain(wire::to_json(content.complainant));
  ticket.mobile = content.complainant.mobile;
  ticket.email = content.complainant.email;
  ticket.customer_name = content.complainant.name;

  ticket.customer = content.customer ? plain(wire::to_json(*content.customer)) : json();
  ticket.customer_id = content.customer ? text_of(content.customer->id) : std::nullopt;
  if (content.customer && !ticket.customer_name) ticket.customer_name = content.customer->name;

  ticket.transaction = content.transaction ? plain(wire::to_json(*content.transaction)) : json();
  ticket.transaction_id = std::nullopt;
  ticket.transaction_store = std::nullopt;
  ticket.purchased_store = std::nullopt;
  if (content.transaction) {
    ticket.transaction_id = content.transaction->id;
    ticket.transaction_store = content.transaction->store.str();
    ticket.purchased_store = content.transaction->store.str();
    if (!ticket.customer_id) ticket.customer_id = text_of(content.transaction->customer_id);
  }
  ticket.proof = plain(wire::to_json(content.proof));
}

domain::TicketContent read_content(const TicketRecord& ticket) {
  domain::TicketContent content;
  content.kind = intact(domain::from_text<domain::TicketKind>(ticket.kind), "kind");
  content.language = ticket.language;
  content.ticket.department = id_of<domain::DepartmentId>(ticket.requested_department);
  content.ticket.priority = id_of<domain::PriorityId>(ticket.requested_priority);
  content.ticket.category = id_of<domain::CategoryId>(ticket.category);
  content.ticket.details = ticket.details;
  if (ticket.outcome_sought) {
    content.ticket.outcome_sought =
        intact(domain::from_text<domain::OutcomeSought>(*ticket.outcome_sought), "outcome_sought");
  }
  content.ticket.consent_to_contact = ticket.consent_to_contact;
  content.ticket.confidential = ticket.confidential;
  content.ticket.collect_at = id_of<domain::StoreId>(ticket.collect_store);
  content.ticket.custom = intact(wire::custom_values_from_text(ticket.custom.dump()), "custom");
  content.complainant = intact(wire::complainant_from_text(ticket.complainant.dump()), "complainant");
  if (!ticket.customer.is_null()) {
    content.customer = intact(wire::customer_from_text(ticket.customer.dump()), "customer");
  }
  if (!ticket.transaction.is_null()) {
    content.transaction = intact(wire::transaction_from_text(ticket.transaction.dump()), "transaction_data");
  }
  content.proof = intact(wire::proof_from_text(ticket.proof.dump()), "proof");
  return content;
}

nlohmann::json content_json(const domain::TicketContent& content) {
  json document{{"kind", domain::to_text(content.kind)},
                {"language", content.language},
                {"ticket", plain(wire::to_json(content.ticket))},
                {"complainant", plain(wire::to_json(content.complainant))},
                {"proof", plain(wire::to_json(content.proof))}};
  if (content.customer) document["customer"] = plain(wire::to_json(*content.customer));
  if (content.transaction) document["transaction"] = plain(wire::to_json(*content.transaction));
  return document;
}

std::optional<domain::TicketContent> content_from_json(const json& document) {
  const auto text = [&](const char* member) {
    const auto found = document.find(member);
    return found == document.end() ? std::string("null") : found->dump();
  };
  const auto word = [&](const char* member) {
    const auto found = document.find(member);
    return found != document.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const auto kind = domain::from_text<domain::TicketKind>(word("kind"));
  auto fields = wire::ticket_fields_from_text(text("ticket"));
  auto complainant = wire::complainant_from_text(text("complainant"));
  auto proof = wire::proof_from_text(text("proof"));
  if (!kind || !fields || !complainant || !proof) return std::nullopt;
  domain::TicketContent content;
  content.kind = *kind;
  content.language = word("language");
  content.ticket = *std::move(fields);
  content.complainant = *std::move(complainant);
  content.proof = *std::move(proof);
  if (document.contains("customer")) content.customer = wire::customer_from_text(text("customer"));
  if (document.contains("transaction"))
    content.transaction = wire::transaction_from_text(text("transaction"));
  return content;
}

}  // namespace ccms::server
