// Reloads this page when the site was built anew. Sent by `byline serve` alone: it is in no file that was built.
(() => {
  "use strict";
  const edition = "EDITION";
  let source = null;
  let retry = 0;

  const reload = () => {
    close();
    location.reload();
  };

  const close = () => {
    clearTimeout(retry);
    if (source) source.close();
    source = null;
  };

  const open = () => {
    close();
    source = new EventSource("/__byline/events");
    source.addEventListener("edition", (event) => {
      if (event.data !== edition) reload();
    });
    source.addEventListener("reload", reload);
    source.addEventListener("error", () => {
      // The browser tries again by itself, unless it has given up.
      if (source && source.readyState === EventSource.CLOSED) retry = setTimeout(open, 1000);
    });
  };

  // A browser opens few connections to one host: pages that nobody sees leave theirs to others.
  const attend = () => (document.visibilityState === "hidden" ? close() : open());
  document.addEventListener("visibilitychange", attend);
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => event.persisted && attend());
  attend();
})();
