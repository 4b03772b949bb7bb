#include "core/filter/blocks.h"
#include "filter/chain.h"
#include "filter/session.h"
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

std::vector<std::string> lines(const http::Headers& headers) {
    std::vector<std::string> out;
    for (const auto& field : headers.fields()) out.push_back(std::string(field.name) + "=" + std::string(field.value));
    return out;
}

TEST(Cors, AnswersAsTheCasesSay) {
    const auto blocks = readBlocks(kVectors + "cors.txt");
    ASSERT_GE(blocks.size(), 30U);
    for (const auto& block : blocks) {
        const auto where = block.get("name") + " (" + block.file + ":" + std::to_string(block.line) + ")";
        config::Cors spec;
        spec.allowOrigins = block.all("origin");
        spec.allowMethods = block.all("methods");
        spec.allowHeaders = block.all("headers");
        spec.exposeHeaders = block.all("expose");
        spec.allowCredentials = block.get("credentials") == "true";
        if (block.has("maxAge")) spec.maxAge = static_cast<std::uint32_t>(std::stoul(block.get("maxAge")));
        const auto cors = compileCors(spec);
        const auto asks = block.get("asks");
        if (block.has("allowed")) {
            EXPECT_EQ(originAllowed(cors, asks), block.get("allowed") == "true") << where;
            continue;
        }
        http::RequestHead request;
        request.method = block.has("method") ? "OPTIONS" : "GET";
        if (!asks.empty()) request.headers.add("Origin", asks);
        if (block.has("method")) request.headers.add("Access-Control-Request-Method", block.get("method"));
        if (block.has("wants")) request.headers.add("Access-Control-Request-Headers", block.get("wants"));
        EXPECT_EQ(isPreflight(request), block.has("method")) << where;
        http::ResponseHead answer;
        for (const auto& line : block.all("in")) answer.headers.add(nameAndValue(line).first, nameAndValue(line).second);
        if (block.has("method")) answerPreflight(cors, request, answer.headers);
        else stampAnswer(cors, originOf(request.headers), answer.headers);
        EXPECT_EQ(lines(answer.headers), block.all("out")) << where;
    }
}

TEST(Cors, TakesOnlyRealPreflightsForSuch) {
    http::RequestHead request;
    request.method = "OPTIONS";
    EXPECT_FALSE(isPreflight(request));
    request.headers.add("Origin", "https://a.example");
    EXPECT_FALSE(isPreflight(request)) << "an OPTIONS request of the application";
    request.headers.add("Access-Control-Request-Method", "GET");
    EXPECT_TRUE(isPreflight(request));
    request.method = "GET";
    EXPECT_FALSE(isPreflight(request));
}

TEST(Session, TokensComeBackAndTellNothing) {
    const auto seal = SessionSeal::make();
    const SessionTicket ticket{seal->tag("Service/default/web:80\n10.0.0.1:8080"), std::chrono::seconds(1'700'000'000)};
    const auto token = seal->seal("s", ticket);
    EXPECT_EQ(token.size(), 43U);
    EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), std::string::npos);
    const auto opened = seal->open("s", token);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->tag, ticket.tag);
    EXPECT_EQ(opened->began, ticket.began);
    EXPECT_NE(seal->tag("a"), seal->tag("b"));
    EXPECT_NE(seal->tag("a"), SessionSeal::make()->tag("a")) << "who does not know the key cannot try addresses";
}

TEST(Session, RefusesTokensThatItDidNotMake) {
    const auto seal = SessionSeal::make();
    const auto token = seal->seal("s", {42, std::chrono::seconds(7)});
    EXPECT_FALSE(seal->open("other", token)) << "of another scope";
    EXPECT_FALSE(SessionSeal::make()->open("s", token)) << "of another key";
    for (std::size_t i = 0; i + 1 < token.size(); ++i) {
        auto changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(seal->open("s", changed)) << i;
    }
    for (const std::string& bad : {std::string(), std::string("x"), token + "A", std::string(43, '='), std::string(43, '\x80')})
        EXPECT_FALSE(seal->open("s", bad)) << bad;
}

TEST(Session, ReadsCookiesAndFields) {
    http::RequestHead request;
    request.headers.add("Cookie", "a=1; sid=x; sid2=\"y\"");
    request.headers.add("cookie", "last=z=z");
    EXPECT_EQ(cookieValue(request.headers, "a"), "1");
    EXPECT_EQ(cookieValue(request.headers, "sid"), "x");
    EXPECT_EQ(cookieValue(request.headers, "sid2"), "y");
    EXPECT_EQ(cookieValue(request.headers, "last"), "z=z");
    EXPECT_EQ(cookieValue(request.headers, "si"), "");
    Session session{"x-session", true, false, std::nullopt, nullptr};
    EXPECT_EQ(sessionToken(session, request.headers), "");
    request.headers.add("X-Session", "t");
    EXPECT_EQ(sessionToken(session, request.headers), "t");
}

TEST(Session, WritesTheCookieThatTheRuleAsksFor) {
    http::ResponseHead answer;
    Session session{"sid", false, false, std::chrono::seconds(60), nullptr};
    stampSession(session, "t", false, answer.headers);
    session.permanent = true;
    stampSession(session, "u", true, answer.headers);
    EXPECT_EQ(lines(answer.headers), (std::vector<std::string>{
                                         "Set-Cookie=sid=t; Path=/; HttpOnly; SameSite=Lax",
                                         "Set-Cookie=sid=u; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60"}));
}

}  // namespace
}  // namespace gatehouse::filter
