import { film, get, remove } from "./api.js";
import { h, label, toast } from "./dom.js";
import { TasteMap } from "./map.js";
import { historyForm, listenForDrops } from "./imports.js";
import { poster } from "./poster.js";

/// What is known of the taste, to be seen, taken along and deleted.
export class TastePanel {
    constructor(onForgotten) {
        this.onForgotten = onForgotten;
        this.map = new TasteMap();
        this.words = h("div", { class: "portrait" });
        this.element = h("div", { class: "taste" }, this.map.element, this.words, historyForm(), this.tools());
        document.addEventListener("taste", () => this.refresh());
        listenForDrops();
    }

    async refresh() {
        if (!this.element.isConnected) return;
        try {
            const taste = await get("/v1/taste");
            this.words.replaceChildren(...this.portrait(taste));
            await this.map.show(taste.trail);
        } catch (error) {
            if (error.status !== 503) this.words.replaceChildren(h("p", { class: "quiet" }, error.message));
        }
    }

    portrait(taste) {
        if (taste.turns === 0 && taste.liked.length + taste.disliked.length + taste.seen.length === 0) {
            return [h("p", { class: "quiet" }, "Nothing is known of your taste yet. It shows here, and as a way on the map, from the first message on.")];
        }
        return [
            part("Moods and themes", taste.keywords.length && h("ul", { class: "tags big" }, ...taste.keywords.map((word) => h("li", {}, word)))),
            part("Genres", bars(taste.genres)),
            part("Decades", bars(taste.decades)),
            part("Films that define you", films(taste.liked)),
            part("Nearest to your taste", films(taste.nearest)),
            part("Not for you", films(taste.disliked, false)),
            part("Seen", films(taste.seen, false)),
        ].filter(Boolean);
    }

    tools() {
        const sure = h("dialog", { class: "sure", "aria-labelledby": "sure-title" },
            h("h2", { id: "sure-title" }, "Delete everything?"),
            h("p", {}, "Your taste, the films you spoke of and your history are deleted for good."),
            h("form", { method: "dialog", class: "row" }, h("button", { value: "no" }, "Keep it"), h("button", { value: "yes", class: "danger" }, "Delete it all")));
        sure.addEventListener("close", () => { if (sure.returnValue === "yes") this.forget(); });
        return h("div", { class: "row" },
            h("a", { class: "button", href: "/v1/taste/export", download: "matinee-export.json" }, "Export"),
            h("button", { type: "button", class: "danger", onclick: () => { sure.returnValue = ""; sure.showModal(); } }, "Delete"), sure);
    }

    async forget() {
        try {
            await remove("/v1/taste");
            document.getElementById("drawer").close();
            this.onForgotten();
            await this.refresh();
            toast("Everything about you is deleted.");
        } catch (error) {
            toast(error.message);
        }
    }
}

function part(title, content) {
    return content ? h("section", {}, h("h3", {}, title), content) : null;
}

function bars(shares) {
    if (!shares.length) return null;
    const most = Math.max(...shares.map((one) => one.share));
    return h("ul", { class: "bars" }, ...[...shares].sort((a, b) => b.share - a.share).map((one) => h("li", {}, h("span", {}, one.name), h("span", { class: "track", "aria-hidden": "true" }, h("span", { class: "fill", "width%": Math.round(100 * one.share / most) })), h("span", { class: "figure" }, `${Math.round(100 * one.share)} %`))));
}

function films(list, withPosters = true) {
    if (!list.length) return null;
    if (!withPosters) return h("p", {}, list.map(label).join(", "));
    return h("ul", { class: "mini" }, ...list.slice(0, 8).map((one) => {
        const place = h("div", { class: "poster-place" });
        film(one.id).then((whole) => place.replaceChildren(poster(whole))).catch(() => {});
        return h("li", {}, place, h("span", {}, label(one)));
    }));
}
