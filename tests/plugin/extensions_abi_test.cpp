// Extensions of a host that does not keep the rules, through the library's table: the call goes on without
// them or fails naming them, and never crashes.
#include <gmock/gmock.h>

#include "tests/plugin/till_fixture.h"
#include "tests/support/fake_server/fake_http_server.h"
#include "tests/support/fake_server/sample_bundle.h"
#include "tests/support/plugin_host/plugin_host.h"

namespace ccms::test {
namespace {

domain::Instant now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

/// What each extension's function does.
struct Behaviour {
  const char* name;
  std::function<int32_t(const ccms_writer_t*)> act;
};

Behaviour current_behaviour;
PluginHost* current_host = nullptr;

int32_t answer(void*, ccms_writer_t reply) { return current_behaviour.act(&reply); }
int32_t answer_query(void*, ccms_string_t, ccms_writer_t reply) { return current_behaviour.act(&reply); }
int32_t print(void*, ccms_string_t) { return current_behaviour.act(nullptr); }
int32_t listen(void*, int32_t) { return current_behaviour.act(nullptr); }

int32_t say(const ccms_writer_t* reply, std::string_view text) {
  if (reply != nullptr) reply->write(reply->context, text.data(), text.size());
  return CCMS_OK;
}

std::vector<Behaviour> behaviours() {
  return {
      {"unavailable", [](const ccms_writer_t*) { return CCMS_UNAVAILABLE; }},
      {"not_found", [](const ccms_writer_t*) { return CCMS_NOT_FOUND; }},
      {"internal_error", [](const ccms_writer_t*) { return CCMS_INTERNAL; }},
      {"no_status_at_all", [](const ccms_writer_t*) { return -17; }},
      {"throws", [](const ccms_writer_t*) -> int32_t { throw std::runtime_error("thrown by the host"); }},
      {"throws_a_number", [](const ccms_writer_t*) -> int32_t { throw 17; }},
      {"ok_without_a_reply", [](const ccms_writer_t*) { return CCMS_OK; }},
      {"garbage", [](const ccms_writer_t* reply) { return say(reply, "garbage"); }},
      {"nothing", [](const ccms_writer_t* reply) { return say(reply, ""); }},
      {"bad_utf8", [](const ccms_writer_t* reply) { return say(reply, "{\"id\":\"\xff\xfe\"}"); }},
      {"a_list", [](const ccms_writer_t* reply) { return say(reply, "[1,2]"); }},
      {"deep_nesting", [](const ccms_writer_t* reply) { return say(reply, std::string(5'000, '[')); }},
      {"null_reply",
       [](const ccms_writer_t* reply) {
         if (reply != nullptr) reply->write(reply->context, nullptr, 0);
         return CCMS_OK;
       }},
      {"calls_back_inside",
       [](const ccms_writer_t*) {
         const auto reply = current_host->call(&ccms_plugin_t::screens, "{}");
         EXPECT_EQ(reply.status, CCMS_INVALID_STATE) << reply.message;
         return CCMS_UNAVAILABLE;
       }},
  };
}

void PrintTo(const Behaviour& behaviour, std::ostream* out) { *out << behaviour.name; }

class BrokenExtensions : public ::testing::TestWithParam<Behaviour> {
 protected:
  BrokenExtensions() {
    current_behaviour = GetParam();
    current_host = &host;
    host.extensions = {{CCMS_HOST_CURRENT_TRANSACTION, &transaction},
                       {CCMS_HOST_LOOKUP, &lookup},
                       {CCMS_HOST_PRINT, &printer},
                       {CCMS_HOST_SCANNER, &scanner},
                       {CCMS_HOST_MANAGER_APPROVAL, &manager}};
    server.add_code("ABCD-EFGH-JKMN", "S001-T1");
    server.set_bundle(sample_bundle(), "\"1\"");
    host.open(PluginHost::config(folder.path() / "till", http.url()));
    host.enrol("ABCD-EFGH-JKMN");
  }

  static Json form_request(const Json& more = Json::object()) {
    Json request{{"clerk", {{"id", "c17"}, {"name", "Mia"}}}};
    request.update(more);
    return request;
  }

  const ccms_host_current_transaction_t transaction{sizeof transaction, answer};
  const ccms_host_lookup_t lookup{sizeof lookup, answer_query, answer_query};
  const ccms_host_print_t printer{sizeof printer, print};
  const ccms_host_scanner_t scanner{sizeof scanner, listen};
  const ccms_host_manager_approval_t manager{sizeof manager, answer_query};
  TempFolder folder;
  FakeServer server{now};
  FakeHttpServer http{server};
  PluginHost host;
};

TEST_P(BrokenExtensions, do_not_keep_a_ticket_from_being_made) {
  const auto form = host.ask(&ccms_plugin_t::form, form_request());
  ASSERT_EQ(form.status, CCMS_OK) << form.message;
  EXPECT_FALSE(form.json().contains("transaction"));
  const auto reply =
      host.ask(&ccms_plugin_t::create_ticket, sample_request(form.json().at("form_id"), {{"print", true}}));
  ASSERT_EQ(reply.status, CCMS_OK) << reply.message;
  EXPECT_EQ(reply.writes, 1);
  EXPECT_TRUE(reply.json().contains("printed"));
}

TEST_P(BrokenExtensions, are_named_where_they_were_asked_for) {
  for (const auto& [more, field] : std::vector<std::pair<Json, std::string>>{
           {{{"use_current_transaction", true}}, "/use_current_transaction"},
           {{{"lookup", {{"text", "R-1001"}}}}, "/lookup"}}) {
    const auto reply = host.ask(&ccms_plugin_t::form, form_request(more));
    if (reply.status == CCMS_OK) {  // a host that says there is none, or one that can be passed over
      EXPECT_FALSE(reply.json().contains("transaction"));
      continue;
    }
    EXPECT_EQ(reply.status, CCMS_UNAVAILABLE) << reply.message;
    EXPECT_EQ(reply.field, field);
  }
}

INSTANTIATE_TEST_SUITE_P(Behaviours, BrokenExtensions, ::testing::ValuesIn(behaviours()),
                         [](const auto& behaviour) { return std::string(behaviour.param.name); });

}  // namespace
}  // namespace ccms::test
