// PolicyForm: guards and enrichment of one TrafficPolicy: builtin patterns as check boxes, own patterns with live validity, what happens to a hit, and
// the messages that are added before and after. Thread: GUI. Lifetime: the Policies view's.
#pragma once

#include "config/policies.h"
#include "policies/policy_edits.h"

#include <QScrollArea>

#include <functional>
#include <map>
#include <string>

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace gatehouse::ui {

class TextBox;
struct ViewContext;

class PolicyForm : public QScrollArea {
    Q_OBJECT
  public:
    explicit PolicyForm(ViewContext& context, QWidget* parent = nullptr);

    void showPolicy(const config::ObjectKey& key, const config::TrafficPolicySpec& spec);
    void clear();

  signals:
    void editFailed(const QString& sentence);
    void allFieldsWanted();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void rebuild();
    void refresh();
    void buildGuard(QVBoxLayout& column);
    void buildPatterns(QVBoxLayout& column);
    void buildRejection(QVBoxLayout& column);
    void buildMessages(QVBoxLayout& column, PromptSide side);
    void buildOther(QVBoxLayout& column);
    QLabel* heading(const QString& text);
    QLabel* caption(const QString& text);
    void watch(QLineEdit* edit, std::function<Result<config::Edit>(const QString&)> prepare);
    void watch(TextBox* box, std::function<Result<config::Edit>(const QString&)> prepare);
    void showValidity(QLabel* label, const QString& pattern);
    std::string structure() const;
    void push(Result<config::Edit> edit);
    PolicyEdits edits() const;

    ViewContext& context_;
    config::ObjectKey key_;
    config::TrafficPolicySpec spec_;
    std::string structure_;
    QWidget* page_ = nullptr;
    std::map<std::string, std::function<void()>> refreshers_;  ///< Bring a control up to date, by its name.
};

}  // namespace gatehouse::ui
