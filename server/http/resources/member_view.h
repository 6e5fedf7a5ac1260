#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "server/http/json_body.h"
#include "server/http/message.h"
#include "server/staff/user.h"
#include "server/store/user_store.h"

namespace ccms::server {

/// Reads a list of grants as grants_json() writes it; mistakes are noted in the body.
std::vector<RoleGrant> read_grants(JsonBody& body, const std::string& name);

/// Somebody as those who look after people see them. `active_tickets`: how many unfinished ones they have.
nlohmann::json member_json(const UserAccount& account, std::size_t active_tickets);

/// {"user": …} with the version as ETag.
Response member_response(const UserAccount& account, std::size_t active_tickets);

}  // namespace ccms::server
