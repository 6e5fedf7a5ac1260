#include "server/deadlines/ticket_history.h"

#include "core/wire/ticket_json.h"
#include "core/workflow/workflow.h"
#include "server/intake/ticket_content.h"
#include "server/store/ticket_workflow.h"

namespace ccms::server {
namespace {

using nlohmann::json;
using settings::StateType;

std::string text_or(const json& data, const char* name, const std::string& otherwise = {}) {
  const auto member = data.find(name);
  return member != data.end() && member->is_string() ? member->get<std::string>() : otherwise;
}

std::int64_t integer_or(const json& data, const char* name, std::int64_t otherwise) {
  const auto member = data.find(name);
  return member != data.end() && member->is_number_integer() ? member->get<std::int64_t>() : otherwise;
}

constexpr const char* kStopsClocks = "stops_clocks";
constexpr const char* kStartsClocks = "starts_clocks";

std::vector<settings::TatClock> clocks_in(const json& data, const char* name) {
  std::vector<settings::TatClock> clocks;
  const auto member = data.find(name);
  if (member == data.end() || !member->is_array()) return clocks;
  for (const auto& word : *member) {
    const auto clock = word.is_string()
                           ? domain::from_text<settings::TatClock>(word.get_ref<const std::string&>())
                           : std::nullopt;
    if (clock) clocks.push_back(*clock);
  }
  return clocks;
}

/// A client works for the chain. Where it hands on what a customer does, the actor is the customer.
bool is_staff(const std::string& actor_type) { return actor_type == "staff" || actor_type == "client"; }

/// Reads a history from its beginning to its end.
class TimelineReader {
 public:
  TimelineReader(const TicketRecord& ticket, const settings::Settings& under)
      : ticket_(ticket),
        under_(under),
        store_(ticket.reported_store.value_or("")),
        holding_role_(workflow::holding_role(under, workflow_of(ticket, under).id)) {
    facts_.region = under.place_of(store_.str()).region;
    facts_.settings_version = ticket.settings_version;
  }

  void read(const HistoryEntry& entry) {
    if (entry.type == "created") open(entry);
    if (entry.type == "amended") amend(entry);
    const bool assigns = entry.type == "assigned";
    if (assigns) assign(entry);
    if (!assigns && allocates(entry)) allocate(entry);
    if (entry.type == "declined") pass_to(holding_role_, entry.at);
    if (entry.type == "accepted" && entry.by_staff) respond(entry.at);
    if (entry.type == "state_changed") enter_state(entry);
    if (entry.type == "commented" && entry.by_staff && entry.is_public) answer(entry.at);
    if (entry.type == "breached") note_breach(entry);
    turn_clocks(entry);
  }

  workflow::Timeline take() && { return std::move(timeline_); }

 private:
  void add(Instant at, workflow::TimelineChange change) { timeline_.push_back({at, std::move(change)}); }

  void open(const HistoryEntry& entry) {
    auto content = content_from_json(entry.data);
    content_ = content ? *std::move(content) : read_content(ticket_);
    facts_.ticket = domain::facts_of(content_, store_);
    const auto& initial = workflow_of(ticket_, under_).initial;
    const auto entered = entry.data.find("opened");
    const json& state = entered != entry.data.end() ? *entered : kNothing;
    add(entry.at, workflow::Opened{facts_, type_of(state, initial), pauses(state, initial)});
  }

  void amend(const HistoryEntry& entry) {
    const auto changes = entry.data.find("changes");
    if (changes == entry.data.end()) return;
    const auto parsed = wire::parse_content_changes(changes->dump());
    if (!parsed) return;  // erased, or of a time that wrote it otherwise: says nothing any more
    domain::apply(*parsed.value, content_);
    facts_.ticket = domain::facts_of(content_, store_);
    note_facts(entry.at);
  }

  void answer(Instant at) {
    add(at, workflow::ClockStopped{settings::TatClock::first_response});
    respond(at);
  }

  void respond(Instant at) { add(at, workflow::RoleResponded{holder_}); }

