// Where requests come from: Envoy's rules and agentgateway's, by a table; faults on purpose.
#include "filter/csrf.h"
#include "filter/fault.h"

#include <gtest/gtest.h>

namespace gatehouse::filter {
namespace {

struct Case {
    const char* what;
    bool fetch;
    const char* method;
    std::vector<std::pair<const char*, const char*>> headers;
    bool allowed;
};

Result<std::shared_ptr<const Csrf>> rules(bool fetch) {
    config::CsrfSpec spec;
    spec.fetchMetadata = fetch;
    if (fetch) spec.origins = {"https://partner.example", "http://dev.example:8080"};
    else {
        spec.matches.push_back({"partner.example", "", "", "", "", false, {}});
        spec.matches.push_back({"", "", ".Trusted.example", "", "", true, {}});
        spec.matches.push_back({"", "", "", "", "app[0-9]+\\.example", false, {}});
    }
    return compileCsrf(spec, "TrafficPolicy default/p");
}

TEST(Csrf, Table) {
    const Case cases[] = {
        {"a page may always be read", false, "GET", {{"Origin", "https://evil.example"}}, true},
        {"the same host", false, "POST", {{"Origin", "https://shop.example"}}, true},
        {"the scheme's own port", false, "POST", {{"Origin", "https://shop.example:443"}}, true},
        {"another port is another origin", false, "POST", {{"Origin", "https://shop.example:8443"}}, false},
        {"another host", false, "POST", {{"Origin", "https://evil.example"}}, false},
        {"nothing says where from", false, "DELETE", {}, false},
        {"an opaque origin, and no Referer", false, "PUT", {{"Origin", "null"}}, false},
        {"the Referer in its place", false, "PATCH", {{"Referer", "https://shop.example/cart?x=1"}}, true},
        {"a Referer of another host", false, "POST", {{"Referer", "https://evil.example/shop.example"}}, false},
        {"listed", false, "POST", {{"Origin", "https://partner.example"}}, true},
        {"listed in another case does not count", false, "POST", {{"Origin", "https://PARTNER.example"}}, false},
        {"listed by its end in any case", false, "POST", {{"Origin", "https://A.trusted.EXAMPLE"}}, true},
        {"listed by pattern, whole", false, "POST", {{"Origin", "https://app12.example"}}, true},
        {"the pattern is of the whole", false, "POST", {{"Origin", "https://app12.example.evil"}}, false},
        {"rubbish", false, "POST", {{"Origin", "://"}}, false},

        {"safe methods", true, "HEAD", {{"Sec-Fetch-Site", "cross-site"}}, true},
        {"the browser says same origin", true, "POST", {{"Sec-Fetch-Site", "same-origin"}}, true},
        {"typed by the user", true, "POST", {{"Sec-Fetch-Site", "none"}}, true},
        {"same site is another origin", true, "POST", {{"Sec-Fetch-Site", "same-site"}, {"Origin", "https://b.shop.example"}}, false},
        {"cross site", true, "POST", {{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}}, false},
        {"cross site from a listed origin", true, "POST", {{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://partner.example"}}, true},
        {"the scheme of a listed origin counts", true, "POST", {{"Sec-Fetch-Site", "cross-site"}, {"Origin", "http://partner.example"}}, false},
        {"the port of a listed origin counts", true, "POST", {{"Origin", "http://dev.example:8080"}}, true},
        {"what the browser says goes before the host", true, "POST", {{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://shop.example"}}, false},
        {"no browser", true, "POST", {}, true},
        {"an old browser, same host", true, "POST", {{"Origin", "https://shop.example"}}, true},
        {"an old browser, another host", true, "POST", {{"Origin", "https://evil.example"}}, false},
        {"an opaque origin", true, "DELETE", {{"Origin", "null"}}, false},
    };
    for (const auto& each : cases) {
        SCOPED_TRACE(each.what);
        const auto csrf = rules(each.fetch);
        ASSERT_TRUE(csrf) << csrf.error().message;
        http::RequestHead head;
        head.method = each.method;
        head.authority = "shop.example";
        for (const auto& [name, value] : each.headers) head.headers.add(name, value);
        const auto verdict = checkCsrf(**csrf, head);
        EXPECT_EQ(verdict.allowed, each.allowed) << verdict.why;
        EXPECT_STRNE(verdict.why, "");
    }
}

TEST(Csrf, WhatCannotBeReadIsNoRule) {
    config::CsrfSpec spec;
    spec.matches.push_back({"", "", "", "", "(", false, {}});
    EXPECT_FALSE(compileCsrf(spec, ""));
    config::CsrfSpec origins;
    origins.fetchMetadata = true;
    origins.origins = {"partner.example"};
    EXPECT_FALSE(compileCsrf(origins, ""));
}

class Names final : public text::cel::Activation {
  public:
    Result<std::optional<text::cel::Value>> find(std::string_view) const override { return std::nullopt; }
};

DrawnFault draw(const char* expression) {
    config::FaultSpec spec;
    spec.delayExpression = expression;
    const auto fault = compileFault(spec, "p");
    EXPECT_TRUE(fault) << fault.error().message;
    return drawFault(**fault, Names());
}

TEST(Fault, DelaysByExpression) {
    EXPECT_EQ(draw("duration('1.5s')").delay.count(), 1500);
    EXPECT_EQ(draw("20").delay.count(), 20);
    EXPECT_EQ(draw("2u").delay.count(), 2);
    EXPECT_EQ(draw("2.9").delay.count(), 2);
    EXPECT_EQ(draw("-5").delay.count(), 0);
    EXPECT_EQ(draw("duration('100h')").delay, kLongestDelay);
    for (int i = 0; i < 50; ++i) EXPECT_LT(draw("int(random() * 500.0)").delay.count(), 500);
    const auto failed = draw("request.nothing");
    EXPECT_EQ(failed.delay.count(), 0);
    EXPECT_FALSE(failed.why.empty());
    EXPECT_FALSE(draw("'soon'").why.empty());
    config::FaultSpec broken;
    broken.delayExpression = "1 +";
    EXPECT_FALSE(compileFault(broken, "p"));
}

TEST(Fault, SharesAreDrawnAndTheNumberAtATimeIsKept) {
    config::FaultSpec spec;
    spec.delay = std::chrono::milliseconds(5);
    spec.delayPercent = 30;
    spec.abortStatus = 503;
    spec.abortPercent = 0;
    spec.kilobits = 8;
    spec.maxActive = 1;
    const auto fault = compileFault(spec, "p");
    ASSERT_TRUE(fault);
    int delayed = 0;
    for (int i = 0; i < 10'000; ++i) {
        const auto drawn = drawFault(**fault, Names());
        delayed += drawn.delay.count() > 0 ? 1 : 0;
        EXPECT_FALSE(drawn.aborts);
        EXPECT_EQ(drawn.bytesPerSecond, 1000U);
    }
    EXPECT_NEAR(delayed, 3'000, 300);
    {
        const ActiveFault active(*fault);
        EXPECT_FALSE(drawFault(**fault, Names()).any());
    }
    EXPECT_TRUE(drawFault(**fault, Names()).any());
    EXPECT_EQ(faultText(**fault), "30 % wait 5 ms; 0 % are answered 503; 100 % are answered at 1000 bytes/s");
}

TEST(Fault, AGrpcStatusHasItsTwinOfHttp) {
    config::FaultSpec spec;
    spec.grpcStatus = 14;
    const auto fault = compileFault(spec, "p");
    EXPECT_EQ((*fault)->abortStatus, 503);
    EXPECT_EQ((*fault)->grpcStatus, 14);
}

}  // namespace
}  // namespace gatehouse::filter
