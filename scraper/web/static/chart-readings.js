// The counter as it was read: the total as a line of dots, today's count on a scale of its own.
(function () {
  "use strict";

  const { colour, compact, seconds, draw } = window.districtCharts;
  const figure = document.querySelector("figure[data-chart=readings]");
  if (!figure) return;
  const rows = [...document.querySelectorAll("#" + figure.dataset.table + " tbody tr")].reverse();
  if (!rows.length) return;
  const number = (text) => (text === undefined ? null : Number(text));
  const times = rows.map((row) => seconds(row.dataset.at));

  function falls(u) {
    const pen = u.ctx;
    const ratio = devicePixelRatio;
    const { top, height, left, width } = u.bbox;
    pen.save();
    pen.strokeStyle = colour("reset");
    pen.lineWidth = 2 * ratio;
    pen.setLineDash([6 * ratio, 4 * ratio]);
    rows.forEach((row, index) => {
      const x = u.valToPos(times[index], "x", true);
      if (row.dataset.fell === undefined || x < left || x > left + width) return;
      pen.beginPath();
      pen.moveTo(x, top);
      pen.lineTo(x, top + height);
      pen.stroke();
    });
    pen.restore();
  }

  draw(
    figure,
    [times, rows.map((row) => number(row.dataset.total)), rows.map((row) => number(row.dataset.today))],
    {
      scales: { x: { time: true }, today: { range: (u, low, high) => [0, (high || 1) * 1.1] } },
      series: [
        {},
        { stroke: colour("line-0"), width: 2, points: { show: true, size: 5, fill: colour("line-0") } },
        {
          stroke: colour("line-1"),
          paths: () => null,
          scale: "today",
          points: { show: true, size: 4, fill: colour("line-1") },
        },
      ],
      moreAxes: [
        {
          scale: "today",
          side: 1,
          size: 56,
          grid: { show: false },
          values: (u, splits) => splits.map((split) => compact.format(split)),
        },
      ],
      hooks: { draw: [falls] },
    },
    (index) => rows[index],
  );
})();
