// AddProviderPanel: the short guided form for a new LLM provider, beside the table instead of a dialog. Thread: GUI.
#pragma once

#include "providers/provider_draft.h"
#include "widgets/card.h"

#include <map>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace gatehouse::ui {

struct ViewContext;

class AddProviderPanel : public Card {
    Q_OBJECT
  public:
    explicit AddProviderPanel(ViewContext& context, QWidget* parent = nullptr);
    /// Empties the fields and offers the Secrets that exist.
    void begin();
    ProviderDraft draft() const;

  signals:
    void submitted(const ProviderDraft& draft);
    void cancelled();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void check(bool all);
    void submit();

    ViewContext& context_;
    QLineEdit* name_;
    QLineEdit* url_;
    QLineEdit* model_;
    QComboBox* secret_;
    QComboBox* dialect_ = nullptr;  ///< Whose kinds it is written in.
    QLineEdit* environment_;
    QPushButton* add_;
    QPushButton* cancel_;
    QLabel* note_;
    std::map<DraftField, QLabel*> errors_;
    std::vector<std::pair<QLabel*, const char*>> labels_;
    bool complain_ = false;
};

}  // namespace gatehouse::ui
