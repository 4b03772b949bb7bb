// DiagnosticList: the findings about one object, one row each: severity, sentence, the field as a link, and the fix as a button. Thread: GUI.
#pragma once

#include "config/object.h"

#include <QScrollArea>

#include <vector>

namespace gatehouse::ui {

class Theme;

class DiagnosticList : public QScrollArea {
    Q_OBJECT
  public:
    explicit DiagnosticList(Theme& theme, QWidget* parent = nullptr);
    void setDiagnostics(std::vector<config::Diagnostic> diagnostics);
    int count() const { return static_cast<int>(diagnostics_.size()); }

  signals:
    void fieldWanted(const config::Diagnostic& diagnostic);
    void fixWanted(const config::Diagnostic& diagnostic);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    bool isNarrow() const;
    void rebuild();

    Theme& theme_;
    bool narrow_ = false;  ///< What leads to the field stands below the sentence.
    std::vector<config::Diagnostic> diagnostics_;
};

}  // namespace gatehouse::ui
