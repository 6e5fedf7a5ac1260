#include "server/deadlines/escalations.h"

#include <algorithm>
#include <map>

#include "server/actions/automatic_assignment.h"
#include "server/app/identifiers.h"
#include "server/notify/escalation_notices.h"
#include "server/staff/roles.h"
#include "server/store/absence_store.h"
#include "server/store/ticket_events.h"
#include "server/store/ticket_workflow.h"

namespace ccms::server {
namespace {

/// Whom a notice is for: nobody who may not see the ticket. Of the stores, those where the ticket was
/// reported, not where it is collected.
bool answers_for(const Standing& standing, const TicketRecord& ticket) {
  if (!standing.may(settings::Permission::tickets_view)) return false;
  if (!standing.is_of_stores()) return reaches(standing, ticket);
  return reaches(standing, ticket) && ticket.reported_store && standing.has_store(*ticket.reported_store);
}

using Away = std::map<std::string, UserAbsence>;

/// Those who answer for the ticket, and those who see it and so can cover for them: `away` are absent at the
/// moment that is asked about.
workflow::Roster roster_of(const TicketRecord& ticket, const std::vector<StaffMember>& staff,
                           const Away& away) {
  workflow::Roster roster;
  for (const auto& person : staff) {
    if (!may_towards(person.standings, settings::Permission::tickets_view, ticket)) continue;
    workflow::RosterMember member;
    member.user = person.user.user_id;
    for (const auto& standing : person.standings) {
      if (answers_for(standing, ticket)) member.roles.push_back(standing.role);
    }
    if (const auto absence = away.find(member.user); absence != away.end()) {
      member.absences.push_back({absence->second.from, absence->second.until});
      member.cover = absence->second.cover.value_or("");
    }
    roster.push_back(std::move(member));
  }
  return roster;
}

std::vector<std::string> roles_told(const settings::EscalationStep& step, const settings::Workflow& flow) {
  std::vector<std::string> roles;
  const auto add = [&](const std::string& role) {
    if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
  };
  for (const auto& role : step.notify.roles) {
    if (role != settings::kEscalators) {
      add(role);
    } else {
      for (const auto& escalator : flow.escalators) add(escalator);
    }
  }
  return roles;
}

/// As the ladder says it today, or, where the ladder is gone or has another name, as the ticket knew it. An
/// alert of a role has no name but its percentage, and one that comes at another is not gone.
const settings::EscalationStep* step_of(const settings::Escalation& today, const settings::Escalation& then,
                                        const workflow::StepKey& key) {
  const auto step_in = [&](const settings::EscalationLadder* ladder) {
    return ladder == nullptr ? nullptr : settings::find_by_id(ladder->steps, key.step);
  };
  const auto* ladder = settings::find_by_id(today.ladders, key.ladder);
  const auto* step = step_in(ladder);
  if (step != nullptr || (ladder != nullptr && key.role.empty())) return step;
  return step_in(settings::find_by_id(then.ladders, key.ladder));
}

struct People {
  std::vector<User> there;
  std::vector<std::string> empty_roles;
  std::vector<std::string> roles_without_address;  ///< somebody is there, and nobody can be written to
};

People people_for(const settings::EscalationStep& step, const TicketRecord& ticket,
                  const EscalationAudience& audience, const Away& away, Instant at) {
  const auto roster = roster_of(ticket, audience.staff, away);
  People people;
  for (const auto& role : roles_told(step, workflow_of(ticket, audience.in_force.settings))) {
    const auto ids = workflow::people_of_role(roster, role, at);
    bool has_address = false;
    for (const auto& [user, standings] : audience.staff) {
      if (std::find(ids.begin(), ids.end(), user.user_id) == ids.end()) continue;
      has_address = has_address || user.email;
      const auto is_user = [&id = user.user_id](const User& other) { return other.user_id == id; };
      if (std::none_of(people.there.begin(), people.there.end(), is_user)) people.there.push_back(user);
    }
    if (ids.empty())
      people.empty_roles.push_back(role);
    else if (!has_address)
      people.roles_without_address.push_back(role);
  }
  return people;
}

/// Writes a step's messages, and into its event who was told and which roles nobody was told for.
void tell(db::Connection& connection, const TicketRecord& ticket, const TicketClocks& clocks,
          const EscalationAudience& audience, const workflow::DueStep& due,
          const settings::EscalationStep& step, NewEvent& event) {
  const auto away = AbsenceStore(connection).away_at(due.tell_at);
  const auto people = people_for(step, ticket, audience, away, due.tell_at);
  if (!people.empty_roles.empty()) event.data["nobody_in"] = people.empty_roles;
  if (!people.roles_without_address.empty()) event.data["no_address"] = people.roles_without_address;
  event.data["told"] = enqueue_escalation_notices(
      connection, ticket, clocks, {due, step, people.there, event.event_id}, audience.in_force.settings);
}

/// Whether a ticket may be given what `id` names: what is retired is for those that have it already.
template <class List>
bool is_current(const List& list, const std::string& id) {
  const auto* found = settings::find_by_id(list, id);
  return found != nullptr && !found->retired;
}

/// What an older version's ladder names, the version in force may not have any more: it is left undone, and
/// the event says so.
void apply(const settings::EscalationStep& step, const settings::FormSettings& in_force, TicketRecord& ticket,
           nlohmann::json& data) {
  if (step.set_priority && !is_current(in_force.priorities, *step.set_priority)) {
    data["no_such_priority"] = *step.set_priority;
  } else if (step.set_priority) {
    ticket.priority = step.set_priority;
    data["priority"] = *step.set_priority;
  }
  if (!step.assign) return;
  const auto& department = step.assign->department;
  if (!is_current(in_force.departments, department)) {
    data["no_such_department"] = department;
    return;
  }
  data["department"] = department;
  if (ticket.department == department) return;
  ticket.department = department;
  ticket.assignee.reset();  // who works there does not go along
}

}  // namespace

bool take_due_step(db::Connection& connection, TicketRecord& ticket, TicketClocks& clocks,
                   const EscalationAudience& audience) {
  if (!clocks.under || ticket.training || ticket.withdrawn) return false;
  const auto plan = plan_of(clocks);
  if (plan.due.empty()) return false;
  const auto& due = plan.due.front();
  NewEvent event;
  event.event_id = new_uuid(clocks.at);
  event.type = "escalated";
  event.actor = system_actor();
  event.at = clocks.at;
  event.data = step_json(due.key);
  event.data["due_at"] = domain::format_rfc3339(due.due_at);
  event.data["told"] = nlohmann::json::array();
  const auto* step = step_of(audience.in_force.escalation, clocks.under->escalation, due.key);
  if (step != nullptr) {
    if (!audience.silent) tell(connection, ticket, clocks, audience, due, *step, event);
    apply(*step, audience.in_force.settings.form, ticket, event.data);
  }
  append_event(connection, ticket, event, clocks.at);
  clocks.history.push_back(history_entry(event));
  if (event.data.contains("department") && !audience.silent) {
    for (const auto& assigned : assign_by_itself(connection, ticket, audience.in_force.settings, clocks.at))
      clocks.history.push_back(history_entry(assigned));
  }
  return true;
}

}  // namespace ccms::server
