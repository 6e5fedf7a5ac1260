#pragma once

#include <optional>
#include <string>

#include "core/crypto/ed25519.h"
#include "core/wire/sync_messages.h"
#include "plugin/sync/signed_client.h"
#include "plugin/sync/verdict.h"

namespace ccms::plugin::sync {

/// How the till gets its identity, a new one, and a new prefix for its codes. Used by the worker alone.
class Enrolment {
 public:
  Enrolment(app::Till& till, SignedClient& client) : till_(till), client_(client) {}

  /// Exchanges a one-use code for an identity. Errors: what the server said, "unavailable" without an answer.
  domain::Result<void> enrol(const std::string& code);

  /// After generation_stale: this till, or a copy of its data folder, has been somewhere else meanwhile. It
  /// becomes a new epoch with key, prefix and numbers of its own; what is unsent stays as it was.
  Verdict rekey();

  /// Fetches a prefix to go on with, when the present one is nearly used up.
  Verdict fetch_spare_prefix();

 private:
  /// A code is for one use. Trying again after a lost answer must offer the same key, or a server that has
  /// accepted it could not tell us from a thief.
  struct Attempt {
    std::string code;
    crypto::KeyPair pair;
  };

  /// Whatever may be sent later: when the key has gone, nobody could.
  static void sign_with_present_key(db::Connection& connection);
  void adopt(const wire::TillIdentity& given, const crypto::KeyPair& pair);

  app::Till& till_;
  SignedClient& client_;
  std::optional<Attempt> attempt_;
  std::optional<crypto::KeyPair> next_key_;  ///< of a rekeying that has had no answer yet
};

}  // namespace ccms::plugin::sync
