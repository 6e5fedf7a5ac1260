#include <algorithm>

#include "core/wire/json_reader.h"

namespace ccms::wire {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kDepthLimit = 16;
constexpr std::size_t kMembersLimit = 256;
constexpr std::size_t kUsualMembers = 16;

/// Builds the document while it is parsed, so that duplicate keys, which a finished document no longer shows,
/// and excessive depth are seen at once. Stops at the first error.
class StrictBuilder : public nlohmann::json_sax<Json> {
 public:
  explicit StrictBuilder(Problems& problems) : problems_(problems) {}

  Json take() && { return std::move(root_); }

  bool null() override { return add(nullptr) != nullptr; }
  bool boolean(bool value) override { return add(value) != nullptr; }
  bool number_integer(number_integer_t value) override { return add(value) != nullptr; }
  bool number_unsigned(number_unsigned_t value) override { return add(value) != nullptr; }
  bool number_float(number_float_t value, const string_t&) override { return add(value) != nullptr; }
  bool string(string_t& value) override { return add(std::move(value)) != nullptr; }
  bool binary(binary_t&) override { return fail("not_json", "Binary values are not JSON."); }
  bool start_object(std::size_t) override {
    Json::object_t members;
    members.reserve(
        kUsualMembers);  // an ordered object that grows copies its members, as their names are const
    return open(std::move(members));
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    key_ = std::move(name);
    const Json& object = *open_.back();
    if (object.contains(key_)) return fail("bad_value", "This name is used twice.");
    if (object.size() >= kMembersLimit) return fail("too_long", "This object has too many members.");
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
  /// Puts a value where the parser stands. Containers never grow while one inside them is open, so pointers
  /// hold.
  Json* add(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Json& parent = *open_.back();
    if (parent.is_array()) {
      parent.push_back(std::move(value));
      return &parent.back();
    }
    auto& members = parent.get_ref<Json::object_t&>();
    members.emplace_back(std::move(key_), std::move(value));  // key() has seen that the name is new
    return &members.back().second;
  }

  bool open(Json container) {
    if (open_.size() >= kDepthLimit) return fail("bad_value", "The document is nested too deeply.");
    keys_.push_back(key_);
    open_.push_back(add(std::move(container)));
    return true;
  }

  bool close() {
    open_.pop_back();
    key_ = std::move(keys_.back());
    keys_.pop_back();
    return true;
  }

  bool fail(const char* code, const char* message) {
    problems_.add(code, message, pointer());
    return false;
  }

  /// The place of the value that is about to be added.
  std::string pointer() const {
    std::string place;
    for (std::size_t level = 0; level < open_.size(); ++level) {
      const Json& container = *open_[level];
      const bool innermost = level + 1 == open_.size();
      const Node above(root_, place, problems_);
      const auto node = container.is_array()
                            ? above.item(innermost ? container.size() : container.size() - 1, root_)
                            : above.member(innermost ? key_ : keys_[level + 1], root_);
      place = node.pointer();
    }
    return place;
  }

  Problems& problems_;
  Json root_;
  std::vector<Json*> open_;        ///< containers around the place where the parser stands
  std::vector<std::string> keys_;  ///< for each of them, the key under which it was opened
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
