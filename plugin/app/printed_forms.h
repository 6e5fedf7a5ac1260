#pragma once

#include <cstddef>
#include <deque>
#include <string>

namespace ccms::plugin::app {

/// The forms whose slips have been printed, so that a double tap does not print twice. In memory: after a
/// crash nobody knows whether the paper came, and a second slip is better than none. UI thread alone.
class PrintedForms {
 public:
  bool contains(const std::string& form_id) const {
    for (const auto& printed : forms_)
      if (printed == form_id) return true;
    return false;
  }
  void add(const std::string& form_id) {
    if (contains(form_id)) return;
    if (forms_.size() >= kLimit) forms_.pop_front();
    forms_.push_back(form_id);
  }

 private:
  static constexpr std::size_t kLimit = 100;  // a double tap follows at once

  std::deque<std::string> forms_;
};

}  // namespace ccms::plugin::app
