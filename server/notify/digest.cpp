#include "server/notify/digest.h"

namespace ccms::server {

Message digest_of(const std::vector<Message>& messages) {
  Message digest = messages.front();
  if (messages.size() == 1) return digest;
  // In no language, since the chain's templates say nothing of how many there are.
  digest.subject += " (+" + std::to_string(messages.size() - 1) + ")";
  digest.text.clear();
  for (const Message& message : messages) {
    if (!digest.text.empty()) digest.text += "\n" + std::string(40, '-') + "\n\n";
    digest.text += message.subject + "\n\n" + message.text;
    if (!digest.text.ends_with('\n')) digest.text += '\n';
  }
  return digest;
}

}  // namespace ccms::server
