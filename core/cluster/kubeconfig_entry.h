// One named entry of a kubeconfig, and reading its fields into a Target. Private to cluster/. Thread: pure, but for files that
// fields name.
#pragma once

#include "cluster/kubeconfig.h"
#include "text/yaml.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::cluster {

struct Entry {
    std::string name;
    std::filesystem::path file;
    std::string list;    ///< "users"
    std::string member;  ///< "user"
    text::yaml::Node body;

    /// "FILE: users["alice"].user.FIELD: SENTENCE."
    tl::unexpected<Error> bad(std::string_view field, std::string_view what) const;
    std::string textOr(std::string_view field) const;
    /// Empty where it is absent; an error where it is no text.
    Result<std::string> text(std::string_view field) const;
    Result<bool> flag(std::string_view field) const;
    Result<std::vector<std::string>> texts(std::string_view field) const;
    /// Relative to the folder of the file; empty stays empty.
    std::string path(const std::string& written) const;
    /// FIELD-data in base64, else the file that FIELD names; empty where neither is there. `isPem`: must hold a PEM block.
    Result<secret::SecretValue> dataOrFile(const std::string& field) const;
};

Result<void> readCluster(const Entry& entry, Target& target);
Result<void> readUser(const Entry& entry, Target& target);
/// JSON of the extension client.authentication.k8s.io/exec; empty: none.
std::string execConfigOf(const Entry& cluster);

}  // namespace gatehouse::cluster
