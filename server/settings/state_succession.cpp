#include "server/settings/state_succession.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include "server/store/active_tickets.h"

#include "server/store/active_tickets.h"
#include "server/store/ticket_workflow.h"

namespace ccms::server {
namespace {

bool has_way_out(const settings::Workflow& flow, const std::string& state) {
  return std::any_of(flow.transitions.begin(), flow.transitions.end(), [&](const settings::Transition& step) {
    return step.starts_in(state) && step.to && *step.to != state;
  });
}

/// The states that a workflow of both leads out of no more: the only ones whose tickets have to be counted.
std::set<std::string> states_without_the_former_way_out(const settings::Settings& former,
                                                        const settings::Settings& next) {
  std::set<std::string> states;
  for (const auto& flow : former.workflows) {
    const auto* kept = next.find_workflow(flow.id);
    if (kept == nullptr) continue;
    for (const auto& state : former.states) {
      if (has_way_out(flow, state.id) && !has_way_out(*kept, state.id)) states.insert(state.id);
    }
  }
  return states;
}

std::vector<settings::Problem> problems_of(
    const std::map<std::pair<std::size_t, std::string>, std::int64_t>& stranded,
    const settings::Settings& next) {
  std::vector<settings::Problem> problems;
  for (const auto& [where, count] : stranded) {
    const auto& [index, state] = where;
    problems.push_back(
        {{"in_use",
          std::to_string(count) + " open tickets of the workflow \"" + next.workflows[index].id +
              "\" are in the state \"" + state + "\", which no step leads out of",
          "/workflows/" + std::to_string(index) + "/transitions"},
         '"' + state + '"'});
  }
  return problems;
}

/// Whether the lists say already that something is missing.
bool is_missing(const TicketRecord& tickets, const settings::Settings& next) {
  return next.find_state(tickets.state) == nullptr ||
         (!tickets.workflow.empty() && next.find_workflow(tickets.workflow) == nullptr);
}

}  // namespace

std::vector<settings::Problem> state_problems_of_succession(db::Connection& connection,
                                                            const settings::Settings& former,
                                                            const settings::Settings& next) {
  std::map<std::pair<std::size_t, std::string>, std::int64_t> stranded;
  for (const auto& state : states_without_the_former_way_out(former, next)) {
    const auto rows = connection.query(
        "SELECT t.workflow AS workflow, t.kind AS kind, t.category AS category, COUNT(*) AS n FROM tickets t "
        "WHERE t.state = ? AND " +
            std::string(kMayGoOn) + " GROUP BY t.workflow, t.kind, t.category",
        {state});
    for (const db::Row row : rows) {
      TicketRecord tickets;
      tickets.workflow = row.text("workflow");
      tickets.kind = row.text("kind");
      tickets.category = row.optional_text("category");
      tickets.state = state;
      if (is_missing(tickets, next)) continue;
      const auto& flow = workflow_of(tickets, next);
      if (has_way_out(flow, state) || !has_way_out(workflow_of(tickets, former), state)) continue;
      stranded[{static_cast<std::size_t>(&flow - next.workflows.data()), state}] += row.integer("n");
    }
  }
  return problems_of(stranded, next);
}

}  // namespace ccms::server
