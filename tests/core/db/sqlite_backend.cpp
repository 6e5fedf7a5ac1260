#include "core/db/sqlite_connector.h"
#include "tests/core/db/backend.h"
#include "tests/support/services/temp_folder.h"

namespace ccms::db::test {
namespace {

class SqliteBackend : public Backend {
 public:
  std::shared_ptr<const Connector> connector() const override {
    return sqlite_connector({folder_.path() / "test.db", 2});
  }
  bool many_writers() const override { return false; }

 private:
  ccms::test::TempFolder folder_;
};

}  // namespace

std::unique_ptr<Backend> make_backend() { return std::make_unique<SqliteBackend>(); }

}  // namespace ccms::db::test
