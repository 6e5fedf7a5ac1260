#include "server/store/ticket_index.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>

#include "core/domain/text.h"
#include "core/domain/time.h"
#include "core/phone/phone.h"
#include "server/store/phone_region.h"

namespace ccms::server {
namespace {

using nlohmann::json;

constexpr std::size_t kSuffixDigits = 7;
constexpr std::size_t kWholeNumberDigits = 10;  // with fewer, a number may well be the end of one
constexpr std::size_t kNumberLimit = 120;       // of the column ticket_numbers.number
constexpr std::size_t kFieldTextLimit = 200;    // of the column ticket_fields.text_value
constexpr std::size_t kWordsByteLimit = 60000;  // of the column ticket_texts.words

// Cards and accounts as people copy them: spaces, dashes and case do not count.
std::string compact(std::string_view text) {
  std::string out;
  for (const char raw : text) {
    const auto byte = static_cast<unsigned char>(raw);
    if (byte >= 0x80) out += raw;
    if (byte < 0x80 && std::isalnum(byte)) out += static_cast<char>(std::toupper(byte));
  }
  return std::string(domain::truncate_code_points(out, kNumberLimit));
}

// The star keeps the end of a phone number apart from a card number of seven digits.
std::optional<std::string> suffix_of(const std::string& digits) {
  if (digits.size() < kSuffixDigits) return std::nullopt;
  return "*" + digits.substr(digits.size() - kSuffixDigits);
}

bool looks_like_phone_number(std::string_view text) {
  return text.find_first_not_of("0123456789+()-./ \t") == std::string_view::npos;
}

std::string member_text(const json& object, const char* name) {
  if (!object.is_object()) return {};
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::set<IndexedNumber> numbers_of(const TicketRecord& ticket, const std::string& region) {
  std::set<IndexedNumber> numbers;
  const auto add = [&](std::string_view type, const std::string& value) {
    for (IndexedNumber& number : index_numbers(type, value, region)) numbers.insert(std::move(number));
  };
  add("mobile", member_text(ticket.complainant, "mobile"));
  add("email", member_text(ticket.complainant, "email"));
  add("account", member_text(ticket.customer, "id"));
  add("account", member_text(ticket.transaction, "customer_id"));
  if (ticket.customer.is_object() && ticket.customer.contains("identifiers")) {
    for (const json& identifier : ticket.customer["identifiers"])
      add(member_text(identifier, "type"), member_text(identifier, "value"));
  }
  return numbers;
}

struct FieldRow {
  std::string field;
  std::int64_t item = 0;
  std::string text;
  std::optional<double> number;
  std::optional<std::int64_t> time;  ///< of a date: its midnight in UTC
};

std::optional<double> number_of(const json& value) {
  if (value.is_number()) return value.get<double>();
  if (value.is_object() && value.contains("amount") && value["amount"].is_number())
    return value["amount"].get<double>();
  return std::nullopt;
}

std::optional<std::int64_t> time_of(const settings::Field& field, const json& value) {
  if (field.type != settings::FieldType::date || !value.is_string()) return std::nullopt;
  const auto midnight = domain::parse_rfc3339(value.get<std::string>() + "T00:00:00.000Z");
  if (!midnight) return std::nullopt;
  return domain::to_epoch_ms(*midnight);
}

std::string text_of(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_object() && value.contains("amount")) return value["amount"].dump();
  return value.dump();
}

std::vector<FieldRow> fields_of(const TicketRecord& ticket, const settings::Settings& settings) {
  std::vector<FieldRow> rows;
  for (const settings::Field& field : settings.form.fields) {
    if (!field.searchable || !ticket.custom.contains(field.id)) continue;
    const json& value = ticket.custom[field.id];
    const json items = value.is_array() ? value : json::array({value});
    std::int64_t item = 0;
    for (const json& element : items)
      rows.push_back({field.id, item++, normalised_field_text(text_of(element)), number_of(element),
                      time_of(field, element)});
  }
  return rows;
}

std::string words_of(const TicketRecord& ticket) {
  std::string words = ticket.details;
  const auto add = [&](const std::string& text) {
    if (!text.empty()) words += "\n" + text;
  };
  add(member_text(ticket.complainant, "name"));
  add(member_text(ticket.complainant, "organisation"));
  add(member_text(ticket.customer, "name"));
  add(member_text(ticket.transaction, "id"));
  for (const auto& [field, value] : ticket.custom.items()) {
    if (value.is_string()) add(value.get<std::string>());
  }
  if (ticket.transaction.is_object() && ticket.transaction.contains("lines")) {
    for (const json& line : ticket.transaction["lines"]) add(member_text(line, "description"));
  }
  std::string normalised = domain::normalise_for_search(words);
  if (normalised.size() <= kWordsByteLimit) return normalised;
  std::size_t end = kWordsByteLimit;
  while (end > 0 && (static_cast<unsigned char>(normalised[end]) & 0xC0U) == 0x80U) --end;
  normalised.resize(end);
  return normalised;
}

// One INSERT for all rows of a table: round trips are what an ingest waits for.
void insert_rows(db::Connection& connection, std::string sql, std::string_view row, std::size_t rows,
                 const db::Params& params) {
  if (rows == 0) return;
  for (std::size_t i = 0; i < rows; ++i) sql += (i == 0 ? "" : ", ") + std::string(row);
  connection.execute(sql, params);
}

}  // namespace

std::vector<IndexedNumber> index_numbers(std::string_view type, std::string_view value,
                                         std::string_view phone_region) {
  std::vector<IndexedNumber> numbers;
  if (type == "mobile") {
    const std::string digits = domain::digits_only(value);
    const std::optional<std::string> international = phone::normalise(value, phone_region);
    if (international) {
      numbers.push_back({"mobile", *international});
    } else if (!digits.empty()) {
      numbers.push_back({"mobile", digits.substr(0, kNumberLimit)});
    }
    if (const auto suffix = suffix_of(digits)) numbers.push_back({"suffix", *suffix});
  } else if (type == "email") {
    const std::string address = domain::normalise_for_search(value);
    if (!address.empty())
      numbers.push_back({"email", std::string(domain::truncate_code_points(address, kNumberLimit))});
  } else {
    const std::string number = compact(value);
    if (!number.empty()) numbers.push_back({std::string(type), number});
  }
  return numbers;
}

std::vector<std::string> lookup_numbers(std::string_view typed,
                                        const std::vector<std::string>& phone_regions) {
  std::set<std::string> spellings;
  if (typed.find('@') != std::string_view::npos) {
    spellings.insert(
        std::string(domain::truncate_code_points(domain::normalise_for_search(typed), kNumberLimit)));
    return {spellings.begin(), spellings.end()};
  }
  if (const std::string number = compact(typed); !number.empty()) spellings.insert(number);
  if (!looks_like_phone_number(typed)) return {spellings.begin(), spellings.end()};

  bool readable = false;
  for (const std::string& region : phone_regions) {
    if (const auto international = phone::normalise(typed, region)) {
      spellings.insert(*international);
      readable = true;
    }
  }
  const std::string digits = domain::digits_only(typed);
  const auto suffix = suffix_of(digits);
  if (suffix && (!readable || digits.size() < kWholeNumberDigits)) spellings.insert(*suffix);
  return {spellings.begin(), spellings.end()};
}

std::string normalised_field_text(std::string_view text) {
  return std::string(domain::truncate_code_points(domain::normalise_for_search(text), kFieldTextLimit));
}

void index_ticket(db::Connection& connection, const TicketRecord& ticket,
                  const settings::Settings& settings) {
  connection.execute("DELETE FROM ticket_numbers WHERE ticket_id = ?", {ticket.ticket_id});
  connection.execute("DELETE FROM ticket_fields WHERE ticket_id = ?", {ticket.ticket_id});
  connection.execute("DELETE FROM ticket_texts WHERE ticket_id = ?", {ticket.ticket_id});

  db::Params params;
  const auto numbers =
      numbers_of(ticket, phone_region_of(settings, ticket.reported_store.value_or(std::string())));
  for (const IndexedNumber& number : numbers)
    params.insert(params.end(), {ticket.ticket_id, number.type, number.number, ticket.created_at});
  insert_rows(connection, "INSERT INTO ticket_numbers (ticket_id, type, number, created_at) VALUES ",
              "(?, ?, ?, ?)", numbers.size(), params);

  params.clear();
  const auto fields = fields_of(ticket, settings);
  for (const FieldRow& row : fields)
    params.insert(params.end(),
                  {ticket.ticket_id, row.field, row.item, row.text, row.number, row.time, ticket.created_at});
  insert_rows(connection,
              "INSERT INTO ticket_fields (ticket_id, field, item, text_value, number_value, time_value, "
              "created_at) VALUES ",
              "(?, ?, ?, ?, ?, ?, ?)", fields.size(), params);

  connection.execute("INSERT INTO ticket_texts (ticket_id, words) VALUES (?, ?)",
                     {ticket.ticket_id, words_of(ticket)});
}

}  // namespace ccms::server
