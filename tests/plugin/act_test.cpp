#include "plugin/app/act.h"

#include <gmock/gmock.h>

#include <fstream>

#include "core/crypto/digest.h"
#include "plugin/app/find_tickets.h"
#include "plugin/app/form.h"
#include "plugin/app/screens.h"
#include "plugin/app/show_ticket.h"
#include "plugin/app/take_result.h"
#include "tests/plugin/till_fixture.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

class Act : public TillTest {
 protected:
  Act() { enrol(); }

  const domain::Capture stored(const Json& reply) {
    return server.captures().at(reply.at("event_id")).capture;
  }

  Json refused_ticket() {
    const auto ticket = create({{"ticket", {{"details", "poison"}}}});
    server.reject("poison", {"bad_value", "no", "/body/ticket/details"});
    run->engine.run_once();
    EXPECT_EQ(status().at("quarantined"), 1);
    till().events.drain();
    return ticket;
  }
  void correct(const Json& ticket) {
    act({{"action", "correct"},
         {"event_id", ticket.at("event_id")},
         {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
         {"ticket", {{"details", "harmless"}}}});
  }
  Json comment(const Json& ticket, const std::string& text) {
    return act(on(ticket, "comment", {{"text", text}, {"visibility", "public"}}));
  }
  /// As a server that hears of comments before it has their ticket. `meanwhile` happens at the till while the
  /// first exchange is under way; the ticket is there from the second one on.
  void refuse_comments_once(const std::function<void()>& meanwhile = nullptr) {
    server.reject("later", {"unknown_ticket", "this store has no such ticket", "/ticket_id"});
    api.plan = [this, meanwhile] {
      if (++exchanges_ > 1) {
        server.reject_nothing();
      } else if (meanwhile) {
        meanwhile();
      }
      return Fault::none;
    };
  }
  std::vector<std::string> stored_comments() const {
    std::vector<std::string> texts;
    for (const auto& [id, stored] : server.captures()) {
      if (const auto* said = std::get_if<domain::Commented>(&stored.capture.body))
        texts.push_back(said->text);
    }
    return texts;
  }

 private:
  int exchanges_ = 0;
};

TEST_F(Act, amends_freely_within_the_window_and_with_a_reason_afterwards) {
  const auto ticket = create();
  const Json changes{{"changes", {{"ticket", {{"details", "It toasts on one side."}}}}}};
  const auto amended = act(on(ticket, "amend", changes));
  EXPECT_EQ(amended.at("ticket").at("details"), "It toasts on one side.");
  EXPECT_TRUE(amended.contains("slip"));

  clock.advance(31min);
  EXPECT_EQ(refused(on(ticket, "amend", changes)).field, "/reason");
  auto with_reason = changes;
  with_reason["reason"] = "the customer came back";
  const auto late = act(on(ticket, "amend", with_reason));
  ASSERT_TRUE(drain());
  EXPECT_EQ(std::get<domain::Amended>(stored(late).body).reason, "the customer came back");
}

/// A machine so slow that time passes whenever somebody looks at the clock.
class SlowClock : public FakeClock {
 public:
  std::chrono::milliseconds since_boot() const override { return FakeClock::since_boot() + ++looks_ * 10ms; }

