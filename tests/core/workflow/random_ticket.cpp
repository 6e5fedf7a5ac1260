#include "tests/core/workflow/random_ticket.h"

#include <iterator>

namespace ccms::workflow::testing {
namespace {

using settings::Span;
using settings::StateType;
using settings::Tat;
using settings::TatClock;

bool one_in(std::mt19937_64& random, int chances) { return random_int(random, 1, chances) == 1; }

template <class T, std::size_t N>
const T& any_of(std::mt19937_64& random, const T (&choices)[N]) {
  return choices[random() % N];
}

const std::string kPriorities[] = {"low", "high", ""};
const std::string kDepartments[] = {"repairs", "refunds", ""};
const std::string kRegions[] = {"north", "south"};

Span random_span(std::mt19937_64& random) {
  switch (random_int(random, 0, 3)) {
    case 0:
      return {Span::Unit::elapsed_minutes, random_int(random, 1, 3000)};
    case 1:
      return {Span::Unit::working_days, random_int(random, 1, 3)};
    default:
      return {Span::Unit::working_minutes, random_int(random, 1, 1200)};
  }
}

Tat random_tat(std::mt19937_64& random, int number) {
  Tat tat;
  tat.id = "tat" + std::to_string(number);
  // The first is of responses, the others of resolutions: a TAT does not change its clock.
  tat.clock = number == 1 ? TatClock::first_response : TatClock::resolution;
  if (one_in(random, 3)) tat.when.priority = {any_of(random, kPriorities)};
  if (one_in(random, 4)) tat.when.requested_department = {any_of(random, kDepartments)};
  if (!one_in(random, 6)) tat.maximum = random_span(random);
  if (one_in(random, 2)) tat.minimum["high"] = random_span(random);
  if (one_in(random, 2)) tat.minimum_otherwise = random_span(random);
  tat.on_change = static_cast<settings::OnChange>(random_int(random, 0, 2));
  tat.on_reopen = static_cast<settings::OnReopen>(random_int(random, 0, 1));
  tat.pauses = !one_in(random, 4);
  return tat;
}

TatFacts random_facts(std::mt19937_64& random) {
  TatFacts facts;
  facts.priority = any_of(random, kPriorities);
  facts.department = any_of(random, kDepartments);
  facts.region = any_of(random, kRegions);
  facts.settings_version = one_in(random, 3) ? 2 : 1;
  return facts;
}

StateType random_state(std::mt19937_64& random) {
  constexpr StateType states[] = {StateType::open,    StateType::in_progress, StateType::in_progress,
                                  StateType::pending, StateType::pending,     StateType::resolved,
                                  StateType::closed,  StateType::invalid,     StateType::new_};
  return any_of(random, states);
}

TimelineChange random_change(std::mt19937_64& random, TatFacts& facts) {
  switch (random_int(random, 0, 9)) {
    case 0:
      return ClockStopped{one_in(random, 3) ? TatClock::resolution : TatClock::first_response};
    case 1:
      return ClockRestarted{one_in(random, 3) ? TatClock::first_response : TatClock::resolution};
    case 2:
    case 3:
    case 4: {
      // Mostly one thing at a time.
      const TatFacts other = random_facts(random);
      if (one_in(random, 2)) facts.priority = other.priority;
      if (one_in(random, 3)) facts.department = other.department;
      if (one_in(random, 4)) facts.region = other.region;
      if (one_in(random, 4)) facts.settings_version = other.settings_version;
      return FactsChanged{facts};
    }
    default:
      return StateEntered{random_state(random), one_in(random, 3), one_in(random, 3)};
  }
}

}  // namespace

TatRulesOf RandomTicket::rules_of() const {
  return [this](std::int64_t version) -> const TatRules* {
    const auto found = rules.find(version);
    return found == rules.end() ? nullptr : &found->second;
  };
}

RandomTicket random_ticket(std::mt19937_64& random, const Place& place) {
  RandomTicket ticket;
  OracleVersion& first = ticket.versions[1];
  for (int number = 1; number <= 3; ++number) first.tats.push_back(random_tat(random, number));
  for (const std::string& region : kRegions) first.calendars[region] = random_calendar(random, place);
  // The second version changed some of it.
  OracleVersion& second = ticket.versions[2];
  second = first;
  for (int number = 1; number <= 3; ++number) {
    if (one_in(random, 3)) second.tats[static_cast<std::size_t>(number - 1)] = random_tat(random, number);
  }
  if (one_in(random, 6)) second.tats.erase(second.tats.begin());
  if (one_in(random, 3)) second.calendars["north"] = random_calendar(random, place);

  for (const auto& [number, version] : ticket.versions) {
    TatRules& rules = ticket.rules[number];
    rules.tats = version.tats;
    rules.holds = oracle_holds;
    for (const auto& [region, calendar] : version.calendars)
      rules.calendars.emplace(region, WorkingTime::of(calendar).value());
  }

  domain::Instant at = random_minute(random, place);
  TatFacts facts = random_facts(random);
  ticket.timeline.push_back(
      {at, Opened{facts, one_in(random, 10) ? StateType::closed : StateType::new_, one_in(random, 10)}});
  for (int left = random_int(random, 0, 9); left > 0; --left) {
    if (!one_in(random, 4)) at += std::chrono::minutes(random_int(random, 1, 900));
    ticket.timeline.push_back({at, random_change(random, facts)});
  }
  ticket.now = at + std::chrono::minutes(random_int(random, 0, 1500));
  return ticket;
}

std::string describe(const RandomTicket& ticket) {
  const auto span = [](const std::optional<Span>& one) {
    constexpr const char* kUnits[] = {" working minutes", " working days", " minutes"};
    return one ? std::to_string(one->amount) + kUnits[static_cast<int>(one->unit)] : std::string("none");
  };
  const auto list = [](const std::vector<std::string>& all) {
    std::string out;
    for (const std::string& one : all) out += " \"" + one + "\"";
    return out;
  };
  std::string out;
  for (const auto& [number, version] : ticket.versions) {
    out += "version " + std::to_string(number) + "\n";
    for (const Tat& tat : version.tats) {
      out += "  " + tat.id + " " + std::string(domain::to_text(tat.on_change)) + " reopen " +
             std::string(domain::to_text(tat.on_reopen)) + (tat.pauses ? " pauses" : "") + " max " +
             span(tat.maximum) + " otherwise " + span(tat.minimum_otherwise) + " when" +
             list(tat.when.priority) + " dep" + list(tat.when.requested_department);
      for (const auto& [priority, minimum] : tat.minimum) out += " " + priority + " " + span(minimum);
      out += "\n";
    }
    for (const auto& [region, calendar] : version.calendars)
      out += "  " + region + " " + describe(calendar) + "\n";
  }
  for (const TimelineEntry& entry : ticket.timeline) {
    out += domain::format_rfc3339(entry.at) + " #" + std::to_string(entry.change.index());
    const auto facts = [&](const TatFacts& known) {
      out += " " + known.priority + "/" + known.department + "/" + known.region + "/v" +
             std::to_string(known.settings_version);
    };
    if (const auto* opened = std::get_if<Opened>(&entry.change)) facts(opened->facts);
    if (const auto* changed = std::get_if<FactsChanged>(&entry.change)) facts(changed->facts);
    if (const auto* entered = std::get_if<StateEntered>(&entry.change))
      out += " " + std::string(domain::to_text(entered->type)) + (entered->pauses_clock ? " pauses" : "") +
             (entered->by_staff ? " staff" : "");
    out += "\n";
  }
  return out + "now " + domain::format_rfc3339(ticket.now);
}

}  // namespace ccms::workflow::testing
