#include "server/tills/till_resource.h"

#include "core/db/transaction.h"
#include "core/wire/sync_messages.h"
#include "server/http/problem.h"
#include "server/store/audit_log.h"
#include "server/tills/enrolment_codes.h"
#include "server/tills/till_identities.h"

namespace ccms::server {
namespace {

Response json_body(int status, std::string body) {
  return {.status = status, .content_type = "application/json", .body = std::move(body), .headers = {}};
}

/// The till's row, made anew or brought up to date with what the till says of itself.
TillRecord register_till(db::Connection& connection, const wire::EnrolRequest& wish, Instant now) {
  const std::string insert =
      "INSERT INTO tills (till, store, enabled, epoch, generation, plugin_version, host, clock_offset_ms, "
      "enrolled_at, "
      "last_sync_at, captures_received, captures_stored, captures_duplicate, captures_rejected) "
      "VALUES (?, ?, 1, 0, 0, ?, ?, 0, ?, NULL, 0, 0, 0, 0)" +
      connection.dialect().upsert("till", {"store", "plugin_version", "host", "enrolled_at"});
  connection.execute(insert, {wish.till.str(), wish.store.str(), wish.device.plugin_version, wish.device.host,
                              to_epoch_ms(now)});
  return find_till(connection, wish.till.str()).value();
}

/// A till that asks once more, since the answer was lost, has the identity already.
void note_identity(db::Connection& connection, const char* action, const TillRecord& before,
                   const GrantedIdentity& granted, Instant now) {
  const auto& till = granted.till;
  if (till.epoch == before.epoch) return;
  append_audit(connection,
               {{"till", till.till, till.till, "http"},
                action,
                "till",
                till.till,
                {{"store", till.store}, {"epoch", till.epoch}}},
               now);
}

}  // namespace

void TillResource::add_routes(Router& router) {
  constexpr std::size_t kMaxBody = 16U * 1024U;
  router.add(
      "POST", "/api/v1/tills/enrol", Access::open, [this](const Request& r) { return enrol(r); }, kMaxBody);
  router.add(
      "POST", "/api/v1/tills/rekey", Access::till_rekey, [this](const Request& r) { return rekey(r); },
      kMaxBody);
  router.add(
      "POST", "/api/v1/tills/prefix", Access::till, [this](const Request& r) { return grant_prefix(r); },
      kMaxBody);
}

std::string TillResource::identity_body(const TillRecord& till, const std::string& prefix) const {
  wire::TillIdentity answer;
  answer.till = domain::TillId(till.till);
  answer.store = domain::StoreId(till.store);
  answer.epoch = till.epoch;
  answer.generation = till.generation;
  answer.prefix = prefix;
  answer.server_time = services_.clock.now();
  answer.server_epoch = identity_.server_epoch;
  answer.bundle_key = identity_.bundle_key.public_key();
  return wire::build(answer);
}

Response TillResource::enrol(const Request& request) {
  const auto wish = wire::parse_enrol_request(request.body);
  if (!wish.ok()) return problem(422, wish.errors);
  const Instant now = services_.clock.now();
  const auto identity = db::with_transaction(services_.database, [&](db::Connection& connection) {
    const auto redeemed = redeem_enrolment_code(connection, wish->code, wish->store.str(), wish->till.str(),
                                                wish->public_key, now);
    if (!redeemed.ok()) return domain::Result<GrantedIdentity>(redeemed.error());
    const auto till = register_till(connection, *wish, now);
    auto granted = identity_for_key(connection, till, wish->public_key, now);
    note_identity(connection, "till.enrolled", till, granted, now);
    revoke_retired_keys(connection, wish->till.str(), now);
    return domain::Result<GrantedIdentity>(std::move(granted));
  });
  if (!identity.ok()) {
    services_.log.warn("enrolment_refused", {{"request_id", request.request_id},
                                             {"till", wish->till.str()},
                                             {"remote_address", request.remote_address},
                                             {"code", identity.error().code}});
    return problem(403, identity.error());
  }
  services_.log.info(
      "till_enrolled",
      {{"request_id", request.request_id}, {"till", identity->till.till}, {"epoch", identity->till.epoch}});
  return json_body(201, identity_body(identity->till, identity->prefix));
}

Response TillResource::rekey(const Request& request) {
  const auto wish = wire::parse_rekey_request(request.body);
  if (!wish.ok()) return problem(422, wish.errors);
  const Instant now = services_.clock.now();
  const auto identity = db::with_transaction(services_.database, [&](db::Connection& connection) {
    const auto till = find_till(connection, request.principal.id).value();
    auto granted = identity_for_key(connection, till, wish->public_key, now);
    note_identity(connection, "till.rekeyed", till, granted, now);
    return granted;
  });
  services_.log.warn("till_rekeyed", {{"request_id", request.request_id},
                                      {"till", identity.till.till},
                                      {"from_epoch", request.principal.epoch},
                                      {"epoch", identity.till.epoch}});
  return json_body(201, identity_body(identity.till, identity.prefix));
}

Response TillResource::grant_prefix(const Request& request) {
  const Instant now = services_.clock.now();
  const auto prefix = db::with_transaction(services_.database, [&](db::Connection& connection) {
    return spare_prefix(connection, request.principal.id, now);
  });
  return json_body(200, wire::build(wire::PrefixReply{prefix}));
}

}  // namespace ccms::server
