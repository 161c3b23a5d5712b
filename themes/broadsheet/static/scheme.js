// Before anything is drawn: the colour scheme that the reader chose on an earlier page, if any.
try {
  const chosen = localStorage.getItem("scheme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.scheme = chosen;
} catch {}
