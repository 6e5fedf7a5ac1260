#include "server/cli/try_settings.h"

#include "server/cli/files.h"
#include "server/cli/settings_output.h"

namespace ccms::server {
namespace {

std::string name_of(const TrySettings& wish) {
  if (!wish.file.empty()) return wish.file;
  if (wish.choice.draft) return "draft";
  return wish.choice.version ? "version " + std::to_string(*wish.choice.version) : "settings";
}

FoundCandidate find(const TrySettings& wish, db::Database* database) {
  if (wish.file.empty()) return find_candidate(*database->reader(), wish.choice);
  const auto document = read_file_or_complain(wish.file);
  return document ? candidate_of(*document) : FoundCandidate{};
}

}  // namespace

std::shared_ptr<const Candidate> candidate_or_complain(const TrySettings& wish, db::Database* database) {
  auto found = find(wish, database);
  print_problems(found.problems, name_of(wish));
  return std::move(found.candidate);
}

}  // namespace ccms::server
