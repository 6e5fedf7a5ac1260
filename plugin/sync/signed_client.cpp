#include "plugin/sync/signed_client.h"

#include "core/crypto/digest.h"
#include "core/crypto/random.h"
#include "core/wire/signing.h"
#include "core/wire/sync_messages.h"
#include "plugin/outbox/meta_table.h"

namespace ccms::plugin::sync {

domain::Result<HttpResponse> SignedClient::call(const HttpRequest& request) {
  auto reply = server_.send(sign(request));
  if (!reply || reply->status != 401 || !learn_offset(*reply)) return reply;
  return server_.send(sign(request));
}

HttpRequest SignedClient::sign(HttpRequest request) const {
  const auto keys = till_.keys.get();
  const auto identity = outbox::identity::load(*till_.journal.lease());
  const auto wall = domain::to_epoch_ms(till_.clock.wall_now());
  const wire::SignedRequest covered{request.method,
                                    request.path,
                                    keys->till,
                                    keys->epoch,
                                    crypto::sha256_hex(request.body),
                                    wall + till_.sync.get().clock_offset_ms,
                                    crypto::hex_encode(crypto::random_bytes(wire::kNonceBytes)),
                                    identity ? identity->generation : 0};
  const auto signature = keys->pair.sign(wire::request_signing_bytes(covered));
  const auto set = [&](std::string_view name, std::string value) {
    request.headers[std::string(name)] = std::move(value);
  };
  set(wire::kTillHeader, covered.till.str());
  set(wire::kEpochHeader, std::to_string(covered.epoch));
  set(wire::kTimeHeader, std::to_string(covered.time_ms));
  set(wire::kNonceHeader, covered.nonce);
  set(wire::kDigestHeader, covered.digest);
  set(wire::kGenerationHeader, std::to_string(covered.generation));
  set(wire::kSignatureHeader, crypto::base64_encode(domain::bytes_view(signature)));
  return request;
}

bool SignedClient::learn_offset(const HttpResponse& response) {
  const auto problem = wire::parse_http_problem(response.body);
  if (!problem || problem->code != "clock_skew" || !problem->server_time) return false;
  const auto offset = (*problem->server_time - till_.clock.wall_now()).count();
  till_.sync.change([&](app::SyncSnapshot& snapshot) { snapshot.clock_offset_ms = offset; });
  outbox::meta::set_number(*till_.journal.lease(), outbox::meta::kClockOffset, offset);
  till_.host.log(app::LogLevel::warning,
                 "the till's clock is " + std::to_string(-offset) + " ms ahead of the server's");
  return true;
}

}  // namespace ccms::plugin::sync
