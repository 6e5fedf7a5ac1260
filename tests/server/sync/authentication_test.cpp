#include <nlohmann/json.hpp>

#include "core/wire/signing.h"
#include "tests/server/support/on_both_backends.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

class SyncAuthentication : public OnBothBackends {
 protected:
  static std::string code_of(const server::Response& response) {
    return json::parse(response.body).value("code", "");
  }

  server::Request changes() { return till.request("GET", "/api/v1/sync/changes?cursor=0"); }

  static void replace_header(server::Request& request, std::string_view name, const std::string& value) {
    for (auto& [key, old] : request.headers) {
      if (key == name) old = value;
    }
  }
};

TEST_P(SyncAuthentication, AnEnrolledTillIsLetIn) { EXPECT_EQ(server.send(changes()).status, 200); }

TEST_P(SyncAuthentication, UnsignedRequestsAreRefused) {
  for (const auto header : {wire::kTillHeader, wire::kEpochHeader, wire::kTimeHeader, wire::kNonceHeader,
                            wire::kGenerationHeader, wire::kSignatureHeader}) {
    auto request = changes();
    replace_header(request, header, "");
    const auto response = server.send(request);
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(code_of(response), "unsigned") << header;
  }
}

TEST_P(SyncAuthentication, EveryCoveredPartIsCovered) {
  const auto item = till.sign(till.created());
  const auto tampered = [&](const char* what, const std::function<void(server::Request&)>& tamper) {
    auto request = till.batch_request({item});
    tamper(request);
    const auto response = server.send(request);
    EXPECT_EQ(response.status, 401) << what;
    EXPECT_EQ(code_of(response), "bad_signature") << what;
  };
  tampered("body", [&](server::Request& r) { r.body = till.batch_request({}).body; });
  tampered("digest",
           [](server::Request& r) { replace_header(r, wire::kDigestHeader, std::string(64, '0')); });
  tampered("target", [](server::Request& r) { r.target += "?x=1"; });
  tampered("nonce", [](server::Request& r) { replace_header(r, wire::kNonceHeader, std::string(32, 'a')); });
  tampered("method", [](server::Request& r) {
    r.method = "GET";
    r.target = r.path = "/api/v1/sync/changes";
  });
  tampered("time", [&](server::Request& r) {
    replace_header(r, wire::kTimeHeader, std::to_string(domain::to_epoch_ms(server.clock().now()) + 1));
  });
  tampered("till", [&, other = another_till("S001", "S001-T2").till](server::Request& r) {
    replace_header(r, wire::kTillHeader, other);
  });
  tampered("generation", [](server::Request& r) { replace_header(r, wire::kGenerationHeader, "2"); });
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM captures"), 0);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), 0);
}

TEST_P(SyncAuthentication, ATillThatWasNeverEnrolledIsUnknown) {
  FakeTill stranger(server.clock(), "S001", "S001-T2");
  const auto response = server.send(stranger.request("GET", "/api/v1/sync/changes"));
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(code_of(response), "unknown_till");
}

TEST_P(SyncAuthentication, AReplayedRequestIsRefused) {
  const auto request = till.batch_request({till.sign(till.created())});
  EXPECT_EQ(server.send(request).status, 200);
  const auto again = server.send(request);
  EXPECT_EQ(again.status, 401);
  EXPECT_EQ(code_of(again), "replayed_nonce");
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), 1);
}

TEST_P(SyncAuthentication, AClockTwoDaysOffLearnsFromTheAnswer) {
  till.clock_error = -48h;
  const auto capture = till.created();
  const auto happened = server.clock().now();
  server.clock().advance(10min);
  const auto refused = server.send(till.batch_request({till.sign(capture)}));
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(code_of(refused), "clock_skew");
  const auto server_time =
      domain::parse_rfc3339(json::parse(refused.body).at("server_time").get<std::string>());
  EXPECT_EQ(server_time, server.clock().now());

  till.learnt_offset = 48h;
  EXPECT_EQ(till.send_one(transport(), till.sign(capture)).outcome, wire::CaptureOutcome::stored);
  EXPECT_EQ(server.count("SELECT created_at FROM tickets"), domain::to_epoch_ms(happened));
  EXPECT_EQ(server.count("SELECT device_at FROM tickets"), domain::to_epoch_ms(happened - 48h));
  EXPECT_EQ(server.count("SELECT received_at FROM tickets"), domain::to_epoch_ms(server.clock().now()));
  EXPECT_EQ(server.count("SELECT clock_offset_ms FROM tickets"), std::chrono::milliseconds(48h).count());
}

