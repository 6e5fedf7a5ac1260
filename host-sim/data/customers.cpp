#include "host-sim/data/customers.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace ccms::host_sim {
namespace {

/// The last digits tell mobiles apart whatever the country code and the trunk zero look like.
constexpr std::size_t kMobileTail = 9;

std::string mobile_tail(std::string_view value) {
  std::string digits = comparable(value);
  return digits.size() <= kMobileTail ? digits : digits.substr(digits.size() - kMobileTail);
}

std::string key_of(const CustomerIdentifier& identifier) {
  return identifier.type == "mobile" ? "m:" + mobile_tail(identifier.value)
                                     : "x:" + comparable(identifier.value);
}

}  // namespace

std::string comparable(std::string_view identifier) {
  std::string result;
  for (const char c : identifier) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || byte >= 0x80 || c == '@') result += static_cast<char>(std::tolower(byte));
  }
  result.erase(0, std::min(result.find_first_not_of('0'), result.size()));
  return result;
}

nlohmann::ordered_json to_json(const Customer& customer) {
  auto identifiers = nlohmann::ordered_json::array();
  for (const auto& identifier : customer.identifiers)
    identifiers.push_back({{"type", identifier.type}, {"value", identifier.value}});
  return {{"id", customer.id}, {"name", customer.name}, {"identifiers", std::move(identifiers)}};
}

void CustomerStore::load_json(const std::filesystem::path& file) {
  std::ifstream input(file, std::ios::binary);
  if (!input) throw std::runtime_error("cannot read the customers " + file.string());
  try {
    const auto document = nlohmann::json::parse(input);
    for (const auto& entry : document.is_array() ? document : document.at("customers")) {
      Customer customer{entry.at("id").get<std::string>(), entry.at("name").get<std::string>(), {}};
      for (const auto& identifier : entry.at("identifiers"))
        customer.identifiers.push_back(
            {identifier.at("type").get<std::string>(), identifier.at("value").get<std::string>()});
      add(std::move(customer));
    }
  } catch (const nlohmann::json::exception& problem) {
    throw std::runtime_error(file.string() + ": " + problem.what());
  }
}

void CustomerStore::add(Customer customer) {
  const std::size_t index = customers_.size();
  by_id_.emplace(customer.id, index);
  for (const auto& identifier : customer.identifiers) by_identifier_.emplace(key_of(identifier), index);
  customers_.push_back(std::move(customer));
}

const Customer* CustomerStore::find(std::string_view id) const {
  const auto found = by_id_.find(std::string(id));
  return found == by_id_.end() ? nullptr : &customers_[found->second];
}

std::vector<const Customer*> CustomerStore::with_identifier(std::string_view typed) const {
  std::vector<std::size_t> indexes;
  if (const auto* by_id = find(typed); by_id != nullptr)
    indexes.push_back(static_cast<std::size_t>(by_id - customers_.data()));
  for (const auto& key : {"x:" + comparable(typed), "m:" + mobile_tail(typed)}) {
    const auto [first, last] = by_identifier_.equal_range(key);
    for (auto it = first; it != last; ++it) indexes.push_back(it->second);
  }
  std::sort(indexes.begin(), indexes.end());
  indexes.erase(std::unique(indexes.begin(), indexes.end()), indexes.end());
  std::vector<const Customer*> result;
  for (const auto index : indexes) result.push_back(&customers_[index]);
  return result;
}

}  // namespace ccms::host_sim
