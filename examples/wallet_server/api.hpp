// SPDX-License-Identifier: MIT
// Api: the documents' routes for traditional wallets, each from a request to a JSON answer.
#pragma once

#include <map>
#include <string>

#include <coffer/engine/engine.hpp>

#include "forms.hpp"

namespace demo {

/// What a handler sees of a request; it knows nothing of the HTTP library.
struct Request {
  std::string id;                            ///< from the path; empty when the route has none
  std::string body;                          ///< of a POST
  std::map<std::string, std::string> query;  ///< behind the question mark
};

struct Answer {
  int status = 200;
  Json body;
};

/// {"error": message} with this status.
[[nodiscard]] Answer refusal(int status, const std::string& message);
/// The status that fits the code.
[[nodiscard]] Answer refusal(const coffer::Error& error);

/// Threads: any; the engine sorts them out.
class Api {
 public:
  Api(coffer::Engine& engine, Zone zone) : engine_(engine), zone_(zone) {}

  [[nodiscard]] Answer create_wallet(const Request& request);
  [[nodiscard]] Answer list_wallets(const Request& request);
  [[nodiscard]] Answer find_wallet(const Request& request);
  [[nodiscard]] Answer deposit(const Request& request);
  [[nodiscard]] Answer withdraw(const Request& request);
  [[nodiscard]] Answer transactions(const Request& request);
  [[nodiscard]] Answer reconcile(const Request& request);
  [[nodiscard]] Answer reconciliation_history(const Request& request);
  [[nodiscard]] Answer reconciliation(const Request& request);

 private:
  coffer::Engine& engine_;
  Zone zone_;
};

}  // namespace demo
