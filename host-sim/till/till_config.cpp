#include "host-sim/till/till_config.h"

#include <cerrno>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace ccms::host_sim {
namespace {

using nlohmann::json;

std::filesystem::path resolved(const std::filesystem::path& base, const std::string& path) {
  return path.empty() ? std::filesystem::path{} : base / path;  // an absolute path replaces the base
}

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw std::runtime_error("till configuration: " + (path.empty() ? "" : path + " ") + why);
}

std::string text_of(const json& value, const std::string& path) {
  if (!value.is_string()) refuse(path, "must be a text");
  return value.get<std::string>();
}

/// Reads the members of one object and notices those that nobody asked for: a misspelt member must not
/// silently keep its default.
class Members {
 public:
  Members(const json& object, std::string path) : object_(object), path_(std::move(path)) {
    if (!object_.is_object()) refuse(path_, "must be an object");
  }

  const json* find(const char* name) {
    known_.insert(name);
    const auto found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
  }

  const json& required(const char* name) {
    const json* value = find(name);
    if (value == nullptr) refuse(path_of(name), "is required");
    return *value;
  }

  std::string text(const char* name) { return text_of(required(name), path_of(name)); }

  std::string optional_text(const char* name, std::string otherwise = {}) {
    const json* value = find(name);
    return value == nullptr ? std::move(otherwise) : text_of(*value, path_of(name));
  }

  bool flag(const char* name, bool otherwise) {
    const json* value = find(name);
    if (value == nullptr) return otherwise;
    if (!value->is_boolean()) refuse(path_of(name), "must be true or false");
    return value->get<bool>();
  }

  std::uint16_t port(const char* name, std::uint16_t otherwise) {
    const json* value = find(name);
    if (value == nullptr) return otherwise;
    constexpr std::int64_t kMost = std::numeric_limits<std::uint16_t>::max();
    const std::int64_t given = value->is_number_integer() ? value->get<std::int64_t>() : -1;
    if (given < 0 || given > kMost)
      refuse(path_of(name), "must be a whole number from 0 to " + std::to_string(kMost));
    return static_cast<std::uint16_t>(given);
  }

  template <class Read>
  void section(const char* name, Read read) {
    const json* value = find(name);
    if (value == nullptr) return;
    Members inner(*value, path_of(name));
    read(inner);
    inner.refuse_unknown();
  }

  /// `read` gets each element of a list, and its path.
  template <class Read>
  void each(const char* name, Read read) {
    const json* value = find(name);
    if (value == nullptr) return;
    if (!value->is_array()) refuse(path_of(name), "must be a list");
    std::size_t index = 0;
    for (const auto& element : *value) read(element, path_of(name) + "/" + std::to_string(index++));
  }

  template <class Read>
  void each_section(const char* name, Read read) {
    each(name, [&](const json& element, const std::string& path) {
      Members inner(element, path);
      read(inner);
      inner.refuse_unknown();
    });
  }

  void refuse_unknown() const {
    for (const auto& [name, value] : object_.items()) {
      if (!known_.contains(name)) refuse(path_of(name), "is not a setting");
    }
  }

 private:
  std::string path_of(const std::string& name) const { return path_ + "/" + name; }

  const json& object_;
  std::string path_;
  std::set<std::string> known_;
};

TransactionMapping mapping_of(const json& given, const std::filesystem::path& base) {
  return given.is_string() ? load_mapping(resolved(base, given.get<std::string>())) : parse_mapping(given);
}

Clerk person(Members& members) { return {members.text("id"), members.text("name")}; }

/// What they may be is the plugin's to say; of a member that it does not know it would not say a word.
std::string sync_settings(Members& root) {
  constexpr const char* kName = "sync";
  root.section(kName, [](Members& sync) {
    for (const char* name : {"first_retry_ms", "max_retry_ms", "poll_ms"}) sync.find(name);
  });
  const json* given = root.find(kName);
  return given == nullptr ? "" : given->dump();
}

void read_people(Members& root, TillConfig& config) {
  root.each_section("clerks", [&](Members& clerk) { config.clerks.push_back(person(clerk)); });
  if (config.clerks.empty()) config.clerks.push_back({"clerk-1", "Clerk 1"});
  root.section("manager", [&](Members& manager) { config.manager = person(manager); });
}

void read_goods(Members& root, TillConfig& config, const std::filesystem::path& base) {
  root.each("customers", [&](const json& file, const std::string& path) {
    config.customers.push_back(resolved(base, text_of(file, path)));
  });
  root.each_section("transactions", [&](Members& source) {
    config.transactions.push_back(
        {resolved(base, source.text("file")), mapping_of(source.required("mapping"), base)});
  });
}

void read_screen(Members& root, TillConfig& config, const std::filesystem::path& base) {
  root.section("listen", [&](Members& listen) {
    config.listen_address = listen.optional_text("address", config.listen_address);
    config.listen_port = listen.port("port", config.listen_port);
  });
  config.web_root = resolved(base, root.optional_text("web_root"));
}

}  // namespace

std::string TillConfig::plugin_config() const {
  json config{
      {"data_folder", data_folder.string()}, {"server_url", server_url}, {"store", store}, {"till", till}};
  if (!ca_file.empty()) config["ca_file"] = ca_file;
  if (!language.empty()) config["language"] = language;
  if (!sync.empty()) config["sync"] = json::parse(sync);
  return config.dump();
}

TillConfig parse_till_config(const json& document, const std::filesystem::path& base) {
  Members root(document, "");
  TillConfig config;
  config.plugin = resolved(base, root.text("plugin"));
  config.data_folder = resolved(base, root.text("data_folder"));
  config.server_url = root.text("server_url");
  config.ca_file = resolved(base, root.optional_text("ca_file")).string();
  config.store = root.text("store");
  config.till = root.text("till");
  config.language = root.optional_text("language");
  config.training = root.flag("training", config.training);
  config.sync = sync_settings(root);
  read_people(root, config);
  read_goods(root, config, base);
  read_screen(root, config, base);
  root.refuse_unknown();
  return config;
}

TillConfig load_till_config(const std::filesystem::path& file) {
  if (file.empty()) throw std::runtime_error("--config is required");
  std::ifstream input(file, std::ios::binary);
  if (!input)
    throw std::runtime_error("cannot read the till configuration " + file.string() + ": " +
                             std::generic_category().message(errno));
  const auto document = json::parse(input, nullptr, /*allow_exceptions=*/false);
  if (!document.is_object()) throw std::runtime_error(file.string() + " is not a JSON object");
  return parse_till_config(document, std::filesystem::absolute(file).parent_path());
}

}  // namespace ccms::host_sim
