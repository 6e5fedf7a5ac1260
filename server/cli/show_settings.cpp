#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/db/transaction.h"
#include "core/settings/difference.h"
#include "server/app/database.h"
#include "server/cli/files.h"
#include "server/cli/operator.h"
#include "server/cli/settings_commands.h"
#include "server/cli/settings_output.h"
#include "server/settings/draft_document.h"
#include "server/settings/draft_table.h"
#include "server/settings/settings_audit.h"
#include "server/settings/version_table.h"

namespace ccms::server {
namespace {

std::optional<std::int64_t> number_of(const std::string& text) {
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stopped_at, failure] = std::from_chars(text.data(), end, number);
  return failure == std::errc() && stopped_at == end ? std::optional(number) : std::nullopt;
}

/// A stored document by its version's number or as the draft, or nothing with the reason on standard error.
std::optional<std::string> stored_or_complain(db::Database& database, const std::string& which) {
  const auto lease = database.reader();
  if (which == "draft") {
    if (auto draft = DraftTable(*lease).load()) return std::move(draft->document);
    std::cerr << "there is no draft\n";
    return std::nullopt;
  }
  VersionTable versions(*lease);
  auto document = versions.document(which.empty() ? versions.in_force() : number_of(which).value_or(0));
  if (!document.empty()) return document;
  std::cerr << (which.empty() ? "nothing is published yet" : "there is no version " + which) << '\n';
  return std::nullopt;
}

/// The document as JSON, from the database or a file.
std::optional<nlohmann::json> parsed_or_complain(db::Database& database, const std::string& which) {
  const bool is_stored = which == "draft" || number_of(which);
  const auto document = is_stored ? stored_or_complain(database, which) : read_file_or_complain(which);
  if (!document) return std::nullopt;
  const auto problems = problems_of_draft(*document);
  print_problems(problems, which);
  return problems.empty() ? std::optional(nlohmann::json::parse(*document)) : std::nullopt;
}

std::string stores_of(const VersionRecord& record) {
  std::string stores;
  for (const auto& rollout : record.rollouts) {
    if (rollout.ended_at) continue;
    for (const auto& store : rollout.stores) stores += (stores.empty() ? "" : " ") + store;
  }
  return stores.empty() ? "-" : stores;
}

std::string state_of(const VersionRecord& record, std::int64_t in_force) {
  if (record.version == in_force) return "in force";
  if (record.version < in_force) return "former";
  return stores_of(record) == "-" ? "waiting" : "staged";
}

bool write_or_complain(const std::string& file, const std::string& document) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  if (out.write(document.data(), static_cast<std::streamsize>(document.size())) && out.flush()) return true;
  std::cerr << "cannot write " << file << ": " << std::strerror(errno) << '\n';
  return false;
}

}  // namespace

int export_settings(const Config& config, const ExportWish& wish) {
  const auto database = open_database(config);
  migrate_database(*database);
  const auto document = stored_or_complain(*database, wish.which);
  if (!document) return 1;
  if (!wish.output.empty()) return write_or_complain(wish.output, *document) ? 0 : 1;
  std::cout << *document << std::flush;
  return 0;
}

int import_settings(const Config& config, const ImportWish& wish) {
  const auto document = read_file_or_complain(wish.file);
  if (!document) return 1;
  if (const auto problems = problems_of_draft(*document); !problems.empty()) {
    print_problems(problems, wish.file);
    return 1;
  }
  const auto database = open_database(config);
  migrate_database(*database);
  const std::string complaint =
      db::with_transaction(*database, [&](db::Connection& connection) -> std::string {
        VersionTable versions(connection);
        const auto newest = versions.lock_newest();
        DraftTable drafts(connection);
        const auto former = drafts.load();
        if (former && !wish.replace)
          return former->updated_by + " is writing a draft: --replace puts this in its place";
        if (wish.based_on && !versions.find(*wish.based_on))
          return "--based-on: there is no version " + std::to_string(*wish.based_on);
        const auto base = wish.based_on.value_or(newest ? newest->version : 0);
        const Instant now = SystemClock().now();
        const auto draft = drafts.save({*document, base, "", {}, kCommandLineUser}, now);
        append_audit(connection, draft_saved(command_line_operator(), draft), now);
        return "";
      });
  if (complaint.empty()) {
    std::cout << "draft saved\n";
  } else {
    std::cerr << complaint << '\n';
  }
  return complaint.empty() ? 0 : 1;
}

int compare_settings(const Config& config, const std::string& from, const std::string& to) {
  const auto database = open_database(config);
  migrate_database(*database);
  const auto former = parsed_or_complain(*database, from);
  const auto next = former ? parsed_or_complain(*database, to) : std::nullopt;
  if (!next) return 1;
  for (const auto& change : settings::difference(*former, *next)) std::cout << change.text << '\n';
  return 0;
}

int list_settings_versions(const Config& config) {
  constexpr std::int64_t all = 1'000'000;
  const auto database = open_database(config);
  migrate_database(*database);
  const auto lease = database->reader();
  VersionTable versions(*lease);
  const auto in_force = versions.in_force();
  for (const auto& record : versions.page(std::nullopt, all))
    std::cout << record.version << '\t' << state_of(record, in_force) << '\t'
              << domain::format_rfc3339(record.published_at) << '\t' << record.published_by << '\t'
              << stores_of(record) << '\t' << (record.note.empty() ? "-" : record.note) << '\n';
  return 0;
}

}  // namespace ccms::server
