#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "core/domain/actor.h"
#include "core/domain/remedy.h"
#include "core/domain/ticket.h"
#include "core/wire/problems.h"

// The JSON of tickets' parts, the same in requests, captures and replies. Optional members are left out when
// absent, never null.

namespace ccms::wire {

/// A till must name form and clerk and cannot name a store; the API must not name a clerk.
enum class RequestOrigin { till, api };

/// Reads a request for a ticket strictly (see parse_capture). Only consent_to_contact, confidential, custom,
/// accept_duplicate and the customer's identifiers may be left out; they are then false or empty. Custom
/// values are checked for their kind alone; settings/form.h holds them against the configured fields.
Parsed<domain::TicketRequest> parse_ticket_request(std::string_view bytes, RequestOrigin origin);

/// Reads the `changes` of an amendment, strictly. `field` of errors starts with the pointer given.
Parsed<domain::ContentChanges> parse_content_changes(std::string_view bytes, std::string_view pointer = "");

/// Reads a transaction by itself, such as one that the host looked up.
Parsed<domain::Transaction> parse_transaction(std::string_view bytes);
Parsed<domain::Customer> parse_customer(std::string_view bytes);
Parsed<domain::Remedy> parse_remedy(std::string_view bytes);

nlohmann::ordered_json to_json(const domain::Money& money);
nlohmann::ordered_json to_json(const domain::Remedy& remedy);
nlohmann::ordered_json to_json(const domain::Transaction& transaction);
nlohmann::ordered_json to_json(const domain::Complainant& complainant);
nlohmann::ordered_json to_json(const domain::Customer& customer);
nlohmann::ordered_json to_json(const domain::Proof& proof);
nlohmann::ordered_json to_json(const domain::CustomValue& value);
nlohmann::ordered_json to_json(const domain::CustomValues& values);
nlohmann::ordered_json to_json(const domain::TicketFields& fields);
nlohmann::ordered_json to_json(const domain::ContentChanges& changes);
nlohmann::ordered_json to_json(const domain::Clerk& clerk);
nlohmann::ordered_json to_json(const domain::Actor& actor);
nlohmann::ordered_json to_json(const domain::TicketRequest& request);

/// The stored spelling of values that SQL keeps as JSON text, and back (our own bytes, so leniently typed
/// errors are of no use: nothing means the text is damaged).
std::string to_text(const nlohmann::ordered_json& json);
std::optional<domain::CustomValues> custom_values_from_text(std::string_view text);
std::optional<domain::Complainant> complainant_from_text(std::string_view text);
std::optional<domain::Customer> customer_from_text(std::string_view text);
std::optional<domain::Transaction> transaction_from_text(std::string_view text);
std::optional<domain::TicketFields> ticket_fields_from_text(std::string_view text);
std::optional<domain::Proof> proof_from_text(std::string_view text);

}  // namespace ccms::wire
