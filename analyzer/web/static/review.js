// The review page: files that are dropped, what is asked for, and what the answer sets in motion.
import { liven } from "./figure.js";

const form = document.getElementById("asked");
const runs = document.getElementById("runs");
const review = document.getElementById("review");
const problem = document.getElementById("problem");
const said = document.getElementById("said");

export function ask() {
  htmx.trigger(form, "asked");
}

// ---- files -----------------------------------------------------------------------------------

const PLANS = /\.(ya?ml|txt|zwo)$/i;

async function take(files) {
  const plans = [...files].filter((file) => PLANS.test(file.name));
  const recordings = [...files].filter((file) => !PLANS.test(file.name));
  for (const file of plans) {
    document.dispatchEvent(new CustomEvent("plan-file", { detail: file }));
  }
  if (!recordings.length) return;
  problem.replaceChildren();
  const before = [...runs.children]; // they stay if nothing of this can be read
  let isNew = false;
  for (const file of recordings) isNew = (await drop(file)) || isNew;
  if (!isNew) return;
  for (const each of before) each.remove();
  chosen();
}

const WORKOUT = /\.(fit|tcx)$/i;
const MOST_PLAN = 256 * 1024;

async function isWorkout(file) {
  // A workout for the watch has the ending of a recording: it is a plan all the same.
  if (!WORKOUT.test(file.name) || file.size > MOST_PLAN) return false;
  const head = await file.slice(0, 64).text();
  if (!head.includes(".FIT") && !head.trimStart().startsWith("<")) return false;
  const answer = await fetch(`/plan/file?name=${encodeURIComponent(file.name)}`, {
    method: "POST",
    body: file,
  });
  return answer.ok && !(await answer.json()).is_run;
}

async function drop(file) {
  said.textContent = `Reading ${file.name}`;
  document.body.classList.add("reading");
  try {
    const answer = await fetch(`/runs?name=${encodeURIComponent(file.name)}`, {
      method: "POST",
      headers: { "HX-Request": "true" },
      body: file,
    });
    const part = await answer.text();
    if (!answer.ok && (await isWorkout(file))) {
      document.dispatchEvent(new CustomEvent("plan-file", { detail: file }));
      return false;
    }
    const where = answer.ok ? runs : problem;
    where.insertAdjacentHTML("beforeend", part);
    if (answer.ok) document.body.classList.add("has-run");
    return answer.ok;
  } catch {
    problem.textContent = "The server does not answer: is 'progcheck serve' still running?";
    return false;
  } finally {
    document.body.classList.remove("reading");
    said.textContent = "";
  }
}

const carried = form.querySelector("[name=plan][value=carried]");

function offerCarried() {
  const run = form.querySelector("[name=run]:checked");
  const hasWorkout = run !== null && "workout" in run.dataset;
  carried.closest("label").hidden = !hasWorkout;
  return hasWorkout;
}

function chosen() {
  if (!form.querySelector("[name=run]:checked")) return;
  const hasWorkout = offerCarried();
  if (hasWorkout && !form.plan_text.value.trim()) carried.checked = true;
  if (!hasWorkout && carried.checked) {
    form.querySelector("[name=plan][value=fitting], [name=plan][value=text]").checked = true;
  }
  forget();
  keepDesk();
  if (canAsk()) ask();
  else form.plan_text.focus(); // what is missing is where the caret is
}

function canAsk() {
  const run = form.querySelector("[name=run]:checked");
  const kind = form.querySelector("[name=plan]:checked")?.value;
  return run && (kind !== "text" || form.plan_text.value.trim());
}

// ---- what lay here outlives a reload ---------------------------------------------------------

const WRITTEN = "progcheck plan";
const DESK = "progcheck desk"; // the runs by the names that the server gave them, and what was asked
const PLACING = ["start", "match", "track"];
let placing = null; // what the review that lay here was asked for, until it is here again

function keepDesk() {
  const names = [...form.querySelectorAll("[name=run]")].map((run) => run.value);
  const fields = Object.fromEntries(new FormData(form));
  const isReviewed = review.firstElementChild !== null;
  sessionStorage.setItem(DESK, JSON.stringify({ names, fields, isReviewed }));
}

function choose(name, value) {
  const field = form.elements[name];
  if (!field || value === undefined) return;
  const option = [...(field.options ?? field)].find((each) => each.value === value);
  if (option) field.value = value;
}

async function layOut({ names, fields, isReviewed }) {
  const query = new URLSearchParams(names.map((name) => ["run", name]));
  const answer = await fetch(`/desk?${query}`);
  if (answer.status !== 200) return sessionStorage.removeItem(DESK); // the server was stopped
  const part = await answer.text();
  if (runs.children.length) return; // somebody was faster
  runs.insertAdjacentHTML("beforeend", part);
  document.body.classList.add("has-run");
  const run = runs.querySelector(`[value="${CSS.escape(fields.run)}"]`);
  if (run) run.checked = true;
  offerCarried();
  for (const name of ["plan", "plan_name", "athlete"]) choose(name, fields[name]);
  if (!run || !isReviewed || !canAsk()) return;
  placing = Object.fromEntries(PLACING.map((name) => [name, fields[name] ?? ""]));
  ask();
}

