#include "server/what_if/simulated_ticket.h"

#include <algorithm>

#include "core/settings/form.h"
#include "core/tz/tz.h"
#include "core/wire/ticket_json.h"
#include "core/workflow/notifications.h"
#include "core/workflow/routing.h"
#include "core/workflow/simulation.h"
#include "server/what_if/step_view.h"

namespace ccms::server {
namespace {

using domain::Error;
using domain::Instant;
using domain::Result;
using nlohmann::json;

constexpr std::string_view kFormat = "2026-11-27T17:50";

/// The reading of a wall clock, in years for which every deadline can be written.
std::optional<domain::LocalTime> parse_reading(const std::string& text) {
  constexpr std::string_view first_year = "2000", last_year = "2199";
  const auto year = std::string_view(text).substr(0, first_year.size());
  if (text.size() != kFormat.size() || year < first_year || year > last_year) return std::nullopt;
  const auto moment = domain::parse_rfc3339(text + ":00.000Z");
  if (!moment) return std::nullopt;
  return domain::LocalTime(moment->time_since_epoch());
}

template <class List>
bool knows(const List& list, const std::string& id) {
  return id.empty() || settings::find_by_id(list, id) != nullptr;
}

Result<void> check_references(const settings::Settings& settings, const SimulationWish& wish) {
  if (settings.find_store(wish.store) == nullptr)
    return Error{"unknown_value", "there is no such store", "/store"};
  if (!knows(settings.form.categories, wish.category))
    return Error{"unknown_value", "there is no such category", "/category"};
  if (!knows(settings.form.priorities, wish.priority))
    return Error{"unknown_value", "there is no such priority", "/priority"};
  if (!knows(settings.form.departments, wish.department))
    return Error{"unknown_value", "there is no such department", "/department"};
  const auto& languages = settings.form.languages;
  if (!wish.language.empty() &&
      std::find(languages.begin(), languages.end(), wish.language) == languages.end())
    return Error{"unknown_value", "the chain does not write in this language", "/language"};
  return {};
}

/// One of the words of an enumeration, or none.
template <class Enum>
Result<std::optional<Enum>> word(const std::string& text, const char* field) {
  if (text.empty()) return std::optional<Enum>();
  if (const auto value = domain::from_text<Enum>(text)) return std::optional<Enum>(value);
  std::string words;
  for (const auto& known : domain::kEnumNames<Enum>)
    words += (words.empty() ? "" : ", ") + std::string(known.name);
  return Error{"unknown_value", "one of " + words, field};
}

Result<domain::CustomValues> custom_values(const settings::Settings& settings, const std::string& text) {
  if (text.empty()) return domain::CustomValues{};
  auto values = wire::custom_values_from_text(text);
  if (!values) return Error{"bad_value", "a JSON object with values of the chain's own fields", "/custom"};
  for (const auto& [field, value] : *values) {
    if (settings.form.find_field(field.str()) == nullptr)
      return Error{"unknown_value", "there is no such field", "/custom/" + field.str()};
  }
  return *std::move(values);
}

/// What no form would take as the value of one of the chain's own fields.
Result<void> check_custom_values(const settings::Settings& settings, const domain::TicketFacts& facts) {
  constexpr std::string_view in_request = "/ticket";
  domain::TicketRequest request;
  request.content.kind = facts.kind;
  request.content.ticket.category = facts.category;
  request.content.ticket.custom = facts.custom;
  for (const auto screen : {settings::Screen::till, settings::Screen::console}) {
    for (auto& error : settings::validate_request(settings.form, request, screen)) {
      const bool is_asked = error.code == "missing_field" || error.code == "hidden_field";
      if (is_asked || !error.field.starts_with("/ticket/custom/")) continue;
      error.field.erase(0, in_request.size());
      return std::move(error);
    }
  }
  return {};
}

Result<domain::TicketFacts> facts_of(const settings::Settings& settings, const SimulationWish& wish) {
  if (const auto known = check_references(settings, wish); !known) return known.error();
  const auto kind = word<domain::TicketKind>(wish.kind, "/kind");
  if (!kind) return kind.error();
  const auto channel = word<domain::Channel>(wish.channel, "/channel");
  if (!channel) return channel.error();
  const auto verification = word<domain::Verification>(wish.verification, "/verification");
  if (!verification) return verification.error();
  auto custom = custom_values(settings, wish.custom);
  if (!custom) return custom.error();
  domain::TicketFacts facts;
  facts.kind = kind->value_or(facts.kind);
  facts.channel = *channel;
  facts.verification = *verification;
  facts.custom = *std::move(custom);
  facts.details = wish.details;
  facts.store = domain::StoreId(wish.store);
  facts.language = wish.language.empty() ? settings.form.languages.front() : wish.language;
  if (!wish.category.empty()) facts.category = domain::CategoryId(wish.category);
  if (!wish.priority.empty()) facts.priority = domain::PriorityId(wish.priority);
  if (!wish.department.empty()) facts.requested_department = domain::DepartmentId(wish.department);
  if (wish.amount) facts.amount = domain::Money{*wish.amount, settings.form.currency};
  if (const auto valid = check_custom_values(settings, facts); !valid) return valid.error();
  return facts;
}

bool is_earlier(const Happening& a, const Happening& b) { return a.at < b.at; }

/// Tells a simulation, one thing after the other.
class Teller {
  enum class Audience { everybody, those_at_work };

