#include "host-sim/till/till_config.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace ccms::host_sim {
namespace {

using nlohmann::json;

std::filesystem::path resolved(const std::filesystem::path& base, const std::string& path) {
  return path.empty() ? std::filesystem::path{} : base / path;  // an absolute path replaces the base
}

TransactionMapping mapping_of(const json& given, const std::filesystem::path& base) {
  return given.is_string() ? load_mapping(resolved(base, given.get<std::string>())) : parse_mapping(given);
}

Clerk person(const json& document) {
  return {document.at("id").get<std::string>(), document.at("name").get<std::string>()};
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
  try {
    TillConfig config;
    config.plugin = resolved(base, document.at("plugin").get<std::string>());
    config.data_folder = resolved(base, document.at("data_folder").get<std::string>());
    config.server_url = document.at("server_url").get<std::string>();
    config.ca_file = resolved(base, document.value("ca_file", "")).string();
    config.store = document.at("store").get<std::string>();
    config.till = document.at("till").get<std::string>();
    config.language = document.value("language", "");
    config.training = document.value("training", false);
    if (const auto sync = document.find("sync"); sync != document.end()) config.sync = sync->dump();
    const auto clerks = document.value("clerks", json::array());
    for (const auto& clerk : clerks) config.clerks.push_back(person(clerk));
    if (const auto manager = document.find("manager"); manager != document.end())
      config.manager = person(*manager);
    if (config.clerks.empty()) config.clerks.push_back({"clerk-1", "Clerk 1"});
    const auto customers = document.value("customers", json::array());
    for (const auto& file : customers) config.customers.push_back(resolved(base, file.get<std::string>()));
    const auto transactions = document.value("transactions", json::array());
    for (const auto& source : transactions)
      config.transactions.push_back(
          {resolved(base, source.at("file").get<std::string>()), mapping_of(source.at("mapping"), base)});
    if (const auto listen = document.find("listen"); listen != document.end()) {
      config.listen_address = listen->value("address", config.listen_address);
      config.listen_port = listen->value("port", config.listen_port);
    }
    config.web_root = resolved(base, document.value("web_root", ""));
    return config;
  } catch (const json::exception& problem) {
    throw std::runtime_error(std::string("till configuration: ") + problem.what());
  }
}

TillConfig load_till_config(const std::filesystem::path& file) {
  std::ifstream input(file, std::ios::binary);
  if (!input) throw std::runtime_error("cannot read the till configuration " + file.string());
  const auto document = json::parse(input, nullptr, /*allow_exceptions=*/false);
  if (!document.is_object()) throw std::runtime_error(file.string() + " is not a JSON object");
  return parse_till_config(document, std::filesystem::absolute(file).parent_path());
}

}  // namespace ccms::host_sim
