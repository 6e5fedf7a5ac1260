#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/event.h"
#include "core/domain/ticket.h"
#include "core/domain/ticket_code.h"
#include "plugin/app/till_settings.h"

namespace ccms::plugin::app {

struct SlipFacts {
  const domain::TicketCode& code;
  const domain::TicketContent& content;
  domain::Instant created_at;
  bool training = false;
  const domain::GoodsReceived* goods = nullptr;  ///< what was left at the counter, if anything
  std::optional<domain::Instant> answer_by{};    ///< what the customer is promised, if anything
};

/// What the customer takes home: {"title", "chain", "store", "code", "lines", "qr"?, "text"}; `text` fits a
/// printer of 42 columns and begins with the store's name, address, phone and hours. The slip of a
/// confidential ticket says nothing about it.
nlohmann::ordered_json make_slip(const settings::Bundle& settings, const SlipFacts& facts);

/// Breaks text at spaces so that no line has more than `width` code points; longer words are cut.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

}  // namespace ccms::plugin::app
