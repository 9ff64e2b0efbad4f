// The format is that of FAISS 1.7.3, faiss/impl/index_write.cpp: numbers as they lie in memory
// (little-endian), vectors as a count of 8 bytes and their elements. Only the parts that `FAISSSpecification`
// can name are known.

#include "faiss_file.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

namespace matinee {
namespace {

void must(bool condition, const char *what) {
    if (!condition) throw Damaged(what);
}

/// The elements of a vector in the bytes, which need not be aligned.
template <class T>
class Elements {
public:
    Elements(const uint8_t *start, size_t count) : start_(start), count_(count) {}

    size_t size() const { return count_; }

    T operator[](size_t i) const {
        T element;
        std::memcpy(&element, start_ + i * sizeof(T), sizeof(T));
        return element;
    }

private:
    const uint8_t *start_;
    size_t count_;
};

/// A walk over the bytes of an index, part by part.
class Walk {
public:
    Walk(const uint8_t *bytes, size_t size, bool is_checked)
        : at_(bytes), left_(size), is_checked_(is_checked) {}

    /// An index of `count` rows of `dimension` numbers. `depth` tells how many indexes it is a part of.
    std::string index(size_t count, size_t dimension, int depth = 0) {
        must(depth < 4, "its parts are nested too deep");
        const std::string kind = fourcc();
        const std::string name = kind + header(count, dimension, depth);
        if (kind == "IxFI" || kind == "IxF2" || kind == "IxFl") return name + flat(count, dimension);
        if (kind == "IxSQ") return name + scalar_codes(count, dimension);
        if (kind == "IxPq") return name + product_codes(count, dimension);
        if (kind == "IHNf" || kind == "IHNs" || kind == "IHNp") return name + graph(count, dimension, depth);
        if (kind == "IwFl" || kind == "IwSq" || kind == "IwPQ")
            return name + lists(kind, count, dimension, depth);
        if (kind == "IxPT") return name + transformed(count, dimension, depth);
        if (kind == "IxRF") return name + refined(count, dimension, depth);
        throw Damaged("it has a part of an unknown kind");
    }

    bool is_at_end() const { return left_ == 0; }

private:
    const uint8_t *take(size_t size, size_t count = 1) {
        must(count <= left_ / size, "it ends too soon");
        const uint8_t *start = at_;
        at_ += size * count;
        left_ -= size * count;
        return start;
    }

    template <class T>
    T number() {
        return Elements<T>(take(sizeof(T)), 1)[0];
    }

    bool flag() {
        const uint8_t value = number<uint8_t>();
        must(value <= 1, "a yes or no is neither");
        return value == 1;
    }

    template <class T>
    Elements<T> elements(size_t count) {
        return Elements<T>(take(sizeof(T), count), count);
    }

    template <class T>
    Elements<T> vector() {
        return elements<T>(number<uint64_t>());
    }

    std::string fourcc() { return std::string(reinterpret_cast<const char *>(take(4)), 4); }

    void check(bool condition, const char *what) const {
        if (is_checked_) must(condition, what);
    }

    std::string header(size_t count, size_t dimension, int depth) {
        check(number<int32_t>() == int64_t(dimension), "it is of another dimension");
        const bool has_count = number<int64_t>() == int64_t(count);
        must(has_count || (depth > 0 && !is_checked_), "it is of another number of rows");
        take(8, 2);  // unused
        check(flag(), "it is not trained");
        const int32_t metric = number<int32_t>();
        must(metric == 0 || (metric == 1 && depth > 0), "it is not made for inner products");
        return metric == 0 ? "" : " L2 ";
    }

    std::string flat(size_t count, size_t dimension) {
        const uint64_t size = number<uint64_t>();
        check(size == count * dimension, "its rows are not of the size they must have");
        elements<float>(size);
        return "";
    }

    /// Tells how many bytes a code takes.
    size_t scalar_quantizer(size_t dimension, std::string *name) {
        const int32_t type = number<int32_t>();
        const bool is_half = type == 4;
        const int bits = type == 0 ? 8 : type == 1 ? 4 : type == 6 ? 6 : is_half ? 16 : 0;
        must(bits != 0, "its codes are of an unknown kind");
        *name = std::to_string(bits);
        take(4, 2);  // how the range was found
        check(number<uint64_t>() == dimension, "its codes are of another dimension");
        const uint64_t size = number<uint64_t>();
        check(size == (dimension * size_t(bits) + 7) / 8, "its codes are not of the size they must have");
        const Elements<float> ranges = vector<float>();
        check(ranges.size() == (is_half ? 0 : 2 * dimension), "the ranges of its codes are missing");
        return size;
    }

