#include "plugin/sync/pull_changes.h"

#include <map>
#include <string>

#include "core/wire/sync_messages.h"
#include "plugin/app/confidential.h"
#include "plugin/outbox/departure_table.h"
#include "plugin/outbox/meta_table.h"
#include "plugin/outbox/ticket_table.h"
#include "plugin/outbox/update_table.h"

namespace ccms::plugin::sync {
namespace {

namespace meta = outbox::meta;

constexpr int kPage = 200;

/// What is still to be sent of it stays until it is.
void take_away(app::Till& till, db::Connection& connection, const std::string& ticket_id, bool own) {
  if (own) {
    // A ticket of this till that its store may not see any more has become confidential, and leaves the till
    // as one that was so from the beginning.
    outbox::tickets::set_confidential(connection, ticket_id);
  } else {
    outbox::departures::note(connection, ticket_id, till.clock.wall_now());
  }
  app::wipe_if_out_of_sight(connection, ticket_id);
}

void apply(app::Till& till, const wire::ChangesReply& changes) {
  std::map<std::string, std::string> own_gone;  // ticket id, code
  till.journal.transaction([&](db::Connection& connection) {
    own_gone.clear();
    for (const auto& update : changes.updates) {
      outbox::updates::save(connection, update);
      outbox::departures::forget(connection, update.ticket_id.str());
    }
    for (const auto& gone : changes.gone) {
      const auto own = outbox::tickets::find(connection, gone.str());
      if (own) own_gone[gone.str()] = own->code;
      take_away(till, connection, gone.str(), own.has_value());
    }
    meta::set_number(connection, meta::kChangesCursor, changes.cursor);
  });
  if (!changes.gone.empty()) till.journal.empty_log();
  for (const auto& [ticket_id, code] : own_gone) till.events.ticket_updated(ticket_id, code);
  for (const auto& update : changes.updates)
    till.events.ticket_updated(update.ticket_id.str(), update.code.str());
  if (!changes.updates.empty() || !changes.gone.empty()) till.events.status_changed();
}

}  // namespace

Verdict pull_changes(app::Till& till, SignedClient& client) {
  for (;;) {
    const auto cursor = meta::number(*till.journal.lease(), meta::kChangesCursor).value_or(0);
    const auto path =
        "/api/v1/sync/changes?cursor=" + std::to_string(cursor) + "&limit=" + std::to_string(kPage);
    const auto reply = client.call({"GET", path, {}, {}});
    if (auto verdict = judge(reply); verdict.reaction != Reaction::proceed) return verdict;
    const auto changes = wire::parse_changes_reply(reply->body);
    if (!changes) return unreadable_answer(changes.errors.front().message);
    if (changes->cursor != cursor || !changes->updates.empty() || !changes->gone.empty())
      apply(till, *changes);
    // A server that says "more" without moving on would keep us here for ever.
    if (!changes->more || changes->cursor == cursor) return {};
  }
}

}  // namespace ccms::plugin::sync
