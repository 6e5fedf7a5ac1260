// The library as a host meets it: loaded with dlopen, called through its table, treated badly.
#include <gmock/gmock.h>

#include <csignal>
#include <fstream>
#include <limits>
#include <thread>

#include "tests/plugin/till_fixture.h"
#include "tests/support/fake_server/fake_http_server.h"
#include "tests/support/fake_server/sample_bundle.h"
#include "tests/support/plugin_host/plugin_host.h"
#include "tests/support/services/loopback.h"
#include "tests/support/services/wait_until.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr PluginHost::Function kUiFunctions[] = {
    &ccms_plugin_t::screens, &ccms_plugin_t::form,   &ccms_plugin_t::create_ticket,
    &ccms_plugin_t::act,     &ccms_plugin_t::ticket, &ccms_plugin_t::find_tickets,
    &ccms_plugin_t::unsent,  &ccms_plugin_t::enrol,  &ccms_plugin_t::take_result,
};

domain::Instant now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

class Abi : public ::testing::Test {
 protected:
  Abi() {
    server.add_code("ABCD-EFGH-JKMN", "S001-T1");
    server.set_bundle(sample_bundle(), "\"1\"");
  }
  Json config(const std::string& url = "http://127.0.0.1:9") {
    return PluginHost::config(folder.path() / "till", url);
  }
  ccms_status_t status_of_create(const ccms_host_t* table, std::string_view text,
                                 ccms_error_t* error = nullptr) {
    const ccms_plugin_t* plugin = nullptr;
    ccms_instance_t* instance = nullptr;
    const auto status = host.entry().create(table, {text.data(), text.size()}, &plugin, &instance, error);
    if (instance != nullptr) plugin->destroy(instance);
    return static_cast<ccms_status_t>(status);
  }

  TempFolder folder;
  FakeServer server{now};
  FakeHttpServer http{server};
  PluginHost host;
};

TEST_F(Abi, tells_its_version_before_any_code_runs) {
  EXPECT_EQ(host.entry().struct_size, sizeof(ccms_plugin_entry_t));
  EXPECT_EQ(host.entry().abi_major, CCMS_ABI_MAJOR);
  EXPECT_STREQ(host.entry().id, "ccms");
}

TEST_F(Abi, refuses_a_host_that_it_cannot_work_with) {
  const auto text = config().dump();
  EXPECT_EQ(status_of_create(nullptr, text), CCMS_INVALID_ARGUMENT);
  auto table = host.host();
  table.struct_size = 8;
  EXPECT_EQ(status_of_create(&table, text), CCMS_INVALID_ARGUMENT);
  table = host.host();
  table.log = nullptr;
  EXPECT_EQ(status_of_create(&table, text), CCMS_INVALID_ARGUMENT);
  table = host.host();
  table.abi_major = 7;
  ccms_error_t error{};
  error.struct_size = sizeof error;
  EXPECT_EQ(status_of_create(&table, text, &error), CCMS_INCOMPATIBLE);
  EXPECT_THAT(error.message, HasSubstr("7.0"));
  EXPECT_THAT(error.message, HasSubstr("1.0"));
  EXPECT_EQ(host.entry().create(&host.host(), {text.data(), text.size()}, nullptr, nullptr, nullptr),
            CCMS_INVALID_ARGUMENT);
}

TEST_F(Abi, names_the_member_of_the_configuration_that_is_wrong) {
  const auto field = [&](const Json& patch) {
    auto bad = config();
    bad.merge_patch(patch);
    ccms_error_t error{};
    error.struct_size = sizeof error;
    EXPECT_EQ(status_of_create(&host.host(), bad.dump(), &error), CCMS_INVALID_ARGUMENT);
    return std::string(error.field);
  };
  EXPECT_EQ(field({{"data_folder", "relative"}}), "/data_folder");
  EXPECT_EQ(field({{"server_url", "ftp://example"}}), "/server_url");
  EXPECT_EQ(field({{"server_url", "https://example"}, {"ca_file", "/does/not/exist"}}), "/ca_file");
  EXPECT_EQ(field({{"till", nullptr}}), "/till");
  EXPECT_EQ(field({{"store", "no spaces"}}), "/store");
  EXPECT_EQ(field({{"surprise", 1}}), "/surprise");
}

