// Generated traces against the statistics that they stand for.
#include "lab/sim/random.h"
#include "lab/sim/workload.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

namespace gatehouse::lab::sim {
namespace {

constexpr SimTime kHour{3'600'000'000LL};

const WorkloadShape& shape(const std::string& name) { return **findWorkload(name); }

/// What a trace turned out to be; what is held against the published figures.
struct TraceFigures {
    std::size_t requests = 0;
    double rate = 0, arrivalCv = 0, perSecondDispersion = 0;
    double promptMean = 0, promptP50 = 0, promptP90 = 0, promptP99 = 0;
    double answerMean = 0, answerP50 = 0, answerP90 = 0, answerP99 = 0;
    double infiniteHit = 0;  ///< Share of prompt tokens that a cache without limits would hold, in blocks of 512 tokens.
};

double quantile(std::vector<double>& sorted, double u) {
    if (sorted.empty()) return 0;
    return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(u * double(sorted.size())))];
}

double mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return values.empty() ? 0 : sum / double(values.size());
}

double deviation(const std::vector<double>& values) {
    const double middle = mean(values);
    double sum = 0;
    for (const double value : values) sum += (value - middle) * (value - middle);
    return values.size() < 2 ? 0 : std::sqrt(sum / double(values.size() - 1));
}

/// Share of prompt tokens in blocks of 512 tokens that some earlier prompt had; as Mooncake counts it, answers are not kept.
double infiniteHit(const Trace& trace) {
    constexpr std::uint32_t kBlock = 512;
    std::unordered_map<std::uint64_t, bool> seen;
    double hits = 0, all = 0;
    for (const Request& request : trace.requests) {
        const auto prompt = trace.prompt(request);
        std::size_t segment = 0;
        bool missed = false;
        for (std::uint32_t block = 0; (block + 1) * kBlock <= request.promptTokens; ++block) {
            while (prompt[segment].end < (block + 1) * kBlock) ++segment;
            const bool fresh = seen.emplace(blockKey(prompt, segment, block), true).second;
            missed |= fresh;
            if (!missed) hits += kBlock;
        }
        all += request.promptTokens;
    }
    return all > 0 ? hits / all : 0;
}

TraceFigures measure(const Trace& trace) {
    TraceFigures figures;
    figures.requests = trace.requests.size();
    if (trace.requests.size() < 2) return figures;
    std::vector<double> prompts, answers, gaps, perSecond;
    for (std::size_t i = 0; i < trace.requests.size(); ++i) {
        const Request& request = trace.requests[i];
        prompts.push_back(request.promptTokens);
        answers.push_back(request.outputTokens);
        if (i > 0) gaps.push_back(seconds(request.arrival - trace.requests[i - 1].arrival));
        perSecond.resize(static_cast<std::size_t>(seconds(request.arrival)) + 1);
        ++perSecond.back();
    }
    std::sort(prompts.begin(), prompts.end());
    std::sort(answers.begin(), answers.end());
    figures.rate = 1 / mean(gaps);
    figures.arrivalCv = deviation(gaps) / mean(gaps);
    figures.perSecondDispersion = deviation(perSecond) * deviation(perSecond) / mean(perSecond);
    figures.promptMean = mean(prompts);
    figures.promptP50 = quantile(prompts, 0.5);
    figures.promptP90 = quantile(prompts, 0.9);
    figures.promptP99 = quantile(prompts, 0.99);
    figures.answerMean = mean(answers);
    figures.answerP50 = quantile(answers, 0.5);
    figures.answerP90 = quantile(answers, 0.9);
    figures.answerP99 = quantile(answers, 0.99);
    figures.infiniteHit = infiniteHit(trace);
    return figures;
}

struct Published {
    const char* workload;
    double rate;
    double promptMean, promptP50, promptP90, promptP99;  ///< 0: not published.
    double answerMean, answerP50, answerP90, answerP99;
    double arrivalCv, cvTolerance;
    double hit;
};

class PublishedStatistics : public ::testing::TestWithParam<Published> {};

TEST_P(PublishedStatistics, AreMet) {
    const Published& p = GetParam();
    const TraceFigures f = measure(generate(shape(p.workload), p.rate, kHour, 7));
    const auto near = [](double measured, double published, double tolerance, const char* what) {
        if (published <= 0) return;
        EXPECT_NEAR(measured / published, 1, tolerance) << what << ": " << measured << " against " << published;
    };
    near(f.promptMean, p.promptMean, 0.06, "prompt mean");
    near(f.promptP50, p.promptP50, 0.06, "prompt p50");
    near(f.promptP90, p.promptP90, 0.06, "prompt p90");
    near(f.promptP99, p.promptP99, 0.12, "prompt p99");
    near(f.answerMean, p.answerMean, 0.06, "answer mean");
    near(f.answerP50, p.answerP50, 0.08, "answer p50");
    near(f.answerP90, p.answerP90, 0.08, "answer p90");
    near(f.answerP99, p.answerP99, 0.12, "answer p99");
    near(f.arrivalCv, p.arrivalCv, p.cvTolerance, "CV of gaps");
    if (p.hit > 0) {
        EXPECT_NEAR(f.infiniteHit, p.hit, 0.05) << "hit share of a cache without limits";
    }
}

