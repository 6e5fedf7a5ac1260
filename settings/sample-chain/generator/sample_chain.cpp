#include "settings/sample-chain/generator/sample_chain.h"

#include <stdexcept>

#include "core/settings/loader.h"
#include "core/tz/tz.h"

namespace ccms::sample_chain {

settings::Settings load_sample_settings() {
  settings::LoadOptions options;
  options.time_zone_exists = tz::is_time_zone;
  auto loaded = settings::load_settings(settings_document(), options);
  if (!loaded.ok()) throw std::logic_error(settings::to_string(loaded.problems.front()));
  return *std::move(loaded.value);
}

SampleData make_sample_data(const settings::Settings& settings, std::chrono::local_days until,
                            std::uint64_t seed, Speech speech) {
  Random random(seed);
  const StoreClock clock(settings);
  SampleData data;
  data.people = make_people(settings, kPeople, speech, random);
  data.sales = make_sales(settings, clock, data.people, until, kDays, speech, random);
  data.tickets = make_tickets(settings, clock, data.people, data.sales, until, kDays, speech, random);
  return data;
}

}  // namespace ccms::sample_chain
