#include "core/domain/event.h"

#include "core/domain/card_redaction.h"

namespace ccms::domain {
namespace {

void redact(std::string& text) { redact_card_numbers_in(text); }

void redact(std::optional<std::string>& text) {
  if (text) redact(*text);
}

void redact(std::optional<Clerk>& person) {
  if (person) redact(person->name);
}

void redact(Created& created) { redact_card_numbers(created.content); }

void redact(Amended& amended) {
  redact_card_numbers(amended.changes);
  redact(amended.reason);
  redact(amended.approved_by);
}

void redact(Withdrawn& withdrawn) {
  redact(withdrawn.reason);
  redact(withdrawn.approved_by);
}

void redact(Commented& comment) { redact(comment.text); }

void redact(GoodsReceived& goods) {
  for (std::string& accessory : goods.accessories) redact(accessory);
  redact(goods.serial);
  redact(goods.tag);
  redact(goods.shelf);
}

void redact(HandedOver& handed_over) {
  redact(handed_over.to);
  redact(handed_over.note);
}

void redact(Settled& settled) {
  redact(settled.note);
  redact(settled.approved_by);
}

}  // namespace

void redact_card_numbers(CaptureBody& body) {
  std::visit([](auto& event) { redact(event); }, body);
}

}  // namespace ccms::domain
