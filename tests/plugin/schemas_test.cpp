// What the plugin says is what its published schemas say.
#include <gmock/gmock.h>

#include <fstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "plugin/app/act.h"
#include "plugin/app/enrol.h"
#include "plugin/app/find_tickets.h"
#include "plugin/app/form.h"
#include "plugin/app/screens.h"
#include "plugin/app/show_ticket.h"
#include "plugin/app/status.h"
#include "plugin/app/take_result.h"
#include "plugin/app/unsent.h"
#include "tests/plugin/till_fixture.h"

namespace ccms::test {
namespace {

class Schemas : public TillTest {
 protected:
  static void check(const std::string& name, const Json& value) {
    std::ifstream file(std::string(CCMS_PLUGIN_SCHEMAS) + "/" + name + ".json");
    const auto document = nlohmann::json::parse(file);
    const nlohmann::json target(value);
    valijson::Schema schema;
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(document), schema);
    valijson::ValidationResults results;
    valijson::Validator validator;
    EXPECT_TRUE(validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(target), &results))
        << name << ": " << value;
    for (valijson::ValidationResults::Error error; results.popError(error);) {
      ADD_FAILURE() << name << ": " << error.description;
    }
  }
};

TEST_F(Schemas, describe_every_reply) {
  check("enrol.request", {{"code", "ABCD-EFGH-JKMN"}});
  check("status.reply", status());
  const auto enrolment = ok(plugin::app::enrol(till(), R"({"code":"ABCD-EFGH-JKMN"})"));
  check("enrol.reply", enrolment);
  check("take_result.reply", ok(plugin::app::take_result(till(), enrolment.dump())));
  run->engine.run_once();
  check("take_result.reply", ok(plugin::app::take_result(till(), enrolment.dump())));
  check("screens.reply", ok(plugin::app::screens(till(), "")));
  const Json asked{
      {"clerk", {{"id", "c"}, {"name", "n"}}}, {"language", "de"}, {"transaction", sample_transaction()}};
  check("form.request", asked);
  check("form.reply", ok(plugin::app::form(till(), asked.dump())));

  const Json patch{{"transaction", sample_transaction()}, {"ticket", {{"details", "poison"}}}};
  check("create_ticket.request", request(patch));
  const auto ticket = create(patch);
  check("create_ticket.reply", ticket);
  server.reject("poison", {"bad_value", "no", "/body/ticket/details"});
  run->engine.run_once();
  check("unsent.reply", unsent().is_array() ? Json{{"events", unsent()}} : Json());
  check("find_tickets.reply", ok(plugin::app::find_tickets(till(), "{}")));
  check("ticket.reply", ok(plugin::app::show_ticket(till(), Json{{"code", ticket.at("code")}}.dump())));
  const Json correction{{"action", "correct"},
                        {"event_id", ticket.at("event_id")},
                        {"clerk", asked.at("clerk")},
                        {"ticket", {{"details", "fine"}}}};
  check("act.request", correction);
  check("act.reply", act(correction));
  const Json settlement{{"action", "settle"},
                        {"ticket_id", ticket.at("ticket_id")},
                        {"clerk", asked.at("clerk")},
                        {"resolution_code", "refunded"},
                        {"note", "Money back."},
                        {"remedy", {{"kind", "refund"}, {"amount", {{"amount", 1}, {"currency", "EUR"}}}}},
                        {"approved_by", {{"id", "m"}, {"name", "n"}}}};
  check("act.request", settlement);
  check("act.reply", act(settlement));
  check("ticket.reply", ok(plugin::app::show_ticket(till(), Json{{"code", ticket.at("code")}}.dump())));
  check("on_ui_callback.reply", Json::parse(till().events.drain()));
  check("status.reply", status());
}

}  // namespace
}  // namespace ccms::test
