#include <algorithm>

#include "core/wire/json_reader.h"

namespace ccms::wire {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kDepthLimit = 16;
constexpr std::size_t kMembersLimit = 256;
constexpr std::size_t kUsualValues = 32;

/// Builds the document while it is parsed, so that duplicate keys, which a finished document no longer shows,
/// and excessive depth are seen at once. Stops at the first error. Values are collected on one stack, and a
/// container is made when its end is there: with room for just what it holds.
class StrictBuilder : public nlohmann::json_sax<Json> {
 public:
  explicit StrictBuilder(Problems& problems) : problems_(problems) { values_.reserve(kUsualValues); }

  Json take() && { return std::move(values_.front().second); }

  // Texts are copied: the parser goes on with the memory of its own.
  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& value) override { return add(value); }
  bool binary(binary_t&) override { return fail("not_json", "Binary values are not JSON."); }
  bool start_object(std::size_t) override { return open(false); }
  bool start_array(std::size_t) override { return open(true); }

  bool end_object() override {
    Json::object_t members;
    members.reserve(size_of_innermost());
    for (auto at = innermost(); at != values_.end(); ++at)
      members.emplace_back(std::move(at->first), std::move(at->second));
    return close(std::move(members));
  }

  bool end_array() override {
    Json::array_t items;
    items.reserve(size_of_innermost());
    for (auto at = innermost(); at != values_.end(); ++at) items.push_back(std::move(at->second));
    return close(std::move(items));
  }

  bool key(string_t& name) override {
    key_ = name;
    const auto is_name = [&](const auto& member) { return member.first == name; };
    if (std::any_of(innermost(), values_.end(), is_name))
      return fail("bad_value", "This name is used twice.");
    if (size_of_innermost() >= kMembersLimit) return fail("too_long", "This object has too many members.");
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    constexpr int kNumberOverflow = 406;
    if (error.id == kNumberOverflow) return fail("bad_value", "This number is too large.");
    // Where the bytes are not JSON there is no place in the document to point to.
    problems_.add("not_json", "The bytes are not JSON: error at byte " + std::to_string(position) + ".", "");
    return false;
  }

 private:
  using Values = std::vector<std::pair<std::string, Json>>;

  /// A container around the place where the parser stands.
  struct Container {
    bool is_array = false;
    std::size_t first = 0;  ///< its values are those on the stack from here
    std::string key;        ///< under which it was opened
  };

  Values::iterator innermost() {
    return values_.begin() + static_cast<Values::difference_type>(open_.back().first);
  }
  std::size_t size_of_innermost() const { return values_.size() - open_.back().first; }

  bool add(Json value) {
    values_.emplace_back(std::move(key_), std::move(value));
    return true;
  }

  bool open(bool is_array) {
    if (open_.size() >= kDepthLimit) return fail("bad_value", "The document is nested too deeply.");
    open_.push_back({is_array, values_.size(), key_});
    return true;
  }

  bool close(Json container) {
    values_.erase(innermost(), values_.end());
    key_ = std::move(open_.back().key);
    open_.pop_back();
    return add(std::move(container));
  }

  bool fail(const char* code, const char* message) {
    problems_.add(code, message, pointer());
    return false;
  }

  /// The place of the value that is about to be added.
  std::string pointer() const {
    const Json nothing;
    std::string place;
    for (std::size_t level = 0; level < open_.size(); ++level) {
      const bool is_last = level + 1 == open_.size();
      const auto& container = open_[level];
      const Node above(nothing, place, problems_);
      const auto end = is_last ? values_.size() : open_[level + 1].first;
      const auto node = container.is_array ? above.item(end - container.first, nothing)
                                           : above.member(is_last ? key_ : open_[level + 1].key, nothing);
      place = node.pointer();
    }
    return place;
  }

  Problems& problems_;
  Values values_;  ///< with their names, of all containers that are open
  std::vector<Container> open_;
  std::string key_;
};

}  // namespace

std::optional<Json> parse_json(std::string_view bytes, Problems& problems) {
  if (!domain::is_valid_utf8(bytes)) {
    problems.add("invalid_utf8", "The bytes are not UTF-8.", "");
    return std::nullopt;
  }
  // The parser takes a zero byte for the end of its input, and would pass over what follows.
  if (const std::size_t zero = bytes.find('\0'); zero != std::string_view::npos) {
    problems.add("not_json", "The bytes are not JSON: error at byte " + std::to_string(zero) + ".", "");
    return std::nullopt;
  }
  StrictBuilder builder(problems);
  if (!Json::sax_parse(bytes.begin(), bytes.end(), &builder)) return std::nullopt;
  return std::move(builder).take();
}

}  // namespace ccms::wire
