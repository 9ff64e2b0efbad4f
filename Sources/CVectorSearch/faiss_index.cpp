#include "faiss_index.h"

#include <faiss/AutoTune.h>
#include <faiss/Index.h>
#include <faiss/IndexIVFPQ.h>
#include <faiss/IndexPQ.h>
#include <faiss/IndexPreTransform.h>
#include <faiss/IndexRefine.h>
#include <faiss/impl/IDSelector.h>
#include <faiss/impl/io.h>
#include <faiss/index_factory.h>
#include <faiss/index_io.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <mutex>

#include "faiss_file.hpp"
#include "faiss_io.hpp"

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "FAISS's files and bit maps are little-endian");

// Declared here since clang brings no <omp.h>, and OpenBLAS's header lies elsewhere on every system.
extern "C" {
void omp_set_num_threads(int);
void openblas_set_num_threads(int);
int openblas_get_num_threads(void);
int openblas_get_parallel(void);
int blas_thread_shutdown_(void) __attribute__((weak));  // missing from a build without threads
}

struct faiss_index {
    std::unique_ptr<faiss::Index> native;
    bool takes_filters;
};

namespace {

/// A build of OpenBLAS with threads of its own; others are not safe to call from several of ours at once
/// (Debian's `libopenblas0-serial` 0.3.21 then gives wrong numbers).
bool is_safe_for_threads() { return openblas_get_parallel() == 1; }

/// OpenBLAS starts workers when it is loaded, which spin for a tenth of a second of CPU time; that is before
/// `main` and whether FAISS is used or not, so they are ended as early.
__attribute__((constructor)) void end_workers() {
    openblas_set_num_threads(1);
    if (is_safe_for_threads() && blas_thread_shutdown_) blas_thread_shutdown_();
}

/// FAISS is to run in the calling thread alone. OpenMP keeps the number of threads for each calling thread,
/// so it is set at every entry. OpenBLAS keeps one for all; setting it starts the workers anew, so it is only
/// set where somebody has changed it.
void use_one_thread() {
    omp_set_num_threads(1);
    if (openblas_get_num_threads() != 1) openblas_set_num_threads(1);
}

/// Lets one caller at a time into FAISS where OpenBLAS could not bear more.
std::unique_lock<std::mutex> entry() {
    static std::mutex gate;
    return is_safe_for_threads() ? std::unique_lock<std::mutex>() : std::unique_lock<std::mutex>(gate);
}

/// What follows a mark, or all the words where nothing does.
const char *after(const char *mark, const char *words) {
    const char *found = std::strstr(words, mark);
    return found && found[std::strlen(mark)] != 0 ? found + std::strlen(mark) : words;
}

/// FAISS's messages are "Error in FUNCTION at FILE.cpp:LINE: WORDS", where WORDS may begin with
/// "Error: 'CONDITION' failed: " or a function's name. Keeps what comes last.
void tell(const char *words, faiss_index_reason *reason) {
    if (std::strncmp(words, "Error in ", 9) == 0) {
        words = after(": ", after(".cpp:", words));
        for (const char *mark : {"Error: ", "failed: ", "set_index_parameter:"}) words = after(mark, words);
    }
    const size_t length = std::min(std::strlen(words), sizeof reason->words - 1);
    std::replace_copy(words, words + length, reason->words, '\n', ' ');
    reason->words[length] = 0;
}

/// No exception may leave for C.
template <class Body>
vector_search_status guarded(faiss_index_reason *reason, Body body) {
    try {
        const std::unique_lock<std::mutex> held = entry();
        use_one_thread();
        body();
        return VECTOR_SEARCH_OK;
    } catch (const std::bad_alloc &) {
        return VECTOR_SEARCH_OUT_OF_MEMORY;
    } catch (const std::exception &error) {
        tell(error.what(), reason);
    } catch (...) {
        tell("unknown trouble", reason);
    }
    return VECTOR_SEARCH_REFUSED;
}

/// Keeps FAISS from writing to standard error that 39 rows for each centroid would be better, and from a
/// costly training for a way of searching that is not used here.
void prepare_training(faiss::Index *index) {
    if (auto *refined = dynamic_cast<faiss::IndexRefine *>(index)) index = refined->base_index;
    if (auto *outer = dynamic_cast<faiss::IndexPreTransform *>(index)) index = outer->index;
    if (auto *lists = dynamic_cast<faiss::IndexIVF *>(index)) lists->cp.min_points_per_centroid = 1;
    if (auto *lists = dynamic_cast<faiss::IndexIVFPQ *>(index)) {
        lists->pq.cp.min_points_per_centroid = 1;
        lists->do_polysemous_training = false;
    }
    if (auto *codes = dynamic_cast<faiss::IndexPQ *>(index)) {
        codes->pq.cp.min_points_per_centroid = 1;
        codes->do_polysemous_training = false;
    }
}

std::unique_ptr<faiss::Index> empty_index(const faiss_index_shape &shape) {
    if (shape.dimension > INT32_MAX / 2) throw std::invalid_argument("the rows are too long");
    std::unique_ptr<faiss::Index> made(
        faiss::index_factory(int(shape.dimension), shape.factory, faiss::METRIC_INNER_PRODUCT));
    if (made->metric_type != faiss::METRIC_INNER_PRODUCT)
        throw std::invalid_argument("FAISS has no such kind for inner products");
    prepare_training(made.get());
    return made;
}

/// Trains an index; `prepare_training` does not reach what an OPQ transform trains with.
void train(faiss::Index *index, size_t count, const float *rows) {
    std::vector<std::unique_ptr<faiss::ProductQuantizer>> quantizers;
    auto *outer = dynamic_cast<faiss::IndexPreTransform *>(index);
    std::vector<faiss::VectorTransform *> transforms;
    if (outer) transforms = outer->chain;
    for (faiss::VectorTransform *transform : transforms)
        if (auto *rotation = dynamic_cast<faiss::OPQMatrix *>(transform)) {
            const auto dimension = size_t(rotation->d_out), parts = size_t(rotation->M);
            quantizers.emplace_back(new faiss::ProductQuantizer(dimension, parts, 8));
            quantizers.back()->cp.min_points_per_centroid = 1;
            rotation->pq = quantizers.back().get();
        }
    index->train(faiss::Index::idx_t(count), rows);
    for (faiss::VectorTransform *transform : transforms)
        if (auto *rotation = dynamic_cast<faiss::OPQMatrix *>(transform)) rotation->pq = nullptr;
}

/// FAISS's own defaults (1 list, 16 graph nodes) are made for speed. Ours: a sixteenth of the lists, at least
/// 8 of them, or all; 64 nodes.
void set_parameters(faiss::Index *index, const char *parameters) {
    faiss::ParameterSpace space;
    space.initialize(index);
    for (const faiss::ParameterRange &range : space.parameter_ranges) {
        if (range.name == "efSearch" || range.name == "quantizer_efSearch")
            space.set_index_parameter(index, range.name, 64);
        if (range.name != "nprobe") continue;
        const auto *outer = dynamic_cast<const faiss::IndexPreTransform *>(index);
        const auto *lists = dynamic_cast<const faiss::IndexIVF *>(outer ? outer->index : index);
        if (!lists) continue;
        space.set_index_parameter(index, range.name,
                                  double(std::min(lists->nlist, std::max(lists->nlist / 16, size_t(8)))));
    }
    if (*parameters) space.set_index_parameters(index, parameters);
}

/// FAISS's way of passing a filter, which depends on the kind of index.
class Filter {
public:
    Filter(const faiss::Index &index, const uint64_t *allowed)
        : rows_((size_t(index.ntotal) + 7) / 8, reinterpret_cast<const uint8_t *>(allowed)) {
        const auto *outer = dynamic_cast<const faiss::IndexPreTransform *>(&index);
        const auto *lists = dynamic_cast<const faiss::IndexIVF *>(outer ? outer->index : &index);
        plain_.sel = lists_.sel = &rows_;
        if (lists) {
            lists_.nprobe = lists->nprobe;
            lists_.max_codes = lists->max_codes;
        }
        inner_ = lists ? &lists_ : &plain_;
        transformed_.index_params = inner_;
        parameters_ = outer ? &transformed_ : inner_;
    }

