#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/complainant.h"
#include "core/domain/result.h"
#include "core/domain/time.h"
#include "core/domain/transaction.h"
#include "core/wire/problems.h"

// Transactions out of a chain's own CSV files: a mapping says which column means what.

namespace ccms::wire {

/// Where one value comes from: a column, or a constant for every record.
struct ValueSource {
  std::optional<std::string> column;
  std::string constant;                            ///< when there is no column
  std::string prefix;                              ///< put before what the column holds, unless that is empty
  std::map<std::string, std::string> translation;  ///< from the column's words to ours
  std::string otherwise;  ///< for words that the translation lacks, when there is one

  bool operator==(const ValueSource&) const = default;
};

/// Where the values of a transaction's lines come from: each record is one line.
struct LineSources {
  ValueSource product_id;
  ValueSource description;
  ValueSource quantity;
  ValueSource amount;  ///< of the whole line, in major units ("19.80")

  bool operator==(const LineSources&) const = default;
};

/// Where the values of a transaction's customer come from, for chains whose files say more than an id.
struct CustomerSources {
  std::optional<ValueSource> name;
  std::map<domain::IdentifierType, ValueSource> identifiers;

  bool operator==(const CustomerSources&) const = default;
};

/// The format's version 1: {"format":"csv", "transaction_id":{…}, …}; docs describe it for operators.
struct CsvMapping {
  ValueSource transaction_id;
  ValueSource store;
  std::optional<ValueSource> customer_id;
  std::optional<CustomerSources> customer;  ///< needs customer_id
  ValueSource at;                           ///< wall time such as "2017-01-01T10:47:31" or "2017-01-01 10:47"
  std::string time_zone = "UTC";            ///< of `at`
  ValueSource currency;
  std::optional<ValueSource> type;  ///< sale, return or exchange; sale without it
  std::optional<ValueSource> original;
  LineSources line;

  bool operator==(const CsvMapping&) const = default;
};

Parsed<CsvMapping> parse_csv_mapping(std::string_view json);

/// Turns a zone's wall time into an instant: tz::earliest. Handed in, so that this needs no time zone data.
using ResolveLocalTime =
    std::function<domain::Result<domain::ZonedInstant>(std::string_view zone, domain::LocalTime)>;

/// Reads a whole file. Records of one transaction (same store, same id) need not stand together; transactions
/// come in the order of their first record, lines numbered in the order of theirs, `total` is their sum. All
/// or nothing: with an error in any record there is no value, and `field` says "record 17" (the header is 1)
/// or is empty. Descriptions are cut to 200 characters; amounts are rounded to the currency's minor unit.
Parsed<std::vector<domain::Transaction>> parse_csv_transactions(std::string_view csv,
                                                                const CsvMapping& mapping,
                                                                const ResolveLocalTime& resolve);

/// What a file says of a customer at one time.
struct CustomerRecord {
  domain::Customer customer;  ///< with an id; an identifier that the file leaves empty is not named
  domain::Instant at;         ///< of the purchase
  domain::StoreId store;

  bool operator==(const CustomerRecord&) const = default;
};

/// Reads what the same file says of customers: by customer and time, and only where it differs from what the
/// record before said. Empty when the mapping names nothing of customers; all or nothing, as above.
Parsed<std::vector<CustomerRecord>> parse_csv_customers(std::string_view csv, const CsvMapping& mapping,
                                                        const ResolveLocalTime& resolve);

}  // namespace ccms::wire
