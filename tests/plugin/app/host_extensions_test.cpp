// What the plugin makes of what a till can do besides, and how it goes on where a till cannot.
#include <gmock/gmock.h>

#include "plugin/app/act.h"
#include "plugin/app/form.h"
#include "plugin/app/host_event.h"
#include "plugin/app/slip_printing.h"
#include "tests/plugin/app/journal_counts.h"
#include "tests/plugin/till_fixture.h"
#include "tests/support/fake_server/sample_bundle.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class HostExtensions : public TillTest {
 protected:
  HostExtensions() { enrol(); }

  static Json form_request(const Json& more = Json::object()) {
    Json request{{"clerk", {{"id", "c17"}, {"name", "Mia"}}}};
    request.update(more);
    return request;
  }
  Json form(const Json& more = Json::object()) {
    return ok(plugin::app::form(till(), form_request(more).dump()));
  }
  domain::Error form_error(const Json& more) {
    return error_of(plugin::app::form(till(), form_request(more).dump()));
  }
  Json create_and_print(const Json& request) {
    return ok(plugin::app::create_ticket_and_print(till(), request.dump()));
  }
  void tell(const Json& event) { EXPECT_TRUE(plugin::app::on_event(till(), event.dump())); }
};

Json customer() {
  Json anna{{"id", "M-77"}, {"name", "Anna"}};
  anna["identifiers"] = {{{"type", "mobile"}, {"value", "0171"}}};
  return anna;
}

// ---- current transaction

using CurrentTransaction = HostExtensions;

TEST_F(CurrentTransaction, fills_in_a_form_that_names_no_purchase) {
  auto shown = sample_transaction();
  shown["customer"] = customer();
  host.transaction = shown.dump();
  const auto filled = form();
  EXPECT_EQ(filled.at("transaction").at("id"), "R-1001");
  EXPECT_EQ(filled.at("customer").at("id"), "M-77");
  EXPECT_EQ(filled.at("data").at("proof").at("kind"), "looked_up");
  EXPECT_EQ(filled.at("data").at("complainant").at("mobile"), "0171");
}

TEST_F(CurrentTransaction, gives_way_to_what_the_host_names_itself) {
  host.transaction = sample_transaction("R-1").dump();
  EXPECT_EQ(form({{"transaction", sample_transaction("R-2")}}).at("transaction").at("id"), "R-2");
  EXPECT_FALSE(form({{"use_current_transaction", false}}).contains("transaction"));
}

TEST_F(CurrentTransaction, that_cannot_be_read_spoils_a_form_only_when_it_was_asked_for) {
  for (const char* garbage : {"", "garbage", "[]", "null", "{\"id\":17}", "{\"id\":\"\xff\"}"}) {
    host.transaction = garbage;
    EXPECT_FALSE(form().contains("transaction")) << garbage;
    const auto error = form_error({{"use_current_transaction", true}});
    EXPECT_EQ(error.code, "unavailable");
    EXPECT_EQ(error.field, "/use_current_transaction");
  }
}

// ---- look-up

using LookUp = HostExtensions;

TEST_F(LookUp, of_one_purchase_fills_in_the_form) {
  auto bought = sample_transaction();
  bought["customer"] = customer();
  host.transactions = Json{{"transactions", {bought}}}.dump();
  host.customers = "";
  const auto filled = form({{"lookup", {{"receipt", "R-1001"}}}});
  EXPECT_EQ(Json::parse(host.queries.at(0)), Json({{"receipt", "R-1001"}}));
  EXPECT_EQ(filled.at("transaction").at("id"), "R-1001");
  EXPECT_EQ(filled.at("customer").at("name"), "Anna");
  EXPECT_THAT(filled.at("lookup").at("transactions"), SizeIs(1));
  EXPECT_THAT(filled.at("lookup").at("customers"), SizeIs(0));
}

TEST_F(LookUp, of_several_leaves_the_choice_to_the_clerk) {
  host.transactions = Json{{"transactions", {sample_transaction("R-1"), sample_transaction("R-2")}}}.dump();
  host.customers = Json{{"customers", {customer(), customer()}}}.dump();
  const auto offered = form({{"lookup", {{"mobile", "0171"}}}});
  EXPECT_FALSE(offered.contains("transaction"));
  EXPECT_FALSE(offered.contains("customer"));
  EXPECT_THAT(offered.at("lookup").at("transactions"), SizeIs(2));
  EXPECT_THAT(offered.at("lookup").at("customers"), SizeIs(2));
}

TEST_F(LookUp, of_a_customer_alone_fills_in_the_customer) {
  host.customers = Json{{"customers", {customer()}}}.dump();
  const auto filled = form({{"lookup", {{"card", "4711"}}}});
  EXPECT_EQ(filled.at("customer").at("id"), "M-77");
  EXPECT_EQ(filled.at("data").at("complainant").at("kind"), "member");
}

