#include "server/actions/automatic_assignment.h"

#include <algorithm>
#include <map>

#include "core/workflow/assignment.h"
#include "server/actions/decided.h"
#include "server/actions/ticket_actions.h"
#include "server/app/identifiers.h"
#include "server/staff/assignees.h"
#include "server/staff/standings.h"
#include "server/store/absence_store.h"
#include "server/store/assignment_turns.h"
#include "server/store/ticket_workflow.h"
#include "server/store/user_store.h"
#include "server/store/waiting_tickets.h"

namespace ccms::server {
namespace {

using nlohmann::json;

/// Shifts begin on the hour or the half; people come back in the morning.
constexpr std::chrono::minutes kUntilTheNextTry{5};

/// Where the workflow names nobody who resolves, the department's own people do: head office can be assigned
/// its tickets by somebody, but has no turn among them.
std::vector<Standing> standings_in_turn(std::vector<Standing> standings, const settings::Workflow& flow) {
  if (flow.resolvers.empty())
    std::erase_if(standings,
                  [](const Standing& standing) { return standing.scope != settings::RoleScope::department; });
  return standings;
}

bool may_resolve(const settings::Role& role, const settings::Workflow& flow) {
  const auto& resolvers = flow.resolvers;
  return resolvers.empty() ? role.scope == settings::RoleScope::department
                           : std::find(resolvers.begin(), resolvers.end(), role.id) != resolvers.end();
}

/// What somebody holds who could be assigned the ticket.
std::vector<RoleGrant> grants_that_resolve(const TicketRecord& ticket, const settings::Workflow& flow,
                                           const settings::Settings& settings) {
  std::vector<RoleGrant> grants;
  for (const settings::Role& role : settings.roles) {
    if (!may_resolve(role, flow)) continue;
    if (role.scope == settings::RoleScope::department) {
      grants.push_back({role.id, *ticket.department});
    } else if (role.scope == settings::RoleScope::store) {
      for (const auto& store : {ticket.reported_store, ticket.collect_store}) {
        if (store) grants.push_back({role.id, *store});
      }
    } else {
      grants.push_back({role.id, ""});
    }
  }
  return grants;
}

/// The role in which each user who could be assigned the ticket would get it, by user id.
std::map<std::string, std::string> resolvers_of(db::Connection& connection, const TicketRecord& ticket,
                                                const settings::Settings& settings) {
  std::map<std::string, std::string> roles;
  const auto& flow = workflow_of(ticket, settings);
  const auto grants = grants_that_resolve(ticket, flow, settings);
  for (const User& user : UserStore(connection).list_holding(grants)) {
    const auto standings = standings_in_turn(standings_of(user.roles, &settings), flow);
    auto role = resolving_role(standings, flow, ticket);
    if (!role.empty()) roles.emplace(user.user_id, std::move(role));
  }
  return roles;
}

/// Who of a department works at one moment; each role's calendars are made once.
class Shifts {
 public:
  Shifts(const settings::Settings& settings, const settings::Assignment& assignment, Instant at)
      : settings_(settings), assignment_(assignment), at_(at) {}

  bool has(const std::string& role) {
    const auto known = on_shift_.find(role);
    if (known != on_shift_.end()) return known->second;
    return on_shift_[role] = workflow::is_on_shift(settings_, assignment_, role, at_);
  }

