#include "server/settings/bundles.h"

#include "core/crypto/digest.h"
#include "core/settings/bundle.h"
#include "core/wire/signing.h"

namespace ccms::server {

std::shared_ptr<const SignedBundle> Bundles::bundle(const PublishedSettings& published,
                                                    const std::string& store) {
  {
    const std::lock_guard lock(mutex_);
    if (version_ == published.version) {
      if (const auto known = of_store_.find(store); known != of_store_.end()) return known->second;
    }
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
  if (version_ != published.version) {
    of_store_.clear();
    version_ = published.version;
  }
  return of_store_.emplace(store, std::move(made)).first->second;
}

}  // namespace ccms::server
