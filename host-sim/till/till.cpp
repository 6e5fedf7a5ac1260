#include "host-sim/till/till.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace ccms::host_sim {
namespace {

using nlohmann::ordered_json;

/// A host look-up query: {"text"} or one of {"receipt"}, {"mobile"}, {"card"}.
std::string searched_text(std::string_view query) {
  const auto document = nlohmann::json::parse(query, nullptr, /*allow_exceptions=*/false);
  if (!document.is_object()) return {};
  for (const char* member : {"text", "receipt", "mobile", "card"})
    if (const auto found = document.find(member); found != document.end() && found->is_string())
      return found->get<std::string>();
  return {};
}

ordered_json with_customer(const Transaction& transaction, const CustomerStore& customers) {
  auto result = to_json(transaction);
  if (const auto* customer = customers.find(transaction.customer_id)) result["customer"] = to_json(*customer);
  return result;
}

}  // namespace

Till::Till(TillConfig config, Log log)
    : config_(std::move(config)),
      log_(std::move(log)),
      training_(config_.training),
      clerk_(config_.clerks.front()),
      library_(config_.plugin) {
  for (const auto& file : config_.customers) customers_.load_json(file);
  for (const auto& source : config_.transactions) transactions_.load_csv(source.file, source.mapping);
  std::filesystem::create_directories(config_.data_folder);
  host_ = std::make_unique<TillHost>(library_, ui_, services(), config_.plugin_config());
  if (const auto started = host_->start(); !started.ok())
    throw std::runtime_error("the plugin did not start: " + started.message);
}

Till::~Till() { host_.reset(); }

HostServices Till::services() {
  HostServices given;
  given.log = log_;
  given.current_transaction = [this]() -> std::string {
    const auto* shown = transactions_.find(current_transaction(), config_.store);
    return shown == nullptr ? std::string{} : with_customer(*shown, customers_).dump();
  };
  given.find_transactions = [this](std::string_view query) {
    return find_transactions_json(searched_text(query));
  };
  given.find_customers = [this](std::string_view query) { return find_customers_json(searched_text(query)); };
  given.print_slip = [this](std::string_view slip) {
    print(slip);
    return true;
  };
  given.direct_scanner = [this](bool on) { scanner_directed_ = on; };
  if (config_.manager) {
    given.ask_manager = [this](std::string_view) {
      return ordered_json{{"approved", true},
                          {"manager", {{"id", config_.manager->id}, {"name", config_.manager->name}}}}
          .dump();
    };
  }
  given.training_mode = [this] { return training(); };
  given.on_plugin_events = [this](std::string_view events) {
    const std::lock_guard lock(mutex_);
    plugin_events_.emplace_back(events);
  };
  return given;
}

Clerk Till::clerk() const {
  const std::lock_guard lock(mutex_);
  return clerk_;
}

bool Till::change_clerk(std::string_view id) {
  const auto found = std::find_if(config_.clerks.begin(), config_.clerks.end(),
                                  [&](const Clerk& clerk) { return clerk.id == id; });
  if (found == config_.clerks.end()) return false;
  {
    const std::lock_guard lock(mutex_);
    clerk_ = *found;
  }
  const ordered_json change{{"type", "clerk_changed"}, {"clerk", {{"id", found->id}, {"name", found->name}}}};
  return event(change.dump()).ok();
}

bool Till::show_transaction(std::string_view id) {
  if (!id.empty() && transactions_.find(id) == nullptr) return false;
  {
    const std::lock_guard lock(mutex_);
    current_transaction_ = id;
  }
  const ordered_json change{{"type", "transaction"}, {"id", id}};
  return event(change.dump()).ok();
}

std::string Till::current_transaction() const {
  const std::lock_guard lock(mutex_);
  return current_transaction_;
}

std::vector<std::string> Till::printed() const {
  const std::lock_guard lock(mutex_);
  return printed_;
}

void Till::print(std::string_view slip_json) {
  const std::lock_guard lock(mutex_);
  printed_.emplace_back(slip_json);
}

std::vector<std::string> Till::take_plugin_events() {
  const std::lock_guard lock(mutex_);
  return std::exchange(plugin_events_, {});
}

std::string Till::find_transactions_json(std::string_view text) const {
  auto found = ordered_json::array();
  for (const auto* receipt : transactions_.with_id(text))
    found.push_back(with_customer(*receipt, customers_));
  return ordered_json{{"transactions", std::move(found)}}.dump();
}

std::string Till::find_customers_json(std::string_view text) const {
  auto found = ordered_json::array();
  for (const auto* customer : customers_.with_identifier(text)) found.push_back(to_json(*customer));
  return ordered_json{{"customers", std::move(found)}}.dump();
}

}  // namespace ccms::host_sim
