// Opening sources, copying quotes, seconds of waiting, and where the focus goes.
// Gradio's HTML parts register here through connect(); everything else is one listener each.
(() => {
  "use strict";

  const triggers = {};
  const phone = window.matchMedia("(max-width: 860px)");
  let opener = ""; // id of the button that opened the source
  let wanted = false; // the reader asked for the source that comes next
  let began = 0; // when the answer on its way was asked for, in ms

  const byId = (id) => document.getElementById(id);
  const smooth = () =>
    window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

  function connect(name, element, trigger, watch) {
    triggers[name] = trigger;
    if (name === "source") watch("value", () => requestAnimationFrame(reveal));
    if (name === "conversation") watch("value", () => requestAnimationFrame(follow));
  }

  // --- the source -------------------------------------------------------------------------

  function openPanel(button) {
    if (button.id && !button.closest("#source-column")) opener = button.id;
    wanted = true;
    if (!phone.matches || document.body.classList.contains("source-open")) return;
    document.body.classList.add("source-open");
    byId("middle").inert = true;
    history.pushState({ source: true }, "");
  }

  function closePanel() {
    document.body.classList.remove("source-open");
    byId("middle").inert = false;
    const button = opener && byId(opener);
    if (button) button.focus({ preventScroll: !phone.matches });
    hideTip();
  }

  function reveal() {
    if (!wanted) return;
    wanted = false;
    const column = byId("source-column");
    const lit = column.querySelector("mark");
    (lit || byId("source-title"))?.focus({ preventScroll: true });
    const place = lit ? lit.getBoundingClientRect().top - column.getBoundingClientRect().top : 0;
    const down = column.scrollTop + place;
    const near = down < column.clientHeight * 0.7; // then the title stays in view as well
    column.scrollTo({ top: near ? 0 : down - column.clientHeight / 3 });
  }

  function openSource(button) {
    openPanel(button);
    const { open, start, end } = button.dataset;
    const shown = document.querySelector("#source-column .side")?.dataset.shown;
    if (shown === `${open}:${start}:${end}`) reveal();
    else triggers.source("select", { article: open, start: Number(start), end: Number(end) });
  }

  function back() {
    if (phone.matches && history.state?.source) history.back();
    else closePanel();
  }

  async function copy(button) {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea"); // no clipboard without https
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    const label = button.textContent;
    if (label === "Copied") return;
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = label), 2000);
  }

  // --- the conversation -------------------------------------------------------------------

  function follow() {
    const turns = document.querySelectorAll("#conversation .turn");
    const last = turns[turns.length - 1];
    const waiting = document.querySelector("#conversation .waiting");
    if (waiting && !began) {
      began = Date.now();
      last.scrollIntoView({ block: "start", behavior: smooth() });
    }
    if (!waiting) began = 0;
    tick(); // the new text came without its seconds
  }

  function tick() {
    const seconds = document.querySelector("#conversation .seconds");
    if (!seconds || !began) return;
    const passed = Math.floor((Date.now() - began) / 1000);
    seconds.textContent = passed > 5 ? `, ${passed} seconds` : "";
  }

  function fold(button, folded) {
    document.body.classList.toggle("filters-folded", folded);
    button.setAttribute("aria-expanded", String(!folded));
  }

  // --- the quote on hover and focus -------------------------------------------------------

  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");

  function showTip(button) {
    const quote = document.createElement("q");
    const from = document.createElement("span");
    quote.textContent = button.dataset.tip;
    from.textContent = button.dataset.tipFrom;
    tip.replaceChildren(quote, from);
    if (!tip.isConnected) document.body.append(tip);
    tip.hidden = false;
    const at = button.getBoundingClientRect();
    const left = Math.min(at.left, window.innerWidth - tip.offsetWidth - 12);
    const below = at.bottom + 6;
    const fits = below + tip.offsetHeight < window.innerHeight;
    tip.style.left = `${Math.max(12, left)}px`;
    tip.style.top = `${fits ? below : at.top - tip.offsetHeight - 6}px`;
  }

  const hideTip = () => (tip.hidden = true);
  for (const name of ["mouseover", "focusin"]) {
    document.addEventListener(name, (event) => {
      const button = event.target.closest?.("[data-tip]");
      if (button) showTip(button);
      else hideTip();
    });
  }

  // --- listeners --------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest?.(selector);
    hideTip();
    if (hit("[data-open]")) openSource(hit("[data-open]"));
    else if (hit("[data-ask]")) triggers.conversation("submit", { question: hit("[data-ask]").dataset.ask });
    else if (hit("[data-panel]")) { openPanel(hit("[data-panel]")); triggers.source("input", {}); }
    else if (hit("[data-passages]")) { wanted = true; triggers.source("input", {}); }
    else if (hit("[data-back]")) back();
    else if (hit("[data-copy]")) copy(hit("[data-copy]"));
    else if (hit("[data-fold]"))
      fold(hit("[data-fold]"), !document.body.classList.contains("filters-folded"));
    else if (hit(".skip") || hit("#stop")) document.querySelector("#question-box textarea")?.focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!tip.hidden) hideTip();
    else if (event.target.closest?.("#source-column")) back();
  });

  window.addEventListener("popstate", () => {
    if (document.body.classList.contains("source-open")) closePanel();
  });

  setInterval(tick, 1000);

  const ready = setInterval(() => {
    const button = document.querySelector("[data-fold]");
    if (!button) return;
    clearInterval(ready);
    fold(button, phone.matches);
  }, 50);

  window.ungp = { connect };
})();
