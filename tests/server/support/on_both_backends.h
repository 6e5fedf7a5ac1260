#pragma once

#include <gtest/gtest.h>

#include "tests/server/support/fake_till.h"
#include "tests/server/support/server_under_test.h"

namespace ccms::test {

/// Base of tests that run on SQLite and on MariaDB: a server, and till S001-T1, enrolled.
class OnBothBackends : public ::testing::TestWithParam<Backend> {
 protected:
  OnBothBackends() : server(GetParam()), till(server.clock()) {
    till.enrol(transport(), server.enrolment_code("S001", "S001-T1"));
  }

  FakeTill::Transport transport() {
    return [this](server::Request request) { return server.send(std::move(request)); };
  }

  /// A second till, enrolled.
  FakeTill another_till(const std::string& store, const std::string& till_id) {
    FakeTill other(server.clock(), store, till_id);
    other.enrol(transport(), server.enrolment_code(store, till_id));
    return other;
  }

  ServerUnderTest server;
  FakeTill till;
};

inline std::string backend_name(const ::testing::TestParamInfo<Backend>& info) { return name_of(info.param); }

}  // namespace ccms::test

#define CCMS_ON_BOTH_BACKENDS(Suite)                                                                     \
  INSTANTIATE_TEST_SUITE_P(Databases, Suite,                                                             \
                           ::testing::Values(ccms::test::Backend::sqlite, ccms::test::Backend::mariadb), \
                           ccms::test::backend_name)
