#include "server/settings/state_succession.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "server/store/ticket_workflow.h"

namespace ccms::server {
namespace {

bool has_way_out(const settings::Workflow& flow, const std::string& state) {
  return std::any_of(flow.transitions.begin(), flow.transitions.end(), [&](const settings::Transition& step) {
    return step.starts_in(state) && step.to && *step.to != state;
  });
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
  const auto rows = connection.query(
      "SELECT workflow, kind, category, state, COUNT(*) AS n FROM tickets "
      "WHERE state_type NOT IN ('closed', 'invalid') AND withdrawn = 0 AND training = 0 "
      "AND merged_into IS NULL GROUP BY workflow, kind, category, state");
  for (const db::Row row : rows) {
    TicketRecord tickets;
    tickets.workflow = row.text("workflow");
    tickets.kind = row.text("kind");
    tickets.category = row.optional_text("category");
    tickets.state = row.text("state");
    if (is_missing(tickets, next)) continue;
    const auto& flow = workflow_of(tickets, next);
    if (has_way_out(flow, tickets.state) || !has_way_out(workflow_of(tickets, former), tickets.state))
      continue;
    stranded[{static_cast<std::size_t>(&flow - next.workflows.data()), tickets.state}] += row.integer("n");
  }
  std::vector<settings::Problem> problems;
  for (const auto& [where, count] : stranded) {
    const auto& [index, state] = where;
    problems.push_back({{"in_use",
                         std::to_string(count) + " open tickets are in the state \"" + state +
                             "\", which no step of this workflow leads out of",
                         "/workflows/" + std::to_string(index) + "/transitions"},
                        '"' + state + '"'});
  }
  return problems;
}

}  // namespace ccms::server
