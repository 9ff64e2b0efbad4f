import { get, post, remove } from "./api.js";
import { h, toast } from "./dom.js";

const key = "matinee.together";

/// Those who watch too, as a message names them: people of this server by name, or by the tokens they gave.
export function companions() {
    const chosen = together();
    return chosen.length ? { together: chosen.map((one) => one.token ?? one.name) } : {};
}

function together() {
    return JSON.parse(sessionStorage.getItem(key) ?? "[]");
}

/// Who is watching: signing in, other people, appearance.
export class People {
    constructor(onChange) {
        this.onChange = onChange;
    }

    show(session) {
        this.session = session;
        if (!session.user) return;
        const names = [session.user === "me" ? "You" : session.user, ...together().map((one) => one.name)];
        document.getElementById("who").textContent = names.join(" & ");
    }

    /// Lets somebody watch too, or no longer.
    watch(person, isIn) {
        const others = together().filter((one) => one.name !== person.name);
        sessionStorage.setItem(key, JSON.stringify(isIn ? [...others, person] : others));
        this.show(this.session);
    }

    signIn() {
        const token = h("input", { id: "token", type: "password", autocomplete: "current-password", required: true });
        const form = h("form", { class: "stack" },
            h("label", { for: "token" }, "Your token"), token,
            h("p", { class: "quiet" }, "The server's owner can make one with ", h("code", {}, "matinee token NAME"), "."),
            h("button", { type: "submit", class: "main" }, "Sign in"));
        form.addEventListener("submit", async (event) => {
            event.preventDefault();
            try {
                await post("/v1/session", { token: token.value.trim() });
                this.onChange();
            } catch (error) {
                toast(error.message);
            }
        });
        return form;
    }

    element() {
        const element = h("div", { class: "stack" });
        if (this.session.user) element.append(h("p", {}, "Taste and history are ", h("strong", {}, this.session.user === "me" ? "yours" : `${this.session.user}'s`), "."));
        if (this.session.owner) element.append(this.others());
        if (this.session.owner === false || !this.session.user) element.append(this.signIn());
        if (this.session.user && !this.session.owner) element.append(this.guests());
        element.append(h("button", { type: "button", class: "plain", onclick: () => this.signOut() }, "Sign out"), this.appearance());
        return element;
    }

    async signOut() {
        await remove("/v1/session");
        sessionStorage.clear();
        this.onChange();
    }

    others() {
        const list = h("ul", { class: "people" });
        get("/v1/users").then((users) => list.append(...users.map((user) => h("li", {},
            h("span", {}, `${user.user} · ${user.turns} message${user.turns === 1 ? "" : "s"}`),
            user.user === this.session.user ? h("span", { class: "quiet" }, "now") : h("span", { class: "row" },
                h("label", {}, h("input", { type: "checkbox", checked: together().some((one) => one.name === user.user), onchange: (event) => this.watch({ name: user.user }, event.target.checked) }), "watches too"),
                h("button", { type: "button", class: "plain", onclick: () => this.become(user.user) }, "Switch")),
        )))).catch((error) => toast(error.message));
        const name = h("input", { id: "new-person", maxlength: 100, required: true });
        const form = h("form", { class: "row" }, h("label", { class: "hidden", for: "new-person" }, "Name of another person"), name, h("button", { type: "submit" }, "Add"));
        name.setAttribute("placeholder", "Name of another person");
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            this.become(name.value);
        });
        return h("section", { class: "stack", "aria-label": "People" }, h("h3", {}, "People"), list, form);
    }

    /// Others who watch too, by the tokens that they give: what is watched together is remembered for them as well.
    guests() {
        const list = h("ul", { class: "people" }, ...together().map((one) => h("li", {}, h("span", {}, one.name),
            h("button", { type: "button", class: "plain", onclick: (event) => { this.watch(one, false); event.target.closest("li").remove(); } }, "Leaves"))));
        const name = h("input", { "aria-label": "Name of who watches too", placeholder: "Name", maxlength: 100, required: true });
        const token = h("input", { "aria-label": "Token of who watches too", placeholder: "Token", type: "password", autocomplete: "off", required: true });
        const form = h("form", { class: "row" }, name, token, h("button", { type: "submit" }, "Watch together"));
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            this.watch({ name: name.value.trim(), token: token.value.trim() }, true);
            list.append(h("li", {}, name.value));
            form.reset();
        });
        return h("section", { class: "stack", "aria-label": "Watching together" }, h("h3", {}, "Watching together"), list, form);
    }

    async become(user) {
        try {
            const { token } = await post("/v1/users", { user });
            await post("/v1/session", { token });
            sessionStorage.clear();
            this.onChange();
        } catch (error) {
            toast(error.message);
        }
    }

    appearance() {
        const choices = [["", "As the system"], ["light", "Light"], ["dark", "Dark"]];
        const now = localStorage.getItem("matinee.theme") ?? "";
        return h("fieldset", { class: "choices" }, h("legend", {}, "Appearance"), ...choices.map(([value, word]) => h("label", {},
            h("input", { type: "radio", name: "theme", value, checked: value === now, onchange: () => setTheme(value) }), word)));
    }
}

export function setTheme(theme) {
    localStorage.setItem("matinee.theme", theme);
    document.documentElement.dataset.theme = theme;
}

document.documentElement.dataset.theme = localStorage.getItem("matinee.theme") ?? "";
