#include "plugin/app/till_keys.h"

#include "core/crypto/prf.h"
#include "core/domain/encoding.h"
#include "core/wire/signing.h"

namespace ccms::plugin::app {

crypto::Signature TillKeys::sign_capture(std::string_view digest) const {
  return pair.sign(wire::capture_signing_bytes(domain::to_array<32>(digest).value_or(domain::Digest{})));
}

std::shared_ptr<const TillKeys> keys_of(const outbox::Identity& identity) {
  return std::make_shared<const TillKeys>(TillKeys{identity.store, identity.till, identity.epoch,
                                                   identity.prefix, identity.bundle_key,
                                                   crypto::KeyPair::from_private(identity.private_key),
                                                   crypto::ticket_code_prf(identity.permutation_key)});
}

}  // namespace ccms::plugin::app
