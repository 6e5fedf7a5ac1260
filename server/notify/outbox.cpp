#include "server/notify/outbox.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/phone/phone.h"
#include "core/workflow/notifications.h"
#include "server/notify/message_values.h"
#include "server/staff/roles.h"
#include "server/staff/standings.h"
#include "server/store/message_writer.h"
#include "server/store/phone_region.h"
#include "server/store/sql_fragment.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

std::string reason_in(const settings::Settings& settings, const std::string& id,
                      const std::string& language) {
  const auto* reason = settings::find_by_id(settings.rejection_reasons, id);
  return reason ? reason->label.in(language) : id;
}

/// Nothing for somebody who does not work there any more: the ticket may have moved on, or they may.
std::string email_of_assignee(db::Connection& connection, const TicketRecord& ticket,
                              const settings::Settings& settings) {
  if (!ticket.assignee) return {};
  const auto user = UserStore(connection).find(*ticket.assignee);
  if (!user || !user->enabled) return {};
  const auto standings = standings_of(user->roles, &settings);
  return may_towards(standings, settings::Permission::tickets_view, ticket) ? user->email.value_or("") : "";
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

/// Why a ticket was rejected: only its history keeps that.
std::string reason_of_rejection(db::Connection& connection, const std::string& ticket_id) {
  const db::Rows rows = connection.query(
      "SELECT data FROM ticket_events WHERE ticket_id = ? AND type = 'rejected' ORDER BY number DESC LIMIT 1",
      {ticket_id});
  if (rows.empty()) return {};
  const auto data = nlohmann::json::parse(rows.front().text("data"), nullptr, false);
  return data.is_object() ? data.value("reason", "") : "";
}

/// Cancels what has not left yet of a ticket's messages; `more` narrows which.
void cancel(db::Connection& connection, const std::string& ticket_id, const std::string& why,
            const SqlFragment& more = {}) {
  SqlFragment sql;
  sql.add("UPDATE notifications SET state = 'cancelled', last_error = ?", why)
      .add(" WHERE state = 'pending' AND ticket_id = ?", ticket_id)
      .add(more);
  connection.execute(sql.text, sql.params);
}

/// The code of the ticket that this one was merged into.
std::string answering_code(db::Connection& connection, const TicketRecord& ticket) {
  const auto into = ticket.merged_into ? load_ticket(connection, *ticket.merged_into) : std::nullopt;
  return into ? shown_code(into->code) : std::string();
}

void enqueue(db::Connection& connection, const TicketRecord& ticket, const settings::Settings& settings,
             const NotificationCause& cause, std::optional<settings::Recipient> only, Instant now) {
  const workflow::NotificationMoment moment{cause.occasion, cause.step};
  const auto rules = workflow::rules_for(settings, moment);
  if (rules.empty()) return;  // as for most steps: nothing to look up
  auto facts = facts_of(ticket, settings);
  if (std::any_of(rules.begin(), rules.end(),
                  [](const auto* rule) { return rule->to == settings::Recipient::assignee; }))
    facts.assignee_email = email_of_assignee(connection, ticket, settings);
  const std::string merged_into =
      cause.occasion == settings::Occasion::merged ? answering_code(connection, ticket) : std::string();
  for (const workflow::Send& send : workflow::sends_for(settings, moment, facts)) {
    if (only && send.recipient != *only) continue;
    // Staff work on the ticket that answers for it.
    if (ticket.merged_into && send.recipient != settings::Recipient::customer) continue;
    auto values = message_values(ticket, settings, send.language, send.recipient);
    const bool hidden = ticket.confidential && send.recipient != settings::Recipient::customer;
    if (!cause.reason_id.empty() && !hidden)
      values["reason"] = reason_in(settings, cause.reason_id, send.language);
    if (!merged_into.empty()) values["merged_into"] = merged_into;
    const auto text = workflow::render(*send.message_template, send.language, values);
    const std::string audience(domain::to_text(send.recipient));
    const std::string channel(domain::to_text(send.channel));
    insert_message(connection,
                   {ticket.ticket_id, cause.event_id + ":" + send.rule + ":" + audience + ":" + channel,
                    send.rule, std::string(domain::to_text(cause.occasion)), cause.step, audience, channel,
                    send.address, send.language, text, now},
                   now);
  }
}

}  // namespace

void enqueue_notifications(db::Connection& connection, const TicketRecord& ticket,
                           const settings::Settings& settings, const NotificationCause& cause, Instant now) {
  enqueue(connection, ticket, settings, cause, std::nullopt, now);
}

void enqueue_department_notifications(db::Connection& connection, const TicketRecord& ticket,
                                      const settings::Settings& settings, const NotificationCause& cause,
                                      Instant now) {
  enqueue(connection, ticket, settings, cause, settings::Recipient::department, now);
}

void readdress_customer_notifications(db::Connection& connection, const TicketRecord& ticket,
                                      const settings::Settings& settings, const std::string& event_id,
                                      Instant now) {
  const db::Rows waiting = connection.query(
      "SELECT DISTINCT trigger_on, step FROM notifications WHERE ticket_id = ? AND audience = 'customer' AND "
      "state "
      "= 'pending'",
      {ticket.ticket_id});
  if (waiting.empty()) return;
  cancel(connection, ticket.ticket_id, "customer_changed", {" AND audience = 'customer'", {}});
  for (const db::Row row : waiting) {
    const auto occasion = domain::from_text<settings::Occasion>(row.text("trigger_on"));
    // Whose ticket it goes on in was known of the former customer alone.
    if (!occasion || *occasion == settings::Occasion::merged) continue;
    const std::string reason = *occasion == settings::Occasion::rejected
                                   ? reason_of_rejection(connection, ticket.ticket_id)
                                   : std::string();
    enqueue(connection, ticket, settings,
            {*occasion, row.text("step"), event_id + ":" + row.text("trigger_on") + row.text("step"), reason},
            settings::Recipient::customer, now);
  }
}

void cancel_staff_notifications(db::Connection& connection, const std::string& ticket_id,
                                const std::string& why) {
  cancel(connection, ticket_id, why, {" AND audience = 'staff'", {}});
}

void cancel_notifications_on(db::Connection& connection, const std::string& ticket_id,
                             settings::Occasion occasion, const std::string& why) {
  cancel(connection, ticket_id, why, {" AND trigger_on = ?", {std::string(domain::to_text(occasion))}});
}

void cancel_notifications(db::Connection& connection, const std::string& ticket_id, const std::string& why) {
  cancel(connection, ticket_id, why);
}

}  // namespace ccms::server
