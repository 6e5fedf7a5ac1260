#pragma once

#include <string>

#include "settings/sample-chain/generator/sample_chain.h"

namespace ccms::sample_chain {

/// {"customers": [{"id", "name", "identifiers"}]}: what a till's host looks customers up in.
std::string customers_json(const SampleData& data);

/// One record for each line of a receipt; transactions_mapping_json() says what the columns mean.
std::string transactions_csv(const SampleData& data);
std::string transactions_mapping_json();

/// One JSON object a line: {"ticket_id", "request", "store", "till", "channel", "created_at", "actor",
/// "actions": [{"at", "action", "note"?, "resolution_code"?, "reason"?, "actor"}]}.
std::string tickets_jsonl(const SampleData& data);

}  // namespace ccms::sample_chain
