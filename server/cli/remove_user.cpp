#include <iostream>

#include "core/db/transaction.h"
#include "core/domain/ticket_code.h"
#include "server/app/database.h"
#include "server/app/logger.h"
#include "server/cli/commands.h"
#include "server/cli/operator.h"
#include "server/staff/members.h"
#include "server/store/active_tickets.h"
#include "server/store/ticket_record.h"
#include "server/store/user_store.h"

namespace ccms::server {
namespace {

constexpr std::size_t kMostNamed = 20;

void complain_of_tickets(db::Connection& connection, const std::string& login,
                         const std::vector<std::string>& tickets) {
  std::cerr << login << " has " << tickets.size() << " unfinished tickets; give them to somebody else first:";
  for (std::size_t i = 0; i < tickets.size() && i < kMostNamed; ++i) {
    const auto ticket = load_ticket(connection, tickets[i]);
    const auto code = ticket ? domain::TicketCode::parse(ticket->code) : domain::TicketCode();
    if (code) std::cerr << ' ' << code->display();
  }
  std::cerr << '\n';
}

}  // namespace

int remove_user(const Config& config, const std::string& login) {
  const auto database = open_database(config);
  migrate_database(*database);
  return db::with_transaction(*database, [&](db::Connection& connection) {
    UserStore users(connection);
    const auto known = users.find_by_login(login);
    auto account = known ? users.find_account(known->user.user_id, true) : std::nullopt;
    if (!account || account->user.removed_at) {
      std::cerr << "there is no user " << login << '\n';
      return 1;
    }
    if (const auto tickets = active_tickets_of(connection, account->user.user_id); !tickets.empty()) {
      complain_of_tickets(connection, account->user.login, tickets);
      return 1;
    }
    std::cout << account->user.login << " removed\n";
    let_member_go(connection, command_line_operator(), account->user, SystemClock().now());
    return 0;
  });
}

}  // namespace ccms::server
