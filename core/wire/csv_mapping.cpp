#include "core/wire/csv_mapping.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/wire/csv.h"
#include "core/wire/json_reader.h"
#include "core/wire/receipt_number.h"

namespace ccms::wire {
namespace {

// ---- the mapping

ValueSource read_source(const Node& node) {
  return read_object<ValueSource>(node, [](ObjectReader& object, ValueSource& source) {
    object.optional("column", source.column, short_text);
    object.optional("constant", source.constant, optional_text);
    object.optional("prefix", source.prefix, short_text);
    object.optional("default", source.otherwise, optional_text);
    object.optional("map", source.translation, [](const Node& map) {
      std::map<std::string, std::string> words;
      if (!map.json.is_object()) map.fail("wrong_type", "An object is expected.");
      for (const auto& [from, to] : map.json.items()) words[from] = optional_text(map.member(from, to));
      return words;
    });
    if (object.has("column") == object.has("constant")) {
      object.node().fail("bad_value", "Either a column or a constant is expected.");
    }
  });
}

LineSources read_line(const Node& node) {
  return read_object<LineSources>(node, [](ObjectReader& object, LineSources& line) {
    object.required("product_id", line.product_id, read_source);
    object.required("description", line.description, read_source);
    object.required("quantity", line.quantity, read_source);
    object.required("amount", line.amount, read_source);
  });
}

CustomerSources read_customer(const Node& node) {
  return read_object<CustomerSources>(node, [](ObjectReader& object, CustomerSources& customer) {
    object.optional("name", customer.name, read_source);
    for (const auto& [type, name] : domain::kEnumNames<domain::IdentifierType>) {
      std::optional<ValueSource> source;
      object.optional(name.data(), source, read_source);  // a literal, and so ended by a zero
      if (source) customer.identifiers.emplace(type, std::move(*source));
    }
  });
}

CsvMapping read_mapping(const Node& node) {
  return read_object<CsvMapping>(node, [](ObjectReader& object, CsvMapping& mapping) {
    std::string format = "csv";
    object.required("format", format, short_text);
    if (format != "csv")
      object.node().member("format", object.node().json).fail("bad_value", "\"csv\" is expected.");
    object.required("transaction_id", mapping.transaction_id, read_source);
    object.required("store", mapping.store, read_source);
    object.optional("customer_id", mapping.customer_id, read_source);
    object.optional("customer", mapping.customer, read_customer);
    if (mapping.customer && !mapping.customer_id)
      object.node().fail("missing_field", "What a file says of customers needs customer_id.");
    object.required("at", mapping.at, [&mapping](const Node& at) {
      // The zone stands among the members of the source.
      auto json = at.json;
      if (const auto zone = json.is_object() ? json.find("time_zone") : json.end(); zone != json.end()) {
        mapping.time_zone = short_text(at.member("time_zone", *zone));
        json.erase("time_zone");
      }
      const auto pointer = at.pointer();
      return read_source(Node(json, pointer, at.problems));
    });
    object.required("currency", mapping.currency, read_source);
    object.optional("type", mapping.type, read_source);
    object.optional("original", mapping.original, read_source);
    object.required("line", mapping.line, read_line);
  });
}

// ---- the file

using Record = std::vector<std::string>;

/// A source bound to the place of its column.
class Column {
 public:
  Column(const ValueSource& source, const Record& header, Problems& problems) : source_(source) {
    if (!source.column) return;
    const auto at = std::find(header.begin(), header.end(), *source.column);
    place_ = static_cast<std::size_t>(at - header.begin());
    if (at == header.end())
      problems.add("bad_value", "The file has no column \"" + *source.column + "\".", "record 1");
  }

  std::string of(const Record& record) const {
    if (!source_.column) return source_.constant;
    const std::string& word = record[place_];
    if (source_.translation.empty()) return word.empty() ? word : source_.prefix + word;
    const auto found = source_.translation.find(word);
    return found == source_.translation.end() ? source_.otherwise : found->second;
  }

 private:
  const ValueSource& source_;
  std::size_t place_ = 0;
};

std::optional<domain::LocalTime> parse_local_time(std::string text) {
  constexpr std::size_t kMinutes = 16;  // of "2017-01-01T10:47"
  constexpr std::size_t kSeconds = 19;
  if (text.size() == kMinutes) text += ":00";
  if (text.size() != kSeconds) return std::nullopt;
  if (text[10] == ' ') text[10] = 'T';
  const auto as_utc = domain::parse_rfc3339(text + ".000Z");
  if (!as_utc) return std::nullopt;
  return domain::LocalTime(as_utc->time_since_epoch());
}

/// Minor units in one unit of the currency (ISO 4217).
double minor_units_per_unit(std::string_view currency) {
  constexpr std::array<std::string_view, 16> kWhole = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                       "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
                                                       "VND", "VUV", "XAF", "XOF"};
  constexpr std::array<std::string_view, 7> kThousandths = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  if (std::find(kWhole.begin(), kWhole.end(), currency) != kWhole.end()) return 1;
  if (std::find(kThousandths.begin(), kThousandths.end(), currency) != kThousandths.end()) return 1000;
  return 100;
}

/// Real files hold amounts such as 4.440892e-16, so that this is a number, not a decimal text.
std::optional<domain::Money> parse_amount(const std::string& text, const std::string& currency) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  const double minor = value * minor_units_per_unit(currency);
  if (!(std::fabs(minor) <= static_cast<double>(domain::kMoneyLimit)) ||
      !domain::is_currency_code(currency)) {
    return std::nullopt;
  }
  return domain::Money{std::llround(minor), currency};
}

