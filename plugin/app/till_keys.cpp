#include "plugin/app/till_keys.h"

#include "core/crypto/prf.h"

namespace ccms::plugin::app {

std::shared_ptr<const TillKeys> keys_of(const outbox::Identity& identity) {
  return std::make_shared<const TillKeys>(TillKeys{identity.store, identity.till, identity.epoch,
                                                   identity.prefix, identity.bundle_key,
                                                   crypto::KeyPair::from_private(identity.private_key),
                                                   crypto::ticket_code_prf(identity.permutation_key)});
}

}  // namespace ccms::plugin::app
