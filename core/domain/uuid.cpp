#include "core/domain/uuid.h"

#include <algorithm>

#include "core/domain/encoding.h"

namespace ccms::domain {

std::string make_uuid_v7(Instant now, const UuidEntropy& entropy) {
  const auto ms = static_cast<std::uint64_t>(std::max<std::int64_t>(0, to_epoch_ms(now)));
  std::array<std::uint8_t, 16> bytes{};
  for (unsigned i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  std::copy(entropy.begin(), entropy.end(), bytes.begin() + 6);
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x70);  // version 7
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);  // RFC 9562 variant

  std::string text = hex_encode(bytes_view(bytes));
  for (std::size_t dash : {8U, 13U, 18U, 23U}) text.insert(dash, 1, '-');
  return text;
}

}  // namespace ccms::domain