TEST_P(SyncAuthentication, AStaleGenerationLeadsToANewIdentityAndLosesNothing) {
  EXPECT_EQ(till.send_one(transport(), till.sign(till.created())).outcome, wire::CaptureOutcome::stored);
  const auto unsent = till.created();  // seq 2, made before the till's disk was restored
  auto clone_copy = till.created();    // seq 3, made by the clone under the same epoch
  const auto signed_unsent = till.sign(unsent);
  const auto signed_clone = till.sign(clone_copy);
  EXPECT_EQ(till.send(transport(), {}).outcomes.size(), 0U);
  EXPECT_EQ(till.send(transport(), {}).outcomes.size(), 0U);

  till.generation = 1;  // the restored database remembers an old one
  const auto refused = server.send(till.batch_request({signed_unsent}));
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(code_of(refused), "generation_stale");

  const auto rekeyed = server.send(till.rekey_request());
  ASSERT_EQ(rekeyed.status, 201) << rekeyed.body;
  const auto old_prefix = till.prefix;
  till.adopt(wire::parse_till_identity(rekeyed.body).value.value());
  EXPECT_EQ(till.epoch, 2);
  EXPECT_NE(till.prefix, old_prefix);
  const auto reply = till.send(transport(), {signed_unsent, signed_clone});
  EXPECT_EQ(reply.outcomes.at(0).outcome, wire::CaptureOutcome::stored);
  EXPECT_EQ(reply.outcomes.at(1).outcome, wire::CaptureOutcome::stored);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), 3);
}

TEST_P(SyncAuthentication, ALostAnswerLeavesTheTillOneGenerationBehind) {
  const auto before = till.generation;
  till.send(transport(), {});
  till.generation = before;
  EXPECT_EQ(till.send(transport(), {}).generation, before + 1);
}

TEST_P(SyncAuthentication, ASequenceNumberUsedTwiceIsKeptAndMarked) {
  till.send(transport(), {till.sign(till.created())});
  till.seq = 0;
  EXPECT_EQ(till.send_one(transport(), till.sign(till.created())).outcome, wire::CaptureOutcome::stored);
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM captures WHERE sequence_conflict = 1"), 1);
}

// Two copies of a till that take turns are always one generation apart at most: it is the number that both
// gave to something of their own that tells.
TEST_P(SyncAuthentication, ASequenceNumberUsedTwiceBetraysACopy) {
  till.send(transport(), {till.sign(till.created())});
  till.seq = 0;
  const auto once_more = till.sign(till.created());
  till.send(transport(), {once_more});
  const auto refused = server.send(till.batch_request({once_more}));
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(code_of(refused), "generation_stale");
  till.adopt(wire::parse_till_identity(server.send(till.rekey_request()).body).value.value());
  EXPECT_EQ(till.send_one(transport(), once_more).outcome, wire::CaptureOutcome::duplicate);
}

TEST_P(SyncAuthentication, ADisabledTillDeliversWhatItHasAndIsToldOfSettingsAlone) {
  auto document = json::parse(sample_settings());
  document["organisation"]["stores"][0]["ccms_enabled"] = false;
  server.publish(document.dump());
  server.restart();
  EXPECT_EQ(till.send_one(transport(), till.sign(till.created())).outcome, wire::CaptureOutcome::stored);
  for (const auto* path : {"/api/v1/sync/changes", "/api/v1/sync/tickets?q=kettle"}) {
    const auto refused = server.send(till.request("GET", path));
    EXPECT_EQ(refused.status, 403) << path;
    EXPECT_EQ(code_of(refused), "ccms_disabled") << path;
  }
  EXPECT_EQ(server.send(till.request("GET", "/api/v1/sync/settings")).status, 200);
}

CCMS_ON_BOTH_BACKENDS(SyncAuthentication);

}  // namespace
}  // namespace ccms::test
