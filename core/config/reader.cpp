#include "config/reader.h"

#include "config/diagnostic_codes.h"
#include "config/workspace.h"

#include <fmt/core.h>

#include <functional>

namespace gatehouse::config {
namespace {

SourceLocation placed(SourceLocation place, const std::string& file, std::size_t document, std::size_t begin,
                      std::uint32_t line) {
    place.file = file;
    place.document += document;
    place.line += line - 1;
    place.begin += begin;
    place.end += begin;
    return place;
}

/// Names are compared over the whole set: a cluster would keep only one of them.
void reportDuplicates(ObjectSet& set) {
    std::unordered_map<std::string, std::size_t> seen;
    seen.reserve(set.objects.size());
    for (std::size_t i = 0; i < set.objects.size(); ++i) {
        const auto& object = set.objects[i];
        const auto [first, added] = seen.emplace(object.key.id(), i);
        if (added) continue;
        const auto& other = set.objects[first->second];
        Diagnostic diagnostic;
        diagnostic.severity = Severity::Error;
        diagnostic.code = codes::kDuplicateObject;
        diagnostic.object = object.key;
        diagnostic.fieldPath = "metadata.name";
        diagnostic.where = object.locate(FieldPath().key("metadata").key("name"));
        diagnostic.message =
            fmt::format("{} is defined in {}:{} already; that one counts. Rename or remove one of them.",
                        object.key.display(), other.where.file, other.where.line);
        set.diagnostics.push_back(std::move(diagnostic));
    }
}

}  // namespace

Reader::FileReading Reader::readFile(const std::shared_ptr<const std::string>& text, const FileReading* before) {
    FileReading file;
    file.text = text;
    std::unordered_map<std::size_t, std::vector<const FileReading::Part*>> known;
    if (before != nullptr)
        for (const auto& part : before->parts)
            known[std::hash<std::string_view>{}(part.reading->text)].push_back(&part);
    for (const auto& slice : text::yaml::split(*text)) {
        const auto piece = std::string_view(*text).substr(slice.begin, slice.end - slice.begin);
        std::shared_ptr<const SliceReading> reading;
        if (!known.empty())
            if (const auto found = known.find(std::hash<std::string_view>{}(piece)); found != known.end())
                for (const auto* part : found->second)
                    if (part->reading->text == piece) reading = part->reading;
        if (!reading) reading = readSlice(piece);
        file.parts.push_back({slice.begin, slice.line, std::move(reading)});
    }
    return file;
}

std::shared_ptr<const ObjectSet> Reader::read(const Texts& texts, std::uint64_t revision,
                                              std::vector<Diagnostic> before) {
    std::unordered_map<std::string, std::shared_ptr<const FileReading>> current;
    auto set = std::make_shared<ObjectSet>();
    set->revision = revision;
    set->diagnostics = std::move(before);
    for (const auto& [name, text] : texts) {
        const auto known = files_.find(name);
        auto file = known == files_.end() ? nullptr : known->second;
        if (!file || file->text != text) file = std::make_shared<const FileReading>(readFile(text, file.get()));
        std::size_t document = 0;
        for (const auto& part : file->parts) {
            for (const auto& object : part.reading->objects) {
                auto& copy = set->objects.emplace_back(object);
                copy.where = placed(copy.where, name, document, part.begin, part.line);
                copy.textBegin = part.begin;
                copy.textLine = part.line;
                copy.order = set->objects.size() - 1;
            }
            for (const auto& diagnostic : part.reading->diagnostics) {
                auto& copy = set->diagnostics.emplace_back(diagnostic);
                copy.where = placed(copy.where, name, document, part.begin, part.line);
            }
            document += part.reading->documents;
        }
        current.emplace(name, std::move(file));
    }
    files_ = std::move(current);
    set->buildIndex();
    reportDuplicates(*set);
    return set;
}

std::shared_ptr<const ObjectSet> readObjects(const std::map<std::string, std::string>& fileTexts) {
    Reader::Texts texts;
    for (const auto& [name, text] : fileTexts) texts.emplace(name, std::make_shared<const std::string>(text));
    return Reader().read(texts, 1, {});
}

}  // namespace gatehouse::config
