// Keeps an open page as fresh as a new one. Everything works without it.
(() => {
  "use strict";
  const every = 60_000;
  const tooOld = 5 * 60_000;
  const root = document.documentElement;
  let refreshedAt = Date.now();

  const offerCopies = () => {
    for (const button of document.querySelectorAll("[data-copy][hidden]")) {
      if (!navigator.clipboard) return;
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
        button.textContent = "Copied";
        setTimeout(() => (button.textContent = "Copy"), 2000);
      });
    }
  };

  // A page that could not be refreshed for too long says so and takes its colours back.
  const markOld = () => {
    if (Date.now() - refreshedAt < tooOld || root.classList.contains("old")) return;
    root.classList.add("old");
    const note = document.createElement("p");
    note.className = "note too-old";
    note.setAttribute("role", "status");
    const time = new Date(refreshedAt).toISOString().slice(11, 16);
    note.textContent = `This page could not be refreshed since ${time} UTC. What it shows is too old to be believed.`;
    document.querySelector("main").prepend(note);
  };

  const unmarkOld = () => {
    refreshedAt = Date.now();
    root.classList.remove("old");
    document.querySelector(".too-old")?.remove();
  };

  // What the reader holds in hand is left alone until the next time.
  const inUse = (part) =>
    part.contains(document.activeElement) ||
    part.querySelector("details[open]") ||
    (!getSelection().isCollapsed && getSelection().containsNode(part, true));

  const refresh = async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-cache" });
      if (!answer.ok) throw new Error(answer.statusText);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      unmarkOld();
      const old = document.querySelector("main > article") ?? document.querySelector("main");
      const next = fresh.querySelector("main > article") ?? fresh.querySelector("main");
      const parts = [...next.children];
      if (parts.length !== old.children.length) {
        old.replaceChildren(...parts);
      } else {
        [...old.children].forEach((part, i) => inUse(part) || part.isEqualNode(parts[i]) || part.replaceWith(parts[i]));
      }
      Object.assign(old.dataset, next.dataset);
      document.title = fresh.title;
      document.querySelector("link[rel=icon]").href = fresh.querySelector("link[rel=icon]").href;
      offerCopies();
    } catch {
      markOld();
    }
  };

  offerCopies();
  setInterval(() => (document.hidden ? markOld() : refresh()), every);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - refreshedAt > every) refresh();
  });
})();
