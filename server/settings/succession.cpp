#include "server/settings/succession.h"

#include <algorithm>
#include <string>

namespace ccms::server {
namespace {

bool is_in_use(db::Connection& connection, const std::string& column, const std::string& id) {
  return !connection.query("SELECT ticket_id FROM tickets WHERE " + column + " = ? LIMIT 1", {id}).empty();
}

class Comparison {
 public:
  explicit Comparison(db::Connection& connection) : connection_(connection) {}

  /// `column` of the tickets names elements of the list at `pointer`.
  template <class List>
  void compare(const List& former, const List& next, const std::string& pointer, const std::string& column) {
    for (const auto& element : former) {
      const bool is_kept =
          std::any_of(next.begin(), next.end(), [&](const auto& other) { return other.id == element.id; });
      if (is_kept || !is_in_use(connection_, column, element.id)) continue;
      problems_.push_back({{"in_use", "tickets use this id: retire it instead of removing it", pointer},
                           '"' + element.id + '"'});
    }
  }

  std::vector<settings::Problem> take() { return std::move(problems_); }

 private:
  db::Connection& connection_;
  std::vector<settings::Problem> problems_;
};

}  // namespace

std::vector<settings::Problem> problems_of_succession(db::Connection& connection,
                                                      const settings::Settings& former,
                                                      const settings::Settings& next) {
  Comparison lists(connection);
  lists.compare(former.form.departments, next.form.departments, "/departments", "department");
  lists.compare(former.form.priorities, next.form.priorities, "/priorities", "priority");
  lists.compare(former.form.categories, next.form.categories, "/categories", "category");
  lists.compare(former.resolution_codes, next.resolution_codes, "/resolution_codes", "resolution_code");
  lists.compare(former.states, next.states, "/states", "state");
  lists.compare(former.workflows, next.workflows, "/workflows", "workflow");
  lists.compare(former.organisation.stores, next.organisation.stores, "/organisation/stores",
                "reported_store");
  return lists.take();
}

}  // namespace ccms::server
