#include "tests/core/workflow/real_log/process.h"

#include <set>
#include <stdexcept>

#include "core/tz/tz.h"
#include "core/workflow/workflow.h"

namespace ccms::workflow::testing {
namespace {

using settings::Action;
using settings::State;
using settings::StateType;
using settings::Transition;

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
  made.who = {"hq"};
  return made;
}

/// A timestamp of the log, its seconds cut off.
domain::Instant minute_of(const std::string& timestamp) {
  const auto read = domain::parse_rfc3339(timestamp.substr(0, 16) + ":00.000Z").value();
  return tz::earliest(kRealLogZone, domain::LocalTime(read.time_since_epoch())).value().at;
}

StateEntered entered(const settings::Settings& settings, const std::string& id) {
  const State* state = settings.find_state(id);
  return {state->type, state->type == StateType::pending, true};
}

/// Takes one case through the workflow, event by event.
class Walk {
 public:
  Walk(const settings::Settings& settings, const LoggedCase& logged) : settings_(settings) {
    ticket_.workflow = settings.workflows.back().id;
    ticket_.state = settings.workflows.back().initial;
    facts_.priority = logged.priority;
    facts_.region = "nl";
    replayed_.timeline.push_back(
        {minute_of(logged.events.front().timestamp), Opened{facts_, StateType::open, false}});
  }

  void take(const LoggedEvent& event) {
    const domain::Instant at = minute_of(event.timestamp);
    const Meaning* meaning = meaning_of(event.activity);
    if (meaning == nullptr) {
      note(at, event);
      return;
    }
    ask(*meaning, event);
    if (meaning->action == Action::assign) {
      ticket_.department = facts_.department = event.team;
      replayed_.timeline.push_back({at, FactsChanged{facts_}});
    }
    if (meaning->leads_to != nullptr) {
      ticket_.state = meaning->leads_to;
      replayed_.timeline.push_back({at, entered(settings_, ticket_.state)});
    }
  }

  ReplayedCase done() && {
    replayed_.state = ticket_.state;
    return std::move(replayed_);
  }

 private:
  void note(domain::Instant at, const LoggedEvent& event) {
    ++replayed_.notes;
    if (is_word_to_the_customer(event.activity))
      replayed_.timeline.push_back({at, ClockStopped{settings::TatClock::first_response}});
  }

  /// Whether the workflow has it. What it decides must be what the log says happened.
  void ask(const Meaning& meaning, const LoggedEvent& event) {
    ActionRequest request;
    request.action = std::string(domain::to_text(meaning.action));
    if (meaning.action == Action::assign) request.department = event.team;
    const auto decision = decide(settings_, ticket_, request, {"hq"});
    if (!decision) {
      if (decision.error().code != "transition_not_allowed")
        throw std::runtime_error(event.number + ": " + decision.error().message);
      ++replayed_.forbidden[{ticket_.state, event.activity}];
      return;
    }
    ++replayed_.taken;
    if (decision->to_state != (meaning.leads_to != nullptr ? meaning.leads_to : ticket_.state) ||
        decision->department.value_or("") != request.department.value_or(""))
      throw std::runtime_error(event.number + ": the workflow leads elsewhere");
  }

  const settings::Settings& settings_;
  TicketState ticket_;
  TatFacts facts_;
  ReplayedCase replayed_;
};

}  // namespace

settings::Settings real_log_settings(const std::vector<LoggedCase>& cases) {
  settings::Settings settings;
  std::set<std::string> teams;
  for (const LoggedCase& one : cases) {
    for (const LoggedEvent& event : one.events) teams.insert(event.team);
  }
  for (const std::string& team : teams) settings.form.departments.push_back({team, {}, false});
  settings::Workflow& workflow = settings.workflows.emplace_back();
  workflow.id = "incidents";
  workflow.initial = "open";
  workflow.verification = settings::VerificationFlow::none;
  settings.states = {state("open", StateType::open), state("in_progress", StateType::in_progress),
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
  Walk walk(settings, logged);
  for (const LoggedEvent& event : logged.events) walk.take(event);
  return std::move(walk).done();
}

}  // namespace ccms::workflow::testing
