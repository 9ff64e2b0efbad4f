import { get, remove, talk } from "./api.js";
import { card } from "./cards.js";
import { h, icon, toast } from "./dom.js";
import { companions } from "./people.js";

const part = (id) => document.getElementById(id);
const key = "matinee.conversation";

function newName() {
    return crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/// One answer on the page, which fills while it comes.
class AnswerView {
    constructor(conversation) {
        this.conversation = conversation;
        this.text = h("p", { class: "reply" }, h("span", { class: "waiting" }, h("i"), h("i"), h("i"), h("span", { class: "hidden" }, "Looking for films")));
        this.chips = h("ul", { class: "chips", "aria-label": "What I understood; each part can be removed" });
        this.cards = h("ol", { class: "cards", "aria-label": "Films" });
        this.notes = h("div", { class: "notes" });
        this.element = h("article", { class: "answer" }, this.chips, this.text, this.cards, this.notes);
        this.words = "";
    }

    take(name, data) {
        if (name === "request") this.showChips(data.understood);
        if (name === "picks") this.showPicks(data);
        if (name === "reason") this.showReason(data);
        if (name === "text") this.showText(this.words + data.text);
        if (name === "error") this.fail(data.detail);
        if (name === "done") this.finish(data);
    }

    showText(words) {
        this.words = words;
        this.text.textContent = words;
    }

    showChips(parts) {
        this.chips.replaceChildren(...parts.map((part) => h("li", { class: "chip" },
            h(part.id === "wish" ? "q" : "span", {}, part.label),
            h("button", { type: "button", "aria-label": `Remove “${part.label}” and look again`, onclick: () => this.conversation.without(part) }, icon("close")),
        )));
    }

    showPicks(picks, candidates = []) {
        this.cards.replaceChildren(...picks.map((pick) => card(pick, {
            scores: candidates.find((one) => one.id === pick.id)?.scores,
            onMore: () => this.conversation.say(`more like ${pick.title}${pick.year ? ` (${pick.year})` : ""}`),
        })));
    }

    /// A further piece of what a language model says of a film.
    showReason({ rank, text }) {
        const reason = this.cards.children[rank - 1]?.querySelector(".reason");
        if (reason) reason.textContent += text;
    }

    finish(answer) {
        this.showText(answer.reply);
        this.showChips(answer.understood);
        const isWords = ["why", "undo", "taste", "smalltalk", "question"].includes(answer.request.act) && answer.candidates.length === 0;
        this.showPicks(isWords ? [] : answer.picks, answer.candidates);
    }

    fail(detail) {
        this.text.replaceChildren(h("span", { class: "failed" }, detail), " ",
            h("button", { type: "button", class: "plain", onclick: () => this.conversation.again(this) }, "Try again"));
    }

    /// Only the latest answer can be changed.
    retire() {
        this.element.classList.add("old");
        for (const button of this.chips.querySelectorAll("button")) button.remove();
    }
}

/// The conversation on the page.
export class Conversation {
    constructor({ onTurn }) {
        this.onTurn = onTurn;
        this.name = sessionStorage.getItem(key) ?? newName();
        sessionStorage.setItem(key, this.name);
        this.log = part("talk");
        this.resumed = new Promise((resolve) => { this.begun = resolve; });
        this.listen();
    }

    listen() {
        const say = part("say");
        part("composer").addEventListener("submit", (event) => {
            event.preventDefault();
            if (this.working) return this.working.abort();
            const words = say.value.trim();
            if (!words) return say.focus();
            say.value = "";
            this.fit();
            this.say(words);
        });
        say.addEventListener("keydown", (event) => {
            if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
                event.preventDefault();
                if (!this.working) part("composer").requestSubmit();
            }
            if (event.key === "ArrowUp" && say.value === "" && this.message) {
                event.preventDefault();
                say.value = this.message;
                this.fit();
            }
        });
        say.addEventListener("input", () => this.fit());
    }

    fit() {
        const say = part("say");
        say.style.height = "auto";
        say.style.height = `${Math.min(say.scrollHeight, 180)}px`;
    }

    /// Shows the conversation as the server remembers it.
    async resume() {
        const sheet = await get(`/v1/conversations/${this.name}`);
        if (!sheet.messages.length) return;
        for (const { message, undone, answer } of sheet.messages) {
            const view = this.begin(message);
            view.finish(answer);
            if (undone) view.element.classList.add("undone");
        }
        this.suggest();
        this.latest?.element.scrollIntoView({ block: "end" });
    }

    begin(message) {
        this.latest?.retire();
        this.message = message;
        part("welcome").hidden = true;
        part("new").hidden = false;
        document.body.classList.add("talking");
        const view = new AnswerView(this);
        view.question = h("p", { class: "said" }, h("span", { class: "hidden" }, "You said: "), message);
        this.log.append(view.question, view.element);
        this.latest = view;
        return view;
    }

    /// What is said while the page still asks for what was said before, waits for that.
    async say(message) {
        await this.resumed;
        if (this.working) return;
        const view = this.begin(message);
        view.body = { message };
        await this.run(view);
    }

    /// Answers the latest message again, without a part of what was understood.
    async without(part) {
        if (this.working) return;
        const view = this.latest;
        view.body = { without: [part.id] };
        view.element.classList.add("redoing");
        await this.run(view);
        view.element.classList.remove("redoing");
        view.chips.querySelector("button")?.focus();
        toast(`Looked again without “${part.label}”.`);
    }

    async again(view) {
        if (!this.working) await this.run(view);
    }

    async run(view) {
        this.working = new AbortController();
        this.setWorking(true);
        view.words = "";
        if (view.body.message) view.question.scrollIntoView({ block: "start" });
        try {
            await talk({ ...view.body, ...companions(), conversation: this.name }, this.working.signal, (name, data) => view.take(name, data));
            this.onTurn();
        } catch (error) {
            view.fail(error.name === "AbortError" ? "Stopped." : error.message);
        }
        this.working = null;
        this.setWorking(false);
        this.suggest();
    }

    setWorking(isWorking) {
        part("send").replaceChildren(icon(isWorking ? "stop" : "send"));
        part("send").setAttribute("aria-label", isWorking ? "Stop" : "Send");
        this.log.setAttribute("aria-busy", isWorking);
    }

    suggest() {
        const ideas = ["more", "something shorter", "make it lighter", "older films", "not in English"];
        part("ideas").replaceChildren(...ideas.map((idea) => h("button", { type: "button", class: "idea", onclick: () => this.say(idea) }, idea)));
    }

    /// Begins anew; what is known of the taste stays.
    restart() {
        this.working?.abort();
        remove(`/v1/conversations/${this.name}`).catch(() => {});
        this.name = newName();
        sessionStorage.setItem(key, this.name);
        this.log.replaceChildren();
        part("ideas").replaceChildren();
        [this.latest, this.message] = [null, null];
        part("welcome").hidden = false;
        part("new").hidden = true;
        document.body.classList.remove("talking");
        part("say").focus();
    }
}
