#pragma once

#include <string_view>

#include "core/settings/settings.h"

namespace ccms::sample_chain {

/// What is spoken in the chain: by customers, on receipts and shelves, in the notes of the staff.
enum class Speech {
  local,    ///< as in the country of the store
  english,  ///< everywhere, for whoever looks at the chain in English
};

/// "en" or "de".
inline std::string_view language_in(const settings::Region& region, Speech speech) {
  return speech == Speech::local && region.id == "germany" ? "de" : "en";
}

}  // namespace ccms::sample_chain