 public:
  Teller(const settings::Settings& settings, const domain::TicketFacts& facts, Instant at)
      : settings_(settings), facts_(facts), at_(at), language_(settings.form.languages.front()) {}

  SimulatedTicket tell(const workflow::Simulated& simulated) {
    told_.time_zone = settings_.find_region_of_store(facts_.store.str())->time_zone;
    told_.endless = simulated.endless;
    opened();
    routed(simulated);
    nobody_has_it_ = simulated.waits_for_verification;
    tell_of({settings::Occasion::created, ""}, at_, told_.happens);
    for (const auto& due : simulated.due) {
      if (due.aim) is_due(*due.aim, "aim", due);
      if (due.deadline) is_due(*due.deadline, "deadline", due);
    }
    for (const auto& step : simulated.steps) escalated(step);
    for (const auto& move : simulated.moves) moved(move);
    std::stable_sort(told_.unattended.begin(), told_.unattended.end(), is_earlier);
    return std::move(told_);
  }

 private:
  void add(Instant at, std::string text, json details) {
    told_.happens.push_back({at, std::move(text), "", std::nullopt, std::move(details)});
  }

  void opened() {
    const auto& name = settings_.find_store(facts_.store.str())->name;
    add(at_, "opened at " + name + ", " + told_.time_zone,
        {{"what", "opened"}, {"store", facts_.store.str()}});
  }

  void routed(const workflow::Simulated& simulated) {
    const auto& route = simulated.route;
    told_.route = {{"department", route.department},
                   {"priority", route.priority},
                   {"rule", route.rule},
                   {"explanation", route.explanation},
                   {"text", workflow::explain(settings_, facts_, route, language_)}};
    const bool waits = simulated.waits_for_verification;
    add(at_,
        (waits ? "waits to be verified, then goes to " : "goes to ") +
            name_in(settings_.form.departments, route.department) + ", priority " +
            name_in(settings_.form.priorities, route.priority),
        {{"what", waits ? "waits" : "routed"},
         {"department", route.department},
         {"priority", route.priority}});
    told_.happens.back().reason = told_.route["text"].get<std::string>();
  }

  /// Tells those of `audience` whom a rule about the moment names, unless nobody has the ticket.
  void tell_of(const workflow::NotificationMoment& moment, Instant at, std::vector<Happening>& told,
               Audience audience = Audience::everybody) const {
    for (const auto* rule : workflow::rules_for(settings_, moment)) {
      const bool is_customer = rule->to == settings::Recipient::customer;
      if (is_customer ? audience == Audience::everybody : !nobody_has_it_)
        told.push_back(notified(*rule, at));
    }
  }

  static Happening notified(const settings::NotificationRule& rule, Instant at) {
    const std::string to(domain::to_text(rule.to));
    json channels = json::array();
    std::string by;
    for (const auto channel : rule.channels) {
      channels.push_back(domain::to_text(channel));
      by += (by.empty() ? "" : " and ") + std::string(domain::to_text(channel));
    }
    return {at,
            "tells the " + to + " by " + by + " (" + rule.id + ")",
            "",
            std::nullopt,
            {{"what", "notified"}, {"to", to}, {"channels", std::move(channels)}, {"rule", rule.id}}};
  }

