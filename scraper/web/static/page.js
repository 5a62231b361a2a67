// What every page may do beyond plain HTML: copy buttons, and menus that close when one clicks elsewhere.
(function () {
  "use strict";

  function text(id) {
    const element = document.getElementById(id);
    return element ? element.textContent.trim() : "";
  }

  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("button.copy")) {
      const label = button.textContent;
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(text(button.dataset.copy));
        button.textContent = button.dataset.done;
        window.setTimeout(() => (button.textContent = label), 2000);
      });
    }
  }

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.details-menu[open]")) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    }
  });

  // On a narrow screen the facets would stand before the results: begin with them folded.
  if (window.matchMedia("(max-width: 60rem)").matches) {
    for (const facets of document.querySelectorAll("details.facets")) {
      facets.open = Boolean(facets.querySelector("li.selected"));
    }
  }
})();
