#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "plugin/app/clock.h"
#include "plugin/app/till.h"
#include "plugin/sync/engine.h"
#include "tests/support/fake_server/fake_server.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::test {

using Json = nlohmann::ordered_json;

/// A clock that moves when a test says so.
class FakeClock : public plugin::app::Clock {
 public:
  domain::Instant wall_now() const override { return wall_.load(); }
  std::chrono::milliseconds since_boot() const override { return boot_.load(); }
  const std::string& boot_id() const override { return boot_id_; }

  void advance(std::chrono::milliseconds by) {
    wall_ = wall_.load() + by;
    boot_ = boot_.load() + by;
  }
  void set_wall(domain::Instant to) { wall_ = to; }

 private:
  std::atomic<domain::Instant> wall_{domain::parse_rfc3339("2026-11-21T12:00:00.000Z").value()};
  std::atomic<std::chrono::milliseconds> boot_{std::chrono::hours(1)};
  std::string boot_id_ = "9f1b2c3d-0000-4000-8000-0123456789ab";
};

/// A host that keeps what it is told.
class FakeHost : public plugin::app::HostPort {
 public:
  using Found = domain::Result<std::optional<std::string>>;

  void log(plugin::app::LogLevel, std::string_view message) const override;
  void request_ui_callback() const override { ++callbacks; }
  bool training_mode() const override { return training; }
  std::optional<std::string> current_transaction() const override { return transaction; }
  Found find_transactions(const std::string& query) const override { return found(query, transactions); }
  Found find_customers(const std::string& query) const override { return found(query, customers); }
  domain::Result<void> print(const std::string& slip) const override;
  bool listen_to_scanner(bool on) const override;
  bool asks_managers() const override { return manager.has_value(); }
  domain::Result<std::string> ask_manager(const std::string& request) const override;

  // What the host has, and what it says; a host lacks what is not set.
  std::optional<std::string> transactions;
  std::optional<std::string> customers;
  bool has_printer = false;
  bool has_scanner = false;
  std::optional<std::string> manager;  ///< "unavailable": cannot be asked now

  mutable std::vector<std::string> queries, slips, questions;
  mutable bool listening = false;

  bool training = false;
  std::optional<std::string> transaction;
  mutable std::atomic<int> callbacks{0};
  std::vector<std::string> messages() const;

 private:
  Found found(const std::string& query, const std::optional<std::string>& reply) const;

  mutable std::mutex mutex_;
  mutable std::vector<std::string> messages_;
};

/// The way to a FakeServer without a socket, with a fault for each exchange from a plan.
class DirectServerApi : public plugin::sync::ServerApi {
 public:
  explicit DirectServerApi(FakeServer& server) : server_(server) {}

  domain::Result<plugin::sync::HttpResponse> send(const plugin::sync::HttpRequest& request) override;
  void abort() noexcept override { aborted_ = true; }
  void resume() noexcept override { aborted_ = false; }

  /// Faults of the next exchanges; afterwards `fallback`.
  std::deque<Fault> faults;
  Fault fallback = Fault::none;
  /// Called instead of the rest, when set.
  std::function<Fault()> plan;

 private:
  FakeServer& server_;
  std::atomic<bool> aborted_{false};
};

/// One run of a till on a data folder: what the plugin makes at create, without threads.
struct TillRun {
  TillRun(const std::filesystem::path& folder, const FakeHost& host, const FakeClock& clock,
          plugin::sync::ServerApi& server, std::uint64_t seed = 1,
          plugin::app::TillConfig config = {domain::StoreId("S001"), domain::TillId("S001-T1"), "en"});

  std::mt19937_64 random;
  std::unique_ptr<plugin::outbox::Journal> journal;
  plugin::app::Till till;
  plugin::sync::Engine engine;
};

/// A till S001-T1 of the sample chain, its clock, its host and its server.
class TillTest : public ::testing::Test {
 protected:
  TillTest();

  /// Enrols and fetches the settings.
  void enrol();
  /// Ends the run and starts another one on the same folder.
  void restart();
  plugin::app::Till& till() { return run->till; }

  /// A request that the form would give; members of `patch` are merged in.
  Json request(const Json& patch = Json::object());
  /// Creates a ticket and expects success.
  Json create(const Json& patch = Json::object());
  /// The request of an action on a ticket that create() or act() gave.
  static Json on(const Json& ticket, const std::string& action, const Json& more = Json::object());
  /// Acts and expects success, or an error.
  Json act(const Json& request);
  domain::Error refused(const Json& request);
  Json status();
  Json unsent();
  /// Runs the engine, moving the clock on by what it asks for, until nothing is unsent or `turns` are over.
  bool drain(int turns = 200);

  TempFolder folder;
  FakeClock clock;
  FakeHost host;
  FakeServer server{[this] { return server_time(); }};
  DirectServerApi api{server};
  std::chrono::milliseconds server_ahead{0};
  std::unique_ptr<TillRun> run;

 private:
  domain::Instant server_time() const {
    return true_time_base_ + (clock.since_boot() - boot_base_) + server_ahead;
  }

  domain::Instant true_time_base_ = clock.wall_now();
  std::chrono::milliseconds boot_base_ = clock.since_boot();
};

/// A request as above, for those who have no TillTest.
Json sample_request(const std::string& form_id, const Json& patch = Json::object());
Json sample_transaction(const std::string& receipt = "R-1001");

/// The JSON of a successful reply; a failed one fails the test.
Json ok(const domain::Result<std::string>& reply);
/// The error of a failed reply; a successful one fails the test.
domain::Error error_of(const domain::Result<std::string>& reply);

}  // namespace ccms::test