  void moved(const workflow::SimulatedMove& move) {
    const auto& what = move.what;
    json details = {{"what", "moved"}, {"transition", what.transition->id}, {"state", what.to_state}};
    std::string text = "by itself: " + what.transition->label.in(language_) + ", now " +
                       name_in(settings_.states, what.to_state);
    if (what.priority) {
      text += ", priority " + name_in(settings_.form.priorities, *what.priority);
      details["priority"] = *what.priority;
    }
    if (what.department) {
      text += ", goes to " + name_in(settings_.form.departments, *what.department);
      details["department"] = *what.department;
    }
    if (what.department) nobody_has_it_ = false;
    told_.unattended.push_back({move.at, std::move(text), "", std::nullopt, std::move(details)});
    if (move.allocates)  // the customer was told when it came in
      tell_of({settings::Occasion::created, ""}, move.at, told_.unattended, Audience::those_at_work);
    if (what.notification) tell_of({*what.notification, ""}, move.at, told_.unattended);
    tell_of({settings::Occasion::step, what.transition->id}, move.at, told_.unattended);
  }

  void is_due(Instant at, const char* what, const workflow::SimulatedDue& due) {
    const auto* tat = settings::find_by_id(settings_.tats, due.tat);
    const char* done = due.clock == settings::TatClock::resolution ? "done" : "answered";
    add(at, std::string(what) + ": " + done + " (" + tat->name.in(language_) + ")",
        {{"what", what}, {"clock", domain::to_text(due.clock)}, {"turn_around_time", due.tat}});
  }

  void escalated(const workflow::SimulatedStep& step) {
    json details = effects_json(*step.what);
    details.update({{"what", "escalated"}, {"ladder", step.ladder}, {"step", step.step}});
    if (!step.tat.empty()) details["turn_around_time"] = step.tat;
    if (!step.role.empty()) details["role"] = step.role;
    details["message_at"] = domain::format_rfc3339(step.tell_at);
    Happening happening{step.at, step.ladder + ", " + step.step + ":" + effects_text(*step.what), "",
                        std::nullopt, std::move(details)};
    if (step.tell_at > step.at) happening.message_at = step.tell_at;
    told_.unattended.push_back(std::move(happening));
  }

  template <class List>
  std::string name_in(const List& list, const std::string& id) const {
    const auto* found = settings::find_by_id(list, id);
    return found == nullptr ? id : found->label.in(language_);
  }

  const settings::Settings& settings_;
  const domain::TicketFacts& facts_;
  const Instant at_;
  const std::string& language_;
  bool nobody_has_it_ = false;  ///< so there is no department that could be told
  SimulatedTicket told_;
};

}  // namespace

Result<SimulatedTicket> simulate_ticket(const settings::Settings& settings, const SimulationWish& wish) {
  const auto facts = facts_of(settings, wish);
  if (!facts) return facts.error();
  const auto reading = parse_reading(wish.at);
  if (!reading) return Error{"bad_value", "the store's local time, such as " + std::string(kFormat), "/at"};
  const auto at = tz::earliest(settings.find_region_of_store(wish.store)->time_zone, *reading);
  if (!at) return at.error();
  const auto simulated = workflow::simulate(settings, *facts, at->at);
  return Teller(settings, *facts, at->at).tell(simulated);
}

json simulated_json(const SimulatedTicket& simulated) {
  auto all = simulated.happens;
  all.insert(all.end(), simulated.unattended.begin(), simulated.unattended.end());
  std::stable_sort(all.begin(), all.end(), is_earlier);
  json timeline = json::array();
  for (auto& happening : all) {
    json entry = std::move(happening.details);
    entry["at"] = domain::format_rfc3339(happening.at);
    const auto local = tz::format_local(simulated.time_zone, happening.at);
    if (local) entry["local"] = *local;
    entry["text"] = happening.text;
    timeline.push_back(std::move(entry));
  }
  return {{"time_zone", simulated.time_zone},
          {"route", simulated.route},
          {"timeline", std::move(timeline)},
          {"endless", simulated.endless}};
}

}  // namespace ccms::server
