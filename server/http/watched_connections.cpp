#include "server/http/watched_connections.h"

#include <Poco/Net/HTTPServerConnection.h>

#include <utility>

namespace ccms::server {
namespace {

class WatchedConnection : public Poco::Net::HTTPServerConnection {
 public:
  WatchedConnection(const Poco::Net::StreamSocket& socket, const Poco::Net::HTTPServerParams::Ptr& params,
                    const Poco::Net::HTTPRequestHandlerFactory::Ptr& handlers, HeaderWatch& watch)
      : HTTPServerConnection(socket, params, handlers), watch_(watch) {
    watch_.add(socket);
  }
  ~WatchedConnection() override { watch_.remove(socket()); }

 private:
  HeaderWatch& watch_;
};

}  // namespace

WatchedConnections::WatchedConnections(Poco::Net::HTTPServerParams::Ptr params,
                                       Poco::Net::HTTPRequestHandlerFactory::Ptr handlers, HeaderWatch& watch)
    : params_(std::move(params)), handlers_(std::move(handlers)), watch_(watch) {}

Poco::Net::TCPServerConnection* WatchedConnections::createConnection(const Poco::Net::StreamSocket& socket) {
  return new WatchedConnection(socket, params_, handlers_, watch_);  // Poco deletes it
}

}  // namespace ccms::server
