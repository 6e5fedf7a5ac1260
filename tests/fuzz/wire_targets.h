#pragma once

#include <string_view>

namespace ccms::fuzz {

/// Each target takes any bytes and throws std::logic_error when a promise of the parser is broken; it
/// crashing or a sanitizer stopping it is the other way to fail.

/// A capture that is taken is built again to a capture of the same meaning; one that is refused has errors.
void capture(std::string_view bytes);

/// A request that is taken, from a till or the API, is written again to a request of the same meaning.
void ticket_request(std::string_view bytes);

/// A code that is taken has one spelling, which is read as itself.
void ticket_code(std::string_view bytes);

/// The bodies of the sync requests and replies.
void sync_messages(std::string_view bytes);

}  // namespace ccms::fuzz
