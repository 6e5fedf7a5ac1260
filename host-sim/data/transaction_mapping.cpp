#include "host-sim/data/transaction_mapping.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace ccms::host_sim {
namespace {

using nlohmann::json;

std::string text_member(const json& object, const char* member, const std::string& where) {
  const auto found = object.find(member);
  if (found == object.end()) return {};
  if (!found->is_string()) throw std::runtime_error("mapping: " + where + "/" + member + " must be a text");
  return found->get<std::string>();
}

ValueSource source(const json& parent, const char* member, const std::string& where) {
  const std::string path = where + "/" + member;
  const auto found = parent.find(member);
  if (found == parent.end()) throw std::runtime_error("mapping: " + path + " is missing");
  if (!found->is_object()) throw std::runtime_error("mapping: " + path + " must be an object");
  ValueSource result;
  result.column = text_member(*found, "column", path);
  result.constant = text_member(*found, "constant", path);
  result.prefix = text_member(*found, "prefix", path);
  result.otherwise = text_member(*found, "default", path);
  if (const auto map = found->find("map"); map != found->end()) {
    if (!map->is_object()) throw std::runtime_error("mapping: " + path + "/map must be an object");
    for (const auto& [from, to] : map->items()) {
      if (!to.is_string()) throw std::runtime_error("mapping: " + path + "/map/" + from + " must be a text");
      result.translation[from] = to.get<std::string>();
    }
  }
  if (found->contains("column") == found->contains("constant"))
    throw std::runtime_error("mapping: " + path + " needs either a column or a constant");
  return result;
}

std::optional<ValueSource> optional_source(const json& parent, const char* member) {
  if (!parent.contains(member)) return std::nullopt;
  return source(parent, member, "");
}

}  // namespace

TransactionMapping parse_mapping(const json& document) {
  if (!document.is_object()) throw std::runtime_error("mapping: must be an object");
  if (text_member(document, "format", "") != "csv")
    throw std::runtime_error("mapping: /format must be \"csv\"");
  TransactionMapping mapping;
  mapping.transaction_id = source(document, "transaction_id", "");
  mapping.store = source(document, "store", "");
  mapping.customer_id = optional_source(document, "customer_id");
  mapping.at = source(document, "at", "");
  if (auto zone = text_member(document.at("at"), "time_zone", "/at"); !zone.empty()) mapping.time_zone = zone;
  mapping.currency = source(document, "currency", "");
  mapping.type = optional_source(document, "type");
  mapping.original = optional_source(document, "original");
  const auto line = document.find("line");
  if (line == document.end() || !line->is_object())
    throw std::runtime_error("mapping: /line must be an object");
  mapping.product_id = source(*line, "product_id", "/line");
  mapping.description = source(*line, "description", "/line");
  mapping.quantity = source(*line, "quantity", "/line");
  mapping.amount = source(*line, "amount", "/line");
  return mapping;
}

TransactionMapping load_mapping(const std::filesystem::path& file) {
  std::ifstream input(file, std::ios::binary);
  if (!input) throw std::runtime_error("cannot read the mapping " + file.string());
  const auto document = json::parse(input, nullptr, /*allow_exceptions=*/false);
  if (document.is_discarded()) throw std::runtime_error("mapping: " + file.string() + " is not JSON");
  return parse_mapping(document);
}

}  // namespace ccms::host_sim