/// The value, or an empty one after recording what is wrong with the text.
template <class T>
T checked(std::optional<T> value, const char* what, const std::string& text, const std::string& place,
          Problems& problems) {
  if (!value) problems.add("bad_value", "\"" + text + "\" is not " + what + ".", place);
  return std::move(value).value_or(T());
}

/// The time of a record; nothing after recording why there is none.
std::optional<domain::ZonedInstant> time_of(const std::string& text, const std::string& zone,
                                            const ResolveLocalTime& resolve, const std::string& place,
                                            Problems& problems) {
  const auto local = parse_local_time(text);
  if (!local) {
    problems.add("bad_value", "\"" + text + "\" is not a time such as 2017-01-01T10:47:31.", place);
    return std::nullopt;
  }
  const auto resolved = resolve(zone, *local);
  if (resolved) return *resolved;
  problems.add("bad_value", resolved.error().message, place);
  return std::nullopt;
}

class TransactionFile {
 public:
  TransactionFile(const CsvMapping& mapping, const Record& header, const ResolveLocalTime& resolve,
                  Problems& problems)
      : mapping_(mapping),
        resolve_(resolve),
        problems_(problems),
        id_(mapping.transaction_id, header, problems),
        store_(mapping.store, header, problems),
        at_(mapping.at, header, problems),
        currency_(mapping.currency, header, problems),
        product_id_(mapping.line.product_id, header, problems),
        description_(mapping.line.description, header, problems),
        quantity_(mapping.line.quantity, header, problems),
        amount_(mapping.line.amount, header, problems) {
    if (mapping.customer_id) customer_id_.emplace(*mapping.customer_id, header, problems);
    if (mapping.type) type_.emplace(*mapping.type, header, problems);
    if (mapping.original) original_.emplace(*mapping.original, header, problems);
  }

  void add(const Record& record, const std::string& place) {
    const auto [position, is_new] =
        index_.try_emplace({store_.of(record), receipt_number(id_.of(record))}, transactions_.size());
    if (is_new) transactions_.push_back(head_of(record, place));
    add_line(transactions_[position->second], record, place);
  }

  std::vector<domain::Transaction> take() {
    for (auto& transaction : transactions_) transaction.total = domain::transaction_value(transaction);
    return std::move(transactions_);
  }

 private:
  domain::Transaction head_of(const Record& record, const std::string& place) {
    domain::Transaction transaction;
    transaction.id = receipt_number(id_.of(record));
    if (!domain::is_external_id(transaction.id))
      problems_.add("bad_value", "There is no transaction's id.", place);
    const std::string store = store_.of(record);
    transaction.store = checked(domain::StoreId::parse(store), "an id of a store", store, place, problems_);
    if (const std::string id = customer_id_ ? customer_id_->of(record) : ""; !id.empty()) {
      transaction.customer_id =
          checked(domain::CustomerId::parse(id), "an id of a customer", id, place, problems_);
    }
    if (type_) {
      const std::string type = type_->of(record);
      transaction.type = checked(domain::from_text<domain::TransactionType>(type), "a type of transaction",
                                 type, place, problems_);
    }
    if (const std::string id = original_ ? receipt_number(original_->of(record)) : ""; !id.empty()) {
      if (!domain::is_external_id(id)) problems_.add("bad_value", "This is no transaction's id.", place);
      transaction.original = id;
    }
    if (const auto time = time_of(at_.of(record), mapping_.time_zone, resolve_, place, problems_)) {
      transaction.at = time->at;
      transaction.utc_offset_minutes = time->utc_offset_minutes;
    }
    return transaction;
  }

  void add_line(domain::Transaction& transaction, const Record& record, const std::string& place) {
    domain::TransactionLine line;
    line.line = static_cast<int>(transaction.lines.size()) + 1;
    line.product_id = product_id_.of(record);
    if (!domain::is_external_id(line.product_id))
      problems_.add("bad_value", "There is no product's id.", place);
    const std::string description = description_.of(record);
    line.description = domain::truncate_code_points(description, domain::kShortTextLimit);
    const std::string quantity = quantity_.of(record);
    line.quantity = checked(domain::Quantity::parse(quantity), "a quantity", quantity, place, problems_);
    const std::string amount = amount_.of(record);
    line.amount = checked(parse_amount(amount, currency_.of(record)), "an amount of a known currency", amount,
                          place, problems_);
    transaction.lines.push_back(std::move(line));
  }

