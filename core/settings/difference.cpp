#include "core/settings/difference.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>

#include "core/settings/difference_words.h"
#include "core/settings/problems.h"

namespace ccms::settings {
namespace {

using nlohmann::json;

/// Where the comparison stands, and how a sentence about it begins.
struct Place {
  std::string former;  ///< JSON pointers
  std::string next;
  std::string path;     ///< without positions in lists
  std::string subject;  ///< "routing rule “food”"
  std::string member;   ///< "condition category", from the subject on
  std::string list;     ///< of an element: how a sentence about its list begins, "routing rules"
  std::string id;       ///< of an element

  std::string head() const {
    if (subject.empty() && member.empty()) return "the document";
    if (subject.empty() || member.empty()) return subject + member;
    return subject + ": " + member;
  }
};

enum class Shape { object, list, value };

Shape shape_of(const json& value) {
  if (value.is_array()) return Shape::list;
  return value.is_object() && !is_span(value) ? Shape::object : Shape::value;
}

/// The member by which the elements of both lists are told apart; empty when they cannot be.
std::string key_of(const json& former, const json& next) {
  for (const char* key : {"id", "role"}) {
    const auto is_key = [&](const json& list) {
      std::set<std::string> seen;
      return std::all_of(list.begin(), list.end(), [&](const json& element) {
        return element.is_object() && element.contains(key) && element[key].is_string() &&
               seen.insert(element[key].get<std::string>()).second;
      });
    };
    if (is_key(former) && is_key(next)) return key;
  }
  return {};
}

/// The values of a longest rising subsequence of `positions`: what need not have moved.
std::set<std::size_t> keeping_their_order(const std::vector<std::size_t>& positions) {
  std::vector<std::size_t> best(positions.size());  // length of the longest one that ends here
  std::vector<std::optional<std::size_t>> before(positions.size());
  std::vector<std::size_t> ends;  // by length: the index that ends one of that length lowest
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const auto place =
        std::lower_bound(ends.begin(), ends.end(), positions[i],
                         [&](std::size_t at, std::size_t value) { return positions[at] < value; });
    best[i] = static_cast<std::size_t>(place - ends.begin());
    if (best[i] > 0) before[i] = ends[best[i] - 1];
    if (place == ends.end()) {
      ends.push_back(i);
    } else {
      *place = i;
    }
  }
  std::set<std::size_t> kept;
  for (auto at = ends.empty() ? std::nullopt : std::optional(ends.back()); at; at = before[*at])
    kept.insert(positions[*at]);
  return kept;
}

class Comparison {
 public:
  Comparison(const json& former, const json& next) {
    note_languages(former);
    note_languages(next);
  }

  /// Null stands for what is left out.
  void compare(const json& former, const json& next, const Place& place) {
    if (former == next) return;
    const Shape shape = shape_of(next.is_null() ? former : next);
    const bool same_shape = former.is_null() || next.is_null() || shape_of(former) == shape;
    if (!same_shape || shape == Shape::value) return compare_values(former, next, place);
    if (shape == Shape::object) return compare_members(former, next, place);
    const json none = json::array();
    compare_lists(former.is_null() ? none : former, next.is_null() ? none : next, place);
  }

  std::vector<Change> take() { return std::move(changes_); }

 private:
  void note_languages(const json& document) {
    if (!document.is_object() || !document.contains("languages") || !document["languages"].is_array()) return;
    for (const json& language : document["languages"]) {
      if (language.is_string()) languages_.insert(language.get<std::string>());
    }
  }

  void note(ChangeKind kind, const std::string& pointer, std::string text) {
    changes_.push_back({kind, pointer, std::move(text)});
  }

  void compare_values(const json& former, const json& next, const Place& place) {
    const std::string_view member = std::string_view(place.path).substr(place.path.rfind('/') + 1);
    const json before = former.is_null() ? default_of(member) : former;
    const json after = next.is_null() ? default_of(member) : next;
    if (before == after) return;
    const std::string& pointer = next.is_null() ? place.former : place.next;
    if (member == "retired" && after.is_boolean() && !place.id.empty()) {
      const bool retired = after.get<bool>();
      return note(retired ? ChangeKind::retired : ChangeKind::reinstated, pointer,
                  place.list + ": " + in_quotes(place.id) + (retired ? " retired" : " no longer retired"));
    }
    if (member == "ccms_enabled" && after.is_boolean()) {
      return note(ChangeKind::changed, pointer,
                  place.subject + ": CCMS switched " + (after.get<bool>() ? "on" : "off"));
    }
    const std::string was = value_words(after) + " (before: " + value_words(before) + ")";
    if (place.path == "/routing/rules/department")
      return note(ChangeKind::changed, pointer, place.subject + " now goes to " + was);
    note(ChangeKind::changed, pointer, place.head() + ' ' + was);
  }

