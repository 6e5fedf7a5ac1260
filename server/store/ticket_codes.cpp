#include "server/store/ticket_codes.h"

#include <stdexcept>

#include "core/crypto/digest.h"
#include "core/crypto/prf.h"
#include "core/crypto/random.h"

namespace ccms::server {
namespace {

constexpr int kPrefixAttempts = 64;
constexpr int kCodeAttempts = 16;
constexpr std::uint32_t kPrefixes = 1U << 20;

std::uint32_t random_number() {
  const auto bytes = crypto::random_array<4>();
  return (std::uint32_t{bytes[0]} << 24U) | (std::uint32_t{bytes[1]} << 16U) |
         (std::uint32_t{bytes[2]} << 8U) | bytes[3];
}

struct ServerSequence {
  std::string prefix;
  std::uint32_t sequence = 0;
  std::string secret;
};

/// Takes the next number of the server's newest prefix; nothing when there is no prefix or it is used up.
std::optional<ServerSequence> next_of_newest(db::Connection& connection) {
  const std::string select =
      "SELECT prefix, next_sequence, secret FROM code_prefixes WHERE owner_kind = 'server' ORDER BY "
      "granted_at DESC, "
      "prefix LIMIT 1" +
      std::string(connection.dialect().for_update());
  const auto rows = connection.query(select);
  if (rows.empty()) return std::nullopt;
  const auto row = rows.front();
  const auto sequence = row.integer("next_sequence");
  if (sequence >= domain::TicketCode::kSequenceLimit) return std::nullopt;
  connection.execute("UPDATE code_prefixes SET next_sequence = next_sequence + 1 WHERE prefix = ?",
                     {row.text("prefix")});
  return ServerSequence{row.text("prefix"), static_cast<std::uint32_t>(sequence), row.text("secret")};
}

ServerSequence next_sequence(db::Connection& connection, Instant now) {
  if (auto next = next_of_newest(connection)) return *next;
  grant_prefix(connection, "server", "server", now);
  return next_of_newest(connection).value();
}

}  // namespace

bool claim_code(db::Connection& connection, const domain::TicketCode& code, const std::string& ticket_id,
                Instant now) {
  const std::string insert =
      "INSERT INTO ticket_codes (code, ticket_id, is_alias, created_at) VALUES (?, ?, 0, ?)" +
      connection.dialect().upsert("code", {});
  if (connection.execute(insert, {code.str(), ticket_id, to_epoch_ms(now)}) == 1) return true;
  const auto rows = connection.query("SELECT ticket_id FROM ticket_codes WHERE code = ?", {code.str()});
  return !rows.empty() && rows.front().text(0) == ticket_id;
}

domain::TicketCode claim_server_code(db::Connection& connection, const std::string& ticket_id, Instant now) {
  for (int attempt = 0; attempt < kCodeAttempts; ++attempt) {
    const auto next = next_sequence(connection, now);
    const auto code = domain::TicketCode::make(next.prefix, next.sequence,
                                               static_cast<std::uint16_t>(random_number() & 0x7FFFU),
                                               crypto::ticket_code_prf(next.secret));
    if (claim_code(connection, code.value(), ticket_id, now)) return code.value();
  }
  throw std::runtime_error("no free ticket code found");
}

std::string grant_prefix(db::Connection& connection, const std::string& owner_kind, const std::string& owner,
                         Instant now) {
  const std::string insert =
      "INSERT INTO code_prefixes (prefix, owner_kind, owner, next_sequence, secret, granted_at) "
      "VALUES (?, ?, ?, 0, ?, ?)" +
      connection.dialect().upsert("prefix", {});
  // A till's secret never leaves the till; only the server's own prefixes need one here.
  const std::string secret = owner_kind == "server" ? crypto::hex_encode(crypto::random_bytes(32)) : "";
  for (int attempt = 0; attempt < kPrefixAttempts; ++attempt) {
    std::string prefix = domain::ticket_code_prefix(random_number() % kPrefixes);
    if (connection.execute(insert, {prefix, owner_kind, owner, secret, to_epoch_ms(now)}) == 1) return prefix;
  }
  throw std::runtime_error("no free prefix of ticket codes found");
}

}  // namespace ccms::server
