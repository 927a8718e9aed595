const WIDTH = 820;
const LABELS = 300;
const BAR = 22;
const PLOT = WIDTH - LABELS - 150;

/** Draws the charts of all sections and the description of the machine as one SVG. */
export function drawCharts(machine, charts) {
  const parts = [];
  let y = 30;
  for (const chart of charts) {
    parts.push(drawChart(chart, y));
    y += 44 + chart.bars.length * BAR;
  }
  const footer = `${machine.cpu}, ${machine.cores} cores, ${machine.system}, node ${machine.node}, ${machine.date.slice(0, 10)}, commit ${machine.commit}`;
  parts.push(text(10, y, 'Medians of rounds measured in turn; lines are the range over the rounds.', 'note'));
  parts.push(text(10, y + 18, footer, 'note'));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 34}" font-family="system-ui, sans-serif" font-size="13">`,
    '<style>text{fill:#222}.title{font-weight:600}.note{fill:#666;font-size:11px}.bar{fill:#9db4c8}.ours{fill:#1f7a4d}.range{stroke:#222;stroke-width:1.5}</style>',
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function drawChart({ title, bars }, top) {
  // A range may be wide on a busy machine. It is cut at the edge to keep the medians visible.
  const longest = 1.25 * Math.max(...bars.map(({ value }) => value.median));
  const at = (value) => LABELS + Math.min(value / longest, 1) * PLOT;
  const drawn = bars.map(({ name, value }, index) => {
    const y = top + 14 + index * BAR;
    const middle = y + BAR / 2 - 3;
    const kind = /Service\.send|this package/.test(name) ? 'bar ours' : 'bar';
    return [
      text(LABELS - 8, middle + 4, name, undefined, 'end'),
      `<rect class="${kind}" x="${LABELS}" y="${y}" width="${(at(value.median) - LABELS).toFixed(1)}" height="${BAR - 6}"/>`,
      `<line class="range" x1="${at(value.min).toFixed(1)}" x2="${at(value.max).toFixed(1)}" y1="${middle}" y2="${middle}"/>`,
      text(LABELS + PLOT + 12, middle + 4, value.median.toPrecision(2)),
    ].join('\n');
  });
  return [text(10, top, title, 'title'), ...drawn].join('\n');
}

function text(x, y, content, kind, anchor = 'start') {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x}" y="${y}" text-anchor="${anchor}"${kind ? ` class="${kind}"` : ''}>${escaped}</text>`;
}
