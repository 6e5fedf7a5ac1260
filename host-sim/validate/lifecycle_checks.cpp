#include <Poco/Net/ServerSocket.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "host-sim/validate/check.h"
#include "host-sim/validate/probe.h"

namespace ccms::host_sim {
namespace {

constexpr std::chrono::seconds kLongestStop{2};

int32_t stop(Probe& probe) { return probe.plugin().stop(probe.instance(), nullptr); }

void refuses_calls_before_start(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  for (const auto& [name, function] : request_functions()) {
    if (std::string_view(name) == "status") continue;
    const auto reply = probe.call(probe.plugin().*function, std::string("{}"));
    require(reply.status == CCMS_INVALID_STATE,
            std::string(name) + " before start got status " + std::to_string(reply.status));
  }
}

void refuses_calls_after_stop(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  probe.must_start();
  require(stop(probe) == CCMS_OK, "stop failed");
  const auto reply = probe.call(probe.plugin().screens, std::string("{}"));
  require(reply.status == CCMS_INVALID_STATE,
          "screens after stop got status " + std::to_string(reply.status));
}

void start_and_stop_are_not_repeated(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  require(stop(probe) == CCMS_INVALID_STATE, "stop before start was accepted");
  probe.must_start();
  require(probe.plugin().start(probe.instance(), nullptr) == CCMS_INVALID_STATE,
          "a second start was accepted");
  require(stop(probe) == CCMS_OK, "stop failed");
}

void starts_again_after_stop(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  for (int i = 0; i < 5; ++i) {
    probe.must_start();
    require(probe.call(probe.plugin().screens, std::string("{}")).status == CCMS_OK,
            "screens failed after a restart");
    require(stop(probe) == CCMS_OK, "stop failed");
  }
}

void stops_in_time_while_the_server_hangs(const CheckContext& context) {
  const Poco::Net::ServerSocket silent(Poco::Net::SocketAddress("127.0.0.1", 0));  // connects, never answers
  Probe probe(context);
  probe.must_create("http://127.0.0.1:" + std::to_string(silent.address().port()));
  probe.must_start();
  const auto enrolling = probe.call(probe.plugin().enrol, std::string(R"({"code":"ABCD-EFGH-JKMN"})"));
  require(enrolling.status == CCMS_OK, std::string("enrol failed: ") + enrolling.error.message);
  silent.poll(Poco::Timespan(5, 0), Poco::Net::Socket::SELECT_READ);  // the worker is on the network now
  const auto begin = std::chrono::steady_clock::now();
  require(stop(probe) == CCMS_OK, "stop failed");
  require(std::chrono::steady_clock::now() - begin < kLongestStop, "stop took longer than two seconds");
}

void is_quiet_after_stop(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  probe.must_start();
  require(stop(probe) == CCMS_OK, "stop failed");
  const int before = probe.calls_but_log();
  std::this_thread::sleep_for(std::chrono::milliseconds(200));  // long enough for a worker that lives on
  require(probe.calls_but_log() == before, "a host function was called after stop");
}

void destroys_without_stop(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  probe.must_start();
  require(probe.destroy() == CCMS_OK, "destroy of a started instance failed");
  Probe again(context);
  again.must_create();  // the data folder is free again
}

void ticket_needs_enrolment(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  probe.must_start();
  const auto reply = probe.call(probe.plugin().form, std::string(R"({"clerk":{"id":"c1","name":"Mia"}})"));
  require(reply.status == CCMS_NOT_ENROLLED,
          "form on a till without identity got status " + std::to_string(reply.status));
}

void enrol_answers_with_a_request(const CheckContext& context) {
  Probe probe(context);
  probe.must_create();
  probe.must_start();
  const auto reply = probe.call(probe.plugin().enrol, std::string(R"({"code":"ABCD-EFGH-JKMN"})"));
  require(reply.status == CCMS_OK, std::string("enrol failed: ") + reply.error.message);
  const auto id = nlohmann::json::parse(reply.json).value("request_id", "");
  require(!id.empty(), "enrol gave no request_id");
  const auto taken = probe.call(probe.plugin().take_result, nlohmann::json{{"request_id", id}}.dump());
  require(taken.status == CCMS_OK && nlohmann::json::parse(taken.json).contains("done"),
          "take_result does not know the request");
}

}  // namespace

std::vector<Check> lifecycle_checks() {
  return {
      {"refuses_calls_before_start", "created is not started: CCMS_INVALID_STATE",
       refuses_calls_before_start},
      {"refuses_calls_after_stop", "stopped is not started: CCMS_INVALID_STATE", refuses_calls_after_stop},
      {"start_and_stop_are_not_repeated", "start twice and stop before start are CCMS_INVALID_STATE",
       start_and_stop_are_not_repeated},
      {"starts_again_after_stop", "stopped instances can start again", starts_again_after_stop},
      {"stops_in_time_while_the_server_hangs", "stop aborts the network and returns within two seconds",
       stops_in_time_while_the_server_hangs},
      {"is_quiet_after_stop", "after stop no host function but log is called", is_quiet_after_stop},
      {"destroys_without_stop", "destroy stops, and frees the data folder", destroys_without_stop},
      {"ticket_needs_enrolment", "without identity: CCMS_NOT_ENROLLED", ticket_needs_enrolment},
      {"enrol_answers_with_a_request", "network calls answer with a request_id that take_result knows",
       enrol_answers_with_a_request}};
}

}  // namespace ccms::host_sim
