#include "core/settings/json_document.h"

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/domain/text.h"

namespace ccms::settings {
namespace {

constexpr int kDeepest = 32;

struct TooDeep {};

/// Follows the parser to notice members that come twice, which a JSON object in memory can no longer show,
/// and control characters anywhere.
class Watch {
 public:
  explicit Watch(Problems& problems) : problems_(&problems) {}

  void on(int depth, nlohmann::json::parse_event_t event, const nlohmann::json& parsed) {
    using Event = nlohmann::json::parse_event_t;
    if (depth > kDeepest) throw TooDeep{};
    switch (event) {
      case Event::object_start:
      case Event::array_start:
        step();
        open_.push_back({event == Event::array_start, 0, {}, {}});
        break;
      case Event::object_end:
      case Event::array_end:
        open_.pop_back();
        break;
      case Event::key:
        on_key(parsed.get_ref<const std::string&>());
        break;
      case Event::value:
        step();
        on_value(parsed);
        break;
    }
  }

 private:
  struct Container {
    bool is_array;
    std::size_t next;  ///< index of an array's next element
    std::string key;
    std::set<std::string> keys;
  };

  void step() {
    if (!open_.empty() && open_.back().is_array) ++open_.back().next;
  }

  void on_key(const std::string& key) {
    Container& object = open_.back();
    object.key = key;
    if (!object.keys.insert(key).second)
      problems_->add(path(), "duplicate_key", "the object has this member twice");
  }

  void on_value(const nlohmann::json& value) {
    const auto* text = value.get_ptr<const std::string*>();
    if (text == nullptr || !domain::has_control_characters(*text)) return;
    problems_->add(path(), "control_character", "holds a control character other than newline and tab");
  }

  std::string path() const {
    std::string path;
    for (const Container& c : open_) path = c.is_array ? join(path, c.next - 1) : join(path, c.key);
    return path;
  }

  Problems* problems_;
  std::vector<Container> open_;
};

std::string reason(const nlohmann::json::exception& error) {
  // "[json.exception.parse_error.101] parse error at line 3, column 1: …" without the bracket
  const std::string_view what = error.what();
  const std::size_t end = what.find("] ");
  return std::string(end == std::string_view::npos ? what : what.substr(end + 2));
}

}  // namespace

std::optional<nlohmann::json> parse_document(std::string_view bytes, std::size_t max_bytes,
                                             Problems& problems) {
  if (bytes.size() > max_bytes) {
    problems.add("", "too_large",
                 "the document has " + std::to_string(bytes.size()) + " bytes, at most " +
                     std::to_string(max_bytes) + " are read");
    return std::nullopt;
  }
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") {
    problems.add("", "byte_order_mark", "the document begins with a byte order mark; save it without one");
    return std::nullopt;
  }
  if (!domain::is_valid_utf8(bytes)) {
    problems.add("", "invalid_utf8", "the document is not valid UTF-8");
    return std::nullopt;
  }
  Watch watch(problems);
  const auto callback = [&watch](int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
    watch.on(depth, event, parsed);
    return true;
  };
  try {
    nlohmann::json document = nlohmann::json::parse(bytes, callback);
    if (!document.is_object()) problems.add("", "wrong_type", "the document must be a JSON object");
    if (problems.empty()) return document;
  } catch (const nlohmann::json::exception& error) {
    problems.add("", "not_json", "not valid JSON: " + reason(error));
  } catch (const TooDeep&) {
    problems.add("", "too_deep", "nested more than " + std::to_string(kDeepest) + " levels deep");
  }
  return std::nullopt;
}

}  // namespace ccms::settings
