#include "server/app/config.h"

#include <Poco/Exception.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/URI.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>

#include "core/domain/text.h"

namespace ccms::server {
namespace {

using nlohmann::json;

/// A mistake in the document; turned into a Result at the edge of this file.
struct ConfigMistake {
  domain::Error error;
};

[[noreturn]] void refuse(std::string code, std::string message, std::string field) {
  throw ConfigMistake{{std::move(code), std::move(message), std::move(field)}};
}

/// Reads the members of one object and notices those that nobody asked for: a misspelt setting must not
/// silently keep its default.
class Section {
 public:
  Section(const json& object, std::string path) : object_(object), path_(std::move(path)) {
    if (!object_.is_object()) refuse("wrong_type", "must be an object", path_);
  }

  void text(const char* name, std::string& target) {
    if (const json* value = find(name)) target = string_of(name, *value);
  }

  void secret(const char* name, Secret& target) {
    if (const json* value = find(name)) target = Secret(string_of(name, *value));
  }

  void path(const char* name, std::filesystem::path& target, const std::filesystem::path& base) {
    if (const json* value = find(name)) target = base / string_of(name, *value);
  }

  void flag(const char* name, bool& target) {
    const json* value = find(name);
    if (!value) return;
    if (!value->is_boolean()) refuse("wrong_type", "must be true or false", field(name));
    target = value->get<bool>();
  }

  template <class Number>
  void number(const char* name, Number& target, std::int64_t least, std::int64_t most) {
    const json* value = find(name);
    if (!value) return;
    if (!value->is_number_integer()) refuse("wrong_type", "must be a whole number", field(name));
    const auto given = value->get<std::int64_t>();
    if (given < least || given > most) {
      refuse("bad_value", "must lie between " + std::to_string(least) + " and " + std::to_string(most),
             field(name));
    }
    target = static_cast<Number>(given);
  }

  void texts(const char* name, std::vector<std::string>& target) {
    const json* value = find(name);
    if (!value) return;
    if (!value->is_array()) refuse("wrong_type", "must be a list of texts", field(name));
    target.clear();
    for (const auto& element : *value) target.push_back(string_of(name, element));
  }

  template <class Read>
  void section(const char* name, Read read) {
    const json* value = find(name);
    if (!value) return;
    Section inner(*value, field(name));
    read(inner);
    inner.refuse_unknown();
  }

  void require(const char* name, bool present) const {
    if (!present) refuse("missing_field", "is required here", field(name));
  }

  void refuse_unknown() const {
    for (const auto& [name, value] : object_.items()) {
      if (!known_.contains(name)) refuse("unknown_field", "is not a setting", field(name));
    }
  }

  std::string field(const std::string& name) const { return path_ + "/" + name; }

 private:
  const json* find(const char* name) {
    known_.insert(name);
    const auto found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
  }

  std::string string_of(const char* name, const json& value) const {
    if (!value.is_string()) refuse("wrong_type", "must be text", field(name));
    return value.get<std::string>();
  }

  const json& object_;
  std::string path_;
  std::set<std::string> known_;
};

/// What spdlog calls its levels; another word would silently mean one of them.
bool is_log_level(const std::string& text) {
  static const std::set<std::string, std::less<>> levels = {"trace", "debug", "info",     "warn", "warning",
                                                            "err",   "error", "critical", "off"};
  return levels.contains(text);
}

bool is_web_address(const std::string& text) {
  try {
    const Poco::URI uri(text);
    return (uri.getScheme() == "http" || uri.getScheme() == "https") && !uri.getHost().empty();
  } catch (const Poco::SyntaxException&) {
    return false;
  }
}

bool is_loopback(const std::string& address) {
  Poco::Net::IPAddress ip;
  return address == "localhost" || (Poco::Net::IPAddress::tryParse(address, ip) && ip.isLoopback());
}

/// In which line and column of `text` its byte number `byte` stands; all three count from 1.
std::string position_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte == 0 ? 0 : byte - 1);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const auto column = before.size() - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

void read_database(Section& section, DatabaseConfig& database, const std::filesystem::path& base) {
  std::string kind = "sqlite";
  section.text("kind", kind);
  if (kind == "mariadb") {
    database.kind = DatabaseConfig::Kind::mariadb;
  } else if (kind != "sqlite") {
    refuse("bad_value", "must be sqlite or mariadb", section.field("kind"));
  }
  section.path("path", database.path, base);
  section.text("host", database.host);
  section.number("port", database.port, 1, 65535);
  section.text("name", database.name);
  section.text("user", database.user);
  section.secret("password", database.password);
  section.number("connections", database.connections, 1, 512);
}

void read_http(Section& section, HttpConfig& http, const std::filesystem::path& base) {
  section.text("address", http.address);
  section.number("port", http.port, 0, 65535);
  section.number("threads", http.threads, 4, 1024);
  section.path("certificate", http.certificate, base);
  section.path("key", http.key, base);
  section.texts("trusted_proxies", http.trusted_proxies);
  section.path("web_root", http.web_root, base);
  if (http.certificate.empty() != http.key.empty())
    section.require(http.key.empty() ? "key" : "certificate", false);
}

void read_notify(Section& section, NotifyConfig& notify, const std::filesystem::path& base) {
  section.path("file_sink", notify.file_sink, base);
  section.section("smtp", [&](Section& smtp) {
    auto& target = notify.smtp.emplace();
    smtp.text("host", target.host);
    smtp.number("port", target.port, 1, 65535);
    smtp.text("user", target.user);
    smtp.secret("password", target.password);
    smtp.flag("starttls", target.starttls);
    std::string from;
    smtp.text("from", from);
    smtp.require("host", !target.host.empty());
    smtp.require("from", !from.empty());
    if (!target.user.empty() && !target.starttls && !is_loopback(target.host))
      refuse("bad_value", "must be true with a user, whose password would cross the network unencrypted",
             smtp.field("starttls"));
    const auto sender = parse_sender(from);
    if (!sender) refuse("bad_value", "must be an e-mail address, or Name <address>", smtp.field("from"));
    target.from = *sender;
  });
  section.section("sms", [&](Section& sms) {
    auto& target = notify.sms.emplace();
    sms.text("url", target.url);
    sms.text("user", target.user);
    sms.secret("password", target.password);
    sms.text("from", target.from);
    sms.text("delivery_report_url", target.delivery_report_url);
    sms.secret("delivery_report_token", target.delivery_report_token);
    sms.require("url", !target.url.empty());
    if (!is_web_address(target.url)) refuse("bad_value", "must be an http(s) address", sms.field("url"));
    if (!target.delivery_report_url.empty() && !is_web_address(target.delivery_report_url))
      refuse("bad_value", "must be an http(s) address", sms.field("delivery_report_url"));
    sms.require("delivery_report_token",
                target.delivery_report_url.empty() || !target.delivery_report_token.empty());
  });
}

}  // namespace

