#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/settings/settings.h"
#include "settings/sample-chain/generator/sales.h"
#include "settings/sample-chain/generator/tickets.h"

/// The sample chain: invented, but such as a chain could be.
namespace ccms::sample_chain {

/// The text of settings/sample-chain/settings.json.
std::string_view settings_document() noexcept;

/// The same, loaded. Throws std::logic_error should it not load.
settings::Settings load_sample_settings();

struct SampleData {
  std::vector<Person> people;
  std::vector<Sale> sales;
  std::vector<HistoricTicket> tickets;
};

inline constexpr std::size_t kPeople = 640;
inline constexpr int kDays = 90;

/// 90 days that end with the start of `until` (UTC). The same seed, date and speech give the same data
/// everywhere, and another speech the same things in other words. `settings` must be the sample chain's.
SampleData make_sample_data(const settings::Settings& settings, std::chrono::local_days until,
                            std::uint64_t seed, Speech speech = Speech::local);

}  // namespace ccms::sample_chain
