#include "server/jobs/notification_dispatcher.h"

#include <Poco/String.h>
#include <gmock/gmock.h>

#include <functional>
#include <future>
#include <sstream>
#include <stop_token>

#include "core/db/transaction.h"
#include "core/domain/text.h"
#include "server/app/services.h"
#include "server/jobs/job_runner.h"
#include "server/jobs/notification_jobs.h"
#include "server/settings/settings_store.h"
#include "server/store/message_writer.h"
#include "server/store/notification_store.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

using nlohmann::json;
using server::SendOutcome;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// Answers as told, and remembers what it was given.
class FakeChannel final : public server::Channel {
 public:
  server::SendReport send(const server::Message& message) override {
    sent.push_back(message);
    if (during_send) during_send();
    return {outcome, outcome == SendOutcome::accepted ? "" : answer};
  }
  SendOutcome outcome = SendOutcome::accepted;
  std::string answer = "as told";
  std::vector<server::Message> sent;
  std::function<void()> during_send;
};

class DispatcherTest : public OnBothDatabases {
 protected:
  DispatcherTest() : ticket_(server.create_ticket(StaffServer::ticket_request())) {
    auto sms = std::make_unique<FakeChannel>();
    auto email = std::make_unique<FakeChannel>();
    sms_ = sms.get();
    email_ = email.get();
    channels_ = {std::move(sms), std::move(email)};
  }

  std::size_t run(const std::string& owner = "me") {
    server::NotificationDispatcher::Options options;
    options.retry.most_attempts = 3;
    options.jitter = [] { return 0xffffffffU; };
    std::size_t sent = 0;
    for (const char* name : {"sms", "email"}) {
      server::NotificationDispatcher dispatcher(server.database(), name, channels_.for_name(name),
                                                server.clock(), log_, metrics_, owner, options);
      dispatcher.stop_with(stop_.get_token());
      sent += dispatcher.run_once(server.clock().now());
    }
    return sent;
  }

  Answer messages_of(const json& ticket) {
    const std::string id = ticket["ticket_id"];
    return server.get(server.hq(), "/api/v1/tickets/" + id + "/notifications");
  }

  json sms() {
    for (const json& message : messages_of(ticket_).json) {
      if (message["channel"] == "sms") return message;
    }
    return {};
  }

  json ticket_;
  FakeChannel* sms_ = nullptr;
  FakeChannel* email_ = nullptr;
  server::Channels channels_;
  std::stop_source stop_;
  std::ostringstream logged_;
  server::Logger log_ = server::Logger::to_stream("debug", logged_);
  server::Metrics metrics_;
  server::SettingsStore settings_{server.database()};
};

TEST_P(DispatcherTest, SendsOnceAndSaysSoOnTheTicket) {
  EXPECT_EQ(sms()["state"], "pending");
  EXPECT_EQ(run(), 2U);
  EXPECT_EQ(run(), 0U);
  ASSERT_EQ(sms_->sent.size(), 1U);
  EXPECT_EQ(sms_->sent[0].to, "+4915123456789");
  EXPECT_EQ(sms_->sent[0].ticket_code, ticket_["code"]);
  EXPECT_EQ(sms()["state"], "sent");
  EXPECT_EQ(sms()["attempts"], 1);
}

TEST_P(DispatcherTest, TriesAgainLaterUnderTheSameIdAndThenGivesUp) {
  sms_->outcome = SendOutcome::try_again;
  run();
  EXPECT_EQ(sms()["state"], "pending");
  EXPECT_EQ(sms()["last_error"], "as told");
  EXPECT_EQ(run(), 0U) << "before its time";
  server.clock().advance(std::chrono::seconds(5));
  EXPECT_EQ(run(), 1U);
  server.clock().advance(std::chrono::seconds(10));
  EXPECT_EQ(run(), 1U);
  EXPECT_EQ(sms()["state"], "dead");
  server.clock().advance(std::chrono::hours(24));
  EXPECT_EQ(run(), 0U);
  ASSERT_EQ(sms_->sent.size(), 3U);
  EXPECT_EQ(sms_->sent[0].id, sms_->sent[2].id);
}

