#include "plugin/sync/enrolment.h"

#include <unistd.h>

#include <array>

#include "core/crypto/random.h"
#include "core/domain/ticket_code.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/meta_table.h"
#include "plugin/sync/server_epoch.h"
#include "plugin/version.h"

namespace ccms::plugin::sync {
namespace {

constexpr std::size_t kPermutationKeyBytes = 32;
constexpr std::int64_t kFetchSpareAt = std::int64_t{domain::TicketCode::kSequenceLimit} / 10 * 9;

/// The machine's name, so that an operator recognises the till.
std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "unknown";
  return name.data();
}

}  // namespace

domain::Result<void> Enrolment::enrol(const std::string& code) {
  if (!attempt_ || attempt_->code != code) attempt_.emplace(Attempt{code, crypto::KeyPair::generate()});
  wire::EnrolRequest request;
  request.code = code;
  request.public_key = attempt_->pair.public_key();
  request.store = till_.config.store;
  request.till = till_.config.till;
  request.device = {kPluginVersion, host_name()};
  const auto reply = client_.call_unsigned({"POST", "/api/v1/tills/enrol", wire::build(request), {}});
  if (!reply)
    return domain::Error{"unavailable", "the server cannot be reached: " + reply.error().message, {}};
  if (const auto verdict = judge(reply); verdict.reaction != Reaction::proceed) return verdict.problem;
  const auto given = wire::parse_till_identity(reply->body);
  if (!given) return domain::Error{"unavailable", "the server's answer cannot be read", {}};
  adopt(*given, attempt_->pair);
  attempt_.reset();
  return {};
}

Verdict Enrolment::rekey() {
  // The same key again after a lost answer: the server then gives the epoch that it has given already.
  if (!next_key_) next_key_ = crypto::KeyPair::generate();
  const auto reply = client_.call(
      {"POST", "/api/v1/tills/rekey", wire::build(wire::RekeyRequest{next_key_->public_key()}), {}});
  if (auto verdict = judge(reply); verdict.reaction != Reaction::proceed) return verdict;
  const auto given = wire::parse_till_identity(reply->body);
  if (!given) return unreadable_answer(given.errors.front().message);
  adopt(*given, *next_key_);
  next_key_.reset();
  till_.host.log(app::LogLevel::warning, "the server has seen a copy of this till; it goes on as epoch " +
                                             std::to_string(given->epoch));
  return {};
}

Verdict Enrolment::fetch_spare_prefix() {
  const auto identity = outbox::identity::load(*till_.journal.lease());
  if (!identity || identity->spare_prefix || identity->next_code < kFetchSpareAt) return {};
  const auto reply = client_.call({"POST", "/api/v1/tills/prefix", "{}", {}});
  if (auto verdict = judge(reply); verdict.reaction != Reaction::proceed) return verdict;
  const auto given = wire::parse_prefix_reply(reply->body);
  if (!given) return unreadable_answer(given.errors.front().message);
  // Counting anew under the prefix in use would give codes out twice.
  if (given->prefix == identity->prefix) return unreadable_answer("the prefix is the one in use");
  outbox::identity::set_spare_prefix(*till_.journal.lease(), given->prefix);
  return {};
}

void Enrolment::sign_with_present_key(db::Connection& connection) {
  const auto identity = outbox::identity::load(connection);
  if (!identity) return;
  const auto keys = app::keys_of(*identity);
  for (const auto& capture : outbox::captures::not_signed(connection, identity->epoch))
    outbox::captures::set_signature(connection, capture.n, keys->sign_capture(capture.digest));
}

void Enrolment::adopt(const wire::TillIdentity& given, const crypto::KeyPair& pair) {
  outbox::Identity identity;
  identity.store = given.store;
  identity.till = given.till;
  identity.epoch = given.epoch;
  identity.generation = given.generation;
  identity.prefix = given.prefix;
  identity.private_key = pair.private_key();
  identity.permutation_key = crypto::random_bytes(kPermutationKeyBytes);
  identity.bundle_key = given.bundle_key;
  identity.server_epoch = given.server_epoch;
  identity.enrolled_at = till_.clock.wall_now();
  const auto offset = (given.server_time - till_.clock.wall_now()).count();
  till_.journal.transaction([&](db::Connection& connection) {
    notice_server_epoch(connection, till_, given.server_epoch);
    sign_with_present_key(connection);
    outbox::identity::save(connection, identity);
    outbox::meta::set_number(connection, outbox::meta::kClockOffset, offset);
  });
  till_.sync.change([&](app::SyncSnapshot& snapshot) { snapshot.clock_offset_ms = offset; });
  till_.keys.set(app::keys_of(identity));
  till_.events.status_changed();
}

}  // namespace ccms::plugin::sync
