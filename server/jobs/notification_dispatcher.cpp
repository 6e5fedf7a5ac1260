#include "server/jobs/notification_dispatcher.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "core/db/transaction.h"
#include "server/store/notification_store.h"

namespace ccms::server {
namespace {

bool work_is_waiting(db::Database& database, const std::string& channel, Instant now) {
  const db::Lease reader = database.reader();
  return !reader
              ->query(
                  "SELECT notification_id FROM notifications WHERE state = 'pending' AND due_at <= ? AND "
                  "channel "
                  "= ? LIMIT 1",
                  {to_epoch_ms(now), channel})
              .empty();
}

/// Others of the same batch may have taken minutes, while a till's amendment cancelled this one.
bool still_ours(db::Database& database, const std::string& id, const std::string& owner) {
  const db::Lease reader = database.reader();
  return !reader
              ->query(
                  "SELECT notification_id FROM notifications WHERE notification_id = ? AND state = 'pending' "
                  "AND lease_owner = ?",
                  {id, owner})
              .empty();
}

AttemptResult result_of(const SendReport& report, int attempts_made,
                        const NotificationDispatcher::Options& options, Instant now) {
  switch (report.outcome) {
    case SendOutcome::accepted:
      return {"sent", "", now};
    case SendOutcome::undeliverable:
      return {"failed", report.detail, now};
    case SendOutcome::try_again:
      break;
  }
  if (attempts_made >= options.retry.most_attempts) return {"dead", report.detail, now};
  return {"pending", report.detail, now + options.retry.pause(attempts_made, options.jitter())};
}

}  // namespace

NotificationDispatcher::NotificationDispatcher(db::Database& database, std::string channel_name,
                                               Channel& channel, const Clock& clock, const Logger& log,
                                               Metrics& metrics, std::string owner, Options options)
    : database_(database),
      channel_name_(std::move(channel_name)),
      name_("notification_dispatcher_" + channel_name_),
      channel_(channel),
      clock_(clock),
      log_(log),
      metrics_(metrics),
      owner_(std::move(owner)),
      options_(std::move(options)) {}

std::size_t NotificationDispatcher::run_once(Instant now) {
  if (!work_is_waiting(database_, channel_name_, now)) return 0;
  const Instant lease_until = now + options_.lease;
  const auto claimed = db::with_transaction(database_, [&](db::Connection& connection) {
    return NotificationStore(connection).claim_due(owner_, channel_name_, now, lease_until, options_.batch);
  });
  for (const ClaimedNotification& notification : claimed) {
    // Gateways that answer slowly can use the lease up: what is left over then is for whoever takes it next.
    if (clock_.now() + options_.longest_attempt > lease_until) break;
    attempt(notification);
  }
  return claimed.size();
}

void NotificationDispatcher::attempt(const ClaimedNotification& claimed) {
  const Message& message = claimed.message;
  if (!still_ours(database_, message.id, owner_)) return;
  const SendReport report = channel_.send(message);
  const Instant now = clock_.now();
  const AttemptResult result = result_of(report, claimed.attempts + 1, options_, now);
  db::with_transaction(database_, [&](db::Connection& connection) {
    NotificationStore(connection).record_attempt(message.id, owner_, result, now);
  });
  metrics_.count("ccms_notification_attempts_total",
                 "channel=\"" + message.channel + "\",result=\"" + result.state + "\"");
  if (result.state == "sent") return;
  log_.warn("notification_not_sent", {{"notification_id", message.id},
                                      {"ticket_id", claimed.ticket_id},
                                      {"channel", message.channel},
                                      {"attempt", claimed.attempts + 1},
                                      {"state", result.state},
                                      {"error", result.error}});
}

}  // namespace ccms::server
