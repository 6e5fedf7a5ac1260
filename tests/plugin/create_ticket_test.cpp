#include "plugin/app/create_ticket.h"

#include <gmock/gmock.h>

#include <fstream>

#include "core/crypto/digest.h"
#include "core/wire/capture.h"
#include "plugin/app/enrol.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/departure_table.h"
#include "plugin/outbox/ticket_table.h"
#include "plugin/outbox/update_table.h"
#include "plugin/sync/pull_changes.h"
#include "tests/plugin/till_fixture.h"
#include "tests/support/fake_server/sample_bundle.h"

namespace ccms::test {
namespace {

using plugin::app::create_ticket;
using ::testing::HasSubstr;
using ::testing::Not;

class CreateTicket : public TillTest {
 protected:
  void expect_not_on_disk(const std::string& text) {
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
      std::ifstream stream(file.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
      EXPECT_THAT(bytes, Not(HasSubstr(text))) << file.path();
    }
  }
};

TEST_F(CreateTicket, is_refused_before_enrolment) {
  EXPECT_EQ(error_of(create_ticket(till(), request().dump())).code, "not_enrolled");
}

TEST_F(CreateTicket, is_unavailable_until_the_settings_have_come) {
  server.set_bundle("", "");
  ok(plugin::app::enrol(till(), R"({"code":"ABCD-EFGH-JKMN"})"));
  run->engine.run_once();
  EXPECT_EQ(error_of(create_ticket(till(), request().dump())).code, "unavailable");

  server.set_bundle(sample_bundle(), "\"1\"");
  clock.advance(std::chrono::minutes(15));
  run->engine.run_once();
  create();
}

TEST_F(CreateTicket, gives_a_code_and_a_slip_and_leaves_one_signed_event) {
  enrol();
  const auto reply = create();
  EXPECT_EQ(reply.at("code").get<std::string>().size(), 14U);
  EXPECT_EQ(reply.at("delivery"), "unsent");
  EXPECT_EQ(reply.at("state").at("type"), "open");
  EXPECT_THAT(reply.at("slip").at("text").get<std::string>(), HasSubstr(reply.at("code").get<std::string>()));

  const auto batch = plugin::outbox::captures::next_batch(*till().journal.lease(), 10, 1'000'000);
  ASSERT_EQ(batch.size(), 1U);
  const auto capture = wire::parse_capture(batch[0].bytes);
  ASSERT_TRUE(capture);
  EXPECT_EQ(capture->seq, 1);
  EXPECT_EQ(std::get<domain::Created>(capture->body).code.display(), reply.at("code"));
}

TEST_F(CreateTicket, gives_the_first_reply_again_for_the_same_form) {
  enrol();
  const auto once = request();
  const auto first = create_ticket(till(), once.dump());
  clock.advance(std::chrono::seconds(1));
  const auto second = create_ticket(till(), once.dump());
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
  EXPECT_EQ(unsent().size(), 1U);
}

TEST_F(CreateTicket, names_the_same_ticket_for_the_same_form_whatever_has_become_of_it) {
  enrol();
  const auto once = request();
  const auto first = ok(create_ticket(till(), once.dump()));
  act({{"action", "amend"},
       {"ticket_id", first.at("ticket_id")},
       {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
       {"changes", {{"complainant", {{"kind", "contact"}, {"name", "Zoe Zander"}}}}}});
  ASSERT_TRUE(drain());
  restart();
  const auto again = ok(create_ticket(till(), once.dump()));
  for (const auto* same : {"ticket_id", "code", "event_id", "capture_sha256", "created_at"}) {
    EXPECT_EQ(again.at(same), first.at(same)) << same;
  }
  EXPECT_EQ(again.at("delivery"), "delivered");
  EXPECT_THAT(again.at("slip").at("text").get<std::string>(), HasSubstr("Z"));
  EXPECT_TRUE(unsent().empty());
}

TEST_F(CreateTicket, says_nothing_new_of_a_confidential_ticket_for_the_same_form) {
  enrol();
  const auto once =
      request({{"ticket", {{"category", "staff_behaviour"}, {"details", "The cashier swore at me"}}}});
  const auto first = ok(create_ticket(till(), once.dump()));
  ASSERT_TRUE(drain());
  const auto again = ok(create_ticket(till(), once.dump()));
  EXPECT_EQ(again.at("slip"), first.at("slip"));
  EXPECT_EQ(again.at("event_id"), first.at("event_id"));
  expect_not_on_disk("The cashier swore at me");
}

TEST_F(CreateTicket, suspects_a_second_ticket_on_the_same_purchase) {
  enrol();
  const Json bought{{"transaction", sample_transaction()},
                    {"proof", {{"kind", "looked_up"}, {"reason", nullptr}}}};
  const auto first = create(bought);
  const auto error = error_of(create_ticket(till(), request(bought).dump()));
  EXPECT_EQ(error.code, "duplicate_suspected");
  EXPECT_EQ(error.field, "/transaction");
  EXPECT_THAT(error.message, HasSubstr(first.at("code").get<std::string>()));
  EXPECT_EQ(unsent().size(), 1U);

  auto accepted = bought;
  accepted["accept_duplicate"] = true;
  create(accepted);
  EXPECT_EQ(unsent().size(), 2U);
}

TEST_F(CreateTicket, suspects_a_second_ticket_on_the_same_purchase_after_a_restart_too) {
  enrol();
  const Json bought{{"transaction", sample_transaction()},
                    {"proof", {{"kind", "looked_up"}, {"reason", nullptr}}}};
  create(bought);
  restart();
  EXPECT_EQ(error_of(create_ticket(till(), request(bought).dump())).code, "duplicate_suspected");
}

TEST_F(CreateTicket, suspects_a_second_ticket_on_a_purchase_that_an_amendment_has_named) {
  enrol();
  const Json bought{{"transaction", sample_transaction()},
                    {"proof", {{"kind", "looked_up"}, {"reason", nullptr}}}};
  act({{"action", "amend"},
       {"ticket_id", create().at("ticket_id")},
       {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
       {"changes", {{"transaction", sample_transaction()}}}});
  EXPECT_EQ(error_of(create_ticket(till(), request(bought).dump())).code, "duplicate_suspected");
}

TEST_F(CreateTicket, suspects_no_duplicate_between_training_and_earnest) {
  enrol();
  const Json bought{{"transaction", sample_transaction()},
                    {"proof", {{"kind", "looked_up"}, {"reason", nullptr}}}};
  host.training = true;
  create(bought);
  host.training = false;
  create(bought);
}

TEST_F(CreateTicket, looks_at_the_request_before_the_enrolment) {
  EXPECT_EQ(error_of(create_ticket(till(), "{")).code, "not_json");
}

TEST_F(CreateTicket, names_the_field_that_is_wrong) {
  enrol();
  EXPECT_EQ(error_of(create_ticket(till(), "{")).code, "not_json");
  EXPECT_EQ(error_of(create_ticket(till(), request({{"surprise", 1}}).dump())).field, "/surprise");
  EXPECT_EQ(error_of(create_ticket(till(), request({{"ticket", {{"category", "nonsense"}}}}).dump())).field,
            "/ticket/category");
  EXPECT_EQ(error_of(create_ticket(till(), request({{"clerk", nullptr}}).dump())).field, "/clerk");
  EXPECT_TRUE(unsent().empty());
}

TEST_F(CreateTicket, masks_card_numbers_before_the_first_write) {
  enrol();
  create({{"ticket", {{"details", "I paid with 4242 4242 4242 4242 and want my money"}}},
          {"complainant", {{"name", "5555555555554444"}}}});
  run.reset();  // everything is in the files now
  expect_not_on_disk("4242 4242 4242");
  expect_not_on_disk("5555555555554444");
}

TEST_F(CreateTicket, marks_training_tickets) {
  enrol();
  host.training = true;
  create();
  const auto batch = plugin::outbox::captures::next_batch(*till().journal.lease(), 10, 1'000'000);
  EXPECT_TRUE(wire::parse_capture(batch.at(0).bytes)->training);
}

TEST_F(CreateTicket, promises_without_a_network_by_when_the_customer_is_answered) {
  enrol();
  run->engine.run_once();
  const auto reply = create();
  // Saturday, 13:00 in Hamburg: five working days later, at closing time.
  EXPECT_EQ(reply.at("answer_by"), "2026-11-27T17:00:00.000Z");
  EXPECT_THAT(reply.at("slip").at("text").get<std::string>(),
              HasSubstr("You hear from us by: 2026-11-27 18:00"));
  const auto batch = plugin::outbox::captures::next_batch(*till().journal.lease(), 10, 1'000'000);
  const auto capture = wire::parse_capture(batch.back().bytes).value;
  EXPECT_EQ(std::get<domain::Created>(capture->body).answer_by,
            domain::parse_rfc3339("2026-11-27T17:00:00.000Z").value());
}

TEST_F(CreateTicket, promises_nothing_in_training) {
  enrol();
  host.training = true;
  const auto reply = create();
  EXPECT_FALSE(reply.contains("answer_by"));
  EXPECT_THAT(reply.at("slip").at("text").get<std::string>(), Not(HasSubstr("You hear from us")));
}

TEST_F(CreateTicket, confidential_tickets_print_a_neutral_slip_and_leave_the_till_once_acknowledged) {
  enrol();
  const auto reply =
      create({{"ticket", {{"category", "staff_behaviour"}, {"details", "The cashier swore at me"}}}});
  const auto slip = reply.at("slip").at("text").get<std::string>();
  EXPECT_THAT(slip, Not(HasSubstr("Staff")));
  EXPECT_THAT(slip, Not(HasSubstr("A***")));

  ASSERT_TRUE(drain());
  const auto connection = till().journal.lease();
  EXPECT_EQ(
      plugin::outbox::tickets::find(*connection, reply.at("ticket_id").get<std::string>())->content.value(),
      "");
  EXPECT_EQ(plugin::outbox::captures::bytes(*connection, reply.at("event_id").get<std::string>()), "");
  EXPECT_EQ(
      plugin::outbox::captures::find(*connection, reply.at("event_id").get<std::string>())->digest.size(),
      32U);
  expect_not_on_disk("The cashier swore at me");
}

TEST_F(CreateTicket, a_ticket_that_becomes_confidential_leaves_the_till_with_all_that_was_known_of_it) {
  enrol();
  const auto ticket = create({{"ticket", {{"details", "The cashier swore at me"}}}});
  ASSERT_TRUE(drain());
  wire::TicketUpdate update;
  update.ticket_id = domain::TicketId(ticket.at("ticket_id").get<std::string>());
  update.code = domain::TicketCode::parse(ticket.at("code").get<std::string>()).value();
  update.version = 2;
  update.state = {domain::StateId("ready"), domain::StateType::pending, {{"en", "Ready for the customer"}}};
  update.ready_to_collect = true;
  update.updated_at = clock.wall_now();
  plugin::outbox::updates::save(*till().journal.lease(), update);
  act({{"action", "amend"},
       {"ticket_id", ticket.at("ticket_id")},
       {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
       {"changes", {{"ticket", {{"category", "staff_behaviour"}}}}}});
  ASSERT_TRUE(drain());
  expect_not_on_disk("The cashier swore at me");
  expect_not_on_disk("Anna Meier");
  expect_not_on_disk("Ready for the customer");
  EXPECT_EQ(plugin::outbox::updates::count_ready_to_collect(*till().journal.lease()), 0);
}

TEST_F(CreateTicket, prints_the_follow_up_address_unbroken_and_how_to_reach_the_store) {
  enrol();
  const auto slip = create().at("slip");
  const auto& store = till().settings.get()->bundle.store;
  const auto text = slip.at("text").get<std::string>();
  const auto url = slip.at("qr").get<std::string>();
  EXPECT_THAT(text, HasSubstr("\n" + url.substr(url.find("://") + 3) + "\n"));
  for (const auto& line : {store.address, store.phone, std::string(store.hours.in("en"))}) {
    ASSERT_FALSE(line.empty());
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST_F(CreateTicket, a_ticket_that_the_server_made_confidential_leaves_the_till_as_well) {
  enrol();
  const auto ticket = create({{"ticket", {{"details", "The cashier swore at me"}}}});
  ASSERT_TRUE(drain());
  const auto id = ticket.at("ticket_id").get<std::string>();
  const auto comment = act({{"action", "comment"},
                            {"ticket_id", id},
                            {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
                            {"text", "He came back"},
                            {"visibility", "internal"}});
  server.add_gone(domain::TicketId(id));
  plugin::sync::SignedClient client(till(), api);
  ASSERT_EQ(plugin::sync::pull_changes(till(), client).reaction, plugin::sync::Reaction::proceed);

  const auto kept = [&] { return plugin::outbox::tickets::find(*till().journal.lease(), id).value(); };
  EXPECT_TRUE(kept().confidential);
  EXPECT_EQ(kept().content.value(), "");
  expect_not_on_disk("The cashier swore at me");
  const auto bytes = [&] {
    return plugin::outbox::captures::bytes(*till().journal.lease(),
                                           comment.at("event_id").get<std::string>());
  };
  EXPECT_THAT(bytes(), HasSubstr("He came back")) << "what is unsent is not touched";
  EXPECT_THAT(till().events.drain(), HasSubstr(id));

  ASSERT_TRUE(drain());
  EXPECT_EQ(server.captures().count(comment.at("event_id")), 1U);
  EXPECT_EQ(bytes(), "");
}

/// What a till writes on a ticket that another one has made.
class OnAnothersTicket : public CreateTicket {
 protected:
  OnAnothersTicket() { enrol(); }

  Json comment(const std::string& text) {
    return act({{"action", "comment"},
                {"ticket_id", id_.str()},
                {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
                {"text", text},
                {"visibility", "internal"}});
  }
  std::string bytes(const Json& written) {
    return plugin::outbox::captures::bytes(*till().journal.lease(),
                                           written.at("event_id").get<std::string>());
  }
  void pull() {
    plugin::sync::SignedClient client(till(), api);
    ASSERT_EQ(plugin::sync::pull_changes(till(), client).reaction, plugin::sync::Reaction::proceed);
  }

  domain::TicketId id_{"0192d3a0-1111-7000-8000-000000000001"};
};

TEST_F(OnAnothersTicket, nothing_stays_when_the_ticket_becomes_confidential) {
  const auto delivered = comment("She told me everything");
  ASSERT_TRUE(drain());
  const auto waiting = comment("He came back");
  server.add_gone(id_);
  pull();
  EXPECT_EQ(bytes(delivered), "");
  expect_not_on_disk("She told me everything");
  EXPECT_THAT(bytes(waiting), HasSubstr("He came back")) << "what is unsent is not touched";

  restart();
  ASSERT_TRUE(drain());
  EXPECT_EQ(server.captures().count(waiting.at("event_id")), 1U);
  EXPECT_EQ(bytes(waiting), "");
  expect_not_on_disk("He came back");
}

TEST_F(OnAnothersTicket, what_is_delivered_stays_when_the_ticket_has_come_back) {
  const auto waiting = comment("He came back");
  server.add_gone(id_);
  pull();
  wire::TicketUpdate update;
  update.ticket_id = id_;
  update.code = domain::TicketCode::parse(create().at("code").get<std::string>()).value();
  update.version = 3;
  update.state = {domain::StateId("open"), domain::StateType::open, {{"en", "Open"}}};
  update.updated_at = clock.wall_now();
  update.verification = "unverified";
  server.add_update(update);
  pull();
  ASSERT_TRUE(drain());
  EXPECT_THAT(bytes(waiting), HasSubstr("He came back"));
}

TEST_F(OnAnothersTicket, is_forgotten_to_have_left_once_nothing_written_is_here_any_more) {
  comment("He came back");
  server.add_gone(id_);
  ASSERT_TRUE(drain());
  pull();
  const auto is_known = [&] { return plugin::outbox::departures::has(*till().journal.lease(), id_.str()); };
  EXPECT_TRUE(is_known());
  for (int i = 0; i < 2; ++i) {
    clock.advance(std::chrono::days(8));
    run->engine.run_once();
  }
  EXPECT_FALSE(is_known());
}

TEST_F(CreateTicket, confidential_tickets_leave_the_till_after_a_correction_too) {
  enrol();
  const auto refused =
      create({{"ticket", {{"category", "staff_behaviour"}, {"details", "The cashier swore: poison"}}}});
  server.reject("poison", {"bad_value", "no", "/body/ticket/details"});
  run->engine.run_once();
  act({{"action", "correct"},
       {"event_id", refused.at("event_id")},
       {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
       {"ticket", {{"details", "The cashier swore: harmless"}}}});
  ASSERT_TRUE(drain());
  expect_not_on_disk("The cashier swore");
}

TEST_F(CreateTicket, confidential_tickets_leave_the_till_when_they_are_withdrawn_after_a_refusal) {
  enrol();
  const auto refused =
      create({{"ticket", {{"category", "staff_behaviour"}, {"details", "The cashier swore at me"}}}});
  server.reject("*", {"bad_value", "no", ""});
  run->engine.run_once();
  act({{"action", "withdraw"},
       {"ticket_id", refused.at("ticket_id")},
       {"clerk", {{"id", "c2"}, {"name", "Ben"}}}});
  expect_not_on_disk("The cashier swore at me");
}

TEST_F(CreateTicket, confidential_tickets_leave_the_till_though_a_later_event_is_refused) {
  enrol();
  const auto reply =
      create({{"ticket", {{"category", "staff_behaviour"}, {"details", "The cashier swore at me"}}}});
  act({{"action", "comment"},
       {"ticket_id", reply.at("ticket_id")},
       {"clerk", {{"id", "c2"}, {"name", "Ben"}}},
       {"text", "a comment"},
       {"visibility", "internal"}});
  server.reject("comment", {"bad_value", "no", ""});
  run->engine.run_once();
  ASSERT_EQ(unsent().size(), 1U);
  expect_not_on_disk("The cashier swore at me");
}

TEST_F(CreateTicket, takes_the_spare_prefix_when_the_codes_of_one_are_used_up) {
  enrol();
  {
    const auto connection = till().journal.lease();
    connection->execute("UPDATE identity SET next_code = ?, spare_prefix = ?",
                        {domain::TicketCode::kSequenceLimit, "ZZ99"});
  }
  EXPECT_THAT(create().at("code").get<std::string>(), ::testing::StartsWith("ZZ99-"));
  {
    const auto connection = till().journal.lease();
    connection->execute("UPDATE identity SET next_code = ?", {domain::TicketCode::kSequenceLimit});
  }
  EXPECT_EQ(error_of(create_ticket(till(), request().dump())).code, "unavailable");
  EXPECT_EQ(unsent().size(), 1U) << "a refused ticket must not use up a sequence number";
}

}  // namespace
}  // namespace ccms::test
