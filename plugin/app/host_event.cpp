#include "plugin/app/host_event.h"

#include <array>

#include "core/domain/enum_text.h"
#include "core/wire/json_reader.h"

namespace ccms::plugin::app {

enum class HostEventType {
  transaction,
  suspend,
  resume,
  network,
  clock_changed,
  clerk_changed,
  scan,
  form_closed
};

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
    ccms::domain::EnumName<ccms::plugin::app::HostEventType>{ccms::plugin::app::HostEventType::form_closed,
                                                             "form_closed"},
};

namespace ccms::plugin::app {
namespace {

struct HostEvent {
  HostEventType type = HostEventType::transaction;
  bool up = true;
  std::string text;  ///< of a scan
};

HostEvent read(const wire::Node& node) {
  return wire::read_object<HostEvent, wire::UnknownMembers::passed_over>(
      node, [](wire::ObjectReader& object, HostEvent& event) {
        object.required("type", event.type, wire::enumeration<HostEventType>);
        object.optional("up", event.up, wire::boolean);
        if (event.type == HostEventType::scan) object.optional("text", event.text, wire::short_text);
      });
}

/// After these the clerk who opened the form is no longer at it.
bool ends_form(HostEventType type) {
  return type == HostEventType::form_closed || type == HostEventType::suspend ||
         type == HostEventType::clerk_changed;
}

}  // namespace

domain::Result<void> on_event(Till& till, std::string_view bytes) {
  const auto parsed = wire::read_document(bytes, read);
  if (!parsed) return parsed.errors.front();
  // The rest is told so that hosts need not change when a later version makes use of it.
  const bool better = parsed->type == HostEventType::resume || parsed->type == HostEventType::clock_changed ||
                      (parsed->type == HostEventType::network && parsed->up);
  if (better) till.wake.try_now();
  if (ends_form(parsed->type)) till.scanner.give_back();
  if (!parsed->text.empty() && !till.scanner.form_id().empty())
    till.events.scanned(till.scanner.form_id(), parsed->text);
  return {};
}

}  // namespace ccms::plugin::app
