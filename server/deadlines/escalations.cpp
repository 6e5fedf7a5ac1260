#include "server/deadlines/escalations.h"

#include <algorithm>

#include "server/app/identifiers.h"
#include "server/notify/escalation_notices.h"
#include "server/store/ticket_events.h"

namespace ccms::server {
namespace {

const EventActor kSystem{"system", "server", "CCMS"};

bool answers_for(const RoleGrant& grant, const TicketRecord& ticket) {
  const auto role = domain::from_text<settings::Role>(grant.role);
  if (!role) return false;
  switch (*role) {
    case settings::Role::hq:
      return true;
    case settings::Role::department_staff:
      return ticket.department == grant.scope;
    case settings::Role::store_manager:
      return ticket.reported_store == grant.scope;
  }
  return false;
}

workflow::Roster roster_of(const TicketRecord& ticket, const std::vector<User>& users) {
  workflow::Roster roster;
  for (const auto& user : users) {
    workflow::RosterMember member;
    member.user = user.user_id;
    for (const auto& grant : user.roles) {
      if (answers_for(grant, ticket)) member.roles.push_back(grant.role);
    }
    if (!member.roles.empty()) roster.push_back(std::move(member));
  }
  return roster;
}

std::vector<User> people_of(const workflow::DueStep& due, const std::vector<User>& users) {
  std::vector<User> people;
  for (const auto& user : users) {
    if (std::find(due.people.begin(), due.people.end(), user.user_id) != due.people.end())
      people.push_back(user);
  }
  return people;
}

nlohmann::json event_data(const workflow::DueStep& due, const std::vector<User>& people) {
  nlohmann::json data = step_json(due.key);
  data["due_at"] = domain::format_rfc3339(due.due_at);
  data["told"] = nlohmann::json::array();
  for (const auto& person : people) data["told"].push_back(person.name);
  for (const auto& address : due.step->notify.addresses) data["told"].push_back(address);
  if (!due.roles_without_people.empty()) data["nobody_in"] = due.roles_without_people;
  if (due.step->set_priority) data["priority"] = *due.step->set_priority;
  if (due.step->assign && due.step->assign->department) data["department"] = *due.step->assign->department;
  return data;
}

void apply(const settings::EscalationStep& step, TicketRecord& ticket) {
  if (step.set_priority) ticket.priority = step.set_priority;
  if (step.assign && step.assign->department && ticket.department != step.assign->department) {
    ticket.department = step.assign->department;
    ticket.assignee.reset();  // who works there does not go along
  }
}

}  // namespace

std::size_t take_due_steps(db::Connection& connection, TicketRecord& ticket, const TicketClocks& clocks,
                           const std::vector<User>& users, Instant now) {
  if (!clocks.under || ticket.training || ticket.withdrawn) return 0;
  const auto plan = plan_of(clocks, roster_of(ticket, users), now);
  for (const auto& due : plan.due) {
    const auto people = people_of(due, users);
    NewEvent event;
    event.event_id = new_uuid(now);
    event.type = "escalated";
    event.actor = kSystem;
    event.at = now;
    event.data = event_data(due, people);
    append_event(connection, ticket, event, now);
    apply(*due.step, ticket);
    enqueue_escalation_notices(connection, ticket, clocks, {due, people, event.event_id}, now);
  }
  return plan.due.size();
}

}  // namespace ccms::server
