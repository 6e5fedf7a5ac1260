#include "plugin/app/act.h"

#include <array>
#include <utility>

#include "core/wire/json_reader.h"
#include "plugin/app/act_amend.h"
#include "plugin/app/act_correct.h"
#include "plugin/app/act_on_any_ticket.h"
#include "plugin/app/act_settle.h"
#include "plugin/app/act_withdraw.h"

namespace ccms::plugin::app {
namespace {

using Action = domain::Result<std::string> (*)(Till&, std::string_view);

constexpr std::array<std::pair<std::string_view, Action>, 7> kActions{{
    {"amend", amend},
    {"withdraw", withdraw},
    {"comment", comment},
    {"correct", correct},
    {"receive_goods", receive_goods},
    {"hand_over", hand_over},
    {"settle", settle},
}};

Action find_action(const wire::Node& node) {
  const auto name = wire::read_string(node);
  for (const auto& [known, action] : kActions) {
    if (known == name) return action;
  }
  node.fail("bad_value", "There is no such action.");
  return nullptr;
}

struct ActRequest {
  Action action = nullptr;
};

ActRequest read(const wire::Node& node) {
  return wire::read_object<ActRequest, wire::UnknownMembers::passed_over>(
      node, [](wire::ObjectReader& object, ActRequest& request) {
        object.required("action", request.action, find_action);
      });
}

}  // namespace

domain::Result<std::string> act(Till& till, std::string_view bytes) {
  const auto parsed = wire::read_document(bytes, read);
  if (!parsed) return parsed.errors.front();
  return parsed->action(till, bytes);
}

}  // namespace ccms::plugin::app
