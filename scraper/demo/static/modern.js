// Opens and closes the menus; the portal's pages read the same without it.
document.querySelectorAll(".has-children > button").forEach(function (button) {
  button.addEventListener("click", function () {
    var open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
  });
});
