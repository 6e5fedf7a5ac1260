#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/result.h"
#include "server/app/secret.h"
#include "server/notify/mail_composer.h"

namespace ccms::server {

struct DatabaseConfig {
  enum class Kind { sqlite, mariadb };
  Kind kind = Kind::sqlite;
  std::filesystem::path path;  ///< of SQLite's file
  std::string host = "127.0.0.1";
  std::uint16_t port = 3306;
  std::string name = "ccms";
  std::string user = "ccms";
  Secret password;
  std::size_t connections = 16;
};

struct HttpConfig {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any free one
  std::size_t threads = 128;
  std::filesystem::path certificate;  ///< PEM; TLS is on when certificate and key are set
  std::filesystem::path key;
  std::vector<std::string> trusted_proxies;  ///< addresses whose X-Forwarded-For and -Proto are believed
  std::filesystem::path web_root;            ///< the console's files; empty: none are served

  std::chrono::milliseconds header_time{10000};  ///< in which a request's line and headers must be there
  std::chrono::seconds body_time{60};            ///< and then its body; no file sets these two

  bool tls() const { return !certificate.empty(); }
};

struct SmtpConfig {
  std::string host;
  std::uint16_t port = 25;
  std::string user;
  Secret password;
  bool starttls = false;  ///< a must for a user, unless the host is this machine
  MailIdentity from;      ///< in the file one text, the name before the address in angle brackets
};

/// A Kannel-style gateway: GET url?username=…&password=…&from=…&to=…&text=…
struct SmsConfig {
  std::string url;
  std::string user;
  Secret password;
  std::string from;
  std::string
      delivery_report_url;       ///< our own address as the gateway sees it; empty: no reports are asked for
  Secret delivery_report_token;  ///< part of that address, so that nobody else can report
};

struct NotifyConfig {
  std::optional<SmtpConfig> smtp;  ///< absent: e-mail goes to the file sink
  std::optional<SmsConfig> sms;    ///< absent: SMS goes to the file sink
  std::filesystem::path file_sink;
};

/// Everything a server process is told from outside; see docs/operations.md. Read once, then constant.
struct Config {
  std::filesystem::path file;  ///< where it was read, as it was called there; empty: it is no file's
  std::filesystem::path data_folder = "ccms-data";
  DatabaseConfig database;
  HttpConfig http;
  NotifyConfig notify;
  std::string public_url;  ///< as people's browsers see the server; empty: made of address and port
  std::uint16_t invitation_days = 7;  ///< how long an invitation can be accepted
  bool demo = false;
  std::string log_level = "info";
};

/// The embedded default: SQLite, loopback, all files below `data_folder`.
Config default_config(const std::filesystem::path& data_folder = "ccms-data");

/// Reads a configuration document; what it does not name keeps its default. Unknown members are refused.
/// Relative paths are taken from `base_folder`, the folder of the file. `field` of the error points into the
/// document, and is empty when it is about the whole of it. Messages go on where the file's name was said.
domain::Result<Config> parse_config(std::string_view json, const std::filesystem::path& base_folder);
domain::Result<Config> load_config(const std::filesystem::path& file);
/// Whether the files are there that serving needs: asked before anything is touched. Error: missing_file.
domain::Result<void> check_files(const Config& config);

}  // namespace ccms::server
