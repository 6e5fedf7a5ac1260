#include "plugin/app/slip_printing.h"

#include <nlohmann/json.hpp>

#include "core/wire/json_reader.h"
#include "plugin/app/act.h"
#include "plugin/app/create_ticket.h"

namespace ccms::plugin::app {
namespace {

using nlohmann::ordered_json;

struct Wishes {
  bool print = false;
  bool print_again = false;
  std::string form_id;  ///< empty in act
};

Wishes read(const wire::Node& node) {
  return wire::read_object<Wishes, wire::UnknownMembers::passed_over>(
      node, [](wire::ObjectReader& object, Wishes& wishes) {
        object.optional("print", wishes.print, wire::boolean);
        object.optional("print_again", wishes.print_again, wire::boolean);
        object.optional("form_id", wishes.form_id, wire::read_string);
      });
}

/// Most requests ask for no printing and are not read a second time for that.
Wishes wishes_of(std::string_view request) {
  if (request.find("\"print") == std::string_view::npos) return {};
  return wire::read_document(request, read).value.value_or(Wishes());
}

bool print(Till& till, const ordered_json& slip, const Wishes& wishes) {
  const bool printed_before = !wishes.form_id.empty() && till.printed_forms.contains(wishes.form_id);
  if (printed_before && !wishes.print_again) return true;
  if (!till.host.print(slip.dump())) return false;
  if (!wishes.form_id.empty()) till.printed_forms.add(wishes.form_id);
  return true;
}

std::string print_slip_of(Till& till, std::string reply, const Wishes& wishes) {
  if (!wishes.print && !wishes.print_again) return reply;
  auto json = ordered_json::parse(reply);
  if (!json.contains("slip")) return reply;
  json["printed"] = print(till, json.at("slip"), wishes);
  return json.dump();
}

}  // namespace

domain::Result<std::string> create_ticket_and_print(Till& till, std::string_view request) {
  auto reply = create_ticket(till, request);
  if (!reply) return reply;
  till.scanner.give_back();
  return print_slip_of(till, std::move(reply).value(), wishes_of(request));
}

domain::Result<std::string> act_and_print(Till& till, std::string_view request) {
  auto reply = act(till, request);
  if (!reply) return reply;
  return print_slip_of(till, std::move(reply).value(), wishes_of(request));
}

}  // namespace ccms::plugin::app