form.addEventListener("input", (event) => {
  if (event.target === form.plan_text) sessionStorage.setItem(WRITTEN, form.plan_text.value);
  const isPlan = event.target.closest?.("#plan-kind, #writing, .tools");
  if (isPlan) document.body.classList.toggle("outdated", review.firstElementChild !== null);
});

addEventListener("load", () => {
  const written = sessionStorage.getItem(WRITTEN);
  if (written && !form.plan_text.value) {
    form.plan_text.value = written;
    form.plan_text.dispatchEvent(new Event("input", { bubbles: true })); // and it is drawn
  }
  const desk = sessionStorage.getItem(DESK);
  if (desk) layOut(JSON.parse(desk)).catch(() => {}); // no server: the next thing asked says so
});

document.getElementById("file").addEventListener("change", (event) => {
  take(event.target.files);
  event.target.value = "";
});

let depth = 0;
const carriesFiles = (event) => [...event.dataTransfer.types].includes("Files");
addEventListener("dragenter", (event) => {
  if (!carriesFiles(event)) return;
  depth += 1;
  document.body.classList.add("dropping");
});
addEventListener("dragleave", (event) => {
  if (!carriesFiles(event)) return;
  depth = Math.max(0, depth - 1);
  if (!depth) document.body.classList.remove("dropping");
});
addEventListener("dragover", (event) => {
  if (carriesFiles(event)) event.preventDefault();
});
addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  depth = 0;
  document.body.classList.remove("dropping");
  take(event.dataTransfer.files);
});

// ---- what is asked ---------------------------------------------------------------------------

function forget() {
  // Another run or plan: where the blocks of the last one were is nothing to go by.
  moved = placing = null;
  for (const name of ["start", "match"]) {
    const field = form.elements[name];
    if (field) field.value = "";
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  problem.replaceChildren();
  if (!form.querySelector("[name=run]:checked")) {
    problem.textContent = "Drop a run first, or choose its file.";
    document.getElementById("file").focus();
    return;
  }
  if (!canAsk()) {
    problem.textContent = "Write the plan first, or open one.";
    form.plan_text.focus();
    return;
  }
  ask();
});

runs.addEventListener("change", chosen);

form.addEventListener("htmx:configRequest", (event) => {
  const { parameters } = event.detail;
  Object.assign(parameters, placing);
  if (moved) {
    parameters.moved = String(moved.block);
    parameters.moved_to = String(Math.round(moved.at));
    parameters.start = "";
  }
});

let moved = null; // what the hand asked for last, until it is answered
let putBack = () => {}; // the edges

const hand = {
  // While an edge is in the hand, no answer to what was asked before may take it away.
  take() {
    moved = null;
    htmx.trigger(form, "htmx:abort");
  },
  move(block, at, by) {
    moved = { block, at, by };
    ask();
  },
};

function letGo() {
  moved = null;
  putBack();
}

review.addEventListener("change", (event) => {
  moved = null;
  if (event.target.form === form) ask();
});

review.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { start, reset, step, copy } = button.dataset;
  if (start !== undefined) {
    moved = null;
    form.elements.start.value = start;
    ask();
  } else if (reset !== undefined) {
    moved = null;
    forget();
    ask();
  } else if (step !== undefined) {
    const by = (moved?.by ?? 0) + Number(step); // of steps that are not answered yet, none is lost
    if (review.querySelector("tr[data-span]")) hand.move(1, shownStart() + by, by);
  } else if (copy !== undefined) {
    await navigator.clipboard.writeText(copy);
    button.textContent = "Copied";
  }
});

// A button that an answer takes away between press and release would not be clicked.
review.addEventListener("pointerdown", (event) => {
  if (event.target.closest("[data-step]")) htmx.trigger(form, "htmx:abort");
});

function shownStart() {
  const { value, placeholder } = form.elements.start;
  const written = secondsOf(value || placeholder);
  return Number.isNaN(written) ? secondsOf(placeholder) : written; // of what is no time, nothing is left
}

function secondsOf(text) {
  const sign = /^[-−]/.test(text) ? -1 : 1;
  const parts = text.replace(/^[-−]/, "").split(":").map(Number);
  return sign * parts.reduce((sum, part) => 60 * sum + part, 0);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) problem.replaceChildren();
});

// ---- the verdict is what stands on top -------------------------------------------------------

const bar = document.getElementById("bar");
const change = document.getElementById("change");

function fold(isFolded) {
  bar.hidden = false;
  document.body.classList.toggle("folded", isFolded);
  change.setAttribute("aria-expanded", String(!isFolded));
}

change.addEventListener("click", () => {
  fold(!document.body.classList.contains("folded"));
  if (!document.body.classList.contains("folded")) document.getElementById("file").focus();
});

// ---- what the answer sets in motion ----------------------------------------------------------

document.addEventListener("htmx:beforeRequest", () => problem.replaceChildren());

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== review) return;
  const last = moved;
  moved = null;
  const made = review.querySelector(".made");
  if (!made) return;
  placing = null;
  keepDesk();
  said.textContent = made.dataset.sentence;
  document.getElementById("bar-words").textContent = made.dataset.about;
  document.body.classList.remove("outdated");
  fold(true);
  putBack = liven(made, hand, last?.block);
});

form.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.xhr.status >= 400) letGo(); // a move that was refused is not asked for again
});

document.addEventListener("htmx:sendError", () => {
  letGo();
  problem.textContent = "The server does not answer: is 'progcheck serve' still running?";
});
