// Asking the server. What it refuses is thrown as a Refusal: the command line's one line, and the field that it is about.
export class Refusal extends Error {
  constructor({ error, field = "" }) {
    super(error);
    this.field = field;
  }
}

const UNREACHABLE = "the studio does not answer. Is `carmina studio` still running? Start it again and reload this page.";

async function fetched(path, options) {
  try {
    return await fetch(path, options);
  } catch (fault) {
    if (fault.name === "AbortError") throw fault;
    throw new Refusal({ error: UNREACHABLE });
  }
}

const refusalOf = async (answer) => new Refusal(await answer.json().catch(() => ({ error: `${UNREACHABLE} (${answer.status})` })));

export async function get(path) {
  const answer = await fetched(path, {});
  if (!answer.ok) throw await refusalOf(answer);
  return answer.json();
}

export async function bytes(path, signal) {
  const answer = await fetched(path, { signal });
  if (!answer.ok) throw await refusalOf(answer);
  return answer.arrayBuffer();
}

export async function post(path, body = {}) {
  const isFile = body instanceof Blob;
  const answer = await fetched(path, { method: "POST", body: isFile ? body : JSON.stringify(body) });
  if (!answer.ok) throw await refusalOf(answer);
  return answer.json();
}

// Work that may last: told how far it is; ended at once when the signal aborts.
export async function work(path, body, { signal, progress = () => {} } = {}) {
  const answer = await fetched(path, { method: "POST", body: JSON.stringify(body), signal });
  if (!answer.ok) throw await refusalOf(answer);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  let result;
  for (;;) {
    const { done, value } = await reader.read();
    held += value || "";
    const lines = held.split("\n");
    held = lines.pop();
    for (const line of lines) {
      const said = JSON.parse(line);
      if (said.error) throw new Refusal(said);
      if ("result" in said) result = said;
      else progress(said.progress, said.what);
    }
    if (done && result) return result.result;
    if (done) throw new Refusal({ error: UNREACHABLE });
  }
}
