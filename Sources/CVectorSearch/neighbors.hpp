#pragma once

#include "vector_search.h"

namespace matinee {

/// The order of an answer: by score, higher first, then by row number, lower first.
inline bool goes_before(const vector_search_neighbor &a, const vector_search_neighbor &b) {
    return a.score > b.score || (a.score == b.score && a.row < b.row);
}

inline bool goes_after(const vector_search_neighbor &a, const vector_search_neighbor &b) {
    return goes_before(b, a);
}

/// The allowed rows by rising number; no words allow all.
class AllowedRows {
public:
    AllowedRows(const uint64_t *words, size_t count) : words_(words), count_(count) {}

    /// Writes the next `room` numbers, or as many as are left, and tells how many.
    size_t take(size_t *numbers, size_t room) {
        size_t taken = 0;
        for (; taken < room; bits_ &= bits_ - 1) {
            for (; bits_ == 0; next_ += 64) {
                if (next_ >= count_) return taken;
                bits_ = words_ ? words_[next_ / 64] : ~uint64_t(0);
                if (count_ - next_ < 64) bits_ &= (uint64_t(1) << (count_ - next_)) - 1;
            }
            numbers[taken++] = next_ - 64 + size_t(__builtin_ctzll(bits_));
        }
        return taken;
    }

private:
    const uint64_t *words_;
    size_t count_;
    size_t next_ = 0;     // the row of the lowest bit of the next word
    uint64_t bits_ = 0;   // of the word before: those not yet taken
};

}  // namespace matinee