  /// Whoever has a ticket is known by role: the assignee's, or without one, the workflow's.
  void pass_to(const std::string& role, Instant at) {
    if (role == holder_) return;
    if (!holder_.empty()) add(at, workflow::RoleLeft{holder_});
    holder_ = role;
    add(at, workflow::RoleEntered{role});
  }

  /// What settings did by routing or escalating, or what a step of the workflow does besides its state.
  static bool allocates(const HistoryEntry& entry) {
    return entry.type == "routed" || entry.type == "escalated" || !transition_of(entry).empty();
  }

  void assign(const HistoryEntry& entry) {
    const std::string before = facts_.department;
    allocate(entry);
    const auto role = text_or(entry.data, "assignee_role");
    if (facts_.department == before && entry.by_staff && !text_or(entry.data, "assignee").empty())
      respond(entry.at);
    if (!role.empty()) pass_to(role, entry.at);
  }

  /// Whether this is part of the action that gave the ticket to another department, whose answer it is not.
  bool is_handing_on(const HistoryEntry& entry) const {
    return handed_on_ && handed_on_->first == transition_of(entry) && handed_on_->second == entry.at;
  }

  void allocate(const HistoryEntry& entry) {
    const workflow::TatFacts before = facts_;
    const bool was_routed = !facts_.department.empty() || !facts_.priority.empty();
    if (auto id = text_or(entry.data, "department"); !id.empty()) facts_.department = std::move(id);
    if (auto id = text_or(entry.data, "priority"); !id.empty()) facts_.priority = std::move(id);
    if (facts_ == before) return;
    if (was_routed) {
      note_facts(entry.at);
    } else {
      know_from_the_beginning();
    }
    if (facts_.department == before.department || timeline_.empty()) return;
    if (entry.type != "routed" && entry.type != "escalated") handed_on_ = {transition_of(entry), entry.at};
    if (!holder_.empty()) add(entry.at, workflow::RoleLeft{holder_});
    holder_ = holding_role_;
    add(entry.at, workflow::RoleEntered{holder_});
  }

  /// Routing changes nothing: what it says becomes known of the ticket as it was opened.
  void know_from_the_beginning() {
    const auto learn = [this](workflow::TatFacts& facts) {
      facts.department = facts_.department;
      facts.priority = facts_.priority;
    };
    for (auto& entry : timeline_) {
      if (auto* opened = std::get_if<workflow::Opened>(&entry.change)) learn(opened->facts);
      if (auto* changed = std::get_if<workflow::FactsChanged>(&entry.change)) learn(changed->facts);
    }
  }

  void note_facts(Instant at) {
    if (!timeline_.empty()) add(at, workflow::FactsChanged{facts_});
  }

  void enter_state(const HistoryEntry& entry) {
    const auto state = text_or(entry.data, "to");
    add(entry.at,
        workflow::StateEntered{type_of(entry.data, state), pauses(entry.data, state), entry.by_staff});
    if (entry.by_staff && !is_handing_on(entry)) respond(entry.at);
  }

  /// What the transition itself says of the clocks, whatever its states make of them.
  void turn_clocks(const HistoryEntry& entry) {
    for (const auto clock : clocks_in(entry.data, kStopsClocks)) add(entry.at, workflow::ClockStopped{clock});
    for (const auto clock : clocks_in(entry.data, kStartsClocks))
      add(entry.at, workflow::ClockRestarted{clock});
  }

  void note_breach(const HistoryEntry& entry) {
    const auto clock = domain::from_text<settings::TatClock>(text_or(entry.data, "clock"));
    if (!clock) return;
    add(entry.at, workflow::BreachNoted{text_or(entry.data, "tat"), text_or(entry.data, "role"), *clock,
                                        static_cast<int>(integer_or(entry.data, "round", 1)),
                                        from_epoch_ms(integer_or(entry.data, "breached_at_ms", 0))});
  }

  /// What an event says of the state it led to, else what the ticket's settings say of it.
  StateType type_of(const json& said, const std::string& state) const {
    if (const auto type = domain::from_text<StateType>(text_or(said, "to_type"))) return *type;
    const auto* known = under_.find_state(state);
    return known != nullptr ? known->type : StateType::open;
  }

