#pragma once

namespace ccms::server {

/// Runs one command of ccms-server: serve, migrate, user add, list, disable, enable and remove, audit, client
/// add, list and revoke, till code, list, disable and enable, ledger import, ticket import, simulate,
/// simulate replay, settings check, publish, import, export, diff, versions, rollout and rollback. Returns
/// the process's exit code: 0 done, 1 refused or failed (reason on standard error), other: usage.
int run_command_line(int argc, char** argv);

}  // namespace ccms::server
