#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/result.h"
#include "core/domain/time.h"
#include "core/settings/settings.h"

/// A ticket that nobody sends, and what would become of it.
namespace ccms::server {

struct SimulationWish {
  std::string store;
  std::string at;  ///< the store's wall clock: "2026-11-27T17:50"
  std::string kind = "complaint";
  std::string category, priority, department;  ///< as a clerk would ask for them; empty: not at all
  std::optional<std::int64_t> amount;          ///< what was paid, in minor units
  std::string details;                         ///< what the customer says
  std::string language;                        ///< the customer's; empty: the chain's first
  std::string channel;       ///< till, console, portal, email; empty: none that a rule names
  std::string verification;  ///< what the first check found; empty: none that a rule names, and it passes
  std::string custom;        ///< values of the chain's own fields, a JSON object; may be empty
};

/// One thing that happens, for people and for programs.
struct Happening {
  domain::Instant at;
  std::string text;                           ///< in English, with the settings' own labels
  std::string reason;                         ///< why; may be empty
  std::optional<domain::Instant> message_at;  ///< when people are told, where that is later
  nlohmann::json details;                     ///< {"what": …} and what belongs to it
};

struct SimulatedTicket {
  std::string time_zone;           ///< of the store
  nlohmann::json route;            ///< department, priority, rule and why
  std::vector<Happening> happens;  ///< opened, routed, who is told of it, what is due
  std::vector<Happening>
      unattended;        ///< if nobody does anything: steps of ladders, timed ones of the workflow
  bool endless = false;  ///< there would be more steps than are worth listing
};

/// Lets the ticket come in under these settings. Errors name the member of the wish: "/store", "/at" …
domain::Result<SimulatedTicket> simulate_ticket(const settings::Settings& settings,
                                                const SimulationWish& wish);

/// {"time_zone","route","timeline":[{"at","local","what",…}],"endless"}; everything by moment.
nlohmann::json simulated_json(const SimulatedTicket& simulated);

}  // namespace ccms::server
