import { remove, upload } from "./api.js";
import { h, toast } from "./dom.js";

// Histories from other services: a file that is chosen, or dropped anywhere on the page.

const types = { zip: "application/zip", csv: "text/csv", json: "application/json" };

/// The service that a file is most likely from.
function guessed(name) {
    if (/trakt|\.json$/i.test(name)) return "trakt";
    return /imdb|^ratings.*\.csv$|^watchlist.*\.csv$/i.test(name) && !/letterboxd/i.test(name) ? "imdb" : "letterboxd";
}

async function takeIn(file, service) {
    const type = types[file.name.split(".").pop().toLowerCase()];
    if (!type) return toast("Give the ZIP, CSV or JSON file of an export.");
    toast(`Reading ${file.name} …`);
    try {
        const found = await upload(`/v1/imports?service=${service}`, file, type);
        const news = found.changed === 0 ? "Nothing of it is new." : `${found.linked} of ${found.films} films are known here and remembered.`;
        document.dispatchEvent(new Event("taste"));
        toast(news, found.changed && { label: "Undo", run: takeBack });
    } catch (error) {
        toast(error.message);
    }
}

async function takeBack() {
    try {
        await (await remove("/v1/imports")).json();
        document.dispatchEvent(new Event("taste"));
        toast("The import is taken back.");
    } catch (error) {
        toast(error.message);
    }
}

export function historyForm() {
    const names = { letterboxd: "Letterboxd", imdb: "IMDb", trakt: "Trakt" };
    const service = h("select", { "aria-label": "Where the history is from" }, ...Object.entries(names).map(([value, name]) => h("option", { value }, name)));
    const file = h("input", { type: "file", accept: ".zip,.csv,.json", "aria-label": "File of the export" });
    file.addEventListener("change", async () => {
        if (file.files[0]) await takeIn(file.files[0], service.value);
        file.value = "";
    });
    return h("section", { class: "import", "aria-label": "Bring your history" }, h("h3", {}, "Bring your history"),
        h("p", { class: "quiet" }, "Drop the ZIP file of your Letterboxd export on the page, or choose a file."), h("div", { class: "row" }, service, file));
}

export function listenForDrops() {
    document.addEventListener("dragover", (event) => {
        if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
    document.addEventListener("drop", (event) => {
        const file = event.dataTransfer?.files[0];
        if (!file) return;
        event.preventDefault();
        takeIn(file, guessed(file.name));
    });
}
