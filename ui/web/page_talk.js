// The page's script, second part: drawing the conversation, asking, editing, rating, saving.
(() => {
  "use strict";

  const { act, announce, byId, calm, clicks, copyText, drawn, parts, say } = window.ungp;
  const box = () => document.querySelector("#question-box textarea");
  const talk = () => document.querySelector("#conversation .talk");
  let writing = false; // the script itself writes into the box
  let editing = ""; // id of the turn that the next question replaces
  let steps = 1; // number of the reader's last act on the conversation; arriving was the first
  let returns = "0"; // how many questions the server has given back
  let began = 0; // when the answer on its way was asked for, in ms
  let said = 0; // sentences of the last answer that have been announced
  let link = new URLSearchParams(location.search).get("a"); // the answer a link leads to

  // What is open, pressed or being written in is the reader's and stays.
  const KEPT = { DETAILS: ["open"], BUTTON: ["aria-pressed"], FORM: ["hidden"] };

  // Make `old` look like `fresh`, touching only what differs.
  function morph(old, fresh) {
    const kept = KEPT[old.nodeName] || [];
    for (const { name } of [...old.attributes])
      if (!fresh.hasAttribute(name) && !kept.includes(name)) old.removeAttribute(name);
    for (const { name, value } of [...fresh.attributes])
      if (old.getAttribute(name) !== value && !kept.includes(name)) old.setAttribute(name, value);
    const wanted = [...fresh.childNodes];
    wanted.forEach((child, place) => {
      const there = old.childNodes[place];
      const same = there && there.nodeName === child.nodeName && there.id === child.id;
      if (!there) old.append(child);
      else if (!same) there.replaceWith(child);
      else if (child.nodeType !== Node.ELEMENT_NODE) {
        if (there.data !== child.data) there.data = child.data;
      } else if (!there.isEqualNode(child)) morph(there, child);
    });
    while (old.childNodes.length > wanted.length) old.lastChild.remove();
  }

  drawn.conversation = (html) => {
    const host = document.querySelector("#conversation .talk-host");
    if (!host || typeof html !== "string") return;
    const template = document.createElement("template");
    template.innerHTML = html;
    const before = talk()?.dataset;
    const fresh = template.content.firstElementChild.dataset;
    if (Number(fresh.view) < Number(before?.view || 0)) return; // overtaken on its way
    const [was, ran] = [before?.conversation, before?.running];
    if (host.firstElementChild) morph(host.firstElementChild, template.content.firstElementChild);
    else host.append(template.content.firstElementChild);
    follow();
    const now = talk().dataset;
    // The first drawing is empty; the address still names what the page is about to show.
    if (now.conversation !== was && was !== undefined) moved(now);
    if (now.conversation !== was || now.running !== ran)
      document.dispatchEvent(new CustomEvent("kept", { detail: now }));
    if (now.returns !== returns) takeBack(now);
    else if (now.running === "1" || was === undefined) keepDraft();
    arriveAt();
  };

  // Another conversation is shown: the address names it, so that a reload brings it back.
  function moved({ conversation, title }) {
    const search = conversation ? `?c=${conversation}` : location.pathname;
    if (conversation && link && !byId(`turn-${link}`)) link = ""; // it led nowhere
    if (!link) history.replaceState(history.state, "", search + location.hash);
    document.title = title ? `${title} – UNGP Assistant` : "UNGP Assistant";
    stopEditing();
  }

  function arriveAt() {
    const turn = link && byId(`turn-${link}`);
    if (!turn) return;
    link = "";
    turn.classList.add("linked");
    turn.scrollIntoView({ block: "start" });
    turn.querySelector("h2").focus({ preventScroll: true });
  }

  function follow() {
    const last = [...document.querySelectorAll("#conversation .turn")].at(-1);
    const waiting = document.querySelector("#conversation .waiting");
    if (waiting && !began) {
      began = Date.now();
      said = 0;
      last.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    }
    const sentences = [...(last?.querySelectorAll(".sentence") || [])];
    if (began && sentences.length > said) {
      const fresh = sentences.slice(said).map((one) => one.firstChild.textContent);
      said = sentences.length;
      announce(fresh.join(" "));
    }
    if (began && !waiting) {
      const panel = last?.querySelector(".not-said .answer, .trouble, .stopped");
      setTimeout(() => announce(panel ? panel.textContent : say("answer_ready")), 500);
    }
    if (!waiting) began = 0;
    tick(); // the new text came without its seconds
  }

  function tick() {
    const seconds = document.querySelector("#conversation .seconds");
    if (!seconds || !began) return;
    const passed = Math.floor((Date.now() - began) / 1000);
    const text = passed > 5 ? seconds.dataset.form.replace("{seconds}", passed) : "";
    if (seconds.textContent !== text) seconds.textContent = text;
  }
  setInterval(tick, 1000);

  // --- asking -----------------------------------------------------------------------------

  const ask = (what) => parts.conversation.trigger("submit", what);

  // Each act on the conversation has a number, by which the server keeps their order.
  window.ungp.step = () => ({ step: (steps += 1) });

  window.ungp.asked = () =>
    ({ ...window.ungp.step(), filters: window.ungp.filters(), looks: window.ungp.looks() });

  // The box is emptied here and not by the server, whose word would come after the reader has
  // begun to write the next question. The draft stays until the question has arrived.
  window.ungp.typed = (question) => {
    const sent = { ...window.ungp.asked(), replace: editing, typed: true };
    stopEditing();
    touched = true;
    write("");
    sessionStorage.setItem(DRAFT, question);
    return sent;
  };

  // A question that could not be asked is put back before what has been written since.
  function takeBack(now) {
    ({ returns } = now);
    const button = now.replaces && document.querySelector(`[data-edit="${now.replaces}"]`);
    const since = box().value;
    if (button) startEditing(button);
    write([now.returned, since].filter((text) => text.trim()).join("\n"));
  }

  window.ungp.arrival = () => {
    const asked = new URLSearchParams(location.search);
    const language = localStorage.getItem("ungp-language") || "";
    return { language, conversation: asked.get("c"), answer: asked.get("a") };
  };

  function write(text) {
    const area = box();
    area.value = text;
    writing = true;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    writing = false;
  }

  // What is being written survives a reload, in this tab alone.
  const DRAFT = "ungp-draft";
  const keepDraft = () => {
    const draft = sessionStorage.getItem(DRAFT);
    if (begun) sessionStorage.setItem(DRAFT, box().value);
    else if (draft) putBack(draft, 15);
    begun = true;
  };
  let begun = false; // the draft of an earlier page has been looked for
  let touched = false; // the reader has written or asked since

  // Gradio may empty the box once more while it makes it live.
  function putBack(draft, looks) {
    if (touched || !looks) return;
    if (box() && !box().value) write(draft);
    setTimeout(() => putBack(draft, looks - 1), 200);
  }

  document.addEventListener("input", (event) => {
    if (event.target !== box()) return;
    touched ||= !writing;
    sessionStorage.setItem(DRAFT, event.target.value);
  });

  // Go to a conversation, or to a new one ("").
  window.ungp.moveTo = (id) => {
    touched = true;
    stopEditing();
    write("");
    parts.conversation.trigger("select", { id });
  };

  function startEditing(button) {
    stopEditing();
    editing = button.dataset.edit;
    const turn = button.closest(".turn");
    write(turn.querySelector(".question").textContent);
    box().focus();
    const bar = document.createElement("p");
    const cancel = document.createElement("button");
    bar.id = "editing";
    bar.className = "quiet";
    cancel.type = "button";
    cancel.className = "small";
    cancel.textContent = say("cancel");
    cancel.dataset.cancel = "";
    bar.append(`${say("editing")} `, cancel);
    byId("question-row").before(bar);
    turn.classList.add("edited");
  }

  function stopEditing() {
    if (editing) document.querySelector(".turn.edited")?.classList.remove("edited");
    editing = "";
    byId("editing")?.remove();
  }

  function rate(button) {
    const up = button.dataset.up === "1";
    const group = button.closest(".answer-actions");
    for (const one of group.querySelectorAll("[data-rate]"))
      one.setAttribute("aria-pressed", String(one === button));
    const form = group.querySelector(".reason");
    form.hidden = up;
    act("rate", { id: button.dataset.rate, up }).then((reply) => {
      if (!reply.error) announce(say("thanks"));
    });
    if (!up) form.querySelector("input").focus();
  }

  async function save(button) {
    const { save: form, scope, name } = button.dataset;
    const file = await act("save", { form, scope, id: name });
    if (!file.content) return;
    const bytes = Uint8Array.from(atob(file.content), (letter) => letter.charCodeAt(0));
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(new Blob([bytes], { type: file.type }));
    anchor.download = file.name;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
    const menu = button.closest("details");
    menu.open = false;
    menu.querySelector("summary").focus();
    announce(`${say("saved")}: ${file.name}`);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("[data-reason]");
    if (!form) return;
    event.preventDefault();
    const reason = form.querySelector("input").value;
    act("rate", { id: form.dataset.reason, up: false, reason }).then((reply) => {
      if (reply.error) return;
      form.hidden = true;
      announce(say("thanks"), true);
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && editing && event.target === box()) {
      stopEditing();
      write("");
    }
  });

  const linkTo = (id) => `${location.origin}${location.pathname}?a=${id}`;
  clicks.push(
    ["[data-ask]", (button) => ask({ question: button.dataset.ask })],
    ["[data-again]", (button) => ask({ again: button.dataset.again })],
    ["[data-unfiltered]", (button) => {
      window.ungp.clearFilters();
      ask({ again: button.dataset.unfiltered, all: true });
    }],
    ["[data-edit]", startEditing],
    ["[data-cancel]", () => { stopEditing(); write(""); box().focus(); }],
    ["[data-rate]", rate],
    ["[data-save]", save],
    ["[data-link]", (button) => copyText(linkTo(button.dataset.link), button, say("link_copied"))],
    [".skip, #stop", (_, event) => { event.preventDefault(); box()?.focus(); }],
  );
  window.ungp.focusBox = () => box()?.focus();
  window.ungp.conversation = () => talk()?.dataset.conversation || "";
})();
