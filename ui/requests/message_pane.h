// MessagePane: one of the panes of an X-ray: what was said at one place, as fields or as text, with its size, what is missing of it
// and why. Thread: GUI.
#pragma once

#include "requests/message_model.h"
#include "widgets/card.h"

class QLabel;
class QPlainTextEdit;
class QStackedLayout;
class QToolButton;
class QTreeView;

namespace gatehouse::ui {

struct ViewContext;

class MessagePane : public Card {
    Q_OBJECT
  public:
    MessagePane(ViewContext& context, const QString& id, QWidget* parent = nullptr);

    void setName(const QString& name);
    /// `dialect` is shown; empty: not known.
    void show(const llm::CapturedMessage& message, const std::vector<llm::StreamPart>& parts, const QString& dialect);
    void showBody(const std::string& body, const QString& dialect);
    /// Nothing is there, and why.
    void showNothing(const QString& why);
    /// Columns for a narrow place.
    void setBrief(bool brief);
    void retranslate();

    MessageModel& model() { return *model_; }
    QTreeView* tree() const { return tree_; }
    /// Lights fields and shows the first of them. What is selected stays.
    void light(const QSet<QString>& pointers);
    void select(const QString& pointer);

  signals:
    /// A field was selected here, by a person or by select(); empty: another thing than a field.
    void fieldSelected(const QString& pointer);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void openBody();
    void shareColumns();

    const Theme& look_;
    QString name_;
    MessageModel* model_;
    QStackedLayout* pages_;
    QTreeView* tree_;
    QPlainTextEdit* text_;
    EmptyState* empty_;
    QLabel* note_;
    QToolButton* asText_;
    QToolButton* copy_;
    std::string body_;
    bool brief_ = false;
    int usualWidth_ = 0;  ///< Of the first column, where it is not brief.
};

}  // namespace gatehouse::ui
