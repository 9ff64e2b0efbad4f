// Elements are only ever made of names, attributes and text: nothing that users or films say is read as markup.

export function h(name, options = {}, ...children) {
    return filled(document.createElement(name), options, children);
}

export function svg(name, options = {}, ...children) {
    return filled(document.createElementNS("http://www.w3.org/2000/svg", name), options, children);
}

function filled(element, options, children) {
    for (const [key, value] of Object.entries(options)) {
        if (value === undefined || value === null || value === false) continue;
        if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
        else if (key === "class") element.setAttribute("class", value);
        else if (key === "width%") element.style.width = `${value}%`;
        else element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
}

const shapes = {
    like: "M7 11v9H4v-9zm2 9V11l4-8c2 0 3 1.2 2.6 3L15 9h4.2c1.2 0 2 1 1.7 2.200l-1.7 7c-.2.9-1 1.8-2 1.800z",
    dislike: "M7 13V4H4v9zm2-9v9l4 8c2 0 3-1.2 2.6-3L15 15h4.200c1.2 0 2-1 1.7-2.200l-1.7-7c-.2-.9-1-1.8-2-1.800z",
    seen: "M12 5c5 0 8.5 4 10 7-1.5 3-5 7-10 7s-8.5-4-10-7c1.5-3 5-7 10-7zm0 3.200a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.600z",
    more: "M4 5h10v10H4zm6 12h10V9h-3v5.500a2.5 2.5 0 0 1-2.5 2.500H10z",
    why: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 15h-2v-2h2zm1.6-6.200c-.9.9-1.6 1.4-1.6 2.700h-2c0-2 .9-3 1.9-3.9.7-.6 1.1-1 1.1-1.700a2 2 0 0 0-4 0H8a4 4 0 0 1 8 0c0 1.3-.6 2.1-1.4 2.900z",
    close: "M6 4.6 12 10.600l6-6L19.4 6l-6 6 6 6-1.4 1.4-6-6-6 6L4.6 18l6-6-6-6z",
    send: "M3 11.2 20.5 3.5 14.8 21l-3-7.600zM12 12.800l5.3-6.1",
    stop: "M6 6h12v12H6z",
    plus: "M11 4h2v7h7v2h-7v7h-2v-7H4v-2h7z",
    clock: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 5v4.600l3.5 3.5-1.4 1.400L11 12.400V7z",
    heart: "M12 21S3 14.5 3 8.500A4.7 4.7 0 0 1 12 6.600a4.7 4.7 0 0 1 9 1.900C21 14.5 12 21 12 21z",
    person: "M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zm0 2c-4.5 0-8 2.3-8 5.500V21h16v-1.500c0-3.2-3.5-5.5-8-5.500z",
};

export function icon(name) {
    return svg("svg", { class: "glyph", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: shapes[name] }));
}

/// A title with its year.
export function label(film) {
    return film.year ? `${film.title} (${film.year})` : film.title;
}

export function hours(minutes) {
    const rest = minutes % 60;
    return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h${rest ? ` ${rest} min` : ""}`;
}

let fading;

/// Says something for a moment, with a button that takes it back where there is one.
export function toast(text, action) {
    const place = document.getElementById("toast");
    const button = action && h("button", { type: "button", onclick: () => { place.replaceChildren(); action.run(); } }, action.label);
    place.replaceChildren(h("span", {}, text), ...(button ? [button] : []));
    clearTimeout(fading);
    fading = setTimeout(() => place.replaceChildren(), 6000);
}
