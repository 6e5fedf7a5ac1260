#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/db/transaction.h"
#include "server/app/database.h"
#include "server/cli/files.h"
#include "server/cli/settings_commands.h"
#include "server/cli/settings_output.h"
#include "server/settings/draft_document.h"
#include "server/settings/draft_table.h"
#include "server/settings/holiday_file.h"
#include "server/settings/version_table.h"

namespace ccms::server {
namespace {

constexpr int kYearsAhead = 4;
constexpr int kIndent = 2;

YearSpan years_of(const HolidayWish& wish) {
  const auto today = std::chrono::floor<std::chrono::days>(SystemClock().now());
  const int this_year = static_cast<int>(std::chrono::year_month_day(today).year());
  const int first = wish.from_year.value_or(this_year);
  return {first, wish.to_year.value_or(std::max(first, this_year + kYearsAhead))};
}

/// The draft, or what it would begin with: the newest version.
Draft draft_or_newest(db::Connection& connection) {
  VersionTable versions(connection);
  const auto newest = versions.lock_newest();
  if (auto draft = DraftTable(connection).load()) return *std::move(draft);
  if (!newest) return {};
  return {versions.document(newest->version), newest->version, "", {}, ""};
}

void print(const char* what, const std::vector<Holiday>& holidays) {
  for (const Holiday& holiday : holidays)
    std::cout << what << '\t' << holiday.date << '\t' << holiday.name << '\n';
}

void report(const AddedHolidays& result, const std::vector<SkippedEvent>& skipped) {
  print("added", result.added);
  print("there already", result.already_there);
  for (const SkippedEvent& event : skipped)
    std::cout << "skipped\t" << event.name << '\t' << event.why << '\n';
}

/// In the file, or else the draft. Returns what went wrong; empty: nothing.
std::string put(db::Connection& connection, const HolidayWish& wish, const HolidayFile& file) {
  Draft draft = draft_or_newest(connection);
  if (draft.document.empty()) return "nothing is published yet, and there is no draft";
  if (!problems_of_draft(draft.document).empty()) return "the document cannot be read";
  auto document = nlohmann::ordered_json::parse(draft.document);
  const auto result = add_holidays(document, wish.region, file.holidays);
  if (!result) return result.error().message;
  report(*result, file.skipped);
  if (wish.output.empty() && result->added.empty()) {
    std::cout << "nothing to add\n";
    return {};
  }
  const std::string written = document.dump(kIndent) + "\n";
  if (wish.output.empty()) {
    DraftTable(connection).save({written, draft.based_on, "", {}, kCommandLineUser}, SystemClock().now());
    std::cout << "draft saved\n";
    return {};
  }
  std::ofstream out(wish.output, std::ios::binary | std::ios::trunc);
  if (!out.write(written.data(), static_cast<std::streamsize>(written.size())) || !out.flush())
    return "cannot write " + wish.output;
  return {};
}

}  // namespace

int import_holidays(const Config& config, const HolidayWish& wish) {
  const auto calendar = read_file_or_complain(wish.file);
  if (!calendar) return 1;
  const auto file = read_holidays(*calendar, years_of(wish));
  if (!file) {
    std::cerr << wish.file << ": " << file.error().message << '\n';
    return 1;
  }
  const auto database = open_database(config);
  migrate_database(*database);
  const std::string complaint = db::with_transaction(
      *database, [&](db::Connection& connection) { return put(connection, wish, *file); });
  if (!complaint.empty()) std::cerr << complaint << '\n';
  return complaint.empty() ? 0 : 1;
}

}  // namespace ccms::server
