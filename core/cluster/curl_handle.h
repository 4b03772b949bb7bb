// What every use of libcurl in this folder shares. Private to cluster/ (a heavy header). Thread: pure but for the handles.
#pragma once

#include <curl/curl.h>
#include <openssl/crypto.h>

#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace gatehouse::cluster {

struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, EasyDeleter>;

/// Header lines; they may hold a token, so they are wiped.
class HeaderList {
  public:
    HeaderList() = default;
    ~HeaderList() {
        for (auto* each = list_; each != nullptr; each = each->next) OPENSSL_cleanse(each->data, std::strlen(each->data));
        curl_slist_free_all(list_);
    }
    HeaderList(const HeaderList&) = delete;
    HeaderList& operator=(const HeaderList&) = delete;
    void add(std::string line) {
        list_ = curl_slist_append(list_, line.c_str());
        OPENSSL_cleanse(line.data(), line.size());
    }
    curl_slist* get() const { return list_; }

  private:
    curl_slist* list_ = nullptr;
};

/// Copied by libcurl.
inline void setBlob(CURL* easy, CURLoption option, std::string_view pem) {
    curl_blob blob{const_cast<char*>(pem.data()), pem.size(), CURL_BLOB_COPY};
    curl_easy_setopt(easy, option, &blob);
}

/// Only these authorities; empty: the system's.
inline void trust(CURL* easy, std::string_view authorityPem) {
    if (authorityPem.empty()) return;
    setBlob(easy, CURLOPT_CAINFO_BLOB, authorityPem);
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
}

}  // namespace gatehouse::cluster
