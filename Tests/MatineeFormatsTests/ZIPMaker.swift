import CZlib
import Foundation

/// Makes ZIP files byte by byte, wrong ones too.
struct ZIPMaker {
    var isDeflated = true
    /// Whether sizes and places stand in ZIP64 fields.
    var isLarge = false
    var flags = 0
    /// What the directory says instead of the truth.
    var size: Int?
    var checksum: Int?
    var place: Int?

    private func bytes(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    /// The data deflated, without a header.
    static func deflated(_ data: [UInt8]) -> [UInt8] {
        let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        state.initialize(to: z_stream())
        defer { state.deallocate() }
        let size = Int32(MemoryLayout<z_stream>.size)
        deflateInit2_(state, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        defer { deflateEnd(state) }
        var input = data,
            output = [UInt8](repeating: 0, count: Int(deflateBound(state, UInt(data.count))) + 16)
        let count = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                (state.pointee.next_in, state.pointee.avail_in) = (input.baseAddress, UInt32(input.count))
                (state.pointee.next_out, state.pointee.avail_out) = (output.baseAddress, UInt32(output.count))
                deflate(state, Z_FINISH)
                return Int(state.pointee.total_out)
            }
        }
        return Array(output.prefix(count))
    }

    func file(_ entries: [(name: String, data: [UInt8])]) -> Data {
        var file: [UInt8] = [], directory: [UInt8] = []
        for (name, data) in entries {
            let packed = isDeflated ? Self.deflated(data) : data
            let sum = checksum ?? Int(crc32(0, data, UInt32(data.count)))
            let numbers = [size ?? data.count, packed.count, place ?? file.count]
            let head = bytes(flags, 2) + bytes(isDeflated ? 8 : 0, 2) + bytes(0, 4) + bytes(sum, 4)
            let extra = isLarge ? bytes(1, 2) + bytes(24, 2) + numbers.flatMap { bytes($0, 8) } : []
            let short = numbers.map { isLarge ? 0xFFFF_FFFF : $0 }
            directory += bytes(0x0201_4b50, 4) + bytes(45, 2) + bytes(45, 2) + head
            directory += bytes(short[1], 4) + bytes(short[0], 4) + bytes(name.utf8.count, 2)
            directory += bytes(extra.count, 2) + bytes(0, 10) + bytes(short[2], 4) + Array(name.utf8) + extra
            file +=
                bytes(0x0403_4b50, 4) + bytes(45, 2) + head + bytes(packed.count, 4) + bytes(data.count, 4)
            file += bytes(name.utf8.count, 2) + bytes(0, 2) + Array(name.utf8) + packed
        }
        return Data(file + directory + end(entries.count, directory.count, file.count))
    }

    private func end(_ count: Int, _ size: Int, _ place: Int) -> [UInt8] {
        let short = isLarge ? [0xFFFF, 0xFFFF_FFFF, 0xFFFF_FFFF] : [count, size, place]
        let last =
            bytes(0x0605_4b50, 4) + bytes(0, 4) + bytes(short[0], 2) + bytes(short[0], 2) + bytes(short[1], 4)
            + bytes(short[2], 4) + bytes(0, 2)
        guard isLarge else { return last }
        let record =
            bytes(0x0606_4b50, 4) + bytes(44, 8) + bytes(45, 2) + bytes(45, 2) + bytes(0, 8) + bytes(count, 8)
            + bytes(count, 8) + bytes(size, 8) + bytes(place, 8)
        return record + bytes(0x0706_4b50, 4) + bytes(0, 4) + bytes(place + size, 8) + bytes(1, 4) + last
    }
}