    std::string scalar_codes(size_t count, size_t dimension) {
        std::string name;
        const size_t size = scalar_quantizer(dimension, &name);
        check(vector<uint8_t>().size() == count * size, "codes are missing");
        return name;
    }

    size_t product_quantizer(size_t dimension, std::string *name) {
        must(number<uint64_t>() == dimension, "its codes are of another dimension");
        const uint64_t parts = number<uint64_t>();
        must(parts > 0 && parts <= dimension && dimension % parts == 0, "its codes have odd parts");
        must(number<uint64_t>() == 8, "its codes are of an unknown kind");
        check(vector<float>().size() == 256 * dimension, "the meanings of its codes are missing");
        *name = std::to_string(parts);
        return parts;
    }

    std::string product_codes(size_t count, size_t dimension) {
        std::string name;
        const size_t size = product_quantizer(dimension, &name);
        check(vector<uint8_t>().size() == count * size, "codes are missing");
        must(number<int32_t>() == 0, "it wants another way of searching");
        flag();
        take(4);  // of that other way
        return name;
    }

    std::string refined(size_t count, size_t dimension, int depth) {
        const std::string base = index(count, dimension, depth + 1);
        const std::string rows = index(count, dimension, depth + 1);
        const auto factor = number<float>();  // how many proposals are refined for each row wanted
        must(factor >= 1 && factor <= 1024, "its number of proposals is out of range");
        return "(" + base + "," + rows + ")";
    }

    std::string graph(size_t count, size_t dimension, int depth) {
        vector<double>();  // chances of the levels
        const Elements<int32_t> widths = vector<int32_t>();
        must(widths.size() >= 2 && widths[0] == 0 && widths[1] > 0, "the levels of its graph are wrong");
        for (size_t i = 1; i < widths.size(); i++)
            must(widths[i] > widths[i - 1], "the levels of its graph are wrong");
        const Elements<int32_t> levels = vector<int32_t>();
        const Elements<uint64_t> offsets = vector<uint64_t>();
        const Elements<int32_t> links = vector<int32_t>();
        check(levels.size() == count && offsets.size() == count + 1, "its graph is of other rows");
        const int32_t entry = number<int32_t>();
        const int32_t top = number<int32_t>();
        must(number<int32_t>() > 0 && number<int32_t>() > 0 && number<int32_t>() == 1,
             "the settings of its graph are wrong");
        if (is_checked_) {
            check_levels(widths, levels, offsets, links.size(), top);
            check_links(widths, levels, offsets, links);
            must(entry >= 0 && size_t(entry) < count && levels[size_t(entry)] - 1 == top,
                 "its graph has no entry");
        }
        return std::to_string(widths[1]) + "(" + index(count, dimension, depth + 1) + ")";
    }

    static void check_levels(const Elements<int32_t> &widths, const Elements<int32_t> &levels,
                             const Elements<uint64_t> &offsets, size_t link_count, int32_t top) {
        int32_t highest = 0;
        must(offsets[0] == 0 && offsets[levels.size()] == link_count, "its graph has too few links");
        for (size_t i = 0; i < levels.size(); i++) {
            must(levels[i] > 0 && size_t(levels[i]) < widths.size(), "a row of its graph has no such level");
            must(offsets[i + 1] - offsets[i] == uint64_t(widths[size_t(levels[i])]),
                 "a row of its graph has too few links");
            highest = std::max(highest, levels[i]);
        }
        must(highest - 1 == top, "its graph has another top level");
    }

    /// A link on a level leads to a row that has this level too.
    static void check_links(const Elements<int32_t> &widths, const Elements<int32_t> &levels,
                            const Elements<uint64_t> &offsets, const Elements<int32_t> &links) {
        for (size_t i = 0; i < levels.size(); i++)
            for (int32_t level = 0; level < levels[i]; level++)
                for (int32_t j = widths[size_t(level)]; j < widths[size_t(level) + 1]; j++) {
                    const int32_t to = links[offsets[i] + size_t(j)];
                    must(to == -1 || (to >= 0 && size_t(to) < levels.size() && levels[size_t(to)] > level),
                         "its graph has a link to nowhere");
                }
    }

    std::string lists(const std::string &kind, size_t count, size_t dimension, int depth) {
        const uint64_t list_count = number<uint64_t>();
        must(list_count > 0 && list_count <= INT32_MAX, "its number of lists is wrong");
        must(number<uint64_t>() > 0, "it searches no list");
        std::string name = std::to_string(list_count) + "(" + index(list_count, dimension, depth + 1) + ")";
        must(number<uint8_t>() == 0 && vector<int64_t>().size() == 0, "it maps rows to lists");
        const size_t size = list_code_size(kind, dimension, &name);
        must(fourcc() == "ilar", "its lists are of an unknown kind");
        must(number<uint64_t>() == list_count, "it has too few lists");
        must(number<uint64_t>() == size, "the codes of its lists are of another size");
        list_rows(list_sizes(list_count, count), count, size);
        return name;
    }

