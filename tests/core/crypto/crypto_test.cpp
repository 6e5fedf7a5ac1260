#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/crypto/digest.h"
#include "core/crypto/ed25519.h"
#include "core/crypto/prf.h"
#include "core/crypto/random.h"

namespace ccms::crypto {
namespace {

template <std::size_t N>
std::array<std::uint8_t, N> from_hex(std::string_view hex) {
  return domain::to_array<N>(hex_decode(hex).value()).value();
}

template <std::size_t N>
std::string to_hex(const std::array<std::uint8_t, N>& bytes) {
  return hex_encode(domain::bytes_view(bytes));
}

TEST(Digest, Sha256KnownAnswers) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, HmacKnownAnswersOfRfc4231) {
  EXPECT_EQ(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac_sha256("", "")), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Digest, SecretsAreComparedWhole) {
  EXPECT_TRUE(equal_secrets("", ""));
  EXPECT_TRUE(equal_secrets("secret", "secret"));
  EXPECT_FALSE(equal_secrets("secret", "secreT"));
  EXPECT_FALSE(equal_secrets("secret", "secrets"));
}

TEST(Ed25519, KnownAnswersOfRfc8032) {
  const KeyPair empty =
      KeyPair::from_private(from_hex<32>("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
  EXPECT_EQ(to_hex(empty.public_key()), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(to_hex(empty.sign("")),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bb"
            "e24655141438e7a100b");
  const KeyPair one =
      KeyPair::from_private(from_hex<32>("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  EXPECT_EQ(to_hex(one.sign("r")),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302"
            "aeeb00d291612bb0c00");
}

TEST(Ed25519, AKeyPairIsStoredAndLoaded) {
  const KeyPair made = KeyPair::generate();
  const KeyPair loaded = KeyPair::from_private(made.private_key());
  EXPECT_EQ(loaded.public_key(), made.public_key());
  EXPECT_TRUE(verify(made.public_key(), "bytes", loaded.sign("bytes")));
  EXPECT_NE(KeyPair::generate().public_key(), made.public_key());
}

TEST(Ed25519, OtherBytesKeysAndSignaturesAreRefused) {
  const KeyPair pair = KeyPair::generate();
  const Signature signature = pair.sign("bytes");
  EXPECT_FALSE(verify(pair.public_key(), "byteS", signature));
  EXPECT_FALSE(verify(pair.public_key(), "", signature));
  EXPECT_FALSE(verify(KeyPair::generate().public_key(), "bytes", signature));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    Signature wrong = signature;
    wrong[i] = static_cast<std::uint8_t>(wrong[i] ^ 1);
    EXPECT_FALSE(verify(pair.public_key(), "bytes", wrong)) << i;
  }
}

TEST(Ed25519, MalformedKeysAndSignaturesAreSimplyFalse) {
  const KeyPair pair = KeyPair::generate();
  const Signature signature = pair.sign("bytes");
  const std::string_view text = domain::bytes_view(signature);
  EXPECT_TRUE(verify(pair.public_key(), "bytes", text));
  EXPECT_FALSE(verify(pair.public_key(), "bytes", text.substr(1)));
  EXPECT_FALSE(verify(pair.public_key(), "bytes", ""));
  PublicKey no_point;
  no_point.fill(0xFF);
  EXPECT_FALSE(verify(no_point, "bytes", signature));
}

TEST(Random, DoesNotRepeat) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(random_bytes(16)).second);
  EXPECT_NE(random_array<10>(), random_array<10>());
  EXPECT_EQ(random_bytes(0), "");
}

TEST(TicketCodePrf, MakesTicketCodesThatOnlyTheSecretUndoes) {
  const domain::Prf prf = ticket_code_prf("till secret");
  EXPECT_EQ(prf("x"), prf("x"));
  EXPECT_NE(prf("x"), prf("y"));
  EXPECT_NE(prf("x"), ticket_code_prf("other secret")("x"));
  std::set<std::string> codes;
  for (std::uint32_t sequence = 0; sequence < 500; ++sequence) {
    const auto code =
        domain::TicketCode::make("7KXA", sequence, static_cast<std::uint16_t>(sequence * 77), prf);
    ASSERT_TRUE(code);
    EXPECT_TRUE(codes.insert(code->str()).second);
    EXPECT_EQ(domain::ticket_code_sequence(*code, prf), sequence);
  }
}

/// Codes that customers hold must stay what they are: the construction is part of the format.
TEST(TicketCodePrf, TheConstructionNeverChanges) {
  const auto code = domain::TicketCode::make("7KXA", 4711, 12345, ticket_code_prf("till secret"));
  ASSERT_TRUE(code);
  EXPECT_EQ(code->display(), "7KXA-BVMX-SZK3");
}

}  // namespace
}  // namespace ccms::crypto
