#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/crypto/ed25519.h"
#include "core/db/connection.h"
#include "core/domain/ids.h"
#include "core/domain/time.h"

namespace ccms::plugin::outbox {

/// What the server gave this till at enrolment, and what goes with it.
struct Identity {
  domain::StoreId store;
  domain::TillId till;
  std::int64_t epoch = 1;
  std::int64_t generation = 1;  ///< the server's answer to "are you a copy?"; stored after every batch
  std::string prefix;           ///< of ticket codes
  std::optional<std::string> spare_prefix;
  crypto::PrivateKey private_key{};
  std::string permutation_key;  ///< hides the sequence in ticket codes; never leaves the till
  crypto::PublicKey bundle_key{};
  std::string server_epoch;
  std::int64_t next_seq = 1;
  std::int64_t next_code = 0;
  domain::Instant enrolled_at;
};

namespace identity {

std::optional<Identity> load(db::Connection& connection);
/// Replaces what was there.
void save(db::Connection& connection, const Identity& identity);

/// In a transaction: takes the next sequence number; none when the identity has changed its epoch meanwhile.
std::optional<std::int64_t> take_sequence(db::Connection& connection, std::int64_t epoch);

struct CodeSlot {
  std::int64_t seq = 0;   ///< of the capture
  std::int64_t code = 0;  ///< of the ticket code, under the prefix asked for
};
/// In a transaction: takes a sequence number and a code number; none when epoch or prefix have changed.
std::optional<CodeSlot> take_code(db::Connection& connection, std::int64_t epoch, const std::string& prefix);

void set_generation(db::Connection& connection, std::int64_t generation);
void set_server_epoch(db::Connection& connection, const std::string& server_epoch);
void set_spare_prefix(db::Connection& connection, const std::string& prefix);
/// Goes over to the spare prefix, counting from 0. False when there is none.
bool use_spare_prefix(db::Connection& connection);

}  // namespace identity
}  // namespace ccms::plugin::outbox