TEST_F(LookUp, that_finds_nothing_gives_a_form_all_the_same) {
  host.transactions = "";
  host.customers = "";
  const auto empty = form({{"lookup", {{"text", "R-1001"}}}});
  EXPECT_THAT(empty.at("lookup").at("transactions"), SizeIs(0));
  EXPECT_TRUE(empty.contains("form_id"));
}

TEST_F(LookUp, is_named_where_the_host_has_none) {
  const auto error = form_error({{"lookup", {{"text", "R-1001"}}}});
  EXPECT_EQ(error.code, "unavailable");
  EXPECT_EQ(error.field, "/lookup");
}

TEST_F(LookUp, passes_over_what_cannot_be_read) {
  for (const char* garbage :
       {"garbage", "[]", "{}", R"({"transactions":17})", R"({"transactions":[17,{}]})"}) {
    host.transactions = garbage;
    host.customers = garbage;
    EXPECT_THAT(form({{"lookup", {{"text", "R"}}}}).at("lookup").at("transactions"), SizeIs(0)) << garbage;
  }
  EXPECT_THAT(host.messages(), ::testing::Contains(HasSubstr("cannot be read")));
}

TEST_F(LookUp, must_say_one_thing_to_look_for) {
  host.transactions = host.customers = "";
  EXPECT_EQ(form_error({{"lookup", Json::object()}}).field, "/lookup");
  EXPECT_EQ(form_error({{"lookup", {{"text", "a"}, {"card", "b"}}}}).field, "/lookup");
  EXPECT_EQ(form_error({{"lookup", {{"text", 17}}}}).field, "/lookup/text");
  EXPECT_EQ(form_error({{"lookup", {{"colour", "red"}}}}).field, "/lookup");
}

// ---- printer

using Printer = HostExtensions;

TEST_F(Printer, prints_the_slip_and_the_reply_says_so) {
  host.has_printer = true;
  const auto reply = create_and_print(request({{"print", true}}));
  EXPECT_EQ(reply.at("printed"), true);
  ASSERT_THAT(host.slips, SizeIs(1));
  EXPECT_EQ(Json::parse(host.slips[0]), reply.at("slip"));
}

TEST_F(Printer, is_left_alone_unless_asked) {
  host.has_printer = true;
  EXPECT_FALSE(create_and_print(request()).contains("printed"));
  EXPECT_THAT(host.slips, SizeIs(0));
}

TEST_F(Printer, that_is_missing_or_broken_does_not_fail_the_ticket) {
  const auto wanted = request({{"print", true}});
  EXPECT_EQ(create_and_print(wanted).at("printed"), false);
  EXPECT_EQ(unsent().size(), 1U);
  host.has_printer = true;  // and the next try prints
  EXPECT_EQ(create_and_print(wanted).at("printed"), true);
  EXPECT_EQ(unsent().size(), 1U);
}

TEST_F(Printer, prints_a_double_tap_once_unless_asked_again) {
  host.has_printer = true;
  auto wanted = request({{"print", true}});
  const auto first = create_and_print(wanted);
  EXPECT_EQ(create_and_print(wanted), first);
  EXPECT_THAT(host.slips, SizeIs(1));
  wanted["print_again"] = true;
  create_and_print(wanted);
  EXPECT_THAT(host.slips, SizeIs(2));
}

TEST_F(Printer, prints_nothing_for_a_ticket_that_was_refused) {
  host.has_printer = true;
  EXPECT_FALSE(plugin::app::create_ticket_and_print(
      till(), request({{"print", true}, {"ticket", {{"category", "nonsense"}}}}).dump()));
  EXPECT_EQ(error_of(plugin::app::create_ticket_and_print(till(), request({{"print", "yes"}}).dump())).field,
            "/print");
  EXPECT_THAT(host.slips, SizeIs(0));
}

