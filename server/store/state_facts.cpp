#include "server/store/state_facts.h"

namespace ccms::server {

nlohmann::json state_facts(const settings::Settings& settings, const std::string& state) {
  nlohmann::json facts = {{"to", state}};
  if (const auto* known = settings.find_state(state)) {
    facts["to_type"] = domain::to_text(known->type);
    facts["pauses_clock"] = known->pauses_clock;
  }
  return facts;
}

}  // namespace ccms::server
