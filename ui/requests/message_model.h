// MessageModel: one pane of an X-ray as a tree of fields: the head, and the body's JSON with the JSON pointer of each field; of a
// stream its events. Fields can be lit (counterparts of what is selected elsewhere) and marked (dropped, defaulted, coerced, added,
// hit by a guard). Thread: GUI.
#pragma once

#include "llm/capture.h"
#include "llm/stream_grammar.h"

#include <QHash>
#include <QSet>
#include <QStandardItemModel>
#include <QString>

#include <string>
#include <vector>

namespace gatehouse::ui {

class Theme;

class MessageModel : public QStandardItemModel {
    Q_OBJECT
  public:
    static constexpr int kPointerRole = Qt::UserRole + 1;
    enum class Mark { None, Dropped, Defaulted, Coerced, Added, Changed, Guard, Fault };
    /// What a body is read as.
    enum class Shape { Empty, Json, Stream, Text };

    explicit MessageModel(Theme& theme, QObject* parent = nullptr);

    /// `parts` are the events of a body that is a stream; empty: it is none.
    void set(const llm::CapturedMessage& message, const std::vector<llm::StreamPart>& parts);
    Shape shape() const { return shape_; }

    /// `why` is shown on hover. The outermost field that is there is marked, where the pointer leads nowhere.
    void mark(const QString& pointer, Mark mark, const QString& why);
    Mark markOf(const QModelIndex& index) const;
    void light(const QSet<QString>& pointers);

    /// The field of a pointer, or the one that holds it; invalid: there is none.
    QModelIndex find(const QString& pointer) const;
    QString pointerOf(const QModelIndex& index) const;
    QModelIndex bodyIndex() const;

    QVariant data(const QModelIndex& index, int role) const override;
    static QString markWord(Mark mark);
    static QLatin1String markIcon(Mark mark);

  private:
    struct Note {
        Mark mark = Mark::None;
        QString why;
    };
    QStandardItem* addRow(QStandardItem* parent, const QString& key, const QString& value, const QString& pointer);
    void addHead(const std::string& head);
    void addBody(const std::string& body, bool cut);
    void addEvents(const std::vector<llm::StreamPart>& parts);
    struct Filler;
    /// The pointer itself, or that of the nearest field around it that is there.
    QString nearest(QString pointer) const;
    /// Their rows look another way now.
    void repaint(const QSet<QString>& pointers);

    Theme& theme_;
    Shape shape_ = Shape::Empty;
    QHash<QString, QStandardItem*> byPointer_;
    QHash<QString, Note> notes_;
    QSet<QString> lit_;
    int rows_ = 0;
};

/// Of a captured head; empty: none.
std::string contentTypeOf(const std::string& head);

}  // namespace gatehouse::ui
