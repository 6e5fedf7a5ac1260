#include "plugin/sync/push_captures.h"

#include <algorithm>
#include <map>

#include "core/wire/sync_messages.h"
#include "plugin/outbox/failure_table.h"
#include "plugin/outbox/ticket_table.h"
#include "plugin/sync/server_epoch.h"

namespace ccms::plugin::sync {
namespace {

namespace captures = outbox::captures;
namespace tickets = outbox::tickets;

// Base64 makes three bytes four, and each item has two strings' worth of JSON around it.
constexpr std::size_t kBatchCaptureBytes = wire::kBatchBytesLimit / 4 * 3 - wire::kBatchItemsLimit * 256;

}  // namespace

/// What the clerk is told once the outcomes are safely in the journal.
struct PushCaptures::News {
  struct Rejected {
    std::string event_id, ticket_id, message;
  };
  std::vector<Rejected> rejected;
  std::map<std::string, std::string> updated;  // ticket id, code
  std::size_t settled = 0;
};

Verdict PushCaptures::run() {
  for (;;) {
    const auto batch =
        captures::next_batch(*till_.journal.lease(), wire::kBatchItemsLimit, kBatchCaptureBytes);
    if (batch.empty()) return {};
    if (auto verdict = send(batch); verdict.reaction != Reaction::proceed) return verdict;
  }
}

Verdict PushCaptures::send(const Batch& batch) {
  wire::CaptureBatch message;
  {
    const auto connection = till_.journal.lease();
    if (const auto identity = outbox::identity::load(*connection))
      message.server_epoch = identity->server_epoch;
  }
  message.clock = {till_.clock.wall_now(), till_.clock.boot_id(), till_.clock.since_boot().count()};
  for (const auto& item : batch) message.items.push_back({item.bytes, item.signature});
  const auto reply = client_.call({"POST", "/api/v1/sync/captures", wire::build(message), {}});
  if (auto verdict = judge(reply); verdict.reaction != Reaction::proceed) return verdict;
  const auto answer = wire::parse_batch_reply(reply->body);
  if (!answer) return unreadable_answer(answer.errors.front().message);
  if (!apply(batch, *answer)) return unreadable_answer("no outcome for any of the captures sent");
  return {};
}

bool PushCaptures::apply(const Batch& batch, const wire::BatchReply& reply) {
  News news;
  till_.journal.transaction([&](db::Connection& connection) {
    news = {};
    outbox::identity::set_generation(connection, reply.generation);
    if (notice_server_epoch(connection, till_, reply.server_epoch)) answered_gaps_.clear();
    answer_gaps(connection, reply.gaps);
    for (const auto& item : batch) {
      const auto outcome = std::find_if(
          reply.outcomes.begin(), reply.outcomes.end(),
          [&](const auto& candidate) { return domain::bytes_view(candidate.digest) == item.digest; });
      if (outcome != reply.outcomes.end()) apply_outcome(connection, item, *outcome, news);
    }
  });
  tell(news);
  return news.settled > 0;
}

void PushCaptures::apply_outcome(db::Connection& connection, const captures::Unsent& item,
                                 const wire::ItemOutcome& outcome, News& news) {
  ++news.settled;
  if (outcome.outcome == wire::CaptureOutcome::rejected) {
    const auto problem = outcome.problem.value_or(domain::Error{"rejected", "the server gave no reason", {}});
    captures::quarantine(connection, item.n);
    outbox::failures::record(connection, item.event_id, item.ticket_id, problem, till_.clock.wall_now());
    news.rejected.push_back({item.event_id, item.ticket_id, problem.message});
  } else {
    captures::mark_delivered(connection, item.n, till_.clock.wall_now());
  }
  if (outcome.outcome == wire::CaptureOutcome::code_changed && outcome.code) {
    tickets::set_code(connection, item.ticket_id, outcome.code->str());
  }
  settle_ticket(connection, item);
  if (const auto ticket = tickets::find(connection, item.ticket_id))
    news.updated[item.ticket_id] = ticket->code;
}

void PushCaptures::settle_ticket(db::Connection& connection, const captures::Unsent& item) {
  tickets::refresh_delivery(connection, item.ticket_id);
  const auto ticket = tickets::find(connection, item.ticket_id);
  if (!ticket || !ticket->confidential) return;
  captures::wipe_delivered(connection, item.ticket_id);
  // While an event waits for correction the clerk needs the ticket; what was delivered is gone already.
  if (ticket->delivery == "delivered") tickets::wipe_content(connection, item.ticket_id);
}

void PushCaptures::answer_gaps(db::Connection& connection, const std::vector<wire::SequenceGap>& gaps) {
  for (const auto& gap : gaps) {
    if (!answered_gaps_.insert({gap.epoch, gap.from, gap.to}).second) continue;
    const auto count = captures::resend(connection, gap.epoch, gap.from, gap.to);
    till_.host.log(app::LogLevel::warning,
                   "the server misses numbers " + std::to_string(gap.from) + " to " + std::to_string(gap.to) +
                       " of epoch " + std::to_string(gap.epoch) + "; resending " + std::to_string(count));
  }
}

void PushCaptures::tell(const News& news) {
  for (const auto& rejected : news.rejected)
    till_.events.rejected(rejected.event_id, rejected.ticket_id, rejected.message);
  for (const auto& [ticket_id, code] : news.updated) till_.events.ticket_updated(ticket_id, code);
}

}  // namespace ccms::plugin::sync
