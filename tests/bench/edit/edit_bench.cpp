// What an edit of a workspace of 1,000 routes costs, step by step: the file looked at and read, the text parsed, checked,
// its status computed, translated. The way from there to the workers is a message; `routes.py --only swap` measures the whole.
//
//     bench_edit [ROUNDS]
#include "config/keep_running.h"
#include "config/status.h"
#include "config/validate.h"
#include "config/workspace.h"
#include "route/translate.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace gatehouse;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kRoutes = 1000;

/// `perObject` prefixes stand in one HTTPRoute. `edited`: which prefix carries `turn` in its name; -1: all.
std::string routesText(int perObject, int edited, int turn, int from = 0, int to = kRoutes) {
    std::string text;
    for (int first = from; first < to; first += perObject) {
        text += fmt::format("---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: r{}, namespace: default}}\n"
                            "spec:\n  parentRefs: [{{name: bench}}]\n  rules:\n",
                            first / perObject);
        for (int i = first; i < first + perObject; ++i)
            text += fmt::format("  - matches: [{{path: {{type: PathPrefix, value: /r{}-{}}}}}]\n    backendRefs: [{{name: origin, port: 80}}]\n",
                                i, edited < 0 || edited == i ? turn : 0);
    }
    return text;
}

constexpr const char* kHead = R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: bench, namespace: default}
spec:
  gatewayClassName: gatehouse
  listeners: [{name: http, port: 80, protocol: HTTP}]
---
apiVersion: v1
kind: Service
metadata: {name: origin, namespace: default}
spec:
  ports: [{name: http, port: 80, targetPort: 9}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: origin-1, namespace: default, labels: {kubernetes.io/service-name: origin}}
addressType: IPv4
endpoints: [{addresses: [127.0.0.1], conditions: {ready: true}}]
ports: [{name: http, port: 9}]
)";

class Times {
  public:
    template <class Work>
    auto measure(const std::string& step, Work&& work) {
        const auto began = Clock::now();
        if constexpr (std::is_void_v<decltype(work())>) {
            work();
            note(step, Clock::now() - began);
        } else {
            auto result = work();
            note(step, Clock::now() - began);
            return result;
        }
    }
    void note(const std::string& step, Clock::duration took) {
        if (!times_.contains(step)) order_.push_back(step);
        times_[step].push_back(std::chrono::duration<double, std::milli>(took).count());
    }
    void print() {
        for (const auto& step : order_) {
            auto& all = times_[step];
            std::sort(all.begin(), all.end());
            fmt::print("| {} | {:.2f} | {:.2f} | {:.2f} |\n", step, all[all.size() / 2], all.front(), all.back());
        }
    }

  private:
    std::vector<std::string> order_;
    std::map<std::string, std::vector<double>> times_;
};

void write(const fs::path& path, const std::string& text) {
    const auto beside = path.parent_path() / ("." + path.filename().string() + ".new");
    std::ofstream(beside, std::ios::binary) << text;
    fs::rename(beside, path);
}

struct Shape {
    const char* name;
    int perObject;
    int files;
    int edited;
};

void writeAll(const fs::path& folder, const Shape& shape, int turn) {
    const int share = kRoutes / shape.files;
    for (int f = 0; f < shape.files; ++f)
        if (turn == 0 || shape.edited < 0 || shape.edited / share == f)
            write(folder / fmt::format("routes{:04}.yaml", f), routesText(shape.perObject, shape.edited, turn, f * share, (f + 1) * share));
}

void run(const Shape& shape, int rounds) {
    char name[] = "/tmp/gatehouse-bench-XXXXXX";
    const fs::path folder = mkdtemp(name);
    write(folder / "head.yaml", kHead);
    writeAll(folder, shape, 0);
    Times times;
    {
        config::Workspace::Options options;
        options.readOnly = true;
        auto workspace = config::Workspace::open({folder}, options);
        route::Runtime runtime;
        auto before = workspace->objects();
        auto current = route::translate(*before, runtime, 1).snapshot;
        for (int turn = 1; turn <= rounds; ++turn) {
            writeAll(folder, shape, turn);
            times.measure("look and read", [&] { workspace->refresh(); });
            auto objects = times.measure("parse", [&] { return workspace->objects(); });
            times.measure("keep running", [&] { config::keepRunning(objects, before); });
            times.measure("(validate alone)", [&] { config::validate(*objects); });
            times.measure("(status alone)", [&] { config::computeStatus(*objects); });
            auto next = times.measure("translate, with both", [&] { return route::translate(*objects, runtime, static_cast<std::uint64_t>(turn) + 1); });
            times.measure("free the old", [&] {
                current = next.snapshot;
                before = objects;
            });
            times.measure("prune", [&] { runtime.prune(); });
        }
    }
    fs::remove_all(folder);
    fmt::print("\n{}:\n\n| step | median ms | least | most |\n|---|---|---|---|\n", shape.name);
    times.print();
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 20;
    const Shape shapes[] = {
        {"100 HTTPRoutes of 10 rules in one file, all changed", 10, 1, -1},
        {"100 HTTPRoutes of 10 rules in one file, one changed", 10, 1, 7},
        {"1,000 HTTPRoutes in one file, all changed", 1, 1, -1},
        {"1,000 HTTPRoutes in one file, one changed", 1, 1, 7},
        {"1,000 HTTPRoutes in 1,000 files, one changed", 1, 1000, 7},
    };
    for (const auto& shape : shapes) run(shape, rounds);
}
