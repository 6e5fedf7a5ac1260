#pragma once

#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/TCPServerConnectionFactory.h>

#include "server/http/header_watch.h"

namespace ccms::server {

/// Poco's HTTP connections, each under the watch while it lives. The handlers settle what is expected, and
/// expect the next request. The watch outlives the connections.
class WatchedConnections : public Poco::Net::TCPServerConnectionFactory {
 public:
  WatchedConnections(Poco::Net::HTTPServerParams::Ptr params,
                     Poco::Net::HTTPRequestHandlerFactory::Ptr handlers, HeaderWatch& watch);

  /// Called once a thread is free for the connection: the time in the queue does not count.
  Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket) override;

 private:
  const Poco::Net::HTTPServerParams::Ptr params_;
  const Poco::Net::HTTPRequestHandlerFactory::Ptr handlers_;
  HeaderWatch& watch_;
};

}  // namespace ccms::server
