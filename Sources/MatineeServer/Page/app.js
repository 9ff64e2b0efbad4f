import { get, post, Problem } from "./api.js";
import { Conversation } from "./chat.js";
import { h, icon, toast } from "./dom.js";
import { History } from "./history.js";
import { People } from "./people.js";
import { poster } from "./poster.js";
import { TastePanel } from "./taste.js";

const part = (id) => document.getElementById(id);
const wide = matchMedia("(min-width: 1180px)");

const taste = new TastePanel(() => conversation.restart());
const conversation = new Conversation({ onTurn: () => taste.refresh() });
const history = new History();
const people = new People(() => location.reload());

function openDrawer(title, content) {
    part("drawer-title").textContent = title;
    part("drawer-body").replaceChildren(content);
    part("drawer").showModal();
}

function closeDrawer() {
    part("drawer").close();
}

function placeTaste() {
    const isShown = wide.matches;
    part("open-taste").hidden = isShown;
    if (isShown) part("side").replaceChildren(h("h2", {}, "Your taste"), taste.element);
    if (isShown && part("drawer").open && part("drawer-body").childElementCount === 0) closeDrawer();
}

function decorate() {
    for (const [id, name] of [["new", "plus"], ["open-history", "clock"], ["open-taste", "heart"], ["open-people", "person"], ["send", "send"], ["close-drawer", "close"]]) {
        part(id).prepend(icon(name));
    }
}

function listen() {
    part("open-taste").addEventListener("click", () => {
        openDrawer("Your taste", taste.element);
        taste.refresh();
    });
    part("open-history").addEventListener("click", () => openDrawer("History", history.element()));
    part("open-people").addEventListener("click", () => openDrawer("Who is watching", people.element()));
    part("close-drawer").addEventListener("click", closeDrawer);
    part("drawer").addEventListener("click", (event) => { if (event.target === part("drawer")) closeDrawer(); });
    part("drawer").addEventListener("close", () => { part("drawer-body").replaceChildren(); placeTaste(); });
    part("new").addEventListener("click", () => conversation.restart());
    for (const wish of document.querySelectorAll(".wish")) {
        wish.addEventListener("click", () => conversation.say(wish.textContent));
    }
    wide.addEventListener("change", placeTaste);
    document.addEventListener("keydown", (event) => {
        const isTyping = ["INPUT", "TEXTAREA"].includes(document.activeElement?.tagName);
        if (event.key === "/" && !isTyping && !part("drawer").open) {
            event.preventDefault();
            part("say").focus();
        }
    });
}

/// A token in the address signs in; it does not stay there.
async function signIn() {
    const token = new URLSearchParams(location.hash.slice(1)).get("token");
    if (!token) return;
    window.history.replaceState(null, "", location.pathname);
    try {
        await post("/v1/session", { token });
    } catch (error) {
        toast(error.message);
    }
}

/// Waits until the films are there, and says meanwhile what is missing.
async function waitUntilReady() {
    for (;;) {
        try {
            await get("/ready");
            return toast("");
        } catch (error) {
            if (!(error instanceof Problem)) throw error;
            toast(error.message);
            await new Promise((done) => setTimeout(done, 1000));
        }
    }
}

async function showPosters() {
    const { posters } = await get("/v1/session");
    document.body.dataset.posters = String(posters === true);
    part("credit").hidden = !posters;
}

async function fillShelf() {
    const found = await Promise.all(["solaris", "heat", "spirited away", "casablanca", "alien", "paris texas", "playtime"].map(
        (title) => get(`/v1/films?limit=1&query=${encodeURIComponent(title)}`),
    ));
    part("shelf").replaceChildren(...found.flat().map((film) => poster(film)));
}

async function start() {
    decorate();
    listen();
    placeTaste();
    await signIn();
    const session = await get("/v1/session");
    people.show(session);
    if (!session.user) return openDrawer("Sign in", people.signIn());
    await waitUntilReady();
    await showPosters();
    await conversation.resume();
    conversation.begun();
    taste.refresh();
    if (!part("welcome").hidden) fillShelf().catch(() => {});
}

start().catch((error) => toast(error.message)).finally(() => conversation.begun());
