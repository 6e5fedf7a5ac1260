#include "host-sim/run/reconciliation.h"

#include <Poco/Base64Encoder.h>
#include <Poco/DigestEngine.h>
#include <Poco/SHA2Engine.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tests/support/services/temp_folder.h"

namespace ccms::host_sim {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string base64(const std::string& bytes) {
  std::ostringstream out;
  Poco::Base64Encoder encoder(out);
  encoder << bytes;
  encoder.close();
  return out.str();
}

std::string sha256(const std::string& bytes) {
  Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
  engine.update(bytes);
  return Poco::DigestEngine::digestToHex(engine.digest());
}

/// What a server answers, made by hand, and what a till was promised.
class Reconciling : public ::testing::Test {
 protected:
  Reconciling() {
    make("1");
    make("2");
  }

  static std::string capture_of(const std::string& name) {
    return json{{"event_id", "event-" + name}, {"body", {{"form_id", "form-" + name}}}}.dump();
  }

  /// A ticket that a till made, acknowledged and sent.
  void make(const std::string& name) {
    acknowledge(name, "ticket-" + name);
    store_capture("event-" + name, "ticket-" + name, capture_of(name));
    store_ticket("ticket-" + name);
  }

  void acknowledge(const std::string& name, const std::string& ticket_id) {
    acknowledgements_.note("T1", {{"event_id", "event-" + name},
                                  {"ticket_id", ticket_id},
                                  {"code", "CODE" + name},
                                  {"capture_sha256", sha256(capture_of(name))}});
  }

  void store_capture(const std::string& event_id, const std::string& ticket_id, const std::string& bytes) {
    captures_.push_back({{"outcome", "stored"},
                         {"event_id", event_id},
                         {"ticket_id", ticket_id},
                         {"till", "T1"},
                         {"capture", base64(bytes)}});
  }

  void store_ticket(const std::string& ticket_id, const std::string& channel = "till") {
    tickets_.push_back(
        {{"ticket_id", ticket_id}, {"channel", channel}, {"verification", {{"state", "pending"}}}});
  }

  std::vector<std::string> problems() {
    const auto read = [this](const std::string& path) -> json {
      if (path.starts_with("/api/v1/captures")) return {{"captures", captures_}};
      if (path.starts_with("/api/v1/tickets")) return {{"tickets", tickets_}};
      return {{"tills", json::array({{{"till", "T1"}, {"duplicate", 0}}})},
              {"notifications", {{"by_state", json::object()}}}};
    };
    return reconcile(read, acknowledgements_, {}, false).problems;
  }

  test::TempFolder folder_;
  AcknowledgementLog acknowledgements_{folder_.path() / "acknowledgements"};
  json captures_ = json::array();
  json tickets_ = json::array();
};

TEST_F(Reconciling, FindsNothingWhereEveryPromiseWasKept) {
  store_ticket("imported", "console");
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(Reconciling, FindsWhatIsLostOrAltered) {
  acknowledge("3", "ticket-3");
  captures_[0]["capture"] = base64("other bytes");
  EXPECT_THAT(problems(), Contains(HasSubstr("lost: ticket CODE3")));
  EXPECT_THAT(problems(), Contains(HasSubstr("altered: ticket CODE1")));
}

TEST_F(Reconciling, FindsATicketThatNobodyAcknowledged) {
  store_ticket("ticket-1-again");
  EXPECT_THAT(problems(), Contains("nobody acknowledged ticket ticket-1-again"));
  EXPECT_THAT(problems(), Contains("the server has 3 tickets of tills, 2 were acknowledged"));
}

TEST_F(Reconciling, FindsAFormThatBecameTwoTickets) {
  const auto again = json{{"event_id", "event-3"}, {"body", {{"form_id", "form-1"}}}}.dump();
  acknowledgements_.note("T1", {{"event_id", "event-3"},
                                {"ticket_id", "ticket-3"},
                                {"code", "CODE3"},
                                {"capture_sha256", sha256(again)}});
  store_capture("event-3", "ticket-3", again);
  store_ticket("ticket-3");
  EXPECT_THAT(problems(), ::testing::ElementsAre("form form-1 has 2 tickets: ticket-1 ticket-3"));
}

TEST_F(Reconciling, FindsAnEventThatWasAcknowledgedForTwoTickets) {
  acknowledge("1", "ticket-3");
  store_ticket("ticket-3");
  EXPECT_THAT(problems(), ::testing::ElementsAre("event event-1 has 2 tickets: ticket-1 ticket-3"));
}

TEST_F(Reconciling, FindsATicketThatWasMadeTwice) {
  acknowledge("3", "ticket-1");
  store_capture("event-3", "ticket-1", capture_of("3"));
  EXPECT_THAT(problems(), Contains("ticket ticket-1 has 2 creations: event-1 event-3"));
}

TEST_F(Reconciling, FindsWhatIsListedTwice) {
  captures_.push_back(captures_[0]);
  tickets_.push_back(tickets_[1]);
  EXPECT_THAT(problems(), ::testing::UnorderedElementsAre("twice: event event-1", "twice: ticket ticket-2"));
}

}  // namespace
}  // namespace ccms::host_sim
