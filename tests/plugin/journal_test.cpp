#include "plugin/outbox/journal.h"

#include <gmock/gmock.h>
#include <sqlite3.h>

#include <fstream>

#include "core/wire/capture.h"
#include "plugin/app/create_ticket.h"
#include "plugin/app/known_ticket.h"
#include "plugin/app/unsent.h"
#include "plugin/outbox/capture_table.h"
#include "plugin/outbox/failure_table.h"
#include "plugin/outbox/ticket_table.h"
#include "tests/plugin/till_fixture.h"

namespace ccms::test {
namespace {

using plugin::outbox::Journal;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string contents(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::map<std::string, std::string> files_of(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    files[file.path().filename()] = contents(file.path());
  }
  return files;
}

void run_sql(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK) << message;
  sqlite3_close(database);
}

TEST(Journal, belongs_to_one_instance_at_a_time) {
  const TempFolder folder;
  {
    const auto first = Journal::open(folder.path());
    ASSERT_TRUE(first);
    EXPECT_EQ(Journal::open(folder.path()).error().code, "busy");
  }
  EXPECT_TRUE(Journal::open(folder.path())) << "free again";
}

TEST(Journal, is_for_its_owners_eyes_alone) {
  const TempFolder folder;
  const auto journal = Journal::open(folder.path() / "till");
  ASSERT_TRUE(journal);
  const auto others = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
  for (const auto& file : std::filesystem::directory_iterator(folder.path() / "till")) {
    EXPECT_EQ(file.status().permissions() & others, std::filesystem::perms::none) << file.path();
  }
}

TEST(Journal, refuses_a_folder_that_it_cannot_use) {
  const TempFolder folder;
  const auto file = folder.write("file", "not a folder");
  const auto refused = Journal::open(file);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "storage");
  EXPECT_EQ(refused.error().field, "/data_folder");
}

TEST(Journal, of_a_newer_plugin_is_refused_untouched) {
  const TempFolder folder;
  { ASSERT_TRUE(Journal::open(folder.path())); }
  run_sql(folder.path() / "journal.db",
          "INSERT INTO schema_version SELECT version + 1000, 'from the future', checksum, statements_done, 1 "
          "FROM schema_version"
          " ORDER BY version DESC LIMIT 1");
  const auto before = files_of(folder.path());
  const auto refused = Journal::open(folder.path());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "incompatible");
  EXPECT_EQ(files_of(folder.path()), before);
}

/// The journal that schema 1 wrote on a till with two unsent tickets and a refused one.
class OldJournal : public TillTest {
 protected:
  OldJournal() {
    run.reset();
    std::filesystem::remove(folder.path() / "journal.db");
    std::filesystem::remove(folder.path() / "journal.db-wal");
    std::filesystem::remove(folder.path() / "journal.db-shm");
    run_sql(folder.path() / "journal.db", contents(CCMS_GOLDEN_JOURNAL));
    run = std::make_unique<TillRun>(folder.path(), host, clock, api);
  }
};

TEST_F(OldJournal, keeps_every_ticket) {
  EXPECT_TRUE(status().at("enrolled").get<bool>());
  EXPECT_EQ(status().at("queue_depth"), 2);
  EXPECT_EQ(status().at("quarantined"), 1);
  const auto waiting = unsent();
  ASSERT_EQ(waiting.size(), 3U);
  const auto refused = std::find_if(waiting.begin(), waiting.end(),
                                    [](const Json& e) { return e.at("state") == "quarantined"; });
  EXPECT_EQ(refused->at("problem").at("code"), "bad_value");
  EXPECT_EQ(refused->at("problem").at("field"), "/body/ticket/details");
  EXPECT_EQ(refused->at("attempts"), 2);
}

TEST_F(OldJournal, knows_what_its_tickets_say_and_which_forms_they_were) {
  const auto connection = till().journal.lease();
  const auto tickets = plugin::outbox::tickets::list(*connection, 10);
  ASSERT_THAT(tickets, SizeIs(3));
  for (const auto& ticket : tickets) {
    const auto request = plugin::app::content_of(ticket);
    ASSERT_TRUE(request);
    ASSERT_TRUE(ticket.creation);
    const auto event = plugin::outbox::captures::find(*connection, *ticket.creation);
    EXPECT_EQ(event->ticket_id, ticket.ticket_id.str());
    EXPECT_EQ(ticket.form_id, request->form_id->str());
    const auto of_form =
        plugin::outbox::tickets::find_by_form(*connection, till().journal.ticket_keys(), ticket.form_id);
    ASSERT_TRUE(of_form);
    EXPECT_EQ(of_form->ticket_id, ticket.ticket_id);
  }
}

TEST_F(OldJournal, hands_over_captures_byte_for_byte) {
  const auto batch = plugin::outbox::captures::next_batch(*till().journal.lease(), 10, 1'000'000);
  ASSERT_THAT(batch, SizeIs(2));
  const auto golden = contents(CCMS_GOLDEN_JOURNAL);
  for (const auto& item : batch) {
    EXPECT_TRUE(wire::parse_capture(item.bytes));
    EXPECT_THAT(golden, HasSubstr(domain::hex_encode(item.bytes)));
  }
}

TEST_F(OldJournal, is_sent_without_loss) {
  const auto identity = plugin::outbox::identity::load(*till().journal.lease());
  ASSERT_TRUE(identity);
  const auto key = crypto::KeyPair::from_private(identity->private_key).public_key();
  server.know_till("S001-T1", "S001", identity->epoch, key, identity->generation);
  const auto waiting = plugin::outbox::captures::next_batch(*till().journal.lease(), 10, 1'000'000);
  ASSERT_TRUE(drain());
  for (const auto& item : waiting)
    EXPECT_THAT(server.captures(), ::testing::Contains(::testing::Key(item.event_id)));
}

class FullDisk : public TillTest {
 protected:
  FullDisk() { enrol(); }
  void limit_pages(const std::string& limit) {
    till().journal.lease()->query("PRAGMA max_page_count = " + limit);
  }
};

TEST_F(FullDisk, acknowledges_nothing_and_works_again_afterwards) {
  const auto before = create();
  limit_pages("1");  // not below what the file has already
  std::size_t made = 1;
  bool full = false;
  for (int i = 0; i < 200 && !full; ++i) {
    try {
      const auto reply = plugin::app::create_ticket(till(), request().dump());
      ASSERT_TRUE(reply);
      ++made;
    } catch (const db::DbError& error) {
      EXPECT_EQ(error.kind(), db::ErrorKind::full);
      full = true;
    }
  }
  ASSERT_TRUE(full);
  EXPECT_EQ(unsent().size(), made) << "exactly what was acknowledged";
  limit_pages("1000000");
  create();
  EXPECT_EQ(unsent().size(), made + 1);
  ASSERT_TRUE(drain());
  EXPECT_THAT(server.gaps("S001-T1"), SizeIs(0)) << "a failed ticket uses up no number";
}

}  // namespace
}  // namespace ccms::test
