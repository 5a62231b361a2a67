// Datasette's SQL editor, set up from a file instead of an inline script.
(function () {
  "use strict";
  const format = document.querySelector("button#sql-format");
  const readOnly = document.querySelector("pre#sql-query");
  const input = document.querySelector("textarea#sql-editor");

  if (input && window.CodeMirror) {
    const editor = window.CodeMirror.fromTextArea(input, {
      lineNumbers: true,
      mode: "text/x-sql",
      lineWrapping: true,
      extraKeys: { "Shift-Enter": () => input.form.submit(), Tab: false },
    });
    if (format && window.sqlFormatter) {
      format.hidden = false;
      format.addEventListener("click", () => {
        editor.setValue(window.sqlFormatter.format(editor.getValue()));
      });
    }
  } else if (readOnly && format && window.sqlFormatter) {
    const formatted = window.sqlFormatter.format(readOnly.textContent);
    if (formatted !== readOnly.textContent) {
      format.hidden = false;
      format.addEventListener("click", () => {
        readOnly.textContent = formatted;
      });
    }
  }
})();
