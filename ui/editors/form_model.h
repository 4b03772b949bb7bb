// FormModel: what a form of one object shows, from the kind's table and the object's tree: a tree of items with values,
// defaults, what may be added and what is kept though unknown. No widgets, no edits. Thread: pure function, values.
#pragma once

#include "config/object.h"
#include "config/schema.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::ui {

struct FormItem {
    enum class Control {
        Text,     ///< One line, any scalar.
        Paragraph,  ///< Text of several lines.
        Integer,
        Check,
        Choice,   ///< Enum.
        Map,      ///< String map: entries.
        Group,    ///< Object: children, addable.
        List,     ///< children are the items.
        Raw,      ///< Only to be edited as text: aliases, free-form values, wrong shapes.
    };
    Control control = Control::Group;
    config::FieldPath path;
    const config::FieldSpec* spec = nullptr;
    std::string label;           ///< "Section name"; for list items their ordinal word.
    bool present = false;        ///< Written in the file.
    bool listItem = false;
    std::string value;           ///< Scalars: plain text as read.
    std::string summary;         ///< Groups, items, raw values: one line that says what is in them.
    std::vector<std::pair<std::string, std::string>> entries;  ///< Map.
    std::vector<FormItem> children;
    struct Addable {
        config::FieldPath path;
        const config::FieldSpec* spec = nullptr;
        std::string instead;  ///< The member that would have to go; empty: none.
    };
    std::vector<Addable> addable;                              ///< Group: members that are absent and not shown as a row.
    std::vector<std::string> unknown;                          ///< Group: members that the table lacks; kept as written.

    /// The child chain to `path`: the deepest item that holds it, this one included.
    const FormItem* find(const config::FieldPath& at) const;
};

/// A single value that a control of its own shows.
bool isScalarControl(FormItem::Control control);
/// A group of few scalars that stands in one row.
bool isCompact(const FormItem& item);

/// The form's root: a Group whose children are the rows (metadata's and spec's members are taken up one level).
FormItem buildForm(const config::KindSchema& schema, const text::yaml::Node& root);

/// "backendRefs" -> "Backend refs"; "URLRewrite" -> "URL rewrite".
std::string labelOf(std::string_view fieldName);
/// The member of a union that `type`'s value names ("RequestRedirect" -> "requestRedirect"); empty where none.
std::string unionMemberFor(const config::FieldSpec& object, std::string_view typeValue);
/// A singular of a list's label: "Backend refs" -> "backend ref", "matches" -> "match".
std::string singularOf(std::string_view label);
/// One line for a node: "name chat-stable · weight 90".
std::string summaryOf(const text::yaml::Node& node, const config::FieldSpec* spec);

}  // namespace gatehouse::ui
