// RequestInspector: everything known of one request: summary, timeline, the steps that led it to its pod, the pick with scores,
// guard hits. Keeps a copy, so that it stays when the tail has moved on. Thread: GUI.
#pragma once

#include "telemetry/request_record.h"
#include "widgets/inspector_panel.h"

class QToolButton;

namespace gatehouse::ui {

class Chart;
class MessageBar;
class StatusChip;
struct ViewContext;

class RequestInspector : public InspectorPanel {
    Q_OBJECT
  public:
    RequestInspector(ViewContext& context, MessageBar& messages, QWidget* parent = nullptr);

    void setRecord(const telemetry::RequestRecord& record);
    void reset();
    bool hasRecord() const { return has_; }
    QString requestId() const;
    void retranslate();

    void copyCurl() const;
    void copyId() const;
    void explainAgain();

  signals:
    /// The person wants to see through this request.
    void xrayWanted();
    /// The person wants to see how its pod was picked, and what if.
    void decisionWanted();

  private:
    void build();
    void addSummary();
    void addTimeline();
    void addSteps();
    void addPick();
    void addGuard();
    void addReceipt();
    void addHead();
    void addFramed(Chart* chart, const QString& name, const char* fileStem);

    ViewContext& context_;
    MessageBar& messages_;
    telemetry::RequestRecord record_;
    bool has_ = false;
    StatusChip* status_;
    QToolButton* curl_;
    QToolButton* id_;
    QToolButton* explain_;
    QToolButton* xray_;
};

}  // namespace gatehouse::ui
