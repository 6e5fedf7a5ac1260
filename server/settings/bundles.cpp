#include "server/settings/bundles.h"

#include "core/crypto/digest.h"
#include "core/settings/bundle.h"
#include "core/wire/signing.h"

namespace ccms::server {

std::shared_ptr<const SignedBundle> Bundles::bundle(const PublishedSettings& published,
                                                    const std::string& store) {
  {
    const std::lock_guard lock(mutex_);
    const auto known = of_store_.find(store);
    if (known != of_store_.end() && known->second.version == published.version) return known->second.bundle;
  }
  auto body = settings::derive_bundle(published.settings, published.version, store);
  if (!body.ok()) return nullptr;
  const auto digest = crypto::sha256(body.value());
  auto made = std::make_shared<SignedBundle>();
  made->etag = '"' + crypto::hex_encode(domain::bytes_view(digest)) + '"';
  made->signature = crypto::base64_encode(
      domain::bytes_view(identity_.bundle_key.sign(wire::bundle_signing_bytes(digest))));
  made->body = std::move(body).value();

  const std::lock_guard lock(mutex_);
  of_store_[store] = {published.version, made};
  return made;
}

}  // namespace ccms::server
