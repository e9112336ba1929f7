// SPDX-License-Identifier: MIT
// The wallet demo over HTTP: loopback by default, bounded bodies, a clean end on SIGTERM.
#include <httplib.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <charconv>
#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <thread>

#include "api.hpp"

namespace {

using demo::Answer;
using demo::Api;
using demo::Request;

constexpr std::size_t body_bytes_max = 64 << 10;
constexpr int wait_seconds_max = 5;

constexpr const char* help =
    "usage: coffer_wallet_server [--book FILE] [--host ADDRESS] [--port PORT] [--offset +08:00]\n"
    "\n"
    "Serves wallets over HTTP, for a demonstration: there is no login, so keep it on loopback.\n"
    "\n"
    "  --book FILE       the SQLite file, created when it is not there; default: in memory\n"
    "  --host ADDRESS    where to listen, default 127.0.0.1\n"
    "  --port PORT       default 8080; 0 takes a free one, which is printed\n"
    "  --offset OFFSET   how times are written, default +00:00\n"
    "\n"
    "POST /api/wallets                               {\"user_id\": 1, \"currency\": \"USD\"}\n"
    "GET  /api/wallets?user_id=1\n"
    "GET  /api/wallets/ID\n"
    "POST /api/wallets/ID/deposit                    {\"amount\": \"100\", \"tx_hash\": \"...\"}\n"
    "POST /api/wallets/ID/withdraw                   {\"amount\": \"50\", \"tx_hash\": \"...\"}\n"
    "GET  /api/wallets/ID/transactions               ?page, page_size, type, start_time,\n"
    "                                                 end_time\n"
    "POST /api/wallets/ID/reconciliation             {\"external_balance\": \"50\", start_time?,\n"
    "                                                 end_time?, notes?}\n"
    "GET  /api/wallets/ID/reconciliation/history     ?page, page_size\n"
    "GET  /api/wallets/reconciliation/ID             ?page, page_size\n"
    "\n"
    "Amounts are strings. Errors are {\"error\": \"...\"} with a fitting status.\n";

struct Options {
  std::string book;
  std::string host = "127.0.0.1";
  int port = 8080;
  demo::Zone zone;
};

std::optional<Options> parse_options(int count, char** texts) {
  Options options;
  for (int i = 1; i < count; i += 2) {
    const std::string name = texts[i];
    if (i + 1 == count) {
      return std::nullopt;
    }
    const std::string value = texts[i + 1];
    if (name == "--book") {
      options.book = value;
    } else if (name == "--host") {
      options.host = value;
    } else if (name == "--port") {
      const auto [end, error] =
          std::from_chars(value.data(), value.data() + value.size(), options.port);
      if (error != std::errc() || end != value.data() + value.size() || options.port < 0 ||
          options.port > 65535) {
        return std::nullopt;
      }
    } else if (name == "--offset" && demo::parse_zone(value)) {
      options.zone = *demo::parse_zone(value);
    } else {
      return std::nullopt;
    }
  }
  return options;
}

void send(const Answer& answer, httplib::Response& response) {
  response.status = answer.status;
  response.set_content(
      answer.body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n",
      "application/json");
}

using Handler = Answer (Api::*)(const Request&);

httplib::Server::Handler serve(Api& api, Handler handler) {
  return [&api, handler](const httplib::Request& got, httplib::Response& response) {
    Request request;
    request.id = got.matches.size() > 1 ? got.matches[1].str() : std::string();
    request.body = got.body;
    request.query.insert(got.params.begin(), got.params.end());
    send((api.*handler)(request), response);
  };
}

/// Headers are never read: the documents' sample calls carry a stray `wallet_id: 1`, and the path
/// wins (R199).
void add_routes(httplib::Server& server, Api& api) {
  server.Post("/api/wallets", serve(api, &Api::create_wallet));
  server.Get("/api/wallets", serve(api, &Api::list_wallets));
  server.Get(R"(/api/wallets/reconciliation/([^/]+))", serve(api, &Api::reconciliation));
  server.Get(R"(/api/wallets/([^/]+))", serve(api, &Api::find_wallet));
  server.Post(R"(/api/wallets/([^/]+)/deposit)", serve(api, &Api::deposit));
  server.Post(R"(/api/wallets/([^/]+)/withdraw)", serve(api, &Api::withdraw));
  server.Get(R"(/api/wallets/([^/]+)/transactions)", serve(api, &Api::transactions));
  server.Post(R"(/api/wallets/([^/]+)/reconciliation)", serve(api, &Api::reconcile));
  server.Get(R"(/api/wallets/([^/]+)/reconciliation/history)",
             serve(api, &Api::reconciliation_history));
}

/// What the HTTP library refuses by itself gets a JSON body too.
void add_limits(httplib::Server& server) {
  server.set_payload_max_length(body_bytes_max);
  server.set_read_timeout(wait_seconds_max);
  server.set_write_timeout(wait_seconds_max);
  server.set_error_handler([](const httplib::Request& request, httplib::Response& response) {
    if (!response.body.empty()) {
      return;
    }
    std::string message = "the request could not be read";
    if (response.status == 404) {
      message = "no route for " + request.method + " " + request.path;
    } else if (response.status == 413) {
      message = "the body is longer than " + std::to_string(body_bytes_max) + " bytes";
    }
    send(demo::refusal(response.status, message), response);
  });
  server.set_exception_handler(
      [](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
        send(demo::refusal(500, "internal error"), response);
      });
}

/// SIGTERM and Ctrl-C, blocked in this thread and in all that it makes, so that only the one that
/// waits for them takes them.
sigset_t block_ends() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  return ends;
}

int serve_until_stopped(httplib::Server& server, const Options& options, const sigset_t& ends) {
  int port = options.port;
  const bool is_bound = port == 0 ? (port = server.bind_to_any_port(options.host)) > 0
                                  : server.bind_to_port(options.host, port);
  if (!is_bound) {
    std::cerr << "coffer_wallet_server: can't listen on " << options.host << ":" << options.port
              << '\n';
    return 1;
  }
  std::thread stopper([&] {
    int signal = 0;
    sigwait(&ends, &signal);
    server.stop();
  });
  std::cout << "listening on http://" << options.host << ":" << port << std::endl;
  const bool went_well = server.listen_after_bind();
  if (!went_well) {
    kill(getpid(), SIGTERM);
  }
  stopper.join();
  return went_well ? 0 : 1;
}

int run(const Options& options) {
  const sigset_t ends = block_ends();
  auto engine =
      options.book.empty() ? coffer::Engine::in_memory() : coffer::Engine::open(options.book);
  if (!engine) {
    std::cerr << "coffer_wallet_server: " << engine.error().message << '\n';
    return 1;
  }
  Api api(**engine, options.zone);
  httplib::Server server;
  add_routes(server, api);
  add_limits(server);
  const int result = serve_until_stopped(server, options, ends);
  const coffer::Status closed = (*engine)->close();
  if (!closed) {
    std::cerr << "coffer_wallet_server: " << closed.error().message << '\n';
    return 1;
  }
  return result;
}

}  // namespace

int main(int count, char** texts) {
  if (count == 2 && std::string(texts[1]) == "--help") {
    std::cout << help;
    return 0;
  }
  const std::optional<Options> options = parse_options(count, texts);
  if (!options) {
    std::cerr << help;
    return 2;
  }
  return run(*options);
}
