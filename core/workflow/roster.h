#pragma once

#include <string>
#include <vector>

#include "core/domain/time.h"

namespace ccms::workflow {

struct Absence {
  domain::Instant from;
  domain::Instant until;  ///< back at work from then on
};

/// A person who may be told about a ticket: the caller lists those whose scope holds the ticket's store,
/// area and department, and those who cover for them.
struct RosterMember {
  std::string user;
  std::vector<std::string> roles;  ///< that they hold for this ticket; none: a cover from elsewhere
  std::vector<Absence> absences;
  std::string cover;  ///< user id, or empty
};

using Roster = std::vector<RosterMember>;

/// Who answers for a role at a moment: its members that are there, for an absent one whoever covers, and the
/// cover's cover. Each once, in the roster's order. Empty when nobody is there.
std::vector<std::string> people_of_role(const Roster& roster, const std::string& role, domain::Instant at);

}  // namespace ccms::workflow
