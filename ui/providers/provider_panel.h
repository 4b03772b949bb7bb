// ProviderPanel: the inspector of one LLM provider: its keys with their state, and a test of the way to it, step by step. Thread: GUI;
// the test runs beside it. Lifetime: the view's.
#pragma once

#include "bridge/connection_check.h"
#include "providers/provider_rows.h"
#include "theme/theme.h"
#include "widgets/card.h"

#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace gatehouse::ui {

struct ViewContext;

class ProviderPanel : public Card {
    Q_OBJECT
  public:
    explicit ProviderPanel(ViewContext& context, QWidget* parent = nullptr);

    /// Another provider forgets the last one's test; the same one only brings its keys up to date.
    void showRow(const ProviderRow& row);

    // For tests of the look.
    void showSteps(const std::vector<llm::ConnectionStep>& steps);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void startTest();
    void showKeys();
    void clear(QGridLayout* grid);
    void addLine(QGridLayout* grid, const char* icon, Token token, const QString& name, const QString& note, const QString& detail);

    ViewContext& context_;
    ProviderRow row_;
    QString keysShown_;
    std::vector<llm::ConnectionStep> steps_;
    QLabel* name_;
    QLabel* keysTitle_;
    QGridLayout* keys_;
    QPushButton* test_;
    QLabel* note_;
    QGridLayout* grid_;
    ConnectionCheck check_;
};

}  // namespace gatehouse::ui
