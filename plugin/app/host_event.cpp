#include "plugin/app/host_event.h"

#include <array>

#include "core/domain/enum_text.h"
#include "core/wire/json_reader.h"

namespace ccms::plugin::app {

enum class HostEventType { transaction, suspend, resume, network, clock_changed, clerk_changed, scan };

}  // namespace ccms::plugin::app

template <>
inline constexpr std::array ccms::domain::kEnumNames<ccms::plugin::app::HostEventType> = {
    ccms::domain::EnumName<ccms::plugin::app::HostEventType>{ccms::plugin::app::HostEventType::transaction,
                                                             "transaction"},
    ccms::domain::EnumName<ccms::plugin::app::HostEventType>{ccms::plugin::app::HostEventType::suspend,
                                                             "suspend"},
    ccms::domain::EnumName<ccms::plugin::app::HostEventType>{ccms::plugin::app::HostEventType::resume,
                                                             "resume"},
    ccms::domain::EnumName<ccms::plugin::app::HostEventType>{ccms::plugin::app::HostEventType::network,
                                                             "network"},
    ccms::domain::EnumName<ccms::plugin::app::HostEventType>{ccms::plugin::app::HostEventType::clock_changed,
                                                             "clock_changed"},
    ccms::domain::EnumName<ccms::plugin::app::HostEventType>{ccms::plugin::app::HostEventType::clerk_changed,
                                                             "clerk_changed"},
    ccms::domain::EnumName<ccms::plugin::app::HostEventType>{ccms::plugin::app::HostEventType::scan, "scan"},
};

namespace ccms::plugin::app {
namespace {

struct HostEvent {
  HostEventType type = HostEventType::transaction;
  bool up = true;
};

HostEvent read(const wire::Node& node) {
  return wire::read_object<HostEvent, wire::UnknownMembers::passed_over>(
      node, [](wire::ObjectReader& object, HostEvent& event) {
        object.required("type", event.type, wire::enumeration<HostEventType>);
        object.optional("up", event.up, wire::boolean);
      });
}

}  // namespace

domain::Result<void> on_event(Till& till, std::string_view bytes) {
  const auto parsed = wire::read_document(bytes, read);
  if (!parsed) return parsed.errors.front();
  // The rest is told so that hosts need not change when a later version makes use of it.
  const bool better = parsed->type == HostEventType::resume || parsed->type == HostEventType::clock_changed ||
                      (parsed->type == HostEventType::network && parsed->up);
  if (better) till.wake.try_now();
  return {};
}

}  // namespace ccms::plugin::app
