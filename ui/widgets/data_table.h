// Data tables and trees set up as the look document says: row height 2.2 times the font, hairline rows, no vertical lines, numbers right-aligned in
// tabular digits, names elided in the middle with the whole name on hover, column widths kept between runs. Thread: GUI.
//
// Roles a model may answer: kFixedFontRole (true: the fixed font), kStatusTokenRole (int(Token): colour of the text and icon),
// kBarRole (double 0..1: a quiet bar behind the number), kSentenceRole (true: what is too long loses its end, not its middle).
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>
#include <QTreeView>

#include <vector>

namespace gatehouse::ui {

class Theme;

inline constexpr int kFixedFontRole = Qt::UserRole + 901;
inline constexpr int kStatusTokenRole = Qt::UserRole + 902;
inline constexpr int kBarRole = Qt::UserRole + 903;
inline constexpr int kSentenceRole = Qt::UserRole + 904;

/// Paints cells; installed by setUpTable and setUpTree.
class DataCellDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    DataCellDelegate(Theme& theme, bool hairlines, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

  protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
    Theme& theme() const { return theme_; }

  private:
    Theme& theme_;
    bool hairlines_;
};

/// `name` is the accessible name ("Pods"); `settingsKey` keeps column widths and sort ("dashboard/pods"), empty = not kept.
void setUpTable(QTableView* table, Theme& theme, const QString& name, const QString& settingsKey = {});
void setUpTree(QTreeView* tree, Theme& theme, const QString& name, const QString& settingsKey = {});

/// Widths in average characters, set only where no width was kept from an earlier run; 0 = stretch the rest.
void setColumnCharacters(QTableView* table, std::initializer_list<int> characters);
void setColumnCharacters(QTreeView* tree, std::initializer_list<int> characters);
void setColumnCharacters(QTreeView* tree, const std::vector<int>& characters);

}  // namespace gatehouse::ui
