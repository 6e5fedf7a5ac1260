#include "plugin/app/labels.h"

#include <array>

namespace ccms::plugin::app {
namespace {

struct Words {
  Label which;
  std::string_view en;
  std::string_view de;
};

constexpr std::array kWords{
    Words{Label::add_ticket, "Add Ticket", "Ticket anlegen"},
    Words{Label::search, "Search", "Suchen"},
    Words{Label::tickets_and_feedback, "Tickets and Feedback", "Tickets und Feedback"},
    Words{Label::ticket, "Customer ticket", "Kundenticket"},
    Words{Label::your_code, "Your code", "Ihr Code"},
    Words{Label::date, "Date", "Datum"},
    Words{Label::kind, "Concern", "Anliegen"},
    Words{Label::category, "Subject", "Thema"},
    Words{Label::customer, "Customer", "Kunde"},
    Words{Label::receipt, "Receipt", "Bon"},
    Words{Label::follow_up, "Follow up at", "Stand abfragen unter"},
    Words{Label::confidential_note, "Your message is treated in confidence.",
          "Ihre Mitteilung wird vertraulich behandelt."},
    Words{Label::training, "TRAINING - NOT VALID", "SCHULUNG - UNGÜLTIG"},
    Words{Label::complaint, "Complaint", "Reklamation"},
    Words{Label::suggestion, "Suggestion", "Anregung"},
    Words{Label::service, "Service", "Service"},
    Words{Label::task, "Task", "Aufgabe"},
    Words{Label::goods_received, "Goods received", "Ware angenommen"},
    Words{Label::answer_by, "You hear from us by", "Sie hören von uns bis"},
};

}  // namespace

std::string_view label(Label which, std::string_view language) {
  for (const auto& words : kWords) {
    if (words.which == which) return language.substr(0, 2) == "de" ? words.de : words.en;
  }
  return {};
}

}  // namespace ccms::plugin::app
