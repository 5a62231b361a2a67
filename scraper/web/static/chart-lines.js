// Portals compared: dots for exact periods, joined where neighbours are exact; strokes for bounds.
(function () {
  "use strict";

  const { colour, seconds, draw } = window.districtCharts;
  const figure = document.querySelector("figure[data-chart=lines]");
  if (!figure) return;
  const rows = [...document.querySelectorAll("#" + figure.dataset.table + " tbody tr")].reverse();
  if (!rows.length) return;
  const times = rows.map((row) => seconds(row.dataset.first));
  const count = rows[0].cells.length - 1;
  const number = (text) => (text === undefined ? null : Number(text));
  const read = (column, name) => rows.map((row) => number(row.cells[column + 1].dataset[name]));
  const lines = [...Array(count).keys()].map((column) => ({
    values: read(column, "value"),
    lows: read(column, "low"),
    highs: read(column, "high"),
  }));
  const known = lines.flatMap((line) => [...line.values, ...line.lows]).filter((each) => each !== null);
  const top = Math.max(1, ...known) * 1.15;

  function strokes(u) {
    const pen = u.ctx;
    const ratio = devicePixelRatio;
    const { left, top: roof, width, height } = u.bbox;
    pen.save();
    pen.beginPath();
    pen.rect(left, roof, width, height);
    pen.clip();
    lines.forEach((line, number) => {
      pen.strokeStyle = colour("line-" + number);
      pen.lineWidth = 2 * ratio;
      times.forEach((time, index) => {
        if (line.values[index] !== null || line.lows[index] === null) return;
        // Beside one another, so that portals with the same bounds can be told apart.
        const x = u.valToPos(time, "x", true) + (number - (count - 1) / 2) * 4 * ratio;
        const high = line.highs[index];
        pen.setLineDash(high === null ? [3 * ratio, 3 * ratio] : []);
        pen.beginPath();
        pen.moveTo(x, u.valToPos(line.lows[index], "y", true));
        pen.lineTo(x, high === null ? roof : u.valToPos(Math.min(high, top), "y", true));
        pen.stroke();
      });
    });
    pen.restore();
  }

  draw(
    figure,
    [times, ...lines.map((line) => line.values)],
    {
      scales: { x: { time: true }, y: { range: () => [0, top] } },
      series: [
        {},
        ...lines.map((_, number) => ({
          stroke: colour("line-" + number),
          width: 2,
          spanGaps: false,
          points: { show: true, size: 6, fill: colour("line-" + number) },
        })),
      ],
      hooks: { draw: [strokes] },
    },
    (index) => rows[index],
  );
})();
