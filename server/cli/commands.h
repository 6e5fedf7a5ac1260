#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "server/app/config.h"
#include "server/what_if/candidate.h"
#include "server/what_if/simulated_ticket.h"

namespace ccms::server {

// The commands of the program, one function each. They return the exit code and report on standard output
// (results) and standard error (what went wrong). Exceptions of the database are the caller's.

int serve(const Config& config);
int migrate(const Config& config);

/// Of somebody who is there, what is left empty stays as it was.
struct UserWish {
  std::string login;
  std::string name;
  std::string email;
  std::vector<std::string> roles;  ///< "hq", "department_staff:repairs", "store_manager:S001"
  bool password_on_stdin = false;
};
int add_user(const Config& config, const UserWish& wish);
/// Prints login, name, roles, "enabled" or "disabled" and the last sign-in ("-": none known) of each user,
/// with tabs between.
int list_users(const Config& config);
/// Ends the user's sessions and lets nobody sign in as them any more.
int disable_user(const Config& config, const std::string& login);
int enable_user(const Config& config, const std::string& login);
/// The user has left: signed out, never in again, and named by the history alone; the login is free. Refused
/// while they have unfinished tickets, which are named.
int remove_user(const Config& config, const std::string& login);

/// Prints time, who (name, account), from where, action, what it was about and details (JSON) of the last
/// entries of the audit log, newest first, with tabs between.
int list_audit(const Config& config, std::int64_t last);

struct ClientWish {
  std::string name;
  std::vector<std::string> roles;  ///< as a user's
};
/// Prints a new API key, the one time that it can be seen: only its digest is stored.
int add_client(const Config& config, const ClientWish& wish);
/// Prints name, roles and "active" or "revoked" of each client, with tabs between.
int list_clients(const Config& config);
int revoke_client(const Config& config, const std::string& name);

/// Prints a new enrolment code for a till that the published settings know.
int issue_till_code(const Config& config, const std::string& till);
/// Prints id, store, "enabled" or "disabled" and the last synchronisation ("-": none yet) of each enrolled
/// till, with tabs between.
int list_tills(const Config& config);
/// The till's requests are refused from now on; what it captures waits there.
int disable_till(const Config& config, const std::string& till);
int enable_till(const Config& config, const std::string& till);

int import_ledger(const Config& config, const std::filesystem::path& file,
                  const std::filesystem::path& mapping);

/// Takes in the tickets of an older system, one a line (server/history/history_line.h). 1 when a line was
/// refused; the others are in.
int import_history(const Config& config, const std::filesystem::path& file);

/// Settings to try: a document, or else what is stored.
struct TrySettings {
  std::string file;  ///< empty: the choice
  CandidateChoice choice;
};

/// Prints where a ticket that nobody sends goes, when it is due, and who is told when if nobody does
/// anything. Needs no database with a file.
int simulate_ticket(const Config& config, const TrySettings& settings, const SimulationWish& wish);

/// Prints what would change for the last tickets under these settings, against those in force: counted, then
/// ticket by ticket.
int replay_tickets(const Config& config, const TrySettings& settings, std::int64_t last);

}  // namespace ccms::server