INSTANTIATE_TEST_SUITE_P(
    Traces, PublishedStatistics,
    ::testing::Values(Published{"chat", 5.53, 1'155, 1'020, 2'735, 4'142, 211, 129, 424, 601, 1.09, 0.05, 0},
                      // Gaps with a CV of 13 need weeks to settle: one hour scatters.
                      Published{"code", 2.57, 2'048, 1'469, 5'194, 7'436, 28, 13, 0, 252, 13.2, 0.35, 0},
                      Published{"agent", 6.7, 8'596, 0, 0, 0, 182, 0, 0, 0, 1, 0.05, 0},
                      Published{"shared-prefix", 8, 7'200, 7'200, 7'200, 7'200, 0, 0, 0, 0, 1, 0.05, 0},
                      Published{"long-context", 3.40, 12'035, 6'909, 27'367, 85'401, 343, 350, 597, 1'120, 0, 0, 0.366},
                      Published{"decode-heavy", 2, 1'250, 1'250, 1'250, 1'250, 8'000, 0, 0, 0, 1, 0.05, 0},
                      Published{"bursts", 5, 0, 0, 0, 0, 211, 129, 424, 601, 4, 0.2, 0}),
    [](const auto& info) {
        std::string name = info.param.workload;
        std::erase(name, '-');
        return name;
    });

TEST(Workload, LongConversationsArriveAsUnevenlyAsMooncakes) {
    // Published: variance over mean of requests per second 7.9, at 3.40 requests/s.
    const TraceFigures f = measure(generate(shape("long-context"), 3.40, kHour, 3));
    EXPECT_GT(f.perSecondDispersion, 3.5);
    EXPECT_LT(f.perSecondDispersion, 12);
}

TEST(Workload, TheSameSeedGivesTheSameTraceAndAnotherDoesNot) {
    const SimTime minute{60'000'000};
    const Trace a = generate(shape("agent"), 10, minute, 5), b = generate(shape("agent"), 10, minute, 5),
                c = generate(shape("agent"), 10, minute, 6);
    ASSERT_EQ(a.requests.size(), b.requests.size());
    for (std::size_t i = 0; i < a.requests.size(); ++i) {
        EXPECT_EQ(a.requests[i].arrival, b.requests[i].arrival);
        EXPECT_EQ(a.requests[i].promptTokens, b.requests[i].promptTokens);
    }
    for (std::size_t i = 0; i < a.segments.size(); ++i) EXPECT_EQ(a.segments[i].key, b.segments[i].key);
    EXPECT_NE(a.requests[0].arrival, c.requests[0].arrival);
}

TEST(Workload, ChainsGrowAndEndWithTheAnswer) {
    for (const WorkloadShape& each : workloadShapes()) {
        const Trace trace = generate(each, 20, SimTime(60'000'000), 11);
        ASSERT_GT(trace.requests.size(), 100u) << each.name;
        for (const Request& request : trace.requests) {
            const auto chain = trace.chain(request);
            ASSERT_GE(chain.size(), 2u);
            for (std::size_t i = 1; i < chain.size(); ++i) ASSERT_LT(chain[i - 1].end, chain[i].end) << each.name;
            ASSERT_EQ(trace.prompt(request).back().end, request.promptTokens);
            ASSERT_EQ(chain.back().end, request.promptTokens + request.outputTokens);
        }
    }
}

TEST(Workload, SharedBeginningsAreSharedAsOftenAsSaid) {
    const Trace trace = generate(shape("shared-prefix"), 50, SimTime(60'000'000), 2);
    std::set<std::uint64_t> groups;
    for (const Request& request : trace.requests) groups.insert(trace.prompt(request)[0].key);
    EXPECT_EQ(groups.size(), 150u);
}

TEST(Workload, AdaptersFollowTheirSkewAndStayWithTheirConversation) {
    const Trace trace = generate(shape("lora"), 50, SimTime(120'000'000), 2);
    std::vector<int> uses(24);
    std::map<std::uint32_t, std::uint16_t> ofSession;
    for (const Request& request : trace.requests) {
        ASSERT_LT(request.adapter, 24);
        ++uses[request.adapter];
        EXPECT_EQ(ofSession.emplace(request.session, request.adapter).first->second, request.adapter);
    }
    EXPECT_GT(uses[0], 4 * uses[23]);
    EXPECT_GT(uses[23], 0);
}

TEST(Workload, GammaGapsHaveTheMeanAndVariationAskedFor) {
    Random random(1);
    for (const double cv : {0.5, 1.0, 4.0}) {
        double sum = 0, squares = 0;
        constexpr int kDraws = 200'000;
        for (int i = 0; i < kDraws; ++i) {
            const double x = random.gamma(cv);
            sum += x;
            squares += x * x;
        }
        const double mean = sum / kDraws;
        EXPECT_NEAR(mean, 1, 0.05) << cv;
        EXPECT_NEAR(std::sqrt(squares / kDraws - mean * mean) / mean, cv, 0.1 * cv);
    }
}

TEST(Workload, UnknownNamesListTheKnownOnes) {
    const auto none = findWorkload("poker");
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().message.find("chat, code"), std::string::npos);
}

}  // namespace
}  // namespace gatehouse::lab::sim
