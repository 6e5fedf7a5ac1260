#include "server/notify/message_values.h"

#include "core/domain/ticket_code.h"
#include "core/tz/tz.h"
#include "server/app/clock.h"

namespace ccms::server {
namespace {

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

}  // namespace

std::string shown_code(const std::string& code) {
  const auto parsed = domain::TicketCode::parse(code);
  return parsed ? parsed->display() : code;
}

std::string local_time(const TicketRecord& ticket, const settings::Settings& settings,
                       const std::optional<std::int64_t>& moment_ms) {
  if (!moment_ms) return {};
  const settings::Store* store = store_of(ticket, settings);
  const settings::Region* region = store ? settings.find_region_of_store(store->id) : nullptr;
  const auto text = tz::format_local(region ? region->time_zone : "UTC", from_epoch_ms(*moment_ms));
  return text ? *text : domain::format_rfc3339(from_epoch_ms(*moment_ms));
}

MessageValues message_values(const TicketRecord& ticket, const settings::Settings& settings,
                             const std::string& language, settings::Recipient recipient) {
  MessageValues values;
  values["code"] = shown_code(ticket.code);
  values["link"] = follow_up_link(settings, ticket.code);
  values["department"] = label_of(settings.form.departments, ticket.department, language);
  values["priority"] = label_of(settings.form.priorities, ticket.priority, language);
  values["answer_by"] = local_time(ticket, settings, ticket.answer_by);
  if (const settings::Store* store = store_of(ticket, settings)) {
    values["store_name"] = store->name;
    values["store_hours"] = store->hours.in(language);
    values["store_phone"] = store->phone;
  }
  if (ticket.confidential && recipient != settings::Recipient::customer) return values;
  values["category"] = label_of(settings.form.categories, ticket.category, language);
  values["customer_name"] = ticket.customer_name.value_or("");
  values["details"] = ticket.details;
  values["resolution"] = label_of(settings.resolution_codes, ticket.resolution_code, language);
  return values;
}

}  // namespace ccms::server
