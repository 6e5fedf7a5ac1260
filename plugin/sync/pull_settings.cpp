#include "plugin/sync/pull_settings.h"

#include "core/crypto/digest.h"
#include "core/crypto/ed25519.h"
#include "core/wire/signing.h"
#include "plugin/outbox/bundle_table.h"

namespace ccms::plugin::sync {
namespace {

bool signed_by_server(const HttpResponse& response, const crypto::PublicKey& key) {
  const auto signature = crypto::base64_decode(response.header("ccms-bundle-signature"));
  return signature &&
         crypto::verify(key, wire::bundle_signing_bytes(crypto::sha256(response.body)), *signature);
}

/// Settings that cannot be used are no reason to keep tickets back: the old ones stay in force, and the next
/// poll asks again.
Verdict refuse(app::Till& till, const std::string& why) {
  till.host.log(app::LogLevel::error, "settings refused: " + why);
  return {};
}

}  // namespace

Verdict pull_settings(app::Till& till, SignedClient& client) {
  HttpRequest request{"GET", "/api/v1/sync/settings", {}, {}};
  if (const auto current = till.settings.get()) request.headers["If-None-Match"] = current->etag;
  const auto reply = client.call(request);
  if (auto verdict = judge(reply); verdict.reaction != Reaction::proceed) return verdict;
  if (reply->status == 304) return {};

  if (!signed_by_server(*reply, till.keys.get()->bundle_key))
    return refuse(till, "the signature is not the server's");
  auto parsed = app::parse_till_settings(reply->body, reply->header("etag"));
  if (!parsed) return refuse(till, parsed.error().message);
  if (parsed.value()->bundle.store.id != till.config.store.str())
    return refuse(till, "they are another store's");

  outbox::bundle::save(*till.journal.lease(), {reply->header("etag"), reply->body}, till.clock.wall_now());
  till.settings.set(std::move(parsed).value());
  till.events.status_changed();
  return {};
}

}  // namespace ccms::plugin::sync
