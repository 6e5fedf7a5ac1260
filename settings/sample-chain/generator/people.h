#pragma once

#include <string>
#include <vector>

#include "core/domain/complainant.h"
#include "core/settings/settings.h"
#include "settings/sample-chain/generator/random.h"
#include "settings/sample-chain/generator/speech.h"

namespace ccms::sample_chain {

struct Person {
  domain::Customer customer;  ///< loyalty member with a card, mostly a mobile number, often an e-mail address
  std::string language;       ///< "en" or "de"
  std::string home_store;

  const std::string* identifier(domain::IdentifierType type) const;
};

/// Invented people: names in several scripts, numbers from ranges that the regulators keep for fiction,
/// addresses under example domains. Some share a number, as households do.
std::vector<Person> make_people(const settings::Settings& settings, std::size_t count, Speech speech,
                                Random& random);

/// Three invented clerks of a store, or three people of a department; always the same.
std::vector<domain::Customer> team_of(const std::string& unit);

}  // namespace ccms::sample_chain
