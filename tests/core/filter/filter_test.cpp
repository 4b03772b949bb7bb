#include "core/filter/blocks.h"
#include "filter/chain.h"
#include "http/uri.h"

#include <gtest/gtest.h>

namespace gatehouse::filter {
namespace {

using testing::Block;
using testing::readBlocks;

const std::string kVectors = std::string(GATEHOUSE_VECTORS) + "/filter/";

/// A request head as the data plane would have it after parsing `url`.
void readUrl(const std::string& url, http::RequestHead& head) {
    http::Target target;
    ASSERT_TRUE(http::splitTarget(head.arena.copy(url), target)) << url;
    head.scheme = target.scheme;
    head.authority = target.authority;
    std::string_view host;
    std::string_view port;
    ASSERT_TRUE(http::splitAuthority(target.authority, host, port)) << url;
    head.host = http::lowerHost(host, head.arena);
    head.path = target.path;
    head.query = target.query;
    head.hasQuery = target.hasQuery;
    head.headers.add("Host", target.authority);
}

template <class Filter>
void readPathChange(const Block& block, Filter& filter) {
    filter.hostname = block.get("hostname");
    if (block.has("full")) {
        filter.pathChange = PathChange::ReplaceFull;
        filter.pathValue = block.get("full");
    } else if (block.has("replacePrefix")) {
        filter.pathChange = PathChange::ReplacePrefix;
        filter.pathValue = block.get("replacePrefix");
    }
}

std::pair<std::string, std::string> nameAndValue(const std::string& text) {
    const auto equals = text.find('=');
    return {text.substr(0, equals), text.substr(equals + 1)};
}

TEST(Filter, ReplacesPrefixesAsTheTableSays) {
    const auto blocks = readBlocks(kVectors + "prefix.txt");
    ASSERT_GE(blocks.size(), 12U);
    for (const auto& block : blocks)
        EXPECT_EQ(replacePrefix(block.get("path"), block.get("prefix"), block.get("replacement")), block.get("result"))
            << block.file << ":" << block.line;
}

TEST(Filter, LeavesAPathAloneThatDoesNotCarryThePrefix) { EXPECT_EQ(replacePrefix("/other", "/foo", "/xyz"), "/other"); }

TEST(Filter, BuildsLocations) {
    const auto blocks = readBlocks(kVectors + "redirect.txt");
    ASSERT_GE(blocks.size(), 20U);
    for (const auto& block : blocks) {
        http::RequestHead request;
        readUrl(block.get("request"), request);
        Redirect redirect;
        redirect.scheme = block.get("scheme");
        readPathChange(block, redirect);
        if (block.has("port")) redirect.port = static_cast<std::uint16_t>(std::stoi(block.get("port")));
        EXPECT_EQ(location(redirect, request, block.get("prefix"), static_cast<std::uint16_t>(std::stoi(block.get("listener")))),
                  block.get("location"))
            << block.get("name") << " (" << block.file << ":" << block.line << ")";
    }
}

TEST(Filter, RewritesHostAndPath) {
    const auto blocks = readBlocks(kVectors + "rewrite.txt");
    ASSERT_GE(blocks.size(), 7U);
    for (const auto& block : blocks) {
        http::RequestHead request;
        readUrl(block.get("request"), request);
        Rewrite rewrite;
        readPathChange(block, rewrite);
        apply(rewrite, request, block.get("prefix"));
        const auto where = block.get("name") + " (" + block.file + ":" + std::to_string(block.line) + ")";
        EXPECT_EQ(request.authority, block.get("host")) << where;
        EXPECT_EQ(request.headers.get("host").value_or("none"), block.get("host")) << where;
        EXPECT_EQ(request.headers.count("host"), 1U) << where;
        EXPECT_EQ(request.path, block.get("path")) << where;
        EXPECT_EQ(request.query, block.get("query")) << where;
        if (rewrite.pathChange != PathChange::None) {
            const auto target = block.get("path") + (request.hasQuery ? "?" + block.get("query") : "");
            EXPECT_EQ(request.target, target) << where;
        }
    }
}

TEST(Filter, ModifiesHeaders) {
    const auto blocks = readBlocks(kVectors + "headers.txt");
    ASSERT_GE(blocks.size(), 10U);
    for (const auto& block : blocks) {
        http::Arena arena;
        http::Headers headers(arena);
        for (const auto& line : block.all("in")) headers.add(nameAndValue(line).first, nameAndValue(line).second);
        HeaderMutation mutation;
        for (const auto& line : block.all("set")) mutation.set.push_back(nameAndValue(line));
        for (const auto& line : block.all("add")) mutation.add.push_back(nameAndValue(line));
        mutation.remove = block.all("remove");
        EXPECT_FALSE(mutation.empty());
        apply(mutation, headers);
        std::vector<std::string> out;
        for (const auto& field : headers.fields()) out.push_back(std::string(field.name) + "=" + std::string(field.value));
        EXPECT_EQ(out, block.all("out")) << block.get("name") << " (" << block.file << ":" << block.line << ")";
    }
}

}  // namespace
}  // namespace gatehouse::filter