  void compare_members(const json& former, const json& next, const Place& place) {
    const bool is_text = holds_languages(former) && holds_languages(next);
    std::set<std::string> members;
    for (const json* object : {&former, &next}) {
      for (const auto& [member, value] : object->items()) members.insert(member);
    }
    const json none;
    for (const auto& member : members) {
      const json& before = former.contains(member) ? former[member] : none;
      const json& after = next.contains(member) ? next[member] : none;
      compare(before, after, member_place(place, member, is_text));
    }
  }

  /// An object with one text for each of some languages; what is left out may be one.
  bool holds_languages(const json& value) const {
    if (value.is_null()) return true;
    const auto items = value.items();
    return std::all_of(items.begin(), items.end(), [&](const auto& item) {
      return languages_.contains(item.key()) && item.value().is_string();
    });
  }

  static Place member_place(const Place& place, const std::string& member, bool is_text) {
    static const std::set<std::string, std::less<>> free_keys = {"by_priority", "labels", "custom",
                                                                 "custom_range"};
    Place inner = place;
    inner.former = join(place.former, member);
    inner.next = join(place.next, member);
    inner.path = place.path + '/' + member;
    std::string words = member_words(member);
    if (is_text) words = '(' + member + ')';
    if (free_keys.contains(std::string_view(place.path).substr(place.path.rfind('/') + 1)))
      words = in_quotes(member);
    inner.member = place.member.empty() ? words : place.member + ' ' + words;
    return inner;
  }

  void compare_lists(const json& former, const json& next, const Place& place) {
    const std::string key = key_of(former, next);
    if (key.empty()) return compare_bags(former, next, place);
    std::map<std::string, std::size_t> former_at;
    for (std::size_t i = 0; i < former.size(); ++i) former_at[former[i][key]] = i;
    const auto names = names_of_list(place.path);
    const std::string list = place.id.empty() ? names.many : place.subject + ", " + names.many;
    std::set<std::string> stays;
    for (const json& element : next) stays.insert(element[key].get<std::string>());
    for (std::size_t i = 0; i < former.size(); ++i) {
      const auto& id = former[i][key].get_ref<const std::string&>();
      if (!stays.contains(id))
        note(ChangeKind::removed, join(place.former, i), list + ": " + in_quotes(id) + " removed");
    }
    const auto in_order = keeping_their_order(positions_of(next, key, former_at));
    for (std::size_t i = 0; i < next.size(); ++i) {
      const auto& id = next[i][key].get_ref<const std::string&>();
      const std::string where =
          i + 1 < next.size() ? "before " + in_quotes(next[i + 1][key].get_ref<const std::string&>()) : "";
      const auto known = former_at.find(id);
      if (known == former_at.end()) {
        note(ChangeKind::added, join(place.next, i),
             list + ": " + in_quotes(id) + " added" + (where.empty() ? "" : ' ' + where));
        continue;
      }
      if (!in_order.contains(known->second)) {
        note(ChangeKind::moved, join(place.next, i),
             list + ": " + in_quotes(id) + " moved, now " + (where.empty() ? "last" : where));
      }
      Place element;
      element.former = join(place.former, known->second);
      element.next = join(place.next, i);
      element.path = place.path;
      element.subject = (place.id.empty() ? "" : place.subject + ", ") + names.one + ' ' + in_quotes(id);
      element.list = list;
      element.id = id;
      compare(former[known->second], next[i], element);
    }
  }

  static std::vector<std::size_t> positions_of(const json& next, const std::string& key,
                                               const std::map<std::string, std::size_t>& former_at) {
    std::vector<std::size_t> positions;
    for (const json& element : next) {
      const auto known = former_at.find(element[key].get_ref<const std::string&>());
      if (known != former_at.end()) positions.push_back(known->second);
    }
    return positions;
  }

  /// Lists of plain values, and of objects that have no name.
  void compare_bags(const json& former, const json& next, const Place& place) {
    std::string words;
    const auto tell = [&](const json& list, const json& other, const char* verb) {
      const std::set<json> there(other.begin(), other.end());
      json missing = json::array();
      for (const json& element : list) {
        if (!there.contains(element)) missing.push_back(element);
      }
      if (!missing.empty()) words += (words.empty() ? " " : ", ") + value_words(missing) + verb;
    };
    tell(next, former, " added");
    tell(former, next, " removed");
    if (words.empty()) words = " in another order: " + value_words(next);
    note(ChangeKind::changed, place.next, place.head() + words);
  }

  std::set<std::string> languages_;
  std::vector<Change> changes_;
};

}  // namespace

std::vector<Change> difference(const json& former, const json& next) {
  Comparison comparison(former, next);
  comparison.compare(former, next, {});
  return comparison.take();
}

}  // namespace ccms::settings
