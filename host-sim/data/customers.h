#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace ccms::host_sim {

struct CustomerIdentifier {
  std::string type;  ///< mobile, card, account, email
  std::string value;
};

struct Customer {
  std::string id;
  std::string name;
  std::vector<CustomerIdentifier> identifiers;
};

nlohmann::ordered_json to_json(const Customer& customer);

/// The loyalty members that this till knows of. Threads: filled once, then read from any thread.
class CustomerStore {
 public:
  /// Reads {"customers": [{"id", "name", "identifiers": [{"type", "value"}]}]} or the bare array.
  /// Errors: std::runtime_error naming the file and the member.
  void load_json(const std::filesystem::path& file);
  void add(Customer customer);

  const Customer* find(std::string_view id) const;
  /// Everyone with this mobile, card, account or e-mail, in any spelling: households share phones.
  std::vector<const Customer*> with_identifier(std::string_view typed) const;
  const std::vector<Customer>& all() const noexcept { return customers_; }

 private:
  std::vector<Customer> customers_;
  std::unordered_map<std::string, std::size_t> by_id_;
  std::unordered_multimap<std::string, std::size_t> by_identifier_;
};

/// How identifiers are compared: letters and digits alone, lower case, without the leading zeros or the
/// plus that a number may be written with.
std::string comparable(std::string_view identifier);

}  // namespace ccms::host_sim
