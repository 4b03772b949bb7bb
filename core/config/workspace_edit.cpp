// Edits prepared as values: each asks text::yaml for the new text of one file and changes nothing.
#include "config/fields.h"
#include "config/schema.h"
#include "config/workspace_state.h"

#include <fmt/core.h>

#include <algorithm>

namespace gatehouse::config {
namespace yaml = text::yaml;
namespace {

FieldPath joined(const FieldPath& prefix, const FieldPath& path) {
    auto steps = prefix.steps();
    steps.insert(steps.end(), path.steps().begin(), path.steps().end());
    return FieldPath(std::move(steps));
}

std::string shown(const FieldPath& path) {
    if (path.empty()) return "the object";
    const auto& last = path.steps().back();
    if (const auto* key = std::get_if<std::string>(&last)) return *key;
    return path.toString();
}

/// The stretch of a file that holds a document's own text, without its "---" line.
struct Stretch {
    std::size_t begin = 0;
    std::size_t end = 0;
};

Result<Stretch> documentStretch(std::string_view text, std::size_t index) {
    const auto slices = yaml::split(text);
    if (slices.size() == 1) {
        auto documents = yaml::parse(text);
        if (!documents || index >= documents->size()) return fail("yaml-index", "The file has no such document.");
        const auto& document = (*documents)[index];
        auto begin = document.begin.offset;
        if (text.substr(0, begin).find("---") != std::string_view::npos) {
            const auto stop = text.find('\n', begin);
            if (stop != std::string_view::npos &&
                text.substr(begin, stop - begin).find_first_not_of(" \t\r") == std::string_view::npos)
                begin = stop + 1;
        }
        return Stretch{std::min(begin, document.end.offset), document.end.offset};
    }
    const auto first = text.substr(slices[0].begin, slices[0].end - slices[0].begin);
    bool empty = true;
    for (std::size_t at = 0; at < first.size() && empty;) {
        const auto stop = std::min(first.find('\n', at), first.size());
        const auto line = first.substr(at, stop - at);
        const auto content = line.find_first_not_of(" \t\r");
        empty = content == std::string_view::npos || line[content] == '#';
        at = stop + 1;
    }
    const auto slice = index + (empty ? 1 : 0);
    if (slice >= slices.size()) return fail("yaml-index", "The file has no such document.");
    auto begin = slices[slice].begin;
    if (text.substr(begin, 3) == "---") {
        const auto stop = std::min(text.find('\n', begin), text.size());
        const auto rest = text.substr(begin + 3, stop - begin - 3);
        const auto content = rest.find_first_not_of(" \t\r");
        begin = content == std::string_view::npos ? std::min(stop + 1, slices[slice].end) : begin + 3 + content;
    }
    return Stretch{begin, slices[slice].end};
}

}  // namespace

Result<const Object*> Workspace::State::find(const ObjectKey& key) const {
    const auto* object = objects ? objects->find(key) : nullptr;
    if (object == nullptr) return fail("no-object", key.display() + " is not in the workspace.");
    return object;
}

std::string Workspace::State::textOf(const std::string& file) const {
    const auto found = files.find(file);
    return found != files.end() && found->second.text ? *found->second.text : std::string();
}

Edit Workspace::State::change(std::string name, const std::string& file, std::optional<std::string> after) const {
    Edit edit;
    edit.name = std::move(name);
    const auto found = files.find(file);
    std::optional<std::string> before;
    if (found != files.end() && found->second.text) before = *found->second.text;
    edit.changes.push_back({file, std::move(before), std::move(after)});
    return edit;
}

Result<Edit> Workspace::setField(const ObjectKey& key, const FieldPath& path, std::string_view value,
                                 yaml::Type type) const {
    objects();
    const auto object = state_->find(key);
    if (!object) return tl::unexpected(object.error());
    const auto& where = (*object)->where;
    auto after =
        yaml::setScalar(state_->textOf(where.file), where.document, joined((*object)->documentPath, path), value, type);
    if (!after) return tl::unexpected(after.error());
    return state_->change(fmt::format("Set {} of {}", shown(path), key.name), where.file, std::move(*after));
}

Result<Edit> Workspace::setFragment(const ObjectKey& key, const FieldPath& path, std::string_view text) const {
    objects();
    const auto object = state_->find(key);
    if (!object) return tl::unexpected(object.error());
    const auto& where = (*object)->where;
    auto after =
        yaml::setFragment(state_->textOf(where.file), where.document, joined((*object)->documentPath, path), text);
    if (!after) return tl::unexpected(after.error());
    return state_->change(fmt::format("Change {} of {}", shown(path), key.name), where.file, std::move(*after));
}

Result<Edit> Workspace::removeField(const ObjectKey& key, const FieldPath& path) const {
    objects();
    const auto object = state_->find(key);
    if (!object) return tl::unexpected(object.error());
    if (path.empty()) return removeObject(key);
    const auto& where = (*object)->where;
    auto after = yaml::remove(state_->textOf(where.file), where.document, joined((*object)->documentPath, path));
    if (!after) return tl::unexpected(after.error());
    return state_->change(fmt::format("Remove {} of {}", shown(path), key.name), where.file, std::move(*after));
}

Result<Edit> Workspace::moveItem(const ObjectKey& key, const FieldPath& path, std::size_t from, std::size_t to) const {
    objects();
    const auto object = state_->find(key);
    if (!object) return tl::unexpected(object.error());
    const auto& where = (*object)->where;
    auto after =
        yaml::moveItem(state_->textOf(where.file), where.document, joined((*object)->documentPath, path), from, to);
    if (!after) return tl::unexpected(after.error());
    return state_->change(fmt::format("Move an item of {} of {}", shown(path), key.name), where.file,
                          std::move(*after));
}

Result<Edit> Workspace::replaceText(const std::string& file, std::string_view text) const {
    const auto found = state_->files.find(file);
    if (found == state_->files.end()) return fail("no-file", "The workspace has no file " + file + ".");
    return state_->change("Edit " + file, file, std::string(text));
}

Result<std::string> Workspace::objectText(const ObjectKey& key) const {
    objects();
    const auto object = state_->find(key);
    if (!object) return tl::unexpected(object.error());
    const auto& where = (*object)->where;
    const auto text = state_->textOf(where.file);
    if (!(*object)->documentPath.empty()) {
        // An item of a List: its lines, moved to the left edge.
        if ((*object)->root->flow) return text.substr(where.begin, where.end - where.begin) + "\n";
        const auto column = where.column - 1;
        std::string out;
        const auto end = std::min(text.find('\n', where.end), text.size());
        for (auto at = where.begin; at < end;) {
            const auto stop = std::min(text.find('\n', at), end);
            auto line = std::string_view(text).substr(at, stop - at);
            if (at != where.begin)
                line.remove_prefix(
                    std::min({static_cast<std::size_t>(column), line.size(),
                              line.find_first_not_of(' ') == std::string_view::npos ? line.size()
                                                                                    : line.find_first_not_of(' ')}));
            out += line;
            out += '\n';
            at = stop + 1;
        }
        return out;
    }
    const auto stretch = documentStretch(text, where.document);
    if (!stretch) return tl::unexpected(stretch.error());
    return text.substr(stretch->begin, stretch->end - stretch->begin);
}

Result<Edit> Workspace::replaceObject(const ObjectKey& key, std::string_view yamlText) const {
    objects();
    const auto object = state_->find(key);
    if (!object) return tl::unexpected(object.error());
    const auto& where = (*object)->where;
    const auto name = fmt::format("Edit {}", key.display());
    const auto text = state_->textOf(where.file);
    const auto documents = yaml::parse(yamlText);
    if (!documents)
        return fail("yaml-syntax", fmt::format("Line {}, column {}: {}", documents.error().where.line,
                                               documents.error().where.column, documents.error().message));
    if (documents->size() != 1) return fail("yaml-fragment", "Exactly one object is needed here.");
    if (!(*object)->documentPath.empty()) {
        auto after = yaml::setFragment(text, where.document, (*object)->documentPath, yamlText);
        if (!after) return tl::unexpected(after.error());
        return state_->change(name, where.file, std::move(*after));
    }
    const auto stretch = documentStretch(text, where.document);
    if (!stretch) return tl::unexpected(stretch.error());
    const auto before = yaml::parse(text);
    std::string piece(yamlText);
    if (stretch->end < text.size() && (piece.empty() || piece.back() != '\n')) piece += '\n';
    auto after = text.substr(0, stretch->begin) + piece + text.substr(stretch->end);
    const auto reread = yaml::parse(after);
    if (before && (!reread || reread->size() != before->size()))
        return fail("yaml-fragment",
                    "The text would run into the documents around it; it cannot hold \"---\" lines or directives.");
    return state_->change(name, where.file, std::move(after));
}

Result<Edit> Workspace::addObject(const std::string& file, std::string_view yamlText) const {
    const auto documents = yaml::parse(yamlText);
    if (!documents)
        return fail("yaml-syntax", fmt::format("Line {}, column {}: {}", documents.error().where.line,
                                               documents.error().where.column, documents.error().message));
    if (documents->empty()) return fail("yaml-fragment", "There is no object in this text.");
    const std::filesystem::path path(file);
    if (path.is_absolute() || file.empty() || *path.lexically_normal().begin() == "..")
        return fail("bad-file", "A new file must lie inside the workspace's folder.");
    const auto found = state_->files.find(file);
    const bool exists = found != state_->files.end() && found->second.text;
    if (found != state_->files.end() && found->second.state == FileState::Unreadable)
        return fail("unreadable", file + ": " + found->second.error);
    const auto text = exists ? *found->second.text : std::string();
    const bool json = path.extension() == ".json";
    if (json && text.find_first_not_of(" \t\r\n") != std::string::npos)
        return fail("bad-file", file + " is JSON, which holds one object; name another file.");
    const auto& root = documents->front().root;
    const auto* metadata = root.find("metadata");
    const auto name = fmt::format("Add {} {}", ::gatehouse::config::textOf(&root, "kind", "object"),
                                  ::gatehouse::config::textOf(metadata, "name"));
    return state_->change(name, file, yaml::appendDocument(text, yamlText));
}

Result<Edit> Workspace::removeObject(const ObjectKey& key) const {
    objects();
    const auto object = state_->find(key);
    if (!object) return tl::unexpected(object.error());
    const auto& where = (*object)->where;
    const auto name = "Remove " + key.display();
    const auto text = state_->textOf(where.file);
    auto after = (*object)->documentPath.empty() ? yaml::removeDocument(text, where.document)
                                                 : yaml::remove(text, where.document, (*object)->documentPath);
    if (!after) return tl::unexpected(after.error());
    // A file that held nothing else goes with its object.
    if (after->find_first_not_of(" \t\r\n-\xef\xbb\xbf") == std::string::npos)
        return state_->change(name, where.file, std::nullopt);
    return state_->change(name, where.file, std::move(*after));
}

Result<Edit> Workspace::fix(const Diagnostic& diagnostic) const {
    if (!diagnostic.fix) return fail("no-fix", "This finding has no ready-made change.");
    objects();
    const auto object = state_->find(diagnostic.object);
    if (!object) return tl::unexpected(object.error());
    const auto& fix = *diagnostic.fix;
    Result<Edit> edit;
    if (fix.rename) {
        const auto* parent = (*object)->root->at(fix.path.parent());
        const auto* key =
            parent != nullptr && !fix.path.empty() ? std::get_if<std::string>(&fix.path.steps().back()) : nullptr;
        const Node* written = nullptr;
        if (key != nullptr)
            for (const auto& entry : parent->entries)
                if (entry.key.kind == NodeKind::Scalar && entry.key.value == *key) written = &entry.key;
        if (written == nullptr || parent->find(*fix.rename) != nullptr)
            return fail("no-fix", "The field cannot be renamed there.");
        // Only the key's own bytes change.
        auto text = state_->textOf((*object)->where.file);
        const bool quoted =
            written->style == yaml::ScalarStyle::DoubleQuoted || written->style == yaml::ScalarStyle::SingleQuoted;
        const auto begin = (*object)->textBegin + written->begin.offset + (quoted ? 1 : 0);
        const auto length = written->end.offset - written->begin.offset - (quoted ? 2 : 0);
        if (text.compare(begin, length, *key) != 0)
            return fail("no-fix", "The field's name is written in a way that cannot be changed here.");
        text.replace(begin, length, *fix.rename);
        edit = state_->change(fix.label, (*object)->where.file, std::move(text));
    } else if (fix.value) {
        const auto* node = (*object)->root->at(fix.path);
        auto type = yaml::Type::String;
        const auto* row = (*object)->schema != nullptr ? findField(*(*object)->schema, fix.path.toString()) : nullptr;
        if (row != nullptr && row->type == FieldType::Integer) type = yaml::Type::Integer;
        if (row != nullptr && row->type == FieldType::Boolean) type = yaml::Type::Boolean;
        if (node != nullptr && node->kind != NodeKind::Scalar) return fail("no-fix", "The value is no longer there.");
        edit = setField(diagnostic.object, fix.path, *fix.value, type);
    } else {
        edit = removeField(diagnostic.object, fix.path);
    }
    if (edit) edit->name = fix.label;
    return edit;
}

Result<Edit> Workspace::combine(std::string name, const std::vector<Step>& steps) const {
    objects();
    Workspace scratch;
    scratch.state_->root = state_->root;
    scratch.state_->files = state_->files;
    scratch.state_->reader = state_->reader;
    scratch.state_->objects = state_->objects;
    scratch.state_->revision = state_->revision;
    Edit whole;
    whole.name = std::move(name);
    for (const auto& step : steps) {
        auto edit = step(scratch);
        if (!edit) return edit;
        if (auto done = scratch.apply(*edit); !done) return tl::unexpected(done.error());
        for (auto& change : edit->changes) {
            const auto earlier = std::find_if(whole.changes.begin(), whole.changes.end(),
                                              [&](const auto& other) { return other.file == change.file; });
            if (earlier == whole.changes.end())
                whole.changes.push_back(std::move(change));
            else
                earlier->after = std::move(change.after);
        }
    }
    return whole;
}

Result<Edit> Workspace::recoverEdit(const RecoveredFile& file) const {
    const auto removal = state_->recoveredRemoval.find(file.file);
    const bool removed = removal != state_->recoveredRemoval.end() && removal->second;
    return state_->change("Recover unsaved edits of " + file.file, file.file,
                          removed ? std::nullopt : std::optional<std::string>(file.unsaved));
}

}  // namespace gatehouse::config
