import Foundation
import Matinee

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds the addresses of a host, and tells those of the public internet from all others.
struct PublicAddress {
    /// The IPv4 blocks that are not of the public internet (IANA's special-purpose registry, RFC 6890).
    private static let special: [(UInt32, Int)] = [
        (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16),
        (0xAC10_0000, 12), (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16),
        (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24), (0xE000_0000, 4), (0xF000_0000, 4),
    ]

    /// Whether an address in letters (`93.184.215.14`, `2606:2800::1`) is public; no address is not.
    static func isPublic(_ text: String) -> Bool {
        var four = in_addr(), six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return isPublic(UInt32(bigEndian: four.s_addr)) }
        guard inet_pton(AF_INET6, text, &six) == 1 else { return false }
        return isPublic(withUnsafeBytes(of: six) { Array($0) })
    }

    private static func isPublic(_ address: UInt32) -> Bool {
        !special.contains { block, bits in (address ^ block) >> UInt32(32 - bits) == 0 }
    }

    /// Of IPv6 only the global unicast block is public, without tunnels, documentation and benchmarks.
    private static func isPublic(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 16, bytes[0] & 0xE0 == 0x20 else { return false }
        let first = Int(bytes[0]) << 8 | Int(bytes[1]), second = Int(bytes[2]) << 8 | Int(bytes[3])
        let isTunnel = first == 0x2002 || first == 0x2001 && second < 0x0200
        let isExample = first == 0x2001 && second == 0x0DB8 || first == 0x3FFF && second < 0x1000
        return !isTunnel && !isExample
    }

    /// All addresses of a host, in letters.
    /// - Throws: ``FeedError/unreachable(_:_:)``.
    static func addresses(of host: String) async throws -> [String] {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try lookUp(host) }) }
        }
    }

    private static func lookUp(_ host: String) throws -> [String] {
        var hints = addrinfo(), found: UnsafeMutablePointer<addrinfo>?
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        let code = getaddrinfo(host, nil, &hints, &found)
        defer { if let found { freeaddrinfo(found) } }
        guard code == 0 else { throw FeedError.unreachable(host, String(cString: gai_strerror(code))) }
        return sequence(first: found) { $0?.pointee.ai_next }.prefix { $0 != nil }.compactMap { entry in
            guard let entry else { return nil }
            var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            let code = getnameinfo(
                entry.pointee.ai_addr,
                entry.pointee.ai_addrlen,
                &name,
                socklen_t(name.count),
                nil,
                0,
                NI_NUMERICHOST
            )
            return code == 0
                ? String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
        }
    }
}
