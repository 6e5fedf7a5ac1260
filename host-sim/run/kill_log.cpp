#include "host-sim/run/kill_log.h"

#include <nlohmann/json.hpp>

namespace ccms::host_sim {
namespace {

bool at_create(const Kill& kill) { return kill.planned.during == PlannedKill::During::kCreate; }

std::string text_of(std::chrono::microseconds time) { return std::to_string(time.count()) + " us"; }

}  // namespace

KillCounts count(const std::vector<Kill>& kills) {
  KillCounts counts;
  for (const auto& kill : kills) {
    if (at_create(kill)) {
      ++counts.creates;
      if (!kill.acknowledged) ++counts.unacknowledged;
    } else {
      ++counts.sends;
      if (kill.inside_request) ++counts.inside_request;
    }
  }
  return counts;
}

std::string text_of(const Kill& kill) {
  const std::string where = "ticket " + std::to_string(kill.number) + ", till " + kill.till + ": ";
  if (at_create(kill)) {
    return where + text_of(kill.into_create) + " into a create (usual " + text_of(kill.usual_create) + "), " +
           (kill.acknowledged ? "after" : "before") + " its acknowledgement";
  }
  if (!kill.inside_request) return where + "no request came to be killed in";
  return where + "inside a request that was " + name_of(kill.planned.stage) + ", after " +
         text_of(kill.planned.after_stage);
}

nlohmann::ordered_json json_of(const Kill& kill) {
  nlohmann::ordered_json json{
      {"ticket", kill.number}, {"till", kill.till}, {"acknowledged_before", kill.acknowledged}};
  if (at_create(kill)) {
    json["during"] = "create";
    json["into_create_us"] = kill.into_create.count();
    json["usual_create_us"] = kill.usual_create.count();
  } else {
    json["during"] = "send";
    json["inside_request"] = kill.inside_request;
    json["stage"] = name_of(kill.planned.stage);
    json["after_stage_us"] = kill.planned.after_stage.count();
  }
  return json;
}

nlohmann::ordered_json json_of(const KillCounts& counts) {
  return {{"creates", counts.creates},
          {"unacknowledged", counts.unacknowledged},
          {"sends", counts.sends},
          {"inside_request", counts.inside_request}};
}

}  // namespace ccms::host_sim
