// The program: reads the command line, and calls the console or a verb. The only file that knows both.

#include "app/command_line.h"
#include "app/report.h"
#include "app/verbs.h"
#ifdef GATEHOUSE_GUI
#include "app/gui_application.h"
#endif

#include <fmt/core.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

namespace gatehouse::app {

namespace {

#ifdef GATEHOUSE_GUI

bool isSet(const char* name) {
    const char* value = std::getenv(name);
    return value && *value;
}

/// Qt aborts where it finds no display; a sentence is kinder. A platform named by the user is theirs to answer for.
bool hasDisplay() { return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("QT_QPA_PLATFORM"); }

Result<void> fill(GuiOptions& options, const Arguments& arguments) {
    options.paths = arguments.operands;
    options.demo = arguments.has("--demo");
    options.language = arguments.value("--language");
    options.theme = arguments.value("--theme");
    if (options.demo && !options.paths.empty()) {
        return fail("usage", "--demo brings its own workspace; leave the paths out.");
    }
    if (!options.theme.empty() && options.theme != "light" && options.theme != "dark" && options.theme != "contrast") {
        return fail("usage", fmt::format("--theme is light, dark or contrast, not \"{}\".", options.theme));
    }
    if (!options.language.empty() && !knowsLanguage(options.language)) {
        return fail("usage", fmt::format("--language is {}, not \"{}\".", languageCodes(), options.language));
    }
    auto listen = parseListen(arguments.values("--listen"));
    if (!listen) return tl::unexpected(listen.error());
    options.listen = *listen;
    if (arguments.has("--admin")) {
        auto admin = parseBind("--admin", arguments.value("--admin"));
        if (!admin) return tl::unexpected(admin.error());
        options.admin = *admin;
    }
    if (arguments.has("--workers")) {
        auto workers = parseNumber("--workers", arguments.value("--workers"), 1, 64);
        if (!workers) return tl::unexpected(workers.error());
        options.workers = static_cast<unsigned>(*workers);
    }
    return {};
}

int runConsole(int argc, char** argv, const Arguments& arguments) {
    GuiOptions options;
    if (auto filled = fill(options, arguments); !filled) return failWith(filled.error());
    if (!hasDisplay()) {
        fmt::print(stderr, "gatehouse: There is no display to open the console on; run \"gatehouse serve {}\" instead.\n",
                   options.demo ? "--demo" : options.paths.empty() ? "PATH" : options.paths.front());
        return kExitFindings;
    }
    return runGui(argc, argv, options);
}

int runScreenshotVerb(int argc, char** argv, const Arguments& arguments) {
    ScreenshotOptions options;
    if (auto filled = fill(options, arguments); !filled) return failWith(filled.error());
    options.out = arguments.value("--out");
    if (options.out.empty()) return failWith({"usage", "gatehouse screenshot needs --out FOLDER."});
    if (arguments.has("--scale")) {
        auto scale = parseNumber("--scale", arguments.value("--scale"), 1, 2);
        if (!scale) return failWith(scale.error());
        options.scale = static_cast<int>(*scale);
    }
    if (arguments.has("--text-size")) {
        auto percent = parseNumber("--text-size", arguments.value("--text-size"), 100, 200);
        if (!percent) return failWith(percent.error());
        options.textPercent = static_cast<int>(*percent);
    }
    if (arguments.has("--size")) {
        const auto text = arguments.value("--size");
        const auto cross = text.find('x');
        auto width = parseNumber("--size", text.substr(0, cross), 640, 7'680);
        auto height = parseNumber("--size", cross == std::string::npos ? std::string() : text.substr(cross + 1), 400, 4'320);
        if (!width || !height) return failWith({"usage", "--size is a width and a height, such as 1280x800."});
        options.width = static_cast<int>(*width);
        options.height = static_cast<int>(*height);
    }
    return runScreenshot(argc, argv, options);
}

#else

int runConsole(int, char**, const Arguments&) {
    return failWith({"no-console", "This build has no console; run \"gatehouse serve PATH\" instead."});
}
int runScreenshotVerb(int, char**, const Arguments&) {
    return failWith({"no-console", "This build has no console, so there is nothing to draw."});
}

#endif

int run(int argc, char** argv) {
    const auto arguments = parseArguments({argv + 1, argv + argc});
    if (!arguments) return failWith(arguments.error());
    const std::string& verb = arguments->verb->name;
    if (arguments->version) {
        fmt::print("gatehouse {}\n", GATEHOUSE_VERSION);
        return kExitFine;
    }
    if (arguments->help) {
        fmt::print("{}", verb.empty() ? generalHelp() + "\n" + verbHelp(*arguments->verb) : verbHelp(*arguments->verb));
        return kExitFine;
    }
    if (verb == "serve") return runServe(*arguments);
    if (verb == "check") return runCheck(*arguments);
    if (verb == "status") return runStatus(*arguments);
    if (verb == "explain") return runExplain(*arguments);
    if (verb == "convert") return runConvert(*arguments);
    if (verb == "export") return runExport(*arguments);
    if (verb == "pods") return runPods(*arguments);
    if (verb == "simulate") return runSimulate(*arguments);
    if (verb == "drill") return runDrill(*arguments);
    if (verb == "pull") return runPull(*arguments);
    if (verb == "diff") return runDiff(*arguments);
    if (verb == "apply") return runApply(*arguments);
    if (verb == "screenshot") return runScreenshotVerb(argc, argv, *arguments);
    return runConsole(argc, argv, *arguments);
}

}  // namespace

int failWith(const Error& error) {
    fmt::print(stderr, "gatehouse: {}\n", printable(error.message, true));
    return error.code == "usage" ? kExitUsage : kExitFindings;
}

}  // namespace gatehouse::app

int main(int argc, char** argv) {
    // A peer that goes away is an error of that connection, never of the process.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return gatehouse::app::run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "gatehouse: It stopped on an internal error: {}\n", error.what());
        return gatehouse::app::kExitFindings;
    }
}
