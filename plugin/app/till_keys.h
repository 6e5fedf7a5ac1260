#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/crypto/ed25519.h"
#include "core/domain/ids.h"
#include "core/domain/ticket_code.h"
#include "plugin/outbox/identity_table.h"

namespace ccms::plugin::app {

/// The parts of the till's identity that sign captures and requests, ready for use: making a key pair from
/// its bytes takes longer than signing with it.
struct TillKeys {
  domain::StoreId store;
  domain::TillId till;
  std::int64_t epoch = 1;
  std::string prefix;
  crypto::PublicKey bundle_key{};
  crypto::KeyPair pair;
  domain::Prf code_secret;

  /// The signature of the capture that has this digest, as the journal has it.
  crypto::Signature sign_capture(std::string_view digest) const;
};

std::shared_ptr<const TillKeys> keys_of(const outbox::Identity& identity);

}  // namespace ccms::plugin::app
