#include "server/store/notification_store.h"

#include <iterator>
#include <set>

#include "core/domain/text.h"

namespace ccms::server {
namespace {

constexpr std::size_t kErrorLimit = 500;

std::optional<Instant> optional_instant(const db::Row& row, std::string_view column) {
  const auto ms = row.optional_integer(column);
  return ms ? std::optional(from_epoch_ms(*ms)) : std::nullopt;
}

db::Value error_text(const std::string& error) {
  if (error.empty()) return nullptr;
  if (!domain::is_valid_utf8(error)) return "an error whose text is not UTF-8";
  return domain::truncate_code_points(error, kErrorLimit);
}

ClaimedNotification read_claimed(const db::Row& row) {
  ClaimedNotification claimed;
  claimed.message = {row.text("notification_id"),
                     row.text("channel"),
                     row.text("recipient"),
                     row.text("subject"),
                     row.text("body"),
                     row.text("language"),
                     row.text("code")};
  claimed.message.audience = row.text("audience");
  claimed.ticket_id = row.text("ticket_id");
  claimed.attempts = static_cast<int>(row.integer("attempts"));
  claimed.digest = row.boolean("digest");
  return claimed;
}

constexpr std::string_view kDue =
    "SELECT n.notification_id, n.ticket_id, n.channel, n.recipient, n.subject, n.body, n.language, "
    "n.audience, "
    "n.attempts, n.digest, t.code "
    "FROM notifications n JOIN tickets t ON t.ticket_id = n.ticket_id "
    "WHERE n.state = 'pending' AND n.channel = ? AND n.due_at <= ? AND (n.lease_until IS NULL OR "
    "n.lease_until "
    "<= ?) ";

}  // namespace

void NotificationStore::release_all() {
  connection_.execute(
      "UPDATE notifications SET lease_owner = NULL, lease_until = NULL WHERE lease_owner IS NOT NULL", {});
}

std::vector<ClaimedNotification> NotificationStore::claim_due(const std::string& owner,
                                                              const std::string& channel, Instant now,
                                                              Instant lease_until, std::size_t most) {
  const auto first =
      claim(connection_.query(std::string(kDue) + "ORDER BY n.due_at LIMIT ?",
                              {channel, to_epoch_ms(now), to_epoch_ms(now), static_cast<std::int64_t>(most)}),
            owner, now, lease_until);
  std::vector<ClaimedNotification> claimed;
  std::set<std::string> recipients;
  for (const auto& notification : first) {
    claimed.push_back(notification);
    if (!notification.digest || !recipients.insert(notification.message.to).second) continue;
    auto more = claim_digest(notification, owner, now, lease_until);
    std::move(more.begin(), more.end(), std::back_inserter(claimed));
  }
  return claimed;
}

std::vector<ClaimedNotification> NotificationStore::claim(const db::Rows& due, const std::string& owner,
                                                          Instant now, Instant lease_until) {
  std::vector<ClaimedNotification> claimed;
  for (const db::Row row : due) {
    // The conditions once more: between the two statements somebody else may have taken or cancelled it.
    const auto taken = connection_.execute(
        "UPDATE notifications SET lease_owner = ?, lease_until = ? WHERE notification_id = ? AND state = "
        "'pending' "
        "AND attempts = ? AND (lease_until IS NULL OR lease_until <= ?)",
        {owner, to_epoch_ms(lease_until), row.text("notification_id"), row.integer("attempts"),
         to_epoch_ms(now)});
    if (taken == 1) claimed.push_back(read_claimed(row));
  }
  return claimed;
}

std::vector<ClaimedNotification> NotificationStore::claim_digest(const ClaimedNotification& first,
                                                                 const std::string& owner, Instant now,
                                                                 Instant lease_until) {
  return claim(
      connection_.query(std::string(kDue) + "AND n.digest = 1 AND n.recipient = ? ORDER BY n.due_at LIMIT ?",
                        {first.message.channel, to_epoch_ms(now), to_epoch_ms(now), first.message.to,
                         static_cast<std::int64_t>(kDigestLimit)}),
      owner, now, lease_until);
}

bool NotificationStore::record_attempt(const std::string& id, const std::string& owner,
                                       const AttemptResult& result, Instant now) {
  // A message that was cancelled while it was on its way has been sent all the same, and says so.
  const db::Value sent_at = result.state == "sent" ? db::Value(to_epoch_ms(now)) : db::Value(nullptr);
  return connection_.execute(
             "UPDATE notifications SET state = ?, attempts = attempts + 1, last_error = ?, due_at = ?, "
             "sent_at = ?, "
             "lease_owner = NULL, lease_until = NULL "
             "WHERE notification_id = ? AND lease_owner = ? AND (state = 'pending' OR (state = 'cancelled' "
             "AND ? = 'sent'))",
             {result.state, error_text(result.error), to_epoch_ms(result.due_at), sent_at, id, owner,
              result.state}) == 1;
}

bool NotificationStore::record_report(const std::string& id, bool delivered, const std::string& detail,
                                      Instant now) {
  // Pending is possible: the report can be quicker than our own note that the gateway has taken the message.
  const auto changed =
      delivered ? connection_.execute(
                      "UPDATE notifications SET state = 'delivered', delivered_at = ?, last_error = NULL, "
                      "lease_owner = NULL, lease_until = NULL "
                      "WHERE notification_id = ? AND state IN ('pending', 'sent', 'failed')",
                      {to_epoch_ms(now), id})
                : connection_.execute(
                      "UPDATE notifications SET state = 'failed', last_error = ?, lease_owner = NULL, "
                      "lease_until = NULL "
                      "WHERE notification_id = ? AND state IN ('pending', 'sent')",
                      {error_text(detail), id});
  if (changed > 0) return true;
  return !connection_.query("SELECT 1 AS found FROM notifications WHERE notification_id = ?", {id}).empty();
}

std::vector<NotificationView> NotificationStore::of_ticket(const std::string& ticket_id) {
  std::vector<NotificationView> views;
  for (const db::Row row : connection_.query("SELECT notification_id, channel, audience, recipient, "
                                             "trigger_on, state, subject, body, attempts, last_error, "
                                             "created_at, sent_at, delivered_at FROM notifications WHERE "
                                             "ticket_id = ? ORDER BY created_at, notification_id",
                                             {ticket_id})) {
    NotificationView view;
    view.id = row.text("notification_id");
    view.channel = row.text("channel");
    view.audience = row.text("audience");
    view.to = row.text("recipient");
    view.on = row.text("trigger_on");
    view.state = row.text("state");
    view.subject = row.text("subject");
    view.text = row.text("body");
    view.attempts = static_cast<int>(row.integer("attempts"));
    view.last_error = row.optional_text("last_error");
    view.created_at = from_epoch_ms(row.integer("created_at"));
    view.sent_at = optional_instant(row, "sent_at");
    view.delivered_at = optional_instant(row, "delivered_at");
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace ccms::server
