#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "plugin/app/host_port.h"

namespace ccms::plugin::app {

/// News for the host's screen, collected until the host asks. Thread-safe.
class UiEvents {
 public:
  explicit UiEvents(const HostPort& host) : host_(host) {}

  /// Something in status() has changed.
  void status_changed();
  void ticket_updated(const std::string& ticket_id, const std::string& code);
  void request_done(const std::string& request_id);
  void rejected(const std::string& event_id, const std::string& ticket_id, const std::string& message);

  /// What was scanned while this form awaited it.
  void scanned(const std::string& form_id, const std::string& text);

  /// {"events": […]}, oldest first, each told once.
  std::string drain();

 private:
  void push(std::string event);

  const HostPort& host_;
  std::mutex mutex_;
  std::vector<std::string> events_;  // JSON texts; equal ones are told once
};

}  // namespace ccms::plugin::app
