#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace ccms::settings {

/// Whether message templates may use {{name}}.
bool is_placeholder(std::string_view name) noexcept;

/// Walks a template in order: `on_text` gets the pieces between placeholders, `on_placeholder` the names.
/// Returns the offset of an opening "{{" without its end, if there is one; the rest of the template is text
/// then.
std::optional<std::size_t> scan_template(std::string_view source,
                                         const std::function<void(std::string_view)>& on_text,
                                         const std::function<void(std::string_view)>& on_placeholder);

}  // namespace ccms::settings
