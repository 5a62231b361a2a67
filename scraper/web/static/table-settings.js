// Datasette's table.js reads this global, which Datasette itself sets in an inline script.
window.DATASETTE_ALLOW_FACET = document.documentElement.dataset.allowFacet === "true";