    Filter(const Filter &) = delete;
    Filter &operator=(const Filter &) = delete;

    const faiss::SearchParameters *parameters() const { return parameters_; }

private:
    faiss::IDSelectorBitmap rows_;
    faiss::SearchParameters plain_;
    faiss::SearchParametersIVF lists_;
    faiss::SearchParametersPreTransform transformed_;
    faiss::SearchParameters *inner_;
    faiss::SearchParameters *parameters_;
};

/// Asks an index whether it takes filters: FAISS tells by throwing.
bool takes_filters(const faiss::Index &index) {
    if (index.ntotal == 0) return false;
    const std::vector<float> query(size_t(index.d), 0);
    const std::vector<uint64_t> all((size_t(index.ntotal) + 63) / 64, ~uint64_t(0));
    float score;
    faiss::Index::idx_t row;
    try {
        const Filter filter(index, all.data());
        index.search(1, query.data(), 1, &score, &row, filter.parameters());
        return true;
    } catch (const std::bad_alloc &) {
        throw;
    } catch (const std::exception &) {
        return false;
    }
}

faiss_index *finished(std::unique_ptr<faiss::Index> native, const char *parameters) {
    set_parameters(native.get(), parameters);
    const bool does = takes_filters(*native);
    return new faiss_index{std::move(native), does};
}

/// The parts of which the factory makes an index.
std::string wanted_parts(const faiss_index_shape &shape, const faiss::Index &empty) {
    faiss::VectorIOWriter writer;
    faiss::write_index(&empty, &writer);
    return matinee::checked_parts(writer.data.data(), writer.data.size(), {0, shape.dimension, false});
}

/// Throws `Damaged` where bytes are not a sound index of the kind and shape.
void check(const uint8_t *bytes, size_t size, const faiss_index_shape &shape, const faiss::Index &empty) {
    const matinee::FileShape wanted = {shape.count, shape.dimension, shape.count > 0};
    const std::string parts = matinee::checked_parts(bytes, size, wanted);
    if (parts != wanted_parts(shape, empty)) throw matinee::Damaged("it is of another kind");
}

}  // namespace

