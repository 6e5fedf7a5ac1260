#include "core/workflow/roster.h"

#include <algorithm>

namespace ccms::workflow {
namespace {

bool is_absent(const RosterMember& member, domain::Instant at) {
  return std::any_of(member.absences.begin(), member.absences.end(),
                     [at](const Absence& absence) { return absence.from <= at && at < absence.until; });
}

const RosterMember* find_member(const Roster& roster, const std::string& user) {
  const auto found = std::find_if(roster.begin(), roster.end(),
                                  [&](const RosterMember& member) { return member.user == user; });
  return found == roster.end() ? nullptr : &*found;
}

/// The member, or who covers; null when nobody does. People may cover for each other in a ring.
const RosterMember* present(const Roster& roster, const RosterMember* member, domain::Instant at) {
  for (std::size_t asked = 0; member != nullptr && asked < roster.size(); ++asked) {
    if (!is_absent(*member, at)) return member;
    member = find_member(roster, member->cover);
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> people_of_role(const Roster& roster, const std::string& role, domain::Instant at) {
  std::vector<std::string> people;
  for (const RosterMember& member : roster) {
    if (std::find(member.roles.begin(), member.roles.end(), role) == member.roles.end()) continue;
    const RosterMember* there = present(roster, &member, at);
    if (there != nullptr && std::find(people.begin(), people.end(), there->user) == people.end())
      people.push_back(there->user);
  }
  return people;
}

}  // namespace ccms::workflow
