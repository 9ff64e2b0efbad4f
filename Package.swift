// swift-tools-version:6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let database = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let http = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let settingsReader = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let web = [
    Target.Dependency.product(name: "Hummingbird", package: "hummingbird"),
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "Logging", package: "swift-log"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
    .product(name: "UnixSignals", package: "swift-service-lifecycle"),
]
let filePaths = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let nio = ["NIOCore", "NIOHTTP1"].map { Target.Dependency.product(name: $0, package: "swift-nio") }
let sockets = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "matinee",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Matinee", targets: ["Matinee", "MatineeCompute", "MatineeSearch", "MatineeStore"]),
        .executable(name: "matinee", targets: ["MatineeMain"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(
            name: "Matinee",
            dependencies: [crypto],
            exclude: ["Resources/README.md"],
            resources: [
                .copy("Resources/starter.jsonl"), .copy("Resources/fusion.json"),
                .copy("Resources/editorial.json"),
            ],
            swiftSettings: settings
        ),
        .target(name: "CEncoder", cxxSettings: [.define("NDEBUG")]),
        .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-pthread-dev"])]),
        .target(
            name: "MatineeCompute",
            dependencies: ["Matinee", "CEncoder", "COpenBLAS"],
            swiftSettings: settings
        ),
        .target(
            name: "CVectorSearch",
            cxxSettings: [.define("NDEBUG")],
            linkerSettings: ["faiss", "openblas", "gomp", "stdc++"].map {
                .linkedLibrary($0, .when(platforms: [.linux]))
            }
        ),
        .target(name: "MatineeSearch", dependencies: ["Matinee", "CVectorSearch"], swiftSettings: settings),
        .target(name: "MatineeStore", dependencies: ["Matinee", database], swiftSettings: settings),
        .target(
            name: "MatineeNetwork",
            dependencies: ["Matinee", http, crypto] + nio,
            swiftSettings: settings
        ),
        .target(
            name: "MatineeLab",
            dependencies: ["Matinee", "MatineeCompute", "MatineeSearch", "MatineeFormats", crypto],
            swiftSettings: settings
        ),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "MatineeFormats", dependencies: ["Matinee", "CZlib"], swiftSettings: settings),
        .target(
            name: "MatineeServer",
            dependencies: ["Matinee", "MatineeFormats", crypto] + web,
            resources: [.copy("Page"), .copy("openapi.json")],
            swiftSettings: settings
        ),
        .systemLibrary(name: "CLibEdit", providers: [.apt(["libedit-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .target(
            name: "MatineeCLI",
            dependencies: [
                "Matinee", "MatineeCompute", "MatineeSearch", "MatineeStore", "MatineeNetwork", "MatineeLab",
                "MatineeFormats", "MatineeServer", "CLibEdit", arguments, settingsReader, filePaths,
                .target(name: "CMalloc", condition: .when(platforms: [.linux])),
            ],
            swiftSettings: settings
        ),
        .executableTarget(name: "MatineeMain", dependencies: ["MatineeCLI"], swiftSettings: settings),
        .executableTarget(
            name: "RecommendExample",
            dependencies: ["Matinee", "MatineeCompute", "MatineeSearch"],
            path: "Examples/swift",
            swiftSettings: settings
        ),
        .target(
            name: "MatineeTesting",
            dependencies: ["Matinee", sockets] + nio,
            swiftSettings: settings
        ),
        .testTarget(
            name: "MatineeTests",
            dependencies: ["Matinee", "MatineeTesting"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MatineeComputeTests",
            dependencies: ["Matinee", "CEncoder", "MatineeCompute", "MatineeTesting"],
            resources: [.copy("Fixtures")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MatineeSearchTests",
            dependencies: ["Matinee", "MatineeSearch", "MatineeTesting"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MatineeLabTests",
            dependencies: ["Matinee", "MatineeCompute", "MatineeSearch", "MatineeLab", "MatineeTesting"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MatineeStoreTests",
            dependencies: ["Matinee", "MatineeStore", "MatineeTesting"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MatineeFormatsTests",
            dependencies: ["Matinee", "MatineeFormats", "MatineeTesting", "CZlib"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MatineeNetworkTests",
            dependencies: ["Matinee", "MatineeNetwork", "MatineeTesting", crypto],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MatineeServerTests",
            dependencies: ["Matinee", "MatineeServer", "MatineeTesting", http] + nio,
            swiftSettings: settings
        ),
        .testTarget(
            name: "MatineeCLITests",
            dependencies: ["Matinee", "MatineeCompute", "MatineeStore", "MatineeCLI", "MatineeTesting"],
            swiftSettings: settings
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
