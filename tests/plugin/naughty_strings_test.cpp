// Strings that break software, as the value of every text that a clerk can type, through the library's table:
// each comes back exactly, from the till and in the capture that the server gets, or is refused with its
// field named.
#include <gmock/gmock.h>

#include "core/domain/card_redaction.h"
#include "plugin/app/new_id.h"
#include "tests/plugin/till_fixture.h"
#include "tests/support/fake_server/fake_http_server.h"
#include "tests/support/fake_server/sample_bundle.h"
#include "tests/support/files/files.h"
#include "tests/support/plugin_host/plugin_host.h"
#include "tests/support/services/wait_until.h"

namespace ccms::test {
namespace {

using namespace std::chrono_literals;
using Pointer = Json::json_pointer;

domain::Instant now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

/// Where a text is typed, and the rest of a request that asks for it.
struct Place {
  std::string name;
  Pointer pointer;
  Json patch;
};

void PrintTo(const Place& place, std::ostream* out) { *out << place.name; }

std::vector<Place> places() {
  const Json looked_up{{"transaction", sample_transaction()},
                       {"accept_duplicate", true},
                       {"proof", {{"kind", "typed"}, {"reason", nullptr}}}};
  return {{"details", Pointer("/ticket/details"), Json::object()},
          {"text", Pointer("/ticket/custom/serial_number"), Json::object()},
          {"long_text",
           Pointer("/ticket/custom/allergy"),
           {{"ticket", {{"category", "spoiled_food"}, {"custom", {{"felt_unwell", true}}}}}}},
          {"name", Pointer("/complainant/name"), Json::object()},
          {"mobile", Pointer("/complainant/mobile"), Json::object()},
          {"email", Pointer("/complainant/email"), Json::object()},
          {"clerk", Pointer("/clerk/name"), Json::object()},
          {"product", Pointer("/transaction/lines/0/description"), looked_up}};
}

class NaughtyStrings : public ::testing::TestWithParam<Place> {
 protected:
  NaughtyStrings() {
    server.add_code("ABCD-EFGH-JKMN", "S001-T1");
    server.set_bundle(sample_bundle(), "\"1\"");
    open(http.url());
    host.enrol("ABCD-EFGH-JKMN");
    open("http://127.0.0.1:9");  // what is asked of the server would only take time
  }

  void open(const std::string& url) {
    host.close();
    host.open(PluginHost::config(folder.path() / "till", url));
  }

  TempFolder folder;
  FakeServer server{now};
  FakeHttpServer http{server};
  PluginHost host;
};

/// What is kept of a text: all of it, but for payment card numbers where they are masked.
std::string kept(const Place& place, const std::string& text) {
  const bool looked_up_by = place.name == "mobile" || place.name == "product";
  return looked_up_by ? text : domain::redact_card_numbers(text);
}

bool is_clerk(const Place& place) { return place.pointer == Pointer("/clerk/name"); }

TEST_P(NaughtyStrings, come_back_exactly_or_are_refused_naming_the_field) {
  const auto& place = GetParam();
  std::map<std::string, std::string> expected;  // by event id
  std::size_t refused = 0;
  for (const auto& text : read_lines(shared_data("naughty_strings.txt"))) {
    auto ticket = sample_request(plugin::app::new_uuid(now()), place.patch);
    ticket[place.pointer] = text;
    // A line that is not UTF-8 cannot be written as JSON.
    const auto bytes = ticket.dump(-1, ' ', false, Json::error_handler_t::replace);
    const auto reply = host.call(&ccms_plugin_t::create_ticket, bytes);
    if (reply.status != CCMS_OK) {
      ASSERT_EQ(reply.status, CCMS_INVALID_ARGUMENT) << text << ": " << reply.message;
      EXPECT_EQ(reply.field, place.pointer.to_string()) << text;
      EXPECT_FALSE(reply.message.empty());
      ++refused;
      continue;
    }
    const auto created = reply.json();
    const auto shown = host.expect(&ccms_plugin_t::ticket, {{"ticket_id", created.at("ticket_id")}});
    const auto typed = Json::parse(bytes).at(place.pointer).get<std::string>();
    const auto wanted = kept(place, typed);
    EXPECT_EQ(is_clerk(place) ? shown.at("history").at(0).at("actor").at("name")
                              : shown.at("ticket").at(place.pointer),
              wanted);
    expected[created.at("event_id")] = wanted;
  }
  open(http.url());
  ASSERT_TRUE(wait_until([&] { return server.captures().size() == expected.size(); }, 60s))
      << server.captures().size() << " of " << expected.size();
  const auto captures = server.captures();
  for (const auto& [event_id, wanted] : expected) {
    const auto capture = Json::parse(captures.at(event_id).bytes);
    EXPECT_EQ(capture.at(is_clerk(place) ? place.pointer : Pointer("/body" + place.pointer.to_string())),
              wanted);
  }
  // None of them happens to look like an address.
  EXPECT_GT(place.name == "email" ? refused : expected.size(), 200U);
}

INSTANTIATE_TEST_SUITE_P(Places, NaughtyStrings, ::testing::ValuesIn(places()),
                         [](const auto& place) { return place.param.name; });

}  // namespace
}  // namespace ccms::test