  bool pauses(const json& said, const std::string& state) const {
    const auto member = said.find("pauses_clock");
    if (member != said.end() && member->is_boolean()) return member->get<bool>();
    const auto* known = under_.find_state(state);
    return known != nullptr && known->pauses_clock;
  }

  static inline const json kNothing = json::object();

  const TicketRecord& ticket_;
  const settings::Settings& under_;
  const domain::StoreId store_;
  const std::string holding_role_;
  std::string holder_;  ///< the role that has the ticket now; empty: not routed yet
  domain::TicketContent content_;
  workflow::TatFacts facts_;
  std::optional<std::pair<std::string, Instant>> handed_on_;  ///< by which transition, when
  workflow::Timeline timeline_;
};

void acknowledge(std::vector<workflow::FiredStep>& fired, Instant at) {
  for (auto& step : fired) {
    if (!step.acknowledged_at) step.acknowledged_at = at;
  }
}

}  // namespace

HistoryEntry history_entry(const NewEvent& event) {
  return {event.type, is_staff(event.actor.type), event.is_public, event.at, event.data};
}

std::vector<HistoryEntry> ticket_history(db::Connection& connection, const std::string& ticket_id) {
  const auto rows = connection.query(
      "SELECT type, actor_type, visibility, at, data FROM ticket_events WHERE ticket_id = ? ORDER BY number",
      {ticket_id});
  std::vector<HistoryEntry> history;
  for (const auto& row : rows) {
    auto data = json::parse(row.text("data"), nullptr, false);
    history.push_back({row.text("type"), is_staff(row.text("actor_type")), row.text("visibility") == "public",
                       from_epoch_ms(row.integer("at")),
                       data.is_object() ? std::move(data) : json::object()});
  }
  return history;
}

workflow::Timeline timeline_of(const std::vector<HistoryEntry>& history, const TicketRecord& ticket,
                               const settings::Settings& under) {
  TimelineReader reader(ticket, under);
  for (const auto& entry : history) reader.read(entry);
  return std::move(reader).take();
}

std::vector<workflow::FiredStep> fired_steps(const std::vector<HistoryEntry>& history) {
  std::vector<workflow::FiredStep> fired;
  for (const auto& entry : history) {
    // Who works on the ticket has seen that it is late.
    if (entry.by_staff || entry.type == "acknowledged") acknowledge(fired, entry.at);
    if (entry.type != "escalated") continue;
    const auto clock = domain::from_text<settings::TatClock>(text_or(entry.data, "clock"));
    if (!clock) continue;
    fired.push_back({{text_or(entry.data, "tat"), text_or(entry.data, "role"), *clock,
                      static_cast<int>(integer_or(entry.data, "round", 1)), text_or(entry.data, "ladder"),
                      text_or(entry.data, "step")},
                     entry.at,
                     std::nullopt});
  }
  return fired;
}

std::string transition_of(const HistoryEntry& entry) { return text_or(entry.data, "transition"); }

void put_clocks(json& data, const settings::Transition& step) {
  const auto put = [&data](const char* name, const std::vector<settings::TatClock>& clocks) {
    for (const auto clock : clocks) data[name].push_back(domain::to_text(clock));
  };
  put(kStopsClocks, step.stops_clocks);
  put(kStartsClocks, step.starts_clocks);
}

void drop_clocks(json& data) {
  data.erase(kStopsClocks);
  data.erase(kStartsClocks);
}

json step_json(const workflow::StepKey& key) {
  json out = {{"clock", domain::to_text(key.clock)},
              {"round", key.round},
              {"ladder", key.ladder},
              {"step", key.step}};
  if (!key.tat.empty()) out["tat"] = key.tat;
  if (!key.role.empty()) out["role"] = key.role;
  return out;
}

json breach_json(const workflow::BreachNoted& breach) {
  json out = {{"clock", domain::to_text(breach.clock)},
              {"round", breach.round},
              {"breached_at", domain::format_rfc3339(breach.breached_at)},
              {"breached_at_ms", to_epoch_ms(breach.breached_at)}};
  if (!breach.tat.empty()) out["tat"] = breach.tat;
  if (!breach.role.empty()) out["role"] = breach.role;
  return out;
}

}  // namespace ccms::server
