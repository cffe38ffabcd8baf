// Files in and out: dropped or chosen, and every format down; a link can be dragged into another program.
import { post } from "./api.js";
import { find, make, trying } from "./dom.js";
import { listPieces, openDesk, openFirst } from "./main.js";
import { now, onPiece, settled, show } from "./piece.js";
import { say } from "./say.js";

const FIRST = [".mid", ".musicxml", ".pdf", ".wav", ".txt"];
const TYPES = { ".mid": "audio/midi", ".musicxml": "application/xml", ".pdf": "application/pdf", ".wav": "audio/wav" };
let formats = [];

export function fileName(suffix) {
  const plain = (now.piece?.title || "song").replace(/[\\/:*?"<>|\p{C}]+/gu, " ").trim().slice(0, 60) || "song";
  return `${plain}${suffix}`;
}

export const fileAddress = (suffix) => `/api/works/${now.work}/steps/${now.current}/file/${encodeURIComponent(fileName(suffix))}`;

function link({ suffix, summary }) {
  const address = fileAddress(suffix);
  const item = make("a", { href: address, download: fileName(suffix), draggable: true }, make("strong", { textContent: suffix }), make("span", { textContent: summary }));
  item.addEventListener("dragstart", (event) => {
    const kind = TYPES[suffix] || "application/octet-stream";
    event.dataTransfer.setData("DownloadURL", `${kind}:${fileName(suffix)}:${location.origin}${address}`);
    event.dataTransfer.setData("text/uri-list", `${location.origin}${address}`);
  });
  item.addEventListener("click", async (event) => {
    event.preventDefault();
    await settled();
    find("downloads").open = false;
    const fresh = make("a", { href: fileAddress(suffix), download: fileName(suffix) });
    fresh.click();
  });
  return item;
}

function list() {
  if (!now.piece) return;
  const kind = now.piece.score ? "Score" : "Poem";
  const rank = ({ suffix }) => (FIRST.includes(suffix) ? FIRST.indexOf(suffix) : FIRST.length);
  const fit = formats.filter(({ takes }) => takes === kind || (kind === "Score" && false)).sort((a, b) => rank(a) - rank(b));
  find("download-list").replaceChildren(make("p", { class: "hint", textContent: say("drag_hint") }), ...fit.map(link));
}

async function bring(files) {
  for (const file of files) {
    await trying("about-error", async () => {
      await settled();
      const answer = await post(`/api/dropped?name=${encodeURIComponent(file.name)}`, file);
      if (answer.opened) await openFirst();
      else {
        show(answer);
        openDesk(answer.piece.score ? "music" : "words");
      }
      await listPieces();
    }).then((done) => { if (!done) openDesk("words"); });
  }
}

export function startFiles() {
  document.addEventListener("offers", ({ detail }) => { formats = detail.formats; list(); });
  document.addEventListener("spoken", list);
  onPiece((before) => { if (before.work !== now.work || before.current !== now.current || before.piece?.title !== now.piece.title) list(); });
  find("open-file").addEventListener("change", async (event) => {
    await bring([...event.target.files]);
    event.target.value = "";
  });
  let depth = 0;
  const holdsFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  addEventListener("dragenter", (event) => { if (holdsFiles(event)) { depth += 1; find("veil").hidden = false; } });
  addEventListener("dragleave", () => { depth = Math.max(0, depth - 1); if (!depth) find("veil").hidden = true; });
  addEventListener("dragover", (event) => { if (holdsFiles(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    depth = 0;
    find("veil").hidden = true;
    if (!holdsFiles(event)) return;
    event.preventDefault();
    bring([...event.dataTransfer.files]);
  });
}
