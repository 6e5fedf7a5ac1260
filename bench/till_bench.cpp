#include "bench/till_bench.h"

#include <stdexcept>

#include "plugin/app/new_id.h"
#include "tests/support/fake_server/fake_http_server.h"
#include "tests/support/fake_server/sample_bundle.h"

namespace ccms::bench {
namespace {

using Json = nlohmann::ordered_json;

domain::Instant now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string option(int argc, char** argv, const std::string& name) {
  for (int i = 1; i + 1 < argc; ++i) {
    if (argv[i] == name) return argv[i + 1];
  }
  return {};
}

Json line(int number) {
  return {{"line", number},
          {"product_id", "P-10" + std::to_string(number)},
          {"description", "Toaster, stainless steel, two slots"},
          {"quantity", "1"},
          {"amount", {{"amount", 1999}, {"currency", "EUR"}}}};
}

}  // namespace

std::filesystem::path work_folder(int argc, char** argv) {
  auto parent = option(argc, argv, "--dir");
  if (parent.empty()) parent = std::filesystem::canonical("/proc/self/exe").parent_path().string();
  auto folder = std::filesystem::path(parent) / ("till-bench-" + plugin::app::new_uuid(now()));
  std::filesystem::create_directories(folder);
  return folder;
}

int number_option(int argc, char** argv, const std::string& name, int otherwise) {
  const auto text = option(argc, argv, name);
  return text.empty() ? otherwise : std::stoi(text);
}

struct OnlineTill::Servers {
  test::FakeServer server{now};
  test::FakeHttpServer http{server};
};

OnlineTill::OnlineTill(const std::filesystem::path& folder) : servers_(std::make_unique<Servers>()) {
  servers_->server.add_code("BENC-HBEN-CH00", "S001-T1");
  servers_->server.set_bundle(test::sample_bundle(), "\"1\"");
  test::PluginHost host;
  host.open(test::PluginHost::config(folder, url()));
  host.enrol("BENC-HBEN-CH00");
}

OnlineTill::~OnlineTill() = default;

std::string OnlineTill::url() const { return servers_->http.url(); }

void enrol_till(const std::filesystem::path& folder) { const OnlineTill enrolled(folder); }

std::string ticket_request(int number) {
  const Json transaction{{"id", "R-" + std::to_string(number)},
                         {"type", "sale"},
                         {"store", "S001"},
                         {"till", "S001-T1"},
                         {"at", "2026-11-20T15:04:05.000Z"},
                         {"utc_offset_minutes", 60},
                         {"total", {{"amount", 5997}, {"currency", "EUR"}}},
                         {"lines", {line(1), line(2), line(3)}}};
  return Json{
      {"form_id", plugin::app::new_uuid(now())},
      {"clerk", {{"id", "c17"}, {"name", "Mia"}}},
      {"language", "en"},
      {"kind", "complaint"},
      {"ticket",
       {{"category", "defective"},
        {"details",
         "The toaster worked for two days. Since then the left slot stays cold, and the lever does not hold "
         "the "
         "bread down any more. We would like to have it repaired or to get another one of the same kind."},
        {"consent_to_contact", true}}},
      {"complainant", {{"kind", "contact"}, {"name", "Anna Meier"}, {"mobile", "+49 171 2345678"}}},
      {"transaction", transaction},
      {"proof", {{"kind", "looked_up"}}}}
      .dump();
}

void create_ticket(test::PluginHost& host, const std::string& request) {
  const auto reply = host.call(&ccms_plugin_t::create_ticket, std::string_view(request));
  if (reply.status != CCMS_OK)
    throw std::runtime_error("create_ticket: " + reply.message + " at " + reply.field);
}

}  // namespace ccms::bench
