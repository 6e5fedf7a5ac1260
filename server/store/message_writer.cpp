#include "server/store/message_writer.h"

#include "core/domain/text.h"
#include "server/app/identifiers.h"

namespace ccms::server {
namespace {

constexpr std::size_t kSubjectLimit = 500;
constexpr std::size_t kBodyLimit = 15000;  // code points: fits the column whatever they are

}  // namespace

void insert_message(db::Connection& connection, const NewMessage& message, Instant now) {
  static const std::string insert_sql =
      "INSERT INTO notifications (notification_id, ticket_id, dedupe_key, rule, trigger_on, step, audience, "
      "channel, recipient, language, subject, body, state, attempts, due_at, created_at, digest) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', 0, ?, ?, ?) ";
  connection.execute(insert_sql + connection.dialect().upsert("dedupe_key", {}),
                     {new_uuid(now), message.ticket_id, message.dedupe_key, message.rule, message.trigger,
                      message.step, message.audience, message.channel, message.recipient, message.language,
                      domain::truncate_code_points(message.text.subject, kSubjectLimit),
                      domain::truncate_code_points(message.text.body, kBodyLimit),
                      to_epoch_ms(message.due_at), to_epoch_ms(now), message.digest});
}

}  // namespace ccms::server
