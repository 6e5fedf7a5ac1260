#include "server/store/ticket_search.h"

#include "core/domain/ticket_code.h"
#include "server/store/sql_fragment.h"
#include "server/store/visibility.h"

namespace ccms::server {
namespace {

// `!` escapes, as both databases treat a backslash differently inside a literal.
std::string escape_like(std::string_view text) {
  std::string escaped;
  for (const char byte : text) {
    if (byte == '%' || byte == '_' || byte == '!') escaped += '!';
    escaped += byte;
  }
  return escaped;
}

void add_list(SqlFragment& where, std::string_view column, const std::vector<std::string>& values) {
  if (!values.empty()) where.add(" AND ").add(in_list(column, values));
}

void add_assignee(SqlFragment& where, const TicketFilter& filter) {
  if (!filter.unassigned) return add_list(where, "t.assignee", filter.assignee);
  where.add(" AND (t.assignee IS NULL");
  if (!filter.assignee.empty()) where.add(" OR ").add(in_list("t.assignee", filter.assignee));
  where.add(")");
}

void add_status(SqlFragment& where, const std::vector<std::string>& status) {
  if (status.empty()) return;
  where.add(" AND (")
      .add(in_list("t.state", status))
      .add(" OR ")
      .add(in_list("t.state_type", status))
      .add(")");
}

void add_code(SqlFragment& where, const std::string& code) {
  where.add(" AND t.ticket_id IN (SELECT c.ticket_id FROM ticket_codes c WHERE ");
  if (code.size() >= domain::TicketCode::kLength) {
    where.add("c.code = ?)", code);
  } else {
    // A range and not LIKE: it uses the key in both databases. "~" sorts behind every symbol of a code.
    where.add("c.code >= ?", code).add(" AND c.code < ?)", code + "~");
  }
}

void add_custom(SqlFragment& where, const std::string& field, const std::vector<std::string>& values) {
  where.add(" AND t.ticket_id IN (SELECT f.ticket_id FROM ticket_fields f WHERE f.field = ?", field)
      .add(" AND ")
      .add(in_list("f.text_value", values))
      .add(")");
}

// Whoever may not see the parent does not learn that it is one.
void add_parent(SqlFragment& where, const std::string& code, const Principal& principal) {
  where
      .add(
          " AND t.ticket_id IN (SELECT l.ticket_id FROM ticket_links l JOIN ticket_codes c ON c.ticket_id = "
          "l.other_id WHERE l.kind = 'parent' AND c.code = ?",
          code)
      .add(" AND l.other_id IN (SELECT t.ticket_id FROM tickets t WHERE ")
      .add(visible_tickets(principal))
      .add("))");
}

void add_due(SqlFragment& where, const TicketFilter& filter) {
  if (filter.overdue_at) where.add(" AND t.next_deadline_at <= ?", domain::to_epoch_ms(*filter.overdue_at));
  if (filter.due_soon_at) {
    const std::int64_t at = domain::to_epoch_ms(*filter.due_soon_at);
    where.add(" AND t.aim_at <= ?", at)
        .add(" AND (t.next_deadline_at IS NULL OR t.next_deadline_at > ?)", at);
  }
  if (filter.breached) where.add(" AND t.breached_at IS NOT NULL");
}

// The tables of a search. A customer number goes first as a derived table: it names few tickets, and MariaDB
// would run an IN (… UNION …) once for every ticket. "As captured" are the numbers on the ticket, "as now"
// those that the ticket's customer has today.
SqlFragment tables_of(const TicketFilter& filter) {
  SqlFragment from;
  from.add(" FROM ");
  if (filter.customer_number) {
    from.add("(SELECT n.ticket_id FROM ticket_numbers n WHERE ")
        .add(in_list("n.number", filter.customer_number->numbers))
        .add(
            " UNION SELECT o.ticket_id FROM customer_identifiers i JOIN tickets o ON o.customer_id = "
            "i.customer_id "
            "WHERE i.valid_to_at IS NULL AND ")
        .add(in_list("i.number", filter.customer_number->numbers))
        .add(") m JOIN tickets t ON t.ticket_id = m.ticket_id");
  } else {
    from.add("tickets t");
  }
  return from;
}

SqlFragment conditions_of(const TicketFilter& filter, const Principal& principal) {
  SqlFragment where;
  where.add(" WHERE ").add(visible_tickets(principal)).add(" AND t.training = ?", filter.training ? 1 : 0);
  where.add(filter.merged ? " AND t.merged_into IS NOT NULL" : " AND t.merged_into IS NULL");
  if (filter.parent) add_parent(where, *filter.parent, principal);
  add_status(where, filter.status);
  add_list(where, "t.priority", filter.priority);
  add_list(where, "t.department", filter.department);
  add_list(where, "t.category", filter.category);
  add_list(where, "t.reported_store", filter.store);
  add_list(where, "t.kind", filter.kind);
  add_assignee(where, filter);
  add_list(where, "t.verification", filter.verification);
  if (filter.created_from) where.add(" AND t.created_at >= ?", domain::to_epoch_ms(*filter.created_from));
  if (filter.created_before) where.add(" AND t.created_at < ?", domain::to_epoch_ms(*filter.created_before));
  if (filter.ready_to_collect) where.add(" AND t.ready_to_collect = ?", *filter.ready_to_collect ? 1 : 0);
  add_due(where, filter);
  if (filter.code) add_code(where, *filter.code);
  for (const auto& [field, values] : filter.custom) add_custom(where, field, values);
  for (const std::string& word : filter.words)
    where.add(
        " AND EXISTS (SELECT 1 FROM ticket_texts x WHERE x.ticket_id = t.ticket_id AND x.words LIKE ? ESCAPE "
        "'!')",
        "%" + escape_like(word) + "%");
  return where;
}

// Row value comparison `(a, b) < (?, ?)` is not used by MariaDB's optimiser: spelt out, the first half bounds
// the index range and the second breaks ties.
void add_position(SqlFragment& where, const PagePosition& after, bool ascending) {
  const std::int64_t created = domain::to_epoch_ms(after.created_at);
  where.add(ascending ? " AND t.created_at >= ?" : " AND t.created_at <= ?", created);
  where.add(ascending ? " AND (t.created_at > ?" : " AND (t.created_at < ?", created);
  where.add(ascending ? " OR t.ticket_id > ?)" : " OR t.ticket_id < ?)", after.ticket_id);
}

TicketRow read_row(const db::Row& row) {
  TicketRow ticket;
  ticket.ticket_id = row.text("ticket_id");
  ticket.code = row.text("code");
  ticket.version = row.integer("version");
  ticket.kind = row.text("kind");
  ticket.state = row.text("state");
  ticket.state_type = row.text("state_type");
  ticket.details_start = row.text("details_start");
  ticket.verification = row.text("verification");
  ticket.channel = row.text("channel");
  ticket.priority = row.optional_text("priority");
  ticket.department = row.optional_text("department");
  ticket.category = row.optional_text("category");
  ticket.assignee = row.optional_text("assignee");
  ticket.assignee_name = row.optional_text("assignee_name");
  ticket.reported_store = row.optional_text("reported_store");
  ticket.collect_store = row.optional_text("collect_store");
  ticket.customer_name = row.optional_text("customer_name");
  ticket.mobile = row.optional_text("mobile");
  ticket.transaction_id = row.optional_text("transaction_id");
  ticket.ready_to_collect = row.boolean("ready_to_collect");
  ticket.confidential = row.boolean("confidential");
  ticket.training = row.boolean("training");
  ticket.withdrawn = row.boolean("withdrawn");
  ticket.created_at = domain::from_epoch_ms(row.integer("created_at"));
  ticket.updated_at = domain::from_epoch_ms(row.integer("updated_at"));
  ticket.answer_by = row.optional_integer("answer_by");
  ticket.aim_at = row.optional_integer("aim_at");
  ticket.next_deadline_at = row.optional_integer("next_deadline_at");
  ticket.breached_at = row.optional_integer("breached_at");
  return ticket;
}

constexpr std::string_view kRowColumns =
    "SELECT t.ticket_id, t.code, t.version, t.kind, t.state, t.state_type, t.details_start, t.verification, "
    "t.channel, "
    "t.priority, "
    "t.department, t.category, t.assignee, (SELECT u.name FROM users u WHERE u.user_id = t.assignee) AS "
    "assignee_name, "
    "t.reported_store, t.collect_store, t.customer_name, t.mobile, t.transaction_id, t.ready_to_collect, "
    "t.confidential, t.training, t.withdrawn, t.created_at, t.updated_at, t.answer_by, t.aim_at, "
    "t.next_deadline_at, t.breached_at";

}  // namespace

TicketPage TicketSearch::page(const TicketFilter& filter) {
  SqlFragment sql;
  sql.add(kRowColumns).add(tables_of(filter)).add(conditions_of(filter, principal_));
  if (filter.after) add_position(sql, *filter.after, filter.ascending);
  sql.add(filter.ascending ? " ORDER BY t.created_at, t.ticket_id"
                           : " ORDER BY t.created_at DESC, t.ticket_id DESC");
  // One more than wanted tells whether there is another page.
  sql.add(" LIMIT ?", static_cast<std::int64_t>(filter.limit + 1));

  TicketPage page;
  for (const db::Row row : connection_.query(sql.text, sql.params)) {
    if (page.rows.size() == filter.limit) {
      page.next = PagePosition{page.rows.back().created_at, page.rows.back().ticket_id};
      break;
    }
    page.rows.push_back(read_row(row));
  }
  return page;
}

std::int64_t TicketSearch::count(const TicketFilter& filter, std::int64_t most) {
  SqlFragment sql;
  sql.add("SELECT COUNT(*) AS n FROM (SELECT t.ticket_id")
      .add(tables_of(filter))
      .add(conditions_of(filter, principal_));
  sql.add(" LIMIT ?) counted", most);
  return connection_.query(sql.text, sql.params).front().integer("n");
}

std::vector<CustomerMatch> TicketSearch::customers(const TicketFilter& filter, std::size_t most) {
  SqlFragment sql;
  // One row for each customer with an id, under the name and number of today; of others, all that is known is
  // what was captured.
  sql.add(
         "SELECT t.customer_id, "
         "COALESCE((SELECT c.name FROM customers c WHERE c.customer_id = t.customer_id), "
         "MAX(t.customer_name)) AS customer_name, "
         "COALESCE((SELECT MAX(i.number) FROM customer_identifiers i WHERE i.customer_id = t.customer_id "
         "AND i.type = 'mobile' AND i.valid_to_at IS NULL), MAX(t.mobile)) AS mobile")
      .add(tables_of(filter))
      .add(conditions_of(filter, principal_))
      .add(
          " GROUP BY t.customer_id, CASE WHEN t.customer_id IS NULL THEN t.customer_name END, "
          "CASE WHEN t.customer_id IS NULL THEN t.mobile END");
  sql.add(" LIMIT ?", static_cast<std::int64_t>(most));
  std::vector<CustomerMatch> matches;
  for (const db::Row row : connection_.query(sql.text, sql.params)) {
    matches.push_back(
        {row.optional_text("customer_id"), row.optional_text("customer_name"), row.optional_text("mobile")});
  }
  return matches;
}

}  // namespace ccms::server
