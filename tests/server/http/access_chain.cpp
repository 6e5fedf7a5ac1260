#include "tests/server/http/access_chain.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "core/domain/ticket_code.h"
#include "server/jobs/change_sequencer.h"
#include "tests/server/support/due_tickets.h"
#include "tests/server/support/roles_in_settings.h"

namespace ccms::test {
namespace {

using nlohmann::json;

json roles() {
  const std::vector<std::string> stores = {"tickets.view", "tickets.create", "tickets.comment"};
  std::vector<std::string> trusted = stores;
  trusted.emplace_back("tickets.confidential");
  return {role_json("hq", "chain",
                    {"tickets.view", "tickets.create", "tickets.comment", "tickets.confidential",
                     "tickets.for_customers", "settings.view", "settings.edit", "settings.publish",
                     "people.view", "people.invite", "people.change", "people.remove", "audit.view"}),
          role_json("department_staff", "department", trusted),
          role_json("store_manager", "store", stores),
          role_json("desk", "department", stores),
          role_json("area_lead", "area", stores),
          role_json("area_trust", "area", trusted),
          role_json("zone_lead", "zone", stores),
          role_json("region_lead", "region", stores),
          role_json("region_trust", "region", trusted),
          role_json("entity_lead", "legal_entity", stores),
          role_json("overview", "chain", stores),
          role_json("office", "chain",
                    {"settings.view", "settings.edit", "settings.publish", "people.view", "people.invite",
                     "people.change", "people.remove", "audit.view"}),
          role_json("guest", "chain", json::array())};
}

std::vector<std::string> role_ids() {
  std::vector<std::string> ids;
  for (const json& each : roles()) ids.push_back(each["id"]);
  return ids;
}

json transaction(const std::string& receipt) {
  return {{"id", receipt},          {"type", "sale"},
          {"store", "S001"},        {"at", "2026-11-20T10:00:00.000Z"},
          {"lines", json::array()}, {"utc_offset_minutes", 60}};
}

}  // namespace

json access_settings() {
  json chain = json::parse(sample_settings());
  chain["roles"] = roles();
  for (json& transition : chain["workflows"][0]["transitions"]) {
    if (transition["action"] == "assign") transition["who"] = role_ids();
  }
  for (json& ladder : chain["escalation"]["ladders"]) {
    for (json& step : ladder["steps"]) step["notify"]["roles"] = role_ids();
  }
  return chain;
}

std::string Subject::symbols() const {
  std::string plain = code;
  std::erase(plain, '-');
  return plain;
}

std::string Subject::given_away_by(const std::string& answer) const {
  for (const std::string& marker : {id, code, symbols(), customer, mobile, details, receipt, serial}) {
    if (!marker.empty() && answer.find(marker) != std::string::npos) return marker;
  }
  return {};
}

AccessChain::AccessChain() {
  server.publish(access_settings().dump());
  server.restart();
  make_askers();
  make_subjects();
  link_subjects();
  make_training_ticket();
  let_everything_become_late();
  for (const Asker& asker : askers) sign_in_again(asker);
  server::ChangeSequencer(server.database(), "test").run_once(server.clock().now());
}

void AccessChain::make_askers() {
  using enum Asker::Kind;
  const std::set<std::string> everything = {"plain", "far", "confidential", "training"};
  const std::set<std::string> hamburg = {"plain", "training"};
  const std::set<std::string> work = {"colleagues"};
  askers = {
      {"anonymous", anonymous, {}, {}, {}, ""},
      {"till", till, {}, hamburg, {}, "S001"},
      {"far-till", till, {}, {"far"}, {}, "S008"},
      {"other-till", till, {}, {}, {}, "S006"},
      {"client-none", client, {}, {}, {}, ""},
      {"client-repairs", client, {{"department_staff", "repairs"}}, {"plain"}, work, ""},
      {"nobody", staff, {}, {}, {}, ""},
      {"stranger", staff, {{"emperor", ""}}, {}, {}, ""},
      {"guest", staff, {{"guest", ""}}, {}, {}, ""},
      {"office", staff, {{"office", ""}}, {}, {"colleagues", "absences", "settings", "people"}, ""},
      {"overview", staff, {{"overview", ""}}, {"plain", "far", "training"}, work, ""},
      {"entity-in", staff, {{"entity_lead", "nordmarkt"}}, hamburg, work, ""},
      {"entity-out", staff, {{"entity_lead", "huber"}}, {}, work, ""},
      {"zone-in", staff, {{"zone_lead", "de_north"}}, hamburg, work, ""},
      {"zone-out", staff, {{"zone_lead", "de_south"}}, {}, work, ""},
      {"region-in", staff, {{"region_lead", "germany"}}, hamburg, work, ""},
      {"region-far", staff, {{"region_lead", "britain"}}, {"far"}, work, ""},
      {"region-out", staff, {{"region_lead", "us_east"}}, {}, work, ""},
      {"region-trusted",
       staff,
       {{"region_trust", "germany"}},
       {"plain", "confidential", "training"},
       work,
       ""},
      {"area-in", staff, {{"area_lead", "hamburg"}}, hamburg, work, ""},
      {"area-out", staff, {{"area_lead", "munich"}}, {}, work, ""},
      {"area-trusted", staff, {{"area_trust", "hamburg"}}, {"plain", "confidential", "training"}, work, ""},
      {"area-trusted-out", staff, {{"area_trust", "munich"}}, {}, work, ""},
      {"store-in", staff, {{"store_manager", "S001"}}, hamburg, work, ""},
      {"store-out", staff, {{"store_manager", "S002"}}, {}, work, ""},
      {"store-gone", staff, {{"store_manager", "S999"}}, {}, {}, ""},
      {"repairs", staff, {{"department_staff", "repairs"}}, {"plain"}, work, ""},
      {"operations", staff, {{"department_staff", "store_operations"}}, {"far"}, work, ""},
      {"people", staff, {{"department_staff", "people"}}, {"confidential"}, work, ""},
      {"people-desk", staff, {{"desk", "people"}}, {}, work, ""},
      {"loyalty", staff, {{"department_staff", "loyalty"}}, {}, work, ""},
      // The right to see confidential tickets of one department is none to see those of one's store.
      {"two-roles", staff, {{"department_staff", "loyalty"}, {"store_manager", "S001"}}, hamburg, work, ""},
      {"head",
       staff,
       {{"hq", ""}},
       everything,
       {"colleagues", "absences", "settings", "captures", "replay", "people"},
       ""},
  };
  for (const Asker& asker : askers) {
    if (asker.kind == staff) {
      server.sign_in_as(asker.name, asker.grants);
      server.database().writer()->execute("UPDATE users SET email = ? WHERE login = ?",
                                          {asker.email(), asker.name});
    } else if (asker.kind == till) {
      FakeTill device(server.clock(), asker.store, asker.store + "-T1");
      device.enrol(transport(), server.enrolment_code(asker.store, asker.store + "-T1"));
      tills_.emplace(asker.name, std::move(device));
    } else if (asker.kind == client) {
      callers_[asker.name] = server.client_with_key(asker.grants);
    }
  }
}

void AccessChain::make_subjects() {
  add_subject({.name = "plain",
               .customer = "Zacharias Quixmann",
               .mobile = "+4915123450001",
               .details = "Xylophone-one cracked",
               .receipt = "RCPT-ZQ-1",
               .store = "S001",
               .department = "repairs",
               .category = "defective"},
              "SN-ZQX-1");
  add_subject({.name = "far",
               .customer = "Yolanda Vexworth",
               .mobile = "+4915123450002",
               .details = "Xylophone-two leaking",
               .receipt = "RCPT-ZQ-2",
               .store = "S008",
               .department = "store_operations",
               .category = "store_condition"});
  add_subject({.name = "confidential",
               .customer = "Wilhelmina Juxberg",
               .mobile = "+4915123450003",
               .details = "Xylophone-three insulted",
               .receipt = "RCPT-ZQ-3",
               .store = "S001",
               .department = "people",
               .category = "staff_behaviour"});
}

json AccessChain::request_on_purchase_of(const Subject& subject) {
  json request = StaffServer::ticket_request();
  request["proof"] = {{"kind", "typed"}};
  request["transaction"] = transaction(subject.receipt);
  return request;
}

void AccessChain::add_subject(Subject subject, const std::string& serial) {
  json request = request_on_purchase_of(subject);
  request["store"] = subject.store;
  request["ticket"]["category"] = subject.category;
  request["ticket"]["details"] = subject.details;
  request["complainant"] = {{"kind", "contact"}, {"name", subject.customer}, {"mobile", subject.mobile}};
  if (!serial.empty()) request["ticket"]["custom"] = {{"serial_number", serial}};
  subject.serial = serial;
  const json made = server.create_ticket(request);
  if (made.value("department", "") != subject.department) throw std::runtime_error("routed elsewhere");
  subject.id = made["ticket_id"];
  subject.code = domain::TicketCode::parse(made["code"].get<std::string>()).value().display();
  subjects.push_back(std::move(subject));
}

void AccessChain::link_subjects() {
  const auto link = [&](const char* from, const char* to) {
    const Answer answer = server.post(server.hq(), "/api/v1/tickets/" + subject(from).id + "/links",
                                      {{"ticket", subject(to).id}});
    if (answer.status != 201) throw std::runtime_error("not linked: " + answer.response.body);
  };
  link("plain", "far");
  link("plain", "confidential");
  link("far", "confidential");
}

void AccessChain::make_training_ticket() {
  Subject subject{.name = "training",
                  .customer = "Ulrich Hexental",
                  .mobile = "+4915123450004",
                  .details = "Xylophone-four rehearsed",
                  .store = "S001",
                  .category = "other",
                  .training = true};
  auto content = plain_content();
  content.ticket.details = subject.details;
  content.ticket.consent_to_contact = true;
  content.complainant.kind = domain::ComplainantKind::contact;
  content.complainant.name = subject.customer;
  content.complainant.mobile = subject.mobile;
  FakeTill& device = tills_.at("till");
  auto capture = device.created(content);
  capture.training = true;
  if (device.send_one(transport(), device.sign(capture)).outcome != wire::CaptureOutcome::stored)
    throw std::runtime_error("the training ticket was refused");
  subject.id = capture.ticket_id.str();
  const std::string code = server.text("SELECT code FROM tickets WHERE ticket_id = ?", {subject.id});
  subject.code = domain::TicketCode::parse(code).value().display();
  subjects.push_back(std::move(subject));
}

const Subject& AccessChain::merge_into_far() {
  Subject twin = subject("far");
  twin.name = "merged";
  twin.customer = "Tabitha Quellenhof";
  twin.mobile = "+4915123450005";
  twin.details = "Xylophone-five dripping";
  twin.receipt = "RCPT-ZQ-5";
  add_subject(std::move(twin));
  const Answer answer = server.post(server.hq(), "/api/v1/tickets/" + subject("merged").id + "/merge",
                                    {{"into", subject("far").code},
                                     {"note", "The same leak"},
                                     {"accept_other_customer", true},
                                     {"accept_later_deadline", true}});
  if (answer.status != 200) throw std::runtime_error("not merged: " + answer.response.body);
  return subject("merged");
}

void AccessChain::let_everything_become_late() {
  server.clock().advance(std::chrono::hours(24 * 60));
  // A claim moves a timer on: what has several steps to take is due again a little later.
  for (int step = 0; step < 6; ++step) {
    look_at_due_tickets(server);
    server.clock().advance(std::chrono::minutes(10));
  }
}

void AccessChain::sign_in_again(const Asker& asker) {
  if (asker.kind == Asker::Kind::staff) callers_[asker.name] = server.sign_in_as(asker.name, asker.grants);
}

Answer AccessChain::ask(const Asker& asker, const std::string& method, const std::string& target,
                        const std::string& body, const StaffServer::Headers& headers) {
  if (asker.kind != Asker::Kind::till)
    return server.call(callers_[asker.name], method, target,
                       body.empty() ? std::nullopt : std::optional(body), headers);
  server::Request request = tills_.at(asker.name).request(method, target, body);
  request.headers.insert(request.headers.end(), headers.begin(), headers.end());
  Answer answer;
  answer.response = server.send(std::move(request));
  answer.status = answer.response.status;
  answer.json = json::parse(answer.response.body, nullptr, false);
  return answer;
}

std::string AccessChain::fingerprint(const Subject& subject) {
  const auto lease = server.database().reader();
  const auto rows = lease->query(
      "SELECT version, (SELECT COUNT(*) FROM ticket_events e WHERE e.ticket_id = t.ticket_id) AS events, "
      "(SELECT COUNT(*) FROM notifications m WHERE m.ticket_id = t.ticket_id) AS messages, "
      "(SELECT COUNT(*) FROM notifications m WHERE m.ticket_id = t.ticket_id AND m.state = 'pending') AS "
      "waiting "
      "FROM tickets t WHERE ticket_id = ?",
      {subject.id});
  std::string all;
  for (const char* column : {"version", "events", "messages", "waiting"})
    all += std::to_string(rows.front().integer(column)) + " ";
  return all;
}

const Subject& AccessChain::subject(const std::string& name) const {
  return *std::find_if(subjects.begin(), subjects.end(),
                       [&](const Subject& subject) { return subject.name == name; });
}

}  // namespace ccms::test
