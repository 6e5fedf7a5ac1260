#include "plugin/app/ui_events.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace ccms::plugin::app {
namespace {

constexpr std::size_t kLimit = 1000;

}  // namespace

void UiEvents::status_changed() { push(R"({"type":"status"})"); }

void UiEvents::ticket_updated(const std::string& ticket_id, const std::string& code) {
  push(nlohmann::json{{"type", "ticket_updated"}, {"ticket_id", ticket_id}, {"code", code}}.dump());
}

void UiEvents::request_done(const std::string& request_id) {
  push(nlohmann::json{{"type", "request_done"}, {"request_id", request_id}}.dump());
}

void UiEvents::rejected(const std::string& event_id, const std::string& ticket_id,
                        const std::string& message) {
  push(nlohmann::json{
      {"type", "rejected"}, {"event_id", event_id}, {"ticket_id", ticket_id}, {"message", message}}
           .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

void UiEvents::scanned(const std::string& form_id, const std::string& text) {
  push(nlohmann::json{{"type", "scanned"}, {"form_id", form_id}, {"text", text}}.dump());
}

void UiEvents::push(std::string event) {
  {
    const std::lock_guard lock(mutex_);
    const bool told = std::find(events_.begin(), events_.end(), event) != events_.end();
    // A host that never asks must not make us grow; everything told here can be read with other calls too.
    if (!told && events_.size() < kLimit) events_.push_back(std::move(event));
  }
  host_.request_ui_callback();
}

std::string UiEvents::drain() {
  std::vector<std::string> events;
  {
    const std::lock_guard lock(mutex_);
    events.swap(events_);
  }
  std::string reply = R"({"events":[)";
  for (const auto& event : events) {
    if (reply.back() != '[') reply += ',';
    reply += event;
  }
  return reply + "]}";
}

}  // namespace ccms::plugin::app
