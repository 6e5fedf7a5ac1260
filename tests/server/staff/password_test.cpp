#include "server/staff/password.h"

#include <gtest/gtest.h>

namespace ccms::server {
namespace {

TEST(Password, OnlyTheRightOneVerifies) {
  const std::string stored = hash_password("correct horse");
  EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << stored;
  EXPECT_TRUE(verify_password("correct horse", stored));
  EXPECT_FALSE(verify_password("Correct horse", stored));
  EXPECT_FALSE(verify_password("", stored));
}

TEST(Password, TheSamePasswordIsStoredDifferentlyEachTime) {
  EXPECT_NE(hash_password("x"), hash_password("x"));
}

TEST(Password, WhatIsNoHashVerifiesNothing) {
  for (const char* stored : {"", "no password", "$argon2id$", "$2y$10$abc"})
    EXPECT_FALSE(verify_password("no password", stored)) << stored;
}

}  // namespace
}  // namespace ccms::server
