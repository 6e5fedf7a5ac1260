#include "server/app/config.h"

#include <gtest/gtest.h>

#include <sstream>

#include "server/app/logger.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::server {
namespace {

domain::Error error_of(const std::string& document) {
  const auto config = parse_config(document, "/etc/ccms");
  return config.ok() ? domain::Error{} : config.error();
}

TEST(Config, AnEmptyDocumentIsTheDefaultBesideTheFile) {
  const auto config = parse_config("{}", "/etc/ccms");
  ASSERT_TRUE(config.ok());
  EXPECT_EQ(config->database.kind, DatabaseConfig::Kind::sqlite);
  EXPECT_EQ(config->database.path, "/etc/ccms/ccms-data/ccms.sqlite");
  EXPECT_EQ(config->http.address, "127.0.0.1");
  EXPECT_EQ(config->http.port, 8080);
  EXPECT_FALSE(config->demo);
}

TEST(Config, EverySectionIsRead) {
  const auto config = parse_config(R"({
      "data_folder": "data",
      "database": {"kind": "mariadb", "host": "db.local", "password": "canary"},
      "http": {"port": 443, "certificate": "c.pem", "key": "k.pem", "trusted_proxies": ["10.0.0.1"]},
      "notify": {"smtp": {"host": "mail.local", "from": "Nordmarkt <ccms@example.test>"}, "sms": {"url": "http://sms.local/"}},
      "public_url": "https://ccms.example.test", "invitation_days": 14, "demo": true, "log_level": "warn"})",
                                   "/etc/ccms");
  ASSERT_TRUE(config.ok()) << config.error().field;
  EXPECT_EQ(config->database.password.reveal(), "canary");
  EXPECT_TRUE(config->http.tls());
  EXPECT_EQ(config->http.certificate, "/etc/ccms/c.pem");
  EXPECT_EQ(config->notify.smtp->port, 25);
  EXPECT_EQ(config->notify.smtp->from.from_address, "ccms@example.test");
  EXPECT_EQ(config->notify.smtp->from.from_name, "Nordmarkt");
  EXPECT_EQ(config->notify.file_sink, "/etc/ccms/data/outbox");
  EXPECT_EQ(config->invitation_days, 14);
}

TEST(Config, MistakesAreNamed) {
  EXPECT_EQ(error_of("{").code, "not_json");
  EXPECT_EQ(error_of("[]").code, "wrong_type");
  EXPECT_EQ(error_of(R"({"prot": 1})"), (domain::Error{"unknown_field", "is not a setting", "/prot"}));
  EXPECT_EQ(error_of(R"({"http": {"port": "80"}})").field, "/http/port");
  EXPECT_EQ(error_of(R"({"http": {"port": 70000}})").code, "bad_value");
  EXPECT_EQ(error_of(R"({"http": {"certificate": "c.pem"}})").field, "/http/key");
  EXPECT_EQ(error_of(R"({"database": {"kind": "oracle"}})").field, "/database/kind");
  EXPECT_EQ(error_of(R"({"notify": {"smtp": {"host": "h"}}})").field, "/notify/smtp/from");
  EXPECT_EQ(error_of(R"({"demo": true, "http": {"address": "0.0.0.0"}})").field, "/http/address");
  EXPECT_EQ(error_of(R"({"http": {"trusted_proxies": [1]}})").field, "/http/trusted_proxies");
}

TEST(Config, ValuesThatCannotWorkAreNamed) {
  EXPECT_EQ(error_of(R"({"log_level": "loud"})").field, "/log_level");
  EXPECT_EQ(error_of(R"({"invitation_days": 0})").field, "/invitation_days");
  EXPECT_EQ(error_of(R"({"public_url": "foo"})").field, "/public_url");
  EXPECT_EQ(error_of(R"({"public_url": "http://"})").field, "/public_url");
  EXPECT_EQ(error_of(R"({"notify": {"sms": {"url": "sms.local"}}})").field, "/notify/sms/url");
  for (const char* from :
       {"nobody", "@example.test", "a@", "a@b\\r\\nBcc: x@example.test", "Name <a@b", "Name a@b"}) {
    EXPECT_EQ(error_of(R"({"notify": {"smtp": {"host": "h", "from": ")" + std::string(from) + "\"}}}").field,
              "/notify/smtp/from")
        << from;
  }
}

TEST(Config, FilesThatServingNeedsMustBeThere) {
  const test::TempFolder folder;
  const auto error = [&](const std::string& document) {
    const auto config = parse_config(document, folder.path());
    const auto checked = check_files(*config);
    return checked.ok() ? domain::Error{} : checked.error();
  };
  EXPECT_EQ(error("{}").code, "");
  EXPECT_EQ(error(R"({"http": {"web_root": "web"}})").field, "/http/web_root");
  folder.write("web/index.html", "");
  EXPECT_EQ(error(R"({"http": {"web_root": "web"}})").code, "");
  const auto tls = R"({"http": {"certificate": "c.pem", "key": "k.pem"}})";
  EXPECT_EQ(error(tls).field, "/http/certificate");
  folder.write("c.pem", "");
  EXPECT_EQ(error(tls).field, "/http/key");
}

TEST(Secret, ShowsNothingOfItself) {
  const Secret secret("canary");
  std::ostringstream text;
  text << secret;
  EXPECT_EQ(text.str(), "***");
  EXPECT_EQ(nlohmann::json(secret).dump(), "\"***\"");
}

}  // namespace
}  // namespace ccms::server
