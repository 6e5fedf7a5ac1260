#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/db/connection.h"

namespace ccms::server {

/// One row of `tickets`, all columns: current values; history is ticket_events. Times are epoch milliseconds,
/// UTC. JSON members have the shape that the API shows (contract of the ticket). Nullable columns are
/// optional.
struct TicketRecord {
  std::string ticket_id;
  std::string code;  ///< 12 symbols, without dashes
  std::int64_t version = 0;
  std::string kind;
  std::string workflow;    ///< id; empty: made before the chain had several
  std::string state;       ///< id of the chain's state
  std::string state_type;  ///< new, open, in_progress, pending, resolved, closed, invalid
  bool ready_to_collect = false;
  std::optional<std::string> priority;
  std::optional<std::string> department;
  std::optional<std::string> category;
  std::optional<std::string> requested_priority;
  std::optional<std::string> requested_department;
  std::optional<std::string> routing_rule;  ///< empty text: the fallback; null: not routed yet
  std::optional<std::string> routing_explanation;
  std::optional<std::string> assignee;
  std::optional<std::string> reported_store;
  std::optional<std::string> purchased_store;
  std::optional<std::string> collect_store;
  std::optional<std::string> till;
  std::string channel;
  std::string language;
  std::optional<std::string> outcome_sought;
  bool consent_to_contact = false;
  bool confidential = false;
  bool training = false;
  bool withdrawn = false;
  std::int64_t settings_version = 0;
  std::optional<std::string> form_id;
  std::optional<std::string> clerk_id;
  std::optional<std::string> clerk_name;
  std::optional<std::string> customer_id;
  std::optional<std::string> customer_name;
  std::optional<std::string> mobile;  ///< of the complainant, as captured
  std::optional<std::string> email;
  std::optional<std::string> transaction_id;
  std::optional<std::string> transaction_store;
  std::string verification;  ///< verified, pending, mismatch, unverified, rejected
  std::optional<std::string> resolution_code;
  std::string details;
  nlohmann::json custom = nlohmann::json::object();
  nlohmann::json complainant = nlohmann::json::object();
  nlohmann::json customer;     ///< null: none
  nlohmann::json transaction;  ///< null: none
  nlohmann::json proof;        ///< null: none
  nlohmann::json verification_checks = nlohmann::json::array();
  std::optional<std::string> resolution_note;
  nlohmann::json goods;  ///< null: none
  std::int64_t created_at = 0;
  std::int64_t received_at = 0;
  std::optional<std::int64_t> device_at;
  std::int64_t clock_offset_ms = 0;
  std::int64_t updated_at = 0;
  std::optional<std::int64_t> closed_at;
  std::optional<std::int64_t> answer_by;  ///< deadline on the resolution; these six by Deadlines alone
  std::optional<std::int64_t> promised_answer_by;  ///< what the customer was told last
  std::optional<std::int64_t> first_response_by;
  std::optional<std::int64_t> aim_at;            ///< due soon from then on
  std::optional<std::int64_t> next_deadline_at;  ///< of a clock that runs
  std::optional<std::int64_t> breached_at;       ///< the first breach
  std::optional<std::string> merged_into;        ///< the id of the ticket that answers for this one
  std::int64_t last_event_number = 0;
  std::string last_event_digest;
};

/// Whether the ticket's state is one that ends it.
bool is_finished(const TicketRecord& ticket);

/// Reads a whole ticket. With `for_update` the row stays locked until the transaction ends: take it so
/// whenever the ticket is going to be changed. Throws db::DbError.
std::optional<TicketRecord> load_ticket(db::Connection& connection, std::string_view ticket_id,
                                        bool for_update = false);

/// The ids of the tickets that a code (12 symbols, no dashes) names: first the one that answers for it, an
/// alias counting as well; then, when that ticket took it over by a merge, the one whose code it is. Empty
/// for a code that nobody has. Throws db::DbError.
std::vector<std::string> tickets_of_code(db::Connection& connection, std::string_view code);

/// Writes the row; its code must have been claimed (ticket_codes.h). Throws db::DbError(unique_violation)
/// when the id is taken.
void insert_ticket(db::Connection& connection, const TicketRecord& ticket);

/// Writes all columns back and counts `version` up, in the row and in `ticket`. Returns false, with nothing
/// written, when the row's version is not `ticket.version` any more.
[[nodiscard]] bool update_ticket(db::Connection& connection, TicketRecord& ticket);

/// True when every text and JSON member fits its column (64 kB).
bool fits_columns(const TicketRecord& ticket);

}  // namespace ccms::server
