#include "tests/core/workflow/real_log.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <tuple>

#include "core/tz/tz.h"
#include "core/wire/csv.h"
#include "core/workflow/workflow.h"
#include "tests/support/files/files.h"

namespace ccms::workflow::testing {
namespace {

using settings::Action;
using settings::State;
using settings::StateType;
using settings::Transition;

/// One file's records, with its columns by name.
class Table {
 public:
  explicit Table(const std::string& name) : text_(test::read_file(test::shared_data(name))), reader_(text_) {
    const auto header = reader_.next();
    if (!header) throw std::runtime_error(name + " is empty");
    for (std::size_t i = 0; i < header->size(); ++i) columns_[(*header)[i]] = i;
  }

  bool next() {
    auto record = reader_.next();
    if (!record) return false;
    record_ = *std::move(record);
    return true;
  }

  const std::string& operator[](const std::string& column) const { return record_.at(columns_.at(column)); }

 private:
  std::string text_;
  wire::CsvReader reader_;
  std::map<std::string, std::size_t> columns_;
  std::vector<std::string> record_;
};

/// What an activity of the log is in our workflow.
struct Meaning {
  Action action;
  const char* leads_to;  ///< null: the state stays
};

const Meaning* meaning_of(const std::string& activity) {
  static const std::map<std::string, Meaning> kMeanings = {
      {"Assignment", {Action::assign, nullptr}},
      {"Reassignment", {Action::assign, nullptr}},
      {"Status Change", {Action::start, "in_progress"}},
      {"External Vendor Assignment", {Action::hand_over, "with_vendor"}},
      {"External Vendor Reassignment", {Action::hand_over, "with_vendor"}},
      {"Pending vendor", {Action::hand_over, "with_vendor"}},
      {"Resolved", {Action::ready, "resolved"}},
      {"Closed", {Action::close, "closed"}},
      {"Reopen", {Action::reopen, "open"}},
  };
  const auto found = kMeanings.find(activity);
  return found == kMeanings.end() ? nullptr : &found->second;
}

bool is_word_to_the_customer(const std::string& activity) {
  return activity == "Communication with customer" || activity == "Mail to Customer";
}

State state(std::string id, StateType type) {
  State made;
  made.id = std::move(id);
  made.type = type;
  return made;
}

Transition transition(Action action, std::vector<std::string> from, const char* to) {
  Transition made;
  made.id = std::string(domain::to_text(action));
  made.action = action;
  made.from = std::move(from);
  if (to != nullptr) made.to = to;
  made.who = {settings::Role::hq};
  return made;
}

/// A timestamp of the log, its seconds cut off.
domain::Instant minute_of(const std::string& timestamp) {
  const auto read = domain::parse_rfc3339(timestamp.substr(0, 16) + ":00.000Z").value();
  return tz::earliest(kRealLogZone, domain::LocalTime(read.time_since_epoch())).value().at;
}

StateEntered entered(const settings::Workflow& workflow, const std::string& id) {
  const State* state = workflow.find_state(id);
  return {state->type, id == "with_vendor", true};
}

}  // namespace

std::vector<LoggedCase> read_real_log() {
  std::vector<LoggedCase> cases;
  std::map<std::string, std::size_t> places;
  for (Table table("workflow_cases_bpic14.csv"); table.next();) {
    places[table["case_id"]] = cases.size();
    cases.push_back({table["case_id"], table["priority"], {}});
  }
  for (Table table("workflow_events_bpic14.csv"); table.next();) {
    cases.at(places.at(table["case_id"]))
        .events.push_back({table["activity"], table["timestamp"], table["event_no"], table["resource"]});
  }
  for (LoggedCase& one : cases) {
    std::sort(one.events.begin(), one.events.end(), [](const LoggedEvent& a, const LoggedEvent& b) {
      return std::tie(a.timestamp, a.number) < std::tie(b.timestamp, b.number);
    });
  }
  return cases;
}

settings::Settings real_log_settings() {
  settings::Settings settings;
  settings::Workflow& workflow = settings.workflow;
  workflow.id = "incidents";
  workflow.initial = "open";
  workflow.verification = settings::VerificationFlow::none;
  workflow.states = {state("open", StateType::open), state("in_progress", StateType::in_progress),
                     state("with_vendor", StateType::pending), state("resolved", StateType::resolved),
                     state("closed", StateType::closed)};
  workflow.transitions = {
      transition(Action::assign, {"open", "in_progress", "with_vendor"}, nullptr),
      transition(Action::start, {"open", "in_progress", "with_vendor"}, "in_progress"),
      transition(Action::hand_over, {"open", "in_progress", "with_vendor"}, "with_vendor"),
      transition(Action::ready, {"open", "in_progress", "with_vendor"}, "resolved"),
      transition(Action::close, {"open", "in_progress", "with_vendor", "resolved"}, "closed"),
      transition(Action::reopen, {"resolved", "closed"}, "open"),
  };
  return settings;
}

ReplayedCase replay(const settings::Settings& settings, const LoggedCase& logged) {
  ReplayedCase replayed;
  TicketState ticket;
  ticket.state = settings.workflow.initial;
  TatFacts facts;
  facts.priority = logged.priority;
  facts.region = "nl";
  replayed.timeline.push_back(
      {minute_of(logged.events.front().timestamp), Opened{facts, StateType::open, false}});
  for (const LoggedEvent& event : logged.events) {
    const domain::Instant at = minute_of(event.timestamp);
    const Meaning* meaning = meaning_of(event.activity);
    if (meaning == nullptr) {
      ++replayed.notes;
      if (is_word_to_the_customer(event.activity))
        replayed.timeline.push_back({at, ClockStopped{settings::TatClock::first_response}});
      continue;
    }
    ActionRequest request;
    request.action = std::string(domain::to_text(meaning->action));
    if (meaning->action == Action::assign) request.assignee = event.team;
    const auto decision = decide(settings, ticket, request, {settings::Role::hq});
    if (decision) {
      ++replayed.taken;
      ticket.state = decision->to_state;
    } else {
      ++replayed.forbidden[{ticket.state, event.activity}];
      if (meaning->leads_to != nullptr) ticket.state = meaning->leads_to;
    }
    replayed.timeline.push_back({at, entered(settings.workflow, ticket.state)});
  }
  replayed.closed = ticket.state == "closed";
  return replayed;
}

}  // namespace ccms::workflow::testing
