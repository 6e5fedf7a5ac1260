#include "tests/server/presets/story.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "core/db/transaction.h"
#include "core/domain/ticket_code.h"
#include "core/settings/loader.h"
#include "core/workflow/workflow.h"
#include "server/app/identifiers.h"
#include "server/staff/standings.h"
#include "server/store/user_store.h"
#include "tests/server/support/due_tickets.h"
#include "tests/support/files/files.h"

namespace ccms::test {
namespace {

using nlohmann::json;

/// A Monday, with a working week before it.
constexpr const char* kBeginning = "2026-11-23T10:00:00.000Z";

void replace_all(std::string& text, const std::string& what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

std::string indented(const std::string& text) {
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line);) out += line.empty() ? "\n" : "    " + line + "\n";
  return out;
}

bool awaits_verification(settings::Action action) {
  return action == settings::Action::assign || action == settings::Action::start ||
         action == settings::Action::accept;
}

/// What a request calls it.
std::string input_for(settings::Requirement requirement) {
  return requirement == settings::Requirement::rejection_reason ? "reason"
                                                                : std::string(domain::to_text(requirement));
}

Backend backend_of_stories() {
  const char* named = std::getenv("CCMS_STORIES_ON");
  if (named == nullptr) return Backend::sqlite;
  if (named == name_of(Backend::mariadb)) return Backend::mariadb;
  throw std::invalid_argument("CCMS_STORIES_ON: there is no database " + std::string(named));
}

std::vector<std::string> documents_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

std::string preset_document(const std::string& preset) {
  return read_file(std::filesystem::path(CCMS_PRESETS) / (preset + ".json"));
}

std::vector<std::string> preset_names() { return documents_in(CCMS_PRESETS); }

std::vector<std::string> deadline_packs() { return documents_in(CCMS_PRESETS "/deadlines"); }

std::string with_deadlines(const std::string& document, const std::string& pack) {
  json merged = json::parse(document);
  const json added = json::parse(preset_document("deadlines/" + pack));
  for (const char* list : {"/turn_around_times", "/escalation/ladders", "/notifications/templates"}) {
    const json::json_pointer at(list);
    for (const json& element : added.at(at)) merged[at].push_back(element);
  }
  return merged.dump();
}

Person::Person(Story& story, std::string login, std::vector<server::RoleGrant> grants, Caller key)
    : story_(story), login_(std::move(login)), grants_(std::move(grants)), key_(std::move(key)) {
  if (key_.api_key.empty()) id_ = story_.server_.user_id_of(login_);
}

bool Person::has_role(const std::string& role) const {
  return std::any_of(grants_.begin(), grants_.end(), [&](const auto& grant) { return grant.role == role; });
}

// Signs in anew each time: a story takes longer than a session lasts.
Caller Person::caller() const { return key_.api_key.empty() ? story_.server_.sign_in_as(login_, {}) : key_; }

Answer Person::get(const std::string& target) const { return story_.server_.get(caller(), target); }

Answer Person::sends(const std::string& method, const std::string& target, const json& body) const {
  return story_.server_.call(caller(), method, target, body.dump());
}

Answer Person::post(const std::string& target, const json& body, const std::string& key) const {
  story_.server_.clock().advance(std::chrono::seconds(1));  // so that nothing happens at the same moment
  StaffServer::Headers headers;
  if (!key.empty()) headers.emplace_back("Idempotency-Key", key);
  return story_.server_.post(caller(), target, body, std::move(headers));
}

Answer Person::tries_to_log(const json& request) const {
  return post("/api/v1/tickets", request, "story-" + std::to_string(++story_.keys_));
}

Ticket Person::logs(const json& request) const {
  const Answer answer = tries_to_log(request);
  if (answer.status != 201) throw std::runtime_error(login_ + " cannot log it: " + answer.response.body);
  const Ticket ticket = story_.remember(answer.json["ticket"]);
  story_.tell(login_ + " logs " + ticket.name, &ticket);
  return ticket;
}

Answer Person::tries(const std::string& step, const Ticket& ticket, const json& inputs) const {
  json request = inputs;
  request["action"] = step;
  return post("/api/v1/tickets/" + ticket.id + "/actions", request);
}

void Person::takes(const std::string& step, const Ticket& ticket, const json& inputs) const {
  const Answer answer = tries(step, ticket, inputs);
  EXPECT_EQ(answer.status, 200) << login_ << " takes " << step << ": " << answer.response.body;
  story_.tell(login_ + " takes " + step + " of " + ticket.name, &ticket);
}

void Person::writes(const std::string& text, const Ticket& ticket) const {
  const Answer answer =
      post("/api/v1/tickets/" + ticket.id + "/comments", {{"text", text}, {"visibility", "public"}});
  EXPECT_EQ(answer.status, 201) << answer.response.body;
}

Answer Person::looks_at(const Ticket& ticket) const { return get("/api/v1/tickets/" + ticket.id); }

int Person::finds(const std::string& query) const {
  const Answer answer = get("/api/v1/tickets?" + query);
  EXPECT_EQ(answer.status, 200) << answer.response.body;
  return answer.json.value("count", -1);
}

std::vector<std::string> Person::can_take(const Ticket& ticket) const {
  std::vector<std::string> steps;
  const Answer answer = looks_at(ticket);
  EXPECT_EQ(answer.status, 200) << answer.response.body;
  for (const json& action : answer.json["ticket"]["actions"]) steps.push_back(action["transition"]);
  return steps;
}

Story::Story(const std::string& preset, const std::string& sees_all, const std::string& deadline_pack)
    : server_(backend_of_stories()) {
  std::string document = preset_document(preset);
  if (!deadline_pack.empty()) document = with_deadlines(document, deadline_pack);
  settings_ = settings::load_settings(document).value.value();
  server_.publish(document);
  server_.restart();
  server_.clock().advance(domain::parse_rfc3339(kBeginning).value() - server_.clock().now());
  onlooker_ = server_.client_with_key({{sees_all, ""}});
}

Person Story::person(const std::string& login, std::vector<server::RoleGrant> roles) {
  for (const auto& grant : roles) {
    const auto problem = server::problem_of_grant(grant, &settings_);
    EXPECT_FALSE(problem) << grant.role << ":" << grant.scope << ": " << *problem;
  }
  const server::User user{
      server::new_uuid(server_.clock().now()), login, login, login + "@staff.example", roles, true};
  db::with_transaction(server_.database(), [&](db::Connection& connection) {
    server::UserStore(connection).insert(user, "no password", server_.clock().now());
  });
  return {*this, login, std::move(roles)};
}

Person Story::program(std::vector<server::RoleGrant> roles) {
  const std::string name = roles.front().role;
  const Caller key = server_.client_with_key(roles);
  return {*this, name, std::move(roles), key};
}

void Story::reaches(const char* rfc3339) {
  const auto moment = domain::parse_rfc3339(rfc3339).value();
  ASSERT_GE(moment, server_.clock().now()) << "time goes forward";
  server_.clock().advance(moment - server_.clock().now());
  look_at_due_tickets(server_);
  tell(std::string("it is ") + rfc3339, nullptr);
}

void Story::expect_refusals(const Ticket& ticket, const std::vector<Person>& people) {
  const json facts = facts_of(ticket);
  const auto* workflow = settings_.find_workflow(facts["workflow"].get<std::string>());
  for (const Person& person : people) {
    for (const auto& step : workflow->transitions) {
      SCOPED_TRACE(person.login() + " tries " + step.id + " of a ticket that is " + state_of(ticket));
      expect_step_refused(step, ticket, facts, person);
    }
  }
  EXPECT_EQ(facts_of(ticket)["version"], facts["version"]) << "a refused step left something behind";
}

void Story::expect_step_refused(const settings::Transition& step, const Ticket& ticket, const json& facts,
                                const Person& person) {
  const auto* workflow = settings_.find_workflow(facts["workflow"].get<std::string>());
  const bool is_assignee = facts.contains("assignee") && facts["assignee"]["id"] == person.id();
  const bool may = std::any_of(step.who.begin(), step.who.end(), [&](const std::string& who) {
    return who == settings::kAssignee ? is_assignee : person.has_role(who);
  });
  if (person.looks_at(ticket).status != 200)
    return expect_refused(person.tries(step.id, ticket), kNotToBeSeen);
  if (!step.starts_in(facts["state"]["id"].get<std::string>()))
    return expect_refused(person.tries(step.id, ticket), kWrongState);
  if (!may && (step.who.empty() || !person.has_role(workflow->supervisor)))
    return expect_refused(person.tries(step.id, ticket), kWrongRole);
  if (workflow->verification == settings::VerificationFlow::before_allocation &&
      facts["verification"]["state"] != "verified" && awaits_verification(step.action))
    return expect_refused(person.tries(step.id, ticket), kNotVerified);
  const json everything = {{"note", "A note"},
                           {"resolution_code", settings_.resolution_codes.front().id},
                           {"reason", settings_.rejection_reasons.front().id},
                           {"assignee", "nobody"}};
  json inputs = json::object();
  for (const auto need : step.needs) inputs[input_for(need)] = everything[input_for(need)];
  for (const auto need : workflow::inputs_of(step)) {
    json less = inputs;
    less.erase(input_for(need));
    expect_refused(person.tries(step.id, ticket, less), missing("/" + input_for(need)));
  }
}

json Story::facts_of(const Ticket& ticket) {
  return server_.get(onlooker_, "/api/v1/tickets/" + ticket.id).json["ticket"];
}

std::string Story::state_of(const Ticket& ticket) { return facts_of(ticket)["state"]["label"]["en"]; }

std::string Story::customer_sees(const Ticket& ticket) {
  return facts_of(ticket)["state"]["customer_label"]["en"];
}

std::vector<std::string> Story::public_history_of(const Ticket& ticket) {
  std::vector<std::string> types;
  const Answer history = server_.get(onlooker_, "/api/v1/tickets/" + ticket.id + "/history");
  for (const json& event : history.json["events"]) {
    if (event["visibility"] == "public") types.push_back(event["type"]);
  }
  return types;
}

bool Story::has_told(const std::string& address) {
  return server_.count("SELECT COUNT(*) FROM notifications WHERE recipient = ?", {address}) > 0;
}

Ticket Story::remember(const json& ticket) {
  tickets_.push_back({ticket["ticket_id"], ticket["code"], "ticket-" + std::to_string(tickets_.size() + 1)});
  return tickets_.back();
}

void Story::tell(const std::string& what, const Ticket* about) {
  told_ << "== " << what << "\n";
  if (about != nullptr) told_states_.erase(about->id);
  tell_states();
  tell_messages();
  told_ << "\n";
}

/// What a ticket is in, where that is news.
void Story::tell_states() {
  for (const Ticket& ticket : tickets_) {
    const std::string line = state_line(ticket);
    if (told_states_[ticket.id] == line) continue;
    told_states_[ticket.id] = line;
    told_ << ticket.name << ": " << line << "\n";
  }
}

std::string Story::state_line(const Ticket& ticket) {
  const json facts = facts_of(ticket);
  const auto text = [&](const char* name) {
    return facts.contains(name) ? facts[name].get<std::string>() : std::string("none");
  };
  std::string line = facts["state"]["label"]["en"].get<std::string>() + "; the customer sees \"" +
                     facts["state"]["customer_label"]["en"].get<std::string>() + "\"; department " +
                     text("department") + ", priority " + text("priority");
  if (facts.contains("assignee")) line += ", with " + facts["assignee"]["name"].get<std::string>();
  if (facts.contains("breached_at")) line += ", late";
  return line;
}

void Story::tell_messages() {
  std::vector<std::string> messages;
  const auto reader = server_.database().reader();
  for (const db::Row row : reader->query(
           "SELECT notification_id, audience, channel, recipient, subject, body FROM notifications", {})) {
    if (!told_messages_.insert(row.text("notification_id")).second) continue;
    std::string message =
        "to " + row.text("audience") + " by " + row.text("channel") + ": " + row.text("recipient") + "\n";
    if (row.text("channel") == "email") message += indented("Subject: " + row.text("subject") + "\n");
    messages.push_back(without_codes(message + indented(row.text("body"))));
  }
  std::sort(messages.begin(), messages.end());
  for (const std::string& message : messages) told_ << message;
}

/// Codes are not guessable, so the story calls them by the tickets' names.
std::string Story::without_codes(std::string text) const {
  for (const Ticket& ticket : tickets_) {
    replace_all(text, domain::TicketCode::parse(ticket.code)->display(), ticket.name);
    replace_all(text, ticket.code, ticket.name);
  }
  return text;
}

void Story::expect_told_as_in(const std::string& name) {
  expect_golden("presets/" + name + ".txt", told_.str());
}

void Story::expect_every_step_taken() {
  std::set<std::string> taken;
  const auto reader = server_.database().reader();
  for (const db::Row row : reader->query("SELECT t.workflow AS workflow, e.data AS data FROM ticket_events e "
                                         "JOIN tickets t ON t.ticket_id = e.ticket_id",
                                         {})) {
    const json data = json::parse(row.text("data"), nullptr, false);
    if (data.is_object() && data.contains("transition"))
      taken.insert(row.text("workflow") + "/" + data["transition"].get<std::string>());
  }
  for (const auto& workflow : settings_.workflows) {
    for (const auto& transition : workflow.transitions)
      EXPECT_TRUE(taken.contains(workflow.id + "/" + transition.id))
          << "nobody took " << workflow.id << "/" << transition.id;
  }
}

std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
  return out << refusal.status << " " << refusal.code << " " << refusal.field;
}

void expect_refused(const Answer& answer, const Refusal& refusal) {
  EXPECT_EQ((Refusal{answer.status, answer.code(), answer.field()}), refusal) << answer.response.body;
}

}  // namespace ccms::test
