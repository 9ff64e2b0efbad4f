#include "row_scan.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels.hpp"
#include "neighbors.hpp"

namespace {

const matinee::Kernels &best_kernels() {
    static const matinee::Kernels *const avx2 = matinee::avx2_kernels();
    return avx2 ? *avx2 : matinee::portable_kernels;
}

/// The best `limit` rows of those it is given, in room of the caller's.
class Best {
public:
    Best(row_scan_rows rows, const float *query, size_t limit, vector_search_neighbor *found)
        : rows_(rows), query_(query), limit_(std::min(limit, rows.count)), found_(found) {}

    void add(size_t row) {
        const float *numbers = rows_.numbers + row * rows_.dimension;
        const vector_search_neighbor next = {row, kernels_.dot(query_, numbers, rows_.dimension)};
        if (count_ == limit_) {
            if (limit_ == 0 || !matinee::goes_before(next, found_[0])) return;  // in front is the last found
            std::pop_heap(found_, found_ + count_--, matinee::goes_before);
        }
        found_[count_++] = next;
        std::push_heap(found_, found_ + count_, matinee::goes_before);
    }

    size_t finish() {
        std::sort_heap(found_, found_ + count_, matinee::goes_before);
        return count_;
    }

private:
    const matinee::Kernels &kernels_ = best_kernels();
    row_scan_rows rows_;
    const float *query_;
    size_t limit_;
    vector_search_neighbor *found_;  // a heap
    size_t count_ = 0;
};

bool is_in(const uint64_t *words, size_t row) { return !words || (words[row / 64] >> row % 64 & 1); }

}  // namespace

vector_search_status row_scan_longest(row_scan_rows rows, double *length) {
    double most = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const float *row = rows.numbers + i * rows.dimension;
        double squares = 0;
        bool is_finite = true;
        for (size_t j = 0; j < rows.dimension; j++) {
            is_finite &= std::isfinite(row[j]);
            squares += double(row[j]) * double(row[j]);
        }
        if (!is_finite) return VECTOR_SEARCH_NOT_FINITE;
        most = std::max(most, squares);
    }
    *length = std::sqrt(most) * (1 + double(rows.dimension + 2) * std::numeric_limits<double>::epsilon());
    return VECTOR_SEARCH_OK;
}

void row_scan_search(row_scan_rows rows, const float *query, size_t limit, const uint64_t *allowed,
                     vector_search_neighbor *found, size_t *found_count) {
    Best best(rows, query, limit, found);
    matinee::AllowedRows left(allowed, rows.count);
    size_t numbers[64];
    while (const size_t taken = left.take(numbers, 64))
        std::for_each(numbers, numbers + taken, [&](size_t row) { best.add(row); });
    *found_count = best.finish();
}

void row_scan_pick(row_scan_rows rows, const float *query, size_t limit, const uint64_t *allowed,
                   int64_t *listed, size_t listed_count, vector_search_neighbor *found,
                   size_t *found_count) {
    Best best(rows, query, limit, found);
    std::sort(listed, listed + listed_count);
    const int64_t *end = std::unique(listed, listed + listed_count);
    std::for_each((const int64_t *)listed, end, [&](int64_t row) {
        if (row >= 0 && size_t(row) < rows.count && is_in(allowed, size_t(row))) best.add(size_t(row));
    });
    *found_count = best.finish();
}