TEST_P(DispatcherTest, ARefusedAddressIsNotTriedAgain) {
  sms_->outcome = SendOutcome::undeliverable;
  run();
  EXPECT_EQ(sms()["state"], "failed");
  server.clock().advance(std::chrono::hours(1));
  EXPECT_EQ(run(), 0U);
}

TEST_P(DispatcherTest, AMailAddressThatTheServerRepeatsIsMaskedInTheLogAndOnTheTicket) {
  auto request = StaffServer::ticket_request();
  request["complainant"]["email"] = "anna@customer.example";
  const json ticket = server.create_ticket(request);
  email_->outcome = SendOutcome::undeliverable;
  const auto refusal = [](const std::string& one, const std::string& other) {
    return "550 5.1.1 <" + one + ">: " + other + " is not here";
  };
  email_->during_send = [&] {
    const std::string& to = email_->sent.back().to;
    email_->answer = refusal(to, Poco::toUpper(to));
  };
  run();
  const std::string masked = domain::mask_address("anna@customer.example");
  for (const std::string& text : {messages_of(ticket).response.body, logged_.str()}) {
    EXPECT_THAT(text, HasSubstr(refusal(masked, masked)));
    EXPECT_THAT(Poco::toLower(text), Not(HasSubstr("anna@customer.example")));
  }
}

TEST_P(DispatcherTest, ANumberThatTheGatewayRepeatsIsMaskedInTheLogAndOnTheTicket) {
  sms_->outcome = SendOutcome::try_again;
  sms_->answer = "gateway answered 500 no route to +4915123456789 (4915123456789)";
  run();
  const std::string masked = domain::mask_address("+4915123456789");
  const std::string answer = "gateway answered 500 no route to " + masked + " (" + masked + ")";
  EXPECT_EQ(sms()["last_error"], answer);
  EXPECT_THAT(logged_.str(), HasSubstr(answer));
  EXPECT_THAT(logged_.str(), Not(HasSubstr("4915123456789")));
}

TEST_P(DispatcherTest, AServerThatStopsLeavesTheRestToTheNextAtOnce) {
  server.create_ticket(StaffServer::ticket_request());
  sms_->during_send = [&] { stop_.request_stop(); };
  run();
  EXPECT_EQ(sms_->sent.size(), 1U) << "what is under way is finished";
  EXPECT_THAT(email_->sent, testing::IsEmpty());
  stop_ = std::stop_source();
  sms_->during_send = nullptr;
  EXPECT_EQ(run("other"), 3U) << "though no lease has ended";
  EXPECT_EQ(sms_->sent.size(), 2U);
  EXPECT_EQ(email_->sent.size(), 2U);
}

TEST_P(DispatcherTest, AttemptsAreCountedFromZero) {
  server::make_notification_jobs(
      {server.database(), server.clock(), settings_, log_, metrics_, server.config()}, channels_, "me");
  for (const char* series : {"channel=\"sms\",result=\"dead\"", "channel=\"email\",result=\"failed\""})
    EXPECT_THAT(metrics_.text(),
                HasSubstr("ccms_notification_attempts_total{" + std::string(series) + "} 0\n"));
}

/// Steps of escalation ladders that are told together.
class DigestTest : public DispatcherTest {
 protected:
  DigestTest() {
    run();
    email_->sent.clear();
  }

  void write(const std::string& name, const std::string& to, bool digest = true) {
    db::with_transaction(server.database(), [&](db::Connection& connection) {
      server::insert_message(connection,
                             {ticket_["ticket_id"],
                              name,
                              "remind",
                              "escalated",
                              "",
                              "staff",
                              "email",
                              to,
                              "en",
                              {"Late: " + name, "Ticket " + name + " is late."},
                              server.clock().now(),
                              digest},
                             server.clock().now());
    });
    server.clock().advance(std::chrono::milliseconds(1));
  }
  std::vector<std::string> subjects() const {
    std::vector<std::string> subjects;
    for (const auto& message : email_->sent) subjects.push_back(message.to + ": " + message.subject);
    return subjects;
  }
  std::int64_t in_state(const std::string& state) {
    return server.count("SELECT COUNT(*) FROM notifications WHERE trigger_on = 'escalated' AND state = ?",
                        {state});
  }
};

