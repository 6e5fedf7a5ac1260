#include "plugin/sync/engine.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "plugin/app/possible_actions.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/departure_table.h"
#include "plugin/outbox/meta_table.h"
#include "plugin/outbox/ticket_table.h"
#include "plugin/outbox/update_table.h"
#include "plugin/sync/pull_changes.h"
#include "plugin/sync/pull_settings.h"
#include "plugin/sync/queries.h"

namespace ccms::plugin::sync {
namespace {

namespace meta = outbox::meta;
using std::chrono::milliseconds;

// With nothing to do until somebody calls; the worker looks up once an hour all the same.
constexpr milliseconds kIdle = std::chrono::hours(1);
constexpr int kLeastRetentionDays = 7;

bool is_switched_off(const Verdict& verdict) {
  return verdict.reaction == Reaction::pause && verdict.problem.code == "ccms_disabled";
}

}  // namespace

Engine::Engine(app::Till& till, ServerApi& server, SyncTiming timing, Random random)
    : till_(till),
      client_(till, server),
      push_(till, client_),
      enrolment_(till, client_),
      timing_(timing),
      random_(std::move(random)) {}

milliseconds Engine::turn(bool try_now) {
  const auto now = till_.clock.since_boot();
  if (troubles_ != 0 && !try_now && now < troubled_until_) return troubled_until_ - now;
  try {
    const auto rest = run_once(try_now);
    if (std::exchange(troubles_, 0) != 0) show_trouble({});
    return rest;
  } catch (const std::exception& failure) {
    return rest_after_trouble(failure.what());
  } catch (...) {
    // The last thing between our thread and the end of the host's process.
    return rest_after_trouble("an unknown exception");
  }
}

// A full disk, say. Nothing is lost: what is not marked as delivered is sent again.
milliseconds Engine::rest_after_trouble(const std::string& what) {
  ++troubles_;
  // The disk is this till's own: the pause spares no server, so it need not begin at zero.
  const auto pause = timing_.retry.first / 2 + retry_delay(timing_.retry, troubles_, random_) / 2;
  troubled_until_ = till_.clock.since_boot() + pause;
  till_.host.log(app::LogLevel::error,
                 "sync turn failed: " + what + "; next attempt in " + std::to_string(pause.count()) + " ms");
  show_trouble(what);
  return pause;
}

void Engine::show_trouble(const std::string& what) {
  till_.sync.change([&](app::SyncSnapshot& snapshot) { snapshot.storage_problem = what; });
  till_.events.status_changed();
}

milliseconds Engine::run_once(bool try_now) {
  answer_requests();
  if (!till_.keys.get()) return kIdle;
  if (!restored_) restore_pause();
  if (try_now) blocked_until_ = milliseconds(0);
  const auto now = till_.clock.since_boot();
  if (now < blocked_until_) return blocked_until_ - now;
  const bool poll = now >= next_poll_;
  if (!poll && !anything_unsent()) return rest();
  return conclude(synchronise(poll), poll);
}

bool Engine::pausing() const { return till_.clock.since_boot() < blocked_until_; }

void Engine::answer_requests() {
  while (const auto request = till_.requests.next()) {
    if (request->kind == app::NetworkRequest::Kind::enrol) {
      enrol_and_report(*request);
    } else if (!till_.keys.get()) {
      till_.requests.complete(request->id,
                              domain::Error{"not_enrolled", "this till has not been enrolled", {}});
    } else {
      auto answer = query_tickets(client_, till_.requests, *request);
      if (answer && request->kind == app::NetworkRequest::Kind::ticket)
        answer = app::with_possible_actions(till_, std::move(answer).value());
      till_.requests.complete(request->id, std::move(answer));
    }
    till_.events.request_done(request->id);
  }
}

void Engine::enrol_and_report(const app::NetworkRequest& request) {
  if (const auto enrolled = enrolment_.enrol(request.argument); !enrolled) {
    till_.host.log(app::LogLevel::warning, "enrolment failed: " + enrolled.error().message);
    return till_.requests.complete(request.id, enrolled.error());
  }
  // A form can be shown as soon as the clerk sees that the till is enrolled.
  conclude(synchronise(true), true);
  till_.requests.complete(request.id, std::string(R"({"enrolled":true})"));
}

void Engine::restore_pause() {
  restored_ = true;
  const auto connection = till_.journal.lease();
  failures_ = meta::number(*connection, meta::kFailedAttempts).value_or(0);
  const milliseconds left(meta::number(*connection, meta::kRetryDelay).value_or(0));
  blocked_until_ = till_.clock.since_boot() + std::clamp(left, milliseconds(0), timing_.retry.cap);
}

void Engine::save_pause() {
  if (!restored_ || failures_ == 0) return;
  const auto left = std::max(blocked_until_ - till_.clock.since_boot(), milliseconds(0));
  meta::set_number(*till_.journal.lease(), meta::kRetryDelay, left.count());
}

Verdict Engine::synchronise(bool poll) {
  auto verdict = push_.run(poll);
  if (is_switched_off(verdict) && switched_on_meanwhile()) verdict = push_.run(poll);
  if (verdict.reaction == Reaction::proceed && poll) verdict = poll_server();
  if (verdict.reaction != Reaction::rekey) {
    just_rekeyed_ = false;
    return verdict;
  }
  if (just_rekeyed_) {
    // A fresh identity that is stale already: the server is confused, and asking faster will not help.
    just_rekeyed_ = false;
    return {Reaction::retry, verdict.problem, {}, verdict.status};
  }
  just_rekeyed_ = true;
  if (auto rekeyed = enrolment_.rekey(); rekeyed.reaction != Reaction::proceed) return rekeyed;
  return synchronise(poll);
}

Verdict Engine::poll_server() {
  if (auto verdict = pull_settings(till_, client_); verdict.reaction != Reaction::proceed) return verdict;
  if (!enabled()) return {};
  if (auto verdict = pull_changes(till_, client_); verdict.reaction != Reaction::proceed) {
    // Switched off between these two requests: the next poll brings the settings that say so.
    return is_switched_off(verdict) ? Verdict() : verdict;
  }
  return enrolment_.fetch_spare_prefix();
}

bool Engine::enabled() const {
  const auto settings = till_.settings.get();
  return !settings || settings->bundle.till_enabled(till_.config.till.str());
}

// A till that is refused must still learn why, or it gives out codes that reach nobody; and what holds it
// back may be over.
bool Engine::switched_on_meanwhile() {
  const auto before = till_.settings.get();
  return pull_settings(till_, client_).reaction == Reaction::proceed && till_.settings.get() != before &&
         enabled();
}

milliseconds Engine::conclude(const Verdict& verdict, bool polled) {
  if (verdict.reaction == Reaction::proceed) {
    succeed(polled);
  } else if (verdict.problem.code != "aborted") {
    fail(verdict);
  }
  till_.events.status_changed();
  return rest();
}

void Engine::succeed(bool polled) {
  const auto now = till_.clock.wall_now();
  till_.sync.change([&](app::SyncSnapshot& snapshot) { snapshot.last_sync_at = now; });
  if (failures_ != 0) meta::set_number(*till_.journal.lease(), meta::kFailedAttempts, 0);
  failures_ = 0;
  blocked_until_ = milliseconds(0);
  if (polled) {
    next_poll_ = till_.clock.since_boot() + spread(timing_.poll, random_);
    purge();
  }
  show(app::Network::online, {});
}

void Engine::fail(const Verdict& verdict) {
  ++failures_;
  const bool paused = verdict.reaction == Reaction::pause || verdict.reaction == Reaction::rekey;
  // A paused queue looks again too, rarely: what an operator mends must not need a visit to every till.
  auto delay = paused ? spread(timing_.retry.cap, random_) : retry_delay(timing_.retry, failures_, random_);
  if (verdict.retry_after) delay = std::max(delay, *verdict.retry_after);
  delay = std::min(delay, timing_.retry.cap);
  blocked_until_ = till_.clock.since_boot() + delay;
  till_.journal.transaction([&](db::Connection& connection) {
    meta::set_number(connection, meta::kFailedAttempts, failures_);
    meta::set_number(connection, meta::kRetryDelay, delay.count());
  });
  till_.host.log(app::LogLevel::warning, (paused ? "sync paused: " : "sync failed: ") +
                                             verdict.problem.message + "; next attempt in " +
                                             std::to_string(delay.count()) + " ms");
  show(paused ? app::Network::paused : app::Network::offline,
       paused ? verdict.problem.message : std::string());
}

void Engine::show(app::Network network, const std::string& paused_reason) {
  till_.sync.change([&](app::SyncSnapshot& snapshot) {
    snapshot.network = network;
    snapshot.paused_reason = paused_reason;
    snapshot.next_attempt = failures_ == 0 ? std::nullopt : std::optional(blocked_until_);
  });
}

bool Engine::anything_unsent() { return outbox::captures::any_unsent(*till_.journal.lease()); }

void Engine::purge() {
  const auto settings = till_.settings.get();
  // A restore of the server counts on these days, so that settings can make them more and never less.
  const int days =
      std::max(kLeastRetentionDays, settings ? settings->bundle.till.retention_days : kLeastRetentionDays);
  const auto now = till_.clock.wall_now();
  const auto limit = now - std::chrono::days(days);
  till_.journal.transaction([&](db::Connection& connection) {
    meta::set_number(connection, meta::kLastSync, domain::to_epoch_ms(now));
    outbox::tickets::purge_settled(connection, limit);
    outbox::captures::purge_delivered(connection, limit);
    outbox::updates::purge_finished(connection, limit);
    outbox::departures::purge(connection, limit);
  });
}

milliseconds Engine::rest() const {
  const auto due = failures_ == 0 ? next_poll_ : blocked_until_;
  return std::max(due - till_.clock.since_boot(), milliseconds(0));
}

}  // namespace ccms::plugin::sync
