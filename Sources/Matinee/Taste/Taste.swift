/// The taste that a turn is answered from.
public struct Taste: Sendable {
    /// That of the message alone, e: a unit vector, or `nil` where it said nothing.
    public var present: [Float]?
    /// The long-term one after the message, u: a unit vector, or `nil` before anything was said.
    public var memory: [Float]?

    /// What the query is made of. A message that only says what is not wanted gives a direction away from it, in which
    /// lie only odd films; so the query then is the taste as it was before.
    package var query: (present: [Float]?, memory: [Float]?)

    public init(present: [Float]?, memory: [Float]?) {
        self.present = present
        self.memory = memory
        query = (present, memory)
    }

    /// The taste of a message that only rejects, where `before` is the memory without it.
    package func rejecting(before: [Float]?) -> Taste {
        var taste = self
        taste.query = (nil, before)
        return taste
    }

    /// The taste of a message for several people: the long-term one is their mean.
    func shared(by people: [Person], _ model: TasteModel) -> Taste {
        var taste = self
        taste.memory = mean(people.compactMap { model.moved($0.taste, by: present) }).flatMap(normalised)
        taste.query.memory = taste.memory
        return taste
    }
}
