#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string>

#include "server/app/clock.h"
#include "server/app/database.h"
#include "server/cli/commands.h"
#include "server/cli/operator.h"
#include "server/history/history_importer.h"
#include "server/ledger/ledger.h"
#include "server/settings/settings_store.h"

namespace ccms::server {
namespace {

struct Counts {
  std::size_t imported = 0;
  std::size_t already_there = 0;
  std::size_t refused = 0;

  void add(ImportedLine::Outcome outcome) {
    switch (outcome) {
      case ImportedLine::Outcome::imported:
        ++imported;
        return;
      case ImportedLine::Outcome::already_there:
        ++already_there;
        return;
      case ImportedLine::Outcome::refused:
        ++refused;
        return;
    }
  }
};

Counts import_lines(std::istream& in, HistoryImporter& importer) {
  Counts counts;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty()) continue;
    const ImportedLine result = importer.import_line(line);
    counts.add(result.outcome);
    for (const auto& error : result.errors) {
      std::cerr << "line " << number << ": " << error.field << ": " << error.message << " (" << error.code
                << ")\n";
    }
  }
  return counts;
}

}  // namespace

int import_history(const Config& config, const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    std::cerr << "cannot read " << file.string() << ": " << std::strerror(errno) << '\n';
    return 1;
  }
  const auto database = open_database(config);
  migrate_database(*database);
  SettingsStore settings(*database);
  const auto published = settings.current();
  if (!published) {
    std::cerr << "publish settings first: they say what a ticket is\n";
    return 1;
  }
  Ledger ledger(*database);
  const SystemClock clock;
  HistoryImporter importer(*database, ledger, *published, clock);
  const Counts counts = import_lines(in, importer);
  note_import(
      *database, "tickets.imported", file,
      {{"imported", counts.imported}, {"already_there", counts.already_there}, {"refused", counts.refused}},
      clock.now());
  std::cout << "imported " << counts.imported << ", already there " << counts.already_there << ", refused "
            << counts.refused << '\n';
  if (in.bad()) {
    std::cerr << "reading " << file.string() << " failed\n";
    return 1;
  }
  return counts.refused == 0 ? 0 : 1;
}

}  // namespace ccms::server
