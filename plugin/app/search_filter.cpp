#include "plugin/app/search_filter.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/domain/text.h"
#include "core/wire/ticket_json.h"

namespace ccms::plugin::app {
namespace {

using nlohmann::ordered_json;
using Words = std::vector<std::string>;

constexpr std::size_t kWordsLimit = 100;
constexpr std::int64_t kResultLimit = 200;

std::string date(const wire::Node& node) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  auto text = wire::read_string(node);
  const bool well_formed = text.size() == kShape.size() &&
                           std::equal(text.begin(), text.end(), kShape.begin(), [](char c, char shape) {
                             return shape == 'd' ? c >= '0' && c <= '9' : c == shape;
                           });
  if (node.json.is_string() && !well_formed) node.fail("bad_value", "A date such as 2026-11-21 is expected.");
  return text;
}

std::string scalar_text(const ordered_json& value) {
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::vector<std::pair<std::string, std::string>> custom_values(const wire::Node& node) {
  std::vector<std::pair<std::string, std::string>> values;
  if (!node.json.is_object()) {
    node.fail("wrong_type", "An object is expected.");
    return values;
  }
  for (const auto& [field, value] : node.json.items()) {
    if (value.is_structured() || value.is_null()) {
      node.member(field, value).fail("wrong_type", "A text, a number or a boolean is expected.");
    } else {
      values.emplace_back(field, scalar_text(value));
    }
  }
  return values;
}

bool allows(const Words& wanted, const std::string& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

std::string significant_digits(const std::string& number) {
  auto digits = domain::digits_only(number);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

/// Whether a number typed by a clerk is the one kept: long ones need only end alike, so that "0171 2345678"
/// and
/// "+49 171 2345678" find each other.
bool same_number(const std::string& typed, const std::string& kept) {
  constexpr std::size_t kEnough = 7;
  const auto a = significant_digits(typed);
  const auto b = significant_digits(kept);
  if (a.empty() || b.empty())
    return domain::normalise_for_search(typed) == domain::normalise_for_search(kept);
  if (a == b) return true;
  return std::min(a.size(), b.size()) >= kEnough && (a.ends_with(b) || b.ends_with(a));
}

bool has_number(const domain::TicketContent& content, const std::string& number) {
  if (content.complainant.mobile && same_number(number, *content.complainant.mobile)) return true;
  if (!content.customer) return false;
  const auto& identifiers = content.customer->identifiers;
  return std::any_of(identifiers.begin(), identifiers.end(),
                     [&](const auto& identifier) { return same_number(number, identifier.value); });
}

bool has_text(const domain::TicketContent& content, const std::string& words) {
  const auto haystack =
      domain::normalise_for_search(content.ticket.details + " " + content.complainant.name.value_or(""));
  return haystack.find(domain::normalise_for_search(words)) != std::string::npos;
}

bool has_custom(const domain::TicketContent& content, const std::pair<std::string, std::string>& wanted) {
  const auto found = content.ticket.custom.find(domain::FieldId(wanted.first));
  if (found == content.ticket.custom.end()) return false;
  const auto is_wanted = [&](const std::string& value) {
    return domain::normalise_for_search(value) == domain::normalise_for_search(wanted.second);
  };
  const auto json = wire::to_json(found->second);
  if (!json.is_array()) return is_wanted(scalar_text(json));
  return std::any_of(json.begin(), json.end(),
                     [&](const ordered_json& item) { return is_wanted(scalar_text(item)); });
}

bool content_matches(const SearchFilter& filter, const domain::TicketContent* content) {
  const bool asks_content = !filter.customer_number.empty() || !filter.text.empty() || !filter.custom.empty();
  if (content == nullptr) return !asks_content;
  if (!filter.customer_number.empty() && !has_number(*content, filter.customer_number)) return false;
  if (!filter.text.empty() && !has_text(*content, filter.text)) return false;
  return std::all_of(filter.custom.begin(), filter.custom.end(),
                     [&](const auto& wanted) { return has_custom(*content, wanted); });
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
  }
  return out;
}

}  // namespace

SearchFilter read_search_filter(const wire::Node& node) {
  return wire::read_object<SearchFilter>(node, [](wire::ObjectReader& object, SearchFilter& filter) {
    const auto words = wire::list_of(kWordsLimit, wire::short_text);
    object.optional("status", filter.status, words);
    object.optional("priority", filter.priority, words);
    object.optional("department", filter.department, words);
    object.optional("created_from", filter.created_from, date);
    object.optional("created_to", filter.created_to, date);
    object.optional("customer_number", filter.customer_number, wire::short_text);
    object.optional("code", filter.code, wire::short_text);
    object.optional("text", filter.text, wire::short_text);
    object.optional("ready", filter.ready, wire::boolean);
    object.optional("custom", filter.custom, custom_values);
    object.optional("limit", filter.limit, wire::integer<1, kResultLimit>);
    object.optional("language", filter.language, wire::language_tag);
  });
}

bool matches(const SearchFilter& filter, const Candidate& candidate) {
  const auto& summary = candidate.summary;
  const auto& state = summary.at("state");
  const bool status = allows(filter.status, state.at("id").get<std::string>()) ||
                      allows(filter.status, state.at("type").get<std::string>());
  if (filter.ready && !summary.value("ready_to_collect", false)) return false;
  return status && allows(filter.priority, summary.value("priority", "")) &&
         allows(filter.department, summary.value("department", "")) &&
         (filter.created_from.empty() || candidate.local_date >= filter.created_from) &&
         (filter.created_to.empty() || candidate.local_date <= filter.created_to) &&
         content_matches(filter, candidate.content);
}

std::string server_query(const SearchFilter& filter) {
  std::string path = "/api/v1/sync/tickets?limit=" + std::to_string(filter.limit);
  const auto add = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) path += "&" + percent_encoded(name) + "=" + percent_encoded(value);
  };
  for (const auto& value : filter.status) add("status", value);
  for (const auto& value : filter.priority) add("priority", value);
  for (const auto& value : filter.department) add("department", value);
  add("created_from", filter.created_from);
  add("created_to", filter.created_to);
  add("customer_number", filter.customer_number);
  add("code", filter.code);
  add("q", filter.text);
  if (filter.ready) add("ready", "true");
  for (const auto& [field, value] : filter.custom) add("custom." + field, value);
  return path;
}

}  // namespace ccms::plugin::app
