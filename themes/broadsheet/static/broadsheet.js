// What a page has only where scripts run: a switch between light and dark, and a button that copies code.
{
  const root = document.documentElement;
  const say = document.currentScript.dataset;
  const system = matchMedia("(prefers-color-scheme: dark)");

  const button = (name, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = name;
    made.addEventListener("click", () => act(made));
    return made;
  };

  const isDark = () => (root.dataset.scheme || (system.matches ? "dark" : "light")) === "dark";
  const toggle = button("scheme", () => {
    const chosen = isDark() ? "light" : "dark";
    root.dataset.scheme = chosen;
    try {
      localStorage.setItem("scheme", chosen);
    } catch {}
    label();
  });
  const label = () => {
    const text = isDark() ? say.light : say.dark;
    toggle.setAttribute("aria-label", text);
    toggle.title = text;
  };
  system.addEventListener("change", label);
  label();
  document.querySelector(".site-header")?.append(toggle);

  // The search page itself takes the key to its question.
  if (say.search && location.pathname !== say.search) {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input, select, textarea, [contenteditable]")) return;
      event.preventDefault();
      location.assign(say.search);
    });
  }

  if (navigator.clipboard) {
    for (const code of document.querySelectorAll(".body pre")) {
      const box = document.createElement("div");
      box.className = "code";
      const copy = button("copy", async (own) => {
        await navigator.clipboard.writeText(code.textContent);
        own.textContent = say.copied;
        setTimeout(() => (own.textContent = say.copy), 2000);
      });
      copy.textContent = say.copy;
      copy.setAttribute("aria-live", "polite");
      code.before(box);
      box.append(code, copy);
    }
  }
}
