import ArgumentParser

/// Which language model takes part, if any, and how.
struct LanguageModelOptions: ParsableArguments {
    @Option(help: "none, openai, or a server's address such as http://localhost:11434/v1. [MATINEE_LLM]")
    var llm: String?

    @Option(help: "The model's name at its server. [MATINEE_LLM_MODEL]")
    var llmModel: String?

    @Option(help: "Who reads messages: rules, or the model beside them. [MATINEE_INTERPRETER]")
    var interpreter: String?

    @Option(help: "Who orders the candidates: numeric or listwise. [MATINEE_RERANKER]")
    var reranker: String?

    @Option(help: "Who writes the reasons: built-in or model. [MATINEE_EXPLAINER]")
    var explainer: String?

    @Option(help: "Seconds until a turn is answered without the model (20). [MATINEE_DEADLINE]")
    var deadline: Double?

    @Option(
        help: ArgumentHelp(
            "The server's key; other programs can see flags, so rather use [OPENAI_API_KEY, MATINEE_LLM_KEY].",
            visibility: .hidden
        )
    )
    var llmKey: String?

    @Option(help: ArgumentHelp("OpenAI organisation. [MATINEE_LLM_ORGANIZATION]", visibility: .hidden))
    var llmOrganization: String?

    @Option(help: ArgumentHelp("OpenAI project. [MATINEE_LLM_PROJECT]", visibility: .hidden))
    var llmProject: String?

    @Option(
        help: ArgumentHelp(
            "Further headers: “Name: value; Name: value”. [MATINEE_LLM_HEADERS]",
            visibility: .hidden
        )
    )
    var llmHeaders: String?

    @Option(help: ArgumentHelp("Seconds for one answer (60). [MATINEE_LLM_TIMEOUT]", visibility: .hidden))
    var llmTimeout: Double?

    @Option(
        help: ArgumentHelp(
            "US dollars a million tokens read and written: 0.10/0.50. [MATINEE_LLM_PRICE]",
            visibility: .hidden
        )
    )
    var llmPrice: String?

    @Option(
        help: ArgumentHelp("Tokens a turn may use (20000). [MATINEE_LLM_TURN_TOKENS]", visibility: .hidden)
    )
    var llmTurnTokens: Double?

    @Option(
        help: ArgumentHelp("Tokens a day may use (2000000). [MATINEE_LLM_DAY_TOKENS]", visibility: .hidden)
    )
    var llmDayTokens: Double?

    @Option(
        help: ArgumentHelp(
            "US dollars a day may cost, where prices are known (1). [MATINEE_LLM_DAY_COST]",
            visibility: .hidden
        )
    )
    var llmDayCost: Double?
}
