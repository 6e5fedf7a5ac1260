#pragma once

#include <map>
#include <random>
#include <string>

#include "core/workflow/tat.h"
#include "tests/core/workflow/oracle/tat_oracle.h"

namespace ccms::workflow::testing {

/// A chain's turn-around times in two settings versions, and one ticket's history under them.
struct RandomTicket {
  std::map<std::int64_t, OracleVersion> versions;
  std::map<std::int64_t, TatRules> rules;  ///< the same
  Timeline timeline;
  domain::Instant now;

  TatRulesOf rules_of() const;
};

RandomTicket random_ticket(std::mt19937_64& random, const Place& place);

std::string describe(const RandomTicket& ticket);

}  // namespace ccms::workflow::testing
