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
  EXPECT_EQ(error_of(R"({"http": {"port": 1e999}})").code, "not_json");
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

TEST(Config, ReportsThatNobodyCouldProveAreNotAskedFor) {
  const auto sms = [](const std::string& members) {
    return error_of(R"({"notify": {"sms": {"url": "http://sms.local/", )" + members + "}}}");
  };
  const std::string address = R"("delivery_report_url": "https://ccms.example.test/api/v1/sms/dlr")";
  const domain::Error missing{"missing_field", "is required here", "/notify/sms/delivery_report_token"};
  EXPECT_EQ(sms(address), missing);
  EXPECT_EQ(sms(address + R"(, "delivery_report_token": "")"), missing);
  EXPECT_EQ(sms(address + R"(, "delivery_report_token": "canary")"), domain::Error{});
}

TEST(Config, APasswordForMailLeavesThisMachineEncryptedOrNotAtAll) {
  const auto smtp = [](const std::string& host, const std::string& members) {
    return error_of(R"({"notify": {"smtp": {"from": "a@b.example", "host": ")" + host + "\"" + members +
                    "}}}")
        .field;
  };
  const std::string user = R"(, "user": "ccms", "password": "canary")";
  for (const char* host : {"mail.local", "10.0.0.1", "127.mail.example"})
    EXPECT_EQ(smtp(host, user), "/notify/smtp/starttls") << host;
  EXPECT_EQ(smtp("mail.local", user + R"(, "starttls": true)"), "");
  EXPECT_EQ(smtp("mail.local", ""), "") << "nobody signs in";
  for (const char* host : {"localhost", "127.0.0.1", "::1"}) EXPECT_EQ(smtp(host, user), "") << host;
}

TEST(Config, AFileThatCannotBeReadSaysWhyAndItsNameOnlyOnce) {
  const test::TempFolder folder;
  EXPECT_EQ(load_config(folder.path() / "none.json").error(),
            (domain::Error{"unreadable", "cannot be read: No such file or directory", ""}));
  EXPECT_EQ(load_config(folder.path()).error(),
            (domain::Error{"unreadable", "cannot be read: Is a directory", ""}));
}

TEST(Config, AMistakeOfJsonIsShownByItsPlaceWithoutWhatStandsThere) {
  const auto message = [](const std::string& document) { return error_of(document).message; };
  EXPECT_EQ(message("{"), "is not JSON from line 1, column 2 on");
  EXPECT_EQ(message("{\n  \"password\": \"canary\n\"}"), "is not JSON from line 2, column 22 on");
}

TEST(Config, AMissingFileIsNamedTogetherWithTheFileThatNamesIt) {
  const test::TempFolder folder;
  const auto file = folder.write("server.json", R"({"http": {"web_root": "web"}})");
  const auto config = load_config(file);
  ASSERT_TRUE(config.ok());
  const auto checked = check_files(*config);
  ASSERT_FALSE(checked.ok());
  EXPECT_EQ(checked.error().message,
            "there is no " + (folder.path() / "web").string() + ", which " + file.string() + " names");
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
