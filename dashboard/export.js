// Saves the chart beside it as a picture that stands alone: the drawing as it is on the screen,
// in the light theme's colours on white, with title, measure and settings, and its own font.
const SVG = "http://www.w3.org/2000/svg";
const SIDE = 16;
const DRAWN = ".js-plotly-plot .main-svg";
const STILL = 150; // milliseconds

export default function (component) {
  for (const button of component.parentElement.querySelectorAll("button")) {
    button.onclick = () => save(component, button.dataset.format);
  }
}

async function save({ data, parentElement: root, setTriggerValue }, format) {
  const host = root instanceof ShadowRoot ? root.host : root;
  const frame = host.closest('[class*="st-key-fd-chart-"]');
  if (!frame.querySelector(DRAWN)) setTriggerValue("wanted", format);
  const plot = await drawn(frame);
  const picture = await compose(plot, data);
  const text = new XMLSerializer().serializeToString(picture);
  const drawing = new Blob([text], { type: "image/svg+xml" });
  download(format === "svg" ? drawing : await painted(drawing, picture), `${data.file}.${format}`);
}

// The chart, once nothing in it changes any more. One that is not on the page comes only if asked
// for, and Plotly draws it in several steps.
function drawn(frame) {
  return new Promise((done) => {
    let timer = null;
    const look = () => {
      clearTimeout(timer);
      if (frame.querySelector(DRAWN)) timer = setTimeout(finish, STILL);
    };
    const observer = new MutationObserver(look);
    const finish = () => {
      observer.disconnect();
      done(frame.querySelector(".js-plotly-plot"));
    };
    observer.observe(frame, { attributes: true, childList: true, subtree: true });
    look();
  });
}

async function compose(plot, data) {
  const layers = [...plot.querySelectorAll(".main-svg")];
  const width = layers[0].clientWidth;
  const picture = element("svg", { xmlns: SVG, width });
  const style = element("style", {});
  style.textContent = await fontFace(data.font);
  const ground = element("rect", { width: "100%", height: "100%", fill: data.ground });
  picture.append(style, ground);
  let y = SIDE;
  const write = (text, size, weight, colour) => {
    for (const line of wrapped(text, width - 2 * SIDE, `${weight} ${size}px Inter, sans-serif`)) {
      y += Math.round(1.4 * size);
      const row = element("text", {
        x: SIDE, y, fill: colour, "font-size": size, "font-weight": weight,
        "font-family": "Inter, system-ui, sans-serif",
      });
      row.textContent = line;
      picture.append(row);
    }
  };
  write(data.title, 17, 600, data.text);
  write(data.under, 13, 400, data.muted);
  y += 8;
  for (const layer of layers) picture.append(copied(layer, y, Object.fromEntries(data.colours)));
  y += layers[0].clientHeight;
  write(data.foot, 11.5, 400, data.muted);
  picture.setAttribute("height", y + SIDE);
  return picture;
}

// Plotly writes its colours into style attributes, as "rgb(1, 2, 3)".
function copied(layer, y, colours) {
  const copy = layer.cloneNode(true);
  copy.removeAttribute("style");
  copy.setAttribute("y", y);
  for (const gone of copy.querySelectorAll(".draglayer, .hoverlayer, .zoomlayer")) gone.remove();
  for (const marked of copy.querySelectorAll("[style]")) {
    const style = marked.getAttribute("style");
    const light = style.replace(/rgb\(\d+, \d+, \d+\)/g, (found) => colours[found] || found);
    marked.setAttribute("style", light);
  }
  return copy;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key !== "xmlns") made.setAttribute(key, value);
  }
  return made;
}

function wrapped(text, width, font) {
  const ruler = document.createElement("canvas").getContext("2d");
  ruler.font = font;
  const lines = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && ruler.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

// A picture asks nobody for anything: the font is inside. Without it, the reader's own is used.
async function fontFace(address) {
  const answer = await fetch(new URL(address, document.baseURI));
  if (!answer.ok) return "";
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const source = `url(data:font/woff2;base64,${btoa(letters)}) format("woff2")`;
  return `@font-face { font-family: Inter; font-weight: 100 900; src: ${source}; }`;
}

async function painted(drawing, picture) {
  const image = new Image();
  image.src = URL.createObjectURL(drawing);
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * picture.getAttribute("width");
  canvas.height = 2 * picture.getAttribute("height");
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
