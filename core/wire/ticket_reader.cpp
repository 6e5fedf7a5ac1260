#include "core/wire/ticket_reader.h"

#include <cmath>

#include "core/wire/receipt_number.h"

namespace ccms::wire {
namespace {

using namespace domain;  // NOLINT(google-build-using-namespace): this file is about nothing but domain types

constexpr std::size_t kIdentifiersLimit = 20;

template <class T, class Read>
void read_member(ObjectReader& object, const char* name, T& out, Read read, Absence absence) {
  if (absence == Absence::allowed) {
    object.optional(name, out, read);
  } else {
    object.required(name, out, read);
  }
}

double custom_number(const Node& node) {
  const auto value = node.json.get<double>();
  if (std::fabs(value) <= kCustomNumberLimit) return value;
  node.fail("bad_value", "The number is too large.");
  return 0;
}

/// Blanks alone are no number.
std::string receipt_number_text(const Node& node) {
  const auto text = short_text(node);
  auto number = receipt_number(text);
  if (number.empty() && !text.empty()) node.fail("bad_value", "a receipt number has more than blanks");
  return number;
}

/// Only the kind of a value is known here; the settings say which kind a field has.
CustomValue custom_value(const Node& node) {
  if (node.json.is_string()) return long_text(node);
  if (node.json.is_boolean()) return node.json.get<bool>();
  if (node.json.is_number()) return custom_number(node);
  if (node.json.is_array()) return list_of(kCustomChoicesLimit, short_text)(node);
  if (node.json.is_object()) return money(node);
  node.fail("wrong_type", "A text, number, true or false, list of texts, or amount of money is expected.");
  return {};
}

/// An object whose keys are ids of fields.
template <class Read>
auto by_field(const Node& node, Read read) {
  std::map<FieldId, decltype(read(node))> out;
  if (!node.json.is_object()) {
    node.fail("wrong_type", "An object is expected.");
    return out;
  }
  if (node.json.size() > kCustomFieldsLimit) {
    node.fail("too_long", "At most " + std::to_string(kCustomFieldsLimit) + " fields are allowed.");
    return out;
  }
  for (const auto& [name, value] : node.json.items()) {
    const Node member = node.member(name, value);
    if (const auto field = FieldId::parse(name)) {
      out.emplace(*field, read(member));
    } else {
      member.fail("bad_value", "This is not a well-formed id of a field.");
    }
  }
  return out;
}

TransactionLine read_line(const Node& node) {
  constexpr std::int64_t kLineNumberLimit = 100'000;
  return read_object<TransactionLine>(node, [](ObjectReader& object, TransactionLine& line) {
    std::int64_t number = 0;
    object.required("line", number, integer<1, kLineNumberLimit>);
    line.line = static_cast<int>(number);
    object.required("product_id", line.product_id, short_text);
    object.required("description", line.description, optional_text);
    object.required("quantity", line.quantity, quantity);
    object.required("amount", line.amount, money);
    object.optional("serial", line.serial, short_text);
    object.optional("batch", line.batch, short_text);
    object.optional("affected_quantity", line.affected_quantity, quantity);
  });
}

CustomerIdentifier read_identifier(const Node& node) {
  return read_object<CustomerIdentifier>(node, [](ObjectReader& object, CustomerIdentifier& identifier) {
    object.required("type", identifier.type, enumeration<IdentifierType>);
    object.required("value", identifier.value, email_text);
  });
}

TicketChanges read_ticket_changes(const Node& node) {
  return read_object<TicketChanges>(node, [](ObjectReader& object, TicketChanges& changes) {
    object.optional("department", changes.department, nullable(id<DepartmentId>));
    object.optional("priority", changes.priority, nullable(id<PriorityId>));
    object.optional("category", changes.category, nullable(id<CategoryId>));
    object.optional("details", changes.details, long_text);
    object.optional("outcome_sought", changes.outcome_sought, nullable(enumeration<OutcomeSought>));
    object.optional("consent_to_contact", changes.consent_to_contact, boolean);
    object.optional("confidential", changes.confidential, boolean);
    object.optional("collect_at", changes.collect_at, nullable(id<StoreId>));
    object.optional("custom", changes.custom,
                    [](const Node& custom) { return by_field(custom, nullable(custom_value)); });
  });
}

}  // namespace

CustomValues read_custom_values(const Node& node) { return by_field(node, custom_value); }

TicketFields read_ticket_fields(const Node& node, Absence absence) {
  return read_object<TicketFields>(node, [absence](ObjectReader& object, TicketFields& fields) {
    object.optional("department", fields.department, id<DepartmentId>);
    object.optional("priority", fields.priority, id<PriorityId>);
    object.optional("category", fields.category, id<CategoryId>);
    object.required("details", fields.details, long_text);
    object.optional("outcome_sought", fields.outcome_sought, enumeration<OutcomeSought>);
    read_member(object, "consent_to_contact", fields.consent_to_contact, boolean, absence);
    read_member(object, "confidential", fields.confidential, boolean, absence);
    object.optional("collect_at", fields.collect_at, id<StoreId>);
    read_member(object, "custom", fields.custom, read_custom_values, absence);
  });
}

Complainant read_complainant(const Node& node) {
  return read_object<Complainant>(node, [](ObjectReader& object, Complainant& complainant) {
    object.required("kind", complainant.kind, enumeration<ComplainantKind>);
    object.optional("name", complainant.name, name_text);
    object.optional("mobile", complainant.mobile, phone_text);
    object.optional("email", complainant.email, email_text);
    object.optional("organisation", complainant.organisation, name_text);
  });
}

Customer read_customer(const Node& node, Absence absence) {
  return read_object<Customer>(node, [absence](ObjectReader& object, Customer& customer) {
    object.optional("id", customer.id, id<CustomerId>);
    object.optional("name", customer.name, name_text);
    read_member(object, "identifiers", customer.identifiers, list_of(kIdentifiersLimit, read_identifier),
                absence);
  });
}

Transaction read_transaction(const Node& node) {
  constexpr std::int64_t kOffsetLimit = 18 * 60;
  return read_object<Transaction>(node, [](ObjectReader& object, Transaction& transaction) {
    object.required("id", transaction.id, receipt_number_text);
    object.required("type", transaction.type, enumeration<TransactionType>);
    object.optional("original", transaction.original, receipt_number_text);
    object.required("store", transaction.store, id<StoreId>);
    object.optional("till", transaction.till, id<TillId>);
    object.required("at", transaction.at, instant);
    std::int64_t offset = 0;
    object.required("utc_offset_minutes", offset, integer<-kOffsetLimit, kOffsetLimit>);
    transaction.utc_offset_minutes = static_cast<int>(offset);
    object.optional("customer_id", transaction.customer_id, id<CustomerId>);
    object.optional("total", transaction.total, money);
    object.required("lines", transaction.lines, list_of(kTransactionLinesLimit, read_line));
  });
}

Proof read_proof(const Node& node) {
  return read_object<Proof>(node, [](ObjectReader& object, Proof& proof) {
    object.required("kind", proof.kind, enumeration<ProofKind>);
    object.optional("reason", proof.reason, id<ReasonId>);
  });
}

Clerk read_clerk(const Node& node) {
  return read_object<Clerk>(node, [](ObjectReader& object, Clerk& clerk) {
    object.required("id", clerk.id, name_text);
    object.required("name", clerk.name, name_text);
  });
}

void read_content(ObjectReader& object, TicketContent& content, Absence absence) {
  const Node& node = object.node();
  const std::size_t problems_before = node.problems.size();
  object.required("language", content.language, language_tag);
  object.required("kind", content.kind, enumeration<TicketKind>);
  object.required("ticket", content.ticket,
                  [absence](const Node& ticket) { return read_ticket_fields(ticket, absence); });
  object.required("complainant", content.complainant, read_complainant);
  object.optional("customer", content.customer,
                  [absence](const Node& customer) { return read_customer(customer, absence); });
  object.optional("transaction", content.transaction, read_transaction);
  object.required("proof", content.proof, read_proof);

  if (node.problems.size() != problems_before)
    return;  // what members say together is judged when each is right
  if (content.proof.kind == ProofKind::none && !content.proof.reason) {
    node.member("proof", node.json)
        .member("reason", node.json)
        .fail("missing_field", "Say why there is no proof.");
  }
  if (content.proof.kind != ProofKind::none && !object.has("transaction")) {
    node.member("transaction", node.json).fail("missing_field", "This kind of proof needs a transaction.");
  }
}

Remedy read_remedy(const Node& node) {
  return read_object<Remedy>(node, [](ObjectReader& object, Remedy& remedy) {
    object.required("kind", remedy.kind, enumeration<RemedyKind>);
    object.optional("amount", remedy.amount, [](const Node& amount) {
      auto given = money(amount);
      if (given.amount < 0)
        amount.member("amount", amount.json).fail("bad_value", "What a customer is given is never negative.");
      return given;
    });
  });
}

domain::Settled read_settlement(ObjectReader& object) {
  domain::Settled settled;
  object.required("resolution_code", settled.resolution_code, id<domain::ReasonId>);
  object.required("note", settled.note,
                  [](const Node& note) { return read_text(note, domain::kLongTextLimit, false); });
  object.optional("remedy", settled.remedy, read_remedy);
  object.optional("approved_by", settled.approved_by, read_clerk);
  return settled;
}

domain::Settled read_settled(const Node& node) {
  return read_object<domain::Settled>(
      node, [](ObjectReader& object, domain::Settled& settled) { settled = read_settlement(object); });
}

ContentChanges read_content_changes(const Node& node) {
  return read_object<ContentChanges>(node, [](ObjectReader& object, ContentChanges& changes) {
    object.optional("ticket", changes.ticket, read_ticket_changes);
    object.optional("complainant", changes.complainant, read_complainant);
    object.optional("customer", changes.customer,
                    nullable([](const Node& customer) { return read_customer(customer, Absence::allowed); }));
    object.optional("transaction", changes.transaction, nullable(read_transaction));
    if (changes.empty()) object.node().fail("bad_value", "Nothing is changed.");
  });
}

}  // namespace ccms::wire
