#include "core/settings/form_labels.h"

#include <array>
#include <stdexcept>

namespace ccms::settings {
namespace {

struct Label {
  std::string_view key;
  std::string_view english;
  std::string_view german;
};

constexpr std::array kLabels = {
    Label{"kind", "Kind", "Art"},
    Label{"kind.complaint", "Complaint", "Reklamation"},
    Label{"kind.suggestion", "Suggestion", "Anregung"},
    Label{"kind.service", "Service", "Service"},
    Label{"kind.task", "Task", "Aufgabe"},
    Label{"ticket", "Ticket", "Vorgang"},
    Label{"department", "Department", "Abteilung"},
    Label{"priority", "Priority", "Priorität"},
    Label{"category", "What is it about?", "Worum geht es?"},
    Label{"details", "What happened?", "Was ist passiert?"},
    Label{"outcome_sought", "The customer would like", "Die Kundin oder der Kunde möchte"},
    Label{"outcome_sought.refund", "a refund", "eine Erstattung"},
    Label{"outcome_sought.exchange", "an exchange", "einen Umtausch"},
    Label{"outcome_sought.repair", "a repair", "eine Reparatur"},
    Label{"outcome_sought.apology", "an apology", "eine Entschuldigung"},
    Label{"outcome_sought.information", "information", "eine Auskunft"},
    Label{"outcome_sought.other", "something else", "etwas anderes"},
    Label{"consent_to_contact", "May be contacted about this", "Darf dazu kontaktiert werden"},
    Label{"confidential", "Confidential", "Vertraulich"},
    Label{"collect_at", "Collect at", "Abholung in"},
    Label{"custom", "More", "Weiteres"},
    Label{"complainant", "Customer", "Kundin oder Kunde"},
    Label{"complainant.kind", "Who complains?", "Wer meldet sich?"},
    Label{"complainant.kind.member", "Loyalty member", "Mit Kundenkarte"},
    Label{"complainant.kind.contact", "With contact details", "Mit Kontaktdaten"},
    Label{"complainant.kind.anonymous", "Anonymous", "Anonym"},
    Label{"complainant.kind.organisation", "Organisation", "Organisation"},
    Label{"complainant.name", "Name", "Name"},
    Label{"complainant.mobile", "Mobile", "Mobilnummer"},
    Label{"complainant.email", "E-mail", "E-Mail"},
    Label{"complainant.organisation", "Organisation", "Organisation"},
    Label{"proof", "Proof of purchase", "Kaufnachweis"},
    Label{"proof.kind", "Proof", "Nachweis"},
    Label{"proof.kind.looked_up", "Looked up at the till", "An der Kasse gefunden"},
    Label{"proof.kind.typed", "Typed from the receipt", "Vom Bon abgetippt"},
    Label{"proof.kind.none", "None", "Keiner"},
    Label{"proof.reason", "Why is there none?", "Warum gibt es keinen?"},
    Label{"yes", "Yes", "Ja"},
    Label{"no", "No", "Nein"},
    Label{"filter.code", "Ticket code", "Vorgangsnummer"},
    Label{"filter.customer_number", "Customer number", "Kundennummer"},
    Label{"filter.status", "Status", "Status"},
    Label{"filter.created_from", "Created from", "Erstellt ab"},
    Label{"filter.created_to", "Created until", "Erstellt bis"},
    Label{"filter.text", "Words", "Wörter"},
    Label{"filter.store", "Store", "Filiale"},
    Label{"filter.assignee", "Assigned to", "Zugewiesen an"},
    Label{"filter.verification", "Verification", "Prüfung"},
    Label{"filter.verification.verified", "Verified", "Bestätigt"},
    Label{"filter.verification.pending", "Pending", "Ausstehend"},
    Label{"filter.verification.mismatch", "Mismatch", "Abweichung"},
    Label{"filter.verification.unverified", "Unverified", "Ungeprüft"},
    Label{"filter.verification.rejected", "Rejected", "Abgelehnt"},
};

const Label* find_label(std::string_view key) noexcept {
  for (const Label& label : kLabels) {
    if (label.key == key) return &label;
  }
  return nullptr;
}

}  // namespace

std::string form_label(const FormSettings& settings, std::string_view key, std::string_view language) {
  if (const auto own = settings.labels.find(key); own != settings.labels.end())
    return own->second.in(language);
  const Label* label = find_label(key);
  if (label == nullptr) throw std::logic_error("no form label " + std::string(key));
  const bool known = language == "en" || language == "de";
  const std::string_view shown =
      known || settings.languages.empty() ? language : std::string_view(settings.languages.front());
  return std::string(shown == "de" ? label->german : label->english);
}

bool is_form_label(std::string_view key) noexcept { return find_label(key) != nullptr; }

}  // namespace ccms::settings
