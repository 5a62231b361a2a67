// Visits per period: exact ones as bars, intervals as bands, gaps hatched, resets as dashed lines.
(function () {
  "use strict";

  const { colour, seconds, draw } = window.districtCharts;
  const figure = document.querySelector("figure[data-chart=visits]");
  if (!figure) return;
  const rows = [...document.querySelectorAll("#" + figure.dataset.table + " tbody tr")].reverse();
  const number = (text) => (text === undefined ? null : Number(text));
  const bars = rows.map((row) => ({
    row,
    start: seconds(row.dataset.first),
    end: seconds(row.dataset.last) + 86400,
    basis: row.dataset.basis,
    low: number(row.dataset.low),
    high: number(row.dataset.high),
    mean: number(row.dataset.mean),
    reset: row.dataset.reset !== undefined,
    notes: row.dataset.notes !== undefined,
  }));
  if (!bars.length) return;

  // Bounds of a long gap may be far above all days: the scale goes by what is known.
  const known = bars.flatMap((bar) => (bar.basis === "exact" ? [bar.high] : [bar.low, bar.mean]));
  const bounds = bars.map((bar) => bar.high);
  const highest = Math.max(1, ...known.filter((each) => each !== null));
  const top = Math.min(highest * 1.3, Math.max(highest * 1.08, ...bounds.filter((each) => each !== null)));

  function hatch(context) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8 * devicePixelRatio;
    const pen = tile.getContext("2d");
    pen.strokeStyle = colour("gap");
    pen.lineWidth = devicePixelRatio;
    pen.beginPath();
    pen.moveTo(0, tile.height);
    pen.lineTo(tile.width, 0);
    pen.stroke();
    return context.createPattern(tile, "repeat");
  }

  function paint(u) {
    const pen = u.ctx;
    const x = (value) => u.valToPos(value, "x", true);
    const y = (value) => u.valToPos(Math.min(value, u.scales.y.max), "y", true);
    const { left, top: roof, width, height } = u.bbox;
    const floor = roof + height;
    const pattern = hatch(pen);
    const ratio = devicePixelRatio;
    pen.save();
    pen.beginPath();
    pen.rect(left, roof, width, height);
    pen.clip();
    for (const bar of bars) {
      const from = x(bar.start);
      const to = x(bar.end);
      if (to < left || from > left + width) continue;
      const gap = Math.min((to - from) * 0.12, 3 * ratio);
      const wide = Math.max(to - from - gap, ratio);
      if (bar.basis === "none") {
        pen.fillStyle = pattern;
        pen.fillRect(from, roof, to - from, height);
      } else if (bar.basis === "exact") {
        pen.fillStyle = colour("exact");
        pen.fillRect(from + gap / 2, y(bar.high), wide, floor - y(bar.high));
      } else {
        band(pen, bar, from + gap / 2, wide, y, roof, floor, u.scales.y.max, ratio);
      }
    }
    for (const bar of bars) mark(pen, bar, x, roof, floor, ratio);
    pen.restore();
  }

  function band(pen, bar, from, wide, y, roof, floor, most, ratio) {
    const low = y(bar.low);
    const open = bar.high === null || bar.high > most;
    const high = open ? roof : y(bar.high);
    // What is certain in any case stands below the band, paler than an exact day.
    pen.fillStyle = colour("least");
    pen.fillRect(from, low, wide, floor - low);
    if (open) {
      const fade = pen.createLinearGradient(0, low, 0, high);
      fade.addColorStop(0, colour("interval"));
      fade.addColorStop(1, colour("interval-end"));
      pen.fillStyle = fade;
    } else {
      pen.fillStyle = colour("interval");
    }
    pen.fillRect(from, high, wide, Math.max(low - high, ratio));
    // Whole pixels, so that thin lines are as dark as the legend's.
    const line = (at, thick, left, length) =>
      pen.fillRect(Math.floor(left), Math.round(at - thick / 2), Math.ceil(length), thick);
    pen.fillStyle = colour("edge");
    for (const edge of open ? [low] : [low, high]) line(edge, ratio, from, wide);
    pen.fillStyle = colour("mean");
    if (bar.mean !== null) line(y(bar.mean), 2 * ratio, from - 2 * ratio, wide + 4 * ratio);
  }

  function mark(pen, bar, x, roof, floor, ratio) {
    const middle = (x(bar.start) + x(bar.end)) / 2;
    if (bar.reset) {
      pen.strokeStyle = colour("reset");
      pen.lineWidth = 2 * ratio;
      pen.setLineDash([6 * ratio, 4 * ratio]);
      pen.beginPath();
      pen.moveTo(middle, roof);
      pen.lineTo(middle, floor);
      pen.stroke();
      pen.setLineDash([]);
    } else if (bar.notes) {
      pen.fillStyle = colour("note");
      pen.beginPath();
      pen.moveTo(middle, roof + 9 * ratio);
      pen.lineTo(middle - 5 * ratio, roof);
      pen.lineTo(middle + 5 * ratio, roof);
      pen.fill();
    }
  }

  draw(
    figure,
    [bars.map((bar) => (bar.start + bar.end) / 2), bars.map((bar) => bar.low)],
    {
      scales: {
        x: { time: true, range: (u, from, to) => (from === null ? [0, 1] : limits(from, to)) },
        y: { range: () => [0, top] },
      },
      series: [{}, { paths: () => null, points: { show: false } }],
      hooks: { draw: [paint] },
    },
    (index) => bars[index].row,
  );

  // All of the first and the last bar, unless the reader looks closer.
  function limits(from, to) {
    const first = bars[0];
    const last = bars[bars.length - 1];
    const whole = from <= (first.start + first.end) / 2 && to >= (last.start + last.end) / 2;
    return whole ? [first.start, last.end] : [from, to];
  }
})();
