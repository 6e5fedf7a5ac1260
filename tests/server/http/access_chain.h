#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/server/support/fake_till.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {

/// A ticket of the matrix, with everything of it that nobody outside may read anywhere.
struct Subject {
  std::string name{};
  std::string id{};
  std::string code{};  ///< as it is printed, 4-4-4
  std::string customer{}, mobile{}, details{}, receipt{}, serial{};
  std::string store{}, department{}, category{};
  bool training = false;

  /// The text of `answer` that gives the ticket away; empty when nothing does.
  std::string given_away_by(const std::string& answer) const;
  /// The code without its dashes.
  std::string symbols() const;
};

/// Somebody who asks, what roles they have, and which tickets they may see by the rules as written down here.
struct Asker {
  enum class Kind { anonymous, staff, client, till };

  std::string name;
  Kind kind = Kind::staff;
  std::vector<server::RoleGrant> grants;
  std::set<std::string> sees;
  std::set<std::string> may;  ///< of the routes that a permission opens: settings, captures, colleagues,
                              ///< absences, people, replay
  std::string store;          ///< tills

  bool is_signed_in() const { return kind == Kind::staff || kind == Kind::client; }
  std::string email() const { return name + "@people.example"; }
};

/// The sample chain with roles of every scope, one of each within and one of each outside what a ticket is
/// about, and four tickets: `plain` of a store in Hamburg and the department of repairs, `far` of a store in
/// London and another department, `confidential` about the people of the first store, and `training`. All but
/// the last are long overdue, and everybody whom the ladder tells has been told. The first three are linked
/// to each other.
class AccessChain : public OnBothDatabases {
 protected:
  AccessChain();

  /// Sends a request as this asker, tills with their signature.
  Answer ask(const Asker& asker, const std::string& method, const std::string& target,
             const std::string& body, const StaffServer::Headers& headers = {});
  /// What of a ticket every change moves: its version, its history, its messages.
  std::string fingerprint(const Subject& subject);
  /// Another session of somebody who is signed in already.
  void sign_in_again(const Asker& asker);
  FakeTill& till_of(const Asker& asker) { return tills_.at(asker.name); }
  const Subject& subject(const std::string& name) const;
  FakeTill::Transport transport() {
    return [this](server::Request request) { return server.send(std::move(request)); };
  }
  /// A request to the console's API for a ticket about the same purchase.
  static nlohmann::json request_on_purchase_of(const Subject& subject);

  /// Makes a ticket "merged" beside `far` and merges it into that one.
  const Subject& merge_into_far();

  std::vector<Asker> askers;
  std::vector<Subject> subjects;

 private:
  void make_askers();
  void make_subjects();
  void link_subjects();
  void make_training_ticket();
  void let_everything_become_late();
  void add_subject(Subject subject, const std::string& serial = "");

  std::map<std::string, Caller> callers_;
  std::map<std::string, FakeTill> tills_;
};

/// That chain's settings.
nlohmann::json access_settings();

}  // namespace ccms::test
