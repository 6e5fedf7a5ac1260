#include "host-sim/net/fault_proxy.h"

#include <Poco/Net/NetException.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <utility>

#include "host-sim/net/http_json.h"
#include "host-sim/web/local_web.h"

namespace ccms::host_sim {
namespace {

class FaultyNetwork : public ::testing::Test {
 protected:
  FaultyNetwork()
      : upstream_({}, {{"POST", "/echo",
                        [this](const WebRequest& request) {
                          ++served_;
                          return WebResponse{201, "got " + request.body, "text/plain", {{"X-Kept", "yes"}}};
                        }}}),
        proxy_({.upstream_port = port_of(upstream_.url()), .slow_delay = std::chrono::milliseconds(1)},
               [this] { return fault_.load(); }) {}

  static std::uint16_t port_of(const std::string& url) {
    return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
  }
  HttpReply post() { return exchange_http(proxy_.url(), "POST", "/echo", "hello", {}); }

  std::atomic<int> served_{0};
  std::atomic<NetworkFault> fault_{NetworkFault::kNone};
  LocalWeb upstream_;
  FaultProxy proxy_;
};

TEST_F(FaultyNetwork, passes_requests_and_answers_on) {
  const auto reply = post();
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.body, "got hello");
}

TEST_F(FaultyNetwork, cut_reaches_nobody) {
  fault_ = NetworkFault::kCut;
  EXPECT_THROW(post(), std::runtime_error);
  EXPECT_EQ(served_, 0);
}

TEST_F(FaultyNetwork, a_dropped_answer_was_served_all_the_same) {
  fault_ = NetworkFault::kDropAnswer;
  EXPECT_THROW(post(), std::runtime_error);
  EXPECT_EQ(served_, 1);
}

TEST_F(FaultyNetwork, error_500_reaches_nobody) {
  fault_ = NetworkFault::kServerError;
  EXPECT_EQ(post().status, 500);
  EXPECT_EQ(served_, 0);
}

TEST_F(FaultyNetwork, slow_answers_come) {
  fault_ = NetworkFault::kSlow;
  EXPECT_EQ(post().status, 201);
}

TEST_F(FaultyNetwork, counts_what_it_did) {
  post();
  fault_ = NetworkFault::kCut;
  EXPECT_THROW(post(), std::runtime_error);
  EXPECT_EQ(proxy_.counts()[NetworkFault::kNone], 1U);
  EXPECT_EQ(proxy_.counts()[NetworkFault::kCut], 1U);
}

TEST_F(FaultyNetwork, stops_a_request_at_the_stage_asked_for) {
  for (const auto& [stage, served] : {std::pair{RequestStage::kReceived, 0},
                                      {RequestStage::kPassedOn, 2},  // the one before is done by now too
                                      {RequestStage::kServed, 3},
                                      {RequestStage::kHalfAnswered, 4}}) {
    proxy_.stop_next("/echo", stage);
    auto answer = std::async(std::launch::async, [this] { return post(); });
    ASSERT_TRUE(proxy_.wait_for_stopped(std::chrono::seconds(20))) << name_of(stage);
    EXPECT_EQ(answer.wait_for(std::chrono::seconds(0)), std::future_status::timeout) << name_of(stage);
    // What has been passed on is served without our help.
    if (stage != RequestStage::kPassedOn) {
      EXPECT_EQ(served_, served) << name_of(stage);
    }
    proxy_.let_go();
    EXPECT_EQ(answer.get().body, "got hello") << name_of(stage);
  }
}

TEST_F(FaultyNetwork, stops_neither_another_path_nor_a_request_that_a_fault_has_ended) {
  proxy_.stop_next("/other", RequestStage::kReceived);
  EXPECT_EQ(post().status, 201);
  proxy_.stop_next("/echo", RequestStage::kReceived);
  fault_ = NetworkFault::kServerError;
  EXPECT_EQ(post().status, 500);
  EXPECT_FALSE(proxy_.wait_for_stopped(std::chrono::milliseconds(0)));
  proxy_.let_go();
  fault_ = NetworkFault::kNone;
  EXPECT_EQ(post().status, 201);
}

TEST_F(FaultyNetwork, refuses_a_port_that_another_listens_on) {
  EXPECT_THROW(
      FaultProxy({.upstream_port = 1, .listen_port = proxy_.port()}, [] { return NetworkFault::kNone; }),
      Poco::Net::NetException);
}

TEST(NetworkFaultNames, are_read_and_written) {
  for (const char* name : {"none", "cut", "hang", "drop_answer", "slow", "error_500"})
    EXPECT_STREQ(name_of(network_fault_from(name)), name);
  EXPECT_THROW(network_fault_from("gremlins"), std::runtime_error);
}

}  // namespace
}  // namespace ccms::host_sim
