#include "server/notify/escalation_notices.h"

#include <algorithm>
#include <set>

#include "core/workflow/notifications.h"
#include "server/notify/message_values.h"
#include "server/store/message_writer.h"

namespace ccms::server {
namespace {

using settings::MessageChannel;

/// Where a step's message goes.
struct Address {
  MessageChannel channel;
  std::string to;

  auto operator<=>(const Address&) const = default;
};

bool goes_by(const settings::EscalationNotice& notice, MessageChannel channel) {
  return std::find(notice.channels.begin(), notice.channels.end(), channel) != notice.channels.end();
}

/// Each address once, whoever it belongs to.
std::set<Address> addresses_of(const TakenStep& step) {
  const auto& notice = step.due.step->notify;
  std::set<Address> addresses;
  const auto add = [&](MessageChannel channel, const std::string& to) {
    if (goes_by(notice, channel)) addresses.insert({channel, to});
  };
  for (const auto& person : step.people) {
    if (person.email) add(MessageChannel::email, *person.email);
  }
  for (const auto& to : notice.addresses)
    add(to.find('@') == std::string::npos ? MessageChannel::sms : MessageChannel::email, to);
  return addresses;
}

const workflow::TatStatus* status_of(const TicketClocks& clocks, const workflow::StepKey& key) {
  const auto found = std::find_if(clocks.statuses.begin(), clocks.statuses.end(), [&](const auto& status) {
    return status.tat == key.tat && status.role == key.role && status.clock == key.clock;
  });
  return found == clocks.statuses.end() ? nullptr : &*found;
}

MessageValues values_of(const TicketRecord& ticket, const TicketClocks& clocks, const TakenStep& step,
                        const std::string& language) {
  const auto& settings = clocks.under->settings;
  auto values = message_values(ticket, settings, language, settings::Recipient::department);
  if (const auto* tat = settings::find_by_id(settings.tats, step.due.key.tat))
    values["turn_around_time"] = tat->name.in(language);
  const auto* status = status_of(clocks, step.due.key);
  if (status != nullptr && status->deadline)
    values["deadline"] = local_time(ticket, settings, to_epoch_ms(*status->deadline));
  return values;
}

}  // namespace

void enqueue_escalation_notices(db::Connection& connection, const TicketRecord& ticket,
                                const TicketClocks& clocks, const TakenStep& step, Instant now) {
  const auto& settings = clocks.under->settings;
  const auto* message =
      settings::find_by_id(settings.notifications.templates, step.due.step->notify.message_template);
  if (message == nullptr) return;  // the step tells nobody
  const auto& language = settings.form.languages.front();
  const auto text = workflow::render(*message, language, values_of(ticket, clocks, step, language));
  int number = 0;
  for (const auto& address : addresses_of(step)) {
    insert_message(connection,
                   {ticket.ticket_id, step.event_id + ":" + std::to_string(++number), step.due.key.step,
                    "escalated", "staff", std::string(domain::to_text(address.channel)), address.to, language,
                    text, step.due.tell_at},
                   now);
  }
}

}  // namespace ccms::server
