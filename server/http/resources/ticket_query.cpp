#include "server/http/resources/ticket_query.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <string>

#include "core/domain/ids.h"
#include "core/domain/text.h"
#include "core/domain/ticket.h"
#include "core/domain/ticket_code.h"
#include "core/tz/tz.h"
#include "core/workflow/workflow.h"
#include "server/store/phone_region.h"
#include "server/store/ticket_index.h"

namespace ccms::server {
namespace {

using domain::Instant;

constexpr std::size_t kMostRows = 200;
constexpr std::size_t kMostValues = 50;
constexpr std::size_t kMostWords = 8;
constexpr std::string_view kCustomPrefix = "custom.";
constexpr std::string_view kNobody = "none";

/// A day on a wall calendar, as the reading of its clock at midnight.
std::optional<domain::LocalTime> parse_day(const std::string& text) {
  if (text.size() != 10) return std::nullopt;
  const auto as_utc = domain::parse_rfc3339(text + "T00:00:00.000Z");
  if (!as_utc) return std::nullopt;
  return domain::LocalTime(as_utc->time_since_epoch());
}

/// The symbols of the beginning of a code, look-alikes put right; empty when there is another symbol among
/// them.
std::string code_beginning(const std::string& text) {
  static constexpr std::string_view kSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::string symbols;
  for (char byte : text) {
    if (byte == ' ' || byte == '-') continue;
    if (byte >= 'a' && byte <= 'z') byte = static_cast<char>(byte - 'a' + 'A');
    if (byte == 'O') byte = '0';
    if (byte == 'I' || byte == 'L') byte = '1';
    if (kSymbols.find(byte) == std::string_view::npos) return {};
    symbols += byte;
  }
  return symbols;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  const std::string normalised = domain::normalise_for_search(text);
  for (std::size_t begin = 0; begin < normalised.size();) {
    const std::size_t end = std::min(normalised.find(' ', begin), normalised.size());
    if (end > begin) words.push_back(normalised.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

class Reader {
 public:
  Reader(const settings::Settings& settings, const std::string& time_zone, domain::Instant now)
      : settings_(settings), time_zone_(time_zone), now_(now) {}

  TicketQuery read(const NameValues& query) {
    // The order decides what a cursor means, so it is read before the cursor.
    for (const auto& [name, value] : query) {
      if (name == "sort") read_sort(value);
    }
    for (const auto& [name, value] : query) read_parameter(name, value);
    return std::move(result_);
  }

 private:
  void fail(const std::string& name, const char* code, std::string message) {
    result_.errors.push_back({code, std::move(message), "/" + name});
  }

  void read_parameter(const std::string& name, const std::string& value) {
    if (name == "sort") return;
    if (value.empty()) return;  // an empty field of a search form restricts nothing
    if (!domain::is_valid_utf8(value)) return fail(name, "invalid_utf8", "this is not valid UTF-8");
    if (domain::count_code_points(value) > domain::kShortTextLimit)
      return fail(name, "too_long", "a search value has at most 200 characters");
    if (name.starts_with(kCustomPrefix)) return read_custom(name, value);
    const auto reader = readers().find(name);
    if (reader == readers().end())
      return fail(name, "unknown_parameter", "there is no such search parameter");
    reader->second(*this, name, value);
  }

  using ReadFunction = void (*)(Reader&, const std::string& name, const std::string& value);
  static const std::map<std::string, ReadFunction, std::less<>>& readers() {
    static const std::map<std::string, ReadFunction, std::less<>> by_name = {
        {"status",
         [](Reader& r, const auto& n, const auto& v) { r.add(r.filter().status, n, v, r.is_status(v)); }},
        {"priority",
         [](Reader& r, const auto& n, const auto& v) {
           r.add(r.filter().priority, n, v, settings::find_by_id(r.settings_.form.priorities, v) != nullptr);
         }},
        {"department",
         [](Reader& r, const auto& n, const auto& v) {
           r.add(r.filter().department, n, v,
                 settings::find_by_id(r.settings_.form.departments, v) != nullptr);
         }},
        {"category",
         [](Reader& r, const auto& n, const auto& v) {
           r.add(r.filter().category, n, v, settings::find_by_id(r.settings_.form.categories, v) != nullptr);
         }},
        {"store", [](Reader& r, const auto& n,
                     const auto& v) { r.add(r.filter().store, n, v, r.settings_.find_store(v) != nullptr); }},
        {"kind",
         [](Reader& r, const auto& n, const auto& v) {
           r.add(r.filter().kind, n, v, domain::from_text<domain::TicketKind>(v).has_value());
         }},
        {"verification",
         [](Reader& r, const auto& n, const auto& v) {
           r.add(r.filter().verification, n, v, domain::from_text<workflow::Verification>(v).has_value());
         }},
        {"assignee",
         [](Reader& r, const auto& n, const auto& v) {
           if (v == kNobody) {
             r.filter().unassigned = true;
           } else {
             r.add(r.filter().assignee, n, v, v == kMyself || domain::is_uuid_v7(v));
           }
         }},
        {"created_from", [](Reader& r, const auto& n, const auto& v) { r.read_from(n, v); }},
        {"created_to", [](Reader& r, const auto& n, const auto& v) { r.read_to(n, v); }},
        {"customer_number", [](Reader& r, const auto& n, const auto& v) { r.read_customer_number(n, v); }},
        {"code", [](Reader& r, const auto& n, const auto& v) { r.read_code(n, v); }},
        {"parent", [](Reader& r, const auto& n, const auto& v) { r.read_parent(n, v); }},
        {"merged", [](Reader& r, const auto& n, const auto& v) { r.filter().merged = r.flag(n, v); }},
        {"q", [](Reader& r, const auto& n, const auto& v) { r.read_words(n, v); }},
        {"training", [](Reader& r, const auto& n, const auto& v) { r.filter().training = r.flag(n, v); }},
        {"ready",
         [](Reader& r, const auto& n, const auto& v) { r.filter().ready_to_collect = r.flag(n, v); }},
        {"due", [](Reader& r, const auto& n, const auto& v) { r.read_due(n, v); }},
        {"limit", [](Reader& r, const auto& n, const auto& v) { r.read_limit(n, v); }},
        {"cursor", [](Reader& r, const auto& n, const auto& v) { r.read_cursor(n, v); }},
    };
    return by_name;
  }

  TicketFilter& filter() { return result_.filter; }

  void add(std::vector<std::string>& values, const std::string& name, const std::string& value, bool known) {
    if (!known) return fail(name, "unknown_value", "there is no " + name + " of this name");
    if (values.size() >= kMostValues) return fail(name, "too_many", "at most 50 values of one parameter");
    values.push_back(value);
  }

  bool is_status(const std::string& value) const {
    return settings_.find_state(value) != nullptr ||
           domain::from_text<settings::StateType>(value).has_value();
  }

  void read_sort(const std::string& value) {
    if (value == "created_at") {
      filter().ascending = true;
    } else if (value != "-created_at" && !value.empty()) {
      fail("sort", "unknown_value", "sort is created_at or -created_at");
    }
  }

  /// When a day begins here. Where the clock skips midnight, or a whole day, that is the moment of the jump.
  std::optional<Instant> beginning_of(domain::LocalTime midnight) const {
    const auto moment = tz::earliest(time_zone_, midnight);
    return moment ? std::optional(moment->at) : std::nullopt;
  }

  void read_from(const std::string& name, const std::string& value) {
    const auto day = parse_day(value);
    filter().created_from = day ? beginning_of(*day) : domain::parse_rfc3339(value);
    if (!filter().created_from) fail(name, "bad_value", "a date is 2026-11-21 or 2026-11-21T22:39:19.123Z");
  }

  void read_to(const std::string& name, const std::string& value) {
    if (const auto day = parse_day(value)) {
      // The next one's beginning, and not 24 hours: days of a change of clocks are shorter or longer.
      filter().created_before = beginning_of(*day + std::chrono::hours(24));
    } else if (const auto instant = domain::parse_rfc3339(value)) {
      filter().created_before = *instant + std::chrono::milliseconds(1);
    } else {
      fail(name, "bad_value", "a date is 2026-11-21 or 2026-11-21T22:39:19.123Z");
    }
  }

  /// Every word must occur: one that is not looked for would make more be found than was asked for.
  void read_words(const std::string& name, const std::string& value) {
    auto& words = filter().words;
    for (auto& word : words_of(value)) {
      if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(std::move(word));
    }
    if (words.size() > kMostWords) fail(name, "too_many", "at most 8 different words");
  }

  void read_customer_number(const std::string& name, const std::string& value) {
    CustomerNumber number{lookup_numbers(value, phone_regions_of(settings_))};
    if (number.numbers.empty()) return fail(name, "bad_value", "a customer number holds letters or digits");
    filter().customer_number = std::move(number);
  }

  void read_code(const std::string& name, const std::string& value) {
    const std::string symbols = code_beginning(value);
    const bool whole = symbols.size() == domain::TicketCode::kLength;
    if (symbols.empty() || symbols.size() > domain::TicketCode::kLength ||
        (whole && !domain::TicketCode::parse(symbols)))
      return fail(name, "bad_value", "this is no ticket code: a symbol is wrong or missing");
    filter().code = symbols;
  }

  void read_parent(const std::string& name, const std::string& value) {
    const auto code = domain::TicketCode::parse(value);
    if (!code) return fail(name, "bad_value", "this is no ticket code: a symbol is wrong or missing");
    filter().parent = code->str();
  }

  bool flag(const std::string& name, const std::string& value) {
    if (value != "true" && value != "false") fail(name, "bad_value", name + " is true or false");
    return value == "true";
  }

  void read_due(const std::string& name, const std::string& value) {
    if (value == "overdue") {
      filter().overdue_at = now_;
    } else if (value == "soon") {
      filter().due_soon_at = now_;
    } else if (value == "breached") {
      filter().breached = true;
    } else {
      fail(name, "unknown_value", "due is overdue, soon or breached");
    }
  }

  void read_limit(const std::string& name, const std::string& value) {
    std::size_t limit = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), limit);
    if (error != std::errc() || end != value.data() + value.size() || limit < 1 || limit > kMostRows)
      return fail(name, "bad_value", "limit is 1 to 200");
    filter().limit = limit;
  }

  void read_cursor(const std::string& name, const std::string& value) {
    filter().after = parse_cursor(value, filter().ascending);
    if (!filter().after) fail(name, "bad_value", "this cursor is not of this search");
  }

  void read_custom(const std::string& name, const std::string& value) {
    const std::string id = name.substr(kCustomPrefix.size());
    const settings::Field* field = settings_.form.find_field(id);
    if (!field) return fail(name, "unknown_parameter", "there is no such field");
    if (!field->searchable) return fail(name, "not_searchable", "this field cannot be searched");
    add(filter().custom[id], name, normalised_field_text(value), true);
  }

  const settings::Settings& settings_;
  const std::string& time_zone_;
  const domain::Instant now_;
  TicketQuery result_;
};

}  // namespace

TicketQuery read_ticket_query(const NameValues& query, const settings::Settings& settings,
                              const std::string& time_zone, domain::Instant now) {
  return Reader(settings, time_zone, now).read(query);
}

}  // namespace ccms::server
