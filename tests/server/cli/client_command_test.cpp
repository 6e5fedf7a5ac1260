#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/cli/commands.h"
#include "tests/server/cli/said.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {
namespace {

using testing::HasSubstr;

class ClientCommandTest : public OnBothDatabases {
 protected:
  Said add(const std::string& name, const std::vector<std::string>& roles = {"hq"}) {
    return run([&] { return server::add_client(server.config(), {name, roles}); });
  }
  Said revoke(const std::string& name) {
    return run([&] { return server::revoke_client(server.config(), name); });
  }
  Said list() {
    return run([&] { return server::list_clients(server.config()); });
  }

  static Caller with_key(const Said& said) { return {"", said.out.substr(0, said.out.find('\n'))}; }

  Answer create(const Caller& caller, const std::string& idempotency_key) {
    return server.post(caller, "/api/v1/tickets", StaffServer::ticket_request(),
                       {{"Idempotency-Key", idempotency_key}});
  }
};

TEST_P(ClientCommandTest, TheKeyIsShownOnceAndCallsTheApi) {
  const Said said = add("webshop");
  ASSERT_EQ(said.exit_code, 0) << said.err;
  const Caller webshop = with_key(said);
  EXPECT_EQ(said.out, webshop.api_key + "\n");
  EXPECT_EQ(webshop.api_key.size(), 64U);

  const Answer first = create(webshop, "order-1");
  ASSERT_EQ(first.status, 201) << first.response.body;
  const Answer again = create(webshop, "order-1");
  EXPECT_EQ(again.response.body, first.response.body);
  EXPECT_EQ(again.header("Idempotent-Replayed"), "true");
  EXPECT_EQ(server.count("SELECT COUNT(*) AS n FROM tickets"), 1);
  EXPECT_EQ(server.text("SELECT actor_type FROM ticket_events WHERE type = 'created'"), "client");
  EXPECT_EQ(server.text("SELECT actor_name FROM ticket_events WHERE type = 'created'"), "webshop");

  EXPECT_NE(server.text("SELECT key_hash FROM api_clients"), webshop.api_key) << "a digest alone is kept";
  EXPECT_EQ(list().out, "webshop\thq\tactive\n");
}

TEST_P(ClientCommandTest, ARevokedKeyOpensNothingAndItsNameIsFreeAgain) {
  const Caller former = with_key(add("webshop"));
  EXPECT_EQ(add("webshop").exit_code, 1) << "two keys of one name could not be told apart";
  EXPECT_EQ(revoke("webshop").out, "webshop revoked\n");
  EXPECT_EQ(create(former, "a").code(), "bad_api_key");
  EXPECT_EQ(revoke("webshop").exit_code, 1);

  const Caller present = with_key(add("webshop", {"department_staff:repairs", "store_manager:S001"}));
  EXPECT_EQ(create(present, "a").status, 201);
  EXPECT_THAT(list().out, HasSubstr("webshop\tdepartment_staff:repairs store_manager:S001\tactive\n"));
  EXPECT_THAT(list().out, HasSubstr("webshop\thq\trevoked\n"));
}

TEST_P(ClientCommandTest, RolesThatDoNotExistAreRefused) {
  for (const char* role :
       {"admin", "hq:S001", "store_manager", "store_manager:S999", "department_staff:moon"}) {
    const Said said = add("webshop", {role});
    EXPECT_EQ(said.exit_code, 1) << role;
    EXPECT_THAT(said.err, HasSubstr(role));
  }
  EXPECT_EQ(list().out, "");
}

INSTANTIATE_TEST_SUITE_P(Databases, ClientCommandTest, testing::Values(Backend::sqlite, Backend::mariadb),
                         backend_name);

}  // namespace
}  // namespace ccms::test
