#include <gtest/gtest.h>

#include "tests/server/presets/story.h"

// The chains to start from: every step of each of their workflows, and what is told at it.

namespace ccms::test {
namespace {

using nlohmann::json;

json ticket_about(const char* kind, const char* category, const char* store, const char* details) {
  return {{"kind", kind},
          {"language", "en"},
          {"store", store},
          {"ticket", {{"category", category}, {"details", details}, {"consent_to_contact", true}}},
          {"complainant",
           {{"kind", "contact"},
            {"name", "Iris Cole"},
            {"mobile", "+44 7700 900321"},
            {"email", "iris@customer.example"}}},
          {"proof", {{"kind", "none"}, {"reason", "lost_receipt"}}}};
}

json note(const char* text) { return {{"note", text}}; }

json estimate(const char* number, const char* text) { return {{"attachment", number}, {"note", text}}; }

class Chain {
 public:
  explicit Chain(const std::string& preset) : story(preset, "hq") {}

  Story story;
  Person hq = story.person("head-office", {{"hq", ""}});
  Person care = story.person("customer-care", {{"department_staff", "customer_care"}});

  Ticket take_in(const json& request) {
    const Ticket ticket = hq.logs(request);
    story.expect_refusals(ticket, {hq, care});
    hq.takes("verify", ticket, note("Known to us"));
    return ticket;
  }

  /// A ticket with customer care until it is closed and opened again, and one that is turned down.
  void takes_every_step(const char* store, bool collects) {
    const Ticket ticket = take_in(ticket_about("complaint", "other", store, "The doors are too heavy."));
    hq.takes("assign", ticket, {{"assignee", care.id()}});
    care.takes("start", ticket);
    care.takes("wait", ticket, note("Which of the doors?"));
    story.expect_refusals(ticket, {hq, care});
    care.takes("go_on", ticket, note("The one to the car park"));
    if (collects) {
      care.takes("ready", ticket);
      care.takes("hand_over", ticket);
    }
    care.takes("close", ticket,
               {{"resolution_code", "apologised"}, {"note", "A new door closer is ordered"}});
    story.expect_refusals(ticket, {hq, care});
    hq.takes("reopen", ticket, note("Still heavy"));
    const Ticket other = take_in(ticket_about("complaint", "other", store, "Your ship was late."));
    care.takes("reject", other, {{"reason", "not_ours"}, {"note", "We have no ships"}});
  }
};

TEST(GroceryChain, TakesEveryStep) {
  Chain chain("grocery");
  chain.takes_every_step("MB01", false);
  const Person safety = chain.story.person("food-safety", {{"department_staff", "food_safety"}});
  json request = ticket_about("complaint", "unsafe_food", "MB01", "The yoghurt tasted of metal.");
  request["ticket"]["custom"] = {{"felt_unwell", true}, {"symptoms", "Stomach ache"}, {"batch", "L 4471"}};
  const Ticket yoghurt = chain.hq.logs(request);
  EXPECT_EQ(chain.story.facts_of(yoghurt)["priority"], "urgent");
  EXPECT_EQ(safety.finds("priority=urgent"), 1);
  chain.story.expect_every_step_taken();
  chain.story.expect_told_as_in("grocery");
}

TEST(FashionChain, TakesEveryStep) {
  Chain chain("fashion");
  chain.takes_every_step("TT01", true);
  chain.story.expect_every_step_taken();
  chain.story.expect_told_as_in("fashion");
}

TEST(ElectronicsChain, RepairsWithAnEstimateAndHandsOver) {
  Chain chain("electronics");
  Story& story = chain.story;
  chain.takes_every_step("VL01", false);
  const Person workshop = story.person("workshop", {{"department_staff", "workshop"}});
  const Person store = story.person("store", {{"store_manager", "VL01"}});
  json request = ticket_about("service", "repair", "VL01", "The telephone does not charge.");
  request["ticket"]["custom"] = {
      {"serial_number", "VX-20931"}, {"fault", "Does not charge"}, {"data_saved", true}};
  const Ticket phone = chain.take_in(request);
  EXPECT_EQ(story.facts_of(phone)["workflow"], "repairs");
  workshop.takes("assign", phone, {{"assignee", workshop.id()}});
  workshop.takes("begin_repair", phone);
  workshop.takes("send_estimate", phone, estimate("VLE-1077", "New socket, 49 pounds"));
  story.expect_refusals(phone, {chain.hq, workshop, store, chain.care});
  store.takes("agree", phone);
  workshop.takes("order_parts", phone, note("Socket ordered"));
  workshop.takes("parts_came", phone);
  expect_refused(store.tries("ready", phone), kWrongRole);
  workshop.takes("ready", phone);
  EXPECT_TRUE(story.facts_of(phone)["ready_to_collect"]);
  story.expect_refusals(phone, {chain.hq, workshop, store, chain.care});
  store.takes("hand_over", phone);
  EXPECT_EQ(story.customer_sees(phone), "Collected");
  story.reaches("2026-11-26T12:00:00.000Z");
  EXPECT_EQ(story.customer_sees(phone), "Settled") << "closes by itself after three days";
  store.takes("reopen", phone, note("Charges slowly"));
  workshop.takes("send_estimate", phone, estimate("VLE-1102", "New board, 180 pounds"));
  store.takes("refuse_repair", phone);
  story.expect_every_step_taken();
  story.expect_told_as_in("electronics");
}

}  // namespace
}  // namespace ccms::test
