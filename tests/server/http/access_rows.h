#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/server/http/access_chain.h"

namespace ccms::test {

/// One request of a row.
struct Probe {
  std::string method;
  std::string target;
  std::string body;
  bool finds = true;  ///< lists: whether the ticket is among what is asked for
};

/// What decides whether a request is granted.
enum class Rule {
  of_ticket,     ///< the asker sees the ticket: 2xx, else 404
  of_pair,       ///< the asker sees the ticket and the other one: not 404, else 404
  list,          ///< staff and clients: 200, holding only what they see
  permission,    ///< `Asker::may` names it: not 403
  signed_in,     ///< staff and clients, whoever they are
  session,       ///< staff alone, about themselves
  open,          ///< anybody; nothing of any ticket is in it
  till_by_code,  ///< a till of any store, to whom the customer shows the code; masked, and never confidential
  till_list,     ///< tills: 200, holding only what is their store's
  till,          ///< any till
};

struct Row {
  std::string route;  ///< "GET /api/v1/tickets/{id}", as the router has it
  Rule rule = Rule::open;
  std::string permission;  ///< Rule::permission
  /// The requests that are tried, about each ticket.
  std::function<std::vector<Probe>(const Subject&)> probes;
};

/// The matrix's rows: one for every route of the server.
const std::vector<Row>& access_rows();

}  // namespace ccms::test
