#include "theme/system_scheme.h"

#include <QDBusConnection>
#include <QDBusInterface>
#include <QDBusMessage>
#include <QDBusReply>
#include <QGuiApplication>
#include <QPalette>

#include <optional>

namespace gatehouse::ui {

namespace {

// https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kGroup = QStringLiteral("org.freedesktop.appearance");
constexpr int kTimeoutMillis = 200;  // The window must not wait for a desktop that hangs.

std::optional<uint> portalSetting(const QString& key, const QString& group = kGroup) {
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) return std::nullopt;
    auto call = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call << group << key;
    const QDBusMessage reply = QDBusConnection::sessionBus().call(call, QDBus::Block, kTimeoutMillis);
    if (reply.type() != QDBusMessage::ReplyMessage || reply.arguments().isEmpty()) return std::nullopt;
    QVariant value = reply.arguments().constFirst();
    while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
    bool ok = false;
    const uint number = value.toUInt(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

}  // namespace

SystemScheme::SystemScheme(QObject* parent) : QObject(parent) {
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) return;
    QDBusConnection::sessionBus().connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                                          SLOT(settingChanged(QString, QString, QDBusVariant)));
}

void SystemScheme::settingChanged(const QString& group, const QString& key, const QDBusVariant&) {
    if (group == kGroup && (key == QLatin1String("color-scheme") || key == QLatin1String("contrast"))) {
        emit changed(read());
    }
}

Theme::Scheme SystemScheme::read() {
    if (portalSetting(QStringLiteral("contrast")) == 1u) return Theme::Scheme::HighContrast;
    if (const auto scheme = portalSetting(QStringLiteral("color-scheme"))) {
        return *scheme == 1u ? Theme::Scheme::Dark : Theme::Scheme::Light;
    }
    static const QColor platformWindow = QGuiApplication::palette().color(QPalette::Window);
    return platformWindow.lightnessF() < 0.5f ? Theme::Scheme::Dark : Theme::Scheme::Light;
}

bool Theme::systemReducesMotion() { return portalSetting(QStringLiteral("enable-animations"), QStringLiteral("org.gnome.desktop.interface")) == 0u; }

Theme::Scheme Theme::systemScheme() { return SystemScheme::read(); }

}  // namespace gatehouse::ui
