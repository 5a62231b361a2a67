// Datasette's column menu speaks English only.
(function () {
  "use strict";
  if (document.documentElement.lang !== "vi") {
    return;
  }
  const words = {
    "dropdown-sort-asc": "Xếp tăng dần",
    "dropdown-sort-desc": "Xếp giảm dần",
    "dropdown-facet": "Thống kê theo cột này",
    "dropdown-hide-column": "Ẩn cột này",
    "dropdown-show-all-columns": "Hiện mọi cột",
    "dropdown-not-blank": "Chỉ các dòng không trống",
  };
  for (const [name, label] of Object.entries(words)) {
    for (const link of document.querySelectorAll(`.dropdown-menu a.${name}`)) {
      link.textContent = label;
    }
  }
})();
