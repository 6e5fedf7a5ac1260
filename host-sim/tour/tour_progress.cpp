#include "host-sim/tour/tour_progress.h"

namespace ccms::host_sim {
namespace {

// The order in which a visitor meets them.
constexpr const char* kSteps[] = {"offline",  "ticket", "kill",  "alive",     "reconnect",
                                  "notified", "start",  "ready", "hand_over", "close"};

std::string state_type(const nlohmann::json& ticket) {
  if (!ticket.is_object() || !ticket.contains("state")) return {};
  return ticket.at("state").value("type", "");
}

}  // namespace

void TourProgress::see(const TourMoment& moment) {
  if (!moment.network_up) done_.insert("offline");
  if (moment.newest_local.is_object()) done_.insert("ticket");
  if (!moment.till_running) done_.insert("kill");
  if (done_.contains("kill") && moment.till_running && moment.newest_local.is_object()) done_.insert("alive");
  const bool delivered = moment.newest_ticket.is_object();
  if (done_.contains("offline") && moment.network_up && delivered) done_.insert("reconnect");
  if (moment.messages > 0 && delivered) done_.insert("notified");
  const auto type = state_type(moment.newest_ticket);
  const bool ready = delivered && moment.newest_ticket.value("ready_to_collect", false);
  const bool handed_over = delivered && moment.newest_ticket.value("handed_over", false);
  if (type == "in_progress" || ready) done_.insert("start");
  if (ready) done_.insert("ready");
  if (handed_over) done_.insert("hand_over");
  if (type == "closed") done_.insert("close");
}

nlohmann::ordered_json TourProgress::steps() const {
  auto steps = nlohmann::ordered_json::array();
  for (const char* id : kSteps) steps.push_back({{"id", id}, {"done", done_.contains(id)}});
  return steps;
}

}  // namespace ccms::host_sim