TEST_F(Abi, a_data_folder_has_one_instance) {
  ASSERT_EQ(host.create(config()), CCMS_OK);
  EXPECT_EQ(status_of_create(&host.host(), config().dump()), CCMS_BUSY);
}

TEST_F(Abi, several_tills_live_in_one_process) {
  ASSERT_EQ(host.create(config()), CCMS_OK);
  auto second = PluginHost::config(folder.path() / "second", "http://127.0.0.1:9");
  second["till"] = "S001-T2";
  EXPECT_EQ(status_of_create(&host.host(), second.dump()), CCMS_OK);
}

TEST_F(Abi, calls_no_host_function_but_log_before_start_and_after_stop) {
  ASSERT_EQ(host.create(config()), CCMS_OK);
  host.call(&ccms_plugin_t::screens, "{}");
  EXPECT_EQ(host.calls_but_log, 0);
  ASSERT_EQ(host.plugin().start(host.instance(), nullptr), CCMS_OK);
  EXPECT_GT(host.calls_but_log, 0);
  ASSERT_EQ(host.plugin().stop(host.instance(), nullptr), CCMS_OK);
  const int before = host.calls_but_log;
  for (const auto function : kUiFunctions) EXPECT_EQ(host.call(function, "{}").status, CCMS_INVALID_STATE);
  EXPECT_EQ(host.call(&ccms_plugin_t::status, "{}").status, CCMS_OK);
  host.close();
  EXPECT_EQ(host.calls_but_log, before);
}

TEST_F(Abi, states_are_checked) {
  ASSERT_EQ(host.create(config()), CCMS_OK);
  EXPECT_EQ(host.plugin().stop(host.instance(), nullptr), CCMS_INVALID_STATE);
  EXPECT_EQ(host.plugin().start(host.instance(), nullptr), CCMS_OK);
  EXPECT_EQ(host.plugin().start(host.instance(), nullptr), CCMS_INVALID_STATE);
  EXPECT_EQ(host.plugin().stop(host.instance(), nullptr), CCMS_OK);
  EXPECT_EQ(host.plugin().start(host.instance(), nullptr), CCMS_OK)
      << "a stopped plugin can be started again";
}

TEST_F(Abi, survives_every_bad_call) {
  host.open(config());
  const std::string inputs[] = {"",
                                "{",
                                "[]",
                                "null",
                                "\"\xff\xfe\"",
                                "{\"a\":1}",
                                "{\"\":{\"\":{}}}",
                                std::string(100, '['),
                                std::string(3, '\0'),
                                "{\"clerk\":{\"id\":\"\xc3\"}}"};
  for (const auto function : kUiFunctions) {
    for (const auto& input : inputs) {
      const auto reply = host.call(function, std::string_view(input));
      EXPECT_EQ(reply.writes, reply.status == CCMS_OK ? 1 : 0);
      EXPECT_NE(reply.status == CCMS_OK, !reply.message.empty());
      EXPECT_NE(reply.status, CCMS_INTERNAL) << input;
    }
    EXPECT_EQ(host.call(function, std::string(2'000'000, ' ')).status, CCMS_INVALID_ARGUMENT);
    const auto raw = host.plugin().*function;
    const ccms_writer_t writer{nullptr, [](void*, const char*, size_t) {}};
    EXPECT_EQ(raw(nullptr, {"{}", 2}, writer, nullptr), CCMS_INVALID_ARGUMENT);
    EXPECT_EQ(raw(host.instance(), {nullptr, 5}, writer, nullptr), CCMS_INVALID_ARGUMENT);
    EXPECT_EQ(raw(host.instance(), {"{}", 2}, {nullptr, nullptr}, nullptr), CCMS_INVALID_ARGUMENT);
    ccms_error_t small{};
    small.struct_size = 4;
    EXPECT_EQ(raw(host.instance(), {"{}", 2}, writer, &small), CCMS_INVALID_ARGUMENT);
    EXPECT_EQ(small.message[0], '\0') << "nothing is written into a struct that is too small";
  }
  EXPECT_EQ(host.plugin().on_event(host.instance(), {"{\"type\":\"party\"}", 16}, nullptr),
            CCMS_INVALID_ARGUMENT);
  EXPECT_EQ(host.plugin().on_event(host.instance(), {"{\"type\":\"suspend\"}", 18}, nullptr), CCMS_OK);
  EXPECT_EQ(host.plugin().get_extension(host.instance(), "nothing"), nullptr);
}

