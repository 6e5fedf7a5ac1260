#include "server/notify/escalation_notices.h"

#include <algorithm>
#include <map>

#include "core/domain/text.h"
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

/// Each address once, with what the history calls whoever it belongs to.
std::map<Address, std::string> addresses_of(const TakenStep& taken) {
  const auto& notice = taken.step.notify;
  std::map<Address, std::string> addresses;
  const auto add = [&](MessageChannel channel, const std::string& to, const std::string& name) {
    if (std::find(notice.channels.begin(), notice.channels.end(), channel) != notice.channels.end())
      addresses.emplace(Address{channel, to}, name);
  };
  for (const auto& person : taken.people) {
    if (person.email) add(MessageChannel::email, *person.email, person.name);
  }
  for (const auto& to : notice.addresses) {
    const bool is_mail = to.find('@') != std::string::npos;
    add(is_mail ? MessageChannel::email : MessageChannel::sms, to, domain::mask_address(to));
  }
  return addresses;
}

const workflow::TatStatus* status_of(const TicketClocks& clocks, const workflow::StepKey& key) {
  const auto found = std::find_if(clocks.statuses.begin(), clocks.statuses.end(), [&](const auto& status) {
    return status.tat == key.tat && status.role == key.role && status.clock == key.clock;
  });
  return found == clocks.statuses.end() ? nullptr : &*found;
}

MessageValues values_of(const TicketRecord& ticket, const TicketClocks& clocks, const workflow::StepKey& key,
                        const std::string& language) {
  const auto& settings = clocks.under->settings;
  auto values = message_values(ticket, settings, language, settings::Recipient::department);
  if (const auto* tat = settings::find_by_id(settings.tats, key.tat))
    values["turn_around_time"] = tat->name.in(language);
  const auto* status = status_of(clocks, key);
  if (status != nullptr && status->deadline)
    values["deadline"] = local_time(ticket, settings, to_epoch_ms(*status->deadline));
  return values;
}

}  // namespace

std::vector<std::string> enqueue_escalation_notices(db::Connection& connection, const TicketRecord& ticket,
                                                    const TicketClocks& clocks, const TakenStep& taken,
                                                    const settings::Settings& in_force) {
  const auto& id = taken.step.notify.message_template;
  const auto* message = settings::find_by_id(in_force.notifications.templates, id);
  if (message == nullptr) message = settings::find_by_id(clocks.under->settings.notifications.templates, id);
  if (message == nullptr) return {};  // the step tells nobody
  const auto& language = in_force.form.languages.front();
  const auto text = workflow::render(*message, language, values_of(ticket, clocks, taken.due.key, language));
  std::vector<std::string> told;
  for (const auto& [address, name] : addresses_of(taken)) {
    told.push_back(name);
    insert_message(
        connection,
        {ticket.ticket_id, taken.event_id + ":" + std::to_string(told.size()), taken.due.key.step,
         "escalated", "", "staff", std::string(domain::to_text(address.channel)), address.to, language, text,
         taken.due.tell_at, taken.step.digest && address.channel == MessageChannel::email},
        clocks.at);
  }
  return told;
}

}  // namespace ccms::server