 private:
  const settings::Settings& settings_;
  const settings::Assignment& assignment_;
  const Instant at_;
  std::map<std::string, bool> on_shift_;
};

std::vector<workflow::AssignmentCandidate> candidates_among(db::Connection& connection,
                                                            const std::map<std::string, std::string>& roles,
                                                            Shifts shifts, Instant now) {
  std::vector<std::string> ids;
  for (const auto& [id, role] : roles) ids.push_back(id);
  const auto turns = turns_of(connection, ids);
  const auto away = AbsenceStore(connection).away_at(now);
  std::vector<workflow::AssignmentCandidate> candidates;
  for (const auto& [id, role] : roles) {
    const AssignmentTurn& turn = turns.at(id);
    candidates.push_back({id, turn.load, turn.last_at, away.contains(id), shifts.has(role)});
  }
  return candidates;
}

/// What the workflow's own way to assign does; nothing where it has none from here that asks for no more.
std::optional<workflow::Decision> way_to_assign(const TicketRecord& ticket, const std::string& assignee,
                                                const settings::Settings& settings) {
  const auto state = workflow_state_of(ticket, settings);
  const workflow::Roles clock = {std::string(workflow::kAnybody)};
  for (const auto* transition : workflow::allowed_actions(settings, state, clock)) {
    if (transition->action != settings::Action::assign || transition->department) continue;
    workflow::ActionRequest request;
    request.action = transition->id;
    request.assignee = assignee;
    if (auto decided = workflow::decide(settings, state, request, clock)) return *std::move(decided);
  }
  return std::nullopt;
}

std::vector<NewEvent> append_alone(db::Connection& connection, TicketRecord& ticket, std::string type,
                                   json data, Instant now) {
  NewEvent event;
  event.event_id = new_uuid(now);
  event.type = std::move(type);
  event.actor = system_actor();
  event.at = now;
  event.data = std::move(data);
  append_event(connection, ticket, event, now);
  return {std::move(event)};
}

std::vector<NewEvent> give_to(db::Connection& connection, TicketRecord& ticket,
                              const settings::Settings& settings, const std::string& user,
                              const std::string& role, json why, Instant now) {
  note_turn(connection, user, now);
  if (const auto way = way_to_assign(ticket, user, settings))
    return carry_out(connection, ticket, settings, *way, role, why, now);
  ticket.assignee = user;
  why["assignee"] = user;
  why["assignee_role"] = role;
  return append_alone(connection, ticket, "assigned", std::move(why), now);
}

std::vector<NewEvent> find_somebody(db::Connection& connection, TicketRecord& ticket,
                                    const settings::Settings& settings, bool for_the_first_time,
                                    Instant now) {
  const settings::Assignment& assignment = settings.assignments.at(*ticket.department);
  hold_turns(connection, *ticket.department, now);
  const auto roles = resolvers_of(connection, ticket, settings);
  const auto choice = workflow::choose_assignee(
      assignment.by, candidates_among(connection, roles, Shifts(settings, assignment, now), now));
  json why = {{"by", domain::to_text(assignment.by)}};
  if (choice.id)
    return give_to(connection, ticket, settings, *choice.id, roles.at(*choice.id), std::move(why), now);
  await_assignee(connection, ticket.ticket_id, now + kUntilTheNextTry);
  if (!for_the_first_time) return {};
  why["department"] = *ticket.department;
  why["because"] = domain::to_text(choice.nobody_because);
  return append_alone(connection, ticket, "not_assigned", std::move(why), now);
}

}  // namespace

std::vector<NewEvent> assign_by_itself(db::Connection& connection, TicketRecord& ticket,
                                       const settings::Settings& settings, Instant now) {
  if (!is_for_its_department(ticket, settings)) return {};
  return find_somebody(connection, ticket, settings, true, now);
}

std::vector<NewEvent> assign_if_due(db::Connection& connection, TicketRecord& ticket,
                                    const settings::Settings& settings, Instant now) {
  const auto due_at = next_try(connection, ticket, settings);
  if (!due_at || *due_at > now) return {};
  return find_somebody(connection, ticket, settings, false, now);
}

bool drop_departed_assignee(db::Connection& connection, TicketRecord& ticket) {
  if (!ticket.assignee) return false;
  const auto user = UserStore(connection).find(*ticket.assignee);
  if (user && user->enabled) return false;
  ticket.assignee.reset();
  return true;
}

}  // namespace ccms::server
