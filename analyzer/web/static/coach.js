// The coach's pages: a figure with a cursor, runs to compare, notes and messages.
import { liven } from "./figure.js";

const kept = document.querySelector(".kept");
if (kept) liven(kept, null);

// ---- runs to compare -------------------------------------------------------------------------

const MOST = 60;

function choose() {
  const form = document.getElementById("choose");
  const button = form?.querySelector("[data-compare]");
  if (!button) return;
  const boxes = [...form.querySelectorAll("input[name=run]")];
  const ticked = boxes.filter((box) => box.checked);
  const session = ticked[0]?.dataset.session;
  for (const box of boxes) {
    box.disabled = Boolean(session) && box.dataset.session !== session;
    box.closest("tr").classList.toggle("other", box.disabled);
  }
  button.disabled = ticked.length < 2 || ticked.length > MOST;
  button.textContent = ticked.length > 1 ? `Compare ${ticked.length} runs` : "Compare";
  form.querySelector("[data-chosen]").textContent = !ticked.length
    ? "Tick two runs of one plan, or more, to lay them side by side."
    : ticked.length === 1
      ? "Tick another run of the same plan."
      : ticked.length > MOST
        ? `At most ${MOST} at once.`
        : "";
}

// ---- back and forward ------------------------------------------------------------------------

const filters = document.getElementById("filters");

const same = (one, other) => `${new URLSearchParams(one)}` === `${new URLSearchParams(other)}`;

// Who went back while the page was still loading has the address of one list and sees another:
// htmx was not there yet to hear of it. Its own listener is in place before this one is called.
if (filters) {
  addEventListener("DOMContentLoaded", () => {
    if (!same(filters.dataset.shownFor, location.search)) location.reload();
  });
}

// ---- the note --------------------------------------------------------------------------------

const note = document.getElementById("note");

if (note) {
  const text = document.getElementById("note-text");
  const state = document.getElementById("note-kept");
  const changed = document.getElementById("note-changed");
  const other = () => document.getElementById("note-other");
  const over = () => note.elements.over; // what is kept, as far as this window knows
  const key = note.getAttribute("hx-post");
  let waiting = false;
  let sent = null;
  text.addEventListener("input", () => {
    waiting = true;
    state.textContent = other() ? "not kept" : "";
  });
  note.addEventListener("htmx:configRequest", (event) => {
    if (other() && other().value !== over().value) {
      event.preventDefault(); // first somebody says which of the two is to be kept
      return;
    }
    if (sent !== null) event.detail.parameters.sent = sent;
    sent = text.value;
  });
  note.addEventListener("htmx:beforeRequest", () => (waiting = false));
  note.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) {
      changed.replaceChildren();
      return;
    }
    waiting = true;
    state.textContent = "not kept";
  });
  addEventListener("pagehide", () => {
    if (!waiting) return; // what was typed in the last moment
    const body = new URLSearchParams(new FormData(note));
    if (sent !== null) body.set("sent", sent);
    sessionStorage.setItem(key, body); // nobody sees whether it is kept
    fetch(key, { method: "POST", body, keepalive: true });
  });
  changed.addEventListener("click", (event) => {
    const which = event.target.closest("button")?.dataset.noteKeep;
    if (!which) return;
    over().value = other().value;
    if (which === "other") text.value = other().value;
    else changed.replaceChildren();
    note.requestSubmit();
    text.focus();
  });
  addEventListener("DOMContentLoaded", () => {
    const left = new URLSearchParams(sessionStorage.getItem(key) ?? "");
    sessionStorage.removeItem(key);
    if (!left.has("note") || left.get("note").trim() === text.value) return;
    text.value = left.get("note");
    over().value = left.get("over");
    sent = left.get("sent");
    note.requestSubmit();
  });
}

// ---- messages --------------------------------------------------------------------------------

function count() {
  const said = document.getElementById("approved");
  if (!said) return;
  const forms = [...document.querySelectorAll("form.approval")];
  const done = forms.filter((form) => form.dataset.state === "approved").length;
  said.textContent = `${done} of ${forms.length} approved.`;
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form.approval");
  if (!form || event.target.name !== "text") return;
  const { value, defaultValue, dataset } = event.target;
  for (const button of form.querySelectorAll("[data-if-changed]")) button.hidden = value === defaultValue;
  for (const button of form.querySelectorAll("[data-written-of]")) button.hidden = value === dataset.written;
});

let isApprovingAll = false;

async function approveAll() {
  for (const form of document.querySelectorAll("form.approval[data-state=open]")) {
    const values = { ...Object.fromEntries(new FormData(form)), do: "approve" };
    await htmx.ajax("POST", form.getAttribute("action"), { target: form, swap: "outerHTML", values });
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { copyOf, writtenOf, otherOf } = button.dataset;
  if (copyOf) {
    await navigator.clipboard.writeText(document.getElementById(copyOf).value);
    button.textContent = "Copied";
  } else if (writtenOf) {
    const text = document.getElementById(writtenOf);
    text.value = text.dataset.written;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  } else if (otherOf) {
    const form = button.closest("form");
    form.elements.text.value = form.querySelector("[readonly]").value;
    form.requestSubmit(form.querySelector("[value=approve]"));
  } else if ("approveAll" in button.dataset) {
    button.disabled = isApprovingAll = true;
    await approveAll();
    button.disabled = isApprovingAll = false;
    button.focus();
  }
});

// ---- an export that is uploaded ---------------------------------------------------------------

const upload = document.getElementById("upload");

function named(files) {
  const size = [...files].reduce((sum, file) => sum + file.size, 0) / 1024 / 1024;
  const words = files.length === 1 ? files[0].name : `${files.length} files`;
  return files.length ? `${words}, ${size < 10 ? size.toFixed(1) : Math.round(size)} MB` : "";
}

if (upload) {
  const files = document.getElementById("files");
  const sending = document.getElementById("sending");
  files.addEventListener("change", () => {
    document.getElementById("chosen-files").textContent = named(files.files);
  });
  const carriesFiles = (event) => [...event.dataTransfer.types].includes("Files");
  addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    document.body.classList.remove("dropping");
    files.files = event.dataTransfer.files;
    files.dispatchEvent(new Event("change"));
  });
  upload.elements.plan_text.addEventListener("input", (event) => {
    if (event.target.value.trim()) upload.querySelector("[name=plan][value=text]").checked = true;
  });
  upload.addEventListener("htmx:xhr:progress", (event) => {
    sending.hidden = false;
    const { loaded, total } = event.detail;
    if (total) sending.querySelector("progress").value = loaded / total;
  });
  upload.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) sending.hidden = true;
  });
}

// ---- whatever is swapped in ------------------------------------------------------------------

document.addEventListener("change", choose);
document.addEventListener("htmx:afterSettle", (event) => {
  choose();
  count();
  const form = event.target.closest?.("form.approval");
  if (form && document.activeElement === document.body && !isApprovingAll) {
    form.querySelector("button:not([hidden])").focus({ preventScroll: true }); // it was in this one
  }
});
document.addEventListener("htmx:afterRequest", (event) => {
  const problem = document.getElementById("problem");
  if (event.detail.successful) problem.replaceChildren();
});
document.addEventListener("htmx:sendError", () => {
  document.getElementById("problem").textContent =
    "The server does not answer: is 'progcheck serve' still running?";
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) document.getElementById("problem").replaceChildren();
});
addEventListener("pageshow", choose);
choose();