TEST_P(DigestTest, EverybodyGetsOneMessageWithAllThatIsForThem) {
  write("A", "ben@staff.example");
  write("B", "eva@staff.example");
  write("C", "ben@staff.example");
  write("D", "ben@staff.example", false);
  write("E", "ben@staff.example");
  run();
  EXPECT_THAT(subjects(), ElementsAre("ben@staff.example: Late: A (+2)", "eva@staff.example: Late: B",
                                      "ben@staff.example: Late: D"));
  const std::string rule(40, '-');
  EXPECT_EQ(email_->sent[0].text, "Late: A\n\nTicket A is late.\n\n" + rule +
                                      "\n\nLate: C\n\nTicket C is late.\n\n" + rule +
                                      "\n\nLate: E\n\nTicket E is late.\n");
  EXPECT_EQ(email_->sent[1].text, "Ticket B is late.") << "one alone is as it is";
  EXPECT_EQ(in_state("sent"), 5);
}

TEST_P(DigestTest, WhatWasCancelledIsNotInIt) {
  for (const char* name : {"A", "B", "C"}) write(name, "ben@staff.example");
  db::with_transaction(server.database(), [](db::Connection& connection) {
    connection.execute("UPDATE notifications SET state = 'cancelled' WHERE dedupe_key = 'B'", {});
  });
  run();
  EXPECT_THAT(subjects(), ElementsAre("ben@staff.example: Late: A (+1)"));
  EXPECT_EQ(email_->sent[0].text.find("Ticket B"), std::string::npos);
  EXPECT_EQ(in_state("cancelled"), 1);
}

TEST_P(DigestTest, WhatFailedIsTriedAgainTogether) {
  email_->outcome = SendOutcome::try_again;
  for (const char* name : {"A", "B"}) write(name, "ben@staff.example");
  run();
  EXPECT_EQ(in_state("pending"), 2);
  email_->outcome = SendOutcome::accepted;
  server.clock().advance(std::chrono::hours(1));
  run();
  EXPECT_THAT(subjects(), ElementsAre("ben@staff.example: Late: A (+1)", "ben@staff.example: Late: A (+1)"));
  EXPECT_EQ(email_->sent[0].id, email_->sent[1].id);
  EXPECT_EQ(in_state("sent"), 2);
}

TEST_P(DigestTest, OneMessageHasAnEnd) {
  for (std::size_t i = 0; i < server::kDigestLimit + 30; ++i)
    write("T" + std::to_string(i), "ben@staff.example");
  run();
  run();
  EXPECT_EQ(email_->sent.size(), 2U);
  EXPECT_EQ(in_state("sent"), static_cast<std::int64_t>(server::kDigestLimit + 30));
}

TEST_P(DispatcherTest, AProcessThatDiedLeavesItsMessagesToTheNext) {
  db::with_transaction(server.database(), [&](db::Connection& connection) {
    const server::Instant now = server.clock().now();
    server::NotificationStore store(connection);
    for (const char* channel : {"sms", "email"})
      EXPECT_EQ(store.claim_due("dead", channel, now, now + std::chrono::minutes(5), 10).size(), 1U);
  });
  EXPECT_EQ(run(), 0U);
  server.clock().advance(std::chrono::minutes(5));
  EXPECT_EQ(run(), 2U);
  EXPECT_EQ(sms()["state"], "sent");
}

