#ifndef MATINEE_ROW_SCAN_H
#define MATINEE_ROW_SCAN_H

#include "vector_search.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Rows of float32 numbers without an index: `count` * `dimension` of them, row after row.
typedef struct row_scan_rows {
    const float *numbers;
    size_t count;
    size_t dimension;
} row_scan_rows;

/// Finds the length (Euclidean norm) of the longest row, rounded up; 0 where there are none.
///
/// - length: untouched unless the call ends well; it does not where a number is not finite.
vector_search_status row_scan_longest(row_scan_rows rows, double *length);

/// Finds the best of all allowed rows, by a plain scan: what `exact_index_search` finds, bit for bit.
///
/// - query: `dimension` numbers.
/// - limit: how many rows at the most; 0 gives none.
/// - allowed: which rows may be found, as for `exact_index_search`. Null allows all.
/// - found: room for min(`limit`, `count`) rows, best first, ties by row number.
/// - found_count: how many were found: min(`limit`, rows allowed).
void row_scan_search(row_scan_rows rows, const float *query, size_t limit, const uint64_t *allowed,
                     vector_search_neighbor *found, size_t *found_count);

/// Finds the best of some listed rows, scored and ordered as by `row_scan_search`.
///
/// - listed: the `listed_count` row numbers, in any order; sorted by the call. What is no row number, comes a
///   second time or is not allowed is passed over.
/// - found_count: how many were found: min(`limit`, listed rows that are allowed).
void row_scan_pick(row_scan_rows rows, const float *query, size_t limit, const uint64_t *allowed,
                   int64_t *listed, size_t listed_count, vector_search_neighbor *found, size_t *found_count);

#ifdef __cplusplus
}
#endif

#endif
