#include "plugin/app/screens.h"

#include <nlohmann/json.hpp>

#include "core/wire/json_reader.h"
#include "plugin/app/empty_request.h"
#include "plugin/app/labels.h"
#include "plugin/outbox/update_table.h"

namespace ccms::plugin::app {
namespace {

using nlohmann::ordered_json;

ordered_json localised(Label which) { return {{"en", label(which, "en")}, {"de", label(which, "de")}}; }

ordered_json screen(const char* id, Label name) {
  return {{"id", id},
          {"path", {label(Label::tickets_and_feedback, "en"), label(name, "en")}},
          {"section", localised(Label::tickets_and_feedback)},
          {"label", localised(name)}};
}

}  // namespace

domain::Result<std::string> screens(Till& till, std::string_view request) {
  if (const auto checked = check_empty_request(request); !checked) return checked.error();
  return ordered_json{{"screens", {screen("add_ticket", Label::add_ticket), screen("search", Label::search)}},
                      {"ready_to_collect", outbox::updates::count_ready_to_collect(*till.journal.lease())}}
      .dump();
}

}  // namespace ccms::plugin::app
