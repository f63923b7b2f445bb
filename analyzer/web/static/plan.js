// The plan: checked while it is being written, drawn as it was understood, problems at their place.

const WAIT_MS = 150; // after the last key
const SAY_MS = 900; // a screen reader is told once the hand rests

const form = document.getElementById("asked");
const text = document.getElementById("plan-text");
const rows = document.getElementById("plan-rows");
const problems = document.getElementById("plan-problems");
const drawn = document.getElementById("plan-drawn");
const said = document.getElementById("plan-said");
const writing = document.getElementById("writing");

let marks = []; // [start, end] of what is wrong, in the text as it stands
let shown = ""; // the text that the rows show

// ---- the text, with numbers and marks behind it ------------------------------------------------

let keys = []; // what each row shows, so that only those that changed are made anew

function draw() {
  shown = text.value;
  let at = 0;
  const wanted = shown.split("\n").map((line) => {
    const end = at + line.length;
    const inside = marks
      .filter(([from, to]) => from <= end && to >= at && (from >= at || to > at))
      .map(([from, to]) => [from - at, to - at]);
    at = end + 1;
    return { line, inside, key: `${inside.join(";")}|${line}` };
  });
  let same = 0;
  const fewer = Math.min(keys.length, wanted.length);
  while (same < fewer && keys[same] === wanted[same].key) same += 1;
  let tail = 0;
  while (tail < fewer - same && keys.at(-1 - tail) === wanted.at(-1 - tail).key) tail += 1;
  for (const gone of [...rows.children].slice(same, keys.length - tail)) gone.remove();
  const made = wanted.slice(same, wanted.length - tail).map(rowOf);
  rows.insertBefore(fragmentOf(made), rows.children[same] ?? null);
  keys = wanted.map((row) => row.key);
}

function fragmentOf(made) {
  const fragment = document.createDocumentFragment();
  fragment.append(...made);
  return fragment;
}

function rowOf({ line, inside }) {
  const row = document.createElement("div");
  if (inside.length) row.className = "wrong";
  row.append(...pieces(line, inside));
  return row;
}

function pieces(line, inside) {
  const made = [];
  let from = 0;
  for (const [start, end] of inside) {
    const first = Math.max(from, start);
    const last = Math.min(line.length, Math.max(end, first));
    made.push(line.slice(from, first));
    const mark = document.createElement("mark");
    mark.textContent = line.slice(first, last) || "\u00a0";
    made.push(mark);
    from = last;
  }
  const rest = line.slice(from);
  made.push(rest || (made.length ? "" : "\u200b"));
  return made;
}

// What was marked moves with the text around it; what is being changed is no longer known wrong.
function follow() {
  const [before, after] = [shown, text.value];
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before[same] === after[same]) same += 1;
  let tail = 0;
  while (tail < shorter - same && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const edge = before.length - tail;
  const by = after.length - before.length;
  marks = marks.flatMap(([start, end]) => {
    if (end < same) return [[start, end]];
    return start > edge ? [[start + by, end + by]] : [];
  });
}

// Places come counted in characters; the browser counts in halves of some.
const unit = (characters, place) => characters.slice(0, place).join("").length;

// ---- asking --------------------------------------------------------------------------------------

let waiting = 0;
let asked = 0; // how many times
let answered = 0; // the latest that is shown
let lastBody = null;

function kind() {
  return form.querySelector("[name=plan]:checked")?.value ?? "text";
}

function body() {
  const fields = new URLSearchParams({ plan: kind() });
  const run = form.querySelector("[name=run]:checked");
  const athlete = form.elements.athlete?.value;
  if (run) fields.set("run", run.value);
  if (athlete) fields.set("athlete", athlete);
  if (kind() === "text") fields.set("plan_text", text.value);
  if (kind() === "folder") fields.set("plan_name", form.elements.plan_name.value);
  return fields;
}

function checkSoon(wait = WAIT_MS) {
  clearTimeout(waiting);
  waiting = setTimeout(check, wait);
}

async function check() {
  clearTimeout(waiting);
  writing.hidden = kind() !== "text";
  const fields = body();
  if (fields.toString() === lastBody) return;
  lastBody = fields.toString();
  asked += 1;
  const turn = asked;
  try {
    const answer = await fetch("/plan", { method: "POST", headers: { "HX-Request": "true" }, body: fields });
    const part = await answer.text();
    if (turn < answered) return; // a later one is shown already
    answered = turn;
    if (answer.ok) show(part, fields.get("plan_text") ?? "");
    else refuse(part);
  } catch {
    lastBody = null;
    if (turn < answered) return;
    problems.textContent = "The server does not answer: is 'progcheck serve' still running?";
  }
}

function parsed(part) {
  const holder = document.createElement("template");
  holder.innerHTML = part;
  return holder.content.firstElementChild;
}

function refuse(part) {
  lastBody = null;
  problems.replaceChildren(parsed(part));
}

// ---- what is shown -------------------------------------------------------------------------------

let saying = 0;

function say(words) {
  clearTimeout(saying);
  saying = setTimeout(() => {
    if (said.textContent !== words) said.textContent = words;
  }, SAY_MS);
}