TEST_F(Abi, ui_functions_refuse_other_threads_and_say_so) {
  host.open(config());
  std::thread([&] {
    for (const auto function : kUiFunctions) EXPECT_EQ(host.call(function, "{}").status, CCMS_WRONG_THREAD);
    EXPECT_EQ(host.call(&ccms_plugin_t::status, "{}").status, CCMS_OK);
  }).join();
  EXPECT_THAT(host.log_lines(), ::testing::Contains(HasSubstr("UI thread")));
}

TEST_F(Abi, nothing_thrown_gets_out) {
  host.open(config(http.url()));
  host.enrol("ABCD-EFGH-JKMN");
  host.throw_in_training = true;
  const auto reply =
      host.ask(&ccms_plugin_t::create_ticket, sample_request("01a1fdfa-4600-780a-8b6a-9dd590902451"));
  EXPECT_EQ(reply.status, CCMS_INTERNAL);
  EXPECT_THAT(reply.message, HasSubstr("thrown by the host"));
  host.throw_in_training = false;
  EXPECT_EQ(
      host.ask(&ccms_plugin_t::create_ticket, sample_request("01a1fdfa-4600-780a-8b6a-9dd590902451")).status,
      CCMS_OK);
}

TEST_F(Abi, a_ticket_goes_all_the_way_over_a_socket) {
  host.open(config(http.url()));
  host.enrol("ABCD-EFGH-JKMN");
  host.expect(&ccms_plugin_t::create_ticket, sample_request("01a1fdfa-4600-780a-8b6a-9dd590902451"));
  EXPECT_TRUE(wait_until([&] { return server.captures().size() == 1; }, 20s));
  EXPECT_TRUE(wait_until(
      [&] { return host.expect(&ccms_plugin_t::status, Json::object()).at("queue_depth") == 0; }, 20s));
  EXPECT_GT(host.callbacks, 0);
}

TEST_F(Abi, answers_lost_on_the_wire_are_made_good) {
  auto fast = config(http.url());
  fast["sync"] = {{"first_retry_ms", 1}, {"max_retry_ms", 5}};
  host.open(fast);
  host.enrol("ABCD-EFGH-JKMN");
  host.await_settings();
  // Contacts without a ticket come and go as the worker likes; what is counted are those with one.
  std::atomic<int> count{0};
  http.set_fault_plan([&](const FakeServer::Request& request) {
    if (request.path != "/api/v1/sync/captures" || request.body.find("\"signature\"") == std::string::npos)
      return Fault::none;
    const int turn = count++;
    return turn == 0   ? Fault::lose_answer
           : turn == 1 ? Fault::cut_answer
           : turn == 2 ? Fault::refuse
                       : Fault::none;
  });
  host.expect(&ccms_plugin_t::create_ticket, sample_request("01a1fdfa-4600-780a-8b6a-9dd590902451"));
  EXPECT_TRUE(wait_until(
      [&] { return host.expect(&ccms_plugin_t::status, Json::object()).at("queue_depth") == 0; }, 20s));
  EXPECT_EQ(server.captures().size(), 1U);
  EXPECT_EQ(server.duplicates(), 2U);
}

