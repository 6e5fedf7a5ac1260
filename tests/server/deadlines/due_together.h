#pragma once

#include <cstdint>
#include <string>

#include "tests/server/support/staff_server.h"

namespace ccms::test {

/// How long a ticket of due_together_settings() has.
constexpr std::chrono::hours kTimeOfATicket{2};
/// The steps of its ladder. Nobody looks before the time is up, so that both are due then.
constexpr int kStepsOfATicket = 2;

/// The sample chain with one turn-around time and one ladder: `remind` tells the department, `late` the
/// store's manager. Their messages wait for a digest hours from `now`, so that no mail is sent beside what is
/// looked at.
std::string due_together_settings(server::Instant now);

/// The two people whom the steps tell.
constexpr const char* kDepartmentMail = "care@nordmarkt.example";
constexpr const char* kManagerMail = "s001@nordmarkt.example";

/// Publishes due_together_settings(), adds the people and makes one ticket through the server at its clock's
/// time. Returns the ticket's id.
std::string make_ticket_of_two_hours(StaffServer& server);

/// Copies a ticket's row, history and timer `copies` times, under ids of their own that begin as the ticket's
/// and end in a number. The database writes them, in statements of many rows: the server's own way would take
/// minutes for what a test only begins with. The events' digests are those of the original.
void copy_ticket(db::Database& database, const std::string& ticket_id, std::int64_t copies);

/// Adds timers that are due at `due_at` for tickets that are not there.
void add_bare_timers(db::Database& database, server::Instant due_at, std::int64_t count);

}  // namespace ccms::test
