#ifndef MATINEE_FAISS_INDEX_H
#define MATINEE_FAISS_INDEX_H

#include "vector_search.h"

#ifdef __cplusplus
extern "C" {
#endif

/// An inner-product index of the FAISS library; proposes rows that may be the nearest. It never changes once
/// made, so any number of threads may ask it at once. FAISS runs in the thread that calls, without others.
typedef struct faiss_index faiss_index;

/// What an index is of.
typedef struct faiss_index_shape {
    /// FAISS's factory string. Its numbers must be sensible: FAISS may crash on others ("HNSW0", "PQ0").
    const char *factory;
    /// FAISS's search parameters, "name=value,...", or "" for defaults that find most of the nearest rows.
    const char *parameters;
    size_t count;
    /// At least 1.
    size_t dimension;
} faiss_index_shape;

/// Where a call tells in words why it was refused; ends with a zero.
typedef struct faiss_index_reason {
    char words[200];
} faiss_index_reason;

/// Trains and fills an index with `count` * `dimension` finite numbers, row after row, which it copies or
/// codes. The same rows give the same index.
///
/// - index: the new index; untouched unless the call ends well.
/// - reason: written where the status is `VECTOR_SEARCH_REFUSED`.
vector_search_status faiss_index_create(faiss_index_shape shape, const float *rows, faiss_index **index,
                                        faiss_index_reason *reason);

/// Reads an index from the bytes of a `.faiss` file. They are checked before FAISS sees them, so that damaged
/// or hostile ones are refused: FAISS itself would trust their counts and row numbers.
///
/// - index, reason: as for `faiss_index_create`; bytes that do not fit the shape are refused.
vector_search_status faiss_index_read(faiss_index_shape shape, const uint8_t *bytes, size_t size,
                                      faiss_index **index, faiss_index_reason *reason);

/// Writes an index to an open file, as FAISS's own `write_index` does. The file stays open.
vector_search_status faiss_index_write(const faiss_index *index, int file, faiss_index_reason *reason);

/// Whether filters are heeded by `faiss_index_propose`; otherwise it passes them over.
bool faiss_index_takes_filters(const faiss_index *index);

/// Proposes rows, those FAISS holds for the nearest first.
///
/// - query: `dimension` finite numbers.
/// - limit: how many rows at the most, from 1 to `count`.
/// - allowed: which rows to propose, as for `exact_index_search`; null allows all.
/// - proposed: room for `limit` row numbers.
/// - proposed_count: how many there are; may be fewer than are allowed.
/// - lowest: the lowest score among them by FAISS's own sum; untouched where there are none.
vector_search_status faiss_index_propose(const faiss_index *index, const float *query, size_t limit,
                                         const uint64_t *allowed, int64_t *proposed, size_t *proposed_count,
                                         float *lowest, faiss_index_reason *reason);

/// Frees an index; null is let pass. No other call with it may be under way.
void faiss_index_free(faiss_index *index);

#ifdef __cplusplus
}
#endif

#endif
