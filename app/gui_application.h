// The console as a program: everything that needs QApplication. Called on the main thread, once per process, and returns
// the process's exit code. No other file of app/ may touch Qt, so that every other verb runs without it.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gatehouse::app {

// What the command line asks of the console. Empty strings mean "as last time", or the system's choice.
struct GuiOptions {
    std::vector<std::string> paths;          // a workspace: one folder, or files
    bool demo = false;                       // the simulated cluster and its traffic
    std::map<uint16_t, std::string> listen;  // logical port -> ADDRESS:PORT to bind instead
    std::string admin;                       // ADDRESS:PORT of the admin server, empty = none
    unsigned workers = 0;                    // 0 = one per core, at most four
    std::string language;                    // "en", "de", ...
    std::string theme;                       // "light", "dark", "contrast"
};

// `gatehouse screenshot`: every view as PNG, offscreen.
struct ScreenshotOptions : GuiOptions {
    std::string out;                         // folder, made when missing
    int scale = 1;                           // 1 or 2
    int textPercent = 100;                   // 100 to 200
    int width = 0, height = 0;               // of the window, in points; 0: the plan's own
};

// Opens the window and runs until it is closed. 0 = closed by the user, 1 = nothing could be opened (said on stderr).
/// The console speaks it: "system", or one of languageCodes().
bool knowsLanguage(const std::string& code);
/// "en or de"
std::string languageCodes();

int runGui(int argc, char** argv, const GuiOptions& options);

// Draws every view into `options.out`. 0 = all drawn, 1 = some could not be (said on stderr).
int runScreenshot(int argc, char** argv, const ScreenshotOptions& options);

}  // namespace gatehouse::app
