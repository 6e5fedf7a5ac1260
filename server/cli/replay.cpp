#include <iomanip>
#include <iostream>

#include "core/domain/ticket_code.h"
#include "core/tz/tz.h"
#include "server/app/database.h"
#include "server/cli/try_settings.h"
#include "server/what_if/replay_report.h"
#include "server/what_if/step_view.h"

namespace ccms::server {
namespace {

constexpr int kNameWidth = 24;
constexpr int kNumberWidth = 8;

/// Aspects as people call them.
const char* name_of(Aspect aspect) {
  switch (aspect) {
    case Aspect::department:
      return "department";
    case Aspect::priority:
      return "priority";
    case Aspect::first_response_by:
      return "first answer by";
    case Aspect::answer_by:
      return "done by";
    case Aspect::first_response_breached:
      return "first answer late";
    case Aspect::resolution_breached:
      return "done late";
    case Aspect::escalation:
      return "escalation";
    case Aspect::lacking:
      return "not in these settings";
  }
  return "";
}

/// Values in the time of the ticket's store.
class ValueText {
 public:
  explicit ValueText(const std::string& zone) : zone_(zone) {}

  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(Instant at) const {
    const auto local = tz::format_local(zone_, at);
    return local ? *local : domain::format_rfc3339(at);
  }
  std::string operator()(const ReplayedStep& step) const {
    auto text = (*this)(step.at) + effects_text(*step.what);
    if (step.message_at > step.at) text += " at " + (*this)(step.message_at);
    return text;
  }
  std::string operator()(const std::optional<Difference::Value>& value) const {
    return value ? std::visit(*this, *value) : "-";
  }

 private:
  const std::string& zone_;
};

void print_row(const char* name, std::initializer_list<std::int64_t> numbers) {
  std::cout << std::left << std::setw(kNameWidth) << name << std::right;
  for (const auto number : numbers) std::cout << std::setw(kNumberWidth) << number;
  std::cout << '\n';
}

void print_counts(const ReplayReport& report) {
  print_row("tickets looked at", {report.tickets});
  if (report.unreadable > 0) print_row("cannot be read", {report.unreadable});
  print_row("treated differently", {static_cast<std::int64_t>(report.changed.size())});
  std::cout << '\n' << std::setw(kNameWidth) << "";
  for (const char* column : {"added", "dropped", "changed"}) std::cout << std::setw(kNumberWidth) << column;
  std::cout << '\n';
  for (const auto& [aspect, count] : report.counts)
    print_row(name_of(aspect), {count.added, count.dropped, count.changed});
}

void print(const ChangedTicket& ticket, const Candidate& candidate) {
  static const std::string utc = "UTC";
  const auto* region = candidate.settings.find_region_of_store(ticket.store);
  const ValueText text(region != nullptr ? region->time_zone : utc);
  const auto code = domain::TicketCode::parse(ticket.code);
  std::cout << '\n'
            << (code ? code->display() : ticket.code) << "  " << text(ticket.created_at) << "  "
            << (ticket.store.empty() ? "-" : ticket.store) << '\n';
  for (const auto& difference : ticket.differences) {
    std::cout << "  " << name_of(difference.aspect);
    if (!difference.subject.empty()) std::cout << " (" << difference.subject << ')';
    std::cout << ": " << text(difference.before) << " -> " << text(difference.after) << '\n';
  }
}

}  // namespace

int replay_tickets(const Config& config, const TrySettings& settings, std::int64_t last) {
  const auto database = open_database(config);
  migrate_database(*database);
  const auto after = candidate_or_complain(settings, database.get());
  const auto before = after ? candidate_or_complain({}, database.get()) : nullptr;
  if (!before) return 1;
  const auto report = replay_last_tickets(*database, last, *before, *after, SystemClock().now());
  print_counts(report);
  for (const auto& ticket : report.changed) print(ticket, *after);
  return 0;
}

}  // namespace ccms::server
