#include "tests/plugin/till_fixture.h"

#include "plugin/app/act.h"
#include "plugin/app/create_ticket.h"
#include "plugin/app/enrol.h"
#include "plugin/app/new_id.h"
#include "plugin/app/status.h"
#include "plugin/app/unsent.h"
#include "tests/support/fake_server/sample_bundle.h"

namespace ccms::test {

using plugin::sync::HttpRequest;
using plugin::sync::HttpResponse;

void FakeHost::log(plugin::app::LogLevel, std::string_view message) const {
  const std::lock_guard lock(mutex_);
  messages_.emplace_back(message);
}

std::vector<std::string> FakeHost::messages() const {
  const std::lock_guard lock(mutex_);
  return messages_;
}

FakeHost::Found FakeHost::found(const std::string& query, const std::optional<std::string>& reply) const {
  if (!reply) return domain::Error{"unavailable", "no look-up", {}};
  queries.push_back(query);
  return reply->empty() ? std::nullopt : reply;
}

domain::Result<void> FakeHost::print(const std::string& slip) const {
  if (!has_printer) return domain::Error{"unavailable", "no printer", {}};
  slips.push_back(slip);
  return {};
}

bool FakeHost::listen_to_scanner(bool on) const {
  if (has_scanner) listening = on;
  return has_scanner;
}

domain::Result<std::string> FakeHost::ask_manager(const std::string& request) const {
  questions.push_back(request);
  if (*manager == "unavailable") return domain::Error{"unavailable", "no manager there", {}};
  return *manager;
}

domain::Result<HttpResponse> DirectServerApi::send(const HttpRequest& request) {
  if (aborted_) return domain::Error{"aborted", "aborted", {}};
  Fault fault = fallback;
  if (plan) {
    fault = plan();
  } else if (!faults.empty()) {
    fault = faults.front();
    faults.pop_front();
  }
  const domain::Error lost{"network", "a fault", {}};
  if (fault == Fault::refuse) return lost;
  auto response = server_.handle(request, fault);
  if (fault == Fault::lose_answer) return lost;
  return response;
}

TillRun::TillRun(const std::filesystem::path& folder, const FakeHost& host, const FakeClock& clock,
                 plugin::sync::ServerApi& server, std::uint64_t seed, plugin::app::TillConfig config)
    : random(seed),
      journal(plugin::outbox::Journal::open(folder).value()),
      till(std::move(config), host, clock, *journal),
      engine(till, server, {}, [this] { return random(); }) {
  if (const auto loaded = plugin::app::load_from_journal(till); !loaded)
    throw std::runtime_error(loaded.error().message);
}

TillTest::TillTest() {
  server.add_code("ABCD-EFGH-JKMN", "S001-T1");
  server.set_bundle(sample_bundle(), "\"1\"");
  run = std::make_unique<TillRun>(folder.path(), host, clock, api);
}

void TillTest::enrol() {
  ok(plugin::app::enrol(till(), R"({"code":"ABCD-EFGH-JKMN"})"));
  run->engine.run_once();
  ASSERT_TRUE(till().settings.get()) << "no settings after enrolment";
}

void TillTest::restart() {
  run.reset();
  run = std::make_unique<TillRun>(folder.path(), host, clock, api);
}

Json TillTest::request(const Json& patch) {
  return sample_request(plugin::app::new_uuid(clock.wall_now()), patch);
}

Json TillTest::create(const Json& patch) {
  return ok(plugin::app::create_ticket(till(), request(patch).dump()));
}

Json TillTest::on(const Json& ticket, const std::string& action, const Json& more) {
  Json request{
      {"action", action}, {"ticket_id", ticket.at("ticket_id")}, {"clerk", {{"id", "c2"}, {"name", "Ben"}}}};
  request.update(more);
  return request;
}

domain::Error TillTest::refused(const Json& request) {
  return error_of(plugin::app::act(till(), request.dump()));
}

Json TillTest::act(const Json& request) { return ok(plugin::app::act(till(), request.dump())); }

Json TillTest::status() { return ok(plugin::app::status(till(), "{}")); }

Json TillTest::unsent() { return ok(plugin::app::unsent(till(), "{}")).at("events"); }

bool TillTest::drain(int turns) {
  for (int i = 0; i < turns; ++i) {
    const auto rest = run->engine.run_once();
    if (status().at("queue_depth") == 0) return true;
    clock.advance(rest);
  }
  return false;
}

Json sample_transaction(const std::string& receipt) {
  return {{"id", receipt},
          {"type", "sale"},
          {"store", "S001"},
          {"till", "S001-T1"},
          {"at", "2026-11-20T15:04:05.000Z"},
          {"utc_offset_minutes", 60},
          {"customer_id", "M-77"},
          {"total", {{"amount", 1999}, {"currency", "EUR"}}},
          {"lines",
           {{{"line", 1},
             {"product_id", "P-1"},
             {"description", "Toaster"},
             {"quantity", "1"},
             {"amount", {{"amount", 1999}, {"currency", "EUR"}}},
             {"affected_quantity", "1"}}}}};
}

Json sample_request(const std::string& form_id, const Json& patch) {
  Json request{
      {"form_id", form_id},
      {"clerk", {{"id", "c17"}, {"name", "Mia"}}},
      {"language", "en"},
      {"kind", "complaint"},
      {"ticket",
       {{"category", "defective"}, {"details", "The toaster does not toast."}, {"consent_to_contact", true}}},
      {"complainant", {{"kind", "contact"}, {"name", "Anna Meier"}, {"mobile", "+49 171 2345678"}}},
      {"proof", {{"kind", "none"}, {"reason", "lost_receipt"}}}};
  request.merge_patch(patch);
  return request;
}

Json ok(const domain::Result<std::string>& reply) {
  if (!reply) {
    ADD_FAILURE() << reply.error().code << " at " << reply.error().field << ": " << reply.error().message;
    return Json::object();
  }
  return Json::parse(*reply);
}

domain::Error error_of(const domain::Result<std::string>& reply) {
  if (!reply) return reply.error();
  ADD_FAILURE() << "succeeded: " << *reply;
  return {};
}

}  // namespace ccms::test
