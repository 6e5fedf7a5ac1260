#pragma once

#include <deque>
#include <mutex>
#include <set>
#include <string>

namespace ccms::plugin::app {

/// Tickets of other stores that a clerk has looked up by their codes: only the server's answer says whose
/// they are. Thread-safe; lives in memory, for whoever acts on one has looked it up just before.
class ForeignTickets {
 public:
  void note(const std::string& ticket_id) {
    const std::lock_guard lock(mutex_);
    if (!ids_.insert(ticket_id).second) return;
    order_.push_back(ticket_id);
    if (order_.size() <= kLimit) return;
    ids_.erase(order_.front());
    order_.pop_front();
  }
  bool has(const std::string& ticket_id) const {
    const std::lock_guard lock(mutex_);
    return ids_.contains(ticket_id);
  }

 private:
  static constexpr std::size_t kLimit = 1000;

  mutable std::mutex mutex_;
  std::set<std::string> ids_;
  std::deque<std::string> order_;  // oldest first
};

}  // namespace ccms::plugin::app
