// XrayPane: a request through and through: four panes (client request, provider request, provider reply, client reply) whose fields
// light up their counterparts, the list of what was dropped, defaulted, coerced, added and hit by a guard, and the streams under a
// microscope. Each provider that was asked has a set of panes. The same for a body that is pasted: what another dialect makes of it.
// Links are made on a thread of the pool; what comes too late for what is shown is thrown away. Thread: GUI.
#pragma once

#include "requests/xray.h"

#include <QTimer>
#include <QWidget>

#include <array>
#include <functional>
#include <memory>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QSplitter;
class QStackedLayout;
class QTableView;
class QToolButton;

namespace gatehouse::ui {

class Card;
class EmptyState;
class MessageBar;
class MessagePane;
class RemarkModel;
class SegmentedControl;
class StreamMicroscope;
struct ViewContext;

class XrayPane : public QWidget {
    Q_OBJECT
  public:
    XrayPane(ViewContext& context, MessageBar& messages, QWidget* parent = nullptr);

    void showRequest(const telemetry::RequestRecord& record);
    /// A body of one's own.
    void showPasted();
    /// "fields" or "stream".
    void showPart(const QString& part);
    MessagePane* pane(XrayPlace place) const { return panes_[std::size_t(place)]; }
    bool isLinking() const { return linking_; }
    void retranslate();

  signals:
    void closed();
    void linked();  ///< The links of what is shown are there.

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void buildHeader();
    void buildPanes();
    void buildPasted();
    void showTry();
    void convert();
    void startLinks(std::function<XrayLinks()> work);
    void takeLinks(XrayLinks links);
    void markFields();
    void onField(XrayPlace place, const QString& pointer);
    void onRemark(int row);
    void showLinkLine(XrayPlace place, const QString& pointer);
    void namePanes();
    void arrange();
    void showHeading(const QString& text);
    void showState();
    QString placeName(XrayPlace place) const;

    ViewContext& context_;
    telemetry::RequestRecord record_;
    std::shared_ptr<const llm::CaptureData> data_;
    XrayLinks links_;
    std::uint64_t wanted_ = 0;  ///< Which links are awaited.
    bool linking_ = false;
    bool pasted_ = false;
    bool selecting_ = false;

    QToolButton* back_ = nullptr;
    QLabel* heading_ = nullptr;
    QString said_;  ///< The heading, whole.
    QLabel* state_ = nullptr;
    QComboBox* try_ = nullptr;
    QLabel* tryLabel_ = nullptr;
    SegmentedControl* part_ = nullptr;
    SegmentedControl* half_ = nullptr;  ///< Shown where not all panes and the list have room.
    QStackedLayout* pages_ = nullptr;
    std::array<MessagePane*, kXrayPlaces> panes_{};
    QSplitter* rows_ = nullptr;
    QSplitter* requests_ = nullptr;
    QSplitter* answers_ = nullptr;
    Card* remarksCard_ = nullptr;
    QTableView* remarks_ = nullptr;
    RemarkModel* remarkModel_ = nullptr;
    QLabel* why_ = nullptr;
    QLabel* line_ = nullptr;
    StreamMicroscope* microscope_ = nullptr;
    EmptyState* empty_ = nullptr;
    Card* input_ = nullptr;
    QPlainTextEdit* body_ = nullptr;
    QComboBox* from_ = nullptr;
    QComboBox* to_ = nullptr;
    QLabel* fromLabel_ = nullptr;
    QLabel* toLabel_ = nullptr;
    SegmentedControl* direction_ = nullptr;
    QTimer typing_;
};

}  // namespace gatehouse::ui
