#include "app/gui_application.h"

#include "app/signals.h"
#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "shell/languages.h"
#include "shell/main_window.h"
#include "shell/screenshots.h"
#include "shell/session.h"
#include "shell/settings.h"
#include "theme/system_scheme.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/dialogs.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>

namespace gatehouse::app {

namespace {

constexpr int kSignalMillis = 250;
/// For what both sides of model requests say, unless somebody switched it off.
constexpr std::size_t kCaptureBytes = ui::EngineBridge::kCaptureBytes;

gateway::Options gatewayOptions(const GuiOptions& options) {
    gateway::Options result;
    result.listen = options.listen;
    result.admin = options.admin;
    result.workers = options.workers;
    result.fallbackToFreePort = options.demo;
    // Beside the journal; pictures and the demo have no past.
    const auto data = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    if (!options.demo && !QStandardPaths::isTestModeEnabled() && !data.isEmpty())
        result.stateFolder = (data + QStringLiteral("/state")).toStdString();
    return result;
}

void nameApplication() {
    QApplication::setOrganizationName(QStringLiteral("Gatehouse"));
    QApplication::setApplicationName(QStringLiteral("gatehouse"));
    QApplication::setApplicationDisplayName(QStringLiteral("Gatehouse"));
    QApplication::setApplicationVersion(QStringLiteral(GATEHOUSE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("dev.gatehouse.Gatehouse"));
}

std::vector<std::filesystem::path> pathsOf(const GuiOptions& options) {
    return {options.paths.begin(), options.paths.end()};
}

/// Everything the window stands on, in the order of construction; taken down in reverse.
struct Console {
    explicit Console(const GuiOptions& options)
        : document(engine), session(engine, document, gatewayOptions(options)) {}

    ui::Languages languages;
    ui::Theme theme;
    ui::EngineBridge engine;
    ui::WorkspaceDocument document;
    ui::ActionRegistry actions;
    ui::NativeDialogs dialogs;
    ui::Session session;

    ui::ShellParts parts() { return {theme, engine, document, actions, dialogs, session, languages}; }
};

/// False when a workspace was asked for and could not be opened.
bool openWhatWasAsked(Console& console, const GuiOptions& options) {
    if (options.demo) return console.session.openDemo();
    if (!options.paths.empty()) return console.session.openPaths(pathsOf(options));
    return true;
}

}  // namespace

bool knowsLanguage(const std::string& code) {
    const auto& all = ui::Languages::all();
    return code == "system" || std::any_of(all.begin(), all.end(), [&](const auto& language) { return language.code.toStdString() == code; });
}

std::string languageCodes() {
    QStringList codes;
    for (const auto& language : ui::Languages::all()) codes << language.code;
    return codes.join(QStringLiteral(" or ")).toStdString();
}

int runGui(int argc, char** argv, const GuiOptions& options) {
    StopSignals stopSignals;  // Before any thread.
    QApplication application(argc, argv);
    nameApplication();
    Console console(options);
    const QString language = QString::fromStdString(options.language);
    console.languages.use(language.isEmpty() ? ui::settings::language() : language);
    console.theme.setTextScale(ui::settings::textScale());
    const QString theme = options.theme.empty() ? ui::settings::theme() : QString::fromStdString(options.theme);
    ui::SystemScheme system;
    const auto schemeOf = [](const QString& name) {
        if (name == QLatin1String("light")) return ui::Theme::Scheme::Light;
        if (name == QLatin1String("dark")) return ui::Theme::Scheme::Dark;
        if (name == QLatin1String("contrast")) return ui::Theme::Scheme::HighContrast;
        return ui::SystemScheme::read();
    };
    console.theme.setScheme(schemeOf(theme));
    QObject::connect(&system, &ui::SystemScheme::changed, &console.theme, [&console, fixed = !options.theme.empty()](ui::Theme::Scheme scheme) {
        if (!fixed && ui::settings::theme() == QLatin1String("system")) console.theme.setScheme(scheme);
    });
    int code = 0;
    {
        ui::MainWindow window(console.parts());
        window.restoreSession();
        window.show();
        console.engine.setCapture(ui::settings::capture() ? kCaptureBytes : 0);
        QObject::connect(&console.engine, &ui::EngineBridge::captureChanged, &window, [&console] { ui::settings::setCapture(console.engine.captureBytes() > 0); });
        console.session.startGateway();
        if (!openWhatWasAsked(console, options)) std::fprintf(stderr, "gatehouse: the workspace could not be opened, see the window\n");
        // A signal asks nothing: unsaved edits are in the journal and offered at the next start.
        QTimer stop;
        QObject::connect(&stop, &QTimer::timeout, &application, [&stopSignals] {
            if (stopSignals.wait(std::chrono::milliseconds(0))) QCoreApplication::exit(0);
        });
        stop.start(kSignalMillis);
        code = application.exec();
        // The engine ends while the window still stands, so that nothing it says last finds no one.
        console.session.shutdown();
    }
    return code;
}

int runScreenshot(int argc, char** argv, const ScreenshotOptions& options) {
    // Both must stand before the first QApplication of the process.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_SCALE_FACTOR", QByteArray::number(options.scale));
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    nameApplication();
    if (const QString folder = QString::fromStdString(options.out); !QDir().mkpath(folder) || !QFileInfo(folder).isWritable()) {
        std::fprintf(stderr, "gatehouse: no picture can be written into %s\n", options.out.c_str());
        return 1;
    }
    QApplication::setApplicationName(QStringLiteral("gatehouse-screenshot"));  // Settings of its own: pictures do not depend on a person's.
    ui::settings::forgetAll();
    Console console(options);
    console.languages.use(options.language.empty() ? QStringLiteral("en") : QString::fromStdString(options.language));
    const bool dark = options.theme == "dark";
    console.theme.setScheme(dark                            ? ui::Theme::Scheme::Dark
                            : options.theme == "contrast" ? ui::Theme::Scheme::HighContrast
                                                          : ui::Theme::Scheme::Light);
    ui::ScreenshotPlan plan;
    plan.directory = QString::fromStdString(options.out);
    plan.suffix = QString::fromStdString(options.theme.empty() ? "light" : options.theme) + (options.scale == 2 ? QStringLiteral("-2x") : QString());
    if (options.textPercent != 100) {
        console.theme.setTextScale(options.textPercent / 100.0);
        plan.suffix += QStringLiteral("-%1").arg(options.textPercent);
    }
    if (!options.language.empty() && options.language != "en") plan.suffix += QLatin1Char('-') + QString::fromStdString(options.language);
    if (options.width > 0) plan.width = options.width;
    if (options.height > 0) plan.height = options.height;
    int failures = 0;
    {
        ui::MainWindow window(console.parts());
        console.engine.setCapture(kCaptureBytes);
        console.session.startGateway();
        failures += ui::drawStartPage(window, plan);
        if (!openWhatWasAsked(console, options)) {
            std::fprintf(stderr, "gatehouse: the workspace could not be opened\n");
            ++failures;
        } else if (options.demo || !options.paths.empty()) {
            failures += ui::drawViews(window, console.engine, console.document, plan);
        }
        console.session.shutdown();
    }
    return failures == 0 ? 0 : 1;
}

}  // namespace gatehouse::app