TEST_P(DispatcherTest, AProcessThatIsAloneNeedNotWaitForTheLeasesOfADeadOne) {
  db::with_transaction(server.database(), [&](db::Connection& connection) {
    server::NotificationStore store(connection);
    const server::Instant now = server.clock().now();
    for (const char* channel : {"sms", "email"})
      store.claim_due("dead", channel, now, now + std::chrono::minutes(5), 10);
    store.release_all();
  });
  EXPECT_EQ(run(), 2U);
}

TEST_P(DispatcherTest, ALateReportOfALostLeaseChangesNothing) {
  sms_->during_send = [&] {
    db::with_transaction(server.database(), [&](db::Connection& connection) {
      connection.execute("UPDATE notifications SET lease_owner = 'other'");
    });
  };
  run();
  EXPECT_EQ(sms()["state"], "pending");
}

TEST_P(DispatcherTest, WhatIsCancelledWhileOthersAreSentStaysUnsent) {
  server.create_ticket(StaffServer::ticket_request());
  sms_->during_send = [&] {
    db::with_transaction(server.database(), [&](db::Connection& connection) {
      connection.execute(
          "UPDATE notifications SET state = 'cancelled' WHERE state = 'pending' AND notification_id <> ?",
          {sms_->sent.back().id});
    });
  };
  run();
  EXPECT_EQ(sms_->sent.size(), 1U);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM notifications WHERE channel = 'sms' AND state = 'sent'"),
            1);
  EXPECT_EQ(
      server.count("SELECT COUNT(*) AS n FROM notifications WHERE channel = 'sms' AND state = 'cancelled'"),
      1);
}

TEST_P(DispatcherTest, WhatAnotherProcessHasTakenOverIsLeftToIt) {
  server.create_ticket(StaffServer::ticket_request());
  sms_->during_send = [&] {
    db::with_transaction(server.database(), [&](db::Connection& connection) {
      connection.execute("UPDATE notifications SET lease_owner = 'other' WHERE notification_id <> ?",
                         {sms_->sent.back().id});
    });
  };
  run();
  EXPECT_EQ(sms_->sent.size(), 1U);
}

TEST_P(DispatcherTest, DeliveryReportsComeInAnyOrderAndMoreThanOnce) {
  run();
  const std::string id = sms_->sent[0].id;
  const auto report = [&](bool delivered) {
    return db::with_transaction(server.database(), [&](db::Connection& connection) {
      return server::NotificationStore(connection).record_report(id, delivered, "no", server.clock().now());
    });
  };
  EXPECT_TRUE(report(true));
  EXPECT_TRUE(report(true));
  EXPECT_TRUE(report(false)) << "a late failure of another part";
  EXPECT_EQ(sms()["state"], "delivered");
}

TEST_P(DispatcherTest, AMailServerThatHangsHoldsNoSmsBack) {
  std::promise<void> mail_server_answers, sms_sent;
  const auto answer = mail_server_answers.get_future().share();
  static_cast<FakeChannel&>(*channels_.email).during_send = [answer] { answer.wait(); };
  sms_->during_send = [&] { sms_sent.set_value(); };

  const server::Services services{server.database(), server.clock(), settings_, log_,
                                  metrics_,          server.config()};
  server::JobRunner runner(services, server::make_notification_jobs(services, channels_, "me"));
  runner.start();
  EXPECT_EQ(sms_sent.get_future().wait_for(std::chrono::seconds(30)), std::future_status::ready);
  EXPECT_EQ(answer.wait_for(std::chrono::seconds(0)), std::future_status::timeout) << "mail still hangs";
  mail_server_answers.set_value();
  runner.stop();
  EXPECT_EQ(sms()["state"], "sent");
}

TEST_P(DispatcherTest, AReportWithoutItsTokenIsRefused) {
  EXPECT_EQ(server.get({}, "/api/v1/sms/dlr?id=x&status=1&token=").code(), "bad_token");
  EXPECT_EQ(server.get({}, "/api/v1/sms/dlr").code(), "bad_token");
}

INSTANTIATE_TEST_SUITE_P(Databases, DispatcherTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);
INSTANTIATE_TEST_SUITE_P(Databases, DigestTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
