import { svg } from "./dom.js";

// Posters that Matinee draws itself: colours and shapes come from a film's genres and moods, all else from its id, so that
// a film looks the same each time.

const width = 200, height = 300;

// For each genre: ground from and to, shapes, accent; and the scenes of which one is drawn.
const genres = {
    "Science Fiction": [["#0B1233", "#33478F", "#7CE0E8", "#F4B860"], [planets, planets, orbits]],
    "Horror": [["#14090C", "#5A1220", "#D8322F", "#F1E3D3"], [peaks, eye]],
    "Film Noir": [["#0E0F12", "#3B3F47", "#E9E4D6", "#C9A24B"], [blinds]],
    "Western": [["#F2B35E", "#B4462A", "#5B1F16", "#FFE3A6"], [mesas]],
    "Musical": [["#3C0F4F", "#D6356F", "#FFD166", "#F7F0E6"], [spotlights, waves]],
    "Music": [["#16213E", "#A12568", "#FEC260", "#F7F0E6"], [waves, record]],
    "Animation": [["#3EC1D3", "#F6F7D7", "#FF9A00", "#FF165D"], [hills, balloons]],
    "Family": [["#8FD6E1", "#FDF3C8", "#F28F3B", "#2E5E4E"], [hills, balloons]],
    "War": [["#3A3F2B", "#8A7F57", "#D9C9A0", "#B23A2E"], [beams]],
    "Sport": [["#0F6B4F", "#1FA56F", "#F5F1DC", "#F2C14E"], [tracks]],
    "Documentary": [["#E8E2D4", "#B9C4C2", "#1F3A4A", "#D1603D"], [lens]],
    "Romance": [["#F7C6B4", "#E0607E", "#8E2A57", "#FFF0DF"], [moons, petals]],
    "Comedy": [["#FFD23F", "#FF8C42", "#D7263D", "#2E294E"], [confetti, curtain, bounce, stripes]],
    "Fantasy": [["#2A1A5E", "#8A4FBE", "#F5C6EC", "#F9E79F"], [castle, orbits]],
    "Mystery": [["#10222E", "#2F5D62", "#DFEEEA", "#E8B04A"], [fog, eye]],
    "Crime": [["#151A23", "#2E3F5C", "#F2545B", "#F5E6C8"], [skyline, blinds]],
    "Thriller": [["#101820", "#3D4F5D", "#F2AA4C", "#E5E5E5"], [slants, stairs]],
    "Adventure": [["#F6D186", "#3A8891", "#0E5E6F", "#F2DEBA"], [mountains, sea]],
    "Action": [["#2B0B0E", "#C8351F", "#FFB627", "#FFF3D6"], [rays, slants]],
    "History": [["#D9B991", "#7B4B3A", "#3A241D", "#F4E8D0"], [arches]],
    "Biography": [["#CBB7A1", "#56707D", "#22333B", "#F4E8D0"], [cameo]],
    "Drama": [["#C9D6DF", "#52616B", "#1E2022", "#E6A57E"], [window_, sea, stairs, petals]],
};

// What tells most of a film comes first.
const order = Object.keys(genres);

// Moods turn the colours: hue in degrees, saturation and lightness as factors.
const moods = [
    [/\b(dark|bleak|grim|disturbing|gothic|noir|violent)\b/, 0, 0.85, 0.72], [/\b(feel.?good|uplifting|whimsical|charming|cheerful|colou?rful)\b/, 0, 1.15, 1.08],
    [/\b(slow|atmospheric|melancholy|melancholic|bittersweet|lonely|loneliness|quiet)\b/, -12, 0.7, 0.96], [/\b(dreamlike|surreal|psychedelic|trippy)\b/, 40, 1.1, 1],
    [/\b(neon|night|cyberpunk)\b/, 20, 1.25, 0.9], [/\b(winter|snow|cold|arctic)\b/, 150, 0.6, 1.1], [/\b(desert|summer|heat|sun)\b/, -20, 1.1, 1.04],
    [/\b(black and white|silent film)\b/, 0, 0.06, 1],
];

