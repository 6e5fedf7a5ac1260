#include <iostream>

#include "core/tz/tz.h"
#include "core/workflow/notifications.h"
#include "core/workflow/simulation.h"
#include "server/app/database.h"
#include "server/cli/commands.h"
#include "server/cli/files.h"
#include "server/settings/settings_store.h"

namespace ccms::server {
namespace {

using domain::Error;
using domain::Result;

constexpr std::string_view kFormat = "2026-11-27T17:50";

/// The reading of a wall clock: "2026-11-27T17:50".
std::optional<domain::LocalTime> parse_reading(const std::string& text) {
  if (text.size() != kFormat.size()) return std::nullopt;
  const auto moment = domain::parse_rfc3339(text + ":00.000Z");
  if (!moment) return std::nullopt;
  return domain::LocalTime(moment->time_since_epoch());
}

Result<settings::Settings> settings_of(const Config& config, const SimulationWish& wish) {
  if (!wish.file.empty()) {
    const auto document = read_file_or_complain(wish.file);
    if (!document) return Error{"unreadable_file", "this cannot be read", wish.file};
    auto loaded = settings::load_settings(*document, settings_load_options());
    if (!loaded.ok()) return Error{"bad_settings", to_string(loaded.problems.front()), wish.file};
    return *std::move(loaded.value);
  }
  const auto database = open_database(config);
  migrate_database(*database);
  const auto published = SettingsStore(*database).current();
  if (!published) return Error{"no_settings", "no settings have been published yet", ""};
  return published->settings;
}

template <class List>
bool knows(const List& list, const std::string& id) {
  return id.empty() || settings::find_by_id(list, id) != nullptr;
}

Result<domain::TicketFacts> facts_of(const settings::Settings& settings, const SimulationWish& wish) {
  domain::TicketFacts facts;
  const auto kind = domain::from_text<domain::TicketKind>(wish.kind);
  if (!kind) return Error{"unknown_value", "complaint, suggestion, service or task", "--kind"};
  if (settings.find_store(wish.store) == nullptr)
    return Error{"unknown_value", "there is no such store", "--store"};
  if (!knows(settings.form.categories, wish.category))
    return Error{"unknown_value", "there is no such category", "--category"};
  if (!knows(settings.form.priorities, wish.priority))
    return Error{"unknown_value", "there is no such priority", "--priority"};
  if (!knows(settings.form.departments, wish.department))
    return Error{"unknown_value", "there is no such department", "--department"};
  facts.kind = *kind;
  facts.store = domain::StoreId(wish.store);
  facts.language = settings.form.languages.front();
  if (!wish.category.empty()) facts.category = domain::CategoryId(wish.category);
  if (!wish.priority.empty()) facts.priority = domain::PriorityId(wish.priority);
  if (!wish.department.empty()) facts.requested_department = domain::DepartmentId(wish.department);
  if (wish.amount) facts.amount = domain::Money{*wish.amount, settings.form.currency};
  return facts;
}

/// Prints a simulation as people read it: local times of the store, one line for each thing.
class Report {
 public:
  Report(const settings::Settings& settings, const std::string& zone, std::ostream& out)
      : settings_(settings), zone_(zone), language_(settings.form.languages.front()), out_(out) {}

  void print(const workflow::Simulated& simulated, const domain::TicketFacts& facts, Instant at) {
    line(at, "opened at " + settings_.find_store(facts.store.str())->name + ", " + zone_);
    line(at, "goes to " + label(settings_.form.departments, simulated.route.department) + ", priority " +
                 label(settings_.form.priorities, simulated.route.priority));
    out_ << kIndent << workflow::explain(settings_, facts, simulated.route, language_) << '\n';
    print_told(at);
    for (const auto& due : simulated.due) {
      const auto* tat = settings::find_by_id(settings_.tats, due.tat);
      const std::string clock = due.clock == settings::TatClock::resolution ? "done" : "answered";
      if (due.aim) line(*due.aim, "aim: " + clock + " (" + tat->name.in(language_) + ")");
      if (due.deadline) line(*due.deadline, "deadline: " + clock + " (" + tat->name.in(language_) + ")");
    }
    out_ << "if nobody does anything:\n";
    if (simulated.steps.empty()) out_ << kIndent << "nobody is told\n";
    for (const auto& step : simulated.steps) print_step(step);
    if (simulated.endless) out_ << kIndent << "and so on\n";
  }

 private:
  static constexpr const char* kIndent = "                  ";

  void line(Instant at, const std::string& text) {
    const auto local = tz::format_local(zone_, at);
    out_ << (local ? *local : domain::format_rfc3339(at)) << "  " << text << '\n';
  }

  template <class List>
  std::string label(const List& list, const std::string& id) const {
    const auto* found = settings::find_by_id(list, id);
    return found == nullptr ? id : found->label.in(language_);
  }

  void print_told(Instant at) {
    for (const auto& rule : settings_.notifications.rules) {
      if (rule.on != settings::Occasion::created) continue;
      std::string by;
      for (const auto channel : rule.channels)
        by += (by.empty() ? "" : " and ") + std::string(domain::to_text(channel));
      line(at, "tells the " + std::string(domain::to_text(rule.to)) + " by " + by + " (" + rule.id + ")");
    }
  }

  void print_step(const workflow::SimulatedStep& step) {
    std::string told;
    for (const auto* list : {&step.what->notify.roles, &step.what->notify.addresses}) {
      for (const auto& somebody : *list) told += (told.empty() ? " tells " : ", ") + somebody;
    }
    std::string text = step.ladder + ", " + step.step + ":" + told;
    if (step.what->set_priority) text += " sets priority " + *step.what->set_priority;
    if (step.what->assign) text += " assigns to " + step.what->assign->department;
    line(step.at, text);
    if (step.tell_at > step.at) line(step.tell_at, "  the message leaves");
  }

  const settings::Settings& settings_;
  const std::string& zone_;
  const std::string& language_;
  std::ostream& out_;
};

int refuse(const Error& error) {
  std::cerr << error.field << (error.field.empty() ? "" : ": ") << error.message << " (" << error.code
            << ")\n";
  return 1;
}

}  // namespace

int simulate_ticket(const Config& config, const SimulationWish& wish) {
  const auto settings = settings_of(config, wish);
  if (!settings) return refuse(settings.error());
  const auto facts = facts_of(*settings, wish);
  if (!facts) return refuse(facts.error());
  const auto reading = parse_reading(wish.at);
  if (!reading)
    return refuse({"bad_value", "the store's local time, such as " + std::string(kFormat), "--at"});
  const auto& zone = settings->find_region_of_store(wish.store)->time_zone;
  const auto at = tz::earliest(zone, *reading);
  if (!at) return refuse(at.error());
  Report(*settings, zone, std::cout).print(workflow::simulate(*settings, *facts, at->at), *facts, at->at);
  return 0;
}

}  // namespace ccms::server
