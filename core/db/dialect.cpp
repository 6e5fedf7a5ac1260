#include "core/db/dialect.h"

#include "core/db/db_error.h"

namespace ccms::db {

std::string Dialect::expand(std::string_view sql) const {
  std::string expanded;
  for (;;) {
    const auto open = sql.find("{{");
    if (open == std::string_view::npos) return expanded.append(sql);
    const auto close = sql.find("}}", open);
    if (close == std::string_view::npos)
      throw DbError(ErrorKind::other, "a {{token}} of a schema statement is not closed");
    const auto name = sql.substr(open + 2, close - open - 2);
    expanded.append(sql.substr(0, open));
    // {{table}} is empty on SQLite, so that empty alone does not mean unknown.
    const auto replacement = token(name);
    if (replacement.empty() && name != "table")
      throw DbError(ErrorKind::other, "unknown token {{" + std::string(name) + "}}");
    expanded.append(replacement);
    sql.remove_prefix(close + 2);
  }
}

}  // namespace ccms::db
