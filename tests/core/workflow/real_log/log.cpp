#include "tests/core/workflow/real_log/log.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "core/wire/csv.h"
#include "tests/support/files/files.h"

namespace ccms::workflow::testing {
namespace {

/// One file's records, with its columns by name.
class Table {
 public:
  explicit Table(const std::string& name) : text_(test::read_file(test::shared_data(name))), reader_(text_) {
    const auto header = reader_.next();
    if (!header) throw std::runtime_error(name + " is empty");
    for (std::size_t i = 0; i < header->size(); ++i) columns_[(*header)[i]] = i;
  }

  bool next() {
    auto record = reader_.next();
    if (!record) return false;
    record_ = *std::move(record);
    return true;
  }

  const std::string& operator[](const std::string& column) const { return record_.at(columns_.at(column)); }

 private:
  std::string text_;
  wire::CsvReader reader_;
  std::map<std::string, std::size_t> columns_;
  std::vector<std::string> record_;
};

}  // namespace

std::vector<LoggedCase> read_real_log() {
  std::vector<LoggedCase> cases;
  std::map<std::string, std::size_t> places;
  for (Table table("workflow_cases_bpic14.csv"); table.next();) {
    places[table["case_id"]] = cases.size();
    cases.push_back({table["case_id"], table["priority"], {}});
  }
  for (Table table("workflow_events_bpic14.csv"); table.next();) {
    cases.at(places.at(table["case_id"]))
        .events.push_back({table["activity"], table["timestamp"], table["event_no"], table["resource"]});
  }
  for (LoggedCase& one : cases) {
    std::sort(one.events.begin(), one.events.end(), [](const LoggedEvent& a, const LoggedEvent& b) {
      return std::tie(a.timestamp, a.number) < std::tie(b.timestamp, b.number);
    });
  }
  return cases;
}

}  // namespace ccms::workflow::testing
