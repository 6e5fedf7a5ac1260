#include "server/tills/till_identities.h"

#include <optional>

#include "server/store/ticket_codes.h"

namespace ccms::server {
namespace {

constexpr const char* kOwnerKind = "till";

/// The till's row stays locked until the transaction ends: two requests at once come one after the other.
void lock_till(db::Connection& connection, const std::string& till) {
  connection.query("SELECT till FROM tills WHERE till = ?" + std::string(connection.dialect().for_update()),
                   {till});
}

struct EpochPrefixes {
  std::string prefix;
  std::optional<std::string> spare;
};

EpochPrefixes prefixes_of(db::Connection& connection, const TillRecord& till) {
  const auto rows = connection.query(
      "SELECT prefix, spare_prefix FROM till_keys WHERE till = ? AND epoch = ?", {till.till, till.epoch});
  return {rows.front().text("prefix"), rows.front().optional_text("spare_prefix")};
}

bool has_codes(db::Connection& connection, const std::string& prefix) {
  constexpr const char* kBehindEverySymbol = "~";
  return !connection
              .query("SELECT code FROM ticket_codes WHERE code >= ? AND code < ? LIMIT 1",
                     {prefix, prefix + kBehindEverySymbol})
              .empty();
}

}  // namespace

GrantedIdentity identity_for_key(db::Connection& connection, const TillRecord& till,
                                 const crypto::PublicKey& key, Instant now) {
  lock_till(connection, till.till);
  const auto present = find_till(connection, till.till).value();
  const auto in_use = find_till_key(connection, till.till, present.epoch);
  if (in_use && in_use->public_key == key) return {present, prefixes_of(connection, present).prefix};
  GrantedIdentity identity{start_epoch(connection, present, key, now), ""};
  identity.prefix = grant_prefix(connection, kOwnerKind, till.till, now);
  connection.execute("UPDATE till_keys SET prefix = ? WHERE till = ? AND epoch = ?",
                     {identity.prefix, till.till, identity.till.epoch});
  return identity;
}

std::string spare_prefix(db::Connection& connection, const std::string& till, Instant now) {
  lock_till(connection, till);
  const auto present = find_till(connection, till).value();
  const auto given = prefixes_of(connection, present).spare;
  if (given && !has_codes(connection, *given)) return *given;
  auto prefix = grant_prefix(connection, kOwnerKind, till, now);
  connection.execute("UPDATE till_keys SET spare_prefix = ? WHERE till = ? AND epoch = ?",
                     {prefix, till, present.epoch});
  return prefix;
}

}  // namespace ccms::server
