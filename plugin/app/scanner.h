#pragma once

#include <string>

#include "plugin/app/host_port.h"

namespace ccms::plugin::app {

/// Whether the host's scanner is ours: while a form is open that does not know its purchase yet, so that what
/// is scanned is looked up for it instead of being sold. UI thread alone.
class Scanner {
 public:
  explicit Scanner(const HostPort& host) : host_(host) {}

  /// Listens for this form; false when the host lets nobody listen.
  bool listen_for(const std::string& form_id) {
    if (form_id_.empty() && !host_.listen_to_scanner(true)) return false;
    form_id_ = form_id;
    return true;
  }
  /// Gives the scanner back, if it was ours.
  void give_back() {
    if (form_id_.empty()) return;
    form_id_.clear();
    host_.listen_to_scanner(false);
  }
  /// The form that awaits a scan, or empty.
  const std::string& form_id() const { return form_id_; }

 private:
  const HostPort& host_;
  std::string form_id_;
};

}  // namespace ccms::plugin::app