TEST_F(Abi, a_search_that_nobody_waits_for_gives_way_to_the_next) {
  host.open(config(http.url()));
  host.enrol("ABCD-EFGH-JKMN");
  std::atomic<int> searches{0};
  http.set_fault_plan([&](const FakeServer::Request& request) {
    const bool search = request.path.find("/tickets") != std::string::npos;
    return search && searches++ == 0 ? Fault::hang : Fault::none;
  });
  const auto abandoned = host.expect(&ccms_plugin_t::find_tickets, Json::object()).at("request_id");
  ASSERT_TRUE(wait_until([&] { return searches.load() > 0; }, 20s));
  const auto wanted = host.expect(&ccms_plugin_t::find_tickets, Json::object()).at("request_id");
  const auto answer_of = [&](const Json& id) {
    Json taken;
    EXPECT_TRUE(wait_until(
        [&] {
          taken = host.expect(&ccms_plugin_t::take_result, {{"request_id", id}});
          return taken.at("done").get<bool>();
        },
        10s));  // a silent server is given fifteen
    return taken;
  };
  EXPECT_TRUE(answer_of(wanted).contains("result"));
  EXPECT_EQ(answer_of(abandoned).at("error").at("code"), "unavailable");
}

class Stop : public Abi {
 protected:
  void expect_quick_stop() {
    const auto before = std::chrono::steady_clock::now();
    ASSERT_EQ(host.plugin().stop(host.instance(), nullptr), CCMS_OK);
    EXPECT_LT(std::chrono::steady_clock::now() - before, 2s) << "the header's promise";
  }
};

TEST_F(Stop, does_not_wait_for_a_server_that_never_answers) {
  std::atomic<bool> reached{false};
  http.set_fault_plan([&](const FakeServer::Request&) {
    reached = true;
    return Fault::hang;
  });
  host.open(config(http.url()));
  host.expect(&ccms_plugin_t::enrol, {{"code", "ABCD-EFGH-JKMN"}});
  ASSERT_TRUE(wait_until([&] { return reached.load(); }, 20s));
  expect_quick_stop();
}

TEST_F(Stop, does_not_wait_for_a_name_server) {
  host.open(config("http://a-host-that-does-not-exist.invalid"));
  host.expect(&ccms_plugin_t::enrol, {{"code", "ABCD-EFGH-JKMN"}});
  expect_quick_stop();
}

struct Footprint {
  std::size_t threads = 0;
  std::size_t files = 0;
  bool mapped = false;
  bool operator==(const Footprint&) const = default;
};

std::size_t count_entries(const char* folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

Footprint footprint() {
  std::ifstream maps("/proc/self/maps");
  const std::string text{std::istreambuf_iterator<char>(maps), {}};
  return {count_entries("/proc/self/task"), count_entries("/proc/self/fd"),
          text.find("libccms_plugin") != std::string::npos};
}

TEST(Loading, leaves_nothing_behind_however_often_it_is_done) {
  const TempFolder folder;
  const auto cycle = [&] {
    PluginHost host;
    host.open(PluginHost::config(folder.path(), "http://127.0.0.1:9"));
    host.expect(&ccms_plugin_t::enrol, {{"code", "ABCD-EFGH-JKMN"}});
  };
  cycle();  // what the libraries below us keep for good
  // The kernel lists a thread for a moment longer than it takes to join it.
  ASSERT_TRUE(wait_until([] { return count_entries("/proc/self/task") == 1; }, 5s));
  const auto baseline = footprint();
  EXPECT_FALSE(baseline.mapped) << "dlclose must really unload";
  for (int i = 0; i < 30; ++i) cycle();
  EXPECT_TRUE(wait_until([&] { return footprint() == baseline; }, 5s));
}

TEST(Loading, the_worker_leaves_signals_to_the_host) {
  const TempFolder folder;
  PluginHost host;
  host.open(PluginHost::config(folder.path(), "http://127.0.0.1:9"));
  bool found = false;
  const bool seen = wait_until(
      [&] {
        for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
          std::ifstream comm(task.path() / "comm");
          std::string name;
          std::getline(comm, name);
          if (name != "ccms-sync") continue;
          std::ifstream status(task.path() / "status");
          for (std::string line; std::getline(status, line);) {
            if (line.starts_with("SigBlk:"))
              found = (std::stoull(line.substr(8), nullptr, 16) >> (SIGTERM - 1) & 1U) != 0;
          }
        }
        return found;
      },
      5s);
  EXPECT_TRUE(seen);
}

}  // namespace
}  // namespace ccms::test
