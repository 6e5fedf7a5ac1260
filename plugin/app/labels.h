#pragma once

#include <string_view>

namespace ccms::plugin::app {

/// The plugin's own words, in the languages that it speaks. A chain's words are in its settings.
enum class Label {
  add_ticket,
  search,
  tickets_and_feedback,
  ticket,
  your_code,
  date,
  kind,
  category,
  customer,
  receipt,
  follow_up,
  confidential_note,
  training,
  complaint,
  suggestion,
  service,
  task,
  goods_received,
  answer_by
};

/// In `language`, or in English when the plugin does not speak it.
std::string_view label(Label which, std::string_view language);

}  // namespace ccms::plugin::app
