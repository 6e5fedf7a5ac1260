#include "settings/sample-chain/generator/requests.h"

#include <algorithm>
#include <array>

#include "settings/sample-chain/generator/complaint_texts.h"

namespace ccms::sample_chain {
namespace {

using domain::ComplainantKind;
using domain::IdentifierType;
using domain::TicketKind;

struct Subject {
  std::string_view category;
  TicketKind kind;
  int weight;
  bool about_goods;
};

constexpr std::array kInMarkets = {
    Subject{"spoiled_food", TicketKind::complaint, 24, true},
    Subject{"wrong_price", TicketKind::complaint, 24, true},
    Subject{"missing_item", TicketKind::complaint, 10, true},
    Subject{"defective", TicketKind::complaint, 8, true},
    Subject{"staff_behaviour", TicketKind::complaint, 5, false},
    Subject{"loyalty_points", TicketKind::service, 8, false},
    Subject{"store_condition", TicketKind::complaint, 7, false},
    Subject{"assortment", TicketKind::suggestion, 8, false},
    Subject{"other", TicketKind::task, 3, false},
    Subject{"delivery", TicketKind::complaint, 3, true},
};

constexpr std::array kInElectronics = {
    Subject{"defective", TicketKind::complaint, 40, true},
    Subject{"defective", TicketKind::service, 12, true},
    Subject{"delivery", TicketKind::complaint, 16, true},
    Subject{"wrong_price", TicketKind::complaint, 8, true},
    Subject{"missing_item", TicketKind::complaint, 10, true},
    Subject{"staff_behaviour", TicketKind::complaint, 4, false},
    Subject{"loyalty_points", TicketKind::service, 5, false},
    Subject{"other", TicketKind::service, 5, false},
};

template <class Subjects>
const Subject& weighted(const Subjects& subjects, Random& random) {
  int total = 0;
  for (const Subject& subject : subjects) total += subject.weight;
  int rest = random.between(1, total);
  for (const Subject& subject : subjects) {
    rest -= subject.weight;
    if (rest <= 0) return subject;
  }
  return subjects.back();
}

bool is_about_goods(std::string_view category) {
  return std::any_of(kInMarkets.begin(), kInMarkets.end(), [&](const Subject& subject) {
    return subject.about_goods && subject.category == category;
  });
}

/// The first line from a random one on that could spoil or break, as the category has it.
std::size_t fitting_line(const Sale& sale, std::string_view category, Random& random) {
  const std::size_t start = random.below(sale.products.size());
  for (std::size_t i = 0; i < sale.products.size(); ++i) {
    const std::size_t line = (start + i) % sale.products.size();
    const Aisle aisle = sale.products[line]->aisle;
    if (category == "spoiled_food" && aisle != Aisle::fresh) continue;
    if (category == "defective" && aisle != Aisle::electronics && aisle != Aisle::household) continue;
    return line;
  }
  return sale.products.size();
}

std::string serial_number(Random& random) {
  static constexpr std::string_view kSymbols = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";
  std::string out = "SN-";
  for (int i = 0; i < 10; ++i) out += random.pick(kSymbols);
  return out;
}

}  // namespace

void RequestMaker::choose_subject(domain::TicketContent& content, const Sale& sale) {
  const settings::Store& store = *settings_.find_store(sale.transaction.store.str());
  const bool technik = store.concept_id == "technik";
  const Subject* subject = technik ? &weighted(kInElectronics, random_) : &weighted(kInMarkets, random_);
  line_ = fitting_line(sale, subject->category, random_);
  if (line_ == sale.products.size()) {  // nothing in the basket fits: then the price was wrong
    line_ = 0;
    content.kind = TicketKind::complaint;
    content.ticket.category = domain::CategoryId("wrong_price");
    return;
  }
  content.kind = subject->kind;
  content.ticket.category = domain::CategoryId(std::string(subject->category));
}

void RequestMaker::describe(domain::TicketContent& content, const Person& person, const Sale& sale) {
  domain::TicketFields& ticket = content.ticket;
  ticket.details = complaint_text(ticket.category->str(), *sale.products[line_], person.language, random_);
  if (random_.chance(25)) ticket.priority = domain::PriorityId(random_.chance(70) ? "medium" : "high");
  if (random_.chance(10)) {
    ticket.department = domain::DepartmentId(random_.pick(settings_.form.departments).id);
  }
  if (random_.chance(60) && is_about_goods(ticket.category->str())) {
    static constexpr std::array kOutcomes = {domain::OutcomeSought::refund, domain::OutcomeSought::exchange,
                                             domain::OutcomeSought::repair};
    const bool repairable = ticket.category->str() == "defective";
    ticket.outcome_sought = kOutcomes[random_.below(repairable ? kOutcomes.size() : kOutcomes.size() - 1)];
  }
  ticket.consent_to_contact = random_.chance(90);
  ticket.confidential = ticket.category->str() == "staff_behaviour";
}

void RequestMaker::add_custom_values(domain::TicketContent& content, const Sale& sale) {
  const std::string& category = content.ticket.category->str();
  const auto& line = sale.transaction.lines[line_];
  if (category == "defective") {
    if (sale.products[line_]->aisle == Aisle::electronics)
      put(content, "serial_number", serial_number(random_));
    put(content, "photos_taken", random_.chance(40));
    static constexpr std::array<std::string_view, 4> kWishes = {"money_back", "replacement", "repair",
                                                                "voucher"};
    put(content, "compensation_wish", std::string(random_.pick(kWishes)));
  } else if (category == "wrong_price") {
    const std::int64_t shelf = std::max<std::int64_t>(10, std::abs(line.amount.amount) / 5);
    put(content, "amount_disputed", domain::Money{shelf, settings_.form.currency});
  } else if (category == "missing_item") {
    put(content, "missing_count", static_cast<double>(random_.between(1, 2)));
  } else if (category == "spoiled_food") {
    const bool unwell = random_.chance(15);
    put(content, "felt_unwell", unwell);
    if (unwell) {
      put(content, "allergy",
          std::string(content.language == "de" ? "Übelkeit am Abend" : "Felt sick in the evening"));
    }
  }
  if (random_.chance(20)) {
    put(content, "contact_times",
        random_.chance(50) ? std::vector<std::string>{"morning", "midday"}
                           : std::vector<std::string>{"evening"});
  }
}

void RequestMaker::add_people(domain::TicketContent& content, const Person& person) {
  domain::Complainant& complainant = content.complainant;
  const int kind = random_.between(1, 100);
  if (kind <= 8) return;  // anonymous
  complainant.kind = kind <= 84   ? ComplainantKind::member
                     : kind <= 95 ? ComplainantKind::contact
                                  : ComplainantKind::organisation;
  complainant.name = person.customer.name;
  if (const auto* mobile = person.identifier(IdentifierType::mobile)) complainant.mobile = *mobile;
  if (const auto* email = person.identifier(IdentifierType::email)) complainant.email = *email;
  if (complainant.kind == ComplainantKind::organisation) {
    static constexpr std::array<std::string_view, 4> kOrganisations = {
        "Kita Regenbogen e.V.", "Café Klatsch GmbH", "Harbour Hotel Ltd", "Elm Street School"};
    complainant.organisation = std::string(random_.pick(kOrganisations));
  }
  if (complainant.kind == ComplainantKind::member) content.customer = person.customer;
}

void RequestMaker::add_proof(domain::TicketContent& content, const Sale& sale) {
  if (!is_about_goods(content.ticket.category->str())) {
    content.proof = {domain::ProofKind::none, domain::ReasonId("no_purchase")};
    return;
  }
  const int kind = random_.between(1, 100);
  if (kind > 92) {
    content.proof = {domain::ProofKind::none, domain::ReasonId(kind > 96 ? "gift" : "lost_receipt")};
    return;
  }
  content.proof.kind = kind <= 82 ? domain::ProofKind::looked_up : domain::ProofKind::typed;
  content.transaction = sale.transaction;
  auto& line = content.transaction->lines[line_];
  line.affected_quantity = line.quantity;
  if (const auto serial = content.ticket.custom.find(domain::FieldId("serial_number"));
      serial != content.ticket.custom.end()) {
    line.serial = std::get<std::string>(serial->second);
  }
}

domain::TicketContent RequestMaker::make(const Person& person, const Sale& sale) {
  domain::TicketContent content;
  content.language = person.language;
  choose_subject(content, sale);
  describe(content, person, sale);
  add_custom_values(content, sale);
  add_people(content, person);
  add_proof(content, sale);
  return content;
}

}  // namespace ccms::sample_chain
