#include <Poco/Exception.h>

#include <algorithm>
#include <map>
#include <random>
#include <thread>

#include "core/db/transaction.h"
#include "server/app/database.h"
#include "server/settings/settings_store.h"
#include "server/tills/enrolment_codes.h"
#include "tests/server/support/http_client.h"
#include "tests/server/support/on_both_backends.h"
#include "tests/server/support/server_process.h"

namespace ccms::test {
namespace {

using wire::CaptureOutcome;

constexpr int kKills = 12;
constexpr int kMostKills = 60;  ///< when none of the usual ones came while a request was under way
constexpr int kLongestDelayUs = 60'000;
constexpr unsigned kSeed = 20'261'121;

/// The server as a program of its own, killed and started again on one port and database.
class KilledServer : public ::testing::TestWithParam<Backend> {
 protected:
  KilledServer()
      : config_(config_for(GetParam(), folder_.path())),
        process_(CCMS_SERVER, config_),
        clock_(server::SystemClock().now()),
        till_(clock_) {
    {
      const auto before = server::open_database(config_);
      server::migrate_database(*before);
      server::SettingsStore(*before).publish(sample_settings(), "test", clock_.now());
    }
    process_.start();
    database_ = server::open_database(config_);
    const auto code = db::with_transaction(*database_, [&](db::Connection& connection) {
      return server::issue_enrolment_code(connection, "S001", "S001-T1", clock_.now());
    });
    till_.enrol(transport(), code);
  }

  FakeTill::Transport transport() {
    return [this](server::Request request) { return send_over_http(process_.port(), request); };
  }

  /// What a till does after a cut: the same items again, with whatever generation it has.
  std::optional<wire::BatchReply> try_send(const std::vector<wire::CaptureItem>& items) {
    try {
      return till_.send(transport(), items);
    } catch (const Poco::Exception&) {
      return std::nullopt;
    }
  }

  TempFolder folder_;
  server::Config config_;
  std::unique_ptr<db::Database> database_;
  ServerProcess process_;
  TestClock clock_;
  FakeTill till_;
};

TEST_P(KilledServer, EveryAcknowledgedCaptureIsThereOnceByteForByte) {
  std::mt19937 random(kSeed);
  std::map<std::string, std::string> acknowledged;  // digest to bytes
  std::vector<wire::CaptureItem> unacknowledged;
  int cut = 0;
  int kills = 0;
  for (; kills < kKills || (cut == 0 && kills < kMostKills); ++kills) {
    for (int i = 0; i < 10; ++i) unacknowledged.push_back(till_.sign(till_.created(purchase_content("R-1"))));
    // A machine that answers quicker than usual needs shorter delays.
    const int longest = kLongestDelayUs / (1 + std::max(0, kills - kKills));
    const auto delay = std::chrono::microseconds(std::uniform_int_distribution<int>(0, longest)(random));
    std::optional<wire::BatchReply> reply;
    // The request is under way while its server dies. The pause waits for nothing: it draws the moment of
    // death.
    std::thread sender([&] { reply = try_send(unacknowledged); });
    std::this_thread::sleep_for(delay);
    process_.kill_hard();
    sender.join();
    process_.start();
    if (!reply) {
      ++cut;
      reply = try_send(unacknowledged);
    }
    ASSERT_TRUE(reply.has_value());
    for (std::size_t i = 0; i < unacknowledged.size(); ++i) {
      ASSERT_NE(reply->outcomes.at(i).outcome, CaptureOutcome::rejected);
      acknowledged[domain::hex_encode(domain::bytes_view(reply->outcomes.at(i).digest))] =
          unacknowledged[i].capture;
    }
    unacknowledged.clear();
  }
  std::cout << kills << " kills, " << cut << " of them cut a request, " << acknowledged.size()
            << " captures\n";
  EXPECT_GT(cut, 0) << "no request was under way when its server died: nothing was tested";

  const auto lease = database_->reader();
  const auto rows = lease->query("SELECT digest, capture FROM captures");
  EXPECT_EQ(rows.size(), acknowledged.size());
  for (const auto& row : rows) EXPECT_EQ(acknowledged[row.text("digest")], row.blob("capture"));
  EXPECT_EQ(lease->query("SELECT COUNT(*) AS n FROM tickets").front().integer(0),
            static_cast<std::int64_t>(acknowledged.size()));
  // State and messages stand or fall together: per ticket one created event and the three messages of its
  // rules.
  EXPECT_EQ(lease->query("SELECT COUNT(*) AS n FROM ticket_events WHERE type = 'created'").front().integer(0),
            static_cast<std::int64_t>(acknowledged.size()));
  EXPECT_EQ(lease->query("SELECT COUNT(*) AS n FROM notifications").front().integer(0),
            static_cast<std::int64_t>(3 * acknowledged.size()));
}

CCMS_ON_BOTH_BACKENDS(KilledServer);

}  // namespace
}  // namespace ccms::test
