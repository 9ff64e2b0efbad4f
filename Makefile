# make chat      set up what is missing, build, and start the conversation
# make test      the same set-up and build, then style, import check and all tests
# make test-llm  the tests that need a language model, with a small one that is fetched and run on this machine
# make test-web  the page in a real browser, and assistants' official clients
# make eval      measure what comes with Matinee, without a network: build/report/index.html
# make demo      a scripted conversation of three messages
# make model     fetch the embedding model alone
# make clean     remove the build

SWIFT = swift
FLAGS = -c release --explicit-target-dependency-import-check error
MATINEE = .build/release/matinee

.PHONY: chat demo eval test test-llm test-web build plan system model clean

chat: build
	@$(MATINEE) chat

demo: build
	@Scripts/demo.sh $(MATINEE)

eval: build
	@Scripts/eval.sh $(MATINEE)

test: build
	@echo "Checking style, then building and running the tests (about two minutes)."
	@$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests
	@$(SWIFT) test $(FLAGS) --disable-testable-imports

test-llm: build
	@Scripts/test-llm.sh $(SWIFT) test $(FLAGS) --disable-testable-imports

test-web: build
	@Scripts/test-web.sh

build: plan system model
	@$(SWIFT) build $(FLAGS) --product matinee

plan:
	@Scripts/say-plan.sh

system: plan
	@Scripts/install-system-packages.sh

model: system
	@Scripts/fetch-model.sh

clean:
	rm -rf .build
