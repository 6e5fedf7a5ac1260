#include "server/tills/enrolment_codes.h"

#include <cctype>

#include "core/crypto/digest.h"
#include "core/crypto/random.h"
#include "server/tills/till_records.h"

namespace ccms::server {
namespace {

constexpr std::string_view kSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford's base 32
constexpr std::size_t kLength = 12;                                        // 60 random bits
constexpr std::size_t kGroup = 4;

/// Case, dashes and spaces do not count, and look-alikes are taken for what was meant.
std::string normalised(const std::string& typed) {
  std::string plain;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    const char upper = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    plain += upper == 'O' ? '0' : (upper == 'I' || upper == 'L') ? '1' : upper;
  }
  return plain;
}

std::string hash_of(const std::string& code) {
  return crypto::sha256_hex("ccms-enrolment-1\n" + normalised(code));
}

bool holds_current_key(db::Connection& connection, const std::string& till, const crypto::PublicKey& key) {
  const auto known = find_till(connection, till);
  if (!known) return false;
  const auto current = find_till_key(connection, till, known->epoch);
  return current && current->public_key == key;
}

}  // namespace

std::string issue_enrolment_code(db::Connection& connection, const std::string& store,
                                 const std::string& till, Instant now) {
  std::string code;
  for (const char byte : crypto::random_bytes(kLength)) {
    if (code.size() % (kGroup + 1) == kGroup) code += '-';
    code += kSymbols[static_cast<unsigned char>(byte) % kSymbols.size()];
  }
  connection.execute(
      "INSERT INTO enrolment_codes (code_hash, store, till, created_at, expires_at, used_at) "
      "VALUES (?, ?, ?, ?, ?, NULL)",
      {hash_of(code), store, till, to_epoch_ms(now), to_epoch_ms(now + kEnrolmentCodeLife)});
  return code;
}

domain::Result<void> redeem_enrolment_code(db::Connection& connection, const std::string& code,
                                           const std::string& store, const std::string& till,
                                           const crypto::PublicKey& key, Instant now) {
  const domain::Error refused{"enrolment_refused", "this enrolment code cannot be used; ask for a new one",
                              "/code"};
  const auto rows =
      connection.query("SELECT store, till, expires_at, used_at FROM enrolment_codes WHERE code_hash = ?" +
                           std::string(connection.dialect().for_update()),
                       {hash_of(code)});
  if (rows.empty()) return refused;
  const auto row = rows.front();
  if (row.integer("expires_at") <= to_epoch_ms(now)) return refused;
  if (!row.is_null("used_at") && !holds_current_key(connection, till, key)) return refused;
  if (row.text("till") != till) return domain::Error{"wrong_till", "this code is for another till", "/till"};
  if (row.text("store") != store)
    return domain::Error{"wrong_till", "this code is for another store", "/store"};
  connection.execute("UPDATE enrolment_codes SET used_at = ? WHERE code_hash = ?",
                     {to_epoch_ms(now), hash_of(code)});
  return {};
}

}  // namespace ccms::server