TEST_F(Printer, prints_the_new_slip_of_an_action) {
  host.has_printer = true;
  const auto ticket = create();
  const Json goods{{"action", "receive_goods"},
                   {"ticket_id", ticket.at("ticket_id")},
                   {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
                   {"condition", "used"},
                   {"print", true}};
  EXPECT_EQ(ok(plugin::app::act_and_print(till(), goods.dump())).at("printed"), true);
  EXPECT_THAT(host.slips, SizeIs(1));
}

// ---- scanner

using ScannerUse = HostExtensions;

TEST_F(ScannerUse, listens_while_a_form_awaits_a_scan) {
  host.has_scanner = true;
  const auto waiting = form();
  EXPECT_EQ(waiting.at("awaits_scan"), true);
  EXPECT_TRUE(host.listening);
  tell({{"type", "scan"}, {"text", "R-1001"}});
  const auto events = nlohmann::json::parse(till().events.drain()).at("events");
  EXPECT_EQ(events.back(), (nlohmann::json{{"type", "scanned"},
                                           {"form_id", waiting.at("form_id").get<std::string>()},
                                           {"text", "R-1001"}}));
  EXPECT_EQ(form({{"transaction", sample_transaction()}}).at("awaits_scan"), false);
  EXPECT_FALSE(host.listening);
}

TEST_F(ScannerUse, ends_with_the_form) {
  host.has_scanner = true;
  for (const char* end : {"form_closed", "suspend", "clerk_changed"}) {
    form();
    EXPECT_TRUE(host.listening);
    tell({{"type", end}});
    EXPECT_FALSE(host.listening) << end;
  }
  form();
  create_and_print(request());
  EXPECT_FALSE(host.listening);
}

TEST_F(ScannerUse, is_not_awaited_where_there_is_none) {
  EXPECT_EQ(form().at("awaits_scan"), false);
  tell({{"type", "scan"}, {"text", "R-1001"}});
  EXPECT_THAT(till().events.drain(), ::testing::Not(HasSubstr("scanned")));
}

// ---- manager approval

class ManagerApproval : public HostExtensions {
 protected:
  Json late(const std::string& action) {
    const auto ticket = create();
    clock.advance(31min);
    Json request{{"action", action},
                 {"ticket_id", ticket.at("ticket_id")},
                 {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
                 {"reason", "the customer came back"}};
    if (action == "amend") request["changes"] = {{"ticket", {{"details", "It burns."}}}};
    return request;
  }
  domain::Capture delivered(const Json& reply) {
    EXPECT_TRUE(drain());
    return server.captures().at(reply.at("event_id")).capture;
  }
};

TEST_F(ManagerApproval, is_asked_for_a_late_change_and_goes_into_the_event) {
  host.manager = R"({"approved":true,"manager":{"id":"m1","name":"Nora"}})";
  const auto amended = delivered(act(late("amend")));
  EXPECT_EQ(std::get<domain::Amended>(amended.body).approved_by, (domain::Clerk{"m1", "Nora"}));
  const auto question = Json::parse(host.questions.at(0));
  EXPECT_THAT(question.at("reason"), HasSubstr("the customer came back"));
  EXPECT_FALSE(question.contains("amount")) << "nobody is given anything";
  const auto withdrawn = delivered(act(late("withdraw")));
  EXPECT_EQ(std::get<domain::Withdrawn>(withdrawn.body).approved_by->name, "Nora");
}

TEST_F(ManagerApproval, of_a_settlement_shows_what_the_customer_is_given) {
  auto bundle = Json::parse(sample_bundle(2));
  bundle["remedies"] = Json::parse(R"([{"id":"refund","approval_above":5000,"at_most":10000}])");
  server.set_bundle(bundle.dump(), "\"2\"");
  clock.advance(10min);
  run->engine.run_once();
  host.manager = R"({"approved":true,"manager":{"id":"m1","name":"Nora"}})";
  const auto amount = Json::parse(R"({"amount":6000,"currency":"EUR"})");
  act({{"action", "settle"},
       {"ticket_id", create().at("ticket_id")},
       {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
       {"resolution_code", "refunded"},
       {"note", "Money back."},
       {"remedy", {{"kind", "refund"}, {"amount", amount}}}});
  ASSERT_THAT(host.questions, SizeIs(1));
  const auto question = Json::parse(host.questions.front());
  EXPECT_EQ(question.at("kind"), "refund");
  EXPECT_EQ(question.at("amount"), amount);
  EXPECT_THAT(question.at("reason"), HasSubstr("Money back."));
}

TEST_F(ManagerApproval, is_not_asked_within_the_window) {
  host.manager = R"({"approved":false})";
  const auto ticket = create();
  act({{"action", "withdraw"},
       {"ticket_id", ticket.at("ticket_id")},
       {"clerk", {{"id", "c2"}, {"name", "Ben"}}}});
  EXPECT_THAT(host.questions, SizeIs(0));
}

TEST_F(ManagerApproval, is_done_without_where_the_host_asks_no_managers) {
  const auto amended = delivered(act(late("amend")));
  EXPECT_FALSE(std::get<domain::Amended>(amended.body).approved_by);
}

TEST_F(ManagerApproval, that_is_not_given_leaves_everything_as_it_was) {
  for (const char* action : {"amend", "withdraw"}) {
    for (const auto& [answer, code] : std::vector<std::pair<std::string, std::string>>{
             {R"({"approved":false})", "refused"},
             {"unavailable", "unavailable"},
             {"garbage", "unavailable"},
             {"{}", "unavailable"},
             {R"({"approved":true})", "unavailable"},
             {R"({"approved":true,"manager":17})", "unavailable"}}) {
      host.manager = answer;
      const auto request = late(action);
      const auto before = journal_counts(till().journal);
      const auto error = error_of(plugin::app::act(till(), request.dump()));
      EXPECT_EQ(error.code, code) << answer;
      EXPECT_THAT(error.message, HasSubstr("manager")) << answer;
      EXPECT_EQ(journal_counts(till().journal), before);
    }
  }
}

}  // namespace
}  // namespace ccms::test
