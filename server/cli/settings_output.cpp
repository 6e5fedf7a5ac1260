#include "server/cli/settings_output.h"

#include <iostream>

namespace ccms::server {

void print_problems(const std::vector<settings::Problem>& problems, const std::string& name) {
  for (const auto& problem : problems) std::cerr << name << ": " << to_string(problem) << '\n';
  const auto most = settings::LoadOptions().max_problems;
  if (problems.size() >= most) std::cerr << name << ": only the first " << most << " problems are shown\n";
}

int report(const Publication& publication, const std::string& name) {
  print_problems(publication.problems, name);
  if (!publication.ok()) return 1;
  std::cout << "version " << publication.version << (publication.unchanged ? " (unchanged)" : "") << '\n';
  return 0;
}

}  // namespace ccms::server
