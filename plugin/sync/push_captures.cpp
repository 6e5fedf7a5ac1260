#include "plugin/sync/push_captures.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/crypto/digest.h"
#include "core/wire/sync_messages.h"
#include "plugin/app/confidential.h"
#include "plugin/app/refused_events.h"
#include "plugin/app/ticket_state.h"
#include "plugin/outbox/failure_table.h"
#include "plugin/outbox/ticket_table.h"
#include "plugin/sync/server_epoch.h"

namespace ccms::plugin::sync {
namespace {

namespace captures = outbox::captures;
namespace tickets = outbox::tickets;

// Base64 makes three bytes four, and each item has two strings' worth of JSON around it.
constexpr std::size_t kBatchCaptureBytes = wire::kBatchBytesLimit / 4 * 3 - wire::kBatchItemsLimit * 256;

/// Whether fewer captures might get through: the server, or what stands before it, had this very request and
/// could not take it.
bool is_about_the_batch(const Verdict& verdict) {
  constexpr std::array kOfTheMoment{408, 429, 502, 503, 504};
  return verdict.reaction == Reaction::retry && verdict.status >= 400 &&
         std::find(kOfTheMoment.begin(), kOfTheMoment.end(), verdict.status) == kOfTheMoment.end();
}

bool is_damaged(const captures::Unsent& item) {
  return domain::bytes_view(crypto::sha256(item.bytes)) != item.digest;
}

std::string signature_of(const captures::Unsent& item, const app::TillKeys& keys) {
  if (!item.signature.empty()) return item.signature;
  return std::string(domain::bytes_view(keys.sign_capture(item.digest)));
}

/// Asked of the journal and not of the batch: a clerk may have put it aside while it was on its way.
bool is_quarantined(db::Connection& connection, std::int64_t n) {
  const auto standing = captures::find(connection, n);
  return standing && standing->state == "quarantined";
}

}  // namespace

/// What the clerk is told once the outcomes are safely in the journal.
struct PushCaptures::News {
  struct Rejected {
    std::int64_t n = 0;
    std::string event_id, ticket_id, message;
  };
  std::vector<Rejected> rejected;
  std::map<std::string, std::string> updated;  // ticket id, code
  std::size_t settled = 0;
};

Verdict PushCaptures::run(bool poll) {
  for (bool asked = !poll;;) {
    const auto batch =
        captures::next_batch(*till_.journal.lease(), items_limit_, kBatchCaptureBytes, passed_over_);
    if (batch.empty() && passed_over_ != 0) {
      passed_over_ = 0;  // and now the one that stepped aside
      continue;
    }
    if (batch.empty() && asked) return {};
    if (put_damaged_aside(batch)) continue;
    if (auto verdict = send(batch); verdict.reaction != Reaction::proceed) {
      if (is_about_the_batch(verdict)) narrow_down(batch);
      return verdict;
    }
    asked = true;
    items_limit_ = std::min(items_limit_ * 2, wire::kBatchItemsLimit);
  }
}

void PushCaptures::narrow_down(const Batch& batch) {
  if (batch.size() > 1) {
    items_limit_ = batch.size() / 2;
  } else if (!batch.empty()) {
    passed_over_ = batch.front().n;
  }
}

bool PushCaptures::put_damaged_aside(const Batch& batch) {
  if (std::none_of(batch.begin(), batch.end(), is_damaged)) return false;
  News news;
  till_.journal.transaction([&](db::Connection& connection) {
    news = {};
    for (const auto& item : batch) {
      if (!is_damaged(item)) continue;
      refuse(
          connection, item,
          {outbox::failures::kDamaged, "the event has changed on this till's disk since it was recorded", {}},
          news);
      tickets::refresh_delivery(connection, item.ticket_id);
    }
  });
  till_.host.log(app::LogLevel::error, "the disk has changed events of the journal; they were put aside");
  tell(news);
  return true;
}

Verdict PushCaptures::send(const Batch& batch) {
  wire::CaptureBatch message;
  {
    const auto connection = till_.journal.lease();
    if (const auto identity = outbox::identity::load(*connection))
      message.server_epoch = identity->server_epoch;
  }
  message.clock = {till_.clock.wall_now(), till_.clock.boot_id(), till_.clock.since_boot().count()};
  const auto keys = till_.keys.get();
  for (const auto& item : batch) {
    message.items.push_back({item.bytes, signature_of(item, *keys)});
    till_.attempts.count(item.event_id);
  }
  const auto reply = client_.call({"POST", "/api/v1/sync/captures", wire::build(message), {}});
  if (auto verdict = judge(reply); verdict.reaction != Reaction::proceed) return verdict;
  const auto answer = wire::parse_batch_reply(reply->body);
  if (!answer) return unreadable_answer(answer.errors.front().message);
  if (!apply(batch, *answer)) return unreadable_answer("no outcome for any of the captures sent");
  return {};
}

bool PushCaptures::apply(const Batch& batch, const wire::BatchReply& reply) {
  News news;
  bool wiped = false;
  till_.journal.transaction([&](db::Connection& connection) {
    news = {};
    wiped = false;
    outbox::identity::set_generation(connection, reply.generation);
    if (notice_server_epoch(connection, till_, reply.server_epoch)) answered_gaps_.clear();
    answer_gaps(connection, reply.gaps);
    for (const auto& item : batch) {
      const auto outcome = std::find_if(
          reply.outcomes.begin(), reply.outcomes.end(),
          [&](const auto& candidate) { return domain::bytes_view(candidate.digest) == item.digest; });
      if (outcome == reply.outcomes.end()) continue;
      apply_outcome(connection, item, *outcome, news);
      if (app::wipe_if_out_of_sight(connection, item.ticket_id)) wiped = true;
    }
    std::erase_if(news.rejected,
                  [&](const auto& rejected) { return !is_quarantined(connection, rejected.n); });
  });
  if (wiped) till_.journal.empty_log();
  tell(news);
  return batch.empty() || news.settled > 0;
}

void PushCaptures::apply_outcome(db::Connection& connection, const captures::Unsent& item,
                                 const wire::ItemOutcome& outcome, News& news) {
  ++news.settled;
  if (outcome.outcome == wire::CaptureOutcome::rejected) {
    refuse(connection, item,
           outcome.problem.value_or(domain::Error{"rejected", "the server gave no reason", {}}), news);
  } else {
    captures::mark_delivered(connection, item.n, till_.clock.wall_now());
    till_.attempts.forget(item.event_id);
    outbox::failures::remove(connection, item.event_id);
    // Not after a duplicate: that may be long ago, and the ticket open again.
    const bool is_news = outcome.outcome != wire::CaptureOutcome::duplicate;
    const auto settings = till_.settings.get();
    if (is_news && settings && item.type == domain::to_text(domain::CaptureType::settled))
      app::note_settled(connection, settings->bundle, item.ticket_id);
    // What was sent ahead of a correction, or while the creation stepped aside, was refused for its sake.
    if (item.type == domain::to_text(domain::CaptureType::created))
      app::reissue_followers(till_, connection, item.ticket_id);
  }
  if (outcome.outcome == wire::CaptureOutcome::code_changed && outcome.code) {
    tickets::set_code(connection, item.ticket_id, outcome.code->str());
  }
  tickets::refresh_delivery(connection, item.ticket_id);
  if (const auto ticket = tickets::find(connection, item.ticket_id))
    news.updated[item.ticket_id] = ticket->code;
}

void PushCaptures::refuse(db::Connection& connection, const captures::Unsent& item,
                          const domain::Error& problem, News& news) {
  captures::quarantine(connection, item.n);
  if (!is_quarantined(connection, item.n)) return;
  outbox::failures::record(connection, item.event_id, item.ticket_id, problem, till_.clock.wall_now());
  news.rejected.push_back({item.n, item.event_id, item.ticket_id, problem.message});
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
