// The writer of Converse's requests: what is said stands in bedrock_write.cpp, how the model shall answer in bedrock_settings.cpp. Private
// to llm/dialect. Thread: one request.
#pragma once

#include "llm/dialect/anthropic.h"
#include "llm/dialect/bedrock.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gatehouse::llm {

/// A turn under way: the results of calls stand first, each with the cache point that follows it.
struct BedrockTurn {
    std::string role;
    Json results = Json::array();
    Json others = Json::array();
    bool hasText = false;
    bool hasDocument = false;
    std::string path;

    Json content() && {
        Json all = std::move(results);
        for (auto& item : others) all.push_back(std::move(item));
        return all;
    }
};

class BedrockWriter {
  public:
    BedrockWriter(ChatRequest& request, Losses& losses) : request_(request), losses_(losses) {}

    Json write();

  private:
    void mark(const std::optional<CacheMark>& mark, const std::string& path, Json& into);
    std::optional<Json> source(Part& part);
    std::optional<Json> media(Part& part, const char* key);
    std::string documentName(const Part& part);
    Json result(Part& part);
    Json text(Part& part);
    std::optional<Json> block(Part& part);
    void add(BedrockTurn& turn, Part& part);
    void turns(Json& body);
    void tools(Json& body);
    void toolOfHistory(Json& body);
    void toolChoice(Json& config);
    void inference(Json& body);
    void vendorFields(Json& body);
    void reasoning(Json& body);
    void claudeThinking(Json& body, const Reasoning& wanted);
    void outputFormat(Json& body);
    void rest(Json& body);

    Json& fields(Json& body) const { return body["additionalModelRequestFields"]; }

    ChatRequest& request_;
    Losses& losses_;
    BedrockVendor vendor_ = BedrockVendor::Claude;
    ClaudeModel claude_;
    std::set<std::string> names_;      ///< Of documents: two may not have the same one.
    std::vector<std::string> called_;  ///< Tools that the conversation used.
    bool forced_ = false;
    int marks_ = 0;
};

}  // namespace gatehouse::llm
