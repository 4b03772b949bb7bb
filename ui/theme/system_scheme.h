// SystemScheme: what the desktop asks for, light, dark or high contrast, read from the settings portal and watched. Thread: GUI.
#pragma once

#include "theme/theme.h"

#include <QDBusVariant>
#include <QObject>

namespace gatehouse::ui {

class SystemScheme : public QObject {
    Q_OBJECT
  public:
    explicit SystemScheme(QObject* parent = nullptr);
    static Theme::Scheme read();

  signals:
    void changed(gatehouse::ui::Theme::Scheme scheme);

  private slots:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);
};

}  // namespace gatehouse::ui
