#include "host-sim/plugin_host/request_functions.h"

#include <algorithm>

namespace ccms::host_sim {

const std::vector<NamedFunction>& request_functions() {
  static const std::vector<NamedFunction> functions{
      {"screens", &ccms_plugin_t::screens},
      {"form", &ccms_plugin_t::form},
      {"create_ticket", &ccms_plugin_t::create_ticket},
      {"act", &ccms_plugin_t::act},
      {"find_tickets", &ccms_plugin_t::find_tickets},
      {"ticket", &ccms_plugin_t::ticket},
      {"unsent", &ccms_plugin_t::unsent},
      {"enrol", &ccms_plugin_t::enrol},
      {"status", &ccms_plugin_t::status},
      {"take_result", &ccms_plugin_t::take_result},
  };
  return functions;
}

const NamedFunction* find_request_function(std::string_view name) {
  const auto& all = request_functions();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const NamedFunction& each) { return each.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace ccms::host_sim
