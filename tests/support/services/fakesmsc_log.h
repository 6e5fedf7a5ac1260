#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ccms::test {

struct SmsMessage;

// The messages in what Kannel's fakesmsc prints, oldest first. Each is a line that ends in
//   Got message N: <FROM TO TYPE PAYLOAD>
// where TYPE is text (as it is), data (percent-encoded), ucs-2 (percent-encoded UTF-16BE), or udh with a
// percent-encoded header before one of these: the header numbers the parts of a long message.
// A long message appears when all of its parts have come. Lines of another form are passed over.
std::vector<SmsMessage> messages_in_fakesmsc_log(std::string_view log);

}  // namespace ccms::test
