#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/db/connection.h"
#include "core/settings/settings.h"
#include "server/store/ticket_record.h"

namespace ccms::server {

/// One row of `ticket_numbers` or `customer_identifiers`: a number in the spelling in which it is looked for.
struct IndexedNumber {
  std::string type;  ///< mobile, card, account, email, or suffix
  std::string number;
  bool operator==(const IndexedNumber&) const = default;
  auto operator<=>(const IndexedNumber&) const = default;
};

/// The rows of one identifier; empty when nothing of it can be looked for. A mobile number becomes E.164
/// where it can be read (else its digits), plus a row `suffix` with its last seven digits for people who know
/// no more. `phone_region`: see phone_region.h.
std::vector<IndexedNumber> index_numbers(std::string_view type, std::string_view value,
                                         std::string_view phone_region);

/// The spellings under which a number somebody typed into a search may be stored, whichever kind it is. A
/// telephone number is read in the manner of each of the regions; one that is short, or that cannot be read,
/// is taken for the end of a number.
std::vector<std::string> lookup_numbers(std::string_view typed,
                                        const std::vector<std::string>& phone_regions);

/// The text of one custom value as `ticket_fields.text_value` holds it, for comparing.
std::string normalised_field_text(std::string_view text);

/// Replaces everything that searches find a ticket by, besides its own columns: numbers, searchable custom
/// fields, words. Belongs into the transaction that writes the ticket. Throws db::DbError.
void index_ticket(db::Connection& connection, const TicketRecord& ticket, const settings::Settings& settings);

}  // namespace ccms::server