    size_t list_code_size(const std::string &kind, size_t dimension, std::string *name) {
        if (kind == "IwFl") return dimension * sizeof(float);
        std::string codes;
        size_t size = 0;
        if (kind == "IwSq") {
            size = scalar_quantizer(dimension, &codes);
            must(number<uint64_t>() == size, "the codes of its lists are of another size");
            flag();  // whether codes are of what is left of a row less its list's centre
        } else {
            flag();
            const uint64_t told = number<uint64_t>();
            size = product_quantizer(dimension, &codes);
            must(told == size, "the codes of its lists are of another size");
        }
        *name += codes;
        return size;
    }

    std::vector<uint64_t> list_sizes(size_t list_count, size_t count) {
        const std::string kind = fourcc();
        must(kind == "full" || kind == "sprs", "its lists are of an unknown kind");
        const Elements<uint64_t> told = vector<uint64_t>();
        std::vector<uint64_t> sizes(list_count);
        if (kind == "full") {
            must(told.size() == list_count, "it has too few lists");
            for (size_t i = 0; i < list_count; i++) sizes[i] = told[i];
        } else {
            must(told.size() % 2 == 0, "it has half a list");
            for (size_t i = 0; i < told.size(); i += 2) {
                must(told[i] < list_count, "it has too many lists");
                sizes[told[i]] = told[i + 1];
            }
        }
        uint64_t sum = 0;
        for (uint64_t size : sizes) {
            check(size <= count - sum, "its lists hold too many rows");
            sum += size;
        }
        check(sum == count, "its lists hold too few rows");
        return sizes;
    }

    void list_rows(const std::vector<uint64_t> &sizes, size_t count, size_t code_size) {
        std::vector<bool> is_known(count);
        for (uint64_t size : sizes) {
            take(code_size, size);
            const Elements<int64_t> rows = elements<int64_t>(size);
            for (size_t i = 0; i < rows.size(); i++) {
                const int64_t row = rows[i];
                must(row >= 0 && size_t(row) < count && !is_known[size_t(row)],
                     "its lists hold a row that is not there, or twice");
                is_known[size_t(row)] = true;
            }
        }
    }

    std::string transformed(size_t count, size_t dimension, int depth) {
        const int32_t steps = number<int32_t>();
        must(steps > 0 && steps <= 8, "it transforms rows too often");
        std::string name;
        size_t width = dimension;
        for (int32_t i = 0; i < steps; i++) name += transform(&width);
        return name + "(" + index(count, width, depth + 1) + ")";
    }

    std::string transform(size_t *width) {
        const std::string kind = fourcc();
        if (kind == "VNrm") {
            must(number<float>() == 2, "it scales rows to an odd length");
            ends_of_transform(width, *width);
            return kind;
        }
        must(kind == "LTra" || kind == "rrot" || kind == "Pcam", "it has a transform of an unknown kind");
        if (kind == "Pcam") {
            take(4, 2);  // a power and a small number
            flag();
            take(4);
            vector<float>();  // mean
            vector<float>();  // eigenvalues
            vector<float>();  // eigenvectors
        }
        const bool is_shifted = flag();
        const size_t matrix = vector<float>().size();
        const size_t shift = vector<float>().size();
        const size_t from = *width;
        ends_of_transform(width, 0);
        check(matrix == from * *width && (!is_shifted || shift == *width), "a transform is of another size");
        return kind + std::to_string(*width);
    }

    /// - parameter to: the dimension that comes out, where it is known, else 0.
    void ends_of_transform(size_t *width, size_t to) {
        must(number<int32_t>() == int64_t(*width), "a transform is of another dimension");
        const int32_t out = number<int32_t>();
        must(out > 0 && (to == 0 || size_t(out) == to), "a transform is of another dimension");
        check(flag(), "a transform is not trained");
        *width = size_t(out);
    }

    const uint8_t *at_;
    size_t left_;
    bool is_checked_;
};

}  // namespace

std::string checked_parts(const uint8_t *bytes, size_t size, FileShape shape) {
    Walk walk(bytes, size, shape.is_checked);
    const std::string parts = walk.index(shape.count, shape.dimension);
    must(walk.is_at_end(), "it is longer than its contents");
    return parts;
}

}  // namespace matinee
