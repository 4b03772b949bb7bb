// TryRequestPanel: type a request, read the way it would take, without an upstream call: the same matcher, guards and picker that serve it.
// Thread: GUI. Lifetime: the Routes view's.
#pragma once

#include "routes/explain_rows.h"
#include "routes/route_rules.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace gatehouse::ui {

struct ViewContext;

class TryRequestPanel : public QWidget {
    Q_OBJECT
  public:
    explicit TryRequestPanel(ViewContext& context, QWidget* parent = nullptr);

    /// Fills in an example, unless the person has typed a request of their own.
    void suggest(const ExampleRequest& example);
    /// Fills in a request that was recorded and explains it at once.
    void explainThis(const ExampleRequest& request);
    void run();
    void focusUrl();
    /// After another apply: the answer shown is of the configuration before.
    void markStale();

  signals:
    void originWanted(const config::ObjectKey& object);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void showSni();
    void fill(const ExampleRequest& request);
    void setRecorded(const QString& client, const std::optional<route::ExplainRequest::Recorded>& recorded);
    void show(const route::Explanation& explanation);
    void showSummary(const QString& text, Token token, const QString& icon);

    ViewContext& context_;
    QComboBox* method_;
    QLineEdit* url_;
    QLineEdit* sni_;  ///< Shown for https.
    QLabel* sniLabel_;
    QPlainTextEdit* headers_;
    QPlainTextEdit* body_;
    QPushButton* run_;
    QLabel* headersLabel_;
    QLabel* bodyLabel_;
    QLabel* summaryIcon_;
    QLabel* summary_;
    QTreeWidget* steps_;
    Token summaryToken_ = Token::Muted;
    QString summaryIconName_;
    QString client_;  ///< Of a recorded request, as is:
    std::optional<route::ExplainRequest::Recorded> recorded_;
    bool touched_ = false;
    bool shown_ = false;
};

}  // namespace gatehouse::ui
