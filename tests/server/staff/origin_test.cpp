#include "server/staff/origin.h"

#include <gtest/gtest.h>

namespace ccms::server {
namespace {

bool allowed(NameValues headers, const std::string& public_url = "", bool secure = false) {
  Config config;
  config.public_url = public_url;
  Request request;
  request.headers = std::move(headers);
  request.secure = secure;
  return is_same_origin(request, config);
}

TEST(Origin, OurOwnPagesMayChangeThings) {
  EXPECT_TRUE(allowed({{"Origin", "http://ccms.example:8080"}, {"Host", "ccms.example:8080"}}));
  EXPECT_TRUE(
      allowed({{"Origin", "https://ccms.example"}, {"Host", "backend"}}, "https://ccms.example/console"));
  EXPECT_TRUE(allowed({{"Host", "ccms.example"}})) << "a program sends no Origin";
}

TEST(Origin, OtherSitesMayNot) {
  EXPECT_FALSE(allowed({{"Origin", "http://evil.example"}, {"Host", "ccms.example"}}));
  EXPECT_FALSE(allowed({{"Origin", "null"}, {"Host", "ccms.example"}}));
  EXPECT_FALSE(allowed({{"Origin", "http://ccms.example"}, {"Host", "ccms.example"}}, "", true))
      << "another scheme";
  EXPECT_FALSE(allowed({{"Origin", "http://ccms.example.evil.example"}, {"Host", "ccms.example"}}));
  EXPECT_FALSE(allowed({{"Sec-Fetch-Site", "cross-site"}, {"Host", "ccms.example"}}));
}

}  // namespace
}  // namespace ccms::server
