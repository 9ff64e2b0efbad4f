import { get } from "./api.js";
import { h, label } from "./dom.js";

/// What was recommended before. The words that were said are not kept, so none are shown.
export class History {
    element() {
        const list = h("ol", { class: "past" });
        const more = h("button", { type: "button", class: "plain" }, "Earlier");
        const element = h("div", {}, h("p", { class: "quiet" }, "Films that were recommended to you. The words you said are not stored."), list, more);
        let before;
        const load = async () => {
            const page = await get(`/v1/history?limit=20${before ? `&before=${before}` : ""}`);
            list.append(...page.turns.map(past));
            if (list.childElementCount === 0) list.append(h("li", { class: "quiet" }, "Nothing yet."));
            before = page.before;
            more.hidden = !before;
        };
        more.addEventListener("click", () => load().catch((error) => list.append(h("li", {}, error.message))));
        more.hidden = true;
        load().catch((error) => list.append(h("li", {}, error.message)));
        return element;
    }
}

function past(turn) {
    const date = new Date(turn.created);
    const asked = [
        ...turn.request.constraints.genres.in, ...turn.request.constraints.genres.out.map((genre) => `not ${genre}`),
        ...turn.request.named.map((film) => `${film.stance} ${label(film)}`),
    ];
    return h("li", {},
        h("p", { class: "when" }, Number.isNaN(date.valueOf()) ? `Message ${turn.turn}` : date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }), asked.length ? ` · ${asked.join(", ")}` : ""),
        h("ul", {}, ...turn.picks.map((pick) => h("li", {}, label(pick)))),
    );
}
