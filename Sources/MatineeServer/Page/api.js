// What the page asks of the server.

/// An answer that is no success; its message can be shown.
export class Problem extends Error {
    constructor(status, detail) {
        super(detail);
        this.status = status;
    }
}

async function checked(response) {
    if (response.ok) return response;
    let detail = `The server answered with ${response.status}.`;
    try {
        detail = (await response.json()).detail ?? detail;
    } catch { /* no problem details came */ }
    throw new Problem(response.status, detail);
}

async function request(method, path, body, options = {}) {
    const headers = body === undefined ? {} : { "Content-Type": "application/json" };
    let response;
    try {
        response = await fetch(path, {
            method,
            headers: { ...headers, ...options.headers },
            body: body === undefined ? undefined : options.raw ? body : JSON.stringify(body),
            signal: options.signal,
        });
    } catch (error) {
        if (error.name === "AbortError") throw error;
        throw new Problem(0, "Matinee cannot be reached. Is it running?");
    }
    return checked(response);
}

export async function get(path) {
    return (await request("GET", path)).json();
}

export async function post(path, body) {
    return (await request("POST", path, body)).json();
}

export function remove(path) {
    return request("DELETE", path);
}

export async function upload(path, file, type) {
    const options = { raw: true, headers: { "Content-Type": type } };
    return (await request("POST", path, file, options)).json();
}

/// Sends a message and tells what comes, event by event.
export async function talk(body, signal, onEvent) {
    const response = await request("POST", "/v1/chat", body, { headers: { Accept: "text/event-stream" }, signal });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        const events = (rest + value).split("\n\n");
        rest = events.pop();
        for (const event of events) tell(event, onEvent);
    }
}

function tell(event, onEvent) {
    const lines = event.split("\n");
    const name = lines.find((line) => line.startsWith("event: "))?.slice(7);
    const data = lines.find((line) => line.startsWith("data: "))?.slice(6);
    if (name && data) onEvent(name, JSON.parse(data));
}

const films = new Map();

/// All that is known of a film; asked for once.
export function film(id) {
    if (!films.has(id)) {
        const asked = get(`/v1/films/${encodeURIComponent(id)}`);
        asked.catch(() => films.delete(id));
        films.set(id, asked);
    }
    return films.get(id);
}
