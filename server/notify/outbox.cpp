#include "server/notify/outbox.h"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/domain/text.h"
#include "core/domain/ticket_code.h"
#include "core/phone/phone.h"
#include "core/workflow/notifications.h"
#include "server/app/identifiers.h"
#include "server/store/phone_region.h"

namespace ccms::server {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t kSubjectLimit = 500;
constexpr std::size_t kBodyLimit = 15000;  // code points: fits the column whatever they are

std::string shown_code(const std::string& code) {
  const auto parsed = domain::TicketCode::parse(code);
  return parsed ? parsed->display() : code;
}

template <class List>
std::string label_of(const List& list, const std::optional<std::string>& id, const std::string& language) {
  if (!id) return {};
  const auto* element = settings::find_by_id(list, *id);
  return element ? element->label.in(language) : *id;
}

std::string follow_up_link(const settings::Settings& settings, const std::string& code) {
  static constexpr std::string_view kPlaceholder = "{code}";
  std::string link = settings.till.follow_up_url;
  if (const auto at = link.find(kPlaceholder); at != std::string::npos)
    link.replace(at, kPlaceholder.size(), code);
  return link;
}

// The store that the customer deals with: where the goods wait, else where the ticket was made.
const settings::Store* store_of(const TicketRecord& ticket, const settings::Settings& settings) {
  for (const auto& id : {ticket.collect_store, ticket.reported_store}) {
    if (!id) continue;
    if (const settings::Store* store = settings.find_store(*id)) return store;
  }
  return nullptr;
}

Values values_for(const TicketRecord& ticket, const settings::Settings& settings,
                  const std::string& reason_id, const workflow::Send& send) {
  const std::string& language = send.language;
  Values values;
  values["code"] = shown_code(ticket.code);
  values["link"] = follow_up_link(settings, ticket.code);
  values["department"] = label_of(settings.form.departments, ticket.department, language);
  values["priority"] = label_of(settings.form.priorities, ticket.priority, language);
  if (const settings::Store* store = store_of(ticket, settings)) {
    values["store_name"] = store->name;
    values["store_hours"] = store->hours.in(language);
    values["store_phone"] = store->phone;
  }
  // A department's inbox is read by more people than may read a confidential ticket.
  if (ticket.confidential && send.recipient == settings::Recipient::department) return values;
  values["category"] = label_of(settings.form.categories, ticket.category, language);
  values["customer_name"] = ticket.customer_name.value_or("");
  values["details"] = ticket.details;
  values["resolution"] = label_of(settings.resolution_codes, ticket.resolution_code, language);
  if (!reason_id.empty()) values["reason"] = label_of(settings.rejection_reasons, reason_id, language);
  return values;
}

workflow::NotificationFacts facts_of(const TicketRecord& ticket, const settings::Settings& settings) {
  workflow::NotificationFacts facts;
  facts.language = ticket.language;
  facts.department = ticket.department.value_or("");
  facts.customer_mobile = ticket.mobile.value_or("");
  facts.customer_email = ticket.email.value_or("");
  facts.consent_to_contact = ticket.consent_to_contact;
  facts.training = ticket.training;
  facts.anonymous = ticket.complainant.is_object() && ticket.complainant.value("kind", "") == "anonymous";
  // Gateways want the international form; a number that has none is tried as it is, and fails visibly.
  if (!facts.customer_mobile.empty()) {
    const std::string region = phone_region_of(settings, ticket.reported_store.value_or(""));
    facts.customer_mobile = phone::normalise(facts.customer_mobile, region).value_or(facts.customer_mobile);
  }
  return facts;
}

void insert_message(db::Connection& connection, const TicketRecord& ticket, const NotificationCause& cause,
                    const workflow::Send& send, const workflow::Rendered& text, Instant now) {
  const std::string channel(domain::to_text(send.channel));
  const std::string audience(domain::to_text(send.recipient));
  const std::string dedupe_key = cause.event_id + ":" + send.rule + ":" + audience + ":" + channel;
  // A message that an earlier call wrote for the same event stays as it is.
  static const std::string insert_sql =
      "INSERT INTO notifications (notification_id, ticket_id, dedupe_key, rule, trigger_on, audience, "
      "channel, "
      "recipient, language, subject, body, state, attempts, due_at, created_at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', 0, ?, ?) ";
  connection.execute(
      insert_sql + connection.dialect().upsert("dedupe_key", {}),
      {new_uuid(now), ticket.ticket_id, dedupe_key, send.rule, domain::to_text(cause.occasion), audience,
       channel, send.address, send.language, domain::truncate_code_points(text.subject, kSubjectLimit),
       domain::truncate_code_points(text.body, kBodyLimit), to_epoch_ms(now), to_epoch_ms(now)});
}

/// Why a ticket was rejected: only its history keeps that.
std::string reason_of_rejection(db::Connection& connection, const std::string& ticket_id) {
  const db::Rows rows = connection.query(
      "SELECT data FROM ticket_events WHERE ticket_id = ? AND type = 'rejected' ORDER BY number DESC LIMIT 1",
      {ticket_id});
  if (rows.empty()) return {};
  const auto data = nlohmann::json::parse(rows.front().text("data"), nullptr, false);
  return data.is_object() ? data.value("reason", "") : "";
}

void enqueue(db::Connection& connection, const TicketRecord& ticket, const settings::Settings& settings,
             const NotificationCause& cause, std::optional<settings::Recipient> only, Instant now) {
  for (const workflow::Send& send :
       workflow::sends_for(settings, cause.occasion, facts_of(ticket, settings))) {
    if (only && send.recipient != *only) continue;
    const auto text = workflow::render(*send.message_template, send.language,
                                       values_for(ticket, settings, cause.reason_id, send));
    insert_message(connection, ticket, cause, send, text, now);
  }
}

}  // namespace

void enqueue_notifications(db::Connection& connection, const TicketRecord& ticket,
                           const settings::Settings& settings, const NotificationCause& cause, Instant now) {
  enqueue(connection, ticket, settings, cause, std::nullopt, now);
}

void readdress_customer_notifications(db::Connection& connection, const TicketRecord& ticket,
                                      const settings::Settings& settings, const std::string& event_id,
                                      Instant now) {
  const db::Rows waiting = connection.query(
      "SELECT DISTINCT trigger_on FROM notifications WHERE ticket_id = ? AND audience = 'customer' AND state "
      "= 'pending'",
      {ticket.ticket_id});
  if (waiting.empty()) return;
  connection.execute(
      "UPDATE notifications SET state = 'cancelled', last_error = 'customer_changed' "
      "WHERE ticket_id = ? AND audience = 'customer' AND state = 'pending'",
      {ticket.ticket_id});
  for (const db::Row row : waiting) {
    const auto occasion = domain::from_text<settings::Occasion>(row.text("trigger_on"));
    if (!occasion) continue;
    const std::string reason = *occasion == settings::Occasion::rejected
                                   ? reason_of_rejection(connection, ticket.ticket_id)
                                   : std::string();
    enqueue(connection, ticket, settings, {*occasion, event_id + ":" + row.text("trigger_on"), reason},
            settings::Recipient::customer, now);
  }
}

void cancel_notifications(db::Connection& connection, const std::string& ticket_id, const std::string& why) {
  connection.execute(
      "UPDATE notifications SET state = 'cancelled', last_error = ? WHERE ticket_id = ? AND state = "
      "'pending'",
      {why, ticket_id});
}

}  // namespace ccms::server
