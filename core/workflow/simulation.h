#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/ticket.h"
#include "core/domain/time.h"
#include "core/settings/settings.h"
#include "core/workflow/routing.h"
#include "core/workflow/workflow.h"

/// "What if a ticket came in now, and nobody did anything?" Nothing is stored, nobody is told.
namespace ccms::workflow {

/// A turn-around time that the ticket begins with.
struct SimulatedDue {
  std::string tat;
  settings::TatClock clock = settings::TatClock::resolution;
  std::optional<domain::Instant> aim;
  std::optional<domain::Instant> deadline;
};

/// A step of an escalation ladder, as it would be taken.
struct SimulatedStep {
  domain::Instant at;
  domain::Instant tell_at;  ///< later than `at` in quiet hours, or with a digest
  std::string tat;          ///< or empty: a role's time
  std::string role;         ///< or empty
  std::string ladder;
  std::string step;
  const settings::EscalationStep* what = nullptr;  ///< into `Simulated::escalation`: gone with it
};

/// A step of the workflow that is taken by itself.
struct SimulatedMove {
  domain::Instant at;
  Decision what;           ///< points into the settings
  bool allocates = false;  ///< it has the ticket verified, which was nobody's until then
};

struct Simulated {
  Route route;
  /// Nobody gets the ticket before it is verified, as its workflow says; `route` is where it goes then.
  bool waits_for_verification = false;
  settings::StorePlace place;
  std::vector<SimulatedDue> due;
  std::vector<SimulatedStep> steps;  ///< by moment
  std::vector<SimulatedMove> moves;  ///< by moment
  bool endless = false;              ///< there would be more steps than are worth listing
  settings::Escalation escalation;   ///< with a ladder for each role's time
};

/// A ticket that is opened at `at`, follows the settings' routing, and is left alone. `facts.store` says
/// where; without a verification it passes its checks. What is more than two years ahead is not waited for.
Simulated simulate(const settings::Settings& settings, const domain::TicketFacts& facts, domain::Instant at);

}  // namespace ccms::workflow
