#ifndef MATINEE_VECTOR_SEARCH_H
#define MATINEE_VECTOR_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How a call ended. No call throws or aborts.
typedef enum vector_search_status {
    VECTOR_SEARCH_OK = 0,
    /// A row or the query holds a NaN or an infinity.
    VECTOR_SEARCH_NOT_FINITE = 1,
    /// Memory for the codes or for a search could not be had.
    VECTOR_SEARCH_OUT_OF_MEMORY = 2,
    /// What was asked for cannot be done; the call tells why in words.
    VECTOR_SEARCH_REFUSED = 3,
} vector_search_status;

/// A row that a search found; a higher score is nearer.
typedef struct vector_search_neighbor {
    size_t row;
    float score;
} vector_search_neighbor;

/// Rows of float32 numbers with int8 codes beside them: the top of an inner-product search is the same, bit
/// for bit, as that of a scan of all rows in float32. It never changes, so any number of threads may search
/// it at once.
typedef struct exact_index exact_index;

/// Makes an index; takes one pass over the rows, and `count` * (`dimension` rounded up to 64, + 12) bytes.
///
/// - rows: `count` * `dimension` finite numbers, row after row. They are borrowed: they must stay in place,
///   unchanged, until `exact_index_free`. May be null where `count` or `dimension` is 0.
/// - portable: keep to instructions that every CPU has, though this one may have better.
/// - index: the new index; untouched unless the call ends well.
vector_search_status exact_index_create(const float *rows, size_t count, size_t dimension, bool portable,
                                        exact_index **index);

/// Frees an index; null is let pass. No search may be under way.
void exact_index_free(exact_index *index);

/// Finds the rows with the highest scores, best first, ties by row number.
///
/// - query: `dimension` finite numbers.
/// - limit: how many rows at the most; 0 gives none.
/// - allowed: which rows may be found, 64 a word, the lowest row in the lowest bit, (`count` + 63) / 64
///   words; bits past `count` do not matter. Null allows all.
/// - found: room for min(`limit`, `count`) rows.
/// - found_count: how many were found: min(`limit`, rows allowed), or 0 unless the call ends well.
vector_search_status exact_index_search(const exact_index *index, const float *query, size_t limit,
                                        const uint64_t *allowed, vector_search_neighbor *found,
                                        size_t *found_count);

/// Scores every row by a plain scan, with the very numbers that a search gives.
///
/// - query: `dimension` finite numbers.
/// - scores: room for `count` numbers. A score beyond the range of float32 is infinite.
vector_search_status exact_index_scores(const exact_index *index, const float *query, float *scores);

#ifdef __cplusplus
}
#endif

#endif
