#include "server/store/ticket_record.h"

#include <array>

#include "core/domain/text.h"
#include "core/settings/workflow_settings.h"

namespace ccms::server {
namespace {

using nlohmann::json;

constexpr std::size_t kColumnBytes = 65'535;
constexpr std::size_t kListedDetails = 140;

/// Everything but the key, in the order of values_of(). One list serves INSERT, UPDATE and SELECT.
constexpr std::array kColumns{"code",
                              "version",
                              "kind",
                              "workflow",
                              "state",
                              "state_type",
                              "ready_to_collect",
                              "priority",
                              "department",
                              "category",
                              "requested_priority",
                              "requested_department",
                              "routing_rule",
                              "routing_explanation",
                              "assignee",
                              "reported_store",
                              "purchased_store",
                              "collect_store",
                              "till",
                              "channel",
                              "language",
                              "outcome_sought",
                              "consent_to_contact",
                              "confidential",
                              "training",
                              "withdrawn",
                              "settings_version",
                              "form_id",
                              "clerk_id",
                              "clerk_name",
                              "customer_id",
                              "customer_name",
                              "mobile",
                              "email",
                              "transaction_id",
                              "transaction_store",
                              "verification",
                              "resolution_code",
                              "details_start",
                              "details",

                              "custom",
                              "complainant",
                              "customer",
                              "transaction_data",
                              "proof",
                              "verification_checks",
                              "resolution_note",
                              "goods",
                              "created_at",
                              "received_at",
                              "device_at",
                              "clock_offset_ms",
                              "updated_at",
                              "closed_at",
                              "answer_by",
                              "promised_answer_by",
                              "first_response_by",
                              "aim_at",
                              "next_deadline_at",
                              "breached_at",
                              "merged_into",
                              "last_event_number",
                              "last_event_digest"};

std::string text_of(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

std::optional<std::string> nullable_text_of(const json& value) {
  if (value.is_null()) return std::nullopt;
  return text_of(value);
}

json parsed(const std::optional<std::string>& text) { return text ? json::parse(*text) : json(); }

db::Params values_of(const TicketRecord& t, std::int64_t version) {
  return {t.code,
          version,
          t.kind,
          t.workflow,
          t.state,
          t.state_type,
          t.ready_to_collect,
          t.priority,
          t.department,
          t.category,
          t.requested_priority,
          t.requested_department,
          t.routing_rule,
          t.routing_explanation,
          t.assignee,
          t.reported_store,
          t.purchased_store,
          t.collect_store,
          t.till,
          t.channel,
          t.language,
          t.outcome_sought,
          t.consent_to_contact,
          t.confidential,
          t.training,
          t.withdrawn,
          t.settings_version,
          t.form_id,
          t.clerk_id,
          t.clerk_name,
          t.customer_id,
          t.customer_name,
          t.mobile,
          t.email,
          t.transaction_id,
          t.transaction_store,
          t.verification,
          t.resolution_code,
          std::string(domain::truncate_code_points(t.details, kListedDetails)),
          t.details,
          text_of(t.custom),
          text_of(t.complainant),
          nullable_text_of(t.customer),
          nullable_text_of(t.transaction),
          nullable_text_of(t.proof),
          text_of(t.verification_checks),
          t.resolution_note,
          nullable_text_of(t.goods),
          t.created_at,
          t.received_at,
          t.device_at,
          t.clock_offset_ms,
          t.updated_at,
          t.closed_at,
          t.answer_by,
          t.promised_answer_by,
          t.first_response_by,
          t.aim_at,
          t.next_deadline_at,
          t.breached_at,
          t.merged_into,
          t.last_event_number,
          t.last_event_digest};
}

std::string joined(const char* separator, const char* suffix) {
  std::string list;
  for (const char* column : kColumns)
    list.append(list.empty() ? "" : separator).append(column).append(suffix);
  return list;
}

TicketRecord record_from(const db::Row& row) {
  TicketRecord t;
  t.ticket_id = row.text("ticket_id");
  t.code = row.text("code");
  t.version = row.integer("version");
  t.kind = row.text("kind");
  t.workflow = row.text("workflow");
  t.state = row.text("state");
  t.state_type = row.text("state_type");
  t.ready_to_collect = row.boolean("ready_to_collect");
  t.priority = row.optional_text("priority");
  t.department = row.optional_text("department");
  t.category = row.optional_text("category");
  t.requested_priority = row.optional_text("requested_priority");
  t.requested_department = row.optional_text("requested_department");
  t.routing_rule = row.optional_text("routing_rule");
  t.routing_explanation = row.optional_text("routing_explanation");
  t.assignee = row.optional_text("assignee");
  t.reported_store = row.optional_text("reported_store");
  t.purchased_store = row.optional_text("purchased_store");
  t.collect_store = row.optional_text("collect_store");
  t.till = row.optional_text("till");
  t.channel = row.text("channel");
  t.language = row.text("language");
  t.outcome_sought = row.optional_text("outcome_sought");
  t.consent_to_contact = row.boolean("consent_to_contact");
  t.confidential = row.boolean("confidential");
  t.training = row.boolean("training");
  t.withdrawn = row.boolean("withdrawn");
  t.settings_version = row.integer("settings_version");
  t.form_id = row.optional_text("form_id");
  t.clerk_id = row.optional_text("clerk_id");
  t.clerk_name = row.optional_text("clerk_name");
  t.customer_id = row.optional_text("customer_id");
  t.customer_name = row.optional_text("customer_name");
  t.mobile = row.optional_text("mobile");
  t.email = row.optional_text("email");
  t.transaction_id = row.optional_text("transaction_id");
  t.transaction_store = row.optional_text("transaction_store");
  t.verification = row.text("verification");
  t.resolution_code = row.optional_text("resolution_code");
  t.details = row.text("details");
  t.custom = json::parse(row.text("custom"));
  t.complainant = json::parse(row.text("complainant"));
  t.customer = parsed(row.optional_text("customer"));
  t.transaction = parsed(row.optional_text("transaction_data"));
  t.proof = parsed(row.optional_text("proof"));
  t.verification_checks = json::parse(row.text("verification_checks"));
  t.resolution_note = row.optional_text("resolution_note");
  t.goods = parsed(row.optional_text("goods"));
  t.created_at = row.integer("created_at");
  t.received_at = row.integer("received_at");
  t.device_at = row.optional_integer("device_at");
  t.clock_offset_ms = row.integer("clock_offset_ms");
  t.updated_at = row.integer("updated_at");
  t.closed_at = row.optional_integer("closed_at");
  t.answer_by = row.optional_integer("answer_by");
  t.promised_answer_by = row.optional_integer("promised_answer_by");
  t.first_response_by = row.optional_integer("first_response_by");
  t.aim_at = row.optional_integer("aim_at");
  t.next_deadline_at = row.optional_integer("next_deadline_at");
  t.breached_at = row.optional_integer("breached_at");
  t.merged_into = row.optional_text("merged_into");
  t.last_event_number = row.integer("last_event_number");
  t.last_event_digest = row.text("last_event_digest");
  return t;
}

}  // namespace

bool is_finished(const TicketRecord& ticket) {
  const auto type = domain::from_text<domain::StateType>(ticket.state_type);
  return type && settings::is_terminal(*type);
}

std::optional<TicketRecord> load_ticket(db::Connection& connection, std::string_view ticket_id,
                                        bool for_update) {
  static const std::string select =
      "SELECT ticket_id, " + joined(", ", "") + " FROM tickets WHERE ticket_id = ?";
  const auto rows =
      for_update ? connection.query(select + std::string(connection.dialect().for_update()), {ticket_id})
                 : connection.query(select, {ticket_id});
  if (rows.empty()) return std::nullopt;
  return record_from(rows.front());
}

std::vector<std::string> tickets_of_code(db::Connection& connection, std::string_view code) {
  const auto rows =
      connection.query("SELECT ticket_id, merged_from FROM ticket_codes WHERE code = ?", {code});
  if (rows.empty()) return {};
  std::vector<std::string> tickets{rows.front().text("ticket_id")};
  if (auto own = rows.front().optional_text("merged_from")) tickets.push_back(*std::move(own));
  return tickets;
}

void insert_ticket(db::Connection& connection, const TicketRecord& ticket) {
  static const std::string insert = [] {
    std::string marks;
    for (std::size_t i = 0; i < kColumns.size(); ++i) marks += ", ?";
    return "INSERT INTO tickets (ticket_id, " + joined(", ", "") + ") VALUES (?" + marks + ")";
  }();
  db::Params params = values_of(ticket, ticket.version);
  params.insert(params.begin(), ticket.ticket_id);
  connection.execute(insert, params);
}

bool update_ticket(db::Connection& connection, TicketRecord& ticket) {
  static const std::string update =
      "UPDATE tickets SET " + joined(", ", " = ?") + " WHERE ticket_id = ? AND version = ?";
  db::Params params = values_of(ticket, ticket.version + 1);
  params.emplace_back(ticket.ticket_id);
  params.emplace_back(ticket.version);
  if (connection.execute(update, params) != 1) return false;
  ++ticket.version;
  return true;
}

bool fits_columns(const TicketRecord& ticket) {
  if (ticket.details.size() > kColumnBytes) return false;
  for (const json* value : {&ticket.custom, &ticket.complainant, &ticket.customer, &ticket.transaction,
                            &ticket.proof, &ticket.verification_checks, &ticket.goods}) {
    if (text_of(*value).size() > kColumnBytes) return false;
  }
  return true;
}

}  // namespace ccms::server
