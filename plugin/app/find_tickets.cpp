#include "plugin/app/find_tickets.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/tz/tz.h"
#include "plugin/app/known_ticket.h"
#include "plugin/app/search_filter.h"
#include "plugin/app/settings_in_force.h"
#include "plugin/app/summary.h"
#include "plugin/outbox/update_table.h"

namespace ccms::plugin::app {
namespace {

using nlohmann::ordered_json;

// A till makes some tens of tickets a day and keeps them for days.
constexpr std::size_t kTicketsLookedAt = 5000;

std::string local_date(const settings::Bundle& settings, domain::Instant instant) {
  constexpr std::size_t kDateLength = 10;
  const auto text = tz::format_local(settings.store.time_zone, instant);
  return (text ? *text : domain::format_rfc3339(instant)).substr(0, kDateLength);
}

/// A code names one ticket; anything else is looked for among all of them.
std::vector<outbox::tickets::Ticket> candidates(db::Connection& connection, const SearchFilter& filter) {
  if (filter.code.empty()) return outbox::tickets::list(connection, kTicketsLookedAt);
  const auto code = domain::TicketCode::parse(filter.code);
  if (!code) return {};
  if (auto ticket = outbox::tickets::find_by_code(connection, code->str())) return {std::move(*ticket)};
  return {};
}

/// What waits for its customer may have been made at another till, or in another store: its state is known
/// here, and that is enough to find the goods by their code.
void add_ready_of_others(db::Connection& connection, const settings::Bundle& settings,
                         const SearchFilter& filter, std::string_view language, ordered_json& found) {
  const auto code = domain::TicketCode::parse(filter.code);
  for (const auto& update : outbox::updates::ready_of_others(connection)) {
    if (found.size() >= static_cast<std::size_t>(filter.limit)) return;
    if (!filter.code.empty() && (!code || *code != update.code)) continue;
    auto summary = summary_of(settings, update, language);
    const auto made_at = domain::parse_rfc3339(summary.at("created_at").get<std::string>());
    const Candidate candidate{summary, nullptr, made_at ? local_date(settings, *made_at) : ""};
    if (matches(filter, candidate)) found.push_back(std::move(summary));
  }
}

// A search that matches little looks at much, and the clerk's screen and the worker wait for it meanwhile.
// What it leaves out are the oldest, and the server's answer has those.
constexpr std::chrono::milliseconds kLongestLook{50};

struct LocalResult {
  ordered_json tickets = ordered_json::array();
  bool complete = true;
};

LocalResult find_local(const Till& till, const settings::Bundle& settings, const SearchFilter& filter) {
  const auto connection = till.journal.lease();
  const auto language = language_or_default(till, filter.language);
  LocalResult result;
  auto& found = result.tickets;
  const auto until = till.clock.since_boot() + kLongestLook;
  for (const auto& ticket : candidates(*connection, filter)) {
    if (till.clock.since_boot() > until) {
      result.complete = false;
      break;
    }
    auto summary = summary_of(*connection, settings, ticket, language);
    const auto request = content_of(ticket);
    const Candidate candidate{summary, request ? &request->content : nullptr,
                              local_date(settings, ticket.created_at)};
    if (!matches(filter, candidate)) continue;
    found.push_back(std::move(summary));
    if (found.size() >= static_cast<std::size_t>(filter.limit)) return result;
  }
  if (filter.ready) add_ready_of_others(*connection, settings, filter, language, found);
  return result;
}

}  // namespace

domain::Result<std::string> find_tickets(Till& till, std::string_view bytes) {
  const auto filter = wire::read_document(bytes.empty() ? "{}" : bytes, read_search_filter);
  if (!filter) return filter.errors.front();
  const auto settings = settings_in_force(till);
  if (!settings) return settings.error();
  auto found = find_local(till, (*settings)->bundle, *filter);
  ordered_json reply{{"tickets", std::move(found.tickets)}, {"complete", found.complete}};
  reply["request_id"] = till.requests.submit(NetworkRequest::Kind::find_tickets, server_query(*filter));
  till.wake.new_work();
  return reply.dump();
}

}  // namespace ccms::plugin::app
