#include "core/domain/ticket.h"

#include "core/domain/card_redaction.h"

namespace ccms::domain {
namespace {

template <class T, class Target>
void replace(const std::optional<T>& change, Target& target) {
  if (change) target = *change;
}

void redact(std::string& text) { redact_card_numbers_in(text); }

void redact(std::optional<std::string>& text) {
  if (text) redact(*text);
}

void redact(CustomValue& value) {
  if (auto* text = std::get_if<std::string>(&value)) redact(*text);
  if (auto* choices = std::get_if<std::vector<std::string>>(&value)) {
    for (std::string& choice : *choices) redact(choice);
  }
}

void redact(Complainant& complainant) {
  redact(complainant.name);
  redact(complainant.email);
  redact(complainant.organisation);
}

void redact(Customer& customer) { redact(customer.name); }

}  // namespace

void apply(const TicketChanges& changes, TicketFields& fields) {
  replace(changes.department, fields.department);
  replace(changes.priority, fields.priority);
  replace(changes.category, fields.category);
  replace(changes.details, fields.details);
  replace(changes.outcome_sought, fields.outcome_sought);
  replace(changes.consent_to_contact, fields.consent_to_contact);
  replace(changes.confidential, fields.confidential);
  replace(changes.collect_at, fields.collect_at);
  for (const auto& [field, value] : changes.custom) {
    if (value) {
      fields.custom.insert_or_assign(field, *value);
    } else {
      fields.custom.erase(field);
    }
  }
}

void apply(const ContentChanges& changes, TicketContent& content) {
  apply(changes.ticket, content.ticket);
  replace(changes.complainant, content.complainant);
  replace(changes.customer, content.customer);
  replace(changes.transaction, content.transaction);
}

TicketFacts facts_of(const TicketContent& content, const StoreId& reported_at) {
  TicketFacts facts;
  facts.kind = content.kind;
  facts.store = reported_at;
  facts.language = content.language;
  facts.category = content.ticket.category;
  facts.priority = content.ticket.priority;
  facts.requested_department = content.ticket.department;
  if (content.transaction) facts.amount = transaction_value(*content.transaction);
  facts.custom = content.ticket.custom;
  facts.details = content.ticket.details;
  return facts;
}

void redact_card_numbers(TicketContent& content) {
  redact(content.ticket.details);
  for (auto& [field, value] : content.ticket.custom) redact(value);
  redact(content.complainant);
  if (content.customer) redact(*content.customer);
}

void redact_card_numbers(ContentChanges& changes) {
  redact(changes.ticket.details);
  for (auto& [field, value] : changes.ticket.custom) {
    if (value) redact(*value);
  }
  if (changes.complainant) redact(*changes.complainant);
  if (changes.customer && *changes.customer) redact(**changes.customer);
}

}  // namespace ccms::domain
