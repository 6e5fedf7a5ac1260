#include "server/what_if/replay_report.h"

#include <algorithm>

#include "server/what_if/step_view.h"

namespace ccms::server {
namespace {

using nlohmann::json;

/// Tickets that are read over one connection before it is given back.
constexpr std::size_t kPage = 100;

std::vector<std::string> last_tickets(db::Database& database, std::int64_t last) {
  const auto reader = database.reader();
  const auto rows = reader->query(
      "SELECT ticket_id FROM tickets WHERE training = 0 AND merged_into IS NULL ORDER BY created_at DESC, "
      "ticket_id DESC LIMIT ?",
      {last});
  std::vector<std::string> ids;
  for (const db::Row row : rows) ids.push_back(row.text("ticket_id"));
  return ids;
}

/// Nothing for one that is gone, or damaged.
std::optional<TicketStory> story_of(db::Connection& connection, const std::string& ticket_id) {
  try {
    if (auto ticket = load_ticket(connection, ticket_id))
      return TicketStory{*std::move(ticket), ticket_history(connection, ticket_id)};
  } catch (const json::exception&) {
  }
  return std::nullopt;
}

class Reporter {
 public:
  Reporter(const Candidate& before, const Candidate& after, Instant now)
      : before_(before), after_(after), now_(now) {
    for (const auto& [aspect, name] : domain::kEnumNames<Aspect>) report_.counts[aspect] = {};
  }

  void take(const std::optional<TicketStory>& story) {
    ++report_.tickets;
    try {
      if (story) return compare(*story);
    } catch (const std::exception&) {
    }
    ++report_.unreadable;
  }

  ReplayReport finish() { return std::move(report_); }

 private:
  void compare(const TicketStory& story) {
    auto found = differences(replay(story, before_, now_), replay(story, after_, now_));
    if (found.empty()) return;
    for (const auto& difference : found) report_.counts[difference.aspect].add(difference);
    const auto& ticket = story.ticket;
    report_.changed.push_back({ticket.ticket_id, ticket.code, from_epoch_ms(ticket.created_at),
                               ticket.reported_store.value_or(""), std::move(found)});
  }

  const Candidate& before_;
  const Candidate& after_;
  const Instant now_;
  ReplayReport report_;
};

struct ValueView {
  json operator()(const std::string& text) const { return text; }
  json operator()(Instant at) const { return domain::format_rfc3339(at); }
  json operator()(const ReplayedStep& step) const {
    json view = effects_json(*step.what);
    view["at"] = domain::format_rfc3339(step.at);
    view["message_at"] = domain::format_rfc3339(step.message_at);
    if (!step.key.tat.empty()) view["turn_around_time"] = step.key.tat;
    if (!step.key.role.empty()) view["role"] = step.key.role;
    return view;
  }
};

json value_json(const std::optional<Difference::Value>& value) {
  return value ? std::visit(ValueView{}, *value) : json();
}

json changed_json(const ChangedTicket& ticket) {
  json list = json::array();
  for (const auto& difference : ticket.differences) {
    json entry = {{"what", domain::to_text(difference.aspect)},
                  {"before", value_json(difference.before)},
                  {"after", value_json(difference.after)}};
    if (!difference.subject.empty()) entry["subject"] = difference.subject;
    list.push_back(std::move(entry));
  }
  json view = {{"ticket_id", ticket.ticket_id},
               {"code", ticket.code},
               {"created_at", domain::format_rfc3339(ticket.created_at)},
               {"differences", std::move(list)}};
  if (!ticket.store.empty()) view["store"] = ticket.store;
  return view;
}

}  // namespace

ReplayReport replay_last_tickets(db::Database& database, std::int64_t last, const Candidate& before,
                                 const Candidate& after, Instant now) {
  const auto ids = last_tickets(database, std::clamp<std::int64_t>(last, 1, kMostReplayed));
  Reporter reporter(before, after, now);
  for (std::size_t first = 0; first < ids.size(); first += kPage) {
    std::vector<std::optional<TicketStory>> page;
    {
      const auto connection = database.reader();
      for (std::size_t i = first; i < std::min(first + kPage, ids.size()); ++i)
        page.push_back(story_of(*connection, ids[i]));
    }
    for (const auto& story : page) reporter.take(story);
  }
  return reporter.finish();
}

json replay_json(const ReplayReport& report) {
  json counts = json::object();
  for (const auto& [aspect, count] : report.counts)
    counts[std::string(domain::to_text(aspect))] = {
        {"added", count.added}, {"dropped", count.dropped}, {"changed", count.changed}};
  json changed = json::array();
  for (const auto& ticket : report.changed) changed.push_back(changed_json(ticket));
  return {{"tickets", report.tickets},
          {"unreadable", report.unreadable},
          {"counts", std::move(counts)},
          {"changed", std::move(changed)}};
}

}  // namespace ccms::server
