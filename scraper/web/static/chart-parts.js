// What all charts share: colours of the page's style, dates, and a chart that the keyboard can walk.
// A chart draws what the table below it holds; without JavaScript the table stands alone.
(function () {
  "use strict";

  const language = document.documentElement.lang || "en";
  const seconds = (day) => Date.parse(day.length > 10 ? day : day + "T00:00:00Z") / 1000;

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--chart-" + name).trim();
  }

  const compact = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });

  // Ticks of time as the reader's language writes them: the year where it changes, months, days.
  function times(u, splits, axis, space, step) {
    const day = 86400;
    const long = { timeZone: "UTC", year: "numeric" };
    const form = new Intl.DateTimeFormat(language, {
      timeZone: "UTC",
      ...(step >= 365 * day ? { year: "numeric" } : { month: "short" }),
      ...(step < 28 * day ? { day: "numeric" } : {}),
      ...(step < day ? { hour: "2-digit", minute: "2-digit" } : {}),
    });
    let year = null;
    return splits.map((split) => {
      const date = new Date(split * 1000);
      const own = new Intl.DateTimeFormat(language, long).format(date);
      const text = form.format(date);
      const shown = own === year || step >= 365 * day ? text : text + "\n" + own;
      year = own;
      return shown;
    });
  }

  const axis = (more) => ({
    stroke: colour("ink"),
    grid: { stroke: colour("grid"), width: 1 },
    ticks: { stroke: colour("grid"), width: 1 },
    font: "12px " + getComputedStyle(document.body).fontFamily,
    ...more,
  });

  // `figure` is shown; `row(index)` gives the table row that stands for a point of the chart.
  function draw(figure, data, options, row) {
    const plot = figure.querySelector(".plot");
    const readout = figure.querySelector(".readout");
    const hint = readout.textContent;
    figure.hidden = false;
    const size = () => ({ width: Math.max(plot.clientWidth, 240), height: 320 });

    function tell(index) {
      const found = index === null || index === undefined ? null : row(index);
      readout.replaceChildren();
      if (!found) {
        readout.textContent = hint;
        return;
      }
      const heads = figure.ownerDocument.querySelectorAll("#" + figure.dataset.table + " thead th");
      [...found.cells].forEach((cell, number) => {
        const text = cell.innerText.trim();
        if (!text) return;
        const part = document.createElement(number ? "span" : "strong");
        const named = number > 0 && !cell.classList.contains("evidence");
        part.textContent = (named ? heads[number].innerText + ": " : "") + text.replace(/\n+/g, " · ");
        readout.append(part, " ");
      });
    }

    const chart = new uPlot(
      {
        ...size(),
        legend: { show: false },
        tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), "UTC"),
        padding: [12, 32, 0, 0],
        ...options,
        axes: [
          axis({ values: times, space: 64, size: 44 }),
          axis({ size: 62, values: (u, splits) => splits.map((split) => compact.format(split)) }),
          ...(options.moreAxes || []).map(axis),
        ],
        cursor: { y: false, points: { show: false }, drag: { x: true, y: false }, ...options.cursor },
        hooks: { ...options.hooks, setCursor: [(u) => tell(u.cursor.idx)] },
      },
      data,
      plot,
    );

    plot.addEventListener("keydown", (event) => {
      const last = chart.data[0].length - 1;
      const at = chart.cursor.idx;
      const next = {
        ArrowLeft: at === null ? last : Math.max(at - 1, 0),
        ArrowRight: at === null ? 0 : Math.min(at + 1, last),
        Home: 0,
        End: last,
      }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      chart.setCursor({ left: chart.valToPos(chart.data[0][next], "x"), top: 10 });
      // The pointer's place is rounded to pixels: say what was asked for.
      tell(next);
    });
    window.addEventListener("resize", () => chart.setSize(size()));
    return chart;
  }

  window.districtCharts = { colour, seconds, draw, compact };
})();
