// How a handle of libcurl reaches a target, and who it says it is: server, proxy, TLS name, authorities, certificate. Private to
// cluster/ (a heavy header). Thread: pure but for the handle.
#pragma once

#include "cluster/curl_handle.h"
#include "cluster/exec_plugin.h"

#include <memory>
#include <string>
#include <vector>

namespace gatehouse::cluster {

/// Must live as long as its handle.
using ConnectTo = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

/// Address and TLS. `headers` gets a Host where the address that is dialled is another than the TLS name.
void setConnection(CURL* easy, const Target& target, const Credential& shown, const std::string& path, ConnectTo& connectTo, HeaderList& headers);

/// "Authorization: Bearer …", "Impersonate-User: …". To be wiped.
std::vector<std::string> identityLines(const Credential& shown, const Impersonation& as);

}  // namespace gatehouse::cluster
