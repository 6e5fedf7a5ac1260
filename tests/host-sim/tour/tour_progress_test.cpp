#include "host-sim/tour/tour_progress.h"

#include <gtest/gtest.h>

namespace ccms::host_sim {
namespace {

bool done(const TourProgress& progress, const std::string& id) {
  for (const auto& step : progress.steps())
    if (step.at("id") == id) return step.at("done").get<bool>();
  ADD_FAILURE() << "no step " << id;
  return false;
}

TEST(TourProgress, begins_with_nothing_done) {
  const TourProgress progress;
  for (const auto& step : progress.steps()) EXPECT_FALSE(step.at("done").get<bool>()) << step;
}

TEST(TourProgress, ticks_each_step_when_it_has_happened_and_not_before) {
  TourProgress progress;
  TourMoment moment;
  moment.till_status = {{"queue_depth", 0}};
  moment.network_up = false;
  progress.see(moment);
  EXPECT_TRUE(done(progress, "offline"));
  EXPECT_FALSE(done(progress, "ticket"));

  moment.newest_local = {{"code", "ABCD"}};
  progress.see(moment);
  EXPECT_TRUE(done(progress, "ticket"));

  moment.till_running = false;
  progress.see(moment);
  EXPECT_TRUE(done(progress, "kill"));
  EXPECT_FALSE(done(progress, "alive"));

  moment.till_running = true;
  progress.see(moment);
  EXPECT_TRUE(done(progress, "alive"));
  EXPECT_FALSE(done(progress, "reconnect"));

  moment.network_up = true;
  moment.newest_ticket = {{"state", {{"type", "open"}}}};
  progress.see(moment);
  EXPECT_TRUE(done(progress, "reconnect"));
  EXPECT_FALSE(done(progress, "notified"));

  moment.messages = 2;
  moment.newest_ticket = {{"state", {{"type", "in_progress"}}}};
  progress.see(moment);
  EXPECT_TRUE(done(progress, "notified"));
  EXPECT_TRUE(done(progress, "start"));
  EXPECT_FALSE(done(progress, "close"));

  moment.newest_ticket = {{"state", {{"type", "closed"}}}, {"handed_over", true}};
  progress.see(moment);
  EXPECT_TRUE(done(progress, "hand_over"));
  EXPECT_TRUE(done(progress, "close"));
}

}  // namespace
}  // namespace ccms::host_sim
