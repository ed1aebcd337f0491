// The page's script, third part: pages, conversations kept, filters, the library.
(() => {
  "use strict";

  const { act, announce, byId, clicks, drawn, parts, say } = window.ungp;
  const narrow = window.matchMedia("(max-width: 1180px)");
  const PAGES = ["chat", "library", "coverage", "quality", "about"];

  // --- pages ------------------------------------------------------------------------------

  const wanted = () => {
    const name = location.hash.slice(1);
    return PAGES.includes(name) ? name : "chat";
  };

  async function show(moveFocus) {
    const name = wanted();
    document.body.dataset.page = name;
    document.body.classList.remove("source-wanted");
    for (const one of document.querySelectorAll("nav [data-page]"))
      if (one.dataset.page === name) one.setAttribute("aria-current", "page");
      else one.removeAttribute("aria-current");
    if (name === "chat") return;
    fill(name, await act("page", { name }));
    if (wanted() !== name) return; // the reader has gone on meanwhile
    window.scrollTo(0, 0);
    if (moveFocus) parts[name].element.querySelector("h2")?.focus({ preventScroll: true });
    if (byId("drop")) watchJob(); // where the library can be changed
  }

  function fill(name, reply) {
    if (reply.html !== undefined) parts[name].element.innerHTML = reply.html;
  }

  window.addEventListener("hashchange", () => show(true));
  drawn.header = () => {
    document.documentElement.lang = window.ungp.language();
    show(false);
  };

  document.addEventListener("change", (event) => {
    if (event.target.id === "language") {
      localStorage.setItem("ungp-language", event.target.value);
      location.reload();
    } else if (event.target.dataset?.filter) chosen();
    else if (event.target.id === "files") addFiles([...event.target.files]);
  });

  // --- conversations ----------------------------------------------------------------------

  const mine = () => JSON.parse(localStorage.getItem("ungp-mine") || "[]");
  const search = () => byId("find")?.value || "";
  let asking;
  let deleted = ""; // id of the conversation deleted last, which can be had back

  async function kept(what = "kept", more = {}) {
    const current = window.ungp.conversation();
    const reply = await act(what, { search: search(), current, mine: mine(), deleted, ...more });
    const list = byId("kept-list");
    if (reply.html === undefined || !list) return;
    // A menu that is open and a name being written stay; the list is drawn once they are done.
    const focused = list.contains(document.activeElement);
    late = what === "kept" && focused && list.querySelector("input, details[open]") !== null;
    if (late) return;
    const held = document.activeElement.closest("#kept-list li")?.dataset.kept;
    list.innerHTML = reply.html;
    const same = held && list.querySelector(`[data-conversation-id="${CSS.escape(held)}"]`);
    if (focused) (same || list.querySelector("[data-restore], [aria-current]"))?.focus();
  }
  let late = false; // the list is older than what it shows

  document.addEventListener("toggle", (event) => {
    if (late && !event.target.open && event.target.closest("#kept-list")) kept();
  }, true);

  document.addEventListener("kept", ({ detail }) => {
    if (detail.running === "1") deleted = "";
    const known = mine();
    if (detail.conversation && !known.includes(detail.conversation) && detail.running === "1")
      localStorage.setItem("ungp-mine", JSON.stringify([detail.conversation, ...known]));
    kept();
  });

  document.addEventListener("input", (event) => {
    if (event.target.id === "find") {
      clearTimeout(asking);
      asking = setTimeout(kept, 200);
    } else if (event.target.id === "find-article") findArticles();
  });

  function goTo(id) {
    if (narrow.matches) fold(true);
    location.hash = "#chat";
    window.ungp.moveTo(id);
    if (!id) window.ungp.focusBox();
  }

  function rename(button) {
    const item = button.closest("li[data-kept]");
    const title = item.querySelector(".kept-title");
    const input = document.createElement("input");
    input.value = title.firstChild.textContent;
    input.maxLength = 120;
    input.setAttribute("aria-label", say("rename"));
    item.querySelector("details").open = false;
    title.hidden = true;
    item.prepend(input);
    input.select();
    let done = false;
    const end = (keep) => {
      if (done) return;
      done = true;
      const changed = keep && input.value.trim() && input.value !== title.firstChild.textContent;
      if (changed) kept("rename", { id: button.dataset.rename, title: input.value });
      else {
        input.remove();
        title.hidden = false;
        title.focus();
        if (late) kept();
      }
    };
    input.addEventListener("blur", () => end(true));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") end(true);
      if (event.key === "Escape") end(false);
    });
  }

  async function remove(button) {
    const id = button.dataset.delete;
    const current = id === window.ungp.conversation();
    deleted = id;
    await kept("delete", { id });
    document.querySelector("[data-restore]")?.focus();
    if (current) window.ungp.moveTo("");
  }

  drawn.side = () => {
    kept();
    fold(narrow.matches);
  };

  // Where the side lies over the conversation, a click beside it folds it away.
  document.addEventListener("click", ({ target }) => {
    if (!narrow.matches || document.body.classList.contains("side-folded")) return;
    if (target.isConnected && !target.closest("#side-column, [data-fold]")) fold(true);
  });

  function fold(folded) {
    document.body.classList.toggle("side-folded", folded);
    document.querySelector("[data-fold]")?.setAttribute("aria-expanded", String(!folded));
  }

  // --- filters ----------------------------------------------------------------------------

  const boxes = (name = "") =>
    [...document.querySelectorAll(`[data-filter${name && `="${name}"`}]`)];

  window.ungp.filters = () => {
    const found = {};
    for (const box of boxes()) {
      const { filter } = box.dataset;
      if (box.checked && filter !== "article") (found[filter] ||= []).push(box.value);
    }
    const on = boxes("article").filter((box) => box.checked);
    if (on.length && on.length < boxes("article").length)
      found.article = on.map((box) => box.value);
    return found;
  };

  window.ungp.clearFilters = () => {
    for (const box of boxes()) box.checked = box.dataset.filter === "article";
    chosen();
  };

  // Each folded filter tells how many of its values are chosen.
  function chosen() {
    let any = false;
    for (const facet of document.querySelectorAll(".facet")) {
      const set = [...facet.querySelectorAll("[data-filter]")];
      const single = set[0]?.dataset.filter === "article";
      const count = set.filter((box) => box.checked !== single).length;
      const shown = single ? `${set.length - count} / ${set.length}` : count;
      facet.querySelector(".chosen").textContent = count ? ` (${shown})` : "";
      any ||= count > 0;
    }
    document.querySelector("[data-clear]").hidden = !any;
  }

  // --- library ----------------------------------------------------------------------------

  let watching = false;

  function findArticles() {
    const words = byId("find-article").value.toLowerCase().split(/\s+/);
    for (const row of document.querySelectorAll("#articles > li"))
      row.hidden = !words.every((word) => row.dataset.text.includes(word));
  }

  async function watchJob(first) {
    if (watching) return;
    watching = true;
    let ran = Boolean(first);
    let reply = first || (await act("job"));
    for (;;) {
      const place = byId("job");
      if (place && !reply.error && (ran || reply.running)) place.innerHTML = reply.html;
      ran ||= reply.running || reply.waiting;
      if (!reply.running && !reply.waiting) break;
      await new Promise((done) => setTimeout(done, 500));
      reply = await act("job");
    }
    watching = false;
    if (!ran || reply.error || wanted() !== "library") return;
    relist(await act("page", { name: "library" }));
    if (byId("history") && !byId("history").hidden) drawHistory();
  }

  // Draw the list of articles anew; what the reader writes beside it or in it stays.
  function relist({ html }) {
    const list = byId("articles");
    const template = document.createElement("template");
    template.innerHTML = html || "";
    const fresh = template.content.querySelector("#articles");
    if (html === undefined || !byId("library-count")) return;
    if (!list || !fresh) return fill("library", { html });
    const focused = document.activeElement.closest("#articles [id]")?.id;
    for (const row of list.querySelectorAll("li:has(form)"))
      fresh.querySelector(`#${CSS.escape(row.id)}`)?.replaceWith(row);
    list.replaceWith(fresh);
    byId("library-count").replaceWith(template.content.querySelector("#library-count"));
    findArticles();
    if (focused) byId(focused)?.focus({ preventScroll: true });
  }

  async function change(what, more) {
    const reply = await act(what, more);
    if (reply.error) return tell(reply.error);
    if (watching) byId("job").innerHTML = reply.html;
    watchJob(reply);
  }

  function tell(text) {
    const place = byId("job");
    if (!place) return;
    place.innerHTML = '<p class="trouble"></p>';
    place.firstChild.textContent = text;
  }

  async function addFiles(files) {
    if (!files.length) return;
    byId("job").innerHTML = "<progress></progress>";
    byId("files").value = ""; // the same file may be chosen again
    try {
      const sent = [];
      for (const file of files) sent.push({ name: file.name, path: (await window.ungp.upload(file)).path });
      await change("upload", { files: sent });
    } catch (error) {
      tell(String(error.message || error));
    }
  }

  async function leave(what, id) {
    relist(await act(what, { id }));
    document.querySelector(`[data-keep="${CSS.escape(id)}"], [data-remove="${CSS.escape(id)}"]`)?.focus();
    watchJob();
  }

  // The form that corrects what is known of a document, in its row.
  async function openForm(button) {
    const row = button.closest("li");
    if (!row.querySelector("form")) {
      const { html } = await act("form", { id: button.dataset.form });
      if (!html || row.querySelector("form")) return;
      row.insertAdjacentHTML("beforeend", html);
    }
    row.querySelector("form input").focus();
  }

  function leaveForm(form) {
    const row = form.closest("li");
    form.remove();
    row.querySelector("[data-form]")?.focus();
  }

  async function correct(form) {
    const values = Object.fromEntries(new FormData(form));
    const reply = await act("correct", { id: form.dataset.correct, values });
    if (reply.error) return;
    for (const box of form.querySelectorAll("[name]")) {
      const wrong = reply.wrong?.[box.name] || "";
      box.setAttribute("aria-invalid", String(Boolean(wrong)));
      box.parentElement.querySelector(".wrong").textContent = wrong;
    }
    if (reply.wrong) return void form.querySelector('[aria-invalid="true"]').focus();
    leaveForm(form);
    byId("job").scrollIntoView({ block: "nearest" });
    watchJob(reply);
  }

  async function drawHistory() {
    byId("history").innerHTML = (await act("history")).html || "";
  }

  function showHistory(button) {
    const place = byId("history");
    place.hidden = !place.hidden;
    button.setAttribute("aria-expanded", String(!place.hidden));
    if (!place.hidden) drawHistory();
  }

  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      const zone = event.target.closest?.("#drop");
      if (!zone && name !== "drop") return;
      event.preventDefault(); // a file dropped beside the zone must not replace the page
      zone?.classList.toggle("over", name === "dragover");
      if (zone && name === "drop") addFiles([...event.dataTransfer.files]);
    });
  }

  document.addEventListener("submit", (event) => {
    if (event.target.matches?.("[data-correct]")) {
      event.preventDefault();
      correct(event.target);
    }
    if (event.target.id !== "add-address") return;
    event.preventDefault();
    change("address", { address: byId("address").value });
    byId("address").value = "";
  });

  // Gradio's page has a <base>, by which a plain "#library" would load the whole page anew.
  const follow = (link, event) => {
    event.preventDefault();
    location.hash = link.getAttribute("href");
  };

  clicks.push(
    ['a[href^="#"]:not(.skip)', follow],
    ["[data-fold]", () => fold(!document.body.classList.contains("side-folded"))],
    ["[data-new]", () => goTo("")],
    ["[data-conversation-id]", (button) => goTo(button.dataset.conversationId)],
    ["[data-rename]", rename],
    ["[data-delete]", remove],
    ["[data-restore]", (button) => {
      deleted = "";
      kept("restore", { id: button.dataset.restore });
    }],
    ["[data-clear]", () => window.ungp.clearFilters()],
    ["[data-remove]", (button) => leave("remove", button.dataset.remove)],
    ["[data-keep]", (button) => leave("keep", button.dataset.keep)],
    ["[data-form]", openForm],
    ["[data-leave-form]", (button) => leaveForm(button.closest("form"))],
    ["[data-undo-correction]", () => change("undo_correction")],
    ["[data-sync]", () => change("sync")],
    ["[data-history]", showHistory],
    ["[data-rollback]", (button) => change("rollback", { version: button.dataset.rollback })],
    ["[data-case]", async (button) => {
      const reply = await act("case", { id: button.dataset.case });
      if (reply.path) announce(`${say("case_made")} ${reply.path}`, true);
    }],
  );
})();
