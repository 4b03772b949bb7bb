#include "policies/policy_edits.h"

#include <QCoreApplication>

namespace gatehouse::ui {
namespace {

using config::Edit;
using config::FieldPath;
using text::yaml::Type;

/// Context of this file's texts.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(PolicyEdits)
};

FieldPath ai() { return FieldPath().key("spec").key("ai"); }
FieldPath request() { return ai().key("promptGuard").key("request"); }
FieldPath regex() { return request().key("regex"); }
FieldPath messages(PromptSide side) { return ai().key("promptEnrichment").key(side == PromptSide::Prepend ? "prepend" : "append"); }

std::string asItem(const std::string& block) {
    std::string out;
    for (std::size_t at = 0; at < block.size();) {
        const auto end = std::min(block.find('\n', at), block.size() - 1);
        out += (at == 0 ? "- " : "  ") + block.substr(at, end + 1 - at);
        at = end + 1;
    }
    return out;
}

}  // namespace

Result<Edit> PolicyEdits::named(Result<Edit> edit, const QString& name, const QString& mergeKey) const {
    if (edit) {
        edit->name = Words::tr("%1 in %2", "a change, and the policy it is made in").arg(name, QString::fromStdString(policy_.name)).toStdString();
        if (!mergeKey.isEmpty()) edit->mergeKey = policy_.id() + "#" + mergeKey.toStdString();
    }
    return edit;
}

std::size_t PolicyEdits::countAt(const FieldPath& list) const {
    const auto set = workspace_.objects();
    const auto* object = set->find(policy_);
    const auto* node = object && object->root ? object->root->at(list) : nullptr;
    return node ? node->items.size() : 0;
}

Result<Edit> PolicyEdits::append(const FieldPath& list, const std::string& item) const {
    const auto count = countAt(list);
    return count > 0 ? workspace_.setFragment(policy_, list.index(count), item) : workspace_.setFragment(policy_, list, asItem(item));
}

Result<Edit> PolicyEdits::removeItem(const FieldPath& list, std::size_t index) const {
    return workspace_.removeField(policy_, countAt(list) > 1 ? list.index(index) : list);
}

Result<Edit> PolicyEdits::setBuiltin(const std::string& builtin, bool on) const {
    const auto list = regex().key("builtins");
    const auto name = (on ? Words::tr("Guard against %1") : Words::tr("Stop guarding against %1")).arg(QString::fromStdString(builtin));
    if (on) return named(append(list, builtin + "\n"), name);
    const auto set = workspace_.objects();
    const auto* object = set->find(policy_);
    const auto* node = object && object->root ? object->root->at(list) : nullptr;
    for (std::size_t i = 0; node && i < node->items.size(); ++i)
        if (node->items[i].value == builtin) return named(removeItem(list, i), name);
    return fail("policy-no-builtin", "The policy does not have this pattern.");
}

Result<Edit> PolicyEdits::setReject(bool reject) const {
    return named(workspace_.setField(policy_, regex().key("action"), reject ? "REJECT" : "MASK", Type::String),
                 reject ? Words::tr("Reject what is found") : Words::tr("Mask what is found"));
}

Result<Edit> PolicyEdits::addPattern() const {
    const auto number = countAt(regex().key("matches")) + 1;
    return named(append(regex().key("matches"), "name: pattern-" + std::to_string(number) + "\npattern: 'example-[0-9]+'\n"), Words::tr("Add a pattern"));
}

Result<Edit> PolicyEdits::setPattern(std::size_t index, const QString& field, const QString& value) const {
    const auto path = regex().key("matches").index(index).key(field.toStdString());
    if (value.isEmpty() && field == QLatin1String("name")) return named(workspace_.removeField(policy_, path), Words::tr("Change pattern %1").arg(index + 1));
    return named(workspace_.setField(policy_, path, value.toStdString(), Type::String), Words::tr("Change pattern %1").arg(index + 1));
}

Result<Edit> PolicyEdits::removePattern(std::size_t index) const {
    return named(removeItem(regex().key("matches"), index), Words::tr("Remove pattern %1").arg(index + 1));
}

Result<Edit> PolicyEdits::setRejectMessage(const QString& text) const {
    const auto path = request().key("customResponse").key("message");
    const auto name = Words::tr("Set the rejection's text");
    return text.isEmpty() ? named(workspace_.removeField(policy_, path), name)
                          : named(workspace_.setField(policy_, path, text.toStdString(), Type::String), name);
}

Result<Edit> PolicyEdits::setRejectStatus(int status) const {
    return named(workspace_.setField(policy_, request().key("customResponse").key("statusCode"), std::to_string(status), Type::Integer),
                 Words::tr("Set the rejection's status to %1").arg(status), QStringLiteral("status"));
}

Result<Edit> PolicyEdits::addMessage(PromptSide side) const {
    return named(append(messages(side), "role: system\ncontent: Answer briefly.\n"),
                 side == PromptSide::Prepend ? Words::tr("Add a message before the prompt") : Words::tr("Add a message after the prompt"));
}

Result<Edit> PolicyEdits::setMessage(PromptSide side, std::size_t index, const QString& field, const QString& value) const {
    return named(workspace_.setField(policy_, messages(side).index(index).key(field.toStdString()), value.toStdString(), Type::String),
                 Words::tr("Change message %1").arg(index + 1));
}

Result<Edit> PolicyEdits::removeMessage(PromptSide side, std::size_t index) const {
    return named(removeItem(messages(side), index), Words::tr("Remove message %1").arg(index + 1));
}

}  // namespace gatehouse::ui
