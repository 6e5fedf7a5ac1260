#pragma once

#include <optional>

#include "core/domain/time.h"
#include "core/settings/bundle.h"
#include "core/workflow/tat.h"

namespace ccms::workflow {

/// A ticket as it begins.
struct Beginning {
  TatFacts facts;
  settings::StateType state = settings::StateType::new_;
  bool pauses_clock = false;
  domain::Instant at;
};

/// By when a ticket that begins so is answered: the earliest deadline on its resolution. Nothing when no
/// turn-around time sets one.
std::optional<domain::Instant> answer_by(const TatRules& rules, const Beginning& beginning);

/// The same at a till, routing included. Nothing either when the bundle does not say how tickets go.
std::optional<domain::Instant> answer_by(const settings::Bundle& bundle, const TatRules& rules,
                                         const domain::TicketFacts& facts, domain::Instant at);

}  // namespace ccms::workflow
