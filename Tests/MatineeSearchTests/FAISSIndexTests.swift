import Foundation
import Matinee
import MatineeSearch
import MatineeTesting
import Testing

@Suite("FAISS index")
struct FAISSIndexTests {
    typealias Requirement = VectorIndexConformance.Requirement

    @Test("Every kind meets what is asked of every vector index", arguments: Kind.all, Requirement.allCases)
    func conforms(_ kind: Kind, _ requirement: Requirement) async throws {
        try await VectorIndexConformance(recall: kind.recall, leastRows: kind.leastRows) {
            try FAISSIndex(specification: kind.specification, rows: $0, dimension: $1)
        }
        .verify(requirement)
    }

    @Test("A kind that needs more rows says how many")
    func tooFewRows() {
        for (specification, needed) in [("IVF4,Flat", 4), ("PQ1", 256), ("IVF300_HNSW8,PQ1", 300)] {
            let rows = [Float](repeating: 1, count: needed - 1)
            let error = VectorIndexError.tooFewRows(
                specification: specification,
                needed: needed,
                found: needed - 1
            )
            #expect(throws: error) {
                try FAISSIndex(specification: specification, rows: rows, dimension: 1)
            }
        }
    }

    @Test(
        "A specification that makes no sense is refused",
        arguments: [
            "", "flat", "Flat ", "HNSW", "HNSW0", "HNSW1", "HNSW99999999999999999999", "IVF0,Flat", "IVF4",
            "PQ0",
            "IVF65537,Flat", "Flat,RWhat", "IVF8,RQ2x8", "Flat,Refine(IVF16,Flat)",
            "ZnLattice3x10_6", "RR65536,Flat", "NSG2", "OPQ4_65536,Flat", "Flat;", "Flat;nprobe",
            "Flat;nprobe=4", "IVF4,Flat;nprobe=0",
            "HNSW8;efSearch=1e9", "PQ3", "PCA9,Flat", "OPQ3,Flat", "LSH", "HNSW8,PQ4", "Flat\u{0}",
            "Flat;verbose=1",
        ]
    )
    func invalidSpecifications(_ specification: String) throws {
        let rows = SeededGenerator.rows(count: 300, dimension: 8)
        let error = #expect(throws: VectorIndexError.self) {
            try FAISSIndex(specification: specification, rows: rows, dimension: 8)
        }
        guard case .invalidSpecification(specification, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!reason.isEmpty && !reason.contains("faiss::"))
    }

    @Test("Rows of a shape that cannot be are refused")
    func shapes() {
        #expect(throws: VectorIndexError.wrongDimension(expected: 3, found: 1)) {
            try FAISSIndex(specification: "Flat", rows: [1, 2, 3, 4], dimension: 3)
        }
        #expect(throws: VectorIndexError.wrongDimension(expected: 1, found: 0)) {
            try FAISSIndex(specification: "Flat", rows: [], dimension: 0)
        }
    }

    @Test("More probes find more of the nearest rows")
    func parameters() throws {
        let rows = SeededGenerator.rows(count: 4000, dimension: 32)
        let exact = try ExactIndex(rows: rows, dimension: 32)
        func found(_ specification: String) throws -> Int {
            let index = try FAISSIndex(specification: specification, rows: rows, dimension: 32)
            #expect(index.name == "faiss:\(specification)")
            return try (0..<50).reduce(0) { sum, row in
                let query = Array(rows[row * 32..<row * 32 + 32].reversed())
                let best = Set(try exact.search(query, limit: 10, allowed: nil).map(\.row))
                return sum
                    + (try index.search(query, limit: 10, allowed: nil).count { best.contains($0.row) })
            }
        }
        let (few, some, all) = try (
            found("IVF64,Flat;nprobe=1"), found("IVF64,Flat"), found("IVF64,Flat;nprobe=64")
        )
        #expect(few < some && some < all && all == 500)
        #expect(try found("HNSW8;efSearch=1") < found("HNSW8;efSearch=512"))
    }

    @Test(
        "With filters it finds the nearest of the allowed rows, however FAISS passes them",
        arguments: Kind.all
    )
    func filters(_ kind: Kind) throws {
        let rows = SeededGenerator.rows(count: 6000, dimension: 16)
        let index = try FAISSIndex(specification: kind.specification, rows: rows, dimension: 16)
        let exact = try ExactIndex(rows: rows, dimension: 16)
        var random = SeededGenerator(seed: 3)
        var (found, wanted) = (0, 0)
        for share in [0.001, 0.1, 0.25, 0.5, 0.9] {
            var allowed = RowSet(count: 6000)
            for row in 0..<6000 where Double.random(in: 0..<1, using: &random) < share { allowed.insert(row) }
            for _ in 0..<20 {
                let query = random.normals(16)
                let best = try exact.search(query, limit: 5, allowed: allowed)
                let neighbors = try index.search(query, limit: 5, allowed: allowed)
                #expect(neighbors.count == best.count && neighbors.allSatisfy { allowed.contains($0.row) })
                found += neighbors.count { best.contains($0) }
                wanted += best.count
            }
        }
        #expect(Double(found) >= kind.recall * Double(wanted))
    }
}
