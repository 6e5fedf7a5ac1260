#include "server/actions/automatic_assignment.h"

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

namespace ccms::server {
namespace {

using nlohmann::json;

/// Where the workflow names nobody who resolves, the department's own people do: head office can be assigned
/// its tickets by somebody, but has no turn among them.
std::vector<Standing> standings_in_turn(std::vector<Standing> standings, const settings::Workflow& flow) {
  if (flow.resolvers.empty())
    std::erase_if(standings,
                  [](const Standing& standing) { return standing.scope != settings::RoleScope::department; });
  return standings;
}

/// The role in which each user who could be assigned the ticket would get it, by user id.
std::map<std::string, std::string> resolvers_of(db::Connection& connection, const TicketRecord& ticket,
                                                const settings::Settings& settings) {
  std::map<std::string, std::string> roles;
  const auto& flow = workflow_of(ticket, settings);
  for (const User& user : UserStore(connection).list()) {
    const auto standings = standings_in_turn(standings_of(user.roles, &settings), flow);
    auto role = resolving_role(standings, flow, ticket);
    if (!role.empty()) roles.emplace(user.user_id, std::move(role));
  }
  return roles;
}

std::vector<workflow::AssignmentCandidate> candidates_among(db::Connection& connection,
                                                            const std::map<std::string, std::string>& roles,
                                                            const settings::Settings& settings,
                                                            const settings::Assignment& assignment,
                                                            Instant now) {
  std::vector<std::string> ids;
  for (const auto& [id, role] : roles) ids.push_back(id);
  const auto turns = turns_of(connection, ids);
  const auto away = AbsenceStore(connection).away_at(now);
  std::vector<workflow::AssignmentCandidate> candidates;
  for (const auto& [id, role] : roles) {
    const AssignmentTurn& turn = turns.at(id);
    candidates.push_back({id, turn.load, turn.last_at, away.contains(id),
                          workflow::is_on_shift(settings, assignment, role, now)});
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

/// Whether it is for a department to find somebody for it.
bool is_waiting(const TicketRecord& ticket) {
  const auto type = domain::from_text<settings::StateType>(ticket.state_type);
  return ticket.department && !ticket.assignee && !ticket.training && !ticket.withdrawn &&
         !ticket.merged_into && type && !settings::is_terminal(*type);
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

}  // namespace

std::vector<NewEvent> assign_by_itself(db::Connection& connection, TicketRecord& ticket,
                                       const settings::Settings& settings, Instant now) {
  if (!is_waiting(ticket)) return {};
  const auto found = settings.assignments.find(*ticket.department);
  if (found == settings.assignments.end()) return {};
  const settings::Assignment& assignment = found->second;
  const auto roles = resolvers_of(connection, ticket, settings);
  const auto choice = workflow::choose_assignee(
      assignment.by, candidates_among(connection, roles, settings, assignment, now));
  json why = {{"by", domain::to_text(assignment.by)}};
  if (!choice.id) {
    why["department"] = *ticket.department;
    why["because"] = domain::to_text(choice.nobody_because);
    return append_alone(connection, ticket, "not_assigned", std::move(why), now);
  }
  note_turn(connection, *choice.id, now);
  const std::string& role = roles.at(*choice.id);
  if (const auto way = way_to_assign(ticket, *choice.id, settings))
    return carry_out(connection, ticket, settings, *way, role, why, now);
  ticket.assignee = choice.id;
  why["assignee"] = *choice.id;
  why["assignee_role"] = role;
  return append_alone(connection, ticket, "assigned", std::move(why), now);
}

bool drop_departed_assignee(db::Connection& connection, TicketRecord& ticket) {
  if (!ticket.assignee) return false;
  const auto user = UserStore(connection).find(*ticket.assignee);
  if (user && user->enabled) return false;
  ticket.assignee.reset();
  return true;
}

}  // namespace ccms::server