 private:
  mutable std::atomic<int> looks_{0};
};

TEST_F(Act, a_search_that_takes_too_long_leaves_the_oldest_to_the_server) {
  for (int i = 0; i < 20; ++i) create();
  const auto search = [&] {
    return ok(plugin::app::find_tickets(till(), R"({"text":"nothing that anybody said"})"));
  };
  EXPECT_EQ(search().at("complete"), true);
  const SlowClock slow;
  run.reset();
  run = std::make_unique<TillRun>(folder.path(), host, slow, api);
  EXPECT_EQ(search().at("complete"), false);
  run.reset();  // before the clock
}

TEST_F(Act, setting_the_clock_back_does_not_open_the_window_again) {
  const auto made_at = clock.wall_now();
  const auto ticket = create();
  const Json changes{{"changes", {{"ticket", {{"details", "It toasts on one side."}}}}}};
  act(on(ticket, "amend", changes));
  clock.advance(31min);
  clock.set_wall(made_at);
  EXPECT_EQ(refused(on(ticket, "amend", changes)).field, "/reason");
  clock.set_wall(made_at - 48h);
  EXPECT_EQ(refused(on(ticket, "amend", changes)).field, "/reason");
}

TEST_F(Act, a_clock_set_right_does_not_close_the_window) {
  const auto ticket = create();
  clock.set_wall(clock.wall_now() + 48h);
  act(on(ticket, "amend", {{"changes", {{"ticket", {{"details", "It toasts on one side."}}}}}}));
}

TEST_F(Act, an_amendment_must_leave_a_ticket_that_the_form_would_take) {
  const auto ticket = create();
  const auto error = refused(on(ticket, "amend", {{"changes", {{"ticket", {{"category", nullptr}}}}}}));
  EXPECT_EQ(error.field, "/changes/ticket/category");
}

TEST_F(Act, withdraws_once) {
  const auto ticket = create();
  EXPECT_EQ(act(on(ticket, "withdraw", {{"reason", "entered_by_mistake"}})).at("ticket").at("withdrawn"),
            true);
  EXPECT_EQ(refused(on(ticket, "withdraw")).code, "refused");
  ASSERT_TRUE(drain());
  EXPECT_EQ(server.captures().size(), 2U);
}

TEST_F(Act, comments_with_card_numbers_masked) {
  const auto ticket = create();
  const auto reply =
      act(on(ticket, "comment", {{"text", "card 4242424242424242"}, {"visibility", "public"}}));
  ASSERT_TRUE(drain());
  EXPECT_THAT(std::get<domain::Commented>(stored(reply).body).text,
              ::testing::Not(HasSubstr("42424242424242")));
}

TEST_F(Act, masks_card_numbers_in_every_text_of_every_event) {
  const std::string pan = "4242 4242 4242 4242";
  const Json clerk{{"clerk", {{"id", "c2"}, {"name", "Ben " + pan}}}};
  const auto texts = [&](Json more) {
    more.update(clerk);
    return more;
  };
  Json patch{{"ticket", {{"details", pan}, {"custom", {{"serial_number", pan}}}}},
             {"complainant", {{"kind", "organisation"}, {"name", pan}, {"organisation", pan}}},
             {"customer", {{"name", pan}}}};
  patch.update(clerk);
  const auto ticket = create(patch);
  const auto amendment = texts({{"changes", {{"ticket", {{"details", pan}}}}}, {"reason", pan}});
  const auto amended = act(on(ticket, "amend", amendment));
  act(on(ticket, "comment", texts({{"text", pan}, {"visibility", "public"}})));
  const auto received = act(on(
      ticket, "receive_goods",
      texts({{"condition", "used"}, {"accessories", {pan}}, {"serial", pan}, {"tag", pan}, {"shelf", pan}})));
  EXPECT_THAT(received.dump(), ::testing::Not(HasSubstr(pan)));
  act(on(ticket, "hand_over", texts({{"to", pan}, {"note", pan}})));
  const auto withdrawn = act(on(ticket, "withdraw", texts({{"reason", pan}})));

  const auto correct = [&](const Json& event, const Json& more) {
    Json request{{"action", "correct"}, {"event_id", event.at("event_id")}};
    request.update(more);
    act(request);
  };
  server.reject("*", {"bad_value", "no", ""});
  run->engine.run_once();
  correct(amended, amendment);
  correct(withdrawn, texts({{"reason", pan}}));
  run.reset();
  for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
    std::ifstream stream(file.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    EXPECT_THAT(bytes, ::testing::Not(HasSubstr(pan))) << file.path();
  }
}

TEST_F(Act, receives_and_hands_over_goods_of_tickets_of_any_till) {
  const auto ticket = create();
  const auto received =
      act(on(ticket, "receive_goods", {{"condition", "used"}, {"accessories", {"cable"}}, {"shelf", "B3"}}));
  EXPECT_THAT(received.at("slip").at("text").get<std::string>(), HasSubstr("cable"));
  EXPECT_EQ(refused(on(ticket, "receive_goods", {{"condition", "eaten"}})).field, "/condition");

  const Json elsewhere{{"ticket_id", "0192d3a0-1111-7000-8000-000000000001"}};
  const auto handed = act(on(elsewhere, "hand_over", {{"to", "Anna Meier"}}));
  EXPECT_FALSE(handed.contains("ticket"));
  ASSERT_TRUE(drain());
  EXPECT_EQ(stored(handed).type(), domain::CaptureType::handed_over);
}

TEST_F(Act, corrects_a_rejected_ticket_by_an_event_that_names_it) {
  const auto ticket = create({{"ticket", {{"details", "poison"}}}});
  const auto rejected_bytes = till().journal.lease()->query("SELECT body FROM captures").front().blob(0);
  server.reject("poison", {"bad_value", "no", "/body/ticket/details"});
  run->engine.run_once();

  const Json correction{{"action", "correct"},
                        {"event_id", ticket.at("event_id")},
                        {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
                        {"ticket", {{"details", "harmless"}}}};
  const auto corrected = act(correction);
  EXPECT_EQ(corrected.at("ticket").at("code"), ticket.at("code"));
  EXPECT_EQ(corrected.at("ticket").at("details"), "harmless");
  ASSERT_TRUE(drain());
  const auto capture = stored(corrected);
  EXPECT_EQ(capture.corrects, crypto::sha256(rejected_bytes));
  EXPECT_EQ(capture.ticket_id.str(), ticket.at("ticket_id"));
  EXPECT_EQ(std::get<domain::Created>(capture.body).content.ticket.category->str(), "defective")
      << "the rest stays";
  EXPECT_TRUE(unsent().empty());
  EXPECT_EQ(refused(correction).code, "refused") << "once corrected, it is not in quarantine any more";
}

TEST_F(Act, corrects_other_rejected_events) {
  const auto ticket = create();
  ASSERT_TRUE(drain());
  const auto comment = act(on(ticket, "comment", {{"text", "a"}, {"visibility", "public"}}));
  server.reject("*", {"bad_value", "no", ""});
  run->engine.run_once();
  server.reject_nothing();
  const auto corrected = act({{"action", "correct"},
                              {"event_id", comment.at("event_id")},
                              {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
                              {"text", "b"},
                              {"visibility", "internal"}});
  ASSERT_TRUE(drain());
  EXPECT_EQ(std::get<domain::Commented>(stored(corrected).body).text, "b");
}

TEST_F(Act, what_was_refused_for_its_tickets_sake_follows_the_correction) {
  const auto ticket = create({{"ticket", {{"details", "poison"}}}});
  const auto comment = act(on(ticket, "comment", {{"text", "later"}, {"visibility", "public"}}));
  server.reject("poison", {"bad_value", "no", "/body/ticket/details"});
  server.reject("later", {"unknown_ticket", "no such ticket", "/ticket_id"});
  run->engine.run_once();
  ASSERT_EQ(unsent().size(), 2U);
  EXPECT_EQ(refused(on(ticket, "amend", {{"changes", {{"ticket", {{"details", "x"}}}}}})).field,
            "/ticket_id");
  server.reject_nothing();
  act({{"action", "correct"},
       {"event_id", ticket.at("event_id")},
       {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
       {"ticket", {{"details", "harmless"}}}});
  ASSERT_TRUE(drain());
  EXPECT_TRUE(unsent().empty());
  const auto captures = server.captures();
  ASSERT_EQ(captures.size(), 2U);
  const auto again = std::find_if(captures.begin(), captures.end(), [](const auto& stored) {
    return stored.second.capture.type() == domain::CaptureType::commented;
  });
  ASSERT_NE(again, captures.end());
  EXPECT_EQ(std::get<domain::Commented>(again->second.capture.body).text, "later");
  EXPECT_TRUE(again->second.capture.corrects);
  EXPECT_FALSE(captures.contains(comment.at("event_id").get<std::string>()));
  EXPECT_TRUE(server.gaps("S001-T1").empty());
}

TEST_F(Act, what_was_unsent_when_its_ticket_was_corrected_follows_the_correction) {
  const auto ticket = refused_ticket();
  comment(ticket, "later");
  comment(ticket, "later still");
  correct(ticket);
  refuse_comments_once();
  ASSERT_TRUE(drain());
  EXPECT_THAT(stored_comments(), ::testing::UnorderedElementsAre("later", "later still"));
  EXPECT_EQ(server.captures().size(), 3U);
  EXPECT_TRUE(unsent().empty());
  EXPECT_TRUE(server.gaps("S001-T1").empty());
  EXPECT_THAT(till().events.drain(), ::testing::Not(HasSubstr("rejected"))) << "there is nothing to be done";
}

TEST_F(Act, what_was_unsent_follows_the_correction_though_the_answer_was_lost) {
  const auto ticket = refused_ticket();
  comment(ticket, "later");
  correct(ticket);
  server.reject("later", {"unknown_ticket", "this store has no such ticket", "/ticket_id"});
  api.faults = {Fault::lose_answer};
  run->engine.run_once();
  clock.advance(1h);
  refuse_comments_once();
  ASSERT_TRUE(drain());
  EXPECT_THAT(stored_comments(), ::testing::ElementsAre("later"));
  EXPECT_TRUE(unsent().empty());
}

TEST_F(Act, what_is_on_its_way_while_its_ticket_is_corrected_follows_the_correction) {
  const auto ticket = refused_ticket();
  comment(ticket, "later");
  refuse_comments_once([&] { correct(ticket); });
  ASSERT_TRUE(drain());
  EXPECT_THAT(stored_comments(), ::testing::ElementsAre("later"));
  EXPECT_EQ(server.captures().size(), 2U);
  EXPECT_TRUE(unsent().empty());
  EXPECT_TRUE(server.gaps("S001-T1").empty());
}

TEST_F(Act, what_was_sent_while_its_ticket_stepped_aside_follows_the_ticket) {
  const auto ticket = create({{"ticket", {{"details", "difficult"}}}});
  comment(ticket, "later");
  server.break_on("difficult");
  server.reject("later", {"unknown_ticket", "this store has no such ticket", "/ticket_id"});
  for (int i = 0; i < 10 && status().at("quarantined") == 0; ++i) {
    run->engine.run_once();
    clock.advance(1h);
  }
  ASSERT_EQ(status().at("quarantined"), 1);
  server.break_on("");
  server.reject_nothing();
  ASSERT_TRUE(drain());
  EXPECT_THAT(stored_comments(), ::testing::ElementsAre("later"));
  EXPECT_TRUE(unsent().empty());
}

TEST_F(Act, withdraws_what_is_unsent_along_with_a_rejected_ticket) {
  const auto ticket = refused_ticket();
  comment(ticket, "later");
  act(on(ticket, "withdraw"));
  server.reject("later", {"unknown_ticket", "this store has no such ticket", "/ticket_id"});
  ASSERT_TRUE(drain());
  EXPECT_TRUE(unsent().empty());
  EXPECT_TRUE(server.captures().empty());
  EXPECT_TRUE(server.gaps("S001-T1").empty()) << "each number has reached the server";
  EXPECT_THAT(till().events.drain(), ::testing::Not(HasSubstr("rejected")));
}

TEST_F(Act, withdraws_what_is_on_its_way_along_with_a_rejected_ticket) {
  const auto ticket = refused_ticket();
  comment(ticket, "later");
  refuse_comments_once([&] { act(on(ticket, "withdraw")); });
  ASSERT_TRUE(drain());
  EXPECT_TRUE(unsent().empty());
  EXPECT_TRUE(server.captures().empty());
  EXPECT_THAT(till().events.drain(), ::testing::Not(HasSubstr("rejected")));
}

TEST_F(Act, withdraws_one_refused_event_of_any_ticket) {
  const Json elsewhere{{"ticket_id", "0192d3a0-1111-7000-8000-000000000001"}};
  const auto handed = act(on(elsewhere, "hand_over", {{"to", "Anna Meier"}}));
  const Json withdrawal{{"action", "withdraw"},
                        {"event_id", handed.at("event_id")},
                        {"clerk", {{"id", "c2"}, {"name", "Ben"}}}};
  EXPECT_EQ(refused(withdrawal).code, "refused") << "nobody has refused it yet";
  server.reject("*", {"unknown_ticket", "no such ticket", "/ticket_id"});
  run->engine.run_once();
  act(withdrawal);
  EXPECT_TRUE(unsent().empty());
  EXPECT_EQ(status().at("quarantined"), 0);
}

TEST_F(Act, withdraws_a_rejected_ticket_without_the_server) {
  const auto ticket = create({{"ticket", {{"details", "poison"}}}});
  server.reject("poison", {"bad_value", "no", ""});
  run->engine.run_once();
  act(on(ticket, "withdraw"));
  EXPECT_TRUE(unsent().empty());
  EXPECT_EQ(status().at("quarantined"), 0);
}

TEST_F(Act, names_what_is_wrong_with_a_request) {
  const auto ticket = create();
  EXPECT_EQ(refused({{"action", "dance"}}).field, "/action");
  EXPECT_EQ(refused(on({{"ticket_id", "0192d3a0-1111-7000-8000-000000000001"}}, "withdraw")).code,
            "not_found");
  EXPECT_EQ(refused(on(ticket, "comment", {{"text", "x"}, {"visibility", "public"}, {"more", 1}})).field,
            "/more");
  EXPECT_EQ(refused({{"action", "withdraw"}, {"clerk", {{"id", "c"}, {"name", "n"}}}}).field, "/code");
}

TEST_F(Act, finds_its_own_tickets_at_once_and_the_servers_later) {
  create({{"complainant", {{"name", "Berta Alt"}, {"mobile", "0171 999 8877"}}},
          {"ticket", {{"details", "Kaffeemaschine"}}}});
  const auto ticket = create();
  const auto find = [&](const Json& filter) {
    return ok(plugin::app::find_tickets(till(), filter.dump())).at("tickets").size();
  };
  EXPECT_EQ(find(Json::object()), 2U);
  EXPECT_EQ(find({{"customer_number", "+49 171 9998877"}}), 1U);
  EXPECT_EQ(find({{"text", "kaffee"}}), 1U);
  auto spelling = ticket.at("code").get<std::string>();
  std::transform(spelling.begin(), spelling.end(), spelling.begin(),
                 [](char c) { return static_cast<char>(std::tolower(c)); });
  EXPECT_EQ(find({{"code", spelling}}), 1U);
  EXPECT_EQ(find({{"status", {"open"}}}), 2U);
  EXPECT_EQ(find({{"status", {"closed"}}}), 0U);
  EXPECT_EQ(find({{"created_from", "2026-11-21"}, {"created_to", "2026-11-21"}}), 2U);
  EXPECT_EQ(find({{"created_to", "2026-11-20"}}), 0U);

  server.set_search_reply(R"({"tickets":[{"code":"X"}]})");
  const auto id = ok(plugin::app::find_tickets(till(), R"({"text":"a b&c"})")).at("request_id");
  run->engine.run_once();
  EXPECT_THAT(server.requests(), ::testing::Contains(HasSubstr("q=a%20b%26c")));
  const auto taken = ok(plugin::app::take_result(till(), Json{{"request_id", id}}.dump()));
  EXPECT_EQ(taken.at("result").at("tickets").size(), 1U);
}

TEST_F(Act, summaries_show_customers_masked) {
  create();
  const auto found = ok(plugin::app::find_tickets(till(), "{}")).at("tickets").at(0);
  EXPECT_EQ(found.at("customer"), "A*** M.");
  EXPECT_EQ(found.at("mobile"), "•••• 5678");
}

TEST_F(Act, shows_a_ticket_with_its_history) {
  const auto ticket = create();
  act(on(ticket, "comment", {{"text", "hello"}, {"visibility", "public"}}));
  const auto shown = ok(plugin::app::show_ticket(till(), Json{{"code", ticket.at("code")}}.dump()));
  EXPECT_EQ(shown.at("ticket").at("ticket").at("details"), "The toaster does not toast.");
  ASSERT_EQ(shown.at("history").size(), 2U);
  EXPECT_EQ(shown.at("history")[1].at("body").at("text"), "hello");
  EXPECT_EQ(shown.at("history")[1].at("actor").at("name"), "Ben");
  EXPECT_TRUE(shown.contains("request_id"));
}

TEST_F(Act, a_form_knows_the_transaction_and_the_customer) {
  host.transaction = sample_transaction().dump();
  const auto form = ok(plugin::app::form(
      till(),
      Json{{"clerk", {{"id", "c"}, {"name", "n"}}},
           {"language", "de"},
           {"use_current_transaction", true},
           {"customer",
            {{"id", "M-77"}, {"name", "Anna"}, {"identifiers", {{{"type", "mobile"}, {"value", "0171"}}}}}}}
          .dump()));
  EXPECT_EQ(form.at("transaction").at("id"), "R-1001");
  EXPECT_EQ(form.at("data").at("proof").at("kind"), "looked_up");
  EXPECT_EQ(form.at("data").at("complainant").at("mobile"), "0171");
  EXPECT_TRUE(form.at("schema").at("properties").contains("ticket"));
  EXPECT_TRUE(form.at("filters").contains("schema"));
  EXPECT_FALSE(form.at("choices").at("withdrawal_reasons").empty());
}

TEST_F(Act, screens_name_the_navigation) {
  const auto screens = ok(plugin::app::screens(till(), ""));
  EXPECT_EQ(screens.at("screens")[0].at("path"), Json({"Tickets and Feedback", "Add Ticket"}));
  EXPECT_EQ(screens.at("screens")[1].at("path"), Json({"Tickets and Feedback", "Search"}));
}

}  // namespace
}  // namespace ccms::test
