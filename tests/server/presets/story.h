#pragma once

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "core/settings/settings.h"
#include "tests/server/support/staff_server.h"

namespace ccms::test {

/// The settings document of a preset, such as "instore".
std::string preset_document(const std::string& preset);
/// All of them, by file name without its ending.
std::vector<std::string> preset_names();

/// The deadline packs of settings/presets/deadlines, by file name without its ending.
std::vector<std::string> deadline_packs();
/// A preset with what a deadline pack adds to it.
std::string with_deadlines(const std::string& document, const std::string& pack);

/// How a request is refused.
struct Refusal {
  int status;
  std::string code;
  std::string field;

  bool operator==(const Refusal&) const = default;
};

/// A ticket of a story.
struct Ticket {
  std::string id;
  std::string code;
  std::string name;  ///< what the story calls it
};

class Story;

/// Somebody, or some program, who does things in a story.
class Person {
 public:
  Person(Story& story, std::string login, std::vector<server::RoleGrant> grants, Caller key = {});

  /// Makes a ticket, which has to succeed.
  Ticket logs(const nlohmann::json& request) const;
  /// Takes a step, which has to succeed.
  void takes(const std::string& step, const Ticket& ticket,
             const nlohmann::json& inputs = nlohmann::json::object()) const;
  /// Writes a comment that the customer may read.
  void writes(const std::string& text, const Ticket& ticket) const;

  Answer tries_to_log(const nlohmann::json& request) const;
  Answer tries(const std::string& step, const Ticket& ticket,
               const nlohmann::json& inputs = nlohmann::json::object()) const;
  Answer looks_at(const Ticket& ticket) const;
  /// How many tickets a search finds, such as "status=open&priority=high".
  int finds(const std::string& query) const;
  /// The ids of the steps that are offered to this person.
  std::vector<std::string> can_take(const Ticket& ticket) const;

  const std::string& id() const { return id_; }
  const std::string& login() const { return login_; }
  bool has_role(const std::string& role) const;
  Answer get(const std::string& target) const;
  /// Any other request to the API.
  Answer sends(const std::string& method, const std::string& target,
               const nlohmann::json& body = nlohmann::json::object()) const;

 private:
  Answer post(const std::string& target, const nlohmann::json& body, const std::string& key = "") const;
  Caller caller() const;

  Story& story_;
  std::string login_;
  std::vector<server::RoleGrant> grants_;
  Caller key_;
  std::string id_;
};

/// A chain that works by a preset, its people, and everything that anybody is told, written down in order. On
/// SQLite, or on the database that CCMS_STORIES_ON names.
class Story {
 public:
  /// `sees_all`: a role of the whole chain, for looking.
  Story(const std::string& preset, const std::string& sees_all, const std::string& deadline_pack = {});

  Person person(const std::string& login, std::vector<server::RoleGrant> roles);
  Person program(std::vector<server::RoleGrant> roles);

  /// Moves the clock and lets what has become due happen.
  void reaches(const char* rfc3339);

  /// Has each of these try every step of the ticket's workflow that they may not take now, or without one of
  /// the things that it requires; expects the right refusal each time, and the ticket to be as it was.
  void expect_refusals(const Ticket& ticket, const std::vector<Person>& people);

  std::string state_of(const Ticket& ticket);
  /// The state as the customer reads it.
  std::string customer_sees(const Ticket& ticket);
  nlohmann::json facts_of(const Ticket& ticket);
  /// The events of a ticket that its customer may read, by type.
  std::vector<std::string> public_history_of(const Ticket& ticket);
  /// Whether any message to this address was written so far.
  bool has_told(const std::string& address);

  /// Compares who was told what, step by step, with tests/golden/presets/NAME.txt; see expect_golden().
  void expect_told_as_in(const std::string& name);
  /// Expects that each step of each workflow was taken.
  void expect_every_step_taken();

 private:
  friend class Person;

  Ticket remember(const nlohmann::json& ticket);
  void tell(const std::string& what, const Ticket* about);
  void tell_states();
  void tell_messages();
  void expect_step_refused(const settings::Transition& step, const Ticket& ticket,
                           const nlohmann::json& facts, const Person& person);
  std::string state_line(const Ticket& ticket);
  std::string without_codes(std::string text) const;

  StaffServer server_;
  settings::Settings settings_;
  std::vector<Ticket> tickets_;
  std::map<std::string, std::string> told_states_;  ///< by ticket id
  std::set<std::string> told_messages_;
  std::ostringstream told_;
  int keys_ = 0;
  Caller onlooker_;
};

std::ostream& operator<<(std::ostream& out, const Refusal& refusal);

inline const Refusal kWrongRole{403, "role_not_allowed", "/action"};
inline const Refusal kWrongState{409, "transition_not_allowed", "/action"};
inline const Refusal kNotVerified{409, "verification_required", "/action"};
inline const Refusal kNotToBeSeen{404, "not_found", ""};
inline Refusal missing(const std::string& field) { return {422, "missing_field", field}; }

void expect_refused(const Answer& answer, const Refusal& refusal);

}  // namespace ccms::test
