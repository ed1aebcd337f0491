// The page's script, first part: what the others share, the source, and the quote on hover.
// Gradio's HTML parts register here through connect(); clicks are heard in one place, by
// attribute, because Gradio draws its parts anew.
window.ungp = (() => {
  "use strict";

  const parts = {}; // name → { element, trigger, props }
  const clicks = []; // [selector, what to do with the element]
  const drawn = {}; // name → what to do when a part's value has changed
  let server, upload;

  const byId = (id) => document.getElementById(id);
  const phone = window.matchMedia("(max-width: 860px)");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const language = () => document.querySelector(".top")?.dataset.language || "en";
  const say = (key) => JSON.parse(document.querySelector(".top")?.dataset.strings || "{}")[key];

  function connect(name, element, trigger, watch, props, server_, upload_) {
    parts[name] = { element, trigger, props };
    if (name === "header") {
      server = server_;
      upload = upload_;
    }
    // The value of now: a second one may come before the frame, and be the older of the two.
    const draw = () => {
      const { value } = props;
      requestAnimationFrame(() => drawn[name]?.(value));
    };
    watch("value", draw);
    draw();
  }

  // These are sent one after the other: of two verdicts on an answer the later one is meant.
  const ORDERED = ["rate", "kept", "rename", "delete", "restore", "remove", "keep"];
  let before = Promise.resolve();

  // Ask the server for something that is no answer; trouble is announced.
  async function act(what, more = {}) {
    const send = () => server.act({ do: what, language: language(), ...more });
    let reply;
    try {
      if (!ORDERED.includes(what)) reply = await send();
      else reply = await (before = before.then(send, send));
    } catch {
      reply = { error: say("unreachable") };
    }
    if (reply?.error) announce(reply.error, true);
    return reply || {};
  }

  const live = document.createElement("div");
  live.id = "live";
  live.setAttribute("role", "status");
  let fading;

  function announce(text, seen = false) {
    if (!live.isConnected) document.body.append(live);
    live.className = seen ? "seen" : "unseen";
    live.textContent = text;
    clearTimeout(fading);
    fading = setTimeout(() => { live.className = "unseen"; live.textContent = ""; }, 6000);
  }

  async function copyText(text, button, done) {
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
    announce(done);
    const label = button.dataset.label || button.textContent;
    button.dataset.label = label;
    button.textContent = done;
    setTimeout(() => (button.textContent = label), 2000);
  }

  // --- the source -------------------------------------------------------------------------

  let opener = ""; // id of the button that opened the source
  let looks = 0; // how many sources the reader has asked for
  let wanted = 0; // number of the one that is to come, 0 when none is
  let last = []; // the event and what was sent with it

  function openPanel(button) {
    if (button.id && !button.closest("#source-column")) opener = button.id;
    document.body.classList.add("source-wanted");
    if (!phone.matches || document.body.classList.contains("source-open")) return;
    document.body.classList.add("source-open");
    byId("middle").inert = true;
    history.pushState({ source: true }, "");
  }

  function closePanel() {
    document.body.classList.remove("source-open", "source-wanted");
    byId("middle").inert = false;
    const button = opener && byId(opener);
    if (button) {
      button.focus({ preventScroll: true }); // the reader returns to the line they left
      const { top, bottom } = button.getBoundingClientRect();
      if (bottom < 0 || top > window.innerHeight) button.scrollIntoView({ block: "center" });
    }
    hideTip();
  }

  function look(event, what) {
    wanted = looks += 1;
    last = [event, { ...what, look: looks }];
    parts.source.trigger(...last);
  }

  const shownLook = () => Number(byId("source").querySelector("[data-look]")?.dataset.look);

  // What was drawn is older than what was asked for last: that one was covered, is still to come,
  // or was lost where both came at once. Asked for under its own number, it does no harm twice.
  function lookAgain(number) {
    if (number !== looks || !(shownLook() < number)) return;
    wanted = number;
    parts.source.trigger(...last);
  }

  // What comes unasked, or was asked for before something else, moves neither focus nor place.
  drawn.source = () => {
    const shown = shownLook();
    if (shown && shown === wanted) reveal();
    else if (shown < looks) setTimeout(lookAgain, wanted ? 1000 : 0, looks);
  };

  function reveal() {
    wanted = 0;
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
    const { open, start, end, quote } = button.dataset;
    const shown = document.querySelector("#source-column .side")?.dataset.shown;
    if (shown === `${open}:${start}:${end}`) reveal();
    else look("select", { article: open, start: Number(start), end: Number(end), quote });
  }

  function back() {
    if (phone.matches && history.state?.source) history.back();
    else closePanel();
  }

  function passages(button, from) {
    if (from) openPanel(button);
    look("input", {});
  }

  clicks.push(
    ["[data-open]", openSource],
    ["[data-panel]", (button) => passages(button, true)],
    ["[data-passages]", (button) => passages(button, false)],
    ["[data-back]", back],
    ["[data-copy]", (button) => copyText(button.dataset.copy, button, say("copied"))],
  );
  window.addEventListener("popstate", () => {
    if (document.body.classList.contains("source-open")) closePanel();
  });

  // --- the quote on hover and focus -------------------------------------------------------

  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");

  function showTip(button) {
    const quote = document.createElement("q");
    const from = document.createElement("span");
    const note = document.createElement("span");
    quote.textContent = button.dataset.tip;
    from.textContent = button.dataset.tipFrom;
    note.textContent = button.dataset.tipNote || "";
    tip.replaceChildren(quote, from, note);
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
  // The quote stays while the pointer is on it, so that it can be read in peace (WCAG 1.4.13).
  for (const name of ["mouseover", "focusin"]) {
    document.addEventListener(name, (event) => {
      const button = event.target.closest?.("[data-tip]");
      if (button) showTip(button);
      else if (!event.target.closest?.("#tip")) hideTip();
    });
  }

  // --- listeners --------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    hideTip();
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    for (const [selector, run] of clicks) {
      const found = event.target.closest?.(selector);
      if (found) return void run(found, event);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details.menu[open]");
    if (!tip.hidden) hideTip();
    else if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.target.closest?.("#source-column")) back();
  });

  return {
    act, announce, byId, calm, clicks, connect, copyText, drawn, language, parts, phone, say,
    looks: () => looks,
    upload: (file) => upload(file),
  };
})();