Config default_config(const std::filesystem::path& data_folder) {
  Config config;
  config.data_folder = data_folder;
  config.database.path = data_folder / "ccms.sqlite";
  config.notify.file_sink = data_folder / "outbox";
  return config;
}

domain::Result<Config> parse_config(std::string_view text, const std::filesystem::path& base_folder) {
  try {
    const json document = json::parse(text);
    Section root(document, "");
    std::filesystem::path data_folder = base_folder / "ccms-data";
    root.path("data_folder", data_folder, base_folder);
    Config config = default_config(data_folder);
    root.section("database", [&](Section& section) { read_database(section, config.database, base_folder); });
    root.section("http", [&](Section& section) { read_http(section, config.http, base_folder); });
    root.section("notify", [&](Section& section) { read_notify(section, config.notify, base_folder); });
    root.text("public_url", config.public_url);
    root.number("invitation_days", config.invitation_days, 1, 90);
    root.flag("demo", config.demo);
    root.text("log_level", config.log_level);
    root.refuse_unknown();
    if (!config.public_url.empty() && !is_web_address(config.public_url))
      refuse("bad_value", "must be an http(s) address", "/public_url");
    if (!is_log_level(config.log_level))
      refuse("bad_value", "must be trace, debug, info, warn, error, critical or off", "/log_level");
    if (config.demo && !is_loopback(config.http.address))
      refuse("bad_value", "a demonstration signs in anybody: it listens on this machine alone",
             "/http/address");
    return config;
  } catch (const ConfigMistake& mistake) {
    return mistake.error;
  } catch (const json::parse_error& failure) {
    // The library's own text repeats a piece of the document, which may be a password.
    return domain::Error{"not_json", "is not JSON from " + position_of(text, failure.byte) + " on", ""};
  } catch (const json::out_of_range&) {
    return domain::Error{"not_json", "holds a number that is too large", ""};
  }
}

domain::Result<void> check_files(const Config& config) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const auto missing = [&](const fs::path& path, const char* field) {
    const std::string named_by = config.file.empty() ? "" : ", which " + config.file.string() + " names";
    return domain::Error{"missing_file", "there is no " + path.string() + named_by, field};
  };
  const HttpConfig& http = config.http;
  if (!http.web_root.empty() && !fs::is_directory(http.web_root, ignored))
    return missing(http.web_root, "/http/web_root");
  if (!http.certificate.empty() && !fs::is_regular_file(http.certificate, ignored))
    return missing(http.certificate, "/http/certificate");
  if (!http.key.empty() && !fs::is_regular_file(http.key, ignored)) return missing(http.key, "/http/key");
  return {};
}

domain::Result<Config> load_config(const std::filesystem::path& file) {
  const auto unreadable = [](int reason) {
    return domain::Error{"unreadable", "cannot be read: " + std::generic_category().message(reason), ""};
  };
  // A folder can be opened, and fails only when it is read.
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) return unreadable(EISDIR);
  std::ifstream in(file, std::ios::binary);
  if (!in) return unreadable(errno);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  auto config = parse_config(text, std::filesystem::absolute(file).parent_path());
  if (config.ok()) config->file = file;
  return config;
}

}  // namespace ccms::server
