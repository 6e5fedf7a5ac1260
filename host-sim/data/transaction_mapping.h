#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace ccms::host_sim {

/// Where one value of a transaction comes from: a column of the file (with a prefix put before it, or
/// translated by a map), or a constant.
struct ValueSource {
  std::string column;    ///< empty for a constant
  std::string constant;  ///< used when there is no column
  std::string prefix;    ///< not put before an empty cell
  std::map<std::string, std::string> translation;
  std::string otherwise;  ///< what an untranslated value becomes, when there is a translation
};

/// How a chain's transaction file is read: which column means what. What it says of customers is for the
/// ledger
/// (`ccms-server ledger import`) and passed over here.
struct TransactionMapping {
  ValueSource transaction_id;
  ValueSource store;
  std::optional<ValueSource> customer_id;
  ValueSource at;
  std::string time_zone = "UTC";  ///< of `at`, when it has no offset of its own
  ValueSource currency;
  std::optional<ValueSource> type;      ///< sale, return or exchange; sale without it
  std::optional<ValueSource> original;  ///< the receipt that is returned or exchanged
  ValueSource product_id;
  ValueSource description;
  ValueSource quantity;
  ValueSource amount;
};

/// Reads the JSON form of a mapping. Errors: std::runtime_error naming the member.
TransactionMapping parse_mapping(const nlohmann::json& document);
TransactionMapping load_mapping(const std::filesystem::path& file);

}  // namespace ccms::host_sim
