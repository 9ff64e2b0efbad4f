#pragma once

#include <faiss/impl/io.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace matinee {

/// Lets FAISS read bytes in memory.
struct BytesReader : faiss::IOReader {
    const uint8_t *at;
    size_t left;

    BytesReader(const uint8_t *bytes, size_t size) : at(bytes), left(size) {}

    size_t operator()(void *room, size_t size, size_t count) override {
        if (size == 0) return 0;
        count = std::min(count, left / size);
        if (count > 0) std::memcpy(room, at, count * size);
        at += count * size;
        left -= count * size;
        return count;
    }
};

/// Lets FAISS write to an open file; gathers small writes. Throws what the system reports.
class FileWriter : public faiss::IOWriter {
public:
    explicit FileWriter(int file) : file_(file) { gathered_.reserve(room); }

    size_t operator()(const void *bytes, size_t size, size_t count) override {
        const auto *start = static_cast<const uint8_t *>(bytes);
        if (gathered_.size() + size * count > room) finish();
        if (size * count > room)
            put(start, size * count);
        else
            gathered_.insert(gathered_.end(), start, start + size * count);
        return count;
    }

    void finish() {
        put(gathered_.data(), gathered_.size());
        gathered_.clear();
    }

private:
    void put(const uint8_t *bytes, size_t left) {
        while (left > 0) {
            const ssize_t written = write(file_, bytes, left);
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) throw std::runtime_error(std::strerror(errno));
            bytes += written;
            left -= size_t(written);
        }
    }

    static constexpr size_t room = 1 << 16;
    int file_;
    std::vector<uint8_t> gathered_;
};

}  // namespace matinee
