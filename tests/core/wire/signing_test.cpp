#include "core/wire/signing.h"

#include <gtest/gtest.h>

#include "core/crypto/digest.h"
#include "core/crypto/ed25519.h"

namespace ccms::wire {
namespace {

TEST(Signing, ACapturesBytesAreNamedAndDigested) {
  const std::string bytes = capture_signing_bytes(crypto::sha256("abc"));
  EXPECT_EQ(bytes.size(), 46U);
  EXPECT_EQ(bytes.substr(0, 14), "ccms-capture-1");
  EXPECT_EQ(domain::hex_encode(bytes.substr(14)), crypto::sha256_hex("abc"));
}

TEST(Signing, ABundlesBytesAreNamedAndDigested) {
  const std::string bytes = bundle_signing_bytes(crypto::sha256("abc"));
  EXPECT_EQ(bytes.size(), 45U);
  EXPECT_EQ(bytes.substr(0, 13), "ccms-bundle-1");
}

SignedRequest request() {
  return {"POST",
          "/api/v1/sync/captures?x=1",
          domain::TillId("S001-T1"),
          3,
          crypto::sha256_hex("{}"),
          1795300759123,
          "00112233445566778899aabbccddeeff",
          17};
}

TEST(Signing, ARequestsBytesAreItsPartsLineByLine) {
  EXPECT_EQ(request_signing_bytes(request()),
            "ccms-request-1\nPOST\n/api/v1/sync/captures?x=1\nS001-T1\n3\n" + crypto::sha256_hex("{}") +
                "\n1795300759123\n00112233445566778899aabbccddeeff\n17");
}

TEST(Signing, EveryPartOfARequestIsCovered) {
  const crypto::KeyPair pair = crypto::KeyPair::generate();
  const auto signature = pair.sign(request_signing_bytes(request()));
  const auto holds = [&](auto change) {
    SignedRequest changed = request();
    change(changed);
    return crypto::verify(pair.public_key(), request_signing_bytes(changed), signature);
  };
  EXPECT_TRUE(holds([](SignedRequest&) {}));
  EXPECT_FALSE(holds([](SignedRequest& r) { r.method = "PUT"; }));
  EXPECT_FALSE(holds([](SignedRequest& r) { r.path += "2"; }));
  EXPECT_FALSE(holds([](SignedRequest& r) { r.till = domain::TillId("S001-T2"); }));
  EXPECT_FALSE(holds([](SignedRequest& r) { ++r.epoch; }));
  EXPECT_FALSE(holds([](SignedRequest& r) { r.digest = crypto::sha256_hex("[]"); }));
  EXPECT_FALSE(holds([](SignedRequest& r) { ++r.time_ms; }));
  EXPECT_FALSE(holds([](SignedRequest& r) { r.nonce[0] = '1'; }));
  EXPECT_FALSE(holds([](SignedRequest& r) { ++r.generation; }));
}

}  // namespace
}  // namespace ccms::wire