  const CsvMapping& mapping_;
  const ResolveLocalTime& resolve_;
  Problems& problems_;
  Column id_;
  Column store_;
  Column at_;
  Column currency_;
  Column product_id_;
  Column description_;
  Column quantity_;
  Column amount_;
  std::optional<Column> customer_id_;
  std::optional<Column> type_;
  std::optional<Column> original_;
  std::map<std::pair<std::string, std::string>, std::size_t> index_;  ///< store and id
  std::vector<domain::Transaction> transactions_;
};

class CustomerFile {
 public:
  CustomerFile(const CsvMapping& mapping, const Record& header, const ResolveLocalTime& resolve,
               Problems& problems)
      : mapping_(mapping),
        resolve_(resolve),
        problems_(problems),
        id_(*mapping.customer_id, header, problems),
        store_(mapping.store, header, problems),
        at_(mapping.at, header, problems) {
    if (mapping.customer->name) name_.emplace(*mapping.customer->name, header, problems);
    for (const auto& [type, source] : mapping.customer->identifiers)
      identifiers_.emplace_back(type, Column(source, header, problems));
  }

  void add(const Record& record, const std::string& place) {
    const std::string id = id_.of(record);
    if (id.empty()) return;
    const auto time = time_of(at_.of(record), mapping_.time_zone, resolve_, place, problems_);
    CustomerRecord found;
    found.customer.id = checked(domain::CustomerId::parse(id), "an id of a customer", id, place, problems_);
    found.store = checked(domain::StoreId::parse(store_.of(record)), "an id of a store", store_.of(record),
                          place, problems_);
    if (time) found.at = time->at;
    if (const std::string name = name_ ? name_->of(record) : ""; !name.empty())
      found.customer.name = domain::truncate_code_points(name, domain::kNameLimit);
    for (const auto& [type, column] : identifiers_) {
      if (const std::string value = column.of(record); !value.empty())
        found.customer.identifiers.push_back({type, value});
    }
    by_time_.insert_or_assign({id, found.at}, std::move(found));
  }

  std::vector<CustomerRecord> take() {
    std::vector<CustomerRecord> records;
    for (auto& [key, record] : by_time_) {
      if (records.empty() || !(records.back().customer == record.customer))
        records.push_back(std::move(record));
    }
    return records;
  }

 private:
  const CsvMapping& mapping_;
  const ResolveLocalTime& resolve_;
  Problems& problems_;
  Column id_;
  Column store_;
  Column at_;
  std::optional<Column> name_;
  std::vector<std::pair<domain::IdentifierType, Column>> identifiers_;
  std::map<std::pair<std::string, domain::Instant>, CustomerRecord> by_time_;
};

/// Reads a whole file record by record; all or nothing.
template <class File, class Value>
Parsed<Value> parse_file(std::string_view csv, const CsvMapping& mapping, const ResolveLocalTime& resolve) {
  Problems problems;
  Parsed<Value> parsed;
  if (!domain::is_valid_utf8(csv)) problems.add("invalid_utf8", "The file is not UTF-8.", "");
  CsvReader reader(csv);
  const auto header = reader.next();
  if (!header) problems.add("bad_value", "The file is empty.", "");
  if (problems.empty()) {
    File file(mapping, *header, resolve, problems);
    const bool has_columns = problems.empty();
    for (std::size_t number = 2; has_columns && !problems.full(); ++number) {
      const auto record = reader.next();
      if (!record) break;
      const std::string place = "record " + std::to_string(number);
      if (record->size() == header->size()) {
        file.add(*record, place);
      } else {
        problems.add("bad_value", "The record has not as many cells as the header.", place);
      }
    }
    if (reader.damaged()) problems.add("bad_value", "A quote is never closed.", "");
    if (problems.empty()) parsed.value = file.take();
  }
  parsed.errors = std::move(problems).take();
  return parsed;
}

}  // namespace

Parsed<CsvMapping> parse_csv_mapping(std::string_view json) { return read_document(json, read_mapping); }

Parsed<std::vector<domain::Transaction>> parse_csv_transactions(std::string_view csv,
                                                                const CsvMapping& mapping,
                                                                const ResolveLocalTime& resolve) {
  return parse_file<TransactionFile, std::vector<domain::Transaction>>(csv, mapping, resolve);
}

Parsed<std::vector<CustomerRecord>> parse_csv_customers(std::string_view csv, const CsvMapping& mapping,
                                                        const ResolveLocalTime& resolve) {
  if (!mapping.customer || !mapping.customer_id) return {std::vector<CustomerRecord>{}, {}};
  return parse_file<CustomerFile, std::vector<CustomerRecord>>(csv, mapping, resolve);
}

}  // namespace ccms::wire
