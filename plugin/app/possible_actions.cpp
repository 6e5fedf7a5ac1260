#include "plugin/app/possible_actions.h"

#include <nlohmann/json.hpp>

#include "core/settings/workflow_settings.h"
#include "plugin/app/ticket_state.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/update_table.h"

namespace ccms::plugin::app {
namespace {

using nlohmann::ordered_json;

/// What decides which actions a till offers.
struct Situation {
  bool of_this_store = true;
  bool own = false;       ///< made at this till and still kept here
  bool readable = false;  ///< and says here what it says
  bool refused = false;   ///< the server has refused to make it
  bool over = false;
  bool has_goods = false;  ///< here, or ready to be collected
};

ordered_json actions_in(const Situation& situation) {
  if (situation.refused) return ordered_json::array({"comment", "receive_goods", "correct", "withdraw"});
  if (situation.over) return ordered_json::array({"comment"});
  auto actions = ordered_json::array({"comment", "receive_goods"});
  if (!situation.of_this_store) return actions;
  if (situation.has_goods) actions.push_back("hand_over");
  actions.push_back("settle");
  if (situation.own && situation.readable) actions.push_back("amend");
  if (situation.own) actions.push_back("withdraw");
  return actions;
}

bool is_over(const ordered_json& ticket) {
  if (ticket.value("withdrawn", false)) return true;
  const auto state = ticket.value("state", ordered_json::object());
  if (!state.is_object()) return false;
  const auto type = domain::from_text<domain::StateType>(state.value("type", ""));
  return type && settings::is_terminal(*type);
}

/// Goods that this till has received and not handed over.
bool goods_in_history(const ordered_json& history) {
  bool here = false;
  for (const auto& event : history) {
    const auto type = event.value("type", "");
    if (event.value("state", "") == "superseded") continue;
    if (type == domain::to_text(domain::CaptureType::goods_received)) here = true;
    if (type == domain::to_text(domain::CaptureType::handed_over)) here = false;
  }
  return here;
}

bool goods_at_server(const ordered_json& ticket) {
  const auto goods = ticket.value("goods", ordered_json::object());
  return goods.is_object() && goods.contains("received_at") && !goods.contains("handed_over_at");
}

bool is_of_store(const ordered_json& ticket, const std::string& store) {
  return ticket.value("reported_at", "") == store || ticket.value("collect_at", "") == store;
}

void add_what_is_own(db::Connection& connection, const outbox::tickets::Ticket& own, Situation& situation) {
  situation.own = true;
  situation.readable = content_of(own).ok();
  situation.refused =
      !own.withdrawn && outbox::captures::refused_creation(connection, own.ticket_id.str()).has_value();
  situation.over =
      situation.over || own.withdrawn || outbox::captures::settlement_waits(connection, own.ticket_id.str());
}

/// The server was asked before it has heard of a settlement made here.
void put_settlement_in(const Till& till, ordered_json& ticket) {
  const auto settings = till.settings.get();
  const auto closed = settings ? closed_state(settings->bundle) : std::nullopt;
  if (!closed) return;
  ticket["state"] = {
      {"id", closed->id.str()}, {"type", domain::to_text(closed->type)}, {"label", closed->label}};
  ticket["ready_to_collect"] = false;
}

void add_actions(Till& till, ordered_json& answer) {
  auto& ticket = answer.at("ticket");
  const auto id = ticket.at("ticket_id").get<std::string>();
  const auto connection = till.journal.lease();
  const auto own = outbox::tickets::find(*connection, id);
  if (outbox::captures::settlement_waits(*connection, id)) put_settlement_in(till, ticket);
  Situation situation;
  situation.over = is_over(ticket);
  situation.has_goods = ticket.value("ready_to_collect", false) || goods_at_server(ticket);
  situation.of_this_store = own || is_of_store(ticket, till.config.store.str());
  if (own) add_what_is_own(*connection, *own, situation);
  if (!situation.of_this_store) till.foreign.note(id);
  answer["actions"] = actions_in(situation);
}

}  // namespace

bool is_foreign(const Till& till, const std::string& ticket_id) {
  return till.foreign.has(ticket_id) && !outbox::updates::find(*till.journal.lease(), ticket_id);
}

domain::Error belongs_to_another_store() {
  return {"refused",
          "the ticket belongs to another store: here it can be commented on, and its goods can be received",
          "/ticket_id"};
}

ordered_json possible_actions(db::Connection& connection, const outbox::tickets::Ticket& own,
                              const ordered_json& summary, const ordered_json& history) {
  Situation situation;
  situation.over = is_over(summary);
  situation.has_goods = summary.value("ready_to_collect", false) || goods_in_history(history);
  add_what_is_own(connection, own, situation);
  return actions_in(situation);
}

std::string with_possible_actions(Till& till, std::string answer) {
  try {
    auto json = ordered_json::parse(answer);
    add_actions(till, json);
    return json.dump();
  } catch (const nlohmann::json::exception&) {
    return answer;  // nothing to go by: a server newer than this till
  }
}

}  // namespace ccms::plugin::app
