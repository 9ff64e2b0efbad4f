import { film, post } from "./api.js";
import { h, hours, icon, label, toast } from "./dom.js";
import { poster } from "./poster.js";

const stances = [
    ["liked", "like", "Like", "You like"], ["disliked", "dislike", "Dislike", "You do not like"], ["seen", "seen", "Seen", "You have seen"],
];

/// A film that was recommended.
export function card(pick, { scores, onMore }) {
    const picture = h("div", { class: "poster-place" });
    const more = h("div", { class: "more", hidden: true, id: `more-${crypto.getRandomValues(new Uint32Array(1))[0]}` });
    film(pick.id).catch(() => pick).then((whole) => picture.replaceChildren(poster(whole))).then(() => real(pick, picture));
    const facts = [pick.directors.join(", "), pick.runtime && hours(pick.runtime), pick.genres.join(", ")].filter(Boolean);
    return h("li", { class: "card" },
        picture,
        h("div", { class: "card-text" },
            h("h3", {}, h("span", { class: "rank", "aria-hidden": "true" }, String(pick.rank)), pick.title, pick.year ? h("span", { class: "year" }, ` ${pick.year}`) : null),
            h("p", { class: "facts" }, facts.join(" · ")),
            h("p", { class: "reason" }, pick.reason),
            h("div", { class: "actions", role: "group", "aria-label": label(pick) },
                ...stances.map((stance) => stanceButton(pick, stance)),
                h("button", { type: "button", class: "act", onclick: onMore, "aria-label": `More like ${label(pick)}` }, icon("more"), h("span", {}, "More like this")),
                whyButton(pick, scores, more),
            ),
            more,
        ),
    );
}

/// Puts the real poster in the place of the drawn one, where there is one.
function real(pick, picture) {
    if (document.body.dataset.posters !== "true") return;
    const image = h("img", { class: "poster", alt: `Poster of ${label(pick)}`, src: `/v1/films/${encodeURIComponent(pick.id)}/poster` });
    image.addEventListener("load", () => picture.replaceChildren(image));
}

function stanceButton(pick, [stance, glyph, word, sentence]) {
    const button = h("button", { type: "button", class: `act ${stance}`, "aria-pressed": "false", "aria-label": `${word} ${label(pick)}`, title: word }, icon(glyph), h("span", {}, word));
    button.addEventListener("click", async () => {
        try {
            await post("/v1/feedback", { film: pick.id, stance });
        } catch (error) {
            return toast(error.message);
        }
        for (const other of button.parentElement.querySelectorAll("[aria-pressed]")) other.setAttribute("aria-pressed", String(other === button));
        document.dispatchEvent(new Event("taste"));
        toast(`${sentence} ${label(pick)}.`, { label: "Undo", run: () => takeBack(button) });
    });
    return button;
}

async function takeBack(button) {
    try {
        const { reply } = await post("/v1/undo", {});
        button.setAttribute("aria-pressed", "false");
        document.dispatchEvent(new Event("taste"));
        toast(reply);
    } catch (error) {
        toast(error.message);
    }
}

function whyButton(pick, scores, place) {
    const button = h("button", { type: "button", class: "act", "aria-expanded": "false", "aria-controls": place.id, "aria-label": `Why ${label(pick)}` }, icon("why"), h("span", {}, "Why"));
    button.addEventListener("click", async () => {
        const isOpen = button.getAttribute("aria-expanded") === "true";
        button.setAttribute("aria-expanded", String(!isOpen));
        place.hidden = isOpen;
        if (!isOpen && place.childElementCount === 0) place.append(...await details(pick, scores));
    });
    return button;
}

async function details(pick, scores) {
    const whole = await film(pick.id).catch(() => pick);
    const bars = [["This message", scores?.present], ["Your taste so far", scores?.taste], ["In all", scores?.final ?? pick.score]]
        .filter(([, value]) => value !== undefined && value !== null);
    return [
        h("dl", { class: "scores" }, ...bars.flatMap(([name, value]) => [
            h("dt", {}, name),
            h("dd", {}, h("span", { class: "track" }, h("span", { class: "fill", "width%": Math.round(100 * Math.max(0, value)) })), h("span", {}, value.toFixed(2))),
        ])),
        ...(whole.overview ? [h("p", {}, whole.overview)] : []),
        ...(whole.cast?.length ? [h("p", { class: "facts" }, `With ${whole.cast.join(", ")}`)] : []),
        ...(whole.keywords?.length ? [h("ul", { class: "tags", "aria-label": "Keywords" }, ...whole.keywords.map((word) => h("li", {}, word)))] : []),
    ];
}
