// Says so where the app cannot start or stops: a page that only stays empty helps nobody.
"use strict";

(function () {
  function tell(sentence) {
    const place = document.getElementById("loading-text");
    if (place) {
      place.textContent = sentence;
      place.setAttribute("role", "alert");
    }
  }
  function failed() {
    tell("The editor could not start. Reload the page; if that does not help, try a current Firefox, Chrome, Edge or Safari.");
  }
  if (typeof WebAssembly !== "object") {
    addEventListener("DOMContentLoaded", function () {
      tell("This browser cannot run the editor: it has no WebAssembly. A current Firefox, Chrome, Edge or Safari can.");
    });
    return;
  }
  addEventListener("error", failed, true);
  addEventListener("unhandledrejection", failed);
})();
