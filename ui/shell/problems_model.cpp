#include "shell/problems_model.h"

#include "models/core_sentence.h"
#include "widgets/data_table.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace gatehouse::ui {

namespace {

bool same(const config::Diagnostic& a, const config::Diagnostic& b) {
    return a.severity == b.severity && a.code == b.code && a.object == b.object && a.fieldPath == b.fieldPath &&
           a.where.file == b.where.file && a.where.line == b.where.line && a.message == b.message;
}

QString iconOf(config::Severity severity) {
    switch (severity) {
        case config::Severity::Error: return QStringLiteral("error");
        case config::Severity::Warning: return QStringLiteral("warning");
        case config::Severity::Info: return QStringLiteral("info");
    }
    return QStringLiteral("info");
}

Token tokenOf(config::Severity severity) {
    switch (severity) {
        case config::Severity::Error: return Token::Bad;
        case config::Severity::Warning: return Token::Warn;
        case config::Severity::Info: return Token::Muted;
    }
    return Token::Muted;
}

}  // namespace

ProblemsModel::ProblemsModel(Theme& theme, QObject* parent) : QAbstractTableModel(parent), theme_(theme) {}

void ProblemsModel::set(std::vector<config::Diagnostic> diagnostics) {
    std::stable_sort(diagnostics.begin(), diagnostics.end(), [](const auto& a, const auto& b) {
        return std::make_tuple(-int(a.severity), a.where.file, a.where.line) <
               std::make_tuple(-int(b.severity), b.where.file, b.where.line);
    });
    if (std::equal(diagnostics.begin(), diagnostics.end(), rows_.begin(), rows_.end(), same)) return;
    beginResetModel();
    rows_ = std::move(diagnostics);
    const auto count = [this](config::Severity severity) {
        return int(std::count_if(rows_.begin(), rows_.end(), [severity](const auto& d) { return d.severity == severity; }));
    };
    errors_ = count(config::Severity::Error);
    warnings_ = count(config::Severity::Warning);
    endResetModel();
}

const config::Diagnostic* ProblemsModel::at(int row) const {
    return row >= 0 && row < int(rows_.size()) ? &rows_[std::size_t(row)] : nullptr;
}

int ProblemsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(rows_.size()); }
int ProblemsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : Columns; }

QVariant ProblemsModel::data(const QModelIndex& index, int role) const {
    const config::Diagnostic* problem = at(index.row());
    if (!problem) return {};
    if (role == Qt::DisplayRole) {
        switch (index.column()) {
            case Message: return coreSentence(problem->message);
            case Object: {
                if (problem->object.kind.empty()) return QString();
                const QString object = QString::fromStdString(problem->object.display());
                return problem->fieldPath.empty() ? object : object + QStringLiteral("  ") + QString::fromStdString(problem->fieldPath);
            }
            case Place:
                if (problem->where.file.empty()) return QString();
                return QStringLiteral("%1:%2").arg(QString::fromStdString(problem->where.file)).arg(problem->where.line);
            case Code: return QString::fromStdString(problem->code);
            default: return {};
        }
    }
    if (role == kSentenceRole) return index.column() == Message;
    if (role == Qt::DecorationRole && index.column() == Message) return theme_.icon(iconOf(problem->severity), tokenOf(problem->severity));
    if (role == Qt::ToolTipRole && index.column() == Message) return coreSentence(problem->message);
    if (role == Qt::AccessibleTextRole && index.column() == Message) {
        const QString word = problem->severity == config::Severity::Error     ? tr("Error")
                             : problem->severity == config::Severity::Warning ? tr("Warning")
                                                                              : tr("Note");
        return QStringLiteral("%1: %2").arg(word, coreSentence(problem->message));
    }
    if (role == kFixedFontRole) return index.column() == Place || index.column() == Code;
    return {};
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case Message: return tr("Problem");
        case Object: return tr("Object and field");
        case Place: return tr("File and line");
        case Code: return tr("Code");
        default: return {};
    }
}

}  // namespace gatehouse::ui
