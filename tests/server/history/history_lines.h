#pragma once

#include <nlohmann/json.hpp>

namespace ccms::test {

/// A line that the sample chain accepts: a repair of store S001, closed after two days.
inline nlohmann::json history_line() {
  const nlohmann::json colleague = {{"type", "staff"}, {"id", "old-7"}, {"name", "Emre"}};
  return {{"ticket_id", "018dfaa0-7c00-7000-8000-000000000001"},
          {"request",
           {{"kind", "complaint"},
            {"language", "en"},
            {"ticket",
             {{"category", "defective"},
              {"details", "The drill stopped after a day"},
              {"consent_to_contact", true}}},
            {"complainant", {{"kind", "contact"}, {"name", "Anna Müller"}, {"mobile", "0151 23456789"}}},
            {"proof", {{"kind", "none"}, {"reason", "lost_receipt"}}}}},
          {"channel", "console"},
          {"store", "S001"},
          {"created_at", "2024-03-01T10:00:00.000Z"},
          {"actor", {{"type", "staff"}, {"id", "old-3"}, {"name", "Mia"}}},
          {"actions",
           {{{"at", "2024-03-02T09:00:00.000Z"}, {"action", "start"}, {"actor", colleague}},
            {{"at", "2024-03-03T09:30:00.000Z"},
             {"action", "close"},
             {"resolution_code", "repaired"},
             {"note", "New motor"},
             {"actor", colleague}}}}};
}

}  // namespace ccms::test
