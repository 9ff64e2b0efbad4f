import { get } from "./api.js";
import { h } from "./dom.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/// The map of all films, with the way of the taste.
export class TasteMap {
    constructor() {
        this.canvas = h("canvas", { class: "map-picture", role: "img", "aria-label": "Map of the films" });
        this.caption = h("p", { class: "quiet" }, "Films that are alike lie together. The line is the way of your taste.");
        this.element = h("figure", { class: "map" }, this.canvas, h("figcaption", {}, this.caption));
        this.trail = [];
        this.canvas.addEventListener("pointermove", (event) => this.point(event));
        this.canvas.addEventListener("pointerleave", () => this.say());
        new ResizeObserver(() => this.draw(1)).observe(this.canvas);
        matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw(1));
    }

    async show(trail) {
        if (!this.map) this.frame(await get("/v1/map?limit=2500"));
        const isLonger = trail.length > this.trail.length && this.trail.length > 0;
        this.trail = trail;
        this.say();
        if (isLonger && !calm.matches) this.move(performance.now());
        else this.draw(1);
    }

    /// Fits the films into the picture.
    frame(map) {
        this.map = map;
        const ends = (values) => [Math.min(...values), Math.max(...values)];
        const [left, right] = ends(map.films.map((one) => one.x)), [low, high] = ends(map.films.map((one) => one.y));
        this.middle = [(left + right) / 2, (low + high) / 2];
        this.span = [Math.max(0.01, right - left), Math.max(0.01, high - low)];
    }

    /// Lets the last step of the way grow.
    move(start) {
        const step = (now) => {
            const part = Math.min(1, (now - start) / 900);
            this.draw(1 - (1 - part) ** 3);
            if (part < 1) requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
    }

    say(text) {
        const last = this.trail.at(-1);
        this.caption.textContent = text ?? (last ? `Your taste after ${last.turn} messages lies near ${this.region(last)}.` : "Films that are alike lie together. Your taste will show here as a line.");
        this.canvas.setAttribute("aria-label", `Map of the films. ${this.caption.textContent}`);
    }

    region(place) {
        const near = (one) => (one.x - place.x) ** 2 + (one.y - place.y) ** 2;
        const nearest = this.map?.regions.reduce((best, one) => (near(one) < near(best) ? one : best));
        return nearest?.keywords.slice(0, 2).join(" and ") ?? "no region";
    }

    spot(place) {
        const scale = Math.min((this.size - 32) / this.span[0], (this.height - 32) / this.span[1]);
        return [this.size / 2 + (place.x - this.middle[0]) * scale, this.height / 2 - (place.y - this.middle[1]) * scale];
    }

    draw(part) {
        [this.size, this.height] = [this.canvas.clientWidth, this.canvas.clientHeight];
        if (!this.size || !this.map) return;
        const scale = window.devicePixelRatio || 1, pen = this.canvas.getContext("2d");
        [this.canvas.width, this.canvas.height] = [Math.round(this.size * scale), Math.round(this.height * scale)];
        pen.scale(scale, scale);
        const colour = (name) => this.colour(name);
        const hues = [1, 2, 3, 4, 5, 6].map((i) => colour(`--region-${i}`));
        for (const one of this.map.films) {
            const [x, y] = this.spot(one);
            pen.globalAlpha = 0.35 + 0.4 * one.popularity;
            pen.fillStyle = hues[one.region % hues.length];
            pen.beginPath();
            pen.arc(x, y, 0.9 + 1.7 * one.popularity, 0, 7);
            pen.fill();
        }
        pen.globalAlpha = 1;
        this.nameRegions(pen, colour);
        this.drawTrail(pen, colour, part);
    }

    /// A colour of the page, as it is in light or in dark.
    colour(name) {
        this.canvas.style.color = `var(${name})`;
        return getComputedStyle(this.canvas).color;
    }

    nameRegions(pen, colour) {
        pen.font = "600 10.5px system-ui, sans-serif";
        pen.textAlign = "center";
        pen.lineJoin = "round";
        const taken = [];
        for (const region of [...this.map.regions].sort((a, b) => b.films - a.films)) {
            const text = region.keywords[0] ?? "", half = pen.measureText(text).width / 2 + 4;
            const [x, y] = this.spot(region), at = Math.min(Math.max(x, half), this.size - half);
            if (!text || taken.some((one) => Math.abs(one.y - y) < 14 && Math.abs(one.x - at) < one.half + half)) continue;
            taken.push({ x: at, y, half });
            pen.strokeStyle = colour("--paper");
            pen.lineWidth = 3;
            pen.strokeText(text, at, y);
            pen.fillStyle = colour("--ink");
            pen.fillText(text, at, y);
        }
    }

    drawTrail(pen, colour, part) {
        const spots = this.trail.map((step) => this.spot(step));
        if (!spots.length) return;
        const end = spots.at(-1), before = spots.at(-2) ?? end;
        spots[spots.length - 1] = [before[0] + (end[0] - before[0]) * part, before[1] + (end[1] - before[1]) * part];
        pen.strokeStyle = pen.fillStyle = colour("--accent");
        pen.lineWidth = 2.5;
        pen.lineCap = "round";
        for (let i = 1; i < spots.length; i++) {
            pen.globalAlpha = 0.3 + 0.7 * (i / (spots.length - 1));
            pen.beginPath();
            pen.moveTo(...spots[i - 1]);
            pen.lineTo(...spots[i]);
            pen.stroke();
        }
        pen.globalAlpha = 1;
        const [x, y] = spots.at(-1);
        pen.beginPath();
        pen.arc(x, y, 6, 0, 7);
        pen.fill();
        pen.lineWidth = 2;
        pen.strokeStyle = colour("--paper");
        pen.stroke();
    }

    /// Tells the film under the pointer.
    point(event) {
        if (!this.map || !this.size) return;
        const box = this.canvas.getBoundingClientRect(), [px, py] = [event.clientX - box.left, event.clientY - box.top];
        let best = null, least = 12 ** 2;
        for (const one of this.map.films) {
            const [x, y] = this.spot(one), far = (x - px) ** 2 + (y - py) ** 2;
            if (far < least) [best, least] = [one, far];
        }
        this.say(best ? `${best.title}${best.year ? ` (${best.year})` : ""}` : undefined);
    }
}
