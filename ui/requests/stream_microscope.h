// StreamMicroscope: the provider's stream and the client's, event by event: a time axis with the grammar's faults, stalls, bursts and
// cuts, the same as a table, which event became which, and the event that is chosen as it stands on the wire. Thread: GUI.
#pragma once

#include "charts/stream_plot.h"
#include "llm/capture.h"
#include "llm/stream_links.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QTableView;

namespace gatehouse::ui {

class ChartFrame;
class ChartTableModel;
class MessageBar;
class StatusChip;
struct ViewContext;

/// A captured body cut into its events, with its marks and faults; without an event where it is no stream.
StreamLane streamLaneOf(const QString& name, const llm::CapturedMessage& message, const std::string& dialect);

class StreamMicroscope : public QWidget {
    Q_OBJECT
  public:
    StreamMicroscope(ViewContext& context, MessageBar& messages, QWidget* parent = nullptr);

    /// Lanes without an event are left out.
    void setLanes(std::vector<StreamLane> lanes);
    /// Of the two lanes that are shown, the provider's first; they come after them.
    void setLinks(const llm::StreamLinks& links);
    StreamPlot* plot() const { return plot_; }
    QTableView* table() const { return table_; }
    void retranslate();

  private:
    void choose(int lane, int part);
    void showSummary();
    QStringList linkLines(int lane, int part) const;

    ViewContext& context_;
    StreamPlot* plot_;
    ChartFrame* frame_;
    StatusChip* grammar_;
    StatusChip* timing_;
    QLabel* summary_;
    QTableView* table_;
    ChartTableModel* rows_;
    QLabel* chosen_;
    QPlainTextEdit* data_;
    llm::StreamLinks links_;
    bool following_ = false;
};

}  // namespace gatehouse::ui
