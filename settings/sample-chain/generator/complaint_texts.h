#pragma once

#include <string>
#include <string_view>

#include "settings/sample-chain/generator/products.h"
#include "settings/sample-chain/generator/random.h"

namespace ccms::sample_chain {

/// What a clerk would write down for a category, in English or German; `product` fills the gap where the text
/// has one.
std::string complaint_text(std::string_view category, const Product& product, std::string_view language,
                           Random& random);

/// What staff would note when they take an action ("verify", "reject", "close", "reopen").
std::string staff_note(std::string_view action, std::string_view language, Random& random);

}  // namespace ccms::sample_chain
