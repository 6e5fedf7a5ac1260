#include "server/cli/operator.h"

#include <pwd.h>
#include <unistd.h>

#include <string>

#include "server/cli/settings_output.h"

namespace ccms::server {

AuditActor command_line_operator() {
  const uid_t account = geteuid();
  const passwd* const entry = getpwuid(account);
  return {"operator", entry != nullptr ? entry->pw_name : std::to_string(account), kCommandLineUser, "cli"};
}

}  // namespace ccms::server
