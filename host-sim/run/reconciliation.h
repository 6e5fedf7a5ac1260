#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "host-sim/run/acknowledgements.h"
#include "host-sim/run/ticket_plan.h"

namespace ccms::host_sim {

/// What the tills promised against what the server holds, per till.
struct TillOutcome {
  std::uint64_t made = 0;       ///< acknowledged by the till
  std::uint64_t stored = 0;     ///< of these, with the server, bytes equal
  std::uint64_t duplicate = 0;  ///< tickets that the server holds more than once, or that nobody made
  std::uint64_t resent = 0;     ///< captures that the server had already when they came, and answered as such
  std::uint64_t lost = 0;       ///< acknowledged and not with the server
  std::uint64_t altered = 0;    ///< with the server, bytes differ
  std::map<std::string, std::uint64_t> verification;
};

struct Reconciliation {
  std::map<std::string, TillOutcome> tills;
  std::map<std::string, std::uint64_t> planned_verification;
  std::map<std::string, std::uint64_t> departments;
  std::map<std::string, std::uint64_t> notifications;  ///< by delivery state
  std::vector<std::string> problems;                   ///< in words; empty when every promise was kept
};

/// Answers a GET of the server's API, as ServerClient::get() does.
using ReadServer = std::function<nlohmann::json(const std::string& path)>;

/// Reads everything from the server's API. Each acknowledged event must be one ticket there, and each ticket
/// of a till there must come of one acknowledged event and one form. Errors: std::runtime_error when it
/// cannot be read.
Reconciliation reconcile(const ReadServer& read, const AcknowledgementLog& acknowledgements,
                         const std::map<std::string, PlannedVerification>& planned_by_ticket,
                         bool ledger_planted);

/// The table for people.
std::string table_of(const Reconciliation& outcome);
nlohmann::ordered_json json_of(const Reconciliation& outcome);

}  // namespace ccms::host_sim
