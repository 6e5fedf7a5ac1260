#include "server/settings/succession.h"

#include <algorithm>
#include <string>
#include <utility>

#include "server/settings/people_succession.h"
#include "server/settings/state_succession.h"
#include "server/store/active_tickets.h"

namespace ccms::server {
namespace {

bool is_in_use(db::Connection& connection, const std::string& column, const std::string& id) {
  return !connection.query("SELECT ticket_id FROM tickets WHERE " + column + " = ? LIMIT 1", {id}).empty();
}

class Comparison {
 public:
  explicit Comparison(db::Connection& connection) : connection_(connection) {}

  /// `column` of the tickets names elements of the list at `pointer`; `advice` says what to do with one.
  template <class List>
  void compare(const List& former, const List& next, const std::string& pointer, const std::string& column,
               const char* advice = "tickets use this id: retire it instead of removing it") {
    for (const auto& element : former) {
      const bool is_kept =
          std::any_of(next.begin(), next.end(), [&](const auto& other) { return other.id == element.id; });
      if (!is_kept && is_in_use(connection_, column, element.id)) add(advice, pointer, element.id);
    }
  }

  /// Tickets that are finished need none any more: who reopens one finds the workflow that it would get
  /// today.
  void compare_workflows(const std::vector<settings::Workflow>& former,
                         const std::vector<settings::Workflow>& next) {
    for (const settings::Workflow& workflow : former) {
      if (settings::find_by_id(next, workflow.id) != nullptr) continue;
      const auto under_way = connection_.query(
          "SELECT t.ticket_id FROM tickets t WHERE t.workflow = ? AND " + std::string(kMayGoOn) + " LIMIT 1",
          {workflow.id});
      if (!under_way.empty())
        add("unfinished tickets go by this workflow: keep it until they are closed", "/workflows",
            workflow.id);
    }
  }

  /// The searchable fields that tickets have values for; of the others only the tickets themselves know.
  void compare_fields(const std::vector<settings::Field>& former, const std::vector<settings::Field>& next) {
    for (const settings::Field& field : former) {
      const auto kept =
          std::find_if(next.begin(), next.end(), [&](const auto& other) { return other.id == field.id; });
      if (kept != next.end() && kept->type == field.type) continue;
      if (!has_values(field.id)) continue;
      if (kept == next.end()) {
        add("tickets use this field: retire it instead of removing it", "/fields", field.id);
      } else {
        add("tickets have values of the former type: make another field",
            "/fields/" + std::to_string(kept - next.begin()) + "/type", field.id);
      }
    }
  }

  /// A choice's options that searchable values name.
  void compare_options(const std::vector<settings::Field>& former, const std::vector<settings::Field>& next) {
    for (const settings::Field& field : former) {
      const auto kept =
          std::find_if(next.begin(), next.end(), [&](const auto& other) { return other.id == field.id; });
      if (kept == next.end() || kept->type != field.type) continue;
      for (const auto& option : field.options) {
        if (kept->find_option(option.id) != nullptr || !has_values(field.id, option.id)) continue;
        add("tickets use this option: retire it instead of removing it",
            "/fields/" + std::to_string(kept - next.begin()) + "/options", option.id);
      }
    }
  }

  void add(std::vector<settings::Problem> more) {
    for (auto& problem : more) problems_.push_back(std::move(problem));
  }

  std::vector<settings::Problem> take() { return std::move(problems_); }

 private:
  void add(const char* message, std::string pointer, const std::string& id) {
    problems_.push_back({{"in_use", message, std::move(pointer)}, '"' + id + '"'});
  }

  bool has_values(const std::string& field) {
    return !connection_.query("SELECT ticket_id FROM ticket_fields WHERE field = ? LIMIT 1", {field}).empty();
  }
  bool has_values(const std::string& field, const std::string& option) {
    return !connection_
                .query("SELECT ticket_id FROM ticket_fields WHERE field = ? AND text_value = ? LIMIT 1",
                       {field, option})
                .empty();
  }

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
  lists.compare(former.states, next.states, "/states", "state",
                "tickets are in this state: keep it, with no step that leads to it");
  lists.compare_workflows(former.workflows, next.workflows);
  lists.compare(former.organisation.stores, next.organisation.stores, "/organisation/stores",
                "reported_store", "tickets were reported here: keep the store, with ccms_enabled false");
  lists.compare_fields(former.form.fields, next.form.fields);
  lists.compare_options(former.form.fields, next.form.fields);
  lists.add(state_problems_of_succession(connection, former, next));
  lists.add(people_problems_of_succession(connection, former, next));
  return lists.take();
}

}  // namespace ccms::server
