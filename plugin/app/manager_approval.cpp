#include "plugin/app/manager_approval.h"

#include <nlohmann/json.hpp>

#include "core/wire/ticket_json.h"
#include "core/wire/ticket_reader.h"

namespace ccms::plugin::app {
namespace {

struct Answer {
  bool approved = false;
  std::optional<domain::Clerk> manager;
};

Answer read(const wire::Node& node) {
  return wire::read_object<Answer, wire::UnknownMembers::passed_over>(
      node, [](wire::ObjectReader& object, Answer& answer) {
        object.required("approved", answer.approved, wire::boolean);
        if (answer.approved) object.required("manager", answer.manager, wire::read_clerk);
      });
}

std::string question(const OwnTicket& own, const std::optional<std::string>& reason) {
  const auto code = domain::TicketCode::parse(own.ticket.code);
  return (code ? code->display() : own.ticket.code) + ": " + reason.value_or("");
}

}  // namespace

domain::Result<domain::Clerk> ask_manager(const Till& till, const std::string& reason,
                                          const std::optional<domain::Remedy>& remedy) {
  nlohmann::ordered_json asked{{"reason", reason}};
  if (remedy) asked.update(wire::to_json(*remedy));
  const auto reply = till.host.ask_manager(asked.dump());
  if (!reply) return reply.error();
  const auto answer = wire::read_document(*reply, read);
  if (!answer) {
    till.host.log(LogLevel::host_misbehaving,
                  "the manager's answer cannot be read: " + answer.errors.front().message);
    return domain::Error{"unavailable", "the manager's answer cannot be read", {}};
  }
  if (!answer->approved) return domain::Error{"refused", "the manager has not approved this", {}};
  return *answer->manager;
}

domain::Result<std::optional<domain::Clerk>> approval_of_late_change(
    const Till& till, const OwnTicket& own, const std::optional<std::string>& reason) {
  if (!till.host.asks_managers() || in_free_window(till, own)) return std::optional<domain::Clerk>();
  auto manager = ask_manager(till, question(own, reason));
  if (!manager) return manager.error();
  return std::optional<domain::Clerk>(*std::move(manager));
}

}  // namespace ccms::plugin::app
