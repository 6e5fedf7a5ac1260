#include "core/wire/ticket_json.h"

#include <cmath>

#include "core/wire/json_writer.h"
#include "core/wire/ticket_reader.h"

namespace ccms::wire {
namespace {

using Json = nlohmann::ordered_json;

Json line_to_json(const domain::TransactionLine& line) {
  return ObjectWriter(8)
      .put("line", line.line)
      .put("product_id", line.product_id)
      .put("description", line.description)
      .put("quantity", line.quantity)
      .put("amount", line.amount)
      .put("serial", line.serial)
      .put("batch", line.batch)
      .put("affected_quantity", line.affected_quantity)
      .take();
}

Json identifier_to_json(const domain::CustomerIdentifier& identifier) {
  return ObjectWriter(2).put("type", identifier.type).put("value", identifier.value).take();
}

template <class T>
Json list_to_json(const std::vector<T>& items, Json (*item_to_json)(const T&)) {
  Json json = Json::array();
  for (const T& item : items) json.push_back(item_to_json(item));
  return json;
}

/// Whole numbers are written without a point, as people and other programs write them.
Json number_to_json(double value) {
  if (std::fabs(value) <= domain::kCustomNumberLimit && value == std::floor(value)) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

template <class Value>
Json fields_to_json(const std::map<domain::FieldId, Value>& values) {
  Json json = Json::object();
  for (const auto& [field, value] : values) json[field.str()] = to_json(value);
  return json;
}

Json changes_to_json(const domain::TicketChanges& changes) {
  ObjectWriter writer;
  writer.put("department", changes.department)
      .put("priority", changes.priority)
      .put("category", changes.category)
      .put("details", changes.details)
      .put("outcome_sought", changes.outcome_sought)
      .put("consent_to_contact", changes.consent_to_contact)
      .put("confidential", changes.confidential)
      .put("collect_at", changes.collect_at);
  if (!changes.custom.empty()) writer.put("custom", fields_to_json(changes.custom));
  return writer.take();
}

/// Our own stored text, read back by the reader that checked it when it came in.
template <class Read>
auto from_text(std::string_view text, Read read) {
  return read_document(text, read).value;
}

}  // namespace

Json to_json(const domain::Money& money) {
  return ObjectWriter(2).put("amount", money.amount).put("currency", money.currency).take();
}

Json to_json(const domain::Remedy& remedy) {
  return ObjectWriter(2).put("kind", remedy.kind).put("amount", remedy.amount).take();
}

Json to_json(const domain::Transaction& transaction) {
  return ObjectWriter(10)
      .put("id", transaction.id)
      .put("type", transaction.type)
      .put("original", transaction.original)
      .put("store", transaction.store)
      .put("till", transaction.till)
      .put("at", transaction.at)
      .put("utc_offset_minutes", transaction.utc_offset_minutes)
      .put("customer_id", transaction.customer_id)
      .put("total", transaction.total)
      .put("lines", list_to_json(transaction.lines, line_to_json))
      .take();
}

Json to_json(const domain::Complainant& complainant) {
  return ObjectWriter(5)
      .put("kind", complainant.kind)
      .put("name", complainant.name)
      .put("mobile", complainant.mobile)
      .put("email", complainant.email)
      .put("organisation", complainant.organisation)
      .take();
}

Json to_json(const domain::Customer& customer) {
  return ObjectWriter(3)
      .put("id", customer.id)
      .put("name", customer.name)
      .put("identifiers", list_to_json(customer.identifiers, identifier_to_json))
      .take();
}

Json to_json(const domain::Proof& proof) {
  return ObjectWriter(2).put("kind", proof.kind).put("reason", proof.reason).take();
}

Json to_json(const domain::CustomValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return number_to_json(*number);
  if (const auto* amount = std::get_if<domain::Money>(&value)) return to_json(*amount);
  if (const auto* choices = std::get_if<std::vector<std::string>>(&value)) return to_json(*choices);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  return std::get<std::string>(value);
}

Json to_json(const domain::CustomValues& values) { return fields_to_json(values); }

Json to_json(const domain::TicketFields& fields) {
  return ObjectWriter(9)
      .put("department", fields.department)
      .put("priority", fields.priority)
      .put("category", fields.category)
      .put("details", fields.details)
      .put("outcome_sought", fields.outcome_sought)
      .put("consent_to_contact", fields.consent_to_contact)
      .put("confidential", fields.confidential)
      .put("collect_at", fields.collect_at)
      .put("custom", fields.custom)
      .take();
}

Json to_json(const domain::ContentChanges& changes) {
  ObjectWriter writer;
  if (changes.ticket != domain::TicketChanges{}) writer.put("ticket", changes_to_json(changes.ticket));
  return writer.put("complainant", changes.complainant)
      .put("customer", changes.customer)
      .put("transaction", changes.transaction)
      .take();
}

Json to_json(const domain::Clerk& clerk) {
  return ObjectWriter(2).put("id", clerk.id).put("name", clerk.name).take();
}

Json to_json(const domain::Actor& actor) {
  return ObjectWriter(3).put("type", actor.type).put("id", actor.id).put("name", actor.name).take();
}

Json to_json(const domain::TicketRequest& request) {
  const domain::TicketContent& content = request.content;
  return ObjectWriter(11)
      .put("form_id", request.form_id)
      .put("accept_duplicate", request.accept_duplicate)
      .put("clerk", request.clerk)
      .put("store", request.store)
      .put("language", content.language)
      .put("kind", content.kind)
      .put("ticket", content.ticket)
      .put("complainant", content.complainant)
      .put("customer", content.customer)
      .put("transaction", content.transaction)
      .put("proof", content.proof)
      .take();
}

/// What a till is asked to do besides is no part of the ticket: only its form is looked at here.
void read_print_wishes(ObjectReader& object) {
  bool wish = false;
  object.optional("print", wish, boolean);
  object.optional("print_again", wish, boolean);
}

domain::TicketRequest read_ticket_request(const Node& node, RequestOrigin origin) {
  return read_object<domain::TicketRequest>(
      node, [origin](ObjectReader& object, domain::TicketRequest& request) {
        if (origin == RequestOrigin::till) {
          object.required("form_id", request.form_id, id<domain::FormId>);
          object.required("clerk", request.clerk, read_clerk);
          object.optional("settlement", request.settlement, read_settled);
          read_print_wishes(object);
        } else {
          object.optional("form_id", request.form_id, id<domain::FormId>);
          object.optional("store", request.store, id<domain::StoreId>);
        }
        object.optional("accept_duplicate", request.accept_duplicate, boolean);
        read_content(object, request.content, Absence::allowed);
      });
}

Parsed<domain::TicketRequest> parse_ticket_request(std::string_view bytes, RequestOrigin origin) {
  return read_document(bytes, [origin](const Node& node) { return read_ticket_request(node, origin); });
}

Parsed<domain::ContentChanges> parse_content_changes(std::string_view bytes, std::string_view pointer) {
  return read_document(bytes, [pointer](const Node& node) {
    return read_content_changes(Node(node.json, pointer, node.problems));
  });
}

Parsed<domain::Transaction> parse_transaction(std::string_view bytes) {
  return read_document(bytes, read_transaction);
}

Parsed<domain::Customer> parse_customer(std::string_view bytes) {
  return read_document(bytes, [](const Node& node) { return read_customer(node, Absence::allowed); });
}

Parsed<domain::Remedy> parse_remedy(std::string_view bytes) { return read_document(bytes, read_remedy); }

std::string to_text(const Json& json) { return json.dump(); }

std::optional<domain::CustomValues> custom_values_from_text(std::string_view text) {
  return from_text(text, read_custom_values);
}

std::optional<domain::Complainant> complainant_from_text(std::string_view text) {
  return from_text(text, read_complainant);
}

std::optional<domain::Customer> customer_from_text(std::string_view text) {
  return from_text(text, [](const Node& node) { return read_customer(node, Absence::allowed); });
}

std::optional<domain::Transaction> transaction_from_text(std::string_view text) {
  return from_text(text, read_transaction);
}

std::optional<domain::TicketFields> ticket_fields_from_text(std::string_view text) {
  return from_text(text, [](const Node& node) { return read_ticket_fields(node, Absence::allowed); });
}

std::optional<domain::Proof> proof_from_text(std::string_view text) { return from_text(text, read_proof); }

}  // namespace ccms::wire
