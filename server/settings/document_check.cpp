#include "server/settings/document_check.h"

#include <algorithm>

#include "server/settings/load_options.h"
#include "server/settings/succession.h"
#include "server/settings/version_table.h"

namespace ccms::server {
namespace {

void add_new_ones(std::vector<settings::Problem>& problems, std::vector<settings::Problem> more) {
  for (auto& problem : more) {
    const bool known = std::any_of(problems.begin(), problems.end(), [&](const settings::Problem& other) {
      return other.error == problem.error && other.value == problem.value;
    });
    if (!known) problems.push_back(std::move(problem));
  }
}

std::vector<std::int64_t> predecessors(db::Connection& connection, std::int64_t version) {
  std::vector<std::int64_t> numbers;
  const auto rows = connection.query(
      "SELECT version FROM settings_versions WHERE version >= ? AND version < ? ORDER BY version",
      {VersionTable(connection).in_force(), version});
  for (const db::Row row : rows) numbers.push_back(row.integer("version"));
  return numbers;
}

}  // namespace

DocumentCheck check_document(db::Connection& connection, std::string_view document, std::int64_t version) {
  auto loaded = settings::load_settings(document, settings_load_options());
  DocumentCheck check{std::move(loaded.value), std::move(loaded.problems), loaded.more_problems};
  if (!check.settings) return check;
  for (const auto number : predecessors(connection, version)) {
    const auto former =
        settings::load_settings(VersionTable(connection).document(number), published_load_options());
    // A former document that this program cannot read has nothing to say: publishing is the way out.
    if (former.ok())
      add_new_ones(check.problems, problems_of_succession(connection, *former.value, *check.settings));
  }
  return check;
}

}  // namespace ccms::server