function show(part, of) {
  const made = parsed(part);
  const { state, line } = made.dataset;
  const list = made.querySelector(".problems");
  const steps = made.querySelector(".blocks-drawn");
  const change = made.querySelector("[data-write]");
  problems.replaceChildren(...(list ? [list] : []));
  drawn.classList.toggle("stale", state === "wrong");
  if (state === "understood") drawn.replaceChildren(steps, ...(change ? [change] : []));
  else if (state === "wrong" && kind() === "text") drawn.querySelector("[data-write]")?.remove();
  else drawn.replaceChildren(...(change ? [change] : []));
  text.setAttribute("aria-invalid", String(state === "wrong" && kind() === "text"));
  if (of === text.value) {
    const characters = [...of];
    marks = [...problems.querySelectorAll("[data-start]")].map((button) => [
      unit(characters, Number(button.dataset.start)),
      unit(characters, Number(button.dataset.end)),
    ]);
    marks.sort((a, b) => a[0] - b[0]);
    draw();
  }
  const items = problems.querySelectorAll("li");
  if (state === "understood") say(`Understood: ${line}`);
  else if (items.length) say(`${items.length === 1 ? "1 problem" : `${items.length} problems`}. ${items[0].textContent.trim()}`);
  else say("");
}

function goTo(button) {
  const characters = [...text.value];
  const start = unit(characters, Number(button.dataset.start));
  const end = unit(characters, Number(button.dataset.end));
  text.focus();
  text.setSelectionRange(start, end);
  const row = rows.children[text.value.slice(0, start).split("\n").length - 1];
  row?.scrollIntoView({ block: "nearest" });
}

// ---- hands ---------------------------------------------------------------------------------------

const LONG = 3000; // characters

function write(words) {
  form.querySelector("[name=plan][value=text]").checked = true;
  writing.hidden = false;
  text.focus();
  text.select();
  // Typed, as it were: what stood there comes back with Ctrl-Z. Of a long text that takes too long.
  if (words.length > LONG || !document.execCommand("insertText", false, words)) {
    text.value = words;
    follow();
    draw();
  }
  text.setSelectionRange(0, 0);
  check();
}

text.addEventListener("input", () => {
  follow();
  draw();
  checkSoon();
});

problems.addEventListener("click", (event) => {
  const button = event.target.closest("[data-start]");
  if (button) goTo(button);
});

drawn.addEventListener("click", (event) => {
  const button = event.target.closest("[data-write]");
  if (button) write(button.dataset.write);
});

document.getElementById("plan-example").addEventListener("click", (event) => {
  write(event.currentTarget.dataset.text);
});

form.addEventListener("change", (event) => {
  if (["plan", "plan_name", "athlete", "run"].includes(event.target.name)) {
    if (event.target.name === "plan_name") form.querySelector("[name=plan][value=folder]").checked = true;
    checkSoon(0);
  }
});

form.addEventListener("asked", () => checkSoon(0));

// A plan that is wrong is not sent on: the hand is led to where it is wrong.
form.addEventListener(
  "submit",
  (event) => {
    const first = problems.querySelector("[data-start]");
    if (kind() !== "text" || text.getAttribute("aria-invalid") !== "true" || !first) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    goTo(first);
  },
  { capture: true },
);

new MutationObserver(() => checkSoon()).observe(document.getElementById("runs"), { childList: true });

// ---- files ---------------------------------------------------------------------------------------

const LARGEST = 256 * 1024; // of a plan
const NAMED_PLAN = /\.(ya?ml|txt|zwo)$/i;

async function open(file) {
  if (file.size > LARGEST && NAMED_PLAN.test(file.name)) {
    problems.textContent = `${file.name}: larger than the limit of 256 KiB; is it a plan?`;
    return;
  }
  const isNamedRun = /\.(gpx|zip|gz)$/i.test(file.name);
  if (isNamedRun || file.size > LARGEST) return passOn(file);
  try {
    const answer = await fetch(`/plan/file?name=${encodeURIComponent(file.name)}`, {
      method: "POST",
      headers: { "HX-Request": "true" },
      body: file,
    });
    if (!answer.ok) return refuse(await answer.text());
    const { text: words, is_run: isRun } = await answer.json();
    if (isRun) passOn(file);
    else write(words);
  } catch {
    problems.textContent = "The server does not answer: is 'progcheck serve' still running?";
  }
}

// A run that was dropped a little beside is a run all the same.
function passOn(file) {
  if (NAMED_PLAN.test(file.name)) {
    problems.textContent = `${file.name} is a run by its content, and a plan by its name: rename it.`;
    return;
  }
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}

document.getElementById("plan-file").addEventListener("change", (event) => {
  const [file] = event.target.files;
  if (file) open(file);
  event.target.value = "";
});

document.addEventListener("plan-file", (event) => open(event.detail));

// On the plan, a FIT or TCX file is a workout; elsewhere it is a run.
const here = text.closest("section");
here.addEventListener("dragover", () => here.classList.add("over"));
here.addEventListener("dragleave", (event) => {
  if (!here.contains(event.relatedTarget)) here.classList.remove("over");
});
here.addEventListener("drop", (event) => {
  const [file] = event.dataTransfer.files;
  if (!file) return;
  event.preventDefault();
  event.stopPropagation();
  here.classList.remove("over");
  dispatchEvent(new DragEvent("dragleave", { dataTransfer: event.dataTransfer }));
  open(file);
});

draw();
if (text.value.trim() || kind() !== "text") check();
