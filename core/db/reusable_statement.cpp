#include "core/db/reusable_statement.h"

#include <Poco/Data/AbstractBinder.h>

namespace ccms::db {
namespace {

/// Hands one value to Poco's binder, by reference: MariaDB's binder keeps the address until the statement
/// runs.
struct BindTo {
  Poco::Data::AbstractBinder& binder;
  std::size_t position;
  std::list<Poco::Data::BLOB>& blobs;

  void operator()(const std::nullptr_t&) const { binder.bind(position, Poco::Data::Keywords::null); }
  void operator()(const std::int64_t& number) const { binder.bind(position, number); }
  void operator()(const double& number) const { binder.bind(position, number); }
  void operator()(const std::string& text) const { binder.bind(position, text); }
  void operator()(const Blob& blob) const {
    // Poco gives the databases a null pointer for an empty BLOB, and they store NULL; an empty text is empty.
    if (blob.bytes.empty()) return binder.bind(position, blob.bytes);
    const auto* bytes = reinterpret_cast<const unsigned char*>(blob.bytes.data());
    binder.bind(position, blobs.emplace_back(bytes, blob.bytes.size()));
  }
};

/// Position after a quoted piece or comment that starts at `at`, or `at` when none starts there.
std::size_t skip_quoted(std::string_view sql, std::size_t at) {
  const auto past = [&](std::string_view terminator, std::size_t from) {
    const auto found = sql.find(terminator, from);
    return found == std::string_view::npos ? sql.size() : found + terminator.size();
  };
  const char c = sql[at];
  if (c == '\'' || c == '"' || c == '`') return past(std::string_view(&c, 1), at + 1);
  if (sql.substr(at, 2) == "--") return past("\n", at);
  if (sql.substr(at, 2) == "/*") return past("*/", at + 2);
  return at;
}

}  // namespace

void ParameterBinding::bind(std::size_t position) {
  blobs_.clear();
  for (const Value& value : *params_) std::visit(BindTo{*getBinder(), position++, blobs_}, value.storage());
}

void ParameterBinding::release() {
  params_ = nullptr;
  blobs_.clear();
}

void RowExtraction::set_columns(std::vector<std::string> names, std::vector<Kind> kinds) {
  names_ = std::make_shared<const std::vector<std::string>>(std::move(names));
  kinds_ = std::move(kinds);
  rows_ = Rows(names_);
}

Rows RowExtraction::take_rows() { return std::exchange(rows_, Rows(names_)); }

std::size_t RowExtraction::extract(std::size_t position) {
  for (const Kind kind : kinds_) rows_.append(cell(position++, kind));
  return 1;
}

Rows::Cell RowExtraction::cell(std::size_t position, Kind kind) {
  auto& extractor = *getExtractor();
  switch (kind) {
    case Kind::integer: {
      Poco::Int64 number = 0;
      if (extractor.extract(position, number)) return std::int64_t{number};
      break;
    }
    case Kind::real: {
      double number = 0;
      if (extractor.extract(position, number)) return number;
      break;
    }
    case Kind::text: {
      std::string text;
      if (extractor.extract(position, text)) return text;
      break;
    }
    case Kind::bytes: {
      Poco::Data::BLOB bytes;
      if (extractor.extract(position, bytes))
        return std::string(reinterpret_cast<const char*>(bytes.rawContent()), bytes.size());
      break;
    }
  }
  return nullptr;
}

std::size_t count_parameters(std::string_view sql) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < sql.size();) {
    if (const auto after = skip_quoted(sql, at); after != at) {
      at = after;
      continue;
    }
    if (sql[at] == '?') ++count;
    ++at;
  }
  return count;
}

void require_parameter_count(std::size_t expected, const Params& given) {
  if (given.size() == expected) return;
  throw DbError(ErrorKind::other, "the statement has " + std::to_string(expected) + " parameters, " +
                                      std::to_string(given.size()) + " were given");
}

}  // namespace ccms::db
