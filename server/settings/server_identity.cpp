#include "server/settings/server_identity.h"

#include "core/crypto/digest.h"
#include "core/db/transaction.h"
#include "server/app/identifiers.h"

namespace ccms::server {
namespace {

constexpr const char* kEpochName = "server_epoch";
constexpr const char* kKeyName = "bundle_private_key";

/// Stores the value unless there is one, and returns the one that is there.
std::string settle(db::Connection& connection, const char* name, const std::string& proposal) {
  connection.execute(
      "INSERT INTO server_info (name, value) VALUES (?, ?)" + connection.dialect().upsert("name", {}),
      {name, proposal});
  return connection.query("SELECT value FROM server_info WHERE name = ?", {name}).front().text(0);
}

}  // namespace

ServerIdentity load_server_identity(db::Database& database, Instant now) {
  const auto proposal = crypto::KeyPair::generate().private_key();
  std::string epoch;
  std::string key;
  db::with_transaction(database, [&](db::Connection& connection) {
    epoch = settle(connection, kEpochName, new_uuid(now));
    key = settle(connection, kKeyName, crypto::base64_encode(domain::bytes_view(proposal)));
  });
  const auto bytes = domain::to_array<32>(crypto::base64_decode(key).value()).value();
  return {epoch, crypto::KeyPair::from_private(bytes)};
}

}  // namespace ccms::server
