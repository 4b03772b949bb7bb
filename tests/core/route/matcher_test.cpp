#include "route/matcher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <random>
#include <tuple>

namespace {
thread_local std::size_t allocations = 0;
}

// Counts what the hot path allocates. The pairs below are the whole replaceable set that the standard library here uses.
void* operator new(std::size_t size) {
    ++allocations;
    if (void* place = std::malloc(size == 0 ? 1 : size)) return place;
    throw std::bad_alloc();
}
void operator delete(void* place) noexcept { std::free(place); }
void operator delete(void* place, std::size_t) noexcept { std::free(place); }

namespace gatehouse::route {
namespace {

using config::PathMatchType;

std::shared_ptr<const Rule> ruleNamed(const std::string& name) {
    auto rule = std::make_shared<Rule>();
    rule->id = name;
    rule->displayName = name;
    return rule;
}

Candidate candidate(PathMatchType type, const std::string& path, const std::string& name) {
    Candidate result;
    result.match.pathType = type;
    result.match.path = path;
    if (type == PathMatchType::RegularExpression) result.match.pathRegex = *text::Regex::compile(path);
    result.rule = ruleNamed(name);
    return result;
}

Port portWith(std::vector<VirtualHost> hosts) {
    Port port;
    port.port = 80;
    Listener listener;
    listener.name = "http";
    listener.port = 80;
    listener.hosts = std::move(hosts);
    buildIndexes(listener);
    port.listeners.push_back(std::move(listener));
    return port;
}

void ask(http::RequestHead& request, std::string_view host, std::string_view path) {
    request.method = "GET";
    request.scheme = "http";
    request.host = host;
    request.authority = host;
    request.path = path;
}

std::string matched(const Port& port, const http::RequestHead& request) {
    const auto result = match(port, request, nullptr);
    return result.candidate ? result.candidate->rule->id : "none";
}

TEST(Matcher, WildcardsCoverOneOrMoreLabelsAndNotTheNameItself) {
    EXPECT_TRUE(hostMatches("*.example.com", "a.example.com"));
    EXPECT_TRUE(hostMatches("*.example.com", "a.b.example.com"));
    EXPECT_FALSE(hostMatches("*.example.com", "example.com"));
    EXPECT_FALSE(hostMatches("*.example.com", ".example.com"));
    EXPECT_FALSE(hostMatches("*.example.com", "aexample.com"));
    EXPECT_TRUE(hostMatches("example.com", "example.com"));
    EXPECT_FALSE(hostMatches("example.com", "a.example.com"));
    EXPECT_TRUE(hostMatches("", "anything"));
    EXPECT_TRUE(hostMatches("", ""));
}

TEST(Matcher, PrefixesMatchByElement) {
    const auto port = portWith({{"", {candidate(PathMatchType::PathPrefix, "/abc", "abc")}, {}}});
    for (const auto& [path, expected] : std::vector<std::pair<std::string, std::string>>{
             {"/abc", "abc"}, {"/abc/", "abc"}, {"/abc/def", "abc"}, {"/abcd", "none"}, {"/ab", "none"}, {"/", "none"},
             {"/ABC", "none"}}) {
        http::RequestHead request;
        ask(request, "h", path);
        EXPECT_EQ(matched(port, request), expected) << path;
    }
}

TEST(Matcher, QueryNamesAreExactAndTheFirstValueCounts) {
    auto entry = candidate(PathMatchType::PathPrefix, "", "whale");
    entry.match.query.push_back({"animal", "blue whale", nullptr});
    const auto port = portWith({{"", {entry}, {}}});
    for (const auto& [query, expected] : std::vector<std::pair<std::string, std::string>>{
             {"animal=blue%20whale", "whale"}, {"animal=blue+whale", "whale"}, {"x=1&animal=blue+whale", "whale"},
             {"ANIMAL=blue+whale", "none"}, {"animal=dolphin&animal=blue+whale", "none"}, {"animal", "none"}, {"", "none"},
             {"animal=blue%2", "none"}, {"%61nimal=blue+whale", "whale"}}) {
        http::RequestHead request;
        ask(request, "h", "/");
        request.query = query;
        request.hasQuery = !query.empty();
        EXPECT_EQ(matched(port, request), expected) << query;
    }
}

TEST(Matcher, RepeatedHeadersAreComparedAsOneList) {
    auto entry = candidate(PathMatchType::PathPrefix, "", "list");
    entry.match.headers.push_back({"x-a", "1,2", nullptr});
    const auto port = portWith({{"", {entry}, {}}});
    http::RequestHead request;
    ask(request, "h", "/");
    request.headers.add("X-A", "1");
    EXPECT_EQ(matched(port, request), "none");
    request.headers.add("x-a", "2");
    EXPECT_EQ(matched(port, request), "list");
}

TEST(Matcher, OnlyTheMostSpecificListenerOfAPortIsAsked) {
    Port port;
    port.port = 80;
    for (const std::string hostname : {"a.example.com", "*.example.com", ""}) {
        Listener listener;
        listener.name = hostname.empty() ? "any" : hostname;
        listener.hostname = hostname;
        if (hostname != "a.example.com")
            listener.hosts.push_back({hostname, {candidate(PathMatchType::PathPrefix, "", listener.name)}, {}});
        buildIndexes(listener);
        port.listeners.push_back(std::move(listener));
    }
    http::RequestHead request;
    ask(request, "b.example.com", "/");
    EXPECT_EQ(matched(port, request), "*.example.com");
    http::RequestHead isolated;
    ask(isolated, "a.example.com", "/");
    EXPECT_EQ(matched(port, isolated), "none");
    http::RequestHead other;
    ask(other, "example.org", "/");
    EXPECT_EQ(matched(port, other), "any");
}

TEST(Matcher, TheIndexAnswersWhatAWalkAnswers) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto below = [&](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
    const std::vector<std::string> elements = {"a", "b", "ab", "v1", "chat", ""};
    const auto path = [&] {
        std::string text;
        for (int i = below(5); i > 0; --i) text += "/" + elements[static_cast<std::size_t>(below(6))];
        return text;
    };
    const std::vector<std::string> hostnames = {"a.example.com", "b.a.example.com", "*.a.example.com", "*.example.com", "*.com", ""};
    for (int round = 0; round < 200; ++round) {
        std::vector<VirtualHost> hosts;
        for (const auto& hostname : hostnames) {
            if (below(3) == 0) continue;
            VirtualHost host;
            host.hostname = hostname;
            for (int i = below(12); i > 0; --i) {
                const auto type = static_cast<PathMatchType>(below(3));
                auto text = path();
                if (type == PathMatchType::PathPrefix) while (!text.empty() && text.back() == '/') text.pop_back();
                if (type == PathMatchType::Exact && text.empty()) text = "/";
                if (type == PathMatchType::RegularExpression) text = "/" + elements[static_cast<std::size_t>(below(5))] + ".*";
                auto entry = candidate(type, text, hostname + "#" + std::to_string(i));
                if (below(3) == 0) entry.match.method = below(2) == 0 ? "GET" : "POST";
                if (below(3) == 0) entry.match.headers.push_back({"x-a", std::to_string(below(2)), nullptr});
                host.candidates.push_back(std::move(entry));
            }
            // The order that translation gives.
            std::stable_sort(host.candidates.begin(), host.candidates.end(), [](const Candidate& a, const Candidate& b) {
                const auto key = [](const Candidate& c) {
                    const int rank = c.match.pathType == PathMatchType::Exact                ? 0
                                     : c.match.pathType == PathMatchType::RegularExpression ? 1
                                                                                             : 2;
                    return std::make_tuple(rank, -static_cast<long>(c.match.path.size()), c.match.method.empty());
                };
                return key(a) < key(b);
            });
            hosts.push_back(std::move(host));
        }
        const auto indexed = portWith(hosts);
        Port walked = indexed;
        walked.listeners.front().index = {};
        for (auto& host : walked.listeners.front().hosts) host.index = {};
        for (int i = 0; i < 60; ++i) {
            http::RequestHead request;
            auto target = path();
            if (target.empty()) target = "/";
            auto host = hostnames[static_cast<std::size_t>(below(6))];
            if (host.starts_with("*")) host = "x" + host.substr(1);
            ask(request, host, target);
            if (below(2) == 0) request.headers.add("X-A", std::to_string(below(2)));
            std::vector<Step> trace;
            const auto fast = matched(indexed, request);
            const auto slow = matched(walked, request);
            const auto traced = match(indexed, request, &trace);
            ASSERT_EQ(fast, slow) << host << target;
            ASSERT_EQ(traced.candidate ? traced.candidate->rule->id : "none", fast) << host << target;
            ASSERT_FALSE(trace.empty());
        }
    }
}

TEST(Matcher, AllocatesNothingWithoutATrace) {
    VirtualHost host;
    host.hostname = "*.example.com";
    for (int i = 0; i < 1000; ++i) host.candidates.push_back(candidate(PathMatchType::Exact, "/exact/" + std::to_string(i), "e"));
    host.candidates.push_back(candidate(PathMatchType::RegularExpression, "/re/[0-9]+", "re"));
    auto entry = candidate(PathMatchType::PathPrefix, "/a/rather/long/prefix/of/several/elements", "deep");
    entry.match.headers.push_back({"x-canary", "yes", nullptr});
    entry.match.query.push_back({"page", "two words", nullptr});
    host.candidates.push_back(entry);
    const auto port = portWith({host});

    const auto count = [&](std::string_view path) {
        http::RequestHead request;
        ask(request, "a.b.example.com", path);
        request.headers.add("x-canary", "yes");
        request.query = "page=two%20words&x=1";
        request.hasQuery = true;
        (void)match(port, request, nullptr);  // the buffers of this thread grow once
        const auto before = allocations;
        const auto result = match(port, request, nullptr);
        const auto made = allocations - before;
        EXPECT_NE(result.candidate, nullptr) << path;
        return made;
    };
    EXPECT_EQ(count("/exact/777"), 0U);
    EXPECT_EQ(count("/a/rather/long/prefix/of/several/elements/and/more"), 0U);
}

TEST(Matcher, TenThousandRoutesCostAboutWhatTenDo) {
    const auto nanos = [](int routes) {
        VirtualHost host;
        for (int i = 0; i < routes; ++i)
            host.candidates.push_back(candidate(PathMatchType::PathPrefix, "/api/v1/team-" + std::to_string(i), std::to_string(i)));
        const auto port = portWith({host});
        http::RequestHead request;
        const auto path = "/api/v1/team-" + std::to_string(routes / 2) + "/users/42";
        ask(request, "h", path);
        EXPECT_EQ(matched(port, request), std::to_string(routes / 2));
        constexpr int kRounds = 20'000;
        const auto start = std::chrono::steady_clock::now();
        std::size_t found = 0;
        for (int i = 0; i < kRounds; ++i) found += match(port, request, nullptr).candidate != nullptr ? 1 : 0;
        const auto spent = std::chrono::steady_clock::now() - start;
        EXPECT_EQ(found, static_cast<std::size_t>(kRounds));
        return std::chrono::duration<double, std::nano>(spent).count() / kRounds;
    };
    const auto few = nanos(10);
    const auto many = nanos(10'000);
    std::printf("[ figures  ] a match among 10 routes %.0f ns, among 10,000 routes %.0f ns\n", few, many);
}

TEST(Matcher, DrawsInProportionAndSkipsZeroWeights) {
    Rule rule;
    for (const auto weight : {0U, 3U, 0U, 1U}) {
        Backend backend;
        backend.name = std::to_string(rule.backends.size());
        backend.kind = BackendKind::Service;
        backend.weight = weight;
        rule.totalWeight += weight;
        rule.backends.push_back(backend);
    }
    std::string drawn;
    for (std::uint64_t i = 0; i < rule.totalWeight; ++i) drawn += drawBackend(rule, i)->name;
    EXPECT_EQ(drawn, "1113");
    EXPECT_EQ(drawBackend(rule, rule.totalWeight), nullptr);
}

TEST(Matcher, AnswersForRulesThatHaveNoBackendToDraw) {
    Rule none;
    EXPECT_EQ(drawBackend(none, 0), nullptr);
    EXPECT_EQ(statusWithoutBackend(none), 500);
    Rule zero;
    zero.backends.resize(2);
    for (auto& backend : zero.backends) {
        backend.kind = BackendKind::Service;
        backend.weight = 0;
    }
    EXPECT_EQ(drawBackend(zero, 0), nullptr);
    EXPECT_EQ(statusWithoutBackend(zero), 503);
    zero.backends[1].kind = BackendKind::Invalid;
    EXPECT_EQ(statusWithoutBackend(zero), 500);
}

}  // namespace
}  // namespace gatehouse::route
