#pragma once

#include <string_view>

#include "core/domain/ticket.h"
#include "settings/sample-chain/generator/sales.h"

namespace ccms::sample_chain {

/// Fills in what a clerk would enter for a customer with this purchase; the settings' form accepts it.
class RequestMaker {
 public:
  RequestMaker(const settings::Settings& settings, Random& random) : settings_(settings), random_(random) {}

  domain::TicketContent make(const Person& person, const Sale& sale);

 private:
  void choose_subject(domain::TicketContent& content, const Sale& sale);
  void describe(domain::TicketContent& content, const Person& person, const Sale& sale);
  void add_custom_values(domain::TicketContent& content, const Sale& sale);
  void add_people(domain::TicketContent& content, const Person& person);
  void add_proof(domain::TicketContent& content, const Sale& sale);

  template <class Value>
  void put(domain::TicketContent& content, std::string_view field, Value value) {
    content.ticket.custom.emplace(domain::FieldId(std::string(field)), std::move(value));
  }

  const settings::Settings& settings_;
  Random& random_;
  std::size_t line_ = 0;  ///< the line of the receipt that is complained about
};

}  // namespace ccms::sample_chain
