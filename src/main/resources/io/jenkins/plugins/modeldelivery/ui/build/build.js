/*
 * Follows a build while it runs: asks for its sections anew and replaces those that have changed, each with what somebody has
 * typed, opened or chosen in it. Without it, the page shows what was when it was loaded.
 */
// Before other scripts change anything, so that what is shown can be compared with what comes.
Behaviour.specify("#model-delivery-sections", "model-delivery-follow", -100, (holder) => {
  const PAUSE = 3000;
  const LONGEST_PAUSE = 60000;
  const TIME_OUT = 30000;
  const FOCUSABLE = "a[href], button, input, textarea, summary, [tabindex]";
  const news = document.getElementById("model-delivery-news");
  const shown = new Map(Array.from(holder.children, (section) => [section.id, section.outerHTML]));
  let pause = PAUSE;
  let timer = null;
  let asking = false;
  let over =
    !window.fetch ||
    holder.querySelector("#model-delivery-live").dataset.live !== "true";

  const remember = (section) => {
    const all = (selector) => Array.from(section.querySelectorAll(selector));
    const at = document.activeElement;
    const place = all(FOCUSABLE).indexOf(at);
    return {
      focused: section.contains(at),
      id: at.id,
      place,
      selection: at.selectionStart === undefined ? null : [at.selectionStart, at.selectionEnd],
      texts: all("textarea").map((text) => [text.id, text.value]),
      checked: all("input[type=checkbox]:checked").map((box) => box.id),
      open: all("details").map((details) => details.open),
      scrolled: all("[role=region]").map((region) => region.scrollLeft),
    };
  };

  const restore = (section, was) => {
    const all = (selector) => Array.from(section.querySelectorAll(selector));
    const find = (id) => (id ? all("[id]").find((element) => element.id === id) : null);
    was.texts.forEach(([id, value]) => {
      const text = find(id);
      if (text) {
        text.value = value;
      }
    });
    was.checked.forEach((id) => {
      const box = find(id);
      if (box) {
        box.checked = true;
        box.dispatchEvent(new Event("change"));
      }
    });
    all("details").forEach((details, i) => (details.open = was.open[i] || false));
    all("[role=region]").forEach((region, i) => (region.scrollLeft = was.scrolled[i] || 0));
    if (!was.focused) {
      return;
    }
    let target = was.id ? find(was.id) : all(FOCUSABLE)[was.place];
    if (!target) {
      target = section.querySelector("h2");
      target.tabIndex = -1;
    }
    target.focus({ preventScroll: true });
    if (was.selection && was.selection[0] !== null && target.setSelectionRange && target.type !== "checkbox") {
      target.setSelectionRange(was.selection[0], was.selection[1]);
    }
  };

  const show = (text) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const state = fresh.getElementById("model-delivery-live");
    if (!state) {
      throw new Error("not the sections of a build");
    }
    const sections = [state].concat(Array.from(fresh.querySelectorAll(".model-delivery-operation")));
    const ids = new Set(sections.map((section) => section.id));
    const told = [];
    sections.forEach((section) => {
      const html = section.outerHTML;
      const old = document.getElementById(section.id);
      if (shown.get(section.id) === html) {
        return;
      }
      shown.set(section.id, html);
      const said = section.dataset.news;
      if (said && (!old || old.dataset.news !== said)) {
        told.push(said);
      }
      const element = document.importNode(section, true);
      if (old) {
        const was = remember(old);
        old.replaceWith(element);
        Behaviour.applySubtree(element, true);
        restore(element, was);
      } else {
        holder.appendChild(element);
        Behaviour.applySubtree(element, true);
      }
    });
    Array.from(holder.children)
      .filter((child) => !ids.has(child.id) && child.id)
      .forEach((child) => child.remove());
    if (told.length > 0) {
      news.textContent = told.join(" ");
    }
    over = state.dataset.live !== "true";
  };

  const ask = () => {
    timer = null;
    asking = true;
    const abort = new AbortController();
    const patience = setTimeout(() => abort.abort(), TIME_OUT);
    fetch(holder.dataset.address, { signal: abort.signal })
      .then((answer) => {
        if (answer.status === 403 || answer.status === 404) {
          over = true;
          return;
        }
        if (!answer.ok) {
          throw new Error("status " + answer.status);
        }
        return answer.text().then(show);
      })
      .then(() => (pause = PAUSE))
      .catch(() => (pause = Math.min(2 * pause, LONGEST_PAUSE)))
      .then(() => {
        clearTimeout(patience);
        asking = false;
        later();
      });
  };

  const later = () => {
    if (!over && !asking && timer === null && !document.hidden) {
      timer = setTimeout(ask, pause);
    }
  };

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    timer = null;
    if (!document.hidden && !over && !asking) {
      ask();
    }
  });
  later();
});
