#include "shell/settings.h"

#include <QSettings>

#include <algorithm>

namespace gatehouse::ui::settings {

namespace {

constexpr int kRecentFolders = 8;
constexpr int kRecentCommands = 12;

QVariant read(const char* key, const QVariant& fallback = {}) { return QSettings().value(QLatin1String(key), fallback); }
void write(const char* key, const QVariant& value) { QSettings().setValue(QLatin1String(key), value); }

void addRecent(const char* key, const QString& value, int limit) {
    QStringList list = read(key).toStringList();
    list.removeAll(value);
    list.prepend(value);
    write(key, QStringList(list.mid(0, limit)));
}

}  // namespace

QByteArray windowGeometry() { return read("window/geometry").toByteArray(); }
void setWindowGeometry(const QByteArray& geometry) { write("window/geometry", geometry); }
QString lastView() { return read("window/view", QStringLiteral("dashboard")).toString(); }
void setLastView(const QString& id) { write("window/view", id); }
bool railCollapsed() { return read("window/railCollapsed", false).toBool(); }
void setRailCollapsed(bool collapsed) { write("window/railCollapsed", collapsed); }
int drawerHeight() { return read("window/drawerHeight", 0).toInt(); }
void setDrawerHeight(int height) { write("window/drawerHeight", height); }
QString theme() { return read("look/theme", QStringLiteral("system")).toString(); }
void setTheme(const QString& name) { write("look/theme", name); }
QString language() { return read("look/language", QStringLiteral("system")).toString(); }
void setLanguage(const QString& code) { write("look/language", code); }
double textScale() { return std::clamp(read("look/textScale", 1.0).toDouble(), 1.0, 2.0); }
void setTextScale(double factor) { write("look/textScale", factor); }
std::optional<bool> reducedMotion() {
    const auto value = read("look/reducedMotion");
    return value.isValid() ? std::optional(value.toBool()) : std::nullopt;
}
void setReducedMotion(bool reduced) { write("look/reducedMotion", reduced); }
bool capture() { return read("requests/capture", true).toBool(); }
void setCapture(bool on) { write("requests/capture", on); }
QStringList recentFolders() { return read("recent/folders").toStringList(); }
void addRecentFolder(const QString& path) { addRecent("recent/folders", path, kRecentFolders); }
QStringList recentCommands() { return read("recent/commands").toStringList(); }
void addRecentCommand(const QString& id) { addRecent("recent/commands", id, kRecentCommands); }
void forgetAll() { QSettings().clear(); }

}  // namespace gatehouse::ui::settings
