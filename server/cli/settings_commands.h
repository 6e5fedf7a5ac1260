#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "server/app/config.h"
#include "server/settings/store_group.h"

namespace ccms::server {

// The commands about the life of the settings document. They return the exit code and report on standard
// output (results) and standard error (what went wrong). Exceptions of the database are the caller's.

/// Says what is wrong with a document. Needs no database.
int check_settings(const std::filesystem::path& file);

struct PublishWish {
  std::string file;  ///< empty: the draft
  std::string note;
  StoreGroup stores;  ///< these first; nobody named: everyone
};
int publish_settings(const Config& config, const PublishWish& wish);

struct ExportWish {
  std::string which;   ///< a version's number or "draft"; empty: the version in force
  std::string output;  ///< a file; empty: standard output
};
/// Writes the document byte for byte and nothing else.
int export_settings(const Config& config, const ExportWish& wish);

struct ImportWish {
  std::string file;
  std::optional<std::int64_t> based_on;  ///< the newest version when left out
  bool replace = false;                  ///< a draft that is there
};
/// Makes a file the draft, byte for byte.
int import_settings(const Config& config, const ImportWish& wish);

struct HolidayWish {
  std::string file;              ///< iCalendar
  std::string region;            ///< id
  std::optional<int> from_year;  ///< this year when left out
  std::optional<int> to_year;    ///< the fourth after this one
  std::string output;            ///< a file; empty: the draft, which begins with the newest version
};
/// Adds a calendar's whole days to the holidays of a region, and prints what became of each, with tabs
/// between.
int import_holidays(const Config& config, const HolidayWish& wish);

/// Prints in words what two documents say differently; each is a version's number, "draft", or a file.
int compare_settings(const Config& config, const std::string& from, const std::string& to);

/// Prints number, state, time, by whom, the stores that have it first and the note of every version, newest
/// first, with tabs between.
int list_settings_versions(const Config& config);

struct RolloutWish {
  std::int64_t version = 0;
  StoreGroup stores;
  bool everyone = false;
  bool withdraw = false;  ///< from the named stores, or from all
};
int roll_out_settings(const Config& config, const RolloutWish& wish);

/// Publishes a former version's document anew.
int roll_back_settings(const Config& config, std::int64_t to, const std::string& note);

}  // namespace ccms::server
