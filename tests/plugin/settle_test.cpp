// Settling a ticket at the counter, and what can be done to tickets of other stores.
#include <gmock/gmock.h>

#include "plugin/app/act.h"
#include "plugin/app/create_ticket.h"
#include "plugin/app/form.h"
#include "plugin/app/show_ticket.h"
#include "plugin/app/take_result.h"
#include "plugin/outbox/update_table.h"
#include "tests/plugin/till_fixture.h"
#include "tests/support/fake_server/sample_bundle.h"

namespace ccms::test {
namespace {

class Settle : public TillTest {
 protected:
  Settle() { enrol(); }

  Json settlement(const Json& ticket, const Json& patch = Json::object()) {
    auto request = on(ticket, "settle",
                      {{"resolution_code", "refunded"},
                       {"note", "Money back."},
                       {"remedy", {{"kind", "refund"}, {"amount", {{"amount", 1999}, {"currency", "EUR"}}}}},
                       {"approved_by", {{"id", "m1"}, {"name", "Ada"}}}});
    request.merge_patch(patch);
    return request;
  }
  static Json on_the_spot(const Json& patch = Json::object()) {
    Json settled{{"resolution_code", "refunded"}, {"note", "Money back at once."}};
    settled.merge_patch(patch);
    return settled;
  }
  /// Settings under which more than 50.00 takes a manager, and more than 100.00 is never given.
  void use_limits() {
    auto bundle = Json::parse(sample_bundle(2));
    bundle["remedies"] =
        Json::parse(R"([{"id":"refund","approval_above":5000,"at_most":10000},{"id":"apology"}])");
    server.set_bundle(bundle.dump(), "\"2\"");
    clock.advance(std::chrono::minutes(10));
    run->engine.run_once();
  }
  Json shown(const Json& name) { return ok(plugin::app::show_ticket(till(), name.dump())); }
  std::string state_of(const Json& ticket) {
    return shown({{"code", ticket.at("code")}}).at("ticket").at("state").at("type");
  }
  /// What the server says of the ticket with this code.
  Json asked(const Json& code) {
    const auto id = shown({{"code", code}}).at("request_id");
    run->engine.run_once();
    return ok(plugin::app::take_result(till(), Json{{"request_id", id}}.dump())).at("result");
  }
};

TEST_F(Settle, shows_as_closed_at_once_and_goes_up_as_one_event) {
  const auto ticket = create();
  const auto reply = act(settlement(ticket));
  EXPECT_EQ(reply.at("ticket").at("state").at("type"), "closed");
  EXPECT_EQ(reply.at("ticket").at("delivery"), "unsent");
  ASSERT_TRUE(drain());
  const auto body = std::get<domain::Settled>(server.captures().at(reply.at("event_id")).capture.body);
  EXPECT_EQ(body.resolution_code.str(), "refunded");
  EXPECT_EQ(body.remedy->amount->amount, 1999);
  EXPECT_EQ(body.approved_by->name, "Ada");
  EXPECT_EQ(state_of(ticket), "closed") << "the server has taken it";
  restart();
  EXPECT_EQ(state_of(ticket), "closed");
}

TEST_F(Settle, needs_neither_remedy_nor_approval) {
  act(settlement(create(), {{"remedy", nullptr}, {"approved_by", nullptr}}));
  act(settlement(create(), {{"remedy", {{"amount", nullptr}, {"kind", "apology"}}}}));
}

TEST_F(Settle, happens_once) {
  const auto ticket = create();
  act(settlement(ticket));
  EXPECT_EQ(refused(settlement(ticket)).code, "refused");
  ASSERT_TRUE(drain());
  EXPECT_EQ(refused(settlement(ticket)).code, "refused");
  const auto withdrawn = create();
  act(on(withdrawn, "withdraw"));
  EXPECT_EQ(refused(settlement(withdrawn)).code, "refused");
}

TEST_F(Settle, that_the_server_refuses_leaves_the_ticket_as_it_was) {
  const auto ticket = create();
  ASSERT_TRUE(drain());
  const auto settled = act(settlement(ticket));
  server.reject("*", {"already_finished", "the ticket is closed already", "/ticket_id"});
  run->engine.run_once();
  EXPECT_EQ(state_of(ticket), "open");
  server.reject_nothing();
  const auto corrected =
      act({{"action", "correct"},
           {"event_id", settled.at("event_id")},
           {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
           {"resolution_code", "informed"},
           {"note", "Explained."},
           {"remedy", {{"kind", "refund"}, {"amount", {{"amount", 1999}, {"currency", "EUR"}}}}}});
  EXPECT_EQ(state_of(ticket), "closed");
  ASSERT_TRUE(drain());
  const auto body = std::get<domain::Settled>(server.captures().at(corrected.at("event_id")).capture.body);
  EXPECT_EQ(body.note, "Explained.");
  EXPECT_EQ(body.approved_by->name, "Ada") << "what was approved stays so";
}

TEST_F(Settle, takes_what_the_settings_offer) {
  auto bundle = Json::parse(sample_bundle(2));
  bundle.at("resolution_codes").at(1)["retired"] = true;
  const auto retired = bundle.at("resolution_codes").at(1).at("id");
  server.set_bundle(bundle.dump(), "\"2\"");
  clock.advance(std::chrono::minutes(10));
  run->engine.run_once();
  const auto ticket = create();
  EXPECT_EQ(refused(settlement(ticket, {{"resolution_code", "eaten"}})).field, "/resolution_code");
  EXPECT_EQ(refused(settlement(ticket, {{"resolution_code", retired}})).code, "retired_option");
  const Json dollars{{"remedy", {{"amount", {{"currency", "USD"}}}}}};
  EXPECT_EQ(refused(settlement(ticket, dollars)).field, "/remedy/amount/currency");
  const auto form = ok(plugin::app::form(till(), R"({"clerk":{"id":"c","name":"n"}})"));
  const auto offered = form.at("choices").at("resolution_codes");
  EXPECT_EQ(offered.size() + 1, bundle.at("resolution_codes").size());
}

TEST_F(Settle, at_once_makes_a_ticket_that_is_born_closed) {
  const auto made = create({{"settlement", on_the_spot()}});
  EXPECT_EQ(made.at("state").at("type"), "closed");
  EXPECT_FALSE(made.contains("answer_by")) << "there is nothing left to promise";
  EXPECT_EQ(state_of(made), "closed");
  EXPECT_EQ(unsent().size(), 2U);
  EXPECT_EQ(refused(settlement(made)).code, "refused");
  restart();
  EXPECT_EQ(state_of(made), "closed");
  ASSERT_TRUE(drain());
  std::vector<domain::CaptureType> sent(2);
  for (const auto& [id, stored] : server.captures()) sent.at(stored.capture.seq - 1) = stored.capture.type();
  EXPECT_THAT(sent, ::testing::ElementsAre(domain::CaptureType::created, domain::CaptureType::settled));
}

TEST_F(Settle, at_once_is_all_or_nothing) {
  const auto unknown = request({{"settlement", on_the_spot({{"resolution_code", "eaten"}})}});
  EXPECT_EQ(error_of(plugin::app::create_ticket(till(), unknown.dump())).field,
            "/settlement/resolution_code");
  const auto silent = request({{"settlement", on_the_spot({{"note", nullptr}})}});
  EXPECT_EQ(error_of(plugin::app::create_ticket(till(), silent.dump())).field, "/settlement/note");
  EXPECT_EQ(unsent().size(), 0U);
}

TEST_F(Settle, gives_what_the_chain_gives_at_its_counters) {
  use_limits();
  const auto ticket = create();
  const auto giving = [&](const Json& remedy) { return settlement(ticket, {{"remedy", remedy}}); };
  EXPECT_EQ(refused(giving({{"kind", "exchange"}, {"amount", nullptr}})).code, "not_offered");
  EXPECT_EQ(refused(giving({{"amount", nullptr}})).field, "/remedy/amount");
  const auto most = refused(giving({{"amount", {{"amount", 10001}}}}));
  EXPECT_EQ(most.code + " " + most.field, "too_much /remedy/amount");
  act(giving({{"amount", {{"amount", 10000}}}}));
  const auto offered = ok(plugin::app::form(till(), R"({"clerk":{"id":"c","name":"n"}})")).at("choices");
  EXPECT_EQ(offered.at("remedies"),
            Json::parse(R"([{"id":"refund","approval_above":5000,"at_most":10000},{"id":"apology"}])"));
}

TEST_F(Settle, of_much_takes_somebody_elses_word) {
  use_limits();
  const Json much{{"approved_by", nullptr}, {"remedy", {{"amount", {{"amount", 5001}}}}}};
  EXPECT_EQ(refused(settlement(create(), much)).code, "approval_needed");
  auto alone = settlement(create(), much);
  alone["approved_by"] = alone.at("clerk");
  EXPECT_EQ(refused(alone).code, "self_approval");
  act(settlement(create(), {{"approved_by", nullptr}, {"remedy", {{"amount", {{"amount", 5000}}}}}}));

  host.manager = R"({"approved":false})";
  EXPECT_EQ(refused(settlement(create(), much)).code, "refused");
  host.manager = R"({"approved":true,"manager":{"id":"m7","name":"Grace"}})";
  const auto settled = act(settlement(create(), much));
  ASSERT_TRUE(drain());
  const auto body = std::get<domain::Settled>(server.captures().at(settled.at("event_id")).capture.body);
  EXPECT_EQ(body.approved_by->name, "Grace") << "the host asked, and the event says whom";
}

TEST_F(Settle, corrected_to_another_amount_is_asked_for_anew) {
  use_limits();
  const auto ticket = create();
  ASSERT_TRUE(drain());
  const auto settled = act(settlement(ticket, {{"remedy", {{"amount", {{"amount", 6000}}}}}}));
  server.reject("*", {"too_long", "the ticket would become too large", "/body"});
  run->engine.run_once();
  server.reject_nothing();
  const auto corrected_to = [&](std::int64_t amount) {
    return Json{{"action", "correct"},
                {"event_id", settled.at("event_id")},
                {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
                {"resolution_code", "refunded"},
                {"note", "Money back."},
                {"remedy", {{"kind", "refund"}, {"amount", {{"amount", amount}, {"currency", "EUR"}}}}}};
  };
  EXPECT_EQ(refused(corrected_to(10001)).code, "too_much");
  EXPECT_EQ(refused(corrected_to(9999)).code, "approval_needed") << "Ada allowed another amount";
  act(corrected_to(6000));
  EXPECT_EQ(state_of(ticket), "closed");
}

TEST_F(Settle, of_what_is_confidential_is_not_for_the_store) {
  const auto wish = request({{"ticket", {{"category", "staff_behaviour"}}}, {"settlement", on_the_spot()}});
  EXPECT_EQ(error_of(plugin::app::create_ticket(till(), wish.dump())).field, "/settlement");
}

TEST_F(Settle, asked_for_after_the_ticket_was_made_is_not_lost_silently) {
  auto wish = request();
  ok(plugin::app::create_ticket(till(), wish.dump()));
  wish["settlement"] = on_the_spot();
  const auto again = error_of(plugin::app::create_ticket(till(), wish.dump()));
  EXPECT_EQ(again.code + " " + again.field, "refused /settlement");
  const auto settled = request({{"settlement", on_the_spot()}});
  const auto first = ok(plugin::app::create_ticket(till(), settled.dump()));
  EXPECT_EQ(ok(plugin::app::create_ticket(till(), settled.dump())).at("code"), first.at("code"));
}

TEST_F(Settle, masks_card_numbers) {
  const std::string pan = "4242 4242 4242 4242";
  const auto reply = act(settlement(create(), {{"note", "to " + pan}, {"approved_by", {{"name", pan}}}}));
  ASSERT_TRUE(drain());
  EXPECT_THAT(server.captures().at(reply.at("event_id")).bytes,
              ::testing::Not(::testing::HasSubstr("4242 4242")));
}

TEST_F(Settle, ends_the_suspicion_of_a_duplicate) {
  const Json bought{{"transaction", sample_transaction()},
                    {"proof", {{"kind", "looked_up"}, {"reason", nullptr}}}};
  const auto ticket = create(bought);
  EXPECT_EQ(error_of(plugin::app::create_ticket(till(), request(bought).dump())).code, "duplicate_suspected");
  act(settlement(ticket));
  create(bought);
  ASSERT_TRUE(drain());
}

TEST_F(Settle, a_ticket_of_another_till_of_the_store) {
  const Json elsewhere{{"ticket_id", "0192d3a0-1111-7000-8000-000000000001"}};
  EXPECT_FALSE(act(settlement(elsewhere)).contains("ticket"));
  EXPECT_EQ(refused(settlement(elsewhere)).code, "refused");
}

using Actions = std::vector<std::string>;

TEST_F(Settle, the_reply_of_ticket_lists_what_can_be_done) {
  const auto ticket = create();
  const auto actions = [&] { return shown({{"code", ticket.at("code")}}).at("actions").get<Actions>(); };
  EXPECT_EQ(actions(), (Actions{"comment", "receive_goods", "settle", "amend", "withdraw"}));
  act(on(ticket, "receive_goods", {{"condition", "used"}}));
  EXPECT_EQ(actions(), (Actions{"comment", "receive_goods", "hand_over", "settle", "amend", "withdraw"}));
  ASSERT_TRUE(drain());
  EXPECT_EQ(asked(ticket.at("code")).at("actions").get<Actions>().back(), "withdraw");
  act(settlement(ticket));
  EXPECT_EQ(actions(), (Actions{"comment"}));
  const auto answer = asked(ticket.at("code"));
  EXPECT_EQ(answer.at("actions").get<Actions>(), (Actions{"comment"}));
  EXPECT_EQ(answer.at("ticket").at("state").at("type"), "closed")
      << "the server was asked before it was told";
}

TEST_F(Settle, what_a_ticket_of_another_store_does_not_allow_is_refused_at_once) {
  const std::string id = "0192d3a0-1111-7000-8000-000000000001";
  Json theirs{{"ticket_id", id},
              {"code", "7KXA-0000-0000"},
              {"state", {{"id", "open"}, {"type", "open"}, {"label", {{"en", "Open"}}}}},
              {"ready_to_collect", true},
              {"reported_at", "S002"}};
  const auto code = create().at("code");
  server.set_ticket_reply(Json{{"ticket", theirs}}.dump());
  EXPECT_EQ(asked(code).at("actions").get<Actions>(), (Actions{"comment", "receive_goods"}));

  const Json named{{"ticket_id", id}};
  act(on(named, "comment", {{"text", "He is here."}, {"visibility", "internal"}}));
  act(on(named, "receive_goods", {{"condition", "used"}}));
  const auto before = unsent().size();
  for (const auto& request : {settlement(named), on(named, "hand_over"), on(named, "withdraw"),
                              on(named, "amend", {{"changes", {{"ticket", {{"details", "x"}}}}}})}) {
    const auto error = refused(request);
    EXPECT_EQ(error.code, "refused") << request;
    EXPECT_EQ(error.field, "/ticket_id");
    EXPECT_THAT(error.message, ::testing::HasSubstr("another store"));
  }
  EXPECT_EQ(unsent().size(), before);

  theirs["collect_at"] = "S001";
  theirs["ticket_id"] = "0192d3a0-1111-7000-8000-000000000002";
  server.set_ticket_reply(Json{{"ticket", theirs}}.dump());
  EXPECT_EQ(asked(code).at("actions").get<Actions>(),
            (Actions{"comment", "receive_goods", "hand_over", "settle"}));
}

TEST_F(Settle, an_answer_that_cannot_be_read_is_passed_on) {
  const auto code = create().at("code");
  server.set_ticket_reply(R"({"ticket":{"ticket_id":7}})");
  EXPECT_EQ(asked(code).at("ticket").at("ticket_id"), 7);
}

}  // namespace
}  // namespace ccms::test
