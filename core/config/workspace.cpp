#include "config/workspace.h"

#include "config/diagnostic_codes.h"
#include "config/workspace_state.h"

#include <fmt/core.h>

#include <algorithm>

namespace gatehouse::config {
namespace fs = std::filesystem;
namespace {

fs::path commonFolder(const std::vector<fs::path>& paths) {
    fs::path common;
    for (const auto& path : paths) {
        std::error_code error;
        auto folder = fs::absolute(path, error).lexically_normal();
        if (!fs::is_directory(folder, error)) folder = folder.parent_path();
        if (folder.has_relative_path() && folder.filename().empty()) folder = folder.parent_path();
        if (common.empty()) {
            common = folder;
            continue;
        }
        fs::path shared;
        for (auto a = common.begin(), b = folder.begin(); a != common.end() && b != folder.end() && *a == *b; ++a, ++b)
            shared /= *a;
        common = shared;
    }
    return common;
}

}  // namespace

Workspace::Workspace() : state_(std::make_unique<State>()) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

std::string Workspace::State::nameOf(const fs::path& path) const {
    // Nearly all lie below the root: the rest of the text is the name.
    const auto& text = path.native();
    const auto& top = root.native();
    if (text.size() > top.size() + 1 && text.starts_with(top) && text[top.size()] == '/' && top != "/")
        return text.substr(top.size() + 1);
    const auto relative = path.lexically_relative(root);
    return relative.empty() ? path.generic_string() : relative.generic_string();
}

void Workspace::State::load(const std::string& name, OpenFile& file) {
    const auto seen = disk::look(file.path);
    auto text = disk::readFile(file.path);
    file.signature = seen.signature;
    file.fresh = seen.fresh;
    file.theirs.reset();
    if (!text) {
        file.state = FileState::Unreadable;
        file.error = text.error().message;
        file.text.reset();
        file.saved.reset();
    } else {
        file.state = FileState::Clean;
        file.error.clear();
        file.text = file.saved = *text;
    }
    if (journal) journal->drop(name);
    invalidate();
}

Result<Workspace> Workspace::open(const std::vector<fs::path>& paths) {
    return open(paths, Options());
}

Result<Workspace> Workspace::open(const std::vector<fs::path>& paths, Options options) {
    if (paths.empty()) return fail("nothing-to-open", "Name a folder or a YAML file to open.");
    Workspace workspace;
    auto& state = *workspace.state_;
    state.paths = paths;
    state.options = std::move(options);
    state.root = commonFolder(paths);
    const auto found = disk::find(paths);
    for (const auto& path : found.files) {
        const auto name = state.nameOf(path);
        auto& file = state.files[name];
        file.path = path;
        state.load(name, file);
    }
    for (const auto& [path, error] : found.failed) state.unreadableFolders[state.nameOf(path)] = error;
    std::error_code error;
    const bool anyFolder = std::any_of(paths.begin(), paths.end(), [&](const fs::path& path) {
        return fs::is_directory(path, error) && !found.failed.contains(fs::absolute(path, error).lexically_normal());
    });
    const bool anyText = std::any_of(state.files.begin(), state.files.end(),
                                     [](const auto& file) { return file.second.text != nullptr; });
    if (!anyFolder && !anyText) {
        const auto cause = !found.failed.empty() ? found.failed.begin()->second : state.files.begin()->second.error;
        const auto where = !found.failed.empty() ? found.failed.begin()->first : state.files.begin()->second.path;
        return fail("nothing-to-open", fmt::format("{}: {}", where.string(), cause));
    }
    state.journal = std::make_shared<Journal>();
    if (!state.options.journalDirectory.empty() && !state.options.readOnly) {
        state.journal->open(state.options.journalDirectory, state.root);
        for (const auto& entry : state.journal->left()) {
            const auto file = state.files.find(entry.file);
            const auto onDisk = file != state.files.end() && file->second.saved ? *file->second.saved : std::string();
            if (entry.text ? onDisk == *entry.text : file == state.files.end()) continue;
            state.recovered.push_back({entry.file, onDisk, entry.text.value_or("")});
            state.recoveredRemoval[entry.file] = !entry.text.has_value();
        }
        if (state.recovered.empty()) state.journal->discardLeft();
    }
    return workspace;
}

const fs::path& Workspace::root() const {
    return state_->root;
}

std::vector<FileInfo> Workspace::files() const {
    std::vector<FileInfo> list;
    for (const auto& [name, file] : state_->files) list.push_back({name, file.state, file.error});
    for (const auto& [name, error] : state_->unreadableFolders) list.push_back({name, FileState::Unreadable, error});
    return list;
}

Result<std::string> Workspace::text(const std::string& file) const {
    const auto found = state_->files.find(file);
    if (found == state_->files.end()) return fail("no-file", "The workspace has no file " + file + ".");
    if (!found->second.text)
        return fail("no-file", found->second.error.empty() ? file + " is removed." : file + ": " + found->second.error);
    return *found->second.text;
}

bool Workspace::modified() const {
    return std::any_of(state_->files.begin(), state_->files.end(), [](const auto& file) {
        return file.second.state != FileState::Clean && file.second.state != FileState::Unreadable;
    });
}

std::shared_ptr<const ObjectSet> Workspace::objects() const {
    if (state_->objects) return state_->objects;
    Reader::Texts texts;
    std::vector<Diagnostic> before;
    const auto unreadable = [&](const std::string& name, const std::string& error) {
        Diagnostic diagnostic;
        diagnostic.code = codes::kUnreadable;
        diagnostic.where.file = name;
        diagnostic.message = error;
        before.push_back(std::move(diagnostic));
    };
    for (const auto& [name, file] : state_->files) {
        if (file.text) texts.emplace(name, file.text);
        if (file.state == FileState::Unreadable) unreadable(name, file.error);
    }
    for (const auto& [name, error] : state_->unreadableFolders) unreadable(name, error);
    state_->objects = state_->reader.read(texts, ++state_->revision, std::move(before));
    return state_->objects;
}

void Workspace::State::afterChange(const std::string& name, OpenFile& file) {
    const bool edited = file.edited();
    if (file.state == FileState::Conflicted || file.state == FileState::Deleted) {
        // Both stay what they are until saved or resolved.
    } else {
        file.state = edited ? FileState::Modified : FileState::Clean;
    }
    if (journal && journal->enabled()) {
        if (edited)
            journal->keep(name, file.text ? std::optional<std::string>(*file.text) : std::nullopt);
        else
            journal->drop(name);
    }
    invalidate();
}

Result<void> Workspace::apply(const Edit& edit) {
    auto& state = *state_;
    if (state.options.readOnly) return fail("read-only", "The workspace is open read-only.");
    for (const auto& change : edit.changes) {
        const auto found = state.files.find(change.file);
        const bool exists = found != state.files.end() && found->second.text != nullptr;
        if (found != state.files.end() && found->second.state == FileState::Unreadable)
            return fail("unreadable", change.file + " cannot be edited: " + found->second.error);
        const bool same = change.before ? exists && *found->second.text == *change.before : !exists;
        if (!same) return fail("stale-edit", change.file + " has changed since this edit was prepared.");
    }
    for (const auto& change : edit.changes) {
        auto& file = state.files[change.file];
        if (file.path.empty()) file.path = state.root / change.file;
        file.text = change.after ? std::make_shared<const std::string>(*change.after) : nullptr;
        // The same text as on disk is the same object again: cheap to compare, and nothing is read anew.
        if (file.text && file.saved && *file.text == *file.saved) file.text = file.saved;
        state.afterChange(change.file, file);
        if (!file.text && !file.saved && file.state != FileState::Conflicted && file.state != FileState::Deleted)
            state.files.erase(change.file);
    }
    return {};
}

Edit Workspace::inverse(const Edit& edit) {
    Edit back;
    back.name = edit.name;
    for (auto change = edit.changes.rbegin(); change != edit.changes.rend(); ++change)
        back.changes.push_back({change->file, change->after, change->before});
    return back;
}

}  // namespace gatehouse::config
