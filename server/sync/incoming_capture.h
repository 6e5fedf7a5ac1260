#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/crypto/ed25519.h"
#include "core/domain/event.h"
#include "core/domain/result.h"
#include "core/wire/capture.h"
#include "core/wire/sync_messages.h"
#include "server/http/principal.h"
#include "server/ledger/customer_directory.h"
#include "server/sync/happened_at.h"

namespace ccms::server {

/// One item of a batch, with everything about it that can be found out without the database's write lock:
/// digest, signature, content, and what the customer directory knows.
struct IncomingCapture {
  std::string bytes;      ///< verbatim
  std::string signature;  ///< base64
  domain::Digest digest{};
  std::string digest_hex;
  wire::CaptureIdentity identity;          ///< as far as it can be read
  bool signature_valid = false;            ///< only then its identity is believed
  std::optional<domain::Capture> capture;  ///< absent when it cannot be accepted
  std::optional<domain::Error> problem;    ///< why not
  HappenedAt happened;
  PurchaseEvidence evidence;
  bool settled_at_once = false;  ///< it makes a ticket, and a later item of its batch settles that ticket
};

/// Examines a till's item: size, signature by the key of its own epoch, every member, and whose it is.
/// Problems: those of wire::parse_capture(), bad_signature, wrong_till (/till or /store). Pure.
IncomingCapture examine(const wire::CaptureItem& item, const Principal& till,
                        const std::map<std::int64_t, crypto::PublicKey>& keys,
                        const std::optional<wire::DeviceClock>& clock, Instant receipt);

}  // namespace ccms::server
