#pragma once

#include <chrono>
#include <vector>

#include "core/domain/transaction.h"
#include "settings/sample-chain/generator/people.h"
#include "settings/sample-chain/generator/products.h"
#include "settings/sample-chain/generator/store_clock.h"

namespace ccms::sample_chain {

struct Sale {
  domain::Transaction transaction;
  std::size_t buyer = 0;                 ///< index into the people
  std::vector<const Product*> products;  ///< one for each line
};

/// What the people bought in the `days` before `until`, and some dearer things in the year before that; a few
/// brought something back. At least one purchase each, in the order of time.
std::vector<Sale> make_sales(const settings::Settings& settings, const StoreClock& clock,
                             const std::vector<Person>& people, std::chrono::local_days until, int days,
                             Speech speech, Random& random);

}  // namespace ccms::sample_chain