/// Numbers from 0 up to 1 that a text decides.
function dice(text) {
    let state = 2166136261;
    for (const char of text) state = Math.imul(state ^ char.codePointAt(0), 16777619);
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

function tinted(hex, hue, saturation, lightness) {
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
    const high = Math.max(red, green, blue), low = Math.min(red, green, blue), spread = high - low;
    const middle = (high + low) / 2;
    const strength = spread === 0 ? 0 : spread / (1 - Math.abs(2 * middle - 1));
    const turn = spread === 0 ? 0 : high === red ? ((green - blue) / spread) % 6 : high === green ? (blue - red) / spread + 2 : (red - green) / spread + 4;
    const part = (value) => Math.min(100, Math.max(0, 100 * value)).toFixed(1);
    return `hsl(${((turn * 60 + hue + 360) % 360).toFixed(1)} ${part(Math.min(0.82, strength * saturation))}% ${part(middle * lightness)}%)`;
}

function palette(film, colours, roll) {
    const words = (film.keywords ?? []).join(" ").toLowerCase();
    let [hue, saturation, lightness] = [(roll() - 0.5) * 56, 1, 1];
    for (const [pattern, turn, more, lighter] of moods) {
        if (pattern.test(words)) [hue, saturation, lightness] = [hue + turn, saturation * more, lightness * lighter];
    }
    return colours.map((colour) => tinted(colour, hue, saturation, Math.max(0.6, Math.min(1.15, lightness))));
}

/// A poster, as an SVG element.
export function poster(film) {
    const roll = dice(film.id ?? film.title), own = order.filter((genre) => film.genres?.includes(genre));
    const [first, second] = own.length ? own : ["Drama"];
    const [from, to, shape, accent] = palette(film, genres[first][0], roll);
    const scenes = genres[second && roll() < 0.4 ? second : first][1], scene = scenes[Math.floor(roll() * scenes.length)];
    const id = `p${Math.floor(roll() * 1e9)}-${film.id?.length ?? 0}`;
    const ground = svg("linearGradient", { id, x1: 0, y1: 0, x2: roll() * 0.5, y2: 1 }, svg("stop", { offset: 0, "stop-color": from }), svg("stop", { offset: 1, "stop-color": to }));
    return svg("svg", { class: "poster", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Drawn poster of ${film.title}` },
        svg("defs", {}, ground),
        svg("rect", { width, height, fill: `url(#${id})` }),
        ...scene(roll, { shape, accent, from, to }),
        svg("rect", { y: 196, width, height: 104, fill: from, opacity: 0.88 }),
        svg("rect", { x: 16, y: 208, width: 26, height: 3, fill: accent }),
        ...lettering(film, readable(from)),
    );
}

/// Light letters on dark, dark ones on light.
function readable(colour) {
    return parseFloat(colour.split(" ")[2]) > 58 ? "#17181C" : "#FBF6EA";
}

function lettering(film, fill) {
    const words = [...film.title].length > 60 ? [`${[...film.title].slice(0, 57).join("")}…`] : film.title.split(/\s+/);
    const size = film.title.length <= 9 ? 30 : film.title.length <= 18 ? 24 : film.title.length <= 34 ? 19 : 15;
    const room = Math.floor(168 / (size * 0.63)), lines = [];
    for (const word of words.flatMap((word) => word.match(new RegExp(`.{1,${room}}`, "gu")) ?? [])) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + word.length < room) lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
    }
    const shown = lines.slice(0, size > 20 ? 2 : 3);
    return [
        ...shown.map((line, i) => svg("text", { class: "poster-title", x: 16, y: 212 + size * 1.08 * (i + 1), "font-size": size, fill }, line)),
        film.year ? svg("text", { class: "poster-year", x: 184, y: 290, "text-anchor": "end", "font-size": 11, fill, opacity: 0.8 }, String(film.year)) : null,
    ];
}

const circle = (cx, cy, r, fill, more = {}) => svg("circle", { cx, cy, r, fill, ...more });
const path = (d, fill, more = {}) => svg("path", { d, fill, ...more });
const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const between = (roll, low, high) => low + roll() * (high - low);

function stars(roll, colour, count = 36) {
    return times(count, () => circle(roll() * width, roll() * 190, between(roll, 0.4, 1.5), colour, { opacity: between(roll, 0.4, 1) }));
}

function planets(roll, { shape, accent, to }) {
    const [x, y, r] = [between(roll, 50, 150), between(roll, 75, 125), between(roll, 34, 62)];
    const tilt = between(roll, -35, 20);
    return [...stars(roll, "#FFFFFF"), circle(x, y, r * 1.7, shape, { opacity: 0.1 }), circle(x, y, r, shape), circle(x + r * 0.3, y + r * 0.22, r * 0.92, to, { opacity: 0.55 }),
        svg("ellipse", { cx: x, cy: y, rx: r * 1.8, ry: r * 0.32, fill: "none", stroke: accent, "stroke-width": 3, transform: `rotate(${tilt} ${x} ${y})` }),
        circle(between(roll, 15, 185), between(roll, 20, 60), between(roll, 5, 12), accent)];
}

function peaks(roll, { shape, accent, from }) {
    const ridge = (base, high) => `M0 200 ${times(9, (i) => `L${i * 25} ${base - (i % 2 ? between(roll, high / 3, high) : 0)}`).join(" ")} L200 200z`;
    return [circle(between(roll, 60, 140), between(roll, 60, 85), between(roll, 30, 44), shape), path(ridge(165, 90), from, { opacity: 0.75 }), path(ridge(190, 60), "#000000", { opacity: 0.8 }),
        ...times(2, (i) => circle(92 + i * 16, 150, 2.6, accent))];
}

function blinds(roll, { shape, accent }) {
    const lean = between(roll, -40, 40);
    return [...times(9, (i) => path(`M-20 ${14 + i * 21} L220 ${14 + i * 21 + lean} v9 L-20 ${23 + i * 21}z`, shape, { opacity: 0.16 + 0.07 * (i % 4) })),
        path(`M${between(roll, 80, 110)} 200 v-70 a20 24 0 1 1 26 0 v70z`, "#000000", { opacity: 0.85 }), circle(between(roll, 130, 160), 120, 3, accent)];
}

function mesas(roll, { shape, accent }) {
    const left = between(roll, 20, 60), right = between(roll, 120, 150);
    return [circle(between(roll, 70, 130), 105, between(roll, 38, 56), accent, { opacity: 0.95 }), path(`M${left} 200 l6 -${between(roll, 60, 90)} h34 l6 90z`, shape), path(`M${right} 200 l4 -${between(roll, 40, 70)} h26 l8 90z`, shape, { opacity: 0.85 }),
        path("M0 178 q60 -14 110 2 t90 -4 V200 H0z", shape)];
}

function spotlights(roll, { shape, accent }) {
    return [...times(4, (i) => path(`M${between(roll, 10, 190)} -6 L${i * 52 - 14} 200 h${between(roll, 46, 70)}z`, i % 2 ? shape : accent, { opacity: 0.24 })), svg("ellipse", { cx: 100, cy: 186, rx: 78, ry: 16, fill: accent, opacity: 0.5 }),
        ...times(5, (i) => circle(40 + i * 30, 176 - between(roll, 0, 26), 6, shape))];
}

function waves(roll, { shape, accent }) {
    return times(13, (i) => {
        const high = between(roll, 14, 86);
        return svg("rect", { x: 14 + i * 13.4, y: 106 - high, width: 7, height: high * 2, rx: 3.5, fill: i % 3 ? shape : accent, opacity: 0.9 });
    });
}

function hills(roll, { shape, accent, from }) {
    const hill = (y, fill, opacity) => path(`M0 ${y} C40 ${y - between(roll, 20, 60)} 90 ${y + between(roll, -10, 30)} 120 ${y - 10} S180 ${y - between(roll, 10, 50)} 200 ${y} V200 H0z`, fill, { opacity });
    return [circle(between(roll, 40, 160), between(roll, 50, 75), between(roll, 22, 32), shape), ...times(3, () => svg("ellipse", { cx: roll() * width, cy: between(roll, 30, 90), rx: between(roll, 18, 32), ry: 8, fill: "#FFFFFF", opacity: 0.75 })),
        hill(150, from, 0.7), hill(170, accent, 0.75), hill(190, shape, 0.85)];
}

function beams(roll, { shape, accent }) {
    const x = between(roll, 60, 140);
    return [...times(7, (i) => path(`M${x} 190 L${i * 44 - 60} -10 h20z`, shape, { opacity: 0.16 })), circle(between(roll, 130, 165), 50, 15, accent), path(`M0 180 l24 -10 18 8 30 -16 26 14 34 -10 28 12 40 -8 V200 H0z`, "#000000", { opacity: 0.65 })];
}

function tracks(roll, { shape, accent }) {
    const x = between(roll, 10, 60);
    return [...times(6, (i) => svg("ellipse", { cx: x, cy: 200, rx: 50 + i * 28, ry: 30 + i * 27, fill: "none", stroke: shape, "stroke-width": 4, opacity: 0.75 - i * 0.08 })), circle(between(roll, 120, 165), between(roll, 45, 80), between(roll, 16, 24), accent)];
}

function lens(roll, { shape, accent }) {
    const r = between(roll, 50, 66), turn = roll() * 60;
    return [circle(100, 102, r + 14, shape), circle(100, 102, r, accent, { opacity: 0.95 }), ...times(6, (i) => path(`M100 102 L${100 + r * 1.02} 102 A${r} ${r} 0 0 1 ${100 + r * Math.cos(0.75)} ${102 + r * Math.sin(0.75)}z`, shape, { opacity: 0.75, transform: `rotate(${turn + i * 60} 100 102)` })), circle(100, 102, r * 0.3, "#FFFFFF", { opacity: 0.9 })];
}

function moons(roll, { shape, accent }) {
    const gap = between(roll, 18, 34), y = between(roll, 88, 112), r = between(roll, 42, 54);
    return [circle(100 - gap, y, r, shape, { opacity: 0.8 }), circle(100 + gap, y, r, accent, { opacity: 0.72 }), ...times(10, () => circle(roll() * width, roll() * 190, between(roll, 1, 3.2), "#FFFFFF", { opacity: 0.8 })), path(`M0 182 q50 -${between(roll, 8, 20)} 100 0 t100 0 V200 H0z`, shape)];
}

function confetti(roll, { shape, accent }) {
    return [circle(100, 100, between(roll, 44, 58), accent, { opacity: 0.94 }), path(`M${100 - 26} 106 a26 26 0 0 0 52 0z`, "#FFFFFF"), circle(84, 86, 5, "#FFFFFF"), circle(116, 86, 5, "#FFFFFF"),
        ...times(26, () => svg("rect", { x: roll() * width, y: roll() * 190, width: between(roll, 4, 11), height: between(roll, 4, 11), rx: roll() > 0.5 ? 6 : 0, fill: roll() > 0.5 ? shape : "#FFFFFF", transform: `rotate(${Math.floor(roll() * 40)})`, opacity: 0.85 }))];
}

function castle(roll, { shape, accent, from }) {
    const x = between(roll, 60, 100);
    return [...stars(roll, accent, 24), circle(between(roll, 130, 160), between(roll, 40, 60), 20, accent), path(`M${x} 200 v-70 l12 -26 12 26 v24 h16 v-50 l14 -34 14 34 v50 h14 v-18 l10 -20 10 20 v64z`, shape, { opacity: 0.85 }), path("M0 186 q50 -26 100 -4 t100 -8 V200 H0z", from)];
}

function fog(roll, { shape, accent }) {
    return [circle(between(roll, 60, 140), 78, between(roll, 24, 34), accent, { opacity: 0.9 }), ...times(5, (i) => path(`M-10 ${70 + i * 27} q${between(roll, 30, 70)} -${between(roll, 12, 28)} 110 0 t110 0 v34 H-10z`, shape, { opacity: 0.12 + i * 0.05 })),
        path("M88 200 v-46 a14 18 0 1 1 24 0 v46z", "#000000", { opacity: 0.75 })];
}

function skyline(roll, { shape, accent }) {
    const towers = times(9, (i) => [i * 23 - 4, between(roll, 50, 140)]);
    return [circle(between(roll, 40, 160), between(roll, 40, 70), between(roll, 18, 30), shape), ...towers.map(([x, high]) => svg("rect", { x, y: 200 - high, width: 21, height: high, fill: "#000000", opacity: 0.72 })),
        ...towers.flatMap(([x, high]) => times(4, () => svg("rect", { x: x + 4 + Math.floor(roll() * 3) * 5, y: 206 - high + Math.floor(roll() * high / 12) * 10, width: 3, height: 4, fill: accent, opacity: 0.9 })))];
}

function slants(roll, { shape, accent }) {
    const lean = between(roll, 30, 80);
    return [...times(5, (i) => path(`M${i * 50 - 40} 200 L${i * 50 - 40 + lean} -5 h${between(roll, 8, 24)} L${i * 50 - 20} 200z`, i === 2 ? shape : accent, { opacity: i === 2 ? 0.95 : 0.16 })), circle(between(roll, 60, 140), between(roll, 80, 120), 8, shape), circle(between(roll, 60, 140), 100, 30, "none", { stroke: accent, "stroke-width": 2, opacity: 0.6 })];
}

function mountains(roll, { shape, accent, to }) {
    const peak = (x, high, fill) => path(`M${x - high * 0.8} 200 L${x} ${200 - high} L${x + high * 0.8} 200z`, fill);
    const x = between(roll, 60, 140), high = between(roll, 110, 140);
    return [circle(between(roll, 30, 170), between(roll, 40, 60), 20, accent), peak(x - 56, high * 0.7, to), peak(x, high, shape), path(`M${x - high * 0.18} ${200 - high * 0.78} L${x} ${200 - high} L${x + high * 0.18} ${200 - high * 0.78} l-8 8 -10 -6 -9 7z`, "#FFFFFF"), peak(x + 66, high * 0.6, shape)];
}

function rays(roll, { shape, accent }) {
    const [x, y] = [between(roll, 70, 130), between(roll, 90, 130)], turn = roll() * 20;
    return [...times(18, (i) => path(`M${x} ${y} L${x + 260} ${y - 16} v32z`, i % 2 ? shape : accent, { opacity: 0.2, transform: `rotate(${turn + i * 20} ${x} ${y})` })), circle(x, y, between(roll, 22, 36), shape), circle(x, y, between(roll, 10, 16), accent)];
}

function arches(roll, { shape, accent }) {
    return [circle(between(roll, 40, 160), 46, 18, accent), ...times(3, (i) => path(`M${12 + i * 62} 200 v-78 a26 26 0 0 1 52 0 v78z`, shape, { opacity: 0.6 + 0.13 * i })), svg("rect", { x: 0, y: between(roll, 80, 90), width, height: 8, fill: shape })];
}

function cameo(roll, { shape, accent }) {
    const lean = between(roll, -6, 6);
    return [svg("ellipse", { cx: 100, cy: 102, rx: 62, ry: 80, fill: accent, opacity: 0.9 }), svg("ellipse", { cx: 100, cy: 102, rx: 55, ry: 73, fill: "none", stroke: shape, "stroke-width": 2 }), svg("g", { transform: `rotate(${lean} 100 110)` }, circle(100, 84, between(roll, 20, 24), shape), path("M62 172 c0 -44 20 -58 38 -58 s38 14 38 58z", shape))];
}

function window_(roll, { shape, accent }) {
    const x = between(roll, 30, 70), lean = between(roll, 10, 40);
    return [path(`M${x} 40 h70 v90 h-70z`, accent, { opacity: 0.95 }), path(`M${x + 33} 40 h4 v90 h-4z M${x} 82 h70 v4 h-70z`, shape), path(`M${x} 150 h70 l${lean} 50 h-86z`, accent, { opacity: 0.35 }), path(`M${x + 96} 200 v-52 a11 14 0 1 1 18 0 v52z`, shape, { opacity: 0.9 })];
}

function orbits(roll, { shape, accent }) {
    const [x, y] = [between(roll, 80, 120), between(roll, 85, 110)], lean = between(roll, -40, 40);
    return [...stars(roll, "#FFFFFF", 24), ...times(4, (i) => svg("ellipse", { cx: x, cy: y, rx: 30 + i * 22, ry: 12 + i * 13, fill: "none", stroke: shape, "stroke-width": 1.5, opacity: 0.85 - i * 0.15, transform: `rotate(${lean} ${x} ${y})` })),
        circle(x, y, between(roll, 14, 20), accent), ...times(3, (i) => circle(x + (30 + i * 26) * (i % 2 ? 1 : -1), y + between(roll, -20, 20), between(roll, 4, 8), shape))];
}

function eye(roll, { shape, accent }) {
    const y = between(roll, 90, 110), open = between(roll, 34, 52);
    return [path(`M14 ${y} Q100 ${y - open * 2} 186 ${y} Q100 ${y + open * 2} 14 ${y}z`, accent, { opacity: 0.92 }), circle(100, y, open * 0.8, shape), circle(100, y, open * 0.36, "#000000"), circle(100 + open * 0.2, y - open * 0.25, open * 0.12, "#FFFFFF")];
}

function record(roll, { shape, accent }) {
    const x = between(roll, 80, 120);
    return [circle(x, 100, 78, "#000000", { opacity: 0.8 }), ...times(5, (i) => circle(x, 100, 72 - i * 9, "none", { stroke: shape, "stroke-width": 0.8, opacity: 0.5 })), circle(x, 100, 26, accent), circle(x, 100, 4, "#000000"), path(`M186 20 l-10 4 -${between(roll, 14, 30)} 70 8 3z`, shape)];
}

function balloons(roll, { shape, accent, from }) {
    return [...times(3, () => svg("ellipse", { cx: roll() * width, cy: between(roll, 30, 150), rx: between(roll, 18, 32), ry: 8, fill: "#FFFFFF", opacity: 0.8 })), ...times(5, (i) => {
        const [x, y, r] = [24 + i * 38, between(roll, 50, 120), between(roll, 14, 24)];
        return svg("g", {}, path(`M${x} ${y + r} Q${x + 8} ${y + r + 40} ${x - 2} 200`, "none", { stroke: "#00000066", "stroke-width": 1 }), svg("ellipse", { cx: x, cy: y, rx: r, ry: r * 1.2, fill: [shape, accent, from][i % 3], opacity: 0.95 }), svg("ellipse", { cx: x - r * 0.35, cy: y - r * 0.45, rx: r * 0.16, ry: r * 0.28, fill: "#FFFFFF", opacity: 0.7 }));
    })];
}

function petals(roll, { shape, accent }) {
    const [x, y, count] = [between(roll, 80, 120), between(roll, 88, 108), 6 + Math.floor(roll() * 4)];
    return [...times(count, (i) => svg("ellipse", { cx: x, cy: y - 40, rx: 17, ry: 40, fill: i % 2 ? shape : accent, opacity: 0.6, transform: `rotate(${(360 / count) * i} ${x} ${y})` })), circle(x, y, 13, accent), ...times(8, () => circle(roll() * width, roll() * 190, between(roll, 1, 3), "#FFFFFF", { opacity: 0.7 }))];
}

function curtain(roll, { shape, accent }) {
    const open = between(roll, 34, 58);
    const fold = (x, side) => times(4, (i) => path(`M${x + side * i * (open / 4)} -4 q${side * 12} 100 ${side * -6} 208 h${side * (open / 3)} q${side * 14} -104 0 -208z`, shape, { opacity: 0.65 + 0.1 * (i % 3) }));
    return [svg("ellipse", { cx: 100, cy: 190, rx: 60, ry: 14, fill: accent, opacity: 0.35 }), circle(100, between(roll, 90, 120), between(roll, 20, 30), "#FFFFFF", { opacity: 0.85 }), ...fold(-14, 1), ...fold(214, -1)];
}

function bounce(roll, { shape, accent }) {
    const count = 5, high = between(roll, 60, 110);
    return [path(`M-6 186 ${times(count, (i) => `q${21} -${high * (1 - i * 0.16)} 42 0`).join(" ")}`, "none", { stroke: accent, "stroke-width": 3, "stroke-dasharray": "2 7", "stroke-linecap": "round" }), ...times(count, (i) => circle(16 + i * 42, 184 - high * 0.5 * (1 - i * 0.16), 13 - i, i % 2 ? accent : shape)), path("M0 186 h200 v14 H0z", accent)];
}

function stripes(roll, { shape, accent }) {
    const [x, y] = [between(roll, 60, 140), between(roll, 70, 120)];
    return [...times(12, (i) => path(`M${x} ${y} L${x + 300 * Math.cos((i * Math.PI) / 6)} ${y + 300 * Math.sin((i * Math.PI) / 6)} L${x + 300 * Math.cos((i * Math.PI) / 6 + 0.26)} ${y + 300 * Math.sin((i * Math.PI) / 6 + 0.26)}z`, shape, { opacity: 0.4 })), circle(x, y, 34, accent), circle(x - 11, y - 6, 8, "#FFFFFF"), circle(x + 11, y - 6, 8, "#FFFFFF"), circle(x - 9, y - 5, 3, "#000000"), circle(x + 13, y - 5, 3, "#000000"), path(`M${x - 14} ${y + 12} q14 ${between(roll, 4, 14)} 28 0`, "none", { stroke: "#FFFFFF", "stroke-width": 3, "stroke-linecap": "round" })];
}

function stairs(roll, { shape, accent }) {
    const step = between(roll, 14, 20);
    return [circle(between(roll, 110, 160), between(roll, 40, 70), between(roll, 16, 28), accent), ...times(9, (i) => svg("rect", { x: i * 22 - 4, y: 196 - i * step, width: 24, height: i * step + 6, fill: shape, opacity: 0.35 + i * 0.06 })), path(`M${between(roll, 96, 112)} ${196 - 4 * step - 26} a7 9 0 1 1 12 0 v26 h-12z`, "#000000", { opacity: 0.85 })];
}

function sea(roll, { shape, accent }) {
    const y = between(roll, 110, 135), x = between(roll, 60, 140);
    return [circle(x, y, between(roll, 28, 46), accent), ...times(5, (i) => path(`M-10 ${y + i * 17} ${times(6, () => "q18 -8 36 0").join(" ")} V204 H-10z`, shape, { opacity: 0.28 + i * 0.12 })), path(`M${x + 20} ${y + 12} l34 0 -7 12 h-20z M${x + 36} ${y + 8} v-34 l18 32z`, "#FFFFFF", { opacity: 0.92 })];
}