vector_search_status faiss_index_create(faiss_index_shape shape, const float *rows, faiss_index **index,
                                        faiss_index_reason *reason) {
    return guarded(reason, [&] {
        std::unique_ptr<faiss::Index> native = empty_index(shape);
        if (shape.count > 0) {
            if (!native->is_trained) train(native.get(), shape.count, rows);
            native->add(faiss::Index::idx_t(shape.count), rows);
        }
        *index = finished(std::move(native), shape.parameters);
    });
}

vector_search_status faiss_index_read(faiss_index_shape shape, const uint8_t *bytes, size_t size,
                                      faiss_index **index, faiss_index_reason *reason) {
    return guarded(reason, [&] {
        std::unique_ptr<faiss::Index> native = empty_index(shape);
        check(bytes, size, shape, *native);
        matinee::BytesReader reader(bytes, size);
        if (shape.count > 0) native.reset(faiss::read_index(&reader));
        *index = finished(std::move(native), shape.parameters);
    });
}

vector_search_status faiss_index_write(const faiss_index *index, int file, faiss_index_reason *reason) {
    return guarded(reason, [&] {
        matinee::FileWriter writer(file);
        faiss::write_index(index->native.get(), &writer);
        writer.finish();
    });
}

bool faiss_index_takes_filters(const faiss_index *index) { return index->takes_filters; }

vector_search_status faiss_index_propose(const faiss_index *index, const float *query, size_t limit,
                                         const uint64_t *allowed, int64_t *proposed, size_t *proposed_count,
                                         float *lowest, faiss_index_reason *reason) {
    *proposed_count = 0;
    return guarded(reason, [&] {
        std::vector<float> scores(limit);
        const auto wanted = faiss::Index::idx_t(limit);
        if (allowed && index->takes_filters) {
            const Filter filter(*index->native, allowed);
            index->native->search(1, query, wanted, scores.data(), proposed, filter.parameters());
        } else {
            index->native->search(1, query, wanted, scores.data(), proposed);
        }
        // Places that FAISS could not fill hold row -1 and come last.
        const int64_t *end = std::find_if(proposed, proposed + limit, [](int64_t row) { return row < 0; });
        *proposed_count = size_t(end - proposed);
        if (*proposed_count > 0) *lowest = *std::min_element(scores.data(), scores.data() + *proposed_count);
    });
}

void faiss_index_free(faiss_index *index) { delete index; }
