#include "server/store/schema.h"

#include <string>
#include <string_view>

#include "server/store/schema_v1.h"
#include "server/store/schema_v2.h"
#include "server/store/schema_v3.h"
#include "server/store/schema_v4.h"
#include "server/store/schema_v5.h"
#include "server/store/schema_v6.h"
#include "server/store/schema_v7.h"
#include "server/store/schema_v8.h"

namespace ccms::server {
namespace {

/// The statements of a script: comment lines go, `;` at the end of a line ends a statement.
std::vector<std::string> statements_of(std::string_view script) {
  std::vector<std::string> statements;
  std::string current;
  while (!script.empty()) {
    const auto end = std::min(script.find('\n'), script.size());
    const auto line = script.substr(0, end);
    script.remove_prefix(std::min(end + 1, script.size()));
    if (line.empty() || line.starts_with("--")) continue;
    if (!line.ends_with(';')) {
      current.append(line).append("\n");
      continue;
    }
    current.append(line.substr(0, line.size() - 1));
    statements.push_back(std::move(current));
    current.clear();
  }
  return statements;
}

}  // namespace

std::vector<db::Migration> server_migrations() {
  return {{1, "first schema", statements_of(kSchemaV1)},
          {2, "turn-around times", statements_of(kSchemaV2)},
          {3, "life of the settings", statements_of(kSchemaV3)},
          {4, "several workflows", statements_of(kSchemaV4)},
          {5, "linked tickets", statements_of(kSchemaV5)},
          {6, "people", statements_of(kSchemaV6)},
          {7, "absences and turns", statements_of(kSchemaV7)},
          {8, "digests and waiting tickets", statements_of(kSchemaV8)}};
}

}  // namespace ccms::server
