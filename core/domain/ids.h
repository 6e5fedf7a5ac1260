#pragma once

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ccms::domain {

/// Ids of settings (stores, tills, departments, fields …): `[A-Za-z0-9][A-Za-z0-9_.-]{0,63}`.
bool is_settings_id(std::string_view text);
/// Ids made by this system: a UUID, version 7, lower case, 36 characters.
bool is_uuid_v7(std::string_view text);
/// Ids that another system gave (a loyalty member): 1 to 200 code points without control characters.
bool is_external_id(std::string_view text);

/// An id as a type of its own, so that a store can never be passed for a till. `Tag::valid` is its format.
template <class Tag>
class Id {
 public:
  Id() = default;
  /// Takes text that is already known to be well-formed (our own database, a literal); see parse().
  explicit Id(std::string text) : text_(std::move(text)) {}

  /// The id, or nothing when the text does not have this id's format.
  static std::optional<Id> parse(std::string_view text) {
    if (!Tag::valid(text)) return std::nullopt;
    return Id(std::string(text));
  }

  const std::string& str() const noexcept { return text_; }
  bool empty() const noexcept { return text_.empty(); }

  friend bool operator==(const Id&, const Id&) = default;
  friend std::strong_ordering operator<=>(const Id& a, const Id& b) { return a.text_.compare(b.text_) <=> 0; }

 private:
  std::string text_;
};

namespace id_tags {
struct Uuid {
  static bool valid(std::string_view text) { return is_uuid_v7(text); }
};
struct Settings {
  static bool valid(std::string_view text) { return is_settings_id(text); }
};
struct External {
  static bool valid(std::string_view text) { return is_external_id(text); }
};
struct Ticket : Uuid {};
struct Event : Uuid {};
struct Form : Uuid {};
struct Store : Settings {};
struct Till : Settings {};
struct Department : Settings {};
struct Priority : Settings {};
struct Category : Settings {};
struct Field : Settings {};
struct State : Settings {};
struct Reason : Settings {};
struct Customer : External {};
}  // namespace id_tags

using TicketId = Id<id_tags::Ticket>;
using EventId = Id<id_tags::Event>;
using FormId = Id<id_tags::Form>;
using StoreId = Id<id_tags::Store>;
using TillId = Id<id_tags::Till>;
using DepartmentId = Id<id_tags::Department>;
using PriorityId = Id<id_tags::Priority>;
using CategoryId = Id<id_tags::Category>;
using FieldId = Id<id_tags::Field>;
using StateId = Id<id_tags::State>;
/// A coded reason or condition of the settings (no proof, withdrawal, state of goods).
using ReasonId = Id<id_tags::Reason>;
using CustomerId = Id<id_tags::Customer>;

}  // namespace ccms::domain

template <class Tag>
struct std::hash<ccms::domain::Id<Tag>> {
  std::size_t operator()(const ccms::domain::Id<Tag>& id) const noexcept {
    return std::hash<std::string>()(id.str());
  }
};
