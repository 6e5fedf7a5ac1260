#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "core/crypto/digest.h"
#include "core/db/transaction.h"
#include "core/settings/bundle.h"
#include "core/wire/signing.h"
#include "server/jobs/change_sequencer.h"
#include "tests/server/support/on_both_backends.h"

namespace ccms::test {
namespace {

using nlohmann::json;

class TillReads : public OnBothBackends {
 protected:
  wire::ChangesReply changes(FakeTill& reader, std::int64_t cursor, int limit = 200) {
    server::ChangeSequencer(server.database(), "test").run_once(server.clock().now());
    const auto response = server.send(reader.request(
        "GET", "/api/v1/sync/changes?cursor=" + std::to_string(cursor) + "&limit=" + std::to_string(limit)));
    EXPECT_EQ(response.status, 200) << response.body;
    return wire::parse_changes_reply(response.body).value.value();
  }
};

TEST_P(TillReads, ChangesOfTheOwnStoreComeByCursor) {
  auto other = another_till("S002", "S002-T1");
  std::vector<wire::CaptureItem> items;
  for (int i = 0; i < 5; ++i) items.push_back(till.sign(till.created()));
  till.send(transport(), items);
  other.send(transport(), {other.sign(other.created())});

  auto reply = changes(till, 0, 3);
  EXPECT_EQ(reply.updates.size(), 3U);
  EXPECT_TRUE(reply.more);
  reply = changes(till, reply.cursor, 3);
  EXPECT_EQ(reply.updates.size(), 2U);
  EXPECT_FALSE(reply.more);
  EXPECT_TRUE(changes(till, reply.cursor).updates.empty());
  EXPECT_EQ(changes(other, 0).updates.size(), 1U);
}

TEST_P(TillReads, ConfidentialTicketsDoNotComeDown) {
  auto content = plain_content();
  content.ticket.category = domain::CategoryId("staff_behaviour");
  const auto capture = till.created(content);
  till.send(transport(), {till.sign(capture)});
  EXPECT_TRUE(changes(till, 0).updates.empty());
  EXPECT_TRUE(changes(till, 0).gone.empty()) << "that there is one is nobody's business either";
  const auto code = std::get<domain::Created>(capture.body).code.str();
  EXPECT_EQ(server.send(till.request("GET", "/api/v1/sync/tickets/" + code)).status, 404);
  EXPECT_EQ(json::parse(server.send(till.request("GET", "/api/v1/sync/tickets")).body).at("tickets").size(),
            0U);
}

TEST_P(TillReads, SettingsComeSignedAndByETag) {
  const auto response = server.send(till.request("GET", "/api/v1/sync/settings"));
  ASSERT_EQ(response.status, 200);
  EXPECT_TRUE(settings::parse_bundle(response.body).ok());
  server::Request headers;
  headers.headers = response.headers;
  const auto signature = crypto::base64_decode(headers.header("CCMS-Bundle-Signature").value());

  till.draw_key();
  const auto identity = wire::parse_till_identity(server.send(till.rekey_request()).body);
  EXPECT_TRUE(crypto::verify(identity->bundle_key, wire::bundle_signing_bytes(crypto::sha256(response.body)),
                             *signature));

  till.adopt(*identity);
  auto again = till.request("GET", "/api/v1/sync/settings");
  again.headers.emplace_back("If-None-Match", headers.header("ETag").value());
  const auto unchanged = server.send(again);
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_TRUE(unchanged.body.empty());
}

TEST_P(TillReads, TicketsAreFoundMaskedByAnyTillThatHasTheCode) {
  const auto capture = till.created(purchase_content("R-1"));
  till.send(transport(), {till.sign(capture)});
  const auto found = json::parse(server.send(till.request("GET", "/api/v1/sync/tickets?status=open")).body);
  ASSERT_EQ(found.at("tickets").size(), 1U);
  EXPECT_EQ(found["tickets"][0].at("customer"), "A*** M.");
  EXPECT_EQ(found["tickets"][0].at("mobile"), "•••• 4567");

  auto other = another_till("S002", "S002-T1");
  const auto code = std::get<domain::Created>(capture.body).code.display();
  const auto shown = json::parse(server.send(other.request("GET", "/api/v1/sync/tickets/" + code)).body);
  EXPECT_EQ(shown.at("ticket").at("ticket_id"), capture.ticket_id.str());
  EXPECT_EQ(shown["ticket"].at("customer"), "A*** M.");
  EXPECT_EQ(json::parse(server.send(other.request("GET", "/api/v1/sync/tickets")).body).at("tickets").size(),
            0U);
}

TEST_P(TillReads, GoodsToCollectElsewhereAreFoundAtThatStore) {
  auto collecting = another_till("S002", "S002-T1");
  auto content = purchase_content("R-1");
  content.ticket.collect_at = domain::StoreId("S002");
  till.send(transport(), {till.sign(till.created(content))});
  ASSERT_EQ(changes(collecting, 0).updates.size(), 1U);
  for (const char* search : {"", "?customer_number=01701234567", "?q=kettle", "?status=open"}) {
    const auto target = std::string("/api/v1/sync/tickets") + search;
    EXPECT_EQ(json::parse(server.send(collecting.request("GET", target)).body).at("tickets").size(), 1U)
        << search;
  }
}

TEST_P(TillReads, NoCustomerWaitsForAnExercise) {
  auto exercise = till.created();
  exercise.training = true;
  const auto earnest = till.created();
  till.send(transport(), {till.sign(exercise), till.sign(earnest)});
  db::with_transaction(server.database(), [](db::Connection& connection) {
    connection.execute("UPDATE tickets SET ready_to_collect = 1");
  });
  const auto updates = changes(till, 0).updates;
  ASSERT_EQ(updates.size(), 2U);
  for (const auto& update : updates)
    EXPECT_EQ(update.ready_to_collect, update.ticket_id == earnest.ticket_id) << update.ticket_id.str();
}

TEST_P(TillReads, AStoreThatGoodsDoNotComeToAnyMoreForgetsTheTicket) {
  auto former = another_till("S002", "S002-T1");
  auto content = plain_content();
  content.ticket.collect_at = domain::StoreId("S002");
  const auto created = till.created(content);
  till.send(transport(), {till.sign(created)});
  const auto cursor = changes(former, 0).cursor;

  domain::Amended amended;
  amended.changes.ticket.collect_at = std::optional(domain::StoreId("S003"));
  till.send(transport(), {till.sign(till.about(created, amended))});
  const auto reply = changes(former, cursor);
  EXPECT_TRUE(reply.updates.empty());
  EXPECT_EQ(reply.gone, std::vector<domain::TicketId>{created.ticket_id});
  EXPECT_EQ(changes(till, 0).updates.size(), 1U) << "it is reported here still";
  EXPECT_TRUE(changes(till, 0).gone.empty());

  amended.changes.ticket.collect_at = std::optional(domain::StoreId("S002"));
  till.send(transport(), {till.sign(till.about(created, amended))});
  EXPECT_EQ(changes(former, reply.cursor).updates.size(), 1U);
  const auto from_the_start = changes(former, 0);
  EXPECT_EQ(from_the_start.updates.size(), 1U);
  EXPECT_TRUE(from_the_start.gone.empty()) << "it came back";
}

TEST_P(TillReads, ATicketThatBecomesConfidentialIsForgottenByItsStores) {
  auto collecting = another_till("S002", "S002-T1");
  auto content = plain_content();
  content.ticket.collect_at = domain::StoreId("S002");
  const auto created = till.created(content);
  till.send(transport(), {till.sign(created)});
  domain::Amended amended;
  amended.changes.ticket.confidential = true;
  till.send(transport(), {till.sign(till.about(created, amended))});
  for (FakeTill* reader : {&till, &collecting}) {
    const auto reply = changes(*reader, 0);
    EXPECT_TRUE(reply.updates.empty());
    EXPECT_EQ(reply.gone, std::vector<domain::TicketId>{created.ticket_id});
  }
}

TEST_P(TillReads, ATicketThatNewerSettingsMakeConfidentialIsForgottenByItsTill) {
  auto collecting = another_till("S002", "S002-T1");
  auto document = json::parse(sample_settings());
  for (auto& category : document["categories"])
    if (category["id"] == "other") category["confidential"] = true;
  server.publish(document.dump());
  server.restart();

  auto content = plain_content();
  content.ticket.collect_at = domain::StoreId("S002");
  const auto unmarked = till.created(content);  // under the first settings
  content.ticket.confidential = true;
  const auto marked = till.created(content);
  content.ticket.confidential = false;
  auto of_unknown_settings = till.created(content);
  of_unknown_settings.settings_version = 17;
  for (const auto& outcome :
       till.send(transport(), {till.sign(unmarked), till.sign(marked), till.sign(of_unknown_settings)})
           .outcomes)
    ASSERT_EQ(outcome.outcome, wire::CaptureOutcome::stored);
  const auto reply = changes(till, 0);
  EXPECT_TRUE(reply.updates.empty());
  EXPECT_THAT(reply.gone, testing::UnorderedElementsAre(unmarked.ticket_id, of_unknown_settings.ticket_id));
  EXPECT_TRUE(changes(collecting, 0).gone.empty()) << "it never came there";
}

CCMS_ON_BOTH_BACKENDS(TillReads);

}  // namespace
}  // namespace ccms::test
