// Saving, and noticing what others write.
#include "config/workspace_state.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>

namespace gatehouse::config {

Result<void> Workspace::State::write(const std::string& name) {
    auto& file = files.at(name);
    if (file.state == FileState::Conflicted)
        return fail("conflict", name + " was changed on disk too; decide first which text to keep.");
    // Somebody may have written since the last refresh: what is not the text we know is never overwritten.
    const auto seen = disk::look(file.path);
    const bool moved = seen.presence == disk::Presence::File && file.state != FileState::Deleted &&
                       (!file.saved || !(seen.signature == file.signature) || file.fresh);
    if (moved) {
        auto now = disk::readFile(file.path);
        if (now && (!file.saved || **now != *file.saved) && (!file.text || **now != *file.text)) {
            file.theirs = *now;
            file.state = FileState::Conflicted;
            return fail("conflict", name + " was changed on disk too; decide first which text to keep.");
        }
    }
    if (!file.text) {
        if (::unlink(file.path.c_str()) != 0 && errno != ENOENT)
            return fail("unwritable", name + " cannot be removed: " + disk::reason(errno) + ".");
        if (journal) journal->drop(name);
        files.erase(name);
        return {};
    }
    if (auto written = disk::writeAtomically(file.path, *file.text); !written) return written;
    const auto after = disk::look(file.path);
    file.signature = after.signature;
    file.fresh = after.fresh;
    file.saved = file.text;
    file.state = FileState::Clean;
    file.error.clear();
    if (journal) journal->drop(name);
    return {};
}

Result<void> Workspace::saveFile(const std::string& name) {
    if (state_->options.readOnly) return fail("read-only", "The workspace is open read-only.");
    const auto found = state_->files.find(name);
    if (found == state_->files.end()) return fail("no-file", "The workspace has no file " + name + ".");
    if (found->second.state == FileState::Clean || found->second.state == FileState::Unreadable) return {};
    return state_->write(name);
}

Result<void> Workspace::save() {
    std::vector<std::string> names;
    for (const auto& [name, file] : state_->files)
        if (file.state != FileState::Clean && file.state != FileState::Unreadable) names.push_back(name);
    Error first;
    std::size_t failed = 0;
    for (const auto& name : names) {
        if (auto saved = saveFile(name); !saved && failed++ == 0) first = saved.error();
    }
    if (failed == 0) return {};
    if (failed > 1) first.message += " (" + std::to_string(failed - 1) + " more files could not be saved.)";
    return tl::unexpected(first);
}

Result<void> Workspace::resolveConflict(const std::string& name, bool keepMine) {
    const auto found = state_->files.find(name);
    if (found == state_->files.end()) return fail("no-file", "The workspace has no file " + name + ".");
    auto& file = found->second;
    if (file.state != FileState::Conflicted && file.state != FileState::Deleted)
        return fail("no-conflict", name + " has no conflict.");
    if (keepMine) {
        const auto seen = disk::look(file.path);
        file.signature = seen.signature;
        file.fresh = seen.fresh;
        file.saved = file.theirs;
        file.theirs.reset();
        file.state = FileState::Modified;
        state_->afterChange(name, file);
        return {};
    }
    if (file.state == FileState::Deleted) {
        if (state_->journal) state_->journal->drop(name);
        state_->files.erase(found);
        state_->invalidate();
        return {};
    }
    state_->load(name, file);
    return {};
}

RefreshReport Workspace::refresh() {
    RefreshReport report;
    auto& state = *state_;
    auto found = disk::find(state.paths);
    std::map<std::string, std::string> folders;
    for (const auto& [path, error] : found.failed) folders[state.nameOf(path)] = error;
    // A named file that is gone is told as removed, not as an unreadable folder.
    for (const auto& [name, file] : state.files) folders.erase(name);
    if (folders != state.unreadableFolders) {
        state.unreadableFolders = folders;
        state.invalidate();
    }
    for (const auto& path : found.files) {
        const auto name = state.nameOf(path);
        if (state.files.contains(name)) continue;
        auto& file = state.files[name];
        file.path = path;
        state.load(name, file);
        report.reloaded.push_back(name);
    }
    std::vector<std::string> gone;
    for (auto& [name, file] : state.files) {
        const auto seen = disk::look(file.path);
        if (seen.presence == disk::Presence::Missing) {
            if (!file.saved && file.state != FileState::Unreadable)
                continue;  // New here, never saved; or known to be gone.
            const bool edited = file.edited() || file.state == FileState::Conflicted;
            if (!edited || !file.text) {
                gone.push_back(name);
                continue;
            }
            file.saved.reset();
            file.theirs.reset();
            file.state = FileState::Deleted;
            report.conflicted.push_back(name);
            continue;
        }
        if (seen.presence == disk::Presence::File && seen.signature == file.signature && !file.fresh &&
            file.state != FileState::Unreadable)
            continue;
        auto text = disk::readFile(file.path);
        if (!text) {
            if (file.state == FileState::Unreadable) continue;
            if (file.edited()) continue;  // Our text is the only one at hand.
            state.load(name, file);
            report.reloaded.push_back(name);
            continue;
        }
        file.signature = seen.signature;
        file.fresh = seen.fresh;
        if (file.state == FileState::Unreadable) {
            state.load(name, file);
            report.reloaded.push_back(name);
            continue;
        }
        const auto& known = file.state == FileState::Conflicted ? file.theirs : file.saved;
        if (known && **text == *known) continue;
        if (file.text && **text == *file.text) {  // Somebody wrote what stands here already.
            file.saved = file.text;
            file.theirs.reset();
            file.state = FileState::Clean;
            if (state.journal) state.journal->drop(name);
            continue;
        }
        if (!file.edited()) {
            file.text = file.saved = *text;
            state.invalidate();
            report.reloaded.push_back(name);
            continue;
        }
        file.theirs = *text;
        file.state = FileState::Conflicted;
        report.conflicted.push_back(name);
    }
    for (const auto& name : gone) {
        if (state.journal) state.journal->drop(name);
        state.files.erase(name);
        state.invalidate();
        report.removed.push_back(name);
    }
    return report;
}

std::vector<RecoveredFile> Workspace::recovered() const {
    std::vector<RecoveredFile> list;
    for (const auto& entry : state_->recovered) {
        const auto file = state_->files.find(entry.file);
        const bool removal = state_->recoveredRemoval.at(entry.file);
        const bool here = file != state_->files.end() && file->second.text;
        if (removal ? !here : here && *file->second.text == entry.unsaved) continue;  // Taken over.
        list.push_back(entry);
    }
    return list;
}

void Workspace::discardRecovered() {
    state_->recovered.clear();
    state_->recoveredRemoval.clear();
    if (state_->journal) state_->journal->discardLeft();
}

}  // namespace gatehouse::config
