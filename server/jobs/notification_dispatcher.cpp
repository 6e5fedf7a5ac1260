#include "server/jobs/notification_dispatcher.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/db/transaction.h"
#include "core/domain/text.h"
#include "server/notify/digest.h"
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

bool equal_without_case(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  if (what.empty()) return text;
  const auto find_from = [&](std::size_t from) {
    const auto begin = text.begin() + static_cast<std::ptrdiff_t>(from);
    const auto found = std::search(begin, text.end(), what.begin(), what.end(), equal_without_case);
    return static_cast<std::size_t>(found - text.begin());
  };
  for (auto at = find_from(0); at < text.size(); at = find_from(at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

/// Mail servers and gateways repeat the recipient in what they answer, and their answer is read in the log
/// and on the ticket, where addresses do not belong. Numbers come back without their plus, too.
SendReport with_recipient_masked(SendReport report, const std::string& recipient) {
  const std::string masked = domain::mask_address(recipient);
  report.detail = replaced(std::move(report.detail), recipient, masked);
  if (recipient.starts_with('+'))
    report.detail = replaced(std::move(report.detail), std::string_view(recipient).substr(1), masked);
  return report;
}

AttemptResult result_of(const SendReport& report, const ClaimedNotification& claimed,
                        const NotificationDispatcher::Options& options, Instant now, Instant again_at) {
  switch (report.outcome) {
    case SendOutcome::accepted:
      return {"sent", "", now};
    case SendOutcome::undeliverable:
      return {"failed", report.detail, now};
    case SendOutcome::try_again:
      break;
  }
  if (claimed.attempts + 1 >= options.retry.most_attempts) return {"dead", report.detail, now};
  return {"pending", report.detail, again_at};
}

/// What leaves as one message: those of a digest to one recipient, everything else by itself. In the order
/// of their firsts.
std::vector<std::vector<ClaimedNotification>> groups_of(const std::vector<ClaimedNotification>& claimed) {
  std::vector<std::vector<ClaimedNotification>> groups;
  std::map<std::string, std::size_t> digests;  // by recipient
  for (const auto& notification : claimed) {
    const auto known = digests.find(notification.message.to);
    if (notification.digest && known != digests.end()) {
      groups[known->second].push_back(notification);
      continue;
    }
    if (notification.digest) digests[notification.message.to] = groups.size();
    groups.push_back({notification});
  }
  return groups;
}

int fewest_attempts(const std::vector<ClaimedNotification>& group) {
  const auto fewest = std::min_element(group.begin(), group.end(),
                                       [](const auto& a, const auto& b) { return a.attempts < b.attempts; });
  return fewest->attempts;
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
      options_(std::move(options)) {
  for (const char* result : {"sent", "pending", "failed", "dead"}) count_attempts(result, 0);
}

void NotificationDispatcher::count_attempts(const std::string& result, std::int64_t attempts) const {
  metrics_.count("ccms_notification_attempts_total",
                 "channel=\"" + channel_name_ + "\",result=\"" + result + "\"", attempts);
}

std::size_t NotificationDispatcher::run_once(Instant now) {
  if (!work_is_waiting(database_, channel_name_, now)) return 0;
  const Instant lease_until = now + options_.lease;
  const auto claimed = db::with_transaction(database_, [&](db::Connection& connection) {
    return NotificationStore(connection).claim_due(owner_, channel_name_, now, lease_until, options_.batch);
  });
  for (const Group& group : groups_of(claimed)) {
    // Gateways that answer slowly can use the lease up, and a server that takes long to stop is killed in the
    // middle of a message: what is left over is for whoever takes it next.
    if (stopping() || clock_.now() + options_.longest_attempt > lease_until) {
      release_claims();
      break;
    }
    attempt(group);
  }
  return claimed.size();
}

void NotificationDispatcher::release_claims() {
  db::with_transaction(database_, [&](db::Connection& connection) {
    connection.execute(
        "UPDATE notifications SET lease_owner = NULL, lease_until = NULL "
        "WHERE lease_owner = ? AND channel = ? AND state = 'pending'",
        {owner_, channel_name_});
  });
}

void NotificationDispatcher::attempt(Group group) {
  std::erase_if(group, [&](const ClaimedNotification& claimed) {
    return !still_ours(database_, claimed.message.id, owner_);
  });
  if (group.empty()) return;
  std::vector<Message> messages;
  for (const auto& claimed : group) messages.push_back(claimed.message);
  const SendReport report = with_recipient_masked(channel_.send(digest_of(messages)), messages.front().to);
  const Instant now = clock_.now();
  // One pause for all, so that what was tried together is tried together again.
  const auto again_at = now + options_.retry.pause(fewest_attempts(group) + 1, options_.jitter());
  std::vector<AttemptResult> results;
  for (const auto& claimed : group) results.push_back(result_of(report, claimed, options_, now, again_at));
  db::with_transaction(database_, [&](db::Connection& connection) {
    for (std::size_t i = 0; i < group.size(); ++i)
      NotificationStore(connection).record_attempt(group[i].message.id, owner_, results[i], now);
  });
  for (std::size_t i = 0; i < group.size(); ++i) note(group[i], results[i]);
}

void NotificationDispatcher::note(const ClaimedNotification& claimed, const AttemptResult& result) const {
  const Message& message = claimed.message;
  count_attempts(result.state, 1);
  if (result.state == "sent") return;
  log_.warn("notification_not_sent", {{"notification_id", message.id},
                                      {"ticket_id", claimed.ticket_id},
                                      {"channel", message.channel},
                                      {"attempt", claimed.attempts + 1},
                                      {"state", result.state},
                                      {"error", result.error}});
}

}  // namespace ccms::server
