// What the console remembers between runs, behind typed names: state of the window only, never anything of a workspace. Thread: GUI.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace gatehouse::ui::settings {

QByteArray windowGeometry();
void setWindowGeometry(const QByteArray& geometry);
QString lastView();
void setLastView(const QString& id);
bool railCollapsed();
void setRailCollapsed(bool collapsed);
int drawerHeight();
void setDrawerHeight(int height);

/// "system", "light", "dark" or "contrast".
QString theme();
void setTheme(const QString& name);
/// "system" or a language code.
QString language();
void setLanguage(const QString& code);
/// 1.0 to 2.0.
double textScale();
void setTextScale(double factor);
/// Nothing: as the desktop wishes.
std::optional<bool> reducedMotion();
void setReducedMotion(bool reduced);

/// What both sides of model requests say is kept while the console runs; so it is unless somebody switched it off.
bool capture();
void setCapture(bool on);

/// Newest first, at most eight, absolute paths.
QStringList recentFolders();
void addRecentFolder(const QString& path);
/// Ids of actions and entries run from the palette, newest first.
QStringList recentCommands();
void addRecentCommand(const QString& id);

/// Back to the defaults (tests, pictures).
void forgetAll();

}  // namespace gatehouse::ui::settings
